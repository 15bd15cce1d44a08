// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_status.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace binnacle::load {

/// Where the rows go: straight to the primary, never through the pooler.
struct SeedTarget {
    std::string database;         ///< conninfo of the primary without user and password
    std::string writerPassfile;   ///< of app_rw, which may insert
    std::string migratorPassfile; ///< of the tables' owner, who alone may ANALYZE them
    std::string stateDir;
    std::optional<std::uint64_t> usedBytes; ///< of the stack's own quota
    std::optional<std::uint64_t> quotaBytes;
};

/// Reads it from the stack that runs for that state directory; absent: the default one.
[[nodiscard]] Result<SeedTarget> findSeedTarget(const std::optional<std::string>& stateDir);

struct SeedProgress {
    std::int64_t rows = 0;   ///< in the table now
    std::int64_t wanted = 0; ///< in the end
    double rowsPerSecond = 0;
};

struct SeedReport {
    std::int64_t rowsBefore = 0;
    std::int64_t rows = 0;
    double seconds = 0;
    bool interrupted = false;
};

/// Room that a row of the table takes with its indexes, on the primary and both replicas together, with the log that
/// it leaves: measured with two million rows.
inline constexpr std::uint64_t seedBytesPerRow = 1600;

/// Why that many more rows would not fit, in a sentence; nothing when they do. `freeBytes` is what the file system has.
[[nodiscard]] std::optional<std::string> whyNoRoom(std::int64_t moreRows, const SeedTarget& target,
                                                   std::uint64_t freeBytes);

/// Fills public.tasks up to `rows` rows in all, the same rows on every machine, in an organisation of their own, so
/// that what the service reads stays as it is. Row n is made from n alone and a batch is a transaction: interrupted
/// anywhere and started again, it goes on with the row after the last one. Rows that others add meanwhile come on top.
/// `keepOn` is asked between batches. Errors: Conflict when another one is at it or without room.
[[nodiscard]] Result<SeedReport> seedTable(const SeedTarget& target, std::int64_t rows,
                                           const std::function<void(const SeedProgress&)>& progress,
                                           const std::function<bool()>& keepOn);

} // namespace binnacle::load
