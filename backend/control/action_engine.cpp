// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/action_engine.h"

#include "backend/actions/action_documents.h"
#include "backend/actions/sha256.h"

#include <algorithm>
#include <charconv>

namespace binnacle::control {
namespace {

/// Names a request by all that it asks for, so that its id can't be used for something else. The preview is no part of
/// it: who asks again after a crash has seen another one.
std::string fingerprintOf(ActionRequest request, const std::string& undoOf, const Operator& who) {
    request.fingerprint.clear();
    request.typed.clear();
    return sha256Hex(request.action + '\0' + undoOf + '\0' + who.name + '\0' + requestDocument(request));
}

/// How long an answer is kept back for an action that takes its time.
constexpr std::chrono::milliseconds longestAnswer{1000};

std::unexpected<Error> nothingDone(const Error& error) {
    return fail(error.code, "The audit can't be written, so nothing was done: " + error.text);
}

} // namespace

/// Makes callers with the same request id take turns: the second one then finds what the first one has done.
class ActionEngine::Claim {
public:
    Claim(ActionEngine& engine, const std::string& id, std::chrono::milliseconds patience)
        : m_engine(engine)
        , m_id(id) {
        std::unique_lock lock(engine.m_mutex);
        m_held = engine.m_ended.wait_for(lock, patience, [&] { return !engine.m_claimed.contains(id); });
        if (m_held) {
            engine.m_claimed.insert(id);
        }
    }
    ~Claim() {
        if (m_held) {
            const std::scoped_lock lock(m_engine.m_mutex);
            m_engine.m_claimed.erase(m_id);
            m_engine.m_ended.notify_all();
        }
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    [[nodiscard]] bool held() const { return m_held; }

private:
    ActionEngine& m_engine;
    const std::string& m_id;
    bool m_held = false;
};

ActionEngine::ActionEngine(ControlStore& store, std::map<Resource, Actuator*> actuators, const Clock& clock,
                           EngineOptions options, std::vector<Undertaking*> undertakings)
    : m_store(store)
    , m_actuators(std::move(actuators))
    , m_clock(clock)
    , m_options(std::move(options))
    , m_undertakings(std::move(undertakings)) {
    std::erase(m_undertakings, nullptr);
}

Result<ActionPreview> ActionEngine::previewOf(const PlannedChange& change, const std::string& undoOf) {
    auto observation = m_actuators.at(change.resource)->observe(m_options.patience);
    remember(change.resource, observation);
    const auto held = m_store.held(change.resource);
    if (!held) {
        return std::unexpected(held.error());
    }
    PreviewContext context;
    context.environment = m_options.environment;
    context.observation = std::move(observation);
    context.undoOf = undoOf;
    if (m_options.evidence != nullptr && change.resource == Resource::DegradationLevel) {
        context.features = m_options.evidence->features();
        auto forecast = m_options.evidence->forecast(held->held.value, change.value);
        context.forecast = std::move(forecast.rows);
        context.forecastBasis = std::move(forecast.basis);
    }
    auto preview = makePreview(change, *held, context, m_clock.utcNow());
    if (const auto stop = change.panic ? stopOfWhatRuns() : std::nullopt) {
        preview.warnings.push_back("The migration " + textOf(stop->parameters, "id") + " runs and is stopped, too.");
    }
    return preview;
}

Result<ActionPreview> ActionEngine::preview(const ActionRequest& request, const Operator& who) {
    if (!allows(who.role, Verb::Preview)) {
        return fail(ErrorCode::Denied, who.name + " may not preview actions.");
    }
    const auto undertaking = undertakingOf(request.action, request.parameters, nullptr);
    if (!undertaking) {
        return std::unexpected(undertaking.error());
    }
    if (*undertaking) {
        return previewUndertaking(**undertaking, nullptr);
    }
    const auto change = planAction(request.action, request.parameters);
    return change ? previewOf(*change, {}) : std::unexpected(change.error());
}

Result<ActionPreview> ActionEngine::previewUndo(const std::string& reference, const Operator& who) {
    if (!allows(who.role, Verb::Preview)) {
        return fail(ErrorCode::Denied, who.name + " may not preview actions.");
    }
    const auto undo = findUndo(reference);
    if (!undo) {
        return std::unexpected(undo.error());
    }
    const auto undertaking = undertakingOf({}, {}, &*undo);
    if (!undertaking) {
        return std::unexpected(undertaking.error());
    }
    if (*undertaking) {
        return previewUndertaking(**undertaking, &*undo);
    }
    const auto held = m_store.held(resourceOf(undo->intent).value_or(Resource::DegradationLevel));
    if (!held) {
        return std::unexpected(held.error());
    }
    const auto change = planUndo(undo->intent, &undo->outcome, *held, m_clock.utcNow());
    return change ? previewOf(*change, reference) : std::unexpected(change.error());
}

Result<ActionOutcome> ActionEngine::run(const ActionRequest& request, const Operator& who) {
    return execute(request, nullptr, who);
}

Result<ActionOutcome> ActionEngine::undo(const std::string& reference, const ActionRequest& request,
                                         const Operator& who) {
    const auto undo = findUndo(reference);
    if (!undo) {
        return std::unexpected(undo.error());
    }
    return execute(request, &*undo, who);
}

Result<ActionEngine::Undo> ActionEngine::findUndo(const std::string& reference) {
    const auto colon = reference.rfind(':');
    const auto writer = colon == std::string::npos ? m_store.writerId() : reference.substr(0, colon);
    const auto digits = std::string_view(reference).substr(colon == std::string::npos ? 0 : colon + 1);
    std::int64_t number = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || number < 1) {
        return fail(ErrorCode::Invalid, "\"" + reference + "\" names no action. Write NUMBER or WRITER:NUMBER.");
    }
    auto page = m_store.entries(writer, number - 1, 1);
    if (!page) {
        return std::unexpected(std::move(page.error()));
    }
    if (page->empty() || page->front().entry.number != number || page->front().entry.phase != AuditPhase::Intent) {
        return fail(ErrorCode::NotFound, "There is no action #" + reference + ".");
    }
    Undo undo{reference, page->front().entry, {}};
    constexpr std::int64_t pageSize = 256;
    for (auto after = number; !page->empty(); after = page->back().entry.number) {
        page = m_store.entries(writer, after, pageSize);
        if (!page) {
            return std::unexpected(std::move(page.error()));
        }
        for (const auto& sealed : *page) {
            if (sealed.entry.intent == number) {
                undo.outcome = sealed.entry;
                return undo;
            }
        }
    }
    return fail(ErrorCode::Conflict, "Action #" + reference + " has not ended yet.");
}

ActionEngine::Running::Running(ActionEngine& engine, std::string requestId)
    : m_engine(engine)
    , m_id(std::move(requestId)) {
    const std::scoped_lock lock(m_engine.m_mutex);
    m_mine = m_engine.m_running.insert(m_id).second;
}

ActionEngine::Running::~Running() {
    if (m_mine) {
        const std::scoped_lock lock(m_engine.m_mutex);
        m_engine.m_running.erase(m_id);
        m_engine.m_ended.notify_all();
    }
}

bool ActionEngine::isRunning(const std::string& requestId) {
    const std::scoped_lock lock(m_mutex);
    return m_running.contains(requestId);
}

Result<std::optional<ActionOutcome>> ActionEngine::earlier(const std::string& requestId,
                                                           const std::string& fingerprint) {
    const auto asked = std::chrono::steady_clock::now();
    while (true) {
        const auto stored = m_store.request(requestId);
        if (!stored) {
            return std::unexpected(stored.error());
        }
        if (!stored->has_value()) {
            return std::nullopt;
        }
        const auto& known = **stored;
        if (known.fingerprint != fingerprint) {
            return fail(ErrorCode::Conflict, "The request id " + requestId + " was used for another request (#" +
                                                 std::to_string(known.intent.number) + "). Nothing was done.");
        }
        if (known.result) {
            return outcomeOf(known.intent, *known.result);
        }
        // What takes its time is not waited for here: whoever asks wants to see how far it is meanwhile.
        const auto entry = findAction(known.intent.action);
        const bool takesLong = entry && (*entry)->undertaking.has_value();
        const auto deadline = asked + (takesLong ? std::min(longestAnswer, m_options.patience)
                                                 : m_options.patience + std::chrono::seconds(1));
        // It is under way, here or in the turn that resolves what a crash left open: its end is awaited, not repeated.
        std::unique_lock lock(m_mutex);
        if (m_ended.wait_until(lock,
                               std::min(deadline, std::chrono::steady_clock::now() + std::chrono::milliseconds(200))) ==
                std::cv_status::timeout &&
            std::chrono::steady_clock::now() >= deadline) {
            return outcomeOf(known.intent,
                             {Verdict::InDoubt,
                              {},
                              {},
                              takesLong ? "It runs. Asked again under the same request id, control tells its end."
                                        : "It was begun and its end is not known yet."});
        }
    }
}

Result<ActionOutcome> ActionEngine::execute(const ActionRequest& request, const Undo* undo, const Operator& who) {
    if (auto complete = checkRequest(request); !complete) {
        return std::unexpected(std::move(complete.error()));
    }
    const Claim claim(*this, request.requestId, m_options.patience + std::chrono::seconds(1));
    if (!claim.held()) {
        ActionOutcome outcome;
        outcome.verdict = Verdict::InDoubt;
        outcome.requestId = request.requestId;
        outcome.message = "The same request is being carried out. Ask again for its outcome.";
        return outcome;
    }
    return executeClaimed(request, undo, who);
}

Result<ActionOutcome> ActionEngine::executeClaimed(const ActionRequest& request, const Undo* undo,
                                                   const Operator& who) {
    const auto undoOf = undo != nullptr ? undo->reference : std::string();
    const auto fingerprint = fingerprintOf(request, undoOf, who);
    if (auto known = earlier(request.requestId, fingerprint); !known) {
        return std::unexpected(std::move(known.error()));
    } else if (*known) {
        return std::move(**known);
    }
    const auto undertaking = undertakingOf(request.action, request.parameters, undo);
    if (!undertaking) {
        return std::unexpected(undertaking.error());
    }
    if (*undertaking) {
        return runUndertaking(request, **undertaking, undo, fingerprint, who);
    }
    auto plan =
        undo == nullptr ? planAction(request.action, request.parameters) : Result<PlannedChange>(PlannedChange{});
    if (!plan) {
        return std::unexpected(std::move(plan.error()));
    }
    const auto held =
        m_store.held(undo != nullptr ? resourceOf(undo->intent).value_or(Resource::DegradationLevel) : plan->resource);
    if (!held) {
        return std::unexpected(held.error());
    }
    const auto now = m_clock.utcNow();
    if (undo != nullptr) {
        plan = planUndo(undo->intent, &undo->outcome, *held, now);
        if (!plan && plan.error().code == ErrorCode::Conflict) {
            ActionOutcome refused;
            refused.verdict = Verdict::Refused;
            refused.requestId = request.requestId;
            refused.before = describeHeld(*held);
            refused.message = plan.error().text;
            return refused;
        }
        if (!plan) {
            return std::unexpected(std::move(plan.error()));
        }
    }
    const auto& rule = ruleOf(verbOf(*plan, held->held.value));
    if (!allows(who.role, rule.verb)) {
        return denied(who, rule.role);
    }
    if (plan->panic) {
        return panic(request, *plan, fingerprint, who);
    }
    const auto after = heldAfter(*held, *plan, who.name, request.reason, now);
    auto draft = intentEntry(request, *plan, *held, after, who.name, now);
    draft.writerId = m_store.writerId();
    if (undo != nullptr) {
        draft.reverses = undoOf;
    }
    if (const auto refusal = refusalOf(request, *plan, *held, undoOf, now)) {
        return outcomeOf(draft, {Verdict::Refused, {}, {}, *refusal});
    }
    auto outcome = announceAndAct(draft, fingerprint, *held, after, m_options.patience);
    if (outcome || outcome.error().code != ErrorCode::Conflict) {
        return outcome;
    }
    const auto winner = m_store.held(plan->resource);
    return outcomeOf(draft, {Verdict::Refused,
                             {},
                             {},
                             "Somebody else was faster: it is " +
                                 (winner ? whoAndWhat(*winner) : std::string("not known")) + ". Nothing was done."});
}

std::unexpected<Error> ActionEngine::denied(const Operator& who, Role needed) {
    return fail(ErrorCode::Denied, who.name + " is " + std::string(roleName(who.role)) + "; this needs " +
                                       std::string(roleName(needed)) + ". Nothing was done.");
}

Result<ActionOutcome> ActionEngine::panic(const ActionRequest& request, const PlannedChange& change,
                                          const std::string& fingerprint, const Operator& who) {
    constexpr int tries = 10;
    std::string stopping;
    Error error{ErrorCode::Conflict, "The share is being changed all the time."};
    for (int i = 0; i < tries && error.code == ErrorCode::Conflict; ++i) {
        const auto held = m_store.held(change.resource);
        if (!held) {
            return std::unexpected(held.error());
        }
        const auto now = m_clock.utcNow();
        const auto after = heldAfter(*held, change, who.name, request.reason, now);
        auto draft = intentEntry(request, change, *held, after, who.name, now);
        draft.writerId = m_store.writerId();
        if (const auto refusal = refusalOf(request, change, *held, {}, now)) {
            return outcomeOf(draft, {Verdict::Refused, {}, {}, *refusal});
        }
        // Neither half waits for the other, or fails with it. What runs is told to stop, and says its end for itself.
        if (i == 0) {
            stopping = stopWhatRuns(request, who);
        }
        auto outcome = announceAndAct(std::move(draft), fingerprint, *held, after, m_options.patience);
        if (outcome) {
            outcome->message += (outcome->message.empty() || stopping.empty() ? "" : " ") + stopping;
            return outcome;
        }
        error = std::move(outcome.error());
    }
    error.text += stopping.empty() ? "" : " " + stopping;
    return std::unexpected(std::move(error));
}

Result<ActionOutcome> ActionEngine::announceAndAct(AuditEntry draft, const std::string& fingerprint,
                                                   const HeldValue& before, const HeldValue& after,
                                                   std::chrono::milliseconds patience) {
    const auto requestId = draft.requestId;
    // Marked as running before it is announced, so that nobody takes it for one that a crash left open.
    const Running running(*this, requestId);
    if (!running.mine()) {
        return fail(ErrorCode::Conflict, "The same request is being carried out");
    }
    const auto intent = m_store.recordIntent(std::move(draft), fingerprint, before, after);
    if (!intent) {
        return intent.error().code == ErrorCode::Conflict ? Result<ActionOutcome>(std::unexpected(intent.error()))
                                                          : nothingDone(intent.error());
    }
    const auto result = act(after, patience);
    auto outcome = outcomeOf(intent->entry, result);
    tellEvidence(intent->entry, result);
    if (const auto ended = m_store.recordOutcome(outcomeEntry(intent->entry, result, m_clock.utcNow())); !ended) {
        outcome.verdict = outcome.verdict == Verdict::Applied ? Verdict::InDoubt : outcome.verdict;
        outcome.message += (outcome.message.empty() ? "" : " ") +
                           ("It was begun, but its outcome can't be written to the audit: " + ended.error().text + ".");
    }
    return outcome;
}

void ActionEngine::tellEvidence(const AuditEntry& intent, const AuditResult& result) {
    if (m_options.evidence != nullptr) {
        m_options.evidence->ended(intent, result);
    }
}

AuditResult ActionEngine::act(const HeldValue& wanted, std::chrono::milliseconds patience) {
    auto applied = m_actuators.at(wanted.resource)->apply(wanted.held, patience);
    if (!applied) {
        // It stays the desired state: the next turn tries again, so it has not failed for good.
        return {Verdict::InDoubt, {}, m_actuators.at(wanted.resource)->targets(), applied.error().text};
    }
    auto result = resultOf(wanted, *applied);
    remember(wanted.resource, std::move(*applied));
    return result;
}

void ActionEngine::remember(Resource resource, Observation observation) {
    const auto at = m_clock.steadyNow();
    const std::scoped_lock lock(m_mutex);
    m_seen[resource] = {std::move(observation), at};
}

SteadyTime ActionEngine::leaseEnd(const HeldValue& held) const {
    const auto now = m_clock.steadyNow();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*held.leaseUntil - m_clock.utcNow());
    const std::scoped_lock lock(m_mutex);
    auto& due = m_due[held.resource];
    if (due.generation != held.held.generation) {
        due = {held.held.generation, now + left};
    }
    return due.at;
}

Result<std::vector<ResourceState>> ActionEngine::state() const {
    std::vector<ResourceState> states;
    for (const auto resource : allResources) {
        auto held = m_store.held(resource);
        if (!held) {
            return std::unexpected(std::move(held.error()));
        }
        ResourceState state;
        if (held->leaseUntil) {
            state.leaseLeft = std::chrono::ceil<std::chrono::seconds>(leaseEnd(*held) - m_clock.steadyNow());
        }
        state.held = std::move(*held);
        const std::scoped_lock lock(m_mutex);
        if (const auto seen = m_seen.find(resource); seen != m_seen.end()) {
            state.observed = seen->second.observation;
            state.observedAt = seen->second.at;
        }
        state.leaseNote = resource == Resource::DegradationLevel ? m_leaseNote : std::string();
        states.push_back(std::move(state));
    }
    return states;
}

} // namespace binnacle::control
