// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/control_link.h"
#include "backend/actions/planning.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace binnacle::test {

enum class Behaviour;

/// A control plane that exists only in memory and behaves as the real one: generations, fingerprints, an audit before
/// each act, at most once by request id, undo; and switches to break it. Level and share stay reachable by a
/// break-glass of its own. Thread-safe; outlives its links by sharing.
class FakeControl {
public:
    static constexpr const char* kWriter = "c0ffee00c0ffee00";
    static constexpr const char* kGlassWriter = "9145500091455000";

    FakeControl();

    void set(Behaviour behaviour);
    void setRole(const std::string& role);
    /// Nothing can be written to the audit.
    void setAuditProblem(const std::string& problem);
    /// The instance never takes what it is told.
    void setStraggler(const std::string& instance);
    /// Orders are taken and done, and their answers never come.
    void setActsUnanswered(bool unanswered);
    /// Previews, or acts, wait at control until they are let go, or until their patience ends.
    void holdPreviews(bool held);
    void holdActs(bool held);
    /// A figure of the pools' previews that moves by itself and is not guarded, as it does where there is traffic.
    void setClientsWaiting(std::int64_t clients);
    /// How many wait now.
    [[nodiscard]] int waiting() const;
    /// Edits what the view shows beside level and share: features, forecasts, migrations.
    void change(const std::function<void(ControlView&)>& edit);
    void setEffects(std::vector<Effect> effects);
    /// Somebody else, from elsewhere.
    void actAs(const std::string& who, const std::string& action, const Values& parameters);

    [[nodiscard]] std::int64_t level() const;
    [[nodiscard]] std::int64_t levelOf(const std::string& instance) const;
    [[nodiscard]] std::int64_t generation() const;
    [[nodiscard]] double percent() const;
    [[nodiscard]] std::string migrationState() const;
    /// How many acts were carried out, each counted once.
    [[nodiscard]] int acts() const;
    [[nodiscard]] std::vector<AuditEntry> entries(const std::string& writer) const;

    [[nodiscard]] static std::shared_ptr<app::ControlLink> link(std::shared_ptr<FakeControl> control);

private:
    class Link;
    class Gateway;

    [[nodiscard]] Behaviour behaviour() const;
    void waitWhile(const bool& held, std::chrono::milliseconds patience);
    [[nodiscard]] ControlView view() const;
    [[nodiscard]] Result<ActionPreview> preview(const ActionRequest& request, const std::string& undoOf) const;
    [[nodiscard]] Result<ActionOutcome> apply(const ActionRequest& request, const std::string& undoOf,
                                              const std::string& writer, const std::string& who);
    [[nodiscard]] Result<ActionOutcome> applyOther(const ActionRequest& request, const std::string& undoOf,
                                                   const std::string& writer, const std::string& who);
    [[nodiscard]] Result<PlannedChange> planUndoOf(const std::string& reference) const;
    [[nodiscard]] PreviewedState guardedOther(const std::string& action, const Values& parameters,
                                              const std::string& undoOf) const;
    [[nodiscard]] ActionPreview previewOther(const std::string& action, const Values& parameters,
                                             const std::string& undoOf) const;
    [[nodiscard]] Observation observe(Resource resource) const;
    [[nodiscard]] const AuditEntry* find(const std::string& reference, AuditPhase phase) const;
    AuditEntry append(AuditEntry entry, const std::string& writer);
    ActionOutcome finish(const AuditEntry& intent, AuditResult result, const std::string& writer);
    [[nodiscard]] std::optional<ActionOutcome> known(const std::string& requestId) const;

    mutable std::recursive_mutex m_mutex;
    std::condition_variable_any m_letGo;
    bool m_previewsHeld = false;
    bool m_actsHeld = false;
    int m_waiting = 0;
    Behaviour m_behaviour;
    ControlView m_view;
    std::map<Resource, HeldValue> m_held;
    std::map<std::string, std::vector<AuditEntry>> m_chains;
    std::vector<Effect> m_effects;
    std::string m_straggler;
    std::int64_t m_stragglerLevel = 0;
    std::string m_migration = "pending";
    std::string m_pool = "active";
    std::int64_t m_clientsWaiting = 0;
    bool m_unanswered = false;
    int m_acts = 0;
};

} // namespace binnacle::test
