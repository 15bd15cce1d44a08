// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/series.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace binnacle {

Series::Series()
    : Series(Bounds{}) {}

Series::Series(Bounds bounds)
    : m_bounds(bounds) {}

void Series::append(SteadyTime at, double value) {
    if (!std::isfinite(value)) {
        appendGap(at);
        return;
    }
    if (!m_raw.empty() && at <= m_raw.back().at) {
        return;
    }
    m_raw.push_back({at, value});
    bound();
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
    m_raw.push_back({at, std::numeric_limits<double>::quiet_NaN()});
    bound();
}

void Series::bound() {
    while (m_raw.size() > m_bounds.rawCapacity) {
        foldOldest();
    }
}

void Series::foldOldest() {
    const Point point = m_raw.front();
    m_raw.pop_front();
    if (std::isnan(point.value)) {
        m_foldGap = true;
        return;
    }
    if (m_folds.empty() || m_foldGap || point.at - m_folds.back().from >= m_bounds.foldSpan) {
        m_folds.push_back({point.at, point.at, point.value, point.value, point.value, point.value, m_foldGap});
        m_foldGap = false;
    } else {
        auto& fold = m_folds.back();
        fold.to = point.at;
        fold.min = std::min(fold.min, point.value);
        fold.max = std::max(fold.max, point.value);
        fold.last = point.value;
    }
    if (m_folds.size() > m_bounds.foldedCapacity) {
        m_folds.pop_front();
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
    if (at < fold.to) {
        return Sample{fold.from, fold.first};
    }
    // Where in the space behind the fold its gap began is no longer known.
    const bool gapBehind = next != m_folds.end() ? next->gapBefore : m_foldGap;
    return gapBehind && at > fold.to ? std::nullopt : std::optional(Sample{fold.to, fold.last});
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
        if (fold.to >= from && fold.from < to) {
            touch(std::max(fold.from, from), fold.min, fold.max, fold.first, fold.last);
        }
    }
    gap = gap || m_foldGap;
    for (auto it = std::ranges::lower_bound(m_raw, from, {}, &Point::at); it != m_raw.end() && it->at < to; ++it) {
        if (std::isnan(it->value)) {
            gap = true;
        } else {
            touch(it->at, it->value, it->value, it->value, it->value);
        }
    }
    return out;
}

std::optional<std::pair<double, double>> Series::range(SteadyTime from, SteadyTime to) const {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const auto& fold : m_folds) {
        if (fold.to >= from && fold.from <= to) {
            low = std::min(low, fold.min);
            high = std::max(high, fold.max);
        }
    }
    for (auto it = std::ranges::lower_bound(m_raw, from, {}, &Point::at); it != m_raw.end() && it->at <= to; ++it) {
        if (!std::isnan(it->value)) {
            low = std::min(low, it->value);
            high = std::max(high, it->value);
        }
    }
    return low <= high ? std::optional(std::pair(low, high)) : std::nullopt;
}

std::vector<Sample> Series::samples(SteadyTime from, SteadyTime to) const {
    std::vector<Sample> out;
    for (auto it = std::ranges::lower_bound(m_raw, from, {}, &Point::at); it != m_raw.end() && it->at <= to; ++it) {
        if (!std::isnan(it->value)) {
            const auto since = it == m_raw.begin() ? std::nullopt : std::optional(std::prev(it)->at);
            out.push_back({it->at, it->value, since});
        }
    }
    return out;
}

} // namespace binnacle
