// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fake_control.h"

#include "tests/app/fake_stack.h"

#include <algorithm>
#include <thread>

namespace binnacle::test {

namespace {

constexpr const char* kInstances[] = {"app-1", "app-2", "app-3"};
constexpr const char* kAccount = "m.okafor";

/// Acts of the pages on sessions, cache, pools and instances: previewed with what was asked for.
bool isSessionAct(const std::string& action) {
    const auto known = findAction(action);
    return known && (*known)->undertaking && *(*known)->undertaking >= Verb::CancelQuery;
}

bool isPoolAct(const std::string& action) {
    return action == "pause_pool" || action == "resume_pool";
}

bool isOther(const std::string& action) {
    return action == "apply_migration" || action == "panic" || isSessionAct(action);
}

UtcTime now() {
    return wholeMilliseconds(std::chrono::system_clock::now());
}

} // namespace

/// One thread's way to the state: through control, or past it.
class FakeControl::Gateway final : public ActionGateway {
public:
    Gateway(std::shared_ptr<FakeControl> control, bool glass)
        : m_control(std::move(control))
        , m_glass(glass) {}

    Result<ActionPreview> preview(const ActionRequest& request, std::chrono::milliseconds patience) override {
        m_control->waitWhile(m_control->m_previewsHeld, patience);
        return reached<ActionPreview>(patience, [&] { return m_control->preview(request, {}); });
    }
    Result<ActionOutcome> apply(const ActionRequest& request, std::chrono::milliseconds patience) override {
        return acted(request, {}, patience);
    }
    Result<ActionPreview> previewUndo(const std::string& reference, std::chrono::milliseconds patience) override {
        return reached<ActionPreview>(patience, [&] { return m_control->preview({}, reference); });
    }
    Result<ActionOutcome> undo(const std::string& reference, const ActionRequest& request,
                               std::chrono::milliseconds patience) override {
        return acted(request, reference, patience);
    }

private:
    template <typename T, typename Do>
    Result<T> reached(std::chrono::milliseconds patience, const Do& doIt) {
        const auto behaviour = m_glass ? Behaviour::Answer : m_control->behaviour();
        if (behaviour == Behaviour::Hang) {
            std::this_thread::sleep_for(patience);
            return fail(ErrorCode::Timeout, "no answer in time");
        }
        if (behaviour == Behaviour::Refuse) {
            return fail(ErrorCode::Refused, "nothing listens there");
        }
        return doIt();
    }
    Result<ActionOutcome> acted(const ActionRequest& request, const std::string& undoOf,
                                std::chrono::milliseconds patience) {
        if (!m_glass) {
            m_control->waitWhile(m_control->m_actsHeld, patience);
        }
        auto outcome = reached<ActionOutcome>(
            patience, [&] { return m_control->apply(request, undoOf, m_glass ? kGlassWriter : kWriter, kAccount); });
        const std::lock_guard lock(m_control->m_mutex);
        if (m_control->m_unanswered && outcome) {
            ActionOutcome lost;
            lost.verdict = Verdict::InDoubt;
            lost.requestId = request.requestId;
            lost.message = "Control stopped answering while this was under way.";
            return lost;
        }
        return outcome;
    }

    std::shared_ptr<FakeControl> m_control;
    bool m_glass;
};

class FakeControl::Link final : public app::ControlLink {
public:
    explicit Link(std::shared_ptr<FakeControl> control)
        : m_control(std::move(control)) {}

    Result<ControlView> view(std::chrono::milliseconds patience) override {
        switch (m_control->behaviour()) {
        case Behaviour::Answer:
            return m_control->view();
        case Behaviour::Refuse:
            return fail(ErrorCode::Refused, "nothing listens there");
        case Behaviour::Deny:
            return fail(ErrorCode::Denied, "uid 1001 is not known here");
        case Behaviour::Garble:
            return fail(ErrorCode::Protocol, "the answer is no document that is known");
        case Behaviour::Hang:
            break;
        }
        std::this_thread::sleep_for(patience);
        return fail(ErrorCode::Timeout, "no answer in time");
    }
    Result<std::vector<AuditEntry>> audit(const std::string& writer, std::int64_t after, int limit,
                                          std::chrono::milliseconds) override {
        auto entries = m_control->entries(writer.empty() ? kWriter : writer);
        const auto first =
            std::max<std::int64_t>(after < 0 ? static_cast<std::int64_t>(entries.size()) - limit : after, 0);
        entries.erase(entries.begin(), entries.begin() + std::min<std::int64_t>(first, std::ssize(entries)));
        return entries;
    }
    Result<std::vector<Effect>> effects(int, std::chrono::milliseconds) override {
        const std::lock_guard lock(m_control->m_mutex);
        return m_control->m_effects;
    }
    std::vector<AuditEntry> journals() override { return m_control->entries(kGlassWriter); }
    Result<app::ActingRoute> route() override {
        const auto behaviour = m_control->behaviour();
        if (behaviour == Behaviour::Deny) {
            return fail(ErrorCode::Denied, "uid 1001 is not known here");
        }
        const bool glass = behaviour != Behaviour::Answer;
        return app::ActingRoute{std::make_shared<Gateway>(m_control, glass), glass ? "nothing listens there" : ""};
    }

private:
    std::shared_ptr<FakeControl> m_control;
};

FakeControl::FakeControl()
    : m_behaviour(Behaviour::Answer) {
    for (const auto resource : allResources) {
        HeldValue held;
        held.resource = resource;
        held.held = {40, resource == Resource::CanaryShare ? 1000 : 0};
        m_held[resource] = held;
    }
    m_view.writerId = kWriter;
    m_view.environment = "bundled stack in memory";
    m_view.operatorName = kAccount;
    m_view.role = "admin";
    for (const auto& rule : verbTable()) {
        m_view.may.emplace(rule.name, true);
    }
    m_view.may["apply_migration"] = true;
    m_view.may["panic"] = true;
}

void FakeControl::set(Behaviour behaviour) {
    const std::lock_guard lock(m_mutex);
    m_behaviour = behaviour;
}

Behaviour FakeControl::behaviour() const {
    const std::lock_guard lock(m_mutex);
    return m_behaviour;
}

void FakeControl::setRole(const std::string& role) {
    const std::lock_guard lock(m_mutex);
    m_view.role = role;
    const auto is = roleFromName(role).value_or(Role::Viewer);
    for (const auto& rule : verbTable()) {
        m_view.may[std::string(rule.name)] = allows(is, rule.verb);
    }
    m_view.may["apply_migration"] = is == Role::Admin;
}

void FakeControl::setAuditProblem(const std::string& problem) {
    const std::lock_guard lock(m_mutex);
    m_view.auditProblem = problem;
}

void FakeControl::setStraggler(const std::string& instance) {
    const std::lock_guard lock(m_mutex);
    m_straggler = instance;
    m_stragglerLevel = m_held[Resource::DegradationLevel].held.value;
}

void FakeControl::setActsUnanswered(bool unanswered) {
    const std::lock_guard lock(m_mutex);
    m_unanswered = unanswered;
}

void FakeControl::holdPreviews(bool held) {
    const std::lock_guard lock(m_mutex);
    m_previewsHeld = held;
    m_letGo.notify_all();
}

void FakeControl::holdActs(bool held) {
    const std::lock_guard lock(m_mutex);
    m_actsHeld = held;
    m_letGo.notify_all();
}

void FakeControl::setClientsWaiting(std::int64_t clients) {
    const std::lock_guard lock(m_mutex);
    m_clientsWaiting = clients;
}

int FakeControl::waiting() const {
    const std::lock_guard lock(m_mutex);
    return m_waiting;
}

void FakeControl::waitWhile(const bool& held, std::chrono::milliseconds patience) {
    std::unique_lock lock(m_mutex);
    ++m_waiting;
    m_letGo.wait_for(lock, patience, [&] { return !held; });
    --m_waiting;
}

void FakeControl::change(const std::function<void(ControlView&)>& edit) {
    const std::lock_guard lock(m_mutex);
    edit(m_view);
}

void FakeControl::setEffects(std::vector<Effect> effects) {
    const std::lock_guard lock(m_mutex);
    m_effects = std::move(effects);
}

void FakeControl::actAs(const std::string& who, const std::string& action, const Values& parameters) {
    const std::lock_guard lock(m_mutex);
    ActionRequest request{action, parameters, "from elsewhere", who + std::to_string(m_acts), {}, "emergency"};
    request.fingerprint = preview(request, {})->fingerprint;
    (void)apply(request, {}, kWriter, who);
}

std::int64_t FakeControl::level() const {
    const std::lock_guard lock(m_mutex);
    return m_held.at(Resource::DegradationLevel).held.value;
}

std::int64_t FakeControl::levelOf(const std::string& instance) const {
    const std::lock_guard lock(m_mutex);
    return instance == m_straggler ? m_stragglerLevel : level();
}

std::int64_t FakeControl::generation() const {
    const std::lock_guard lock(m_mutex);
    return m_held.at(Resource::DegradationLevel).held.generation;
}

double FakeControl::percent() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<double>(m_held.at(Resource::CanaryShare).held.value) / 100;
}

std::string FakeControl::migrationState() const {
    const std::lock_guard lock(m_mutex);
    return m_migration;
}

int FakeControl::acts() const {
    const std::lock_guard lock(m_mutex);
    return m_acts;
}

std::vector<AuditEntry> FakeControl::entries(const std::string& writer) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_chains.find(writer);
    return found == m_chains.end() ? std::vector<AuditEntry>{} : found->second;
}

std::shared_ptr<app::ControlLink> FakeControl::link(std::shared_ptr<FakeControl> control) {
    return std::make_shared<Link>(std::move(control));
}

Observation FakeControl::observe(Resource resource) const {
    Observation seen;
    const auto held = m_held.at(resource).held;
    if (resource == Resource::CanaryShare) {
        seen.targets.push_back({"haproxy", held, {}, true});
        return seen;
    }
    for (const auto* name : kInstances) {
        const bool behind = m_straggler == name;
        seen.targets.push_back({name, behind ? Generation{1, m_stragglerLevel} : held, {}, true});
    }
    return seen;
}

ControlView FakeControl::view() const {
    const std::lock_guard lock(m_mutex);
    auto view = m_view;
    const auto chain = m_chains.find(kWriter);
    view.auditNumber = chain == m_chains.end() ? 0 : std::ssize(chain->second);
    for (const auto& [resource, held] : m_held) {
        ResourceView row;
        row.name = resourceName(resource);
        row.wanted = describeValue(resource, held.held.value);
        row.generation = held.held.generation;
        row.changedBy = held.changedBy;
        if (!held.changedBy.empty()) {
            row.changedAt = held.changedAt;
        }
        row.reason = held.reason;
        row.reference = held.reference;
        row.leaseUntil = held.leaseUntil;
        if (held.leaseUntil) {
            row.leaseLeft = std::chrono::duration_cast<std::chrono::seconds>(*held.leaseUntil - now());
        }
        for (const auto& target : observe(resource).targets) {
            const bool there = target.held->generation >= held.held.generation;
            row.targets.push_back({target.name, describeValue(resource, target.held->value), target.held->generation,
                                   there, there ? "" : "still holds the old value"});
        }
        row.observedAge = std::chrono::milliseconds(200);
        view.resources.push_back(std::move(row));
    }
    return view;
}

const AuditEntry* FakeControl::find(const std::string& reference, AuditPhase phase) const {
    for (const auto& [writer, chain] : m_chains) {
        for (const auto& entry : chain) {
            const auto number = phase == AuditPhase::Intent ? entry.number : entry.intent.value_or(0);
            const bool named = reference == writer + ":" + std::to_string(number) ||
                               (writer == kWriter && reference == std::to_string(number));
            if (entry.phase == phase && named) {
                return &entry;
            }
        }
    }
    return nullptr;
}

Result<PlannedChange> FakeControl::planUndoOf(const std::string& reference) const {
    const auto* intent = find(reference, AuditPhase::Intent);
    if (intent == nullptr) {
        return fail(ErrorCode::NotFound, "There is no action " + reference + ".");
    }
    const auto resource = resourceOf(*intent);
    if (!resource) {
        return fail(ErrorCode::Invalid, "Action " + reference + " can't be undone.");
    }
    return planUndo(*intent, find(reference, AuditPhase::Outcome), m_held.at(*resource), now());
}

PreviewedState FakeControl::guardedOther(const std::string& action, const Values& parameters,
                                         const std::string& undoOf) const {
    return {action, parameters, {{"state", isPoolAct(action) ? m_pool : m_migration}}, 0, undoOf};
}

ActionPreview FakeControl::previewOther(const std::string& action, const Values& parameters,
                                        const std::string& undoOf) const {
    ActionPreview preview;
    preview.action = action;
    preview.title = action == "panic" ? "Panic" : undoOf.empty() ? "Apply migration" : "Undo: Apply migration";
    preview.target = action == "panic" ? "canary share and migrations" : "table tasks on the primary";
    preview.environment = m_view.environment;
    preview.parameters = parameters;
    preview.before = {{"state", m_migration}};
    preview.after = {{"state", std::string(undoOf.empty() ? "applied" : "pending")}};
    preview.affected = {"primary"};
    if (isSessionAct(action)) {
        preview.title = (*findAction(action))->spec.title;
        preview.target = "what was chosen";
        preview.before = {};
        preview.after = parameters;
        preview.risk = (*findAction(action))->spec.risk;
    }
    if (isPoolAct(action)) {
        preview.before = {{"state", m_pool}, {"clients_waiting", m_clientsWaiting}};
        preview.warnings = {std::to_string(m_clientsWaiting) + " clients wait for it."};
    }
    if (action == "apply_migration") {
        preview.details = {{"statement", std::string("CREATE INDEX CONCURRENTLY tasks_done ON tasks (done)")},
                           {"lock", std::string("SHARE UPDATE EXCLUSIVE")},
                           {"rows", std::int64_t{1204}},
                           {"table_bytes", std::int64_t{612000000}}};
    }
    preview.reversibility = action == "panic"      ? Reversibility::Forward
                            : isSessionAct(action) ? (*findAction(action))->spec.reversibility
                                                   : Reversibility::Undo;
    preview.validUntil = now() + std::chrono::seconds(120);
    preview.fingerprint = previewFingerprint(guardedOther(action, parameters, undoOf), preview.validUntil);
    preview.reverses = undoOf;
    return preview;
}

Result<ActionPreview> FakeControl::preview(const ActionRequest& request, const std::string& undoOf) const {
    const std::lock_guard lock(m_mutex);
    const auto* intent = undoOf.empty() ? nullptr : find(undoOf, AuditPhase::Intent);
    if (isOther(request.action) || (intent != nullptr && isOther(intent->action))) {
        return previewOther(intent != nullptr ? intent->action : request.action,
                            intent != nullptr ? intent->parameters : request.parameters, undoOf);
    }
    const auto change = undoOf.empty() ? planAction(request.action, request.parameters) : planUndoOf(undoOf);
    if (!change) {
        return std::unexpected(change.error());
    }
    return makePreview(*change, m_held.at(change->resource),
                       {.environment = m_view.environment, .observation = observe(change->resource), .undoOf = undoOf},
                       now());
}

AuditEntry FakeControl::append(AuditEntry entry, const std::string& writer) {
    auto& chain = m_chains[writer];
    entry.writerId = writer;
    entry.number = std::ssize(chain) + 1;
    entry.at = now();
    chain.push_back(entry);
    return entry;
}

ActionOutcome FakeControl::finish(const AuditEntry& intent, AuditResult result, const std::string& writer) {
    append(outcomeEntry(intent, result, now()), writer);
    return outcomeOf(intent, result);
}

std::optional<ActionOutcome> FakeControl::known(const std::string& requestId) const {
    for (const auto& [writer, chain] : m_chains) {
        for (const auto& entry : chain) {
            if (entry.phase == AuditPhase::Outcome && entry.requestId == requestId) {
                auto intent = entry;
                intent.number = *entry.intent;
                return outcomeOf(intent, *entry.result);
            }
        }
    }
    return std::nullopt;
}

Result<ActionOutcome> FakeControl::applyOther(const ActionRequest& request, const std::string& undoOf,
                                              const std::string& writer, const std::string& who) {
    const auto* undone = undoOf.empty() ? nullptr : find(undoOf, AuditPhase::Intent);
    const auto planned = previewOther(undone != nullptr ? undone->action : request.action,
                                      undone != nullptr ? undone->parameters : request.parameters, undoOf);
    AuditEntry intent;
    intent.operatorName = who;
    intent.requestId = request.requestId;
    intent.action = planned.action;
    intent.parameters = planned.parameters;
    intent.reason = request.reason;
    intent.before = planned.before;
    intent.after = planned.after;
    if (!undoOf.empty()) {
        intent.reverses = undoOf;
    }
    const auto guarded = guardedOther(planned.action, planned.parameters, undoOf);
    if (const auto refusal = refusalOf(request, guarded, textOf(guarded.before, "state"), {}, now())) {
        return outcomeOf(intent, {Verdict::Refused, {}, {}, *refusal});
    }
    intent = append(intent, writer);
    ++m_acts;
    if (planned.action == "panic") {
        m_held[Resource::CanaryShare].held = {m_held[Resource::CanaryShare].held.generation + 1, 0};
        m_migration = m_migration == "running" ? "stopped" : m_migration;
    } else if (isPoolAct(planned.action)) {
        m_pool = planned.action == "pause_pool" ? "paused" : "active";
    } else if (!isSessionAct(planned.action)) {
        m_migration = textOf(planned.after, "state");
    }
    return finish(intent, {Verdict::Applied, planned.after, {}, {}}, writer);
}

Result<ActionOutcome> FakeControl::apply(const ActionRequest& request, const std::string& undoOf,
                                         const std::string& writer, const std::string& who) {
    const std::lock_guard lock(m_mutex);
    if (auto complete = checkRequest(request); !complete) {
        return std::unexpected(complete.error());
    }
    if (!m_view.auditProblem.empty() && writer == kWriter) {
        return fail(ErrorCode::Io, m_view.auditProblem + ". Nothing was done.");
    }
    if (auto done = known(request.requestId)) {
        return *done;
    }
    const auto* undone = undoOf.empty() ? nullptr : find(undoOf, AuditPhase::Intent);
    if (isOther(request.action) || (undone != nullptr && isOther(undone->action))) {
        return applyOther(request, undoOf, writer, who);
    }
    const auto change = undoOf.empty() ? planAction(request.action, request.parameters) : planUndoOf(undoOf);
    if (!change) {
        return std::unexpected(change.error());
    }
    auto& held = m_held.at(change->resource);
    auto after = heldAfter(held, *change, who, request.reason, now());
    auto intent = intentEntry(request, *change, held, after, who, now());
    if (!undoOf.empty()) {
        intent.reverses = undoOf;
    }
    if (const auto refusal = refusalOf(request, *change, held, undoOf, now())) {
        return outcomeOf(intent, {Verdict::Refused, {}, {}, *refusal});
    }
    intent = append(intent, writer);
    ++m_acts;
    after.reference = (writer == kWriter ? "" : writer + ":") + std::to_string(intent.number);
    held = after;
    return finish(intent, resultOf(after, observe(change->resource)), writer);
}

} // namespace binnacle::test
