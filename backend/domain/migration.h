// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// Somebody that a migration waits for.
struct MigrationBlocker {
    int pid = 0;
    std::string user;
    std::string application;
    std::string state; ///< as in pg_stat_activity: "idle in transaction"
    std::string query; ///< normalised: literals are ?
    std::chrono::milliseconds transactionAge{0};
    friend bool operator==(const MigrationBlocker&, const MigrationBlocker&) = default;
};

/// How far the phase of a migration has come, as pg_stat_progress_create_index tells it.
struct MigrationProgress {
    std::string phase; ///< "building index: scanning table"
    int phaseNumber = 0;
    int phaseCount = 0;
    std::int64_t done = 0;
    std::int64_t total = 0; ///< 0: PostgreSQL does not say
    std::string unit;       ///< "blocks", "tuples", "lockers"
    friend bool operator==(const MigrationProgress&, const MigrationProgress&) = default;
};

/// One migration of the catalogue and how it stands in the target database.
struct MigrationStatus {
    enum class State {
        Pending,  ///< not applied
        Running,  ///< its statements run
        Waiting,  ///< for a lock, or before the next attempt
        Stopping, ///< cleans up after a stop
        Stopped,  ///< stopped on request, cleaned up; can be applied again
        Failed,   ///< cleaned up; can be applied again
        Applied,
        Reverting, ///< its reversal runs
        Unknown    ///< the database does not answer
    };

    std::string id;    ///< "20261101120000_tasks_by_assignee"
    std::string title; ///< "Index tasks by assignee"
    std::string table;
    std::string statement; ///< exact SQL
    std::string revertStatement;
    std::string lock; ///< the strongest lock it takes, and what that keeps waiting
    State state = State::Unknown;
    int attempt = 0;
    std::optional<MigrationProgress> progress;
    std::vector<MigrationBlocker> blockers;
    std::int64_t tableRows = 0; ///< estimate of the server
    std::int64_t tableBytes = 0;
    std::int64_t indexBytes = 0;
    std::optional<UtcTime> startedAt; ///< of the last run
    std::optional<UtcTime> endedAt;
    std::string message;   ///< why it waits, stopped or failed: one sentence
    std::string reference; ///< of the intent that last changed it, for Undo; empty: none
    friend bool operator==(const MigrationStatus&, const MigrationStatus&) = default;
};

} // namespace binnacle
