// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/action_gateway.h"
#include "backend/actions/planning.h"

#include <filesystem>
#include <map>
#include <memory>

namespace binnacle {

class AuditJournal;

struct BreakGlassSetup {
    std::filesystem::path auditDirectory; ///< STATE/audit
    std::string operatorName;             ///< whose account it is
    unsigned uid = 0;
    std::string environment;
    std::chrono::milliseconds patience{5000}; ///< until stragglers are named
};

/// Acts on level and share with control down: straight at the instances and the load balancer, with an audit of its own
/// that control takes over when it returns. Uses the highest generation that it sees plus one. Whoever can read the
/// credentials is admin, as with control.
class BreakGlassGateway final : public ActionGateway {
public:
    BreakGlassGateway(BreakGlassSetup setup, std::map<Resource, Actuator*> actuators, const Clock& clock);

    [[nodiscard]] Result<ActionPreview> preview(const ActionRequest& request,
                                                std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<ActionOutcome> apply(const ActionRequest& request,
                                              std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<ActionPreview> previewUndo(const std::string& reference,
                                                    std::chrono::milliseconds patience) override;
    [[nodiscard]] Result<ActionOutcome> undo(const std::string& reference, const ActionRequest& request,
                                             std::chrono::milliseconds patience) override;

private:
    struct Seen {
        HeldValue held;
        Observation observation;
    };
    /// What the targets hold, as the desired value that control would have; Refused when nobody answers.
    [[nodiscard]] Result<Seen> look(Resource resource, std::chrono::milliseconds patience);
    [[nodiscard]] Result<std::pair<AuditEntry, AuditEntry>> findAction(const std::string& reference) const;
    [[nodiscard]] Result<PlannedChange> planUndoOf(const std::string& reference, std::chrono::milliseconds patience);
    [[nodiscard]] Result<ActionPreview> previewOf(const PlannedChange& change, const std::string& undoOf,
                                                  std::chrono::milliseconds patience);
    [[nodiscard]] Result<ActionOutcome> execute(const ActionRequest& request, const PlannedChange& change,
                                                const std::string& undoOf, std::chrono::milliseconds patience);
    [[nodiscard]] static std::optional<ActionOutcome> alreadyDone(const AuditJournal& journal,
                                                                  const std::string& requestId);

    BreakGlassSetup m_setup;
    std::map<Resource, Actuator*> m_actuators;
    const Clock& m_clock;
};

} // namespace binnacle
