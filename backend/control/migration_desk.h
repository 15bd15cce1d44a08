// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_view.h"
#include "backend/control/undertaking.h"
#include "backend/migrations/migration_runner.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace binnacle::control {

/// Migrations of one target database: what there are, how they stand, and the one that runs. A thread of its own does
/// all that talks to the database for long, so that a server that is stopped or gone holds up nobody else.
class MigrationDesk final : public Undertaking {
public:
    using Files = std::function<Result<std::vector<Migration>>()>;
    using Connect = std::function<std::unique_ptr<MigrationDatabase>()>;

    static constexpr std::chrono::seconds lookPause{2};

    MigrationDesk(Files files, Connect connect, RunnerOptions options, const Clock& clock);
    ~MigrationDesk() override;
    MigrationDesk(const MigrationDesk&) = delete;
    MigrationDesk& operator=(const MigrationDesk&) = delete;

    /// From now on ends are told there.
    void start(Ended ended);
    /// Ends the thread within seconds. What runs is left as it is, for the next process.
    void stop();

    [[nodiscard]] bool takes(Verb verb) const override {
        return verb == Verb::ApplyMigration || verb == Verb::StopMigration;
    }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override;
    [[nodiscard]] Result<void> reserve(const PlannedChange& change) override;
    void release(const PlannedChange& change) override;
    void begin(const AuditEntry& intent, bool resumed) override;
    [[nodiscard]] std::optional<PlannedChange> stopOfWhatRuns() override;

    /// As last seen.
    [[nodiscard]] MigrationsView view() const;

private:
    struct Job {
        AuditEntry intent;
        std::string id;
        Direction direction = Direction::Apply;
        bool resumed = false;
        std::shared_ptr<RunOrders> orders = std::make_shared<RunOrders>();
    };
    struct LastRun {
        MigrationStatus::State state = MigrationStatus::State::Pending;
        std::string message;
        int attempts = 0;
        UtcTime startedAt;
        UtcTime endedAt;
    };

    [[nodiscard]] Result<UndertakingPlan> planStop(const PlannedChange& change);
    [[nodiscard]] Result<UndertakingPlan> planRun(const PlannedChange& change);
    /// What runs or waits to run; needs the mutex.
    [[nodiscard]] const Job* underWay() const;
    void run(const std::stop_token& stop);
    void carryOut(const Job& job);
    [[nodiscard]] RunResult runJob(const Job& job, MigrationStatus& picture);
    void settle(const Job& job, const RunResult& result);
    void tell(const AuditEntry& intent, const AuditResult& result);
    /// Tells what could not be recorded so far. What has ended is never run again for that.
    void tellUntold();
    void look();
    [[nodiscard]] Result<std::vector<MigrationStatus>> readRows(const std::vector<Migration>& files);
    void show(const MigrationStatus& row);

    Files m_files;
    Connect m_connect;
    RunnerOptions m_options;
    const Clock& m_clock;
    Ended m_ended;
    std::unique_ptr<MigrationDatabase> m_reader;             ///< the thread's own, for looking
    std::deque<std::pair<AuditEntry, AuditResult>> m_untold; ///< the thread's own, oldest first

    mutable std::mutex m_mutex; ///< guards all below; never held during I/O
    std::condition_variable_any m_wake;
    MigrationsView m_view;
    std::optional<SteadyTime> m_lookedAt;
    std::map<std::string, LastRun> m_lastRuns;
    std::optional<Job> m_running;
    std::deque<Job> m_queue;
    std::vector<AuditEntry> m_stops;       ///< announced, until what they stop has ended
    std::set<std::int64_t> m_known;        ///< numbers of intents that were begun
    std::optional<std::string> m_reserved; ///< for what is just being announced
    std::jthread m_thread;                 // last: it uses the others
};

/// A migration as rows show it before anything is known of the database.
[[nodiscard]] MigrationStatus rowOf(const Migration& migration);

} // namespace binnacle::control
