// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/latency_log.h"

#include <algorithm>
#include <limits>

namespace binnacle {

namespace {
bool isProbe(const Labels& labels) {
    return labels.get("route").starts_with("GET /healthz");
}
} // namespace

bool LatencySelector::matches(const Labels& labels) const {
    const auto agrees = [&](const std::string& wanted, std::string_view name) {
        return wanted.empty() || labels.get(name) == wanted;
    };
    if (route.empty() && isProbe(labels)) {
        return false;
    }
    return agrees(route, "route") && agrees(instance, "instance") && agrees(role, "role") &&
           agrees(version, "version") && agrees(statusClass, "status_class");
}

SteadyTime LatencyLog::slotStart(SteadyTime at, std::chrono::seconds step) {
    const auto since = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch());
    const auto into = since % step; // negative before the machine's start: a recording is older than that
    return SteadyTime(since - into - (into.count() < 0 ? step : std::chrono::seconds(0)));
}

void LatencyLog::Cells::add(const LatencyHistogram& histogram) {
    sumNs += histogram.sumNs();
    const auto put = [this](std::size_t index, std::uint64_t count) {
        const auto key = static_cast<std::uint16_t>(index);
        const auto it = std::ranges::lower_bound(cells, key, {}, &std::pair<std::uint16_t, std::uint32_t>::first);
        const auto capped =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
        if (it != cells.end() && it->first == key) {
            it->second += capped;
        } else {
            cells.emplace(it, key, capped);
        }
        total += capped;
        if (index != LatencyHistogram::kBelowIndex) {
            highest = std::max(highest, key);
        }
    };
    const auto [first, last] = histogram.usedRange();
    for (auto index = first; index < last; ++index) {
        if (const auto count = histogram.cell(index)) {
            put(index, count);
        }
    }
    for (const auto index : {LatencyHistogram::kBelowIndex, LatencyHistogram::kAboveIndex}) {
        if (const auto count = histogram.cell(index)) {
            put(index, count);
        }
    }
}

void LatencyLog::Cells::add(const Cells& other) {
    LatencyHistogram histogram;
    other.addTo(histogram);
    add(histogram);
}

void LatencyLog::Cells::addTo(LatencyHistogram& histogram) const {
    histogram.addCells(cells);
    histogram.addToSum(sumNs);
}

std::pair<std::uint64_t, std::uint64_t> LatencyLog::Cells::countsFrom(std::size_t index) const {
    std::uint64_t slow = 0;
    if (highest >= index) {
        const auto limit = std::ranges::lower_bound(cells, index, {}, &std::pair<std::uint16_t, std::uint32_t>::first);
        for (auto it = limit; it != cells.end(); ++it) { // few, and among them, at the end, what lay below the range
            slow += it->first == LatencyHistogram::kBelowIndex ? 0 : it->second;
        }
    }
    return {total, slow};
}

bool LatencyLog::add(const Labels& labels, SteadyTime at, const LatencyHistogram& recorded) {
    if (recorded.empty()) {
        return true;
    }
    auto it = m_runs.find(labels);
    if (it == m_runs.end()) {
        if (m_runs.size() >= kMaxSeries) {
            return false;
        }
        it = m_runs.emplace(labels, Run{}).first;
    }
    auto& run = it->second;
    const auto from = slotStart(at);
    if (run.empty() || run.back().from < from) {
        run.push_back({from, kSlot, 0, 0, 0, {}});
    }
    run.back().add(recorded);
    if (!isProbe(labels)) {
        slotOfAll(run.back().from).add(recorded);
    }
    return true;
}

/// The slot of m_all that holds `from`: nearly always its last. Where a series that fell silent keeps its last slot as
/// it was, m_all has folded it: of what is older than kFine, the two agree to a fold.
LatencyLog::Cells& LatencyLog::slotOfAll(SteadyTime from) {
    const auto next = std::ranges::upper_bound(m_all, from, {}, &Cells::from);
    if (next != m_all.begin() && from < std::prev(next)->from + std::prev(next)->span) {
        return *std::prev(next);
    }
    return *m_all.insert(next, {from, kSlot, 0, 0, 0, {}});
}

void LatencyLog::expire(SteadyTime now) {
    expire(m_all, now);
    for (auto it = m_runs.begin(); it != m_runs.end();) {
        expire(it->second, now);
        it = it->second.empty() ? m_runs.erase(it) : std::next(it);
    }
}

void LatencyLog::expire(Run& run, SteadyTime now) {
    while (!run.empty() && run.front().from < now - kKept) {
        run.pop_front();
    }
    // Fold in place: slots older than kFine that share a fold become one.
    for (std::size_t i = 0; i + 1 < run.size() && run[i].from < now - kFine;) {
        const auto fold = slotStart(run[i].from, kFold);
        run[i].span = kFold;
        if (run[i + 1].from < fold + kFold && run[i + 1].from < now - kFine) {
            run[i].from = fold;
            run[i].add(run[i + 1]);
            run.erase(run.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        } else {
            run[i].from = fold;
            ++i;
        }
    }
}

template <typename Visit>
void LatencyLog::forEach(const LatencySelector& selector, SteadyTime from, SteadyTime to, Visit visit) const {
    const auto walk = [&](const Run& run) {
        for (auto it = std::ranges::lower_bound(run, from, {}, &Cells::from); it != run.end() && it->from < to; ++it) {
            visit(*it);
        }
    };
    if (selector == LatencySelector{}) {
        walk(m_all);
        return;
    }
    for (const auto& [labels, run] : m_runs) {
        if (selector.matches(labels)) {
            walk(run);
        }
    }
}

LatencyHistogram LatencyLog::merged(const LatencySelector& selector, SteadyTime from, SteadyTime to) const {
    LatencyHistogram out;
    forEach(selector, from, to, [&](const Cells& cells) { cells.addTo(out); });
    return out;
}

std::vector<LatencySlot> LatencyLog::slots(const LatencySelector& selector, SteadyTime from, SteadyTime to,
                                           std::chrono::seconds step) const {
    const auto first = slotStart(from, step);
    std::vector<LatencySlot> out;
    for (auto at = first; at < to; at += step) {
        out.push_back({at, step, {}});
    }
    forEach(selector, first, to, [&](const Cells& cells) {
        const auto index = static_cast<std::size_t>((cells.from - first) / step);
        if (index < out.size()) {
            cells.addTo(out[index].histogram);
        }
    });
    return out;
}

namespace {

/// The first bucket whose middle is not before `limitNs`.
std::size_t firstBucketFrom(std::int64_t limitNs) {
    const auto index = LatencyHistogram::bucketIndex(limitNs);
    if (index == LatencyHistogram::kBelowIndex) {
        return 0;
    }
    const auto middle = [](std::size_t bucket) {
        return (LatencyHistogram::bucketLowNs(bucket) + LatencyHistogram::bucketHighNs(bucket)) / 2;
    };
    return index < LatencyHistogram::kBucketCount && middle(index) < limitNs ? index + 1 : index;
}

} // namespace

std::vector<SlowSlot> LatencyLog::slowSlots(const LatencySelector& selector, SteadyTime from, SteadyTime to,
                                            std::int64_t limitNs, std::chrono::seconds step) const {
    const auto limit = firstBucketFrom(limitNs);
    const auto first = slotStart(from, step);
    std::vector<SlowSlot> out;
    for (auto at = first; at < to; at += step) {
        out.push_back({at, 0, 0});
    }
    forEach(selector, first, to, [&](const Cells& cells) {
        const auto index = static_cast<std::size_t>((cells.from - first) / step);
        if (index < out.size()) {
            const auto [total, slow] = cells.countsFrom(limit);
            out[index].total += total;
            out[index].slow += slow;
        }
    });
    return out;
}

std::vector<SlowSeries> LatencyLog::slowSeries(const LatencySelector& selector, SteadyTime from, SteadyTime to,
                                               std::int64_t limitNs) const {
    const auto limit = firstBucketFrom(limitNs);
    std::vector<SlowSeries> out;
    for (const auto& [labels, run] : m_runs) {
        if (!selector.matches(labels)) {
            continue;
        }
        SlowSeries series{labels, 0, 0};
        for (auto it = std::ranges::lower_bound(run, from, {}, &Cells::from); it != run.end() && it->from < to; ++it) {
            const auto [total, slow] = it->countsFrom(limit);
            series.total += total;
            series.slow += slow;
        }
        if (series.total > 0) {
            out.push_back(std::move(series));
        }
    }
    return out;
}

std::map<std::string, RouteLatency> LatencyLog::byRoute(const LatencySelector& selector, SteadyTime from,
                                                        SteadyTime to) const {
    std::map<std::string, RouteLatency> out;
    for (const auto& [labels, run] : m_runs) {
        const auto route = labels.get("route");
        if (route.empty() || !selector.matches(labels)) {
            continue;
        }
        auto& latency = out[std::string(route)];
        const auto before = latency.histogram.count();
        for (auto it = std::ranges::lower_bound(run, from, {}, &Cells::from); it != run.end() && it->from < to; ++it) {
            it->addTo(latency.histogram);
        }
        if (labels.get("status_class") == "5xx") {
            latency.failed += latency.histogram.count() - before;
        }
    }
    return out;
}

std::vector<Labels> LatencyLog::series() const {
    std::vector<Labels> out;
    out.reserve(m_runs.size());
    for (const auto& [labels, run] : m_runs) {
        out.push_back(labels);
    }
    return out;
}

} // namespace binnacle
