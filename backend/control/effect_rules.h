// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/telemetry_history.h"
#include "backend/domain/effect.h"

#include <string>
#include <vector>

namespace binnacle::control {

/// A window as its parts of equal length, oldest first. The parts tell how much the readings vary by themselves.
using Slices = std::vector<TrafficSlice>;

/// What changed between two windows, with one row for each reading of all routes and of each of `routes`.
///
/// A change is one when it is beyond noise and large enough to matter: the 99 % interval of the difference does not
/// reach zero, and the difference is at least a quarter of the value before and three times the smallest amount that
/// anybody would feel. Noise is not taken for independent: bursts widen the intervals. What a reading was doing before
/// already, it is expected to go on doing: a line that was rising has not risen by the act unless it rose more steeply.
[[nodiscard]] std::vector<EffectRow> compareWindows(const Slices& before, const Slices& after,
                                                    const std::vector<std::string>& routes);
/// The canary against the stable cohort in the same window: `before` of a row is stable, `after` is the canary.
[[nodiscard]] std::vector<EffectRow> compareCohorts(const Slices& stable, const Slices& canary);

/// The rows in one sentence: what changed most, or that nothing did.
[[nodiscard]] std::string effectSummary(const std::vector<EffectRow>& rows);

} // namespace binnacle::control
