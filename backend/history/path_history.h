// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "backend/history/request_path.h"

#include <array>
#include <cstddef>
#include <deque>
#include <memory>

namespace binnacle {

/// What a display keeps a line of. Values in the units of PathReading, shares 0..1.
enum class PathLine {
    Requests,
    ErrorShare,
    P50,
    P95,
    P99,
    P999,
    RecentP50,
    RecentP95,
    RecentP99,
    HitRatio,
    WorstLag,
    WalBytes,
    PoolInUse,
    PoolWaiting,
    BouncerWaiting,
    LockWaits,
    ProxyQueue,
    Evictions,
    Deadlocks, ///< the sum over PathReading::kDeadlockWindow
    Count
};

/// Lines of derived values over two hours, appended twice a second; a value that is absent or not live cuts its line.
/// Not synchronised; lives on the display's thread.
class PathHistory {
public:
    static constexpr std::chrono::milliseconds kStep{500};

    /// The last of a grid of such steps at or before `at`. Who reads a recording reads it on this grid, so that its
    /// lines are the same from wherever it was played.
    [[nodiscard]] static SteadyTime stepAt(SteadyTime at, std::chrono::milliseconds step = kStep);

    PathHistory();
    /// A copy shares nothing with the other, so that it lies close in memory, wherever the other's parts are strewn.
    PathHistory(const PathHistory& other);
    PathHistory(PathHistory&&) = default;
    PathHistory& operator=(const PathHistory&) = delete;
    PathHistory& operator=(PathHistory&&) = default;
    ~PathHistory() = default;
    static constexpr std::chrono::minutes kFineReadings{5};
    static constexpr std::chrono::seconds kCoarseStep{5};
    static constexpr std::chrono::hours kKept{2};

    /// Takes over one reading of the path; readings must come in the order of time.
    void append(const PathReading& path);
    [[nodiscard]] const Series& line(PathLine which) const { return m_lines[static_cast<std::size_t>(which)]; }
    /// The reading that was the newest one at `at`: half a second apart for five minutes, then five seconds. Null
    /// before the first.
    [[nodiscard]] std::shared_ptr<const PathReading> readingAt(SteadyTime at) const;
    /// Median of a line over [from, to]: what "its baseline" means. Absent with less than `least` samples.
    [[nodiscard]] std::optional<double> median(PathLine which, SteadyTime from, SteadyTime to,
                                               std::size_t least = 60) const;

private:
    void keep(const PathReading& path);
    void put(PathLine which, SteadyTime at, std::optional<double> value);
    void put(PathLine which, SteadyTime at, const Figure& figure);

    std::deque<std::shared_ptr<const PathReading>> m_readings;
    std::size_t m_thinned = 0; ///< readings at the front that are already five seconds apart
    std::array<Series, static_cast<std::size_t>(PathLine::Count)> m_lines;
};

} // namespace binnacle
