// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "widgets/panel_status.h"

namespace binnacle::app {

/// What a panel says about that which control tells: its state and age, and while paused as of when it stands.
[[nodiscard]] PanelStatus controlStatus(const PageContext& context);
/// "age 0.4 s", "no answer for 12 s": for the small text beside what control tells; empty before its first answer.
[[nodiscard]] QString controlAge(const PageContext& context);

/// What control says now, whatever time is shown: what an act would find. Nullptr while that is not known.
[[nodiscard]] const ControlView* controlNow(const PageContext& context);

} // namespace binnacle::app
