// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/signal_tables.h"

#include "app/feed/snapshot_feed.h"
#include "app/pages/panel_of.h"
#include "backend/history/signal_line.h"
#include "widgets/time_context.h"

#include <array>

namespace binnacle::app {

TableReading readingOf(const PageContext& context, const std::string& source, SnapshotTable table) {
    const auto& path = context.path();
    const auto group = source.ends_with('*') ? source.substr(0, source.size() - 1) : source;
    const auto figure = figureOf(path, group, std::nullopt);
    HopBase hop;
    hop.source = figure.source;
    hop.state = figure.state;
    hop.age = figure.age;
    TableReading reading;
    reading.source = source;
    reading.status = panelOf(hop, context);
    table.readAt = path.at - std::chrono::duration_cast<SteadyTime::duration>(figure.age);
    table.readAtUtc =
        context.feed.utcNow() - std::chrono::duration_cast<UtcTime::duration>(context.feed.now() - table.readAt);
    if (context.hasReading() && reading.status.hasValue()) {
        reading.table = std::make_shared<const SnapshotTable>(std::move(table));
    }
    return reading;
}

CounterRates::CounterRates(const PageContext& context, const std::string& source, const SnapshotTable& table)
    : m_table(table) {
    using namespace std::chrono_literals;
    for (const auto back : {10s, 4s, 1s}) {
        const auto before = context.feed.tables().at(source, table.spec().id, table.readAt - back);
        if (before && before->readAt < table.readAt) {
            m_before = before;
            m_seconds = toSeconds(table.readAt - before->readAt);
            return;
        }
    }
}

std::optional<double> CounterRates::of(std::size_t row, std::string_view column) const {
    if (!m_before) {
        return std::nullopt;
    }
    const auto now = m_table.number(row, column);
    const auto earlier = m_before->find(m_table.row(row).first(m_table.spec().keyColumns));
    const auto then = earlier ? m_before->number(*earlier, column) : std::nullopt;
    return now && then && *now >= *then ? std::optional((*now - *then) / m_seconds) : std::nullopt;
}

std::optional<double> CounterRates::of(std::size_t row, std::initializer_list<std::string_view> columns) const {
    std::optional<double> sum;
    for (const auto column : columns) {
        if (const auto rate = of(row, column)) {
            sum = sum.value_or(0) + *rate;
        }
    }
    return sum;
}

binnacle::TableCell cellOf(std::optional<double> value) {
    return value ? binnacle::TableCell(*value) : binnacle::TableCell();
}

} // namespace binnacle::app
