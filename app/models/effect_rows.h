// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/keyed_table.h"
#include "backend/domain/effect.h"
#include "widgets/time_context.h"

#include <chrono>
#include <optional>

namespace binnacle::app {

/// A value in the unit of a reading ("s", "1/s", "1" for a share, "s/s"), as it is shown everywhere.
[[nodiscard]] QString measureText(const std::string& unit, double value);

[[nodiscard]] std::vector<TableColumn> effectColumns();
/// What an act changed over all routes, and the canary against stable where it was compared; what changed comes first.
[[nodiscard]] std::vector<TableRow> effectRows(const Effect& effect);

/// One sentence: the effect's own, or when it will be there. `effect` may be missing.
struct EffectSentence {
    QString text;
    QString basis; ///< what was compared with what
};
[[nodiscard]] EffectSentence effectSentence(const Effect* effect, UtcTime now);

} // namespace binnacle::app
