// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/reading.h"
#include "backend/domain/snapshot_table.h"
#include "backend/domain/time.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Who said it and when. Ages and rates come from steady time, labels and recordings from UTC.
struct SnapshotHeader {
    std::string source;         ///< "service/app-1", "postgres/primary", "redis" …
    std::uint64_t sequence = 0; ///< grows by one with each snapshot of this collector
    SteadyTime steadyAt;        ///< our steady clock when the answer was complete, or when another took the sample
    UtcTime utcAt;
    std::chrono::nanoseconds took{}; ///< from request to complete answer
    /// Changes when the source restarts: counters of different epochs are never subtracted.
    std::string epoch;
    /// The sender's own monotonic clock, where it tells it; rates then divide by its time, not by ours.
    std::optional<std::chrono::nanoseconds> senderMonotonic;
};

/// All that one source said at one instant. Immutable once published; shared between threads by pointer to const.
struct Snapshot {
    SnapshotHeader header;
    std::vector<Reading> readings; ///< sorted by key, keys unique
    std::vector<TablePtr> tables;  ///< sorted by the ids of their specs, which are unique; never null

    /// The reading with exactly that key, or nullptr.
    [[nodiscard]] const Reading* find(std::string_view id, const Labels& labels) const;
    /// The table with that id, or nullptr.
    [[nodiscard]] TablePtr table(std::string_view id) const;
    /// Restores the order that find() and table() rely on, after building.
    void sort();
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// The last attempt of a collector failed.
struct SourceFailure {
    Error error;
    SteadyTime at;
    UtcTime utcAt;
    unsigned attempts = 1; ///< failures in a row
    SteadyTime nextTryAt;
};

/// What a collector's thread publishes after each pass: the newest snapshot it ever got (if any), and the failure of
/// the last pass (if it failed).
struct SourceUpdate {
    std::string source;
    std::chrono::milliseconds interval{500};
    SteadyTime startedAt; ///< when this collector began to try
    SnapshotPtr snapshot; ///< null until the first answer
    std::optional<SourceFailure> failure;
};

} // namespace binnacle
