// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/path_history.h"

#include <algorithm>

namespace binnacle {

SteadyTime PathHistory::stepAt(SteadyTime at, std::chrono::milliseconds step) {
    const auto since = at.time_since_epoch();
    const auto into = since % step; // negative before the machine's start: a recording is older than that
    return at - into - (into.count() < 0 ? step : std::chrono::milliseconds(0));
}

PathHistory::PathHistory() {
    // 20 min as they were, then steps of 10 s up to two hours: the longest span of the top bar and the ribbon.
    m_lines.fill(Series({2400, 720, std::chrono::seconds(10)}));
}

PathHistory::PathHistory(const PathHistory& other)
    : m_thinned(other.m_thinned)
    , m_lines(other.m_lines) {
    for (const auto& reading : other.m_readings) {
        m_readings.push_back(std::make_shared<const PathReading>(*reading));
    }
}

void PathHistory::put(PathLine which, SteadyTime at, std::optional<double> value) {
    auto& series = m_lines[static_cast<std::size_t>(which)];
    if (value) {
        series.append(at, *value);
    } else {
        series.appendGap(at);
    }
}

void PathHistory::put(PathLine which, SteadyTime at, const Figure& figure) {
    put(which, at, figure.live() ? figure.value : std::nullopt);
}

void PathHistory::keep(const PathReading& path) {
    m_readings.push_back(std::make_shared<const PathReading>(path));
    // One reading leaves the fine part at each step: it stays only if it is the first one of a coarse step.
    while (m_thinned < m_readings.size() && m_readings[m_thinned]->at < path.at - kFineReadings) {
        if (m_thinned > 0 &&
            stepAt(m_readings[m_thinned]->at, kCoarseStep) == stepAt(m_readings[m_thinned - 1]->at, kCoarseStep)) {
            m_readings.erase(m_readings.begin() + static_cast<std::ptrdiff_t>(m_thinned));
        } else {
            ++m_thinned;
        }
    }
    while (m_readings.front()->at < path.at - kKept) {
        m_readings.pop_front();
        m_thinned -= m_thinned > 0 ? 1 : 0;
    }
}

std::shared_ptr<const PathReading> PathHistory::readingAt(SteadyTime at) const {
    const auto after = std::ranges::upper_bound(m_readings, at, {}, [](const auto& reading) { return reading->at; });
    return after != m_readings.begin() ? *std::prev(after) : nullptr;
}

void PathHistory::append(const PathReading& path) {
    keep(path);
    const auto at = path.at;
    put(PathLine::Requests, at, path.requestsPerSecond);
    put(PathLine::ErrorShare, at, path.errorShare);
    put(PathLine::P50, at, path.p50);
    put(PathLine::P95, at, path.p95);
    put(PathLine::P99, at, path.p99);
    put(PathLine::P999, at, path.p999);
    const bool live = path.p99.live();
    put(PathLine::RecentP50, at, live ? path.recentP50 : std::nullopt);
    put(PathLine::RecentP95, at, live ? path.recentP95 : std::nullopt);
    put(PathLine::RecentP99, at, live ? path.recentP99 : std::nullopt);
    put(PathLine::HitRatio, at, path.hitRatio);
    put(PathLine::WorstLag, at, path.worstLagSeconds);
    put(PathLine::WalBytes, at, path.walBytesPerSecond);
    put(PathLine::PoolInUse, at, path.poolInUse);
    put(PathLine::PoolWaiting, at, path.poolWaiting);
    put(PathLine::BouncerWaiting, at, path.bouncerWaiting);
    put(PathLine::LockWaits, at, path.lockWaits);
    put(PathLine::ProxyQueue, at, path.proxyQueue);
    put(PathLine::Evictions, at, path.evictionsPerSecond);
    put(PathLine::Deadlocks, at, path.deadlocks);
}

std::optional<double> PathHistory::median(PathLine which, SteadyTime from, SteadyTime to, std::size_t least) const {
    auto samples = line(which).samples(from, to);
    if (samples.size() < std::max<std::size_t>(least, 1)) {
        return std::nullopt;
    }
    const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
    std::ranges::nth_element(samples, middle, {}, &Sample::value);
    return middle->value;
}

} // namespace binnacle
