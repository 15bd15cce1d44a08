// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/actuator.h"
#include "backend/actions/control_gateway.h"
#include "backend/control/control_store.h"
#include "backend/control/evidence.h"
#include "backend/control/undertaking.h"

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>

namespace binnacle::control {

/// Who asks, as control has authenticated them.
struct Operator {
    std::string name;
    Role role = Role::Viewer;
};

struct EngineOptions {
    std::string environment;
    std::filesystem::path journals;           ///< where break-glass leaves its audit
    std::chrono::milliseconds patience{5000}; ///< until stragglers are named
    std::chrono::seconds stepPause{60};       ///< between two steps down after a lease
    std::chrono::seconds healthPause{10};     ///< between two looks whether a step down would be borne
    std::chrono::seconds auditPause{10};      ///< between two looks whether the audit can be written
    Evidence* evidence = nullptr;             ///< who measures what acts do; may be none
};

/// One resource as it is wanted and as it was last seen.
struct ResourceState {
    HeldValue held;
    Observation observed;
    std::optional<SteadyTime> observedAt;
    std::string leaseNote; ///< why an ended lease has not stepped down yet
    std::optional<std::chrono::seconds> leaseLeft;
};

/// Carries out actions: checks, announces in the audit, acts, looks for the effect, and records what became of it. What
/// is announced is also the desired state, so an act cut short by a crash is completed, never repeated, after it.
/// Safe to call from several threads.
class ActionEngine {
public:
    /// Undertakings must outlive the engine, and no longer call it by then; a nullptr among them counts as none.
    ActionEngine(ControlStore& store, std::map<Resource, Actuator*> actuators, const Clock& clock,
                 EngineOptions options, std::vector<Undertaking*> undertakings = {});

    /// Errors: Denied for the role, Invalid for the input, Io when the store fails. Nothing was done then.
    [[nodiscard]] Result<ActionPreview> preview(const ActionRequest& request, const Operator& who);
    [[nodiscard]] Result<ActionOutcome> run(const ActionRequest& request, const Operator& who);
    [[nodiscard]] Result<ActionPreview> previewUndo(const std::string& reference, const Operator& who);
    [[nodiscard]] Result<ActionOutcome> undo(const std::string& reference, const ActionRequest& request,
                                             const Operator& who);

    [[nodiscard]] Result<std::vector<ResourceState>> state() const;
    [[nodiscard]] Result<AuditVerification> verifyAudit(std::span<const ChainHead> seen);
    [[nodiscard]] ControlStore& store() { return m_store; }

    /// Why nothing can be written to the audit, so that nothing runs; empty: it can.
    [[nodiscard]] std::string auditProblem() const;

    /// Hands over what a process before this one has left open. To be called before anything new can be asked for, so
    /// that it is not taken for done while it waits for its turn.
    [[nodiscard]] Result<void> resumeUndertakings();

    /// The five things that control does by itself. Each returns soon after its actuators' patience; an error is for
    /// the log, and the next turn tries again.
    [[nodiscard]] Result<void> importJournals();
    [[nodiscard]] Result<void> reconcile(Resource resource);
    [[nodiscard]] Result<void> resolveOpenIntents();
    [[nodiscard]] Result<void> stepLeases();
    /// Tries now and then whether the audit can be written, and often while it can't.
    [[nodiscard]] Result<void> checkAudit();

    /// Announces what control does by itself and has it begun, once for each request id. Conflict when it was.
    [[nodiscard]] Result<void> actByItself(const PlannedChange& change, const std::string& reason,
                                           const std::string& requestId);
    /// What became of an undertaking; false when that can't be recorded now.
    [[nodiscard]] bool undertakingEnded(const AuditEntry& intent, const AuditResult& result);

private:
    class Claim;
    /// Marks a request id as one whose act is under way, as long as it lives; not `mine` when it was marked already.
    class Running {
    public:
        Running(ActionEngine& engine, std::string requestId);
        ~Running();
        Running(const Running&) = delete;
        Running& operator=(const Running&) = delete;
        [[nodiscard]] bool mine() const { return m_mine; }

    private:
        ActionEngine& m_engine;
        std::string m_id;
        bool m_mine = false;
    };
    struct Undo {
        std::string reference;
        AuditEntry intent;
        AuditEntry outcome;
    };
    struct Seen {
        Observation observation;
        SteadyTime at;
    };
    struct Due {
        std::int64_t generation = 0;
        SteadyTime at;
    };

    [[nodiscard]] Result<ActionPreview> previewOf(const PlannedChange& change, const std::string& undoOf);
    [[nodiscard]] Result<ActionOutcome> execute(const ActionRequest& request, const Undo* undo, const Operator& who);
    [[nodiscard]] Result<ActionOutcome> executeClaimed(const ActionRequest& request, const Undo* undo,
                                                       const Operator& who);
    [[nodiscard]] Result<std::optional<ActionOutcome>> earlier(const std::string& requestId,
                                                               const std::string& fingerprint);
    [[nodiscard]] Result<ActionOutcome> announceAndAct(AuditEntry draft, const std::string& fingerprint,
                                                       const HeldValue& before, const HeldValue& after,
                                                       std::chrono::milliseconds patience);
    [[nodiscard]] Result<Undo> findUndo(const std::string& reference);
    /// Who carries out such actions; nullptr: nobody here.
    [[nodiscard]] Undertaking* undertakingFor(std::optional<Verb> verb) const;
    [[nodiscard]] std::optional<PlannedChange> stopOfWhatRuns() const;
    [[nodiscard]] static std::unexpected<Error> denied(const Operator& who, Role needed);
    /// The undertaking asked for; nothing when the action sets a value.
    [[nodiscard]] Result<std::optional<PlannedChange>> undertakingOf(const std::string& action,
                                                                     const Values& parameters, const Undo* undo) const;
    [[nodiscard]] Result<UndertakingPlan> planUndertaking(const PlannedChange& change, const Undo* undo);
    [[nodiscard]] Result<ActionPreview> previewUndertaking(const PlannedChange& change, const Undo* undo);
    [[nodiscard]] Result<ActionOutcome> runUndertaking(const ActionRequest& request, const PlannedChange& change,
                                                       const Undo* undo, const std::string& fingerprint,
                                                       const Operator& who);
    [[nodiscard]] AuditEntry undertakingIntent(const ActionRequest& request, const PlannedChange& change,
                                               const ActionPreview& preview, const std::string& operatorName) const;
    /// The number of its intent.
    [[nodiscard]] Result<std::int64_t> beginUndertaking(AuditEntry draft, const PlannedChange& change,
                                                        const std::string& fingerprint);
    /// What panic does besides the share, in a sentence; empty when nothing runs.
    [[nodiscard]] std::string stopWhatRuns(const ActionRequest& request, const Operator& who);
    [[nodiscard]] Result<ActionOutcome> panic(const ActionRequest& request, const PlannedChange& change,
                                              const std::string& fingerprint, const Operator& who);
    [[nodiscard]] Result<void> adopt(const HeldValue& held, const Generation& newest, bool settle);
    [[nodiscard]] Result<std::optional<AuditEntry>> importedIntent(Resource resource, const Generation& generation);
    [[nodiscard]] Result<void> resolve(const AuditEntry& intent);
    void tellEvidence(const AuditEntry& intent, const AuditResult& result);
    [[nodiscard]] AuditResult act(const HeldValue& wanted, std::chrono::milliseconds patience);
    void remember(Resource resource, Observation observation);
    /// When the lease of a held value ends on the steady clock, which nobody can set.
    [[nodiscard]] SteadyTime leaseEnd(const HeldValue& held) const;
    [[nodiscard]] bool isRunning(const std::string& requestId);

    ControlStore& m_store;
    std::map<Resource, Actuator*> m_actuators;
    const Clock& m_clock;
    EngineOptions m_options;
    std::vector<Undertaking*> m_undertakings;

    mutable std::mutex m_mutex; ///< guards all below; never held during I/O
    std::condition_variable m_ended;
    std::set<std::string> m_claimed; ///< request ids that a caller is busy with: others with the same id wait
    std::set<std::string> m_running; ///< request ids whose act is under way
    std::map<Resource, Seen> m_seen;
    mutable std::map<Resource, Due> m_due;
    std::string m_leaseNote;
    std::string m_auditProblem;
    SteadyTime m_nextAuditLook;
    SteadyTime m_nextHealthLook;
};

} // namespace binnacle::control
