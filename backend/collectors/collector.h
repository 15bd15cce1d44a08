// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <chrono>
#include <string>

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
    /// One pass. Fills the readings, the epoch and the sender's clock; who runs the collector fills in the rest of
    /// the header. After an error the connection is thrown away and the next pass begins anew.
    [[nodiscard]] virtual Result<Snapshot> collect(SteadyTime deadline) = 0;
};

} // namespace binnacle
