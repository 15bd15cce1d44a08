// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/fleet.h"
#include "backend/control/act_desk.h"

namespace binnacle::control {

/// Removes cached values through the admin socket of an instance: the service knows its keys and its cache, control
/// does not. All instances share the cache, so the first that answers does it.
class CacheActs final : public QuickActs {
public:
    static constexpr std::chrono::milliseconds callLimit{5000};     ///< for all of them together
    static constexpr std::chrono::milliseconds instanceLimit{1500}; ///< for each but the last

    CacheActs(InstanceDirectory directory, std::string adminTokenFile)
        : m_directory(std::move(directory))
        , m_adminTokenFile(std::move(adminTokenFile)) {}

    [[nodiscard]] bool takes(Verb verb) const override { return verb == Verb::InvalidateCache; }
    [[nodiscard]] Result<UndertakingPlan> plan(const PlannedChange& change) override;
    [[nodiscard]] AuditResult carryOut(const AuditEntry& intent, bool resumed,
                                       const std::function<bool()>& hurry) override;

private:
    InstanceDirectory m_directory;
    std::string m_adminTokenFile;
};

} // namespace binnacle::control
