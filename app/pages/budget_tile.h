// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "backend/history/path_budget.h"
#include "widgets/kpi_tile.h"

namespace binnacle::app {

/// What the tile of the error budget says: the share that is left, over what time it is told, and how fast it burns.
[[nodiscard]] KpiReading budgetReading(const PathBudget& budget, const Objective& objective,
                                       const PageContext& context);
/// What the objective is, what was counted, each burn rate with its window, and what is not counted.
[[nodiscard]] QString budgetTip(const PathBudget& budget, const ErrorBudget& counted);

} // namespace binnacle::app
