// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/migrations/migration_runner.h"

#include <algorithm>

namespace binnacle {

using State = MigrationStatus::State;

namespace {
/// Who ends the whole process does not wait long for it.
constexpr std::chrono::milliseconds quitGrace{2000};

/// Trying again would bring the same.
bool isHopeless(const Error& error) {
    return error.code == ErrorCode::Invalid || error.code == ErrorCode::Denied;
}
} // namespace

void RunOrders::stop() {
    const std::scoped_lock lock(m_mutex);
    m_stop = true;
    m_changed.notify_all();
}

void RunOrders::quit() {
    const std::scoped_lock lock(m_mutex);
    m_quit = true;
    m_changed.notify_all();
}

bool RunOrders::stopAsked() const {
    const std::scoped_lock lock(m_mutex);
    return m_stop;
}

bool RunOrders::quitAsked() const {
    const std::scoped_lock lock(m_mutex);
    return m_quit;
}

void RunOrders::wait(std::chrono::milliseconds time, bool heedsStop) {
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this, heedsStop] { return m_quit || (heedsStop && m_stop); });
}

void MigrationRunner::show(Job& job, State state, std::string message) {
    job.picture.state = state;
    job.picture.attempt = job.attempts;
    job.picture.message = std::move(message);
    job.report(job.picture);
}

bool MigrationRunner::interrupted(const Job& job) {
    return job.orders.quitAsked() || (!job.stopping && job.orders.stopAsked());
}

std::chrono::milliseconds MigrationRunner::pauseAfter(int attempts) const {
    auto pause = m_options.firstPause;
    for (int i = 1; i < attempts && pause < m_options.longestPause; ++i) {
        pause *= 2;
    }
    pause = std::min(pause, m_options.longestPause);
    // Between half and whole: two runners that failed together do not come back together.
    const double share = m_options.jitter ? 0.5 + m_options.jitter() / 2 : 1.0;
    return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(pause.count()) * share));
}

Result<void> MigrationRunner::becomeTheRunner(Job& job) {
    if (auto connected = m_database.connect(); !connected) {
        return connected;
    }
    while (true) {
        const auto mine = m_database.tryLock();
        if (!mine) {
            return std::unexpected(mine.error());
        }
        if (*mine) {
            return {};
        }
        // Polled: a session that waits inside the server would be one more that a concurrent build waits for.
        show(job, job.stopping ? State::Stopping : State::Waiting,
             "Another session runs a migration in this database, or has not ended yet.");
        job.orders.wait(m_options.lockPoll, !job.stopping);
        if (interrupted(job)) {
            return fail(ErrorCode::Conflict, "Told to end while waiting for another runner.");
        }
    }
}

Result<void> MigrationRunner::execute(Job& job, const std::string& sql, const std::string& what) {
    const auto working = job.stopping                         ? State::Stopping
                         : job.direction == Direction::Revert ? State::Reverting
                                                              : State::Running;
    job.touched = true;
    job.picture.progress.reset();
    job.picture.blockers.clear();
    show(job, working, what);
    std::optional<SteadyTime> cancelled;
    bool heard = false;
    auto result = m_database.runLong(sql, m_options.lockTimeout, [&] {
        if (interrupted(job) && !cancelled) {
            cancelled = std::chrono::steady_clock::now();
            show(job, State::Stopping, "Asked PostgreSQL to end the statement.");
        }
        if (cancelled && !heard) {
            heard = m_database.cancel().has_value(); // if it can't be heard at all, the grace ends the session
        }
        const auto grace = job.orders.quitAsked() ? std::min(m_options.cancelGrace, quitGrace) : m_options.cancelGrace;
        if (cancelled && std::chrono::steady_clock::now() - *cancelled > grace) {
            return false;
        }
        if (auto sample = m_database.sample()) {
            job.picture.progress = std::move(sample->progress);
            job.picture.blockers = std::move(sample->blockers);
            const bool waits = !job.picture.blockers.empty();
            if (!cancelled) {
                show(job, waits && working == State::Running ? State::Waiting : working,
                     waits ? "Waits for " + std::to_string(job.picture.blockers.size()) +
                                 (job.picture.blockers.size() == 1 ? " other transaction." : " other transactions.")
                           : what);
            }
        } else if (!cancelled) {
            job.picture.progress.reset(); // the old reading is none of now
            job.picture.blockers.clear();
            show(job, working, what + " How far it is can't be seen: " + sample.error().text + ".");
        }
        return true;
    });
    job.picture.progress.reset();
    job.picture.blockers.clear();
    return result;
}

Result<IndexState> MigrationRunner::dropInvalid(Job& job) {
    const auto& index = job.wanted.index;
    auto state = m_database.indexState(index);
    if (!state || *state != IndexState::Invalid) {
        return state;
    }
    if (auto dropped = execute(job, "drop index concurrently if exists " + index.qualified(),
                               "Drops the index that an earlier attempt left invalid.");
        !dropped) {
        return std::unexpected(std::move(dropped.error()));
    }
    return m_database.indexState(index);
}

std::optional<std::string> MigrationRunner::noRoomNow(Job& job) {
    const auto facts = m_database.tableFacts(job.wanted.index);
    return facts ? m_database.whyNoRoom(*facts) : std::nullopt;
}

Result<void> MigrationRunner::finish(Job& job, bool applied) {
    return m_database.record({job.wanted.id, job.wanted.digest, job.wanted.chain, applied, job.reference});
}

Result<void> MigrationRunner::attempt(Job& job) {
    if (auto alone = becomeTheRunner(job); !alone) {
        return alone;
    }
    const auto ledger = m_database.ledger();
    if (!ledger) {
        return std::unexpected(ledger.error());
    }
    const bool wantsApplied = job.direction == Direction::Apply;
    const auto* const entry = entryOf(*ledger, job.wanted.id);
    const bool recorded =
        (entry != nullptr && entry->applied) == wantsApplied && entry != nullptr && entry->reference == job.reference;
    // Asked again under the lock: between the preview and now another runner may have been here.
    if (!recorded) {
        const auto refusal =
            wantsApplied ? whyNotApply(job.files, *ledger, job.wanted) : whyNotRevert(job.files, *ledger, job.wanted);
        if (refusal) {
            job.refused = true;
            return fail(ErrorCode::Invalid, *refusal);
        }
    }
    auto state = dropInvalid(job);
    if (!state) {
        return std::unexpected(std::move(state.error()));
    }
    const auto wanted = wantsApplied ? IndexState::Valid : IndexState::Absent;
    if (*state != wanted && !interrupted(job)) {
        if (const auto noRoom = wantsApplied && (job.touched || job.attempts > 1) ? noRoomNow(job) : std::nullopt) {
            return fail(ErrorCode::Invalid, *noRoom);
        }
        auto executed = wantsApplied ? execute(job, job.wanted.statement, "Builds the index concurrently.")
                                     : execute(job, job.wanted.revertStatement, "Drops the index concurrently.");
        if (!executed) {
            return executed;
        }
        state = m_database.indexState(job.wanted.index);
        if (!state) {
            return std::unexpected(std::move(state.error()));
        }
    }
    if (*state != wanted) {
        return fail(ErrorCode::Conflict, wantsApplied ? "The index is not valid." : "The index is still there.");
    }
    return recorded ? Result<void>{} : finish(job, wantsApplied);
}

RunEnd MigrationRunner::cleanUp(Job& job, std::string& reason) {
    job.stopping = true;
    for (int tries = 1;; ++tries) {
        if (job.orders.quitAsked()) {
            return RunEnd::Quit;
        }
        const auto why = reason.empty() ? std::string("Stopped on request.") : reason;
        show(job, State::Stopping, why);
        auto alone = becomeTheRunner(job);
        auto state = alone ? dropInvalid(job) : Result<IndexState>(std::unexpected(std::move(alone.error())));
        if (state && *state != IndexState::Invalid) {
            // Stopped too late is done: what is there counts, not what was meant.
            if (job.refused || (*state == IndexState::Valid) != (job.direction == Direction::Apply)) {
                return RunEnd::Failed;
            }
            const auto recorded = finish(job, *state == IndexState::Valid);
            if (recorded) {
                return RunEnd::Done;
            }
            state = std::unexpected(recorded.error());
        }
        if (!state && isHopeless(state.error())) {
            reason = why + " It could not be brought to a clean end: " + state.error().text + " Look at " +
                     job.wanted.index.qualified() + " by hand.";
            return RunEnd::Failed;
        }
        m_database.disconnect();
        show(job, State::Stopping,
             why + " An index may be left invalid; it is dropped as soon as the database lets us: " +
                 (state ? std::string("it is still there") : state.error().text) + ".");
        job.orders.wait(pauseAfter(tries), false);
    }
}

RunResult MigrationRunner::run(std::span<const Migration> files, const Migration& wanted, Direction direction,
                               const std::string& reference, bool resumed, RunOrders& orders, MigrationStatus picture,
                               const Report& report) {
    Job job{files, wanted, direction, reference, orders, std::move(picture), report, resumed};
    const auto told = [&orders] { return orders.quitAsked() || orders.stopAsked(); };
    std::string reason;
    while (reason.empty() && !told()) {
        ++job.attempts;
        const auto done = attempt(job);
        if (done) {
            m_database.disconnect();
            return {RunEnd::Done, {}, job.attempts};
        }
        const auto& error = done.error();
        if (told()) {
            break;
        }
        if (isHopeless(error)) {
            reason = error.text;
        } else if (job.attempts >= m_options.attempts) {
            reason = "Given up after " + std::to_string(job.attempts) + " attempts. The last one: " + error.text + ".";
        } else {
            m_database.disconnect(); // the next attempt starts afresh, and gives the lock away meanwhile
            const auto pause = pauseAfter(job.attempts);
            show(job, State::Waiting,
                 "Attempt " + std::to_string(job.attempts) + " of " + std::to_string(m_options.attempts) + " ended: " +
                     error.text + ". The next one begins in " + std::to_string((pause.count() + 999) / 1000) + " s.");
            orders.wait(pause, true);
        }
    }
    const auto end = orders.quitAsked() ? RunEnd::Quit : job.touched ? cleanUp(job, reason) : RunEnd::Failed;
    const bool stopped = reason.empty(); // else something went wrong, in the cleaning up at the latest
    m_database.disconnect();
    return {end == RunEnd::Failed && stopped ? RunEnd::Stopped : end, end == RunEnd::Done ? std::string() : reason,
            job.attempts};
}

} // namespace binnacle
