// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <chrono>
#include <deque>
#include <optional>

namespace binnacle {

/// The share of hits among lookups in the last seconds, from two cumulative counters. A ratio since the server's
/// start would hide that the cache was flushed a minute ago.
class WindowedRatio {
public:
    explicit WindowedRatio(std::chrono::milliseconds window = std::chrono::seconds(10))
        : m_window(window) {}

    /// Adds a reading of both counters. Counters that ran backwards begin a new window.
    void update(SteadyTime at, double hits, double misses);
    /// Forgets everything: the source restarted.
    void clear() { m_readings.clear(); }
    /// 0..1; absent when nothing was looked up in the window.
    [[nodiscard]] std::optional<double> value() const;

private:
    struct Counters {
        SteadyTime at;
        double hits;
        double misses;
    };
    std::chrono::milliseconds m_window;
    std::deque<Counters> m_readings;
};

inline constexpr const char* kNoLookups = "no lookups in the window";

} // namespace binnacle
