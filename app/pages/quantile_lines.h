// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "backend/history/latency_log.h"

#include <array>
#include <deque>

namespace binnacle {
struct TimeSpan;
}

namespace binnacle::app {

/// The lines p50, p95, p99 and p99.9 of a part of the requests, out of the latency log: each point of all that was
/// recorded in the 10 s before it (p99.9: 30 s), or in one step where steps are longer. Brought forward when somebody
/// looks: all of the window when the part or the step changed, else only what is new.
class QuantileLines {
public:
    static constexpr std::array kQuantiles = {0.5, 0.95, 0.99, 0.999};

    void setSelector(const LatencySelector& selector);
    /// Forget what was read: the next call reads all of it.
    void reset() { m_step = {}; }
    void follow(const LatencyLog& log, const TimeSpan& window, SteadyTime now);
    [[nodiscard]] const Series& line(std::size_t which) const { return m_lines[which]; }

private:
    void put(const LatencySlot& slot);

    LatencySelector m_selector;
    std::chrono::seconds m_step{};
    SteadyTime m_from{};
    SteadyTime m_next{}; ///< the slot that is looked at next
    std::deque<LatencyHistogram> m_recent;
    std::array<Series, kQuantiles.size()> m_lines;
};

} // namespace binnacle::app
