// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <functional>
#include <optional>

namespace binnacle::app {

/// The way from a page that has nothing of a time to the flight recorder's file, which may have. Filled in by the
/// window. GUI thread.
struct RecordingWay {
    std::function<void()> open{};  ///< shows the recording instead, from the right edge of the window on
    std::optional<UtcTime> from{}; ///< the minute it begins with; absent: there is none, or it was not found yet
    bool isReplay = false;         ///< a recording is what is shown already
};

} // namespace binnacle::app
