// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recorder/recorded_event.h"

#include <vector>

namespace binnacle::app {

/// What a feed shows instead of live sources: events in the order of time. GUI thread.
class EventPlayer {
public:
    virtual ~EventPlayer() = default;
    /// Whether all up to `now` is at hand; the feed waits for it, and takes nothing until then.
    [[nodiscard]] virtual bool readyFor(SteadyTime now) = 0;
    /// The events up to and with `now` that were not taken yet.
    [[nodiscard]] virtual std::vector<RecordedEvent> take(SteadyTime now) = 0;
};

} // namespace binnacle::app
