// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/planning.h"

#include "backend/actions/sha256.h"

#include <algorithm>
#include <charconv>

namespace binnacle {
namespace {

constexpr std::size_t longestReason = 500;
constexpr std::size_t longestRequestId = 128;

/// "EXPIRY-STATE-SEAL": the expiry in milliseconds stands in it and is sealed with the digest of the state, so that
/// control needs to remember no preview and one from before its restart still holds. The state stands by itself:
/// whoever looks twice sees whether it is the same (guardOf).
std::string fingerprintOf(const PreviewedState& state, std::int64_t expiryMs) {
    AuditEntry text; // its canonical text is unambiguous, whatever stands in the parameters
    text.number = state.generation;
    text.action = state.action;
    text.parameters = state.parameters;
    text.before = state.before;
    text.reason = state.undoOf;
    const auto sealed = std::to_string(expiryMs) + "-" + sha256Hex(canonicalText(text)).substr(0, 32);
    return sealed + "-" + sha256Hex(sealed).substr(0, 16);
}

PreviewedState stateOf(const PlannedChange& change, const HeldValue& held, const std::string& undoOf) {
    if (change.panic) {
        return {change.action, change.parameters, {}, 0, undoOf};
    }
    return {change.action, change.parameters, describeHeld(held), held.held.generation, undoOf};
}

std::int64_t millisecondsOf(UtcTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::string list(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) {
        out += (out.empty() ? "" : ", ") + name;
    }
    return out;
}

/// What the level turns off beyond the one before, and what level 3 is good for.
void addFeatures(ActionPreview& preview, std::int64_t before, std::int64_t after,
                 const std::vector<FeatureView>& features) {
    const auto offFrom = [](const FeatureView& feature) { return feature.offFrom.value_or(maximumLevel + 1); };
    for (const auto& feature : features) {
        if (offFrom(feature) > before && offFrom(feature) <= after) {
            preview.warnings.push_back(feature.title + " go off: callers get " + feature.fallback + ".");
        }
    }
    if (after != maximumLevel) {
        return;
    }
    if (features.empty()) {
        preview.warnings.emplace_back(
            "What level 3 turns off beyond level 2 is not known: no instance has told it here.");
    } else if (std::ranges::find(features, maximumLevel, offFrom) == features.end()) {
        preview.warnings.emplace_back("Level 3 turns off nothing more than level 2 in this version.");
    }
}

void addWarnings(ActionPreview& preview, const PlannedChange& change, const HeldValue& held,
                 const PreviewContext& context) {
    const auto& seen = context.observation;
    if (change.value == held.held.value) {
        preview.warnings.push_back("It is " + valuePhrase(change.resource, change.value) + " already" +
                                   (change.lease.count() > 0 ? ": this renews the lease." : "."));
    }
    if (change.resource == Resource::DegradationLevel) {
        addFeatures(preview, held.held.value, change.value, context.features);
    }
    for (const auto& target : seen.targets) {
        if (!target.held) {
            preview.warnings.push_back(target.name + " does not answer: " + target.problem);
        } else if (target.held->generation > held.held.generation) {
            preview.warnings.push_back(target.name + " holds a newer generation (" +
                                       std::to_string(target.held->generation) + ").");
        }
    }
    if (seen.targets.empty()) {
        preview.warnings.emplace_back("There is no instance that could take it now.");
    }
}

} // namespace

Values describeHeld(const HeldValue& held) {
    auto values = describeValue(held.resource, held.held.value);
    values.emplace("generation", held.held.generation);
    if (held.leaseUntil) {
        values.emplace("lease_until", isoTime(*held.leaseUntil));
    }
    return values;
}

std::string whoAndWhat(const HeldValue& held) {
    auto text = valuePhrase(held.resource, held.held.value);
    if (!held.changedBy.empty()) {
        text += ", set by " + held.changedBy + " at " + isoTime(held.changedAt);
        if (!held.reference.empty()) {
            text += " (#" + held.reference + ": " + held.reason + ")";
        }
    }
    return text;
}

HeldValue heldAfter(const HeldValue& held, const PlannedChange& change, const std::string& operatorName,
                    const std::string& reason, UtcTime now) {
    HeldValue after;
    after.resource = held.resource;
    after.held = {held.held.generation + 1, change.value};
    after.changedBy = operatorName;
    after.changedAt = wholeMilliseconds(now);
    after.reason = reason;
    if (change.lease.count() > 0) {
        after.leaseUntil = wholeMilliseconds(now + change.lease);
    }
    return after;
}

ActionPreview makePreview(const PlannedChange& change, const HeldValue& held, const PreviewContext& context,
                          UtcTime now) {
    const auto entry = findAction(change.action);
    ActionPreview preview;
    preview.action = change.action;
    if (entry) {
        preview.title = (*entry)->spec.title;
        preview.risk = change.value == maximumLevel && change.resource == Resource::DegradationLevel
                           ? Risk::High
                           : (*entry)->spec.risk;
        preview.reversibility = (*entry)->spec.reversibility;
    }
    preview.affected = context.observation.names();
    preview.target = change.resource == Resource::DegradationLevel
                         ? std::to_string(preview.affected.size()) +
                               (preview.affected.size() == 1 ? " instance: " : " instances: ") + list(preview.affected)
                         : "the load balancer's split by user";
    preview.environment = context.environment;
    preview.parameters = change.parameters;
    preview.before = describeHeld(held);
    preview.after = describeHeld(heldAfter(held, change, {}, {}, now));
    preview.typeToConfirm = change.typeToConfirm;
    preview.roleNeeded = roleName(ruleOf(verbOf(change, held.held.value)).role);
    preview.validUntil = wholeMilliseconds(now + context.life);
    preview.fingerprint = previewFingerprint(stateOf(change, held, context.undoOf), preview.validUntil);
    if (!context.undoOf.empty()) {
        preview.title = "Undo: " + preview.title;
        preview.reverses = context.undoOf;
    }
    addWarnings(preview, change, held, context);
    preview.forecast = context.forecast;
    preview.forecastBasis = context.forecastBasis;
    return preview;
}

Result<void> checkRequest(const ActionRequest& request) {
    const auto blank = [](const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; };
    if (blank(request.reason) || request.reason.size() > longestReason) {
        return fail(ErrorCode::Invalid, "A reason is required, of at most 500 bytes: it stands in the audit.");
    }
    if (blank(request.requestId) || request.requestId.size() > longestRequestId) {
        return fail(ErrorCode::Invalid,
                    "A request_id is required, of at most 128 bytes: it keeps the act from happening twice.");
    }
    if (request.fingerprint.empty()) {
        return fail(ErrorCode::Invalid, "A fingerprint is required: ask for the preview first.");
    }
    return {};
}

std::string previewFingerprint(const PreviewedState& state, UtcTime validUntil) {
    return fingerprintOf(state, millisecondsOf(validUntil));
}

std::string_view guardOf(std::string_view fingerprint) {
    const auto expiry = fingerprint.find('-');
    const auto seal = fingerprint.rfind('-');
    return expiry == seal ? fingerprint : fingerprint.substr(expiry + 1, seal - expiry - 1);
}

std::optional<std::string> refusalOf(const ActionRequest& request, const PreviewedState& state, const std::string& now,
                                     const std::string& typeToConfirm, UtcTime at) {
    std::int64_t expiryMs = 0;
    const auto& print = request.fingerprint;
    const auto parsed = std::from_chars(print.data(), print.data() + print.size(), expiryMs);
    if (parsed.ec != std::errc() || parsed.ptr == print.data() + print.size() || *parsed.ptr != '-') {
        return "That is no fingerprint of a preview. Nothing was done.";
    }
    if (print != fingerprintOf(state, expiryMs)) {
        return "The state is not the one of your preview: it is " + now + ". Nothing was done.";
    }
    if (millisecondsOf(at) > expiryMs) {
        return "The preview is too old. Look at a new one. Nothing was done.";
    }
    if (!typeToConfirm.empty() && request.typed != typeToConfirm) {
        return "The word \"" + typeToConfirm + "\" must be typed to confirm. Nothing was done.";
    }
    return std::nullopt;
}

std::optional<std::string> refusalOf(const ActionRequest& request, const PlannedChange& change, const HeldValue& held,
                                     const std::string& undoOf, UtcTime now) {
    return refusalOf(request, stateOf(change, held, undoOf), whoAndWhat(held), change.typeToConfirm, now);
}

std::optional<Resource> resourceOf(const AuditEntry& intent) {
    for (const auto resource : allResources) {
        if (valueFrom(resource, intent.after)) {
            return resource;
        }
    }
    return std::nullopt;
}

AuditResult resultOf(const HeldValue& wanted, const Observation& observation) {
    AuditResult result;
    bool mayServeOld = false;
    std::size_t seen = 0;
    for (const auto& target : observation.targets) {
        if (target.held && target.held->generation >= wanted.held.generation) {
            ++seen;
            continue;
        }
        result.stragglers.push_back(target.name);
        mayServeOld = mayServeOld || target.running;
        result.message += (result.message.empty() ? "" : " ") + target.name + ": " +
                          (target.problem.empty() ? "still holds the old value" : target.problem) + ".";
    }
    if (const auto newest = observation.newest(); newest && seen > 0) {
        result.observedAfter = describeValue(wanted.resource, newest->value);
        result.observedAfter.emplace("generation", newest->generation);
        if (newest->generation > wanted.held.generation) {
            result.message += (result.message.empty() ? "" : " ") + std::string("A newer change has come since.");
        }
    }
    // What isn't running serves nobody: it takes the value when it starts. What runs and does not answer may still
    // serve with the old one.
    result.verdict = seen > 0 && !mayServeOld ? Verdict::Applied : Verdict::InDoubt;
    if (result.verdict == Verdict::InDoubt && seen == 0) {
        result.message += (result.message.empty() ? "" : " ") +
                          std::string("It is the desired state and will be set as soon as they answer.");
    }
    return result;
}

Result<Reversal> inverseOf(const AuditEntry& intent) {
    const auto entry = findAction(intent.action);
    const auto inverse = entry ? findAction((*entry)->inverse) : entry;
    if (!entry || !inverse) {
        return fail(ErrorCode::Invalid, "Action #" + std::to_string(intent.number) + " is none that can be undone." +
                                            (entry && !(*entry)->noUndo.empty() ? " " + (*entry)->noUndo : ""));
    }
    Reversal reversal{(*inverse)->spec.id, {}, 0};
    for (const auto& parameter : (*inverse)->spec.parameters) {
        for (const auto* values : {&intent.before, &intent.parameters}) {
            if (const auto known = values->find(parameter.name);
                known != values->end() && (parameter.required || values == &intent.before)) {
                reversal.parameters.insert(*known); // the state before goes before what was asked for
            }
        }
    }
    return reversal;
}

std::optional<Reversal> reversalOf(const AuditEntry& intent) {
    const auto entry = findAction(intent.action);
    const auto generation = integerOf(intent.after, "generation");
    if (entry && (*entry)->undertaking) {
        const auto inverse = inverseOf(intent);
        return inverse ? std::optional(*inverse) : std::nullopt;
    }
    if (!entry || !generation || (*entry)->spec.reversibility != Reversibility::Undo) {
        return std::nullopt;
    }
    const auto& action = (*entry)->inverse.empty() ? intent.action : (*entry)->inverse;
    for (const auto resource : allResources) {
        if (const auto value = valueFrom(resource, intent.before)) {
            return Reversal{action, describeValue(resource, *value), *generation};
        }
    }
    return std::nullopt;
}

Result<PlannedChange> planUndo(const AuditEntry& intent, const AuditEntry* outcome, const HeldValue& held,
                               UtcTime now) {
    const auto reversal = reversalOf(intent);
    if (intent.phase != AuditPhase::Intent || !reversal) {
        return fail(ErrorCode::Invalid, "Entry " + std::to_string(intent.number) + " of " + intent.writerId +
                                            " is no action that can be undone.");
    }
    if (outcome == nullptr) {
        return fail(ErrorCode::Conflict, "Action #" + std::to_string(intent.number) + " has not ended yet.");
    }
    if (outcome->result && outcome->result->verdict != Verdict::Applied &&
        outcome->result->verdict != Verdict::InDoubt) {
        return fail(ErrorCode::Invalid, "Action #" + std::to_string(intent.number) + " changed nothing.");
    }
    if (held.held.generation != reversal->generation) {
        return fail(ErrorCode::Conflict, "The state has moved since action #" + std::to_string(intent.number) +
                                             ": it is " + whoAndWhat(held) + ". Nothing was done.");
    }
    auto change = planAction(reversal->action, reversal->parameters);
    if (!change || change->lease.count() == 0) {
        return change;
    }
    // What was left of its lease, not a fresh one.
    if (const auto until = parseIsoTime(textOf(intent.before, "lease_until"))) {
        const auto left = std::chrono::floor<std::chrono::minutes>(*until - now);
        change->lease = std::clamp<std::chrono::seconds>(left, std::chrono::minutes(1), longestLease);
    }
    return change;
}

AuditEntry intentEntry(const ActionRequest& request, const PlannedChange& change, const HeldValue& before,
                       const HeldValue& after, const std::string& operatorName, UtcTime now) {
    AuditEntry entry;
    entry.at = now;
    entry.operatorName = operatorName;
    entry.requestId = request.requestId;
    entry.action = change.action;
    entry.parameters = change.parameters;
    entry.reason = request.reason;
    entry.before = describeHeld(before);
    entry.after = describeHeld(after);
    return entry;
}

AuditEntry outcomeEntry(const AuditEntry& intent, AuditResult result, UtcTime now) {
    AuditEntry entry = intent;
    entry.at = now;
    entry.phase = AuditPhase::Outcome;
    entry.intent = intent.number;
    entry.result = std::move(result);
    return entry;
}

ActionOutcome outcomeOf(const AuditEntry& intent, const AuditResult& result) {
    ActionOutcome outcome;
    outcome.verdict = result.verdict;
    outcome.writerId = intent.writerId;
    outcome.number = intent.number;
    outcome.requestId = intent.requestId;
    outcome.before = intent.before;
    outcome.after = intent.after;
    outcome.observedAfter = result.observedAfter;
    outcome.stragglers = result.stragglers;
    outcome.leaseUntil = parseIsoTime(textOf(intent.after, "lease_until"));
    outcome.reversal = reversalOf(intent);
    outcome.message = result.message;
    return outcome;
}

} // namespace binnacle
