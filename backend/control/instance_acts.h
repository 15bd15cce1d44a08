// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/fleet.h"
#include "backend/control/act_desk.h"
#include "backend/control/hold_store.h"

#include <optional>

namespace binnacle::control {

/// Takes an instance out of the load balancer's rotation, and puts it back: HAProxy ends what the instance has and
/// sends it nothing new. HAProxy forgets that at its next start, control does not.
class InstanceActs final : public QuickActs {
public:
    static constexpr std::chrono::milliseconds callLimit{1000};
    static constexpr std::chrono::milliseconds effectLimit{5000}; ///< until its requests have ended
    static constexpr std::chrono::milliseconds quietTime{300};    ///< without a new request, to call it drained
    static constexpr std::chrono::milliseconds lookPause{50};

    InstanceActs(InstanceDirectory directory, std::string adminSocket, HoldStore& holds)
        : m_directory(std::move(directory))
        , m_adminSocket(std::move(adminSocket))
        , m_holds(holds) {}

    [[nodiscard]] bool takes(Verb verb) const override {
        return verb == Verb::DrainInstance || verb == Verb::ReadyInstance;
    }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override;
    [[nodiscard]] AuditResult carryOut(const AuditEntry& intent, bool resumed,
                                       const std::function<bool()>& hurry) override;
    /// Sets it again where HAProxy has forgotten it, or did not answer when it was asked for.
    std::optional<Own> keep() override;

private:
    /// How HAProxy sees one server.
    struct Server {
        std::string name;
        std::string status; ///< "UP", "DRAIN", "MAINT", "DOWN"
        double sessions = 0;
        double requests = 0; ///< cumulative
    };
    [[nodiscard]] Result<InstanceAddress> addressOf(const std::string& name) const;
    /// The named one first, then all that stand in the same backend.
    [[nodiscard]] Result<std::vector<Server>> look(const InstanceAddress& address) const;
    [[nodiscard]] Result<void> setState(const InstanceAddress& address, const char* state) const;
    [[nodiscard]] AuditResult drain(const InstanceAddress& address, const std::function<bool()>& hurry) const;
    [[nodiscard]] AuditResult ready(const InstanceAddress& address, const std::function<bool()>& hurry) const;

    InstanceDirectory m_directory;
    std::string m_adminSocket;
    HoldStore& m_holds;
};

} // namespace binnacle::control
