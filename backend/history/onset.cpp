// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/onset.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace binnacle {

namespace {

constexpr double kAllowed = 1.5;
constexpr double kMostSpreads = 6;
constexpr double kDeviation = 1.4826; ///< a median deviation as a standard deviation of the same
constexpr int kQuietSteps = 5;        ///< calm for so long: the episode is over
constexpr std::chrono::seconds kUncertain{2};

double medianOf(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace

void OnsetWatch::learn(double value) {
    m_calm.push_back(value);
    if (m_calm.size() > kCalm) {
        m_calm.pop_front();
    }
}

void OnsetWatch::see(SteadyTime at, double value) {
    if (at < m_next) {
        return;
    }
    m_next = at + kStep;
    if (m_calm.size() < kLeastCalm) {
        learn(value);
        return;
    }
    m_scratch.assign(m_calm.begin(), m_calm.end());
    m_middle = medianOf(m_scratch);
    for (auto& each : m_scratch) {
        each = std::abs(each - m_middle);
    }
    const auto spread = std::max(m_rule.floor, kDeviation * medianOf(m_scratch));
    const auto step = std::min(kMostSpreads, (value - m_middle) / spread) - kAllowed;
    if (m_sum <= 0) {
        m_began = at; // one step after the sum was last zero, if it rises now
        m_peak = value;
    }
    m_sum = std::clamp(m_sum + step, 0.0, 10 * kAlarm); // an end must not take as long as the episode did
    m_peak = std::max(m_peak, value);
    m_alarm = m_alarm || m_sum > kAlarm;
    m_quiet = step < 0 ? m_quiet + 1 : 0;
    if (m_alarm && m_quiet >= kQuietSteps) {
        m_alarm = false;
        m_sum = 0;
    }
    if (!m_alarm && m_sum <= 0) {
        learn(value);
    }
}

std::optional<SteadyTime> OnsetWatch::onset() const {
    if (!m_alarm) {
        return std::nullopt;
    }
    const auto needed = m_rule.limit ? m_middle + 0.25 * std::max(0.0, *m_rule.limit - m_middle)
                                     : std::max(m_middle * 1.5, m_middle + m_rule.floor);
    return m_peak >= needed ? std::optional(m_began) : std::nullopt;
}

void LineOnset::follow(const Series& line, SteadyTime now) {
    const auto since = m_seen.value_or(now - std::chrono::minutes(15));
    for (const auto& sample : line.samples(since, now)) {
        if (!m_seen || sample.at > *m_seen) {
            m_watch.see(sample.at, sample.value);
            m_seen = sample.at;
        }
    }
}

std::vector<std::optional<int>> onsetOrder(std::span<const std::optional<SteadyTime>> onsets) {
    std::vector<std::size_t> moved;
    for (std::size_t i = 0; i < onsets.size(); ++i) {
        if (onsets[i]) {
            moved.push_back(i);
        }
    }
    std::ranges::stable_sort(moved, {}, [&](std::size_t i) { return *onsets[i]; });
    std::vector<std::optional<int>> out(onsets.size());
    int number = 0;
    for (std::size_t i = 0; i < moved.size(); ++i) {
        const bool apart = i == 0 || *onsets[moved[i]] - *onsets[moved[i - 1]] >= kUncertain;
        number = apart ? static_cast<int>(i) + 1 : number;
        out[moved[i]] = number;
    }
    return out;
}

} // namespace binnacle
