// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace binnacle {

/// What counts as leaving the calm, for one signal whose bad direction is up.
struct OnsetRule {
    double floor = 1;              ///< the least spread that is assumed: smaller steps are noise
    std::optional<double> limit{}; ///< the peak must go a quarter of the way to it, or else to half as much again
};

/// Finds when a signal left its calm: a one-sided cumulative sum of how many spreads it stands above the median of the
/// calm before (each step at most 6), less 1.5 a second; over 12 is an onset, which began one step after the sum was
/// last zero. The calm is what was seen while the sum was zero, at most six minutes of it, and stands still in an
/// episode. Not synchronised.
class OnsetWatch {
public:
    static constexpr std::chrono::seconds kStep{1};
    static constexpr std::size_t kCalm = 360;
    static constexpr std::size_t kLeastCalm = 8;
    static constexpr double kAlarm = 12;

    explicit OnsetWatch(OnsetRule rule)
        : m_rule(rule) {}

    /// The value at `at`; at most one a second is looked at, in the order of time.
    void see(SteadyTime at, double value);
    /// When the episode that goes on began. Nothing while all is calm.
    [[nodiscard]] std::optional<SteadyTime> onset() const;

private:
    void learn(double value);

    OnsetRule m_rule;
    std::deque<double> m_calm;
    std::vector<double> m_scratch;
    SteadyTime m_next{};
    SteadyTime m_began{};
    double m_sum = 0;
    double m_middle = 0;
    double m_peak = 0;
    int m_quiet = 0; ///< steps in a row that were calm, within an episode
    bool m_alarm = false;
};

/// The onset of a line, brought forward when somebody looks: a hidden page costs nothing.
class LineOnset {
public:
    explicit LineOnset(OnsetRule rule)
        : m_watch(rule) {}
    /// Looks at what came since the last time, at first at the last 15 minutes.
    void follow(const Series& line, SteadyTime now);
    [[nodiscard]] std::optional<SteadyTime> onset() const { return m_watch.onset(); }

private:
    OnsetWatch m_watch;
    std::optional<SteadyTime> m_seen;
};

/// Numbers in the order of onsets, 1 for the first; those closer to the one before than they are certain share a
/// number.
[[nodiscard]] std::vector<std::optional<int>> onsetOrder(std::span<const std::optional<SteadyTime>> onsets);

} // namespace binnacle
