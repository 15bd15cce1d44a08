// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/signal_store.h"

#include <optional>

namespace binnacle {

/// How far a counter went in a while.
struct CountedWithin {
    double count = 0;
    SteadyTime since; ///< from when on it was seen; later than asked for where less is kept
};

/// What a counter counted in the readings of [from, to]; absent without any. Of what lies so far back that it is folded
/// (20 min at 2 Hz) nothing is known.
[[nodiscard]] std::optional<CountedWithin> countedWithin(const SignalEntry& counter, SteadyTime from, SteadyTime to);

} // namespace binnacle
