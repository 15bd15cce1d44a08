// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"

#include <QString>

#include <chrono>
#include <vector>

namespace binnacle::app {

/// How long an act may last, of what control takes.
struct LeaseChoice {
    std::vector<std::chrono::seconds> offered; ///< ascending; empty: it has no lease, or none of its own
    int current = -1;                          ///< that of the preview, among them
};

/// For a level 5 to 60 min, for the pause of a pool 15 to 60 s, and what the preview has already. Taking something back
/// restores what was left and leaves no choice.
[[nodiscard]] LeaseChoice leaseChoiceOf(const ActionPreview& preview);
/// "15 min", "30 s", for a button.
[[nodiscard]] QString leaseText(std::chrono::seconds lease);

} // namespace binnacle::app
