// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/undertaking.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace binnacle::control {

/// Acts of one kind that are done within seconds. `plan` is called from several threads at once, the rest from one;
/// each call keeps deadlines of its own.
class QuickActs {
public:
    /// An act that control does by itself: a lease has ended.
    struct Own {
        PlannedChange change;
        std::string reason;
        std::string requestId; ///< the same for the same occasion, so that it happens once
    };

    virtual ~QuickActs() = default;
    [[nodiscard]] virtual bool takes(Verb verb) const = 0;
    [[nodiscard]] virtual Result<UndertakingPlan> plan(const PlannedChange& change) = 0;
    /// Does what was announced and looks for its effect. `resumed`: a process before this one may have done it, or half
    /// of it. Returns early when `hurry` says that another act of this kind, or the end of control, is waiting.
    [[nodiscard]] virtual AuditResult carryOut(const AuditEntry& intent, bool resumed,
                                               const std::function<bool()>& hurry) = 0;
    /// Asserts what earlier acts have set and is to stay. Called about once a second, when nothing else is to be done.
    virtual std::optional<Own> keep() { return std::nullopt; }
};

/// The place where such acts are begun: one after the other, on a thread of its own for each kind, so that a pool that
/// waits for its transactions does not hold up the act that ends them.
class ActDesk final : public Undertaking {
public:
    /// Announces an act of control's own and begins it; an error is not fatal: it is tried again.
    using Announce = std::function<Result<void>(const QuickActs::Own& own)>;

    static constexpr std::chrono::milliseconds keepPause{1000};

    explicit ActDesk(std::unique_ptr<QuickActs> acts)
        : m_acts(std::move(acts)) {}
    ~ActDesk() override;
    ActDesk(const ActDesk&) = delete;
    ActDesk& operator=(const ActDesk&) = delete;

    void start(Ended ended, Announce announce);
    /// Ends the thread within the deadline of one call. What was not begun stays open for the next process.
    void stop();

    [[nodiscard]] bool takes(Verb verb) const override { return m_acts->takes(verb); }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override { return m_acts->plan(change); }
    /// Several may be asked for: each looks at what the one before it has left.
    [[nodiscard]] Result<void> reserve(const PlannedChange&) override { return {}; }
    void release(const PlannedChange&) override {}
    void begin(const AuditEntry& intent, bool resumed) override;

private:
    struct Job {
        AuditEntry intent;
        bool resumed = false;
    };

    void run(const std::stop_token& stop);
    void tellUntold();

    std::unique_ptr<QuickActs> m_acts;
    Ended m_ended;
    Announce m_announce;
    std::deque<std::pair<AuditEntry, AuditResult>> m_untold; ///< the thread's own, oldest first

    std::mutex m_mutex; ///< guards all below; never held during I/O
    std::condition_variable_any m_wake;
    std::deque<Job> m_queue;
    std::set<std::int64_t> m_known; ///< numbers of intents that were begun
    std::jthread m_thread;          // last: it uses the others
};

} // namespace binnacle::control
