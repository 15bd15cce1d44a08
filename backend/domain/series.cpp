// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/series.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace binnacle {

namespace {
constexpr std::uint32_t kLongestFoldUs = 0x7fff'ffff; // half an hour
constexpr std::chrono::microseconds kFoldGrain{1};
} // namespace

Series::Series()
    : Series(Bounds{}) {}

Series::Series(Bounds bounds)
    : m_bounds(bounds) {
    assert(bounds.rawCapacity > 0 && bounds.foldedCapacity > 0);
    assert(bounds.foldSpan <= std::chrono::microseconds(kLongestFoldUs));
}

void Series::append(SteadyTime at, double value) {
    if (!std::isfinite(value)) {
        appendGap(at);
        return;
    }
    if (!m_raw.empty() && at <= m_raw.back().at) {
        return;
    }
    push({at, value});
}

void Series::appendGap(SteadyTime at) {
    if (m_raw.empty() || at <= m_raw.back().at) {
        return;
    }
    // A gap keeps its beginning and its last reading, from where the next rate is measured.
    if (m_raw.size() > 1 && std::isnan(m_raw.back().value) && std::isnan(m_raw[m_raw.size() - 2].value)) {
        m_raw.back().at = at;
        return;
    }
    push({at, std::numeric_limits<double>::quiet_NaN()});
}

void Series::Run::add(const Run& next) {
    if (!next.any) {
        (any ? gapLast : gapFirst) |= next.gapFirst;
        return;
    }
    if (!any) {
        const bool gap = gapFirst || next.gapFirst;
        *this = next;
        gapFirst = gap;
        return;
    }
    min = std::min(min, next.min);
    max = std::max(max, next.max);
    last = next.last;
    gapLast = next.gapLast; // gaps between its samples are inside of it
}

Series::Run Series::runOf(const Point& point) {
    Run run;
    if (std::isnan(point.value)) {
        run.gapFirst = true;
    } else {
        run.min = run.max = run.first = run.last = point.value;
        run.any = true;
    }
    return run;
}

Series::Run Series::run(std::size_t from, std::size_t to) const {
    Run out;
    const auto firstBlock = m_dropped / kBlock;
    for (auto i = from; i < to;) {
        const auto at = m_dropped + i;
        const auto block = at / kBlock - firstBlock;
        if (at % kBlock == 0 && i + kBlock <= to && block < m_blocks.size()) {
            out.add(m_blocks[block]);
            i += kBlock;
        } else {
            out.add(runOf(m_raw[i]));
            ++i;
        }
    }
    return out;
}

template <typename T>
void Series::add(Ring<T>& ring, const T& value, std::size_t most) {
    constexpr std::size_t kLeast = 16;
    if (ring.full()) {
        ring.set_capacity(std::min(most, ring.capacity() + std::max(kLeast, ring.capacity() / 2)));
    }
    ring.push_back(value);
}

void Series::push(const Point& point) {
    if (m_raw.size() >= m_bounds.rawCapacity) {
        foldOldest();
    }
    add(m_raw, point, m_bounds.rawCapacity);
    if (summarised() && (m_dropped + m_raw.size()) % kBlock == 0) {
        Run block;
        for (auto i = m_raw.size() - kBlock; i < m_raw.size(); ++i) {
            block.add(runOf(m_raw[i]));
        }
        add(m_blocks, block, m_bounds.rawCapacity / kBlock + 1);
    }
}

void Series::foldOldest() {
    const Point point = m_raw.front();
    m_raw.pop_front();
    if (++m_dropped % kBlock == 0 && !m_blocks.empty()) {
        m_blocks.pop_front();
    }
    if (std::isnan(point.value)) {
        m_foldGap = true;
        return;
    }
    const auto value = static_cast<float>(point.value);
    if (m_folds.empty() || m_foldGap || point.at - m_folds.back().from >= m_bounds.foldSpan) {
        // The oldest gives way where the bound is reached.
        add(m_folds, Fold{point.at, value, value, value, value, 0, m_foldGap}, m_bounds.foldedCapacity);
        m_foldGap = false;
    } else {
        auto& fold = m_folds.back();
        fold.spanUs =
            static_cast<std::uint32_t>(std::chrono::floor<std::chrono::microseconds>(point.at - fold.from).count()) &
            kLongestFoldUs;
        fold.min = std::min(fold.min, value);
        fold.max = std::max(fold.max, value);
        fold.last = value;
    }
}

std::optional<SteadyTime> Series::firstAt() const {
    if (!m_folds.empty()) {
        return m_folds.front().from;
    }
    const auto first = std::ranges::find_if(m_raw, [](const Point& point) { return !std::isnan(point.value); });
    return first != m_raw.end() ? std::optional(first->at) : std::nullopt;
}

std::optional<Sample> Series::last() const {
    for (auto it = m_raw.rbegin(); it != m_raw.rend(); ++it) {
        if (!std::isnan(it->value)) {
            return Sample{it->at, it->value};
        }
    }
    return std::nullopt;
}

std::optional<Sample> Series::at(SteadyTime at) const {
    auto it = std::ranges::upper_bound(m_raw, at, {}, &Point::at);
    if (it != m_raw.begin()) {
        --it;
        return std::isnan(it->value) ? std::nullopt : std::optional(Sample{it->at, it->value});
    }
    const auto next = std::ranges::upper_bound(m_folds, at, {}, &Fold::from);
    if (next == m_folds.begin()) {
        return std::nullopt;
    }
    const auto& fold = *std::prev(next);
    if (at < fold.to()) {
        return Sample{fold.from, fold.first};
    }
    // Where in the space behind the fold its gap began is no longer known.
    const bool gapBehind = next != m_folds.end() ? next->gapBefore : m_foldGap;
    return gapBehind && at > fold.to() + kFoldGrain ? std::nullopt : std::optional(Sample{fold.to(), fold.last});
}

std::vector<SeriesColumn> Series::columns(SteadyTime from, SteadyTime to, std::size_t count) const {
    std::vector<SeriesColumn> out(count);
    if (count == 0 || to <= from) {
        return out;
    }
    const double scale = static_cast<double>(count) / static_cast<double>((to - from).count());
    const auto columnOf = [&](SteadyTime at) {
        const auto index = static_cast<std::size_t>(static_cast<double>((at - from).count()) * scale);
        return std::min(index, count - 1);
    };
    bool gap = false;
    const auto touch = [&](SteadyTime at, double low, double high, double first, double last) {
        auto& column = out[columnOf(at)];
        if (!column.present) {
            column = {low, high, first, last, true, gap};
        } else {
            column.min = std::min(column.min, low);
            column.max = std::max(column.max, high);
            column.last = last;
        }
        gap = false;
    };
    for (const auto& fold : m_folds) {
        gap = gap || fold.gapBefore;
        if (fold.to() >= from && fold.from < to) {
            touch(std::max(fold.from, from), fold.min, fold.max, fold.first, fold.last);
        }
    }
    gap = gap || m_foldGap;
    const auto first = std::ranges::lower_bound(m_raw, from, {}, &Point::at);
    const auto end = std::ranges::lower_bound(first, m_raw.end(), to, {}, &Point::at);
    const auto walk = [&](auto it, auto until) {
        for (; it != until; ++it) {
            if (std::isnan(it->value)) {
                gap = true;
            } else {
                touch(it->at, it->value, it->value, it->value, it->value);
            }
        }
    };
    if (!summarised() || static_cast<std::size_t>(end - first) < 4 * kBlock * count) {
        walk(first, end);
        return out;
    }
    for (auto it = first; it != end;) {
        const auto column = columnOf(it->at);
        const auto next =
            std::partition_point(it, end, [&](const Point& point) { return columnOf(point.at) <= column; });
        const auto all =
            run(static_cast<std::size_t>(it - m_raw.begin()), static_cast<std::size_t>(next - m_raw.begin()));
        gap = gap || all.gapFirst;
        if (all.any) {
            touch(it->at, all.min, all.max, all.first, all.last);
            gap = all.gapLast;
        }
        it = next;
    }
    return out;
}

std::optional<std::pair<double, double>> Series::range(SteadyTime from, SteadyTime to) const {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const auto& fold : m_folds) {
        if (fold.to() >= from && fold.from <= to) {
            low = std::min<double>(low, fold.min);
            high = std::max<double>(high, fold.max);
        }
    }
    const auto first = std::ranges::lower_bound(m_raw, from, {}, &Point::at);
    const auto end = std::ranges::upper_bound(first, m_raw.end(), to, {}, &Point::at);
    const auto all =
        run(static_cast<std::size_t>(first - m_raw.begin()), static_cast<std::size_t>(end - m_raw.begin()));
    if (all.any) {
        low = std::min(low, all.min);
        high = std::max(high, all.max);
    }
    return low <= high ? std::optional(std::pair(low, high)) : std::nullopt;
}

std::vector<Sample> Series::samples(SteadyTime from, SteadyTime to) const {
    std::vector<Sample> out;
    forEachSample(from, to, [&out](const Sample& sample) { out.push_back(sample); });
    return out;
}

std::size_t Series::firstFrom(SteadyTime from) const {
    constexpr std::size_t kFew = 32; // a few seconds that end now are what is asked for most
    auto i = m_raw.size();
    const auto few = i > kFew ? i - kFew : 0;
    while (i > few && m_raw[i - 1].at >= from) {
        --i;
    }
    if (i > few || i == 0) {
        return i;
    }
    const auto end = m_raw.begin() + static_cast<std::ptrdiff_t>(i);
    return static_cast<std::size_t>(std::ranges::lower_bound(m_raw.begin(), end, from, {}, &Point::at) - m_raw.begin());
}

} // namespace binnacle
