// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's part for actions that take their time: announced like any other, begun, and ended later.
#include "backend/control/action_engine.h"

#include <algorithm>

namespace binnacle::control {

namespace {

std::string whyNobody(Verb verb) {
    return verb == Verb::ApplyMigration || verb == Verb::StopMigration
               ? "This control has no database to migrate."
               : "This control can't do that: its configuration names nothing for it to act on.";
}

PreviewedState stateOf(const PlannedChange& change, const UndertakingPlan& plan, const std::string& undoOf) {
    return {change.action, change.parameters, {{"state", plan.state}}, 0, undoOf};
}

} // namespace

Result<std::optional<PlannedChange>> ActionEngine::undertakingOf(const std::string& action, const Values& parameters,
                                                                 const Undo* undo) const {
    const auto entry = findAction(undo != nullptr ? undo->intent.action : action);
    if (!entry || !(*entry)->undertaking) {
        return std::nullopt;
    }
    if (undertakingFor((*entry)->undertaking) == nullptr) {
        return fail(ErrorCode::NotFound, whyNobody(*(*entry)->undertaking));
    }
    if (undo == nullptr) {
        const auto change = planAction(action, parameters);
        return change ? Result<std::optional<PlannedChange>>(*change) : std::unexpected(change.error());
    }
    const auto inverse = inverseOf(undo->intent);
    if (!inverse) {
        return std::unexpected(inverse.error());
    }
    // What is in doubt may well be in effect: its way back stays open.
    if (undo->outcome.result && undo->outcome.result->verdict != Verdict::Applied &&
        undo->outcome.result->verdict != Verdict::InDoubt) {
        return fail(ErrorCode::Conflict, "Action #" + undo->reference + " changed nothing.");
    }
    const auto change = planAction(inverse->action, inverse->parameters);
    return change ? Result<std::optional<PlannedChange>>(*change) : std::unexpected(change.error());
}

Undertaking* ActionEngine::undertakingFor(std::optional<Verb> verb) const {
    const auto found = std::ranges::find_if(
        m_undertakings, [&](const Undertaking* undertaking) { return verb && undertaking->takes(*verb); });
    return found == m_undertakings.end() ? nullptr : *found;
}

std::optional<PlannedChange> ActionEngine::stopOfWhatRuns() const {
    for (auto* const undertaking : m_undertakings) {
        if (auto stop = undertaking->stopOfWhatRuns()) {
            return stop;
        }
    }
    return std::nullopt;
}

Result<UndertakingPlan> ActionEngine::planUndertaking(const PlannedChange& change, const Undo* undo) {
    auto plan = undertakingFor(change.undertaking)->plan(change);
    if (plan && undo != nullptr && !plan->refusal) {
        const auto wanted = undo->intent.writerId + ":" + std::to_string(undo->intent.number);
        if (plan->reference != wanted) {
            plan->refusal = "The state has moved since action #" + undo->reference + ": it is now that of #" +
                            plan->reference + ".";
        }
    }
    return plan;
}

Result<ActionPreview> ActionEngine::previewUndertaking(const PlannedChange& change, const Undo* undo) {
    auto plan = planUndertaking(change, undo);
    const auto entry = findAction(change.action);
    if (!plan || !entry) {
        return std::unexpected(plan ? entry.error() : plan.error());
    }
    auto preview = std::move(plan->preview);
    const auto undoOf = undo != nullptr ? undo->reference : std::string();
    preview.action = change.action;
    preview.title = (undo != nullptr ? "Undo: " : "") + (*entry)->spec.title;
    preview.environment = m_options.environment;
    preview.risk = (*entry)->spec.risk;
    preview.reversibility = (*entry)->spec.reversibility;
    preview.parameters = change.parameters;
    preview.typeToConfirm = change.typeToConfirm;
    preview.roleNeeded = roleName(ruleOf(verbOf(change, 0)).role);
    preview.validUntil = wholeMilliseconds(m_clock.utcNow() + PreviewContext().life);
    preview.fingerprint = previewFingerprint(stateOf(change, *plan, undoOf), preview.validUntil);
    preview.reverses = undoOf;
    if (!(*entry)->noUndo.empty()) {
        preview.warnings.push_back((*entry)->noUndo);
    }
    if (plan->refusal) {
        preview.warnings.insert(preview.warnings.begin(), "It would be refused now: " + *plan->refusal);
    }
    return preview;
}

Result<ActionOutcome> ActionEngine::runUndertaking(const ActionRequest& request, const PlannedChange& change,
                                                   const Undo* undo, const std::string& fingerprint,
                                                   const Operator& who) {
    const auto& rule = ruleOf(verbOf(change, 0));
    if (!allows(who.role, rule.verb)) {
        return denied(who, rule.role);
    }
    const auto plan = planUndertaking(change, undo);
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const auto undoOf = undo != nullptr ? undo->reference : std::string();
    auto draft = undertakingIntent(request, change, plan->preview, who.name);
    if (undo != nullptr) {
        draft.reverses = undoOf;
    }
    const auto refused = [&draft](const std::string& why) {
        return outcomeOf(draft, {Verdict::Refused, {}, {}, why + " Nothing was done."});
    };
    const auto now = textOf(plan->preview.before, "state");
    if (const auto refusal =
            refusalOf(request, stateOf(change, *plan, undoOf), now, change.typeToConfirm, m_clock.utcNow())) {
        return outcomeOf(draft, {Verdict::Refused, {}, {}, *refusal});
    }
    if (plan->refusal) {
        return refused(*plan->refusal);
    }
    if (const auto reserved = undertakingFor(change.undertaking)->reserve(change); !reserved) {
        return refused(reserved.error().text);
    }
    const auto begun = beginUndertaking(draft, change, fingerprint);
    if (!begun) {
        return std::unexpected(begun.error());
    }
    auto outcome = earlier(request.requestId, fingerprint);
    if (outcome) {
        return std::move(**outcome); // it is stored: it was announced above
    }
    draft.number = *begun; // an error would say that nothing was done
    return outcomeOf(
        draft, {Verdict::InDoubt, {}, {}, "It was begun, and how it stands can't be read: " + outcome.error().text});
}

AuditEntry ActionEngine::undertakingIntent(const ActionRequest& request, const PlannedChange& change,
                                           const ActionPreview& preview, const std::string& operatorName) const {
    AuditEntry entry;
    entry.writerId = m_store.writerId();
    entry.at = m_clock.utcNow();
    entry.operatorName = operatorName;
    entry.requestId = request.requestId;
    entry.action = change.action;
    entry.parameters = change.parameters;
    entry.reason = request.reason;
    entry.before = preview.before;
    entry.after = preview.after;
    return entry;
}

Result<std::int64_t> ActionEngine::beginUndertaking(AuditEntry draft, const PlannedChange& change,
                                                    const std::string& fingerprint) {
    const Running running(*this, draft.requestId); // until it has begun: what is open then is no other process's
    const auto intent = m_store.recordUndertaking(std::move(draft), fingerprint);
    if (!intent) {
        undertakingFor(change.undertaking)->release(change);
        return fail(intent.error().code, "The audit can't be written, so nothing was done: " + intent.error().text);
    }
    undertakingFor(change.undertaking)->begin(intent->entry, false);
    return intent->entry.number;
}

std::string ActionEngine::stopWhatRuns(const ActionRequest& request, const Operator& who) {
    const auto stop = stopOfWhatRuns();
    if (!stop) {
        return {};
    }
    const auto what = "The migration " + textOf(stop->parameters, "id");
    auto part = request;
    part.requestId += "/stop"; // of the same wish: asked again, it is not announced a second time
    if (const auto known = m_store.request(part.requestId); known && known->has_value()) {
        return what + " is being stopped (#" + std::to_string((*known)->intent.number) + ").";
    }
    const auto plan = undertakingFor(stop->undertaking)->plan(*stop);
    if (!plan) {
        return what + " could not be stopped: " + plan.error().text;
    }
    const auto begun = beginUndertaking(undertakingIntent(part, *stop, plan->preview, who.name), *stop,
                                        "stop of " + request.requestId);
    return begun ? what + " is being stopped (#" + std::to_string(*begun) + ")."
                 : what + " could not be stopped: " + begun.error().text;
}

Result<void> ActionEngine::actByItself(const PlannedChange& change, const std::string& reason,
                                       const std::string& requestId) {
    if (const auto known = m_store.request(requestId); !known || known->has_value()) {
        return known ? fail(ErrorCode::Conflict, "It was announced before") : std::unexpected(known.error());
    }
    const auto plan = planUndertaking(change, nullptr);
    if (!plan) {
        return std::unexpected(plan.error());
    }
    ActionRequest request;
    request.requestId = requestId;
    request.reason = reason;
    const auto begun =
        beginUndertaking(undertakingIntent(request, change, plan->preview, "control"), change, "of control itself");
    return begun ? Result<void>{} : std::unexpected(begun.error());
}

bool ActionEngine::undertakingEnded(const AuditEntry& intent, const AuditResult& result) {
    const auto ended = m_store.recordOutcome(outcomeEntry(intent, result, m_clock.utcNow()));
    if (ended) {
        tellEvidence(intent, result);
    }
    {
        const std::scoped_lock lock(m_mutex); // whoever has just looked and is about to wait must not miss it
        m_ended.notify_all();
    }
    return ended.has_value() || ended.error().code == ErrorCode::Conflict; // it had ended before
}

} // namespace binnacle::control
