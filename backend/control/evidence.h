// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_view.h"
#include "backend/control/level_forecast.h"
#include "backend/domain/audit.h"

#include <string>
#include <vector>

namespace binnacle::control {

/// What control measures about acts: before them as a forecast, after them as an effect. It serves the acts and never
/// holds one up: no call here waits for anything but the own store. Safe to call from several threads.
class Evidence {
public:
    virtual ~Evidence() = default;

    [[nodiscard]] virtual ForecastReport forecast(std::int64_t levelBefore, std::int64_t levelAfter) = 0;
    /// What the levels turn off, with its traffic; empty: no instance has told it yet.
    [[nodiscard]] virtual std::vector<FeatureView> features() = 0;
    [[nodiscard]] virtual std::optional<CohortShares> cohorts() = 0;

    /// An act has ended: its effect is worth watching from now on. Returns at once.
    virtual void ended(const AuditEntry& intent, const AuditResult& result) = 0;

    /// The newest first.
    [[nodiscard]] virtual Result<std::vector<Effect>> effects(std::int64_t limit) = 0;
    /// NotFound when nothing is known of that act's effect.
    [[nodiscard]] virtual Result<Effect> effect(const std::string& reference) = 0;
};

} // namespace binnacle::control
