// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_console_client.h"
#include "backend/clients/system_clock.h"
#include "backend/control/act_desk.h"
#include "backend/control/hold_store.h"
#include "backend/control/session_acts.h"

#include <map>
#include <mutex>
#include <optional>

namespace binnacle::control {

/// pgBouncer's admin console, and the server behind it, whose limit bounds the size of the pools.
struct PoolConsole {
    std::string conninfo;
    std::string passfile;
    std::optional<SessionServer> server; ///< nothing: its limits are not known
    int cores = 0;                       ///< of the server's machine; 0: not known
};

/// Pauses, resumes and resizes a pool of pgBouncer. A paused pool has a lease, because it is an outage; what is set is
/// asserted again when pgBouncer was started anew or has read its configuration again, and what was asked for while it
/// did not answer once it does. The size is that of default_pool_size: pgBouncer changes no other while it runs, so
/// that one size is held, whichever pool it was asked for.
class PoolActs final : public QuickActs {
public:
    static constexpr std::chrono::milliseconds callLimit{1000};
    static constexpr std::chrono::milliseconds pauseLimit{5000}; ///< for the transactions under way to end
    static constexpr std::chrono::milliseconds lookPause{50};
    static constexpr std::chrono::milliseconds retryPause{10'000}; ///< until a resume that failed is tried again

    PoolActs(PoolConsole console, HoldStore& holds, const Clock& clock)
        : m_console(std::move(console))
        , m_holds(holds)
        , m_clock(clock) {}

    [[nodiscard]] bool takes(Verb verb) const override {
        return verb == Verb::PausePool || verb == Verb::ResumePool || verb == Verb::ResizePool;
    }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override;
    [[nodiscard]] AuditResult carryOut(const AuditEntry& intent, bool resumed,
                                       const std::function<bool()>& hurry) override;
    /// Asserts what was set, and resumes a pool whose lease has ended.
    std::optional<Own> keep() override;

private:
    /// One database of pgBouncer.
    struct Pool {
        std::string name;
        std::int64_t size = 0; ///< for each user
        bool paused = false;
        std::int64_t users = 0;   ///< pools that it has, one for each user
        std::int64_t waiting = 0; ///< clients
        std::int64_t active = 0;  ///< server connections in a transaction
        std::int64_t servers = 0; ///< server connections in all
    };
    struct Picture {
        std::vector<Pool> pools;
        std::int64_t defaultSize = 0;
        [[nodiscard]] const Pool* find(const std::string& name) const;
    };

    [[nodiscard]] PgConsoleClient client() const { return {m_console.conninfo, m_console.passfile}; }
    [[nodiscard]] static Result<Picture> look(PgConsoleClient& client);
    void planState(UndertakingPlan& plan, const Pool& pool, const PlannedChange& change);
    void planSize(UndertakingPlan& plan, const Picture& picture, const Pool& pool, std::int64_t size) const;
    [[nodiscard]] AuditResult setPaused(const std::string& pool, bool pause, const std::function<bool()>& hurry) const;
    /// `stands` is set when it is what is wanted from then on, whether it was seen or not.
    [[nodiscard]] AuditResult resize(const std::string& pool, std::int64_t size, std::int64_t before,
                                     bool& stands) const;
    [[nodiscard]] static Result<void> setDefaultSize(PgConsoleClient& console, std::int64_t size);
    /// The size that is held, by whatever pool: the newest where an earlier version has left several.
    [[nodiscard]] Result<std::optional<Hold>> sizeHold();
    void giveBack(const Hold& tried, const std::optional<Hold>& earlier);
    void keepSize(PgConsoleClient& console, const Picture& picture, const Hold& hold);
    /// Asserts it, or forgets what pgBouncer no longer has.
    void keepState(PgConsoleClient& console, const Picture& picture, const Hold& hold);
    /// When a lease ends on the steady clock, which nobody can set.
    [[nodiscard]] SteadyTime leaseEnd(const Hold& hold);
    [[nodiscard]] bool hasEnded(const Hold& hold);
    [[nodiscard]] std::optional<Own> resumeOf(const Hold& hold);

    PoolConsole m_console;
    HoldStore& m_holds;
    const Clock& m_clock;
    std::map<std::string, SteadyTime> m_due;   ///< by reference; the desk's thread alone
    std::map<std::string, SteadyTime> m_tried; ///< leases whose end was announced, and when; the desk's thread alone
};

} // namespace binnacle::control
