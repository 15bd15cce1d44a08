// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/action.h"
#include "widgets/theme.h"

#include <QString>

namespace binnacle::app {

/// What must be typed before an act may be confirmed; empty: nothing. What control asks for comes first, everywhere. In
/// production the name of the object (instance, pool, process, key) is asked for besides, where the risk is high or
/// what was done stays done: a hand that is in the wrong window types another one.
[[nodiscard]] QString wordToType(const ActionPreview& preview, Environment environment);

} // namespace binnacle::app
