// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/coding/histogram_coding.h"

#include <algorithm>

namespace binnacle {

namespace {

constexpr std::uint64_t kMostInCell = std::uint64_t{1} << 53U; // beyond any count; keeps sums far from overflow
constexpr std::size_t kOwnCost = 32;

bool onlyGrew(const LatencyHistogram& before, const LatencyHistogram& value) {
    if (before.count() > value.count() || before.sumNs() > value.sumNs() || before.below() > value.below() ||
        before.above() > value.above()) {
        return false;
    }
    const auto [first, last] = before.usedRange();
    for (auto i = first; i < last; ++i) {
        if (before.cell(i) > value.cell(i)) {
            return false;
        }
    }
    return true;
}

} // namespace

void writeHistogram(ByteWriter& out, const LatencyHistogram& before, const LatencyHistogram& value) {
    const LatencyHistogram nothing;
    const bool grew = onlyGrew(before, value);
    const auto& base = grew ? before : nothing;
    std::vector<std::pair<std::size_t, std::uint64_t>> gained;
    const auto note = [&](std::size_t index) {
        if (const auto more = value.cell(index) - base.cell(index)) {
            gained.emplace_back(index, more);
        }
    };
    const auto [first, last] = value.usedRange();
    for (auto i = first; i < last; ++i) {
        note(i);
    }
    note(LatencyHistogram::kBelowIndex);
    note(LatencyHistogram::kAboveIndex);
    out.number((gained.size() << 1U) | (grew ? 0U : 1U));
    std::size_t next = 0;
    for (const auto& [index, more] : gained) {
        out.number(index - next);
        out.number(more);
        next = index + 1;
    }
    out.number(value.sumNs() - base.sumNs());
}

std::optional<LatencyHistogram> readHistogram(ByteReader& in, const LatencyHistogram& before) {
    const auto tag = in.number(2 * LatencyHistogram::kCellCount + 1);
    LatencyHistogram out = (tag & 1U) == 0 ? before : LatencyHistogram();
    std::size_t index = 0;
    for (auto left = tag >> 1U; left > 0 && !in.failed(); --left) {
        index += static_cast<std::size_t>(in.number(LatencyHistogram::kCellCount));
        if (!out.addToCell(index, in.number(kMostInCell)) || out.count() > 2 * kMostInCell) {
            in.fail();
        }
        ++index;
    }
    out.addToSum(in.number());
    return in.failed() ? std::nullopt : std::optional(std::move(out));
}

std::size_t histogramCost(const LatencyHistogram& histogram) {
    const auto [first, last] = histogram.usedRange();
    return last - first + kOwnCost;
}

} // namespace binnacle
