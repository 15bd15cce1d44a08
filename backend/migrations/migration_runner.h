// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/migrations/migration_database.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <string>

namespace binnacle {

enum class Direction { Apply, Revert };

/// How a run is told to end, from another thread.
class RunOrders {
public:
    /// Ends the run and leaves no half-built index behind.
    void stop();
    /// Ends the run at once and leaves things as they are, for the next process to end.
    void quit();
    [[nodiscard]] bool stopAsked() const;
    [[nodiscard]] bool quitAsked() const;
    /// Waits, at most until told to quit or, where that is still to be heeded, to stop; also if told before the call.
    void wait(std::chrono::milliseconds time, bool heedsStop);

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stop = false;
    bool m_quit = false;
};

struct RunnerOptions {
    int attempts = 30;
    std::chrono::milliseconds firstPause{1000}; ///< between attempts; doubles, with jitter
    std::chrono::milliseconds longestPause{60'000};
    std::chrono::milliseconds lockPoll{500};
    /// Long, because a concurrent build keeps nobody waiting while it waits itself, and what it has scanned would be
    /// lost; short enough to give way to a vacuum or another change of the table.
    std::chrono::milliseconds lockTimeout{60'000};
    std::chrono::milliseconds cancelGrace{10'000}; ///< from a cancel to giving the session up
    std::function<double()> jitter;                ///< 0 to 1; empty: none
};

enum class RunEnd {
    Done,
    Stopped, ///< on request; cleaned up
    Failed,  ///< cleaned up
    Quit     ///< as it is
};

struct RunResult {
    RunEnd end = RunEnd::Failed;
    std::string message; ///< why not done; empty when done
    int attempts = 0;
};

/// Carries a migration out, or back, and leaves no invalid index behind: what a failed or stopped attempt has left is
/// dropped concurrently, however long it takes to get at the database. Takes up what a killed process left. All calls
/// of `run` are the caller's thread.
class MigrationRunner {
public:
    using Report = std::function<void(const MigrationStatus&)>;

    MigrationRunner(MigrationDatabase& database, RunnerOptions options)
        : m_database(database)
        , m_options(std::move(options)) {}

    /// `picture` is what is known of the migration; it is kept up to date through `report`. `files` are all migrations
    /// of which `wanted` is one. `resumed`: a process before this one may have left something half done.
    [[nodiscard]] RunResult run(std::span<const Migration> files, const Migration& wanted, Direction direction,
                                const std::string& reference, bool resumed, RunOrders& orders, MigrationStatus picture,
                                const Report& report);

private:
    struct Job {
        std::span<const Migration> files;
        const Migration& wanted;
        Direction direction;
        const std::string& reference;
        RunOrders& orders;
        MigrationStatus picture;
        const Report& report;
        bool touched = false; ///< something may be half done in the database
        int attempts = 0;
        bool stopping = false; ///< cleans up: an order to stop is no news any more
        bool refused = false;  ///< by the ledger: what is there is not ours to record
    };

    [[nodiscard]] Result<void> attempt(Job& job);
    [[nodiscard]] Result<void> becomeTheRunner(Job& job);
    [[nodiscard]] Result<IndexState> dropInvalid(Job& job);
    [[nodiscard]] Result<void> execute(Job& job, const std::string& sql, const std::string& what);
    /// Drops what is half done. Done, Failed, or Quit.
    [[nodiscard]] RunEnd cleanUp(Job& job, std::string& reason);
    /// What the preflight asked of the disk may have changed since; nothing when it has room, or that is unknown.
    [[nodiscard]] std::optional<std::string> noRoomNow(Job& job);
    [[nodiscard]] Result<void> finish(Job& job, bool applied);
    [[nodiscard]] std::chrono::milliseconds pauseAfter(int attempts) const;
    static void show(Job& job, MigrationStatus::State state, std::string message);
    static bool interrupted(const Job& job);

    MigrationDatabase& m_database;
    RunnerOptions m_options;
};

} // namespace binnacle
