// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "widgets/lease_bar.h"
#include "widgets/panel_status.h"

#include <optional>

namespace binnacle::app {

/// What a panel says about that which control tells: its state and age, and while paused as of when it stands.
[[nodiscard]] PanelStatus controlStatus(const PageContext& context);
/// "age 0.4 s", "no answer for 12 s": for the small text beside what control tells; empty before its first answer.
[[nodiscard]] QString controlAge(const PageContext& context);

/// What control says now, whatever time is shown: what an act would find. Nullptr while that is not known.
[[nodiscard]] const ControlView* controlNow(const PageContext& context);

/// What control last told is not what is now: it is gone, does not know us, or was not understood.
[[nodiscard]] bool controlAway(const PageContext& context);
/// The lease of the degradation level at the right edge of the window; nothing where none runs, or none is known.
[[nodiscard]] std::optional<LeaseReading> leaseOfLevel(const PageContext& context);

} // namespace binnacle::app
