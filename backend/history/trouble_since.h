// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/path_history.h"
#include "backend/history/path_verdict.h"

#include <optional>

namespace binnacle {

/// When a trouble began.
struct TroubleSince {
    SteadyTime at{};
    bool earliest = false; ///< it is the first that is known: it may have begun before
    friend bool operator==(const TroubleSince&, const TroubleSince&) = default;
};

/// Since when a hop has the trouble that the verdict names, as its readings tell it: an age, or the beginning of the
/// run of readings that show it, in which a calm of up to five seconds is no end. Nothing where no reading tells it.
[[nodiscard]] std::optional<TroubleSince> troubleSince(const HopVerdict& hop, const PathReading& path,
                                                       const PathHistory& history, const SignalStore& store,
                                                       const PathLimits& limits = {}, const VerdictLimits& more = {});

} // namespace binnacle
