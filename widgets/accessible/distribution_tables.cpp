// SPDX-License-Identifier: GPL-3.0-or-later
// What pictures of distributions say to who can't see them.
#include "widgets/bucket_histogram.h"
#include "widgets/heatmap_view.h"
#include "widgets/latency_histogram_view.h"

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {

QString fromTo(double low, double high) {
    const auto from = numberText(low, Quantity::Duration);
    const auto to = numberText(high, Quantity::Duration);
    return (from.unit == to.unit ? from.value : from.joined()) + QStringLiteral(" \u2013 ") + to.joined();
}

ChartCell shareCell(std::uint64_t count, std::uint64_t total) {
    return total == 0 ? numberCell(std::nullopt, Quantity::Share)
                      : numberCell(static_cast<double>(count) / static_cast<double>(total), Quantity::Share);
}

} // namespace

ChartTable LatencyHistogramView::table() const {
    ChartTable out;
    out.note = m_status.hasValue() ? countsText() : stateWord(m_status.state);
    out.summary = spokenValue();
    const bool two = m_shown.second.has_value();
    out.columns = {{tr("Took"), {}}, {m_firstName, {}}, {tr("%1, share").arg(m_firstName), {}}};
    if (two) {
        out.columns.push_back({m_secondName, {}});
        out.columns.push_back({tr("%1, share").arg(m_secondName), {}});
    }
    if (!m_status.hasValue()) {
        return out;
    }
    const auto row = [&](const QString& name, std::uint64_t first, std::uint64_t second) {
        std::vector<ChartCell> cells{textCell(name), countCell(static_cast<double>(first)),
                                     shareCell(first, m_shown.first.total)};
        if (two) {
            cells.push_back(countCell(static_cast<double>(second)));
            cells.push_back(shareCell(second, m_shown.second->total));
        }
        out.rows.push_back(std::move(cells));
    };
    const auto& bars = m_shown.first.bars;
    const auto secondAt = [&](std::size_t bar) {
        return two && bar < m_shown.second->bars.size() ? m_shown.second->bars[bar] : 0;
    };
    // Nothing at the ends needs no rows.
    std::size_t begin = 0;
    std::size_t end = bars.size();
    const auto empty = [&](std::size_t bar) { return bars[bar] == 0 && secondAt(bar) == 0; };
    while (begin < end && empty(begin)) {
        ++begin;
    }
    while (end > begin && empty(end - 1)) {
        --end;
    }
    const auto below = two ? m_shown.second->below : 0;
    if (m_shown.first.below > 0 || below > 0) {
        row(tr("below %1").arg(numberText(m_low, Quantity::Duration).joined()), m_shown.first.below, below);
    }
    // Two rows are kept for what lies outside.
    const auto per = static_cast<std::size_t>(perRow(end - begin + 2));
    for (std::size_t bar = begin; bar < end; bar += per) {
        const auto last = std::min(bar + per, end);
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        for (std::size_t i = bar; i < last; ++i) {
            first += bars[i];
            second += secondAt(i);
        }
        row(fromTo(edgeSeconds(static_cast<int>(bar)), edgeSeconds(static_cast<int>(last))), first, second);
    }
    const auto above = two ? m_shown.second->above : 0;
    if (m_shown.first.above > 0 || above > 0) {
        row(tr("above %1").arg(numberText(m_high, Quantity::Duration).joined()), m_shown.first.above, above);
    }
    return out;
}

ChartTable BucketHistogram::table() const {
    ChartTable out;
    out.summary = spokenValue();
    out.columns = {{tr("Took"), {}}, {m_unit, {}}, {tr("Share"), {}}};
    if (!m_status.hasValue()) {
        return out;
    }
    const auto per = static_cast<std::size_t>(perRow(m_buckets.size()));
    for (std::size_t begin = 0; begin < m_buckets.size(); begin += per) {
        const auto end = std::min(begin + per, m_buckets.size());
        std::uint64_t count = 0;
        for (std::size_t i = begin; i < end; ++i) {
            count += m_buckets[i].count;
        }
        out.rows.push_back({textCell(fromTo(m_buckets[begin].from, m_buckets[end - 1].upto)),
                            countCell(static_cast<double>(count)), shareCell(count, m_total)});
    }
    return out;
}

ChartTable HeatmapView::table() const {
    // As many bands as a reader can hold in mind, each of several cells of the picture.
    constexpr int kBands = 10;
    constexpr int kCells = kBuckets / kBands;
    ChartTable out;
    out.summary = spokenValue();
    const auto edge = [&](int cell) { return m_low * std::pow(m_high / m_low, static_cast<double>(cell) / kBuckets); };
    out.columns = {{tr("Time"), {}},
                   {tr("Requests"), {}},
                   {tr("below %1").arg(numberText(m_low, Quantity::Duration).joined()), {}}};
    for (int band = 0; band < kBands; ++band) {
        out.columns.push_back({fromTo(edge(band * kCells), edge((band + 1) * kCells)), {}});
    }
    out.columns.push_back({tr("above %1").arg(numberText(m_high, Quantity::Duration).joined()), {}});
    if (!context() || m_columns.empty()) {
        return out;
    }
    const auto first = std::max(m_shown.firstIndex, m_columns.front().index);
    const auto last = std::min(m_shown.lastIndex, m_columns.back().index);
    if (last < first) {
        return out;
    }
    const std::int64_t per = perRow(static_cast<std::size_t>(last - first + 1));
    for (auto to = last; to >= first;) {
        const auto from = std::max(first, multipleBelow(to, per));
        std::array<std::uint64_t, kRows> counts{};
        std::uint64_t total = 0;
        bool known = false;
        for (auto index = from; index <= to; ++index) {
            const auto* column = columnAt(index);
            known = known || column != nullptr;
            for (std::size_t row = 0; column != nullptr && row < counts.size(); ++row) {
                counts[row] += column->counts[row];
            }
            total += column != nullptr ? column->total : 0;
        }
        const SteadyTime begin(m_step * from);
        std::vector<ChartCell> row{momentCell(begin, *context())};
        const auto add = [&](std::uint64_t count) {
            row.push_back(known ? countCell(static_cast<double>(count)) : numberCell(std::nullopt, Quantity::Count));
        };
        add(total);
        add(counts[0]);
        for (int band = 0; band < kBands; ++band) {
            std::uint64_t sum = 0;
            for (int cell = 0; cell < kCells; ++cell) {
                sum += counts[static_cast<std::size_t>(1 + band * kCells + cell)];
            }
            add(sum);
        }
        add(counts[kRows - 1]);
        out.rows.push_back(std::move(row));
        to = from - 1;
    }
    out.note = tr("%1 to %2, a row for each %3, the newest first.")
                   .arg(context()->clock(m_shown.window.from), context()->clock(m_shown.window.to),
                        numberText(toSeconds(m_step * per), Quantity::Duration).joined());
    return out;
}

} // namespace binnacle
