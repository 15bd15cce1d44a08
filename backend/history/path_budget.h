// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/error_budget.h"
#include "backend/history/request_path.h"

namespace binnacle {

/// The error budget as it stood at a reading of the path.
struct PathBudget {
    Figure left;                 ///< share of the budget, 0 once it is spent; its source and age as of the requests
    std::optional<double> spent; ///< in budgets: over 1 it is overspent
    BudgetCount over;            ///< what it rests on
    BudgetFigure fastQuick, fastLasting; ///< burn rates over the windows of kFastBurn
    BudgetFigure slowQuick, slowLasting; ///< and of kSlowBurn
    std::optional<double> lastLeft;      ///< where nothing can be shown: when anything was seen last
    std::optional<SteadyTime> lastSeen;
};

/// Critical while the budget burns at kFastBurn, caution at kSlowBurn and once it is spent. Of the instances' state and
/// age; when none answers and the load balancer refuses what comes, of the load balancer's.
[[nodiscard]] PathBudget readBudget(const ErrorBudget& budget, const PathReading& path);

} // namespace binnacle
