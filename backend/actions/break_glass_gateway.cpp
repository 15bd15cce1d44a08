// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/break_glass_gateway.h"

#include "backend/actions/audit_journal.h"

#include <algorithm>

namespace binnacle {

namespace {

constexpr const char* shareAlone = "A migration that runs is not stopped: only control could do that.";

/// What can be done without control: a value that is set, and no work that somebody has to bring to its end.
Result<PlannedChange> planPastControl(const ActionRequest& request) {
    auto change = planAction(request.action, request.parameters);
    if (change && change->undertaking) {
        return fail(ErrorCode::Refused,
                    "Only control carries out " + request.action + ", and it does not answer. Nothing was done.");
    }
    return change;
}

} // namespace

BreakGlassGateway::BreakGlassGateway(BreakGlassSetup setup, std::map<Resource, Actuator*> actuators, const Clock& clock)
    : m_setup(std::move(setup))
    , m_actuators(std::move(actuators))
    , m_clock(clock) {}

Result<BreakGlassGateway::Seen> BreakGlassGateway::look(Resource resource, std::chrono::milliseconds patience) {
    Seen seen;
    seen.observation = m_actuators.at(resource)->observe(patience);
    const auto newest = seen.observation.newest();
    if (!newest) {
        std::string why;
        for (const auto& target : seen.observation.targets) {
            why += " " + target.name + ": " + target.problem + ".";
        }
        return fail(ErrorCode::Refused, "Nobody answers who could tell the present " +
                                            std::string(resourceName(resource)) + ", so nothing was done." + why);
    }
    seen.held.resource = resource;
    seen.held.held = *newest;
    // Who set it, where one of our journals knows.
    for (const auto& file : journalsIn(m_setup.auditDirectory)) {
        for (const auto& sealed : readJournal(file).value_or(std::vector<SealedEntry>{})) {
            const auto& entry = sealed.entry;
            if (entry.phase == AuditPhase::Intent && valueFrom(resource, entry.after) == newest->value &&
                integerOf(entry.after, "generation") == newest->generation) {
                seen.held.changedBy = entry.operatorName;
                seen.held.changedAt = entry.at;
                seen.held.reason = entry.reason;
                seen.held.reference = entry.writerId + ":" + std::to_string(entry.number);
                seen.held.leaseUntil = parseIsoTime(textOf(entry.after, "lease_until"));
            }
        }
    }
    return seen;
}

Result<ActionPreview> BreakGlassGateway::previewOf(const PlannedChange& change, const std::string& undoOf,
                                                   std::chrono::milliseconds patience) {
    const auto seen = look(change.resource, patience);
    if (!seen) {
        return std::unexpected(seen.error());
    }
    auto preview = makePreview(change, seen->held,
                               {.environment = m_setup.environment, .observation = seen->observation, .undoOf = undoOf},
                               m_clock.utcNow());
    preview.warnings.emplace_back("Control is bypassed: it takes this over when it is back. Until then no lease ends.");
    if (change.panic) {
        preview.warnings.emplace_back(shareAlone);
    }
    return preview;
}

Result<ActionPreview> BreakGlassGateway::preview(const ActionRequest& request, std::chrono::milliseconds patience) {
    const auto change = planPastControl(request);
    return change ? previewOf(*change, {}, patience) : std::unexpected(change.error());
}

Result<ActionOutcome> BreakGlassGateway::apply(const ActionRequest& request, std::chrono::milliseconds patience) {
    const auto change = planPastControl(request);
    return change ? execute(request, *change, {}, patience) : std::unexpected(change.error());
}

Result<std::pair<AuditEntry, AuditEntry>> BreakGlassGateway::findAction(const std::string& reference) const {
    for (const auto& file : journalsIn(m_setup.auditDirectory)) {
        const auto entries = readJournal(file);
        if (!entries) {
            continue;
        }
        const auto named = [&](const SealedEntry& sealed) {
            return sealed.entry.phase == AuditPhase::Intent &&
                   reference == sealed.entry.writerId + ":" + std::to_string(sealed.entry.number);
        };
        const auto intent = std::ranges::find_if(*entries, named);
        if (intent == entries->end()) {
            continue;
        }
        const auto outcome = std::ranges::find_if(
            *entries, [&](const SealedEntry& sealed) { return sealed.entry.intent == intent->entry.number; });
        if (outcome == entries->end()) {
            return fail(ErrorCode::Conflict, "Action " + reference + " has no outcome: look at the state instead.");
        }
        return std::pair(intent->entry, outcome->entry);
    }
    return fail(ErrorCode::NotFound, "There is no action " + reference +
                                         " in the journals of break-glass. What control did, control takes back.");
}

Result<PlannedChange> BreakGlassGateway::planUndoOf(const std::string& reference, std::chrono::milliseconds patience) {
    const auto found = findAction(reference);
    if (!found) {
        return std::unexpected(found.error());
    }
    for (const auto resource : allResources) {
        if (valueFrom(resource, found->first.before)) {
            const auto seen = look(resource, patience);
            return seen ? planUndo(found->first, &found->second, seen->held, m_clock.utcNow())
                        : std::unexpected(seen.error());
        }
    }
    return fail(ErrorCode::Invalid, "Action " + reference + " can't be undone.");
}

Result<ActionPreview> BreakGlassGateway::previewUndo(const std::string& reference, std::chrono::milliseconds patience) {
    const auto change = planUndoOf(reference, patience);
    return change ? previewOf(*change, reference, patience) : std::unexpected(change.error());
}

Result<ActionOutcome> BreakGlassGateway::undo(const std::string& reference, const ActionRequest& request,
                                              std::chrono::milliseconds patience) {
    const auto change = planUndoOf(reference, patience);
    return change ? execute(request, *change, reference, patience) : std::unexpected(change.error());
}

std::optional<ActionOutcome> BreakGlassGateway::alreadyDone(const AuditJournal& journal, const std::string& requestId) {
    const auto& entries = journal.entries();
    const auto intent = std::ranges::find_if(entries, [&](const SealedEntry& sealed) {
        return sealed.entry.phase == AuditPhase::Intent && sealed.entry.requestId == requestId;
    });
    if (intent == entries.end()) {
        return std::nullopt;
    }
    for (const auto& sealed : entries) {
        if (sealed.entry.intent == intent->entry.number && sealed.entry.result) {
            return outcomeOf(intent->entry, *sealed.entry.result);
        }
    }
    return outcomeOf(intent->entry,
                     {Verdict::InDoubt, {}, {}, "It was begun before and its end is not known. Look at the state."});
}

Result<ActionOutcome> BreakGlassGateway::execute(const ActionRequest& request, const PlannedChange& change,
                                                 const std::string& undoOf, std::chrono::milliseconds patience) {
    if (auto complete = checkRequest(request); !complete) {
        return std::unexpected(std::move(complete.error()));
    }
    auto journal = AuditJournal::open(m_setup.auditDirectory, m_setup.uid);
    if (!journal) {
        return std::unexpected(Error{journal.error().code, journal.error().text + ". Nothing was done."});
    }
    if (auto done = alreadyDone(*journal, request.requestId)) {
        return std::move(*done);
    }
    const auto seen = look(change.resource, patience);
    if (!seen) {
        return std::unexpected(seen.error());
    }
    const auto now = m_clock.utcNow();
    const auto after = heldAfter(seen->held, change, m_setup.operatorName, request.reason, now);
    auto draft = intentEntry(request, change, seen->held, after, m_setup.operatorName, now);
    if (!undoOf.empty()) {
        draft.reverses = undoOf;
    }
    if (const auto refusal = refusalOf(request, change, seen->held, undoOf, now)) {
        return outcomeOf(draft, {Verdict::Refused, {}, {}, *refusal});
    }
    const auto intent = journal->append(std::move(draft));
    if (!intent) {
        return fail(intent.error().code, intent.error().text + ". Nothing was done.");
    }
    const auto applied = m_actuators.at(change.resource)->apply(after.held, std::min(patience, m_setup.patience));
    const auto result =
        applied ? resultOf(after, *applied) : AuditResult{Verdict::Failed, {}, {}, applied.error().text};
    auto outcome = outcomeOf(intent->entry, result);
    if (change.panic) {
        outcome.message += (outcome.message.empty() ? "" : " ") + std::string(shareAlone);
    }
    if (const auto ended = journal->append(outcomeEntry(intent->entry, result, m_clock.utcNow())); !ended) {
        outcome.message += (outcome.message.empty() ? "" : " ") + ended.error().text + ".";
    }
    return outcome;
}

} // namespace binnacle
