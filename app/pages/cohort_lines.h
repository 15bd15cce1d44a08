// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "backend/history/latency_log.h"
#include "backend/history/path_history.h"

#include <chrono>
#include <string>

namespace binnacle::app {

/// p99 of one cohort over time, from the merged buckets of two minutes, brought forward from the latency log: points
/// that are due since the last call, or all of a window that begins earlier. A cohort that took too few requests for a
/// p99, or whose instances did not answer, leaves a gap.
class CohortLine {
public:
    static constexpr std::chrono::seconds kWindow{120};
    /// Points that one call makes at most: filling a whole window takes a few ticks and holds up none.
    static constexpr int kMostPoints = 48;

    explicit CohortLine(std::string role);

    void feed(const LatencyLog& log, const PathHistory& history, SteadyTime from, SteadyTime now);
    [[nodiscard]] const Series& p99() const { return m_p99; }

private:
    [[nodiscard]] bool answered(const PathHistory& history, SteadyTime at) const;

    std::string m_role;
    Series m_p99;
    SteadyTime m_from = SteadyTime::max(); ///< where the line begins
    SteadyTime m_next{};                   ///< end of the slot that is due next
    bool m_open = false;
};

} // namespace binnacle::app
