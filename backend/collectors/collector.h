// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace binnacle {

/// Reads one source. Lives on one thread, blocks, and keeps every pass within its deadline.
class Collector {
public:
    virtual ~Collector() = default;

    /// "service/app-1", "postgres/primary", "redis" …
    [[nodiscard]] virtual std::string source() const = 0;
    /// Where it reads from: two collectors with the same source and target are interchangeable.
    [[nodiscard]] virtual std::string target() const = 0;
    [[nodiscard]] virtual std::chrono::milliseconds interval() const = 0;
    /// How often what it reads changes: freshness is judged by it. Longer than the interval where somebody else does
    /// the sampling.
    [[nodiscard]] virtual std::chrono::milliseconds cadence() const { return interval(); }
    /// Whether the source is on this machine. One that is not is asked less often while it is away.
    [[nodiscard]] virtual bool local() const { return true; }
    /// One pass. Fills the readings, the epoch and the sender's clock; who runs the collector fills in the rest of
    /// the header by completeHeader(). After an error the connection is thrown away and the next pass begins anew.
    [[nodiscard]] virtual Result<Snapshot> collect(SteadyTime deadline) = 0;
    /// What the passes have read from the source so far, in bytes of answers: without what the protocols add. 0: it is
    /// not told, as of a file.
    [[nodiscard]] virtual std::uint64_t receivedBytes() const { return 0; }
};

/// What who runs a collector knows of a pass. A time that the collector set stays: it knows that the values are older
/// than their answer.
inline void completeHeader(SnapshotHeader& header, std::string source, std::uint64_t sequence, SteadyTime began,
                           SteadyTime ended, UtcTime endedUtc) {
    if (header.steadyAt == SteadyTime()) {
        header.steadyAt = ended;
    }
    header.utcAt = endedUtc - std::chrono::duration_cast<UtcTime::duration>(ended - header.steadyAt);
    header.source = std::move(source);
    header.sequence = sequence;
    header.took = ended - began;
}

} // namespace binnacle
