// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/windowed_ratio.h"

namespace binnacle {

void WindowedRatio::update(SteadyTime at, double hits, double misses) {
    // A restart, or a silence longer than the window: what lies before is not of this window.
    if (!m_readings.empty() &&
        (at - m_readings.back().at > m_window || hits < m_readings.back().hits || misses < m_readings.back().misses)) {
        m_readings.clear();
    }
    m_readings.push_back({at, hits, misses});
    // One reading at or before the window's start stays as its base.
    while (m_readings.size() > 2 && at - m_readings[1].at >= m_window) {
        m_readings.pop_front();
    }
}

std::optional<double> WindowedRatio::value() const {
    if (m_readings.size() < 2) {
        return std::nullopt;
    }
    const double hits = m_readings.back().hits - m_readings.front().hits;
    const double lookups = hits + m_readings.back().misses - m_readings.front().misses;
    return lookups > 0 ? std::optional(hits / lookups) : std::nullopt;
}

} // namespace binnacle
