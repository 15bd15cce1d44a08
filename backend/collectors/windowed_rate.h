// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <chrono>
#include <deque>
#include <optional>

namespace binnacle {

/// How fast a counter of a table's row grew over the last seconds, from its own readings and their times.
class WindowedRate {
public:
    explicit WindowedRate(std::chrono::milliseconds window = std::chrono::seconds(5))
        : m_window(window) {}

    /// Adds a reading. A counter that ran backwards, or a silence of more than two windows, begins anew.
    void update(SteadyTime at, double value) {
        if (!m_readings.empty() && (value < m_readings.back().value || at - m_readings.back().at > 2 * m_window)) {
            m_readings.clear();
        }
        m_readings.push_back({at, value});
        while (m_readings.size() > 2 && at - m_readings[1].at >= m_window) {
            m_readings.pop_front();
        }
    }
    /// In 1/s; absent until there are two readings.
    [[nodiscard]] std::optional<double> value() const {
        if (m_readings.size() < 2 || m_readings.back().at <= m_readings.front().at) {
            return std::nullopt;
        }
        return growth().value() / toSeconds(m_readings.back().at - m_readings.front().at);
    }
    /// How much it grew within the window; absent until there are two readings.
    [[nodiscard]] std::optional<double> growth() const {
        return m_readings.size() < 2 ? std::nullopt : std::optional(m_readings.back().value - m_readings.front().value);
    }

private:
    struct Counter {
        SteadyTime at;
        double value;
    };
    std::chrono::milliseconds m_window;
    std::deque<Counter> m_readings;
};

/// What one event took on average in the window, from the rates of their total time and their number; absent when there
/// was none.
[[nodiscard]] inline std::optional<double> meanOf(const WindowedRate& total, const WindowedRate& count) {
    const auto events = count.growth();
    const auto sum = total.growth();
    return events && sum && *events > 0 ? std::optional(*sum / *events) : std::nullopt;
}

} // namespace binnacle
