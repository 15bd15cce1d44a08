// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/latency_histogram.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace binnacle {

std::int64_t LatencyHistogram::bucketLowNs(std::size_t index) {
    assert(index <= kBucketCount);
    const auto octave = index >> kSubBucketBits;
    const auto sub = index & ((1U << kSubBucketBits) - 1);
    const auto base = std::int64_t{1} << (static_cast<int>(octave) + kLowestExponent);
    return base + static_cast<std::int64_t>(sub) * (base >> kSubBucketBits);
}

std::int64_t LatencyHistogram::bucketHighNs(std::size_t index) {
    return bucketLowNs(index + 1);
}

void LatencyHistogram::cover(std::size_t index) {
    constexpr std::size_t grain = 32; // grow by half an octave, so that neighbours rarely move memory again
    const std::size_t from = index / grain * grain;
    const std::size_t to = std::min(kBucketCount, from + grain);
    if (m_cells.empty()) {
        m_first = from;
        m_cells.assign(to - from, 0);
        return;
    }
    if (from < m_first) {
        m_cells.insert(m_cells.begin(), m_first - from, 0);
        m_first = from;
    }
    if (to > m_first + m_cells.size()) {
        m_cells.resize(to - m_first, 0);
    }
}

bool LatencyHistogram::addToCell(std::size_t index, std::uint64_t count) {
    if (index >= kCellCount) {
        return false;
    }
    if (count == 0) {
        return true;
    }
    if (index == kBelowIndex) {
        m_below += count;
    } else if (index == kAboveIndex) {
        m_above += count;
    } else {
        if (m_cells.empty() || index < m_first || index >= m_first + m_cells.size()) {
            cover(index);
        }
        m_cells[index - m_first] += count;
    }
    m_count += count;
    return true;
}

void LatencyHistogram::addCells(std::span<const std::pair<std::uint16_t, std::uint32_t>> cells) {
    while (!cells.empty() && cells.back().first >= kBucketCount) {
        addToCell(cells.back().first, cells.back().second);
        cells = cells.first(cells.size() - 1);
    }
    if (cells.empty()) {
        return;
    }
    const std::size_t first = cells.front().first;
    const std::size_t last = cells.back().first;
    if (m_cells.empty() || first < m_first) {
        cover(first);
    }
    if (last >= m_first + m_cells.size()) {
        cover(last);
    }
    auto* const at = m_cells.data();
    for (const auto& [index, count] : cells) {
        at[index - m_first] += count;
        m_count += count;
    }
}

void LatencyHistogram::recordMany(std::int64_t ns, std::uint64_t count) {
    addToCell(bucketIndex(ns), count);
    if (ns > 0) {
        m_sumNs += static_cast<std::uint64_t>(ns) * count;
    }
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < other.m_cells.size(); ++i) {
        addToCell(other.m_first + i, other.m_cells[i]);
    }
    addToCell(kBelowIndex, other.m_below);
    addToCell(kAboveIndex, other.m_above);
    m_sumNs += other.m_sumNs;
}

std::uint64_t LatencyHistogram::cell(std::size_t index) const {
    if (index == kBelowIndex) {
        return m_below;
    }
    if (index == kAboveIndex) {
        return m_above;
    }
    return index >= m_first && index < m_first + m_cells.size() ? m_cells[index - m_first] : 0;
}

std::optional<LatencyHistogram> LatencyHistogram::since(const LatencyHistogram& earlier) const {
    if (earlier.m_count > m_count || earlier.m_below > m_below || earlier.m_above > m_above ||
        earlier.m_sumNs > m_sumNs) {
        return std::nullopt;
    }
    const auto in = [](const LatencyHistogram& histogram, std::size_t bucket) {
        const auto i = bucket - histogram.m_first; // wraps around below it
        return i < histogram.m_cells.size() ? histogram.m_cells[i] : 0;
    };
    for (std::size_t i = 0; i < earlier.m_cells.size(); ++i) {
        if (earlier.m_cells[i] > in(*this, earlier.m_first + i)) {
            return std::nullopt;
        }
    }
    LatencyHistogram delta;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (const auto more = m_cells[i] - in(earlier, m_first + i); more > 0) {
            delta.addToCell(m_first + i, more);
        }
    }
    delta.addToCell(kBelowIndex, m_below - earlier.m_below);
    delta.addToCell(kAboveIndex, m_above - earlier.m_above);
    delta.m_sumNs = m_sumNs - earlier.m_sumNs;
    return delta;
}

std::optional<double> LatencyHistogram::meanSeconds() const {
    if (m_count == 0) {
        return std::nullopt;
    }
    return static_cast<double>(m_sumNs) / static_cast<double>(m_count) * 1e-9;
}

std::optional<double> LatencyHistogram::quantile(double q) const {
    assert(q > 0 && q <= 1);
    if (m_count == 0) {
        return std::nullopt;
    }
    const auto rank =
        std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(m_count))));
    if (rank <= m_below) {
        return static_cast<double>(bucketLowNs(0)) * 1e-9;
    }
    std::uint64_t seen = m_below;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        seen += m_cells[i];
        if (seen >= rank) {
            const auto index = m_first + i;
            return static_cast<double>(bucketLowNs(index) + bucketHighNs(index)) / 2 * 1e-9;
        }
    }
    return static_cast<double>(bucketLowNs(kBucketCount)) * 1e-9;
}

std::optional<double> LatencyHistogram::supportedQuantile(double q) const {
    return static_cast<double>(m_count) * (1 - q) < 1 - 1e-9 ? std::nullopt : quantile(q);
}

std::uint64_t LatencyHistogram::countBetween(std::int64_t lowNs, std::int64_t highNs) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const auto index = m_first + i;
        const auto middle = (bucketLowNs(index) + bucketHighNs(index)) / 2;
        if (middle >= lowNs && middle < highNs) {
            sum += m_cells[i];
        }
    }
    return sum;
}

std::uint64_t LatencyHistogram::countFrom(std::int64_t ns) const {
    auto first = bucketIndex(ns);
    if (first == kBelowIndex) {
        return m_count;
    }
    if (first < kBucketCount && (bucketLowNs(first) + bucketHighNs(first)) / 2 < ns) {
        ++first;
    }
    std::uint64_t sum = m_above;
    for (auto index = std::max(first, m_first); index < m_first + m_cells.size(); ++index) {
        sum += m_cells[index - m_first];
    }
    return sum;
}

std::pair<std::size_t, std::size_t> LatencyHistogram::usedRange() const {
    std::size_t first = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (m_cells[i] != 0) {
            if (last == 0) {
                first = m_first + i;
            }
            last = m_first + i + 1;
        }
    }
    return {first, last};
}

bool operator==(const LatencyHistogram& a, const LatencyHistogram& b) {
    if (a.m_count != b.m_count || a.m_below != b.m_below || a.m_above != b.m_above || a.m_sumNs != b.m_sumNs) {
        return false;
    }
    const auto range = a.usedRange();
    if (range != b.usedRange()) {
        return false;
    }
    for (auto i = range.first; i < range.second; ++i) {
        if (a.cell(i) != b.cell(i)) {
            return false;
        }
    }
    return true;
}

} // namespace binnacle
