// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/audit.h"
#include "widgets/chart_event.h"

#include <vector>

namespace binnacle::app {

/// What was done, as marks on the time axis: of people, and of control by itself. `now` and `utcNow` are the same
/// instant, which places the audit's wall clock on the steady axis.
[[nodiscard]] std::vector<ChartEvent> actionMarks(const std::vector<AuditEntry>& entries, SteadyTime now,
                                                  UtcTime utcNow);

} // namespace binnacle::app
