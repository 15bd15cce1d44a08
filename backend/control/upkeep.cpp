// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's part that works by itself: asserts the desired state, adopts what others set, ends leases, and ends what
// a crash left open.
#include "backend/actions/sha256.h"
#include "backend/control/action_engine.h"

#include <algorithm>

namespace binnacle::control {

Result<void> ActionEngine::reconcile(Resource resource) {
    // Looked at first and read second: what we announce is always ahead of what we have sent, so a generation above
    // ours can only be somebody else's.
    auto observation = m_actuators.at(resource)->observe(std::chrono::seconds(1));
    remember(resource, observation);
    const auto newest = observation.newest();
    const auto held = m_store.held(resource);
    if (!held) {
        return std::unexpected(held.error());
    }
    if (newest && newest->generation >= held->held.generation) {
        const bool unlike = newest->generation == held->held.generation && newest->value != held->held.value;
        if (newest->generation > held->held.generation || unlike || observation.torn()) {
            return adopt(*held, *newest, unlike || observation.torn());
        }
    }
    const auto behind = observation.behind(held->held.generation);
    const bool reachable =
        std::ranges::any_of(behind, [](const TargetState* target) { return target->held.has_value(); });
    const bool file = observation.stored && *observation.stored != held->held && held->held.generation > 0;
    if (reachable || file) {
        auto applied = m_actuators.at(resource)->apply(held->held, std::chrono::seconds(1));
        if (!applied) {
            return std::unexpected(std::move(applied.error()));
        }
        remember(resource, std::move(*applied));
    }
    return {};
}

Result<std::optional<AuditEntry>> ActionEngine::importedIntent(Resource resource, const Generation& generation) {
    const auto heads = m_store.heads();
    if (!heads) {
        return std::unexpected(heads.error());
    }
    for (const auto& head : *heads) {
        if (head.writerId == m_store.writerId()) {
            continue;
        }
        const auto entries = m_store.entries(head.writerId, 0, head.number);
        if (!entries) {
            return std::unexpected(entries.error());
        }
        for (const auto& sealed : *entries) {
            if (sealed.entry.phase == AuditPhase::Intent &&
                valueFrom(resource, sealed.entry.after) == generation.value &&
                integerOf(sealed.entry.after, "generation") == generation.generation) {
                return sealed.entry;
            }
        }
    }
    return std::nullopt;
}

Result<void> ActionEngine::adopt(const HeldValue& held, const Generation& newest, bool settle) {
    if (auto imported = importJournals(); !imported) {
        return imported;
    }
    const auto source = importedIntent(held.resource, newest);
    if (!source) {
        return std::unexpected(source.error());
    }
    const auto now = m_clock.utcNow();
    PlannedChange change;
    change.action = "adopt";
    change.resource = held.resource;
    change.value = newest.value;
    change.lease = defaultLease(held.resource, newest.value);
    auto after = heldAfter(held, change, "control", "Found in effect", now);
    // Two values under one generation, or ours against theirs: a generation of its own settles it.
    after.held.generation = newest.generation + (settle ? 1 : 0);
    if (*source) {
        const auto& intent = **source;
        after.changedBy = intent.operatorName;
        after.changedAt = intent.at;
        after.reason = intent.reason;
        after.reference = settle ? std::string() : intent.writerId + ":" + std::to_string(intent.number);
        after.leaseUntil = parseIsoTime(textOf(intent.after, "lease_until"));
    }
    ActionRequest request;
    request.requestId = "adopt:" + std::string(resourceName(held.resource)) + ":" +
                        std::to_string(after.held.generation) + ":" + randomHex(4);
    request.reason = *source ? "Set by " + after.changedBy + " past control" : "Found in effect";
    const auto outcome = announceAndAct(intentEntry(request, change, held, after, "control", now), {}, held, after,
                                        std::chrono::seconds(1));
    if (!outcome && outcome.error().code != ErrorCode::Conflict) {
        return std::unexpected(outcome.error());
    }
    return {};
}

Result<void> ActionEngine::resumeUndertakings() {
    const auto open = m_store.openIntents();
    if (!open) {
        return std::unexpected(open.error());
    }
    for (const auto& intent : *open) {
        const auto entry = findAction(intent.action);
        if (auto* const undertaking = entry ? undertakingFor((*entry)->undertaking) : nullptr) {
            undertaking->begin(intent, true);
        }
    }
    return {};
}

Result<void> ActionEngine::resolveOpenIntents() {
    const auto open = m_store.openIntents();
    if (!open) {
        return std::unexpected(open.error());
    }
    for (const auto& intent : *open) {
        if (isRunning(intent.requestId)) {
            continue;
        }
        const auto entry = findAction(intent.action);
        if (auto* const undertaking = entry ? undertakingFor((*entry)->undertaking) : nullptr) {
            undertaking->begin(intent, true); // it ends by itself, and says so
            continue;
        }
        if (auto resolved = resolve(intent); !resolved && resolved.error().code != ErrorCode::Conflict) {
            return resolved;
        }
    }
    return {};
}

Result<void> ActionEngine::resolve(const AuditEntry& intent) {
    const auto resource = resourceOf(intent);
    const auto held = m_store.held(resource.value_or(Resource::DegradationLevel));
    if (!held) {
        return std::unexpected(held.error());
    }
    AuditResult result{Verdict::InDoubt, {}, {}, {}};
    if (resource && integerOf(intent.after, "generation") == held->held.generation) {
        result = act(*held, m_options.patience);
    } else if (resource) {
        const auto observation = m_actuators.at(*resource)->observe(m_options.patience);
        if (const auto newest = observation.newest()) {
            result.observedAfter = describeValue(*resource, newest->value);
            result.observedAfter.emplace("generation", newest->generation);
        }
        result.message = "A newer change replaced it before its effect was seen.";
    }
    result.message += (result.message.empty() ? "" : " ") +
                      std::string("Control was interrupted while it ran; this is what was found afterwards.");
    const auto ended = m_store.recordOutcome(outcomeEntry(intent, result, m_clock.utcNow()));
    if (ended) {
        tellEvidence(intent, result); // once: what can't be recorded is resolved again
    }
    m_ended.notify_all();
    return ended ? Result<void>{} : std::unexpected(ended.error());
}

Result<void> ActionEngine::stepLeases() {
    const auto resource = Resource::DegradationLevel;
    const auto held = m_store.held(resource);
    if (!held) {
        return std::unexpected(held.error());
    }
    const auto now = m_clock.steadyNow();
    const auto note = [this](std::string text) {
        const std::scoped_lock lock(m_mutex);
        m_leaseNote = std::move(text);
    };
    if (!held->leaseUntil || held->held.value == 0 || leaseEnd(*held) > now) {
        note({});
        return {};
    }
    if (now < m_nextHealthLook) {
        return {};
    }
    m_nextHealthLook = now + m_options.healthPause;
    if (const auto healthy = m_actuators.at(resource)->healthy(std::chrono::seconds(1)); !healthy) {
        note("The lease has ended, but the level stays: " + healthy.error().text + ".");
        return {};
    }
    note({});
    m_nextHealthLook = {};
    PlannedChange change;
    change.action = "set_degradation_level";
    change.resource = resource;
    change.value = held->held.value - 1;
    change.lease = change.value > 0 ? m_options.stepPause : std::chrono::seconds(0);
    change.parameters = describeValue(resource, change.value);
    ActionRequest request;
    request.requestId = "lease:" + std::to_string(held->held.generation) + ":" + randomHex(4);
    request.reason = "The lease of " + whoAndWhat(*held) + " has ended";
    const auto utc = m_clock.utcNow();
    const auto after = heldAfter(*held, change, "control", "The lease has ended", utc);
    const auto outcome = announceAndAct(intentEntry(request, change, *held, after, "control", utc), {}, *held, after,
                                        m_options.patience);
    if (!outcome && outcome.error().code != ErrorCode::Conflict) {
        return std::unexpected(outcome.error());
    }
    return {};
}

} // namespace binnacle::control
