// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/latency_log.h"

#include <chrono>
#include <optional>

namespace binnacle {
class HeatmapView;
class TimeContext;
} // namespace binnacle

namespace binnacle::app {

/// Brings a heatmap forward from the latency log: all columns when the window, the step or the
/// selection changed, else only what was
/// recorded since the last call.
class HeatFeeder {
public:
    HeatFeeder(HeatmapView& view, TimeContext& time);
    void feed(const LatencyLog& log, const LatencySelector& selector = {});
    /// Forget what was fed: the next call brings everything.
    void reset() { m_step = {}; }

    /// Time that a column covers so that a window has about 225 of them; older data comes in folds of 16 s.
    [[nodiscard]] static std::chrono::seconds stepFor(SteadyTime::duration span, SteadyTime::duration behind);

private:
    HeatmapView& m_view;
    TimeContext& m_time;
    LatencySelector m_selector;
    std::chrono::seconds m_step{};
    SteadyTime m_from{};
    SteadyTime m_newestSlot{};
    LatencyHistogram m_newest; ///< of the newest slot as fed so far
};

} // namespace binnacle::app
