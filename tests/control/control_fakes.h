// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/action_engine.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace binnacle::control::test {

/// A clock that only the test moves.
class ManualClock final : public Clock {
public:
    [[nodiscard]] SteadyTime steadyNow() const override { return steady; }
    [[nodiscard]] UtcTime utcNow() const override { return utc; }
    void advance(std::chrono::milliseconds by) {
        steady += by;
        utc += by;
    }
    SteadyTime steady{std::chrono::hours(1)};
    UtcTime utc{std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)};
};

/// Targets in memory that follow the rule of the real ones: an older or equal generation changes nothing.
class FakeTargets final : public Actuator {
public:
    struct Target {
        std::string name;
        Generation held;
        bool answers = true;
        bool running = true;
        int changes = 0; ///< how often a value has really been set
    };
    explicit FakeTargets(std::vector<std::string> names) {
        for (auto& name : names) {
            all.push_back({.name = std::move(name), .held = {}});
        }
    }

    [[nodiscard]] Observation observe(std::chrono::milliseconds) override {
        const std::scoped_lock lock(m_mutex);
        Observation observation;
        for (const auto& target : all) {
            TargetState state;
            state.name = target.name;
            state.running = target.running;
            if (target.answers && target.running) {
                state.held = target.held;
            } else {
                state.problem = target.running ? "no answer in time" : "nothing listens there";
            }
            observation.targets.push_back(std::move(state));
        }
        return observation;
    }
    [[nodiscard]] Result<Observation> apply(const Generation& wanted, std::chrono::milliseconds patience) override {
        {
            const std::scoped_lock lock(m_mutex);
            if (broken) {
                return fail(ErrorCode::Io, "disk full");
            }
            for (auto& target : all) {
                if (target.answers && target.running && target.held.generation < wanted.generation) {
                    target.held = wanted;
                    ++target.changes;
                }
            }
        }
        return observe(patience);
    }
    [[nodiscard]] Result<void> healthy(std::chrono::milliseconds) override {
        return illness.empty() ? Result<void>{} : fail(ErrorCode::Conflict, illness);
    }
    [[nodiscard]] std::vector<std::string> targets() override {
        std::vector<std::string> names;
        for (const auto& target : all) {
            names.push_back(target.name);
        }
        return names;
    }

    std::vector<Target> all;
    std::string illness;
    bool broken = false;

private:
    std::mutex m_mutex;
};

/// Carries out, at once and in memory, whatever sets no value and is no migration.
class FakeActs final : public Undertaking {
public:
    [[nodiscard]] bool takes(Verb verb) const override { return verb > Verb::Panic; }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override {
        UndertakingPlan plan;
        plan.preview.target = change.action;
        plan.state = "as ever";
        plan.reference = reference;
        return plan;
    }
    [[nodiscard]] Result<void> reserve(const PlannedChange&) override { return {}; }
    void release(const PlannedChange&) override {}
    void begin(const AuditEntry& intent, bool) override {
        begun.push_back(intent);
        (void)ended(intent, {Verdict::Applied, {}, {}, {}});
    }
    std::vector<AuditEntry> begun;
    std::string reference;
    Ended ended;
};

/// What a `kill -9` looks like from inside: nothing more happens.
struct Killed {};

/// Counts the steps of the program and kills it at one of them.
struct KillSwitch {
    int killAt = 0;
    int step = 0;
    void pass() {
        if (++step == killAt) {
            throw Killed();
        }
    }
};

/// A store that can die right before and right after each of its transactions.
class KillableStore final : public ControlStore {
    template <typename Call>
    auto around(const Call& call) {
        m_killer.pass();
        auto result = call();
        m_killer.pass();
        return result;
    }

public:
    KillableStore(ControlStore& real, KillSwitch& killer)
        : m_real(real)
        , m_killer(killer) {}
    [[nodiscard]] std::string writerId() const override { return m_real.writerId(); }
    [[nodiscard]] Result<HeldValue> held(Resource resource) override {
        return around([&] { return m_real.held(resource); });
    }
    [[nodiscard]] Result<std::optional<StoredRequest>> request(const std::string& requestId) override {
        return around([&] { return m_real.request(requestId); });
    }
    [[nodiscard]] Result<SealedEntry> recordIntent(AuditEntry draft, const std::string& fingerprint,
                                                   const HeldValue& before, HeldValue after) override {
        return around([&] { return m_real.recordIntent(draft, fingerprint, before, after); });
    }
    [[nodiscard]] Result<SealedEntry> recordUndertaking(AuditEntry draft, const std::string& fingerprint) override {
        return around([&] { return m_real.recordUndertaking(draft, fingerprint); });
    }
    [[nodiscard]] Result<SealedEntry> recordOutcome(AuditEntry draft) override {
        return around([&] { return m_real.recordOutcome(draft); });
    }
    [[nodiscard]] Result<std::vector<AuditEntry>> openIntents() override {
        return around([&] { return m_real.openIntents(); });
    }
    [[nodiscard]] Result<std::vector<SealedEntry>> entries(const std::string& writer, std::int64_t after,
                                                           std::int64_t limit) override {
        return around([&] { return m_real.entries(writer, after, limit); });
    }
    [[nodiscard]] Result<std::vector<ChainHead>> heads() override {
        return around([&] { return m_real.heads(); });
    }
    [[nodiscard]] Result<void> importEntries(std::span<const SealedEntry> entries, UtcTime now) override {
        return around([&] { return m_real.importEntries(entries, now); });
    }

private:
    ControlStore& m_real;
    KillSwitch& m_killer;
};

/// Targets whose caller can die before the order is sent, and after it has taken effect.
class KillableTargets final : public Actuator {
public:
    KillableTargets(FakeTargets& real, KillSwitch& killer)
        : m_real(real)
        , m_killer(killer) {}
    [[nodiscard]] Observation observe(std::chrono::milliseconds patience) override { return m_real.observe(patience); }
    [[nodiscard]] Result<Observation> apply(const Generation& wanted, std::chrono::milliseconds patience) override {
        m_killer.pass();
        // Only some have got it: the worst moment.
        m_real.all.front().answers = false;
        auto partly = m_real.apply(wanted, patience);
        m_real.all.front().answers = true;
        m_killer.pass();
        auto result = m_real.apply(wanted, patience);
        m_killer.pass();
        return result;
    }
    [[nodiscard]] Result<void> healthy(std::chrono::milliseconds patience) override { return m_real.healthy(patience); }
    [[nodiscard]] std::vector<std::string> targets() override { return m_real.targets(); }

private:
    FakeTargets& m_real;
    KillSwitch& m_killer;
};

} // namespace binnacle::control::test
