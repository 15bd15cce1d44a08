// SPDX-License-Identifier: GPL-3.0-or-later
// What charts on the time axis say to who can't see them.
#include "widgets/kpi_tile.h"
#include "widgets/lane_view.h"
#include "widgets/line_chart.h"
#include "widgets/time_ribbon.h"

#include <algorithm>

namespace binnacle {

ChartTable LineChart::table() const {
    if (!context()) {
        return {};
    }
    std::vector<TimeLine> lines;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        lines.push_back({m_lines[i].name, m_quantity, i < m_columns.size() ? &m_columns[i] : nullptr});
    }
    auto out = timeTable(lines, m_shown.window, *context());
    for (const auto& limit : m_limits) {
        out.note += QStringLiteral(" %1: %2.").arg(limit.label, numberText(limit.value, m_quantity).joined());
    }
    return out;
}

ChartTable LaneView::table() const {
    if (!context()) {
        return {};
    }
    std::vector<TimeLine> lines;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        const auto& title = m_lanes[i].title;
        const bool alone = std::ranges::count(m_lanes, title, &Lane::title) == 1;
        lines.push_back({alone ? title : QStringLiteral("%1, %2").arg(title, m_lanes[i].subtitle), m_lanes[i].quantity,
                         i < m_columns.size() ? &m_columns[i] : nullptr});
    }
    return timeTable(lines, m_shown.window, *context());
}

std::vector<SpokenPart> LaneView::spokenParts() const {
    std::vector<SpokenPart> out;
    for (std::size_t i = 0; i < std::min(m_lanes.size(), m_shown.lanes.size()); ++i) {
        const auto& reading = m_shown.lanes[i].reading;
        QStringList words{reading.status.hasValue() ? reading.number.joined() : absentText()};
        if (reading.severity != Severity::Normal && reading.status.hasValue()) {
            words << markWord(markOf(reading.severity));
        }
        words << stateWord(reading.status.state);
        if (reading.onsetOrder) {
            words << tr("moved as number %1").arg(*reading.onsetOrder);
        }
        if (!m_lanes[i].subtitle.isEmpty()) {
            words << m_lanes[i].subtitle;
        }
        const auto box = laneRect(static_cast<int>(i));
        out.push_back(
            {m_lanes[i].title, words.join(QStringLiteral(", ")), QRectF(0, box.top(), width(), box.height())});
    }
    return out;
}

ChartTable KpiTile::table() const {
    if (!hasTable()) {
        return {};
    }
    const std::vector<TimeLine> lines{{m_reading.label, m_quantity, &m_columns}};
    auto out = timeTable(lines, m_window, *m_context);
    if (m_reading.baseline) {
        out.note += QLatin1Char(' ') + tr("Baseline: %1.").arg(numberText(m_reading.baseline, m_quantity).joined());
    }
    return out;
}

ChartTable TimeRibbon::table() const {
    if (!context()) {
        return {};
    }
    const std::vector<TimeLine> lines{{tr("p99"), Quantity::Duration, &m_columns}};
    return timeTable(lines, m_columnsSpan, *context());
}

std::optional<SpokenRange> TimeRibbon::spokenRange() const {
    if (!context()) {
        return std::nullopt;
    }
    const double high = toSeconds(m_shown.span.length());
    return SpokenRange{std::clamp(toSeconds(context()->end() - m_shown.span.from), 0.0, high), 0, high,
                       toSeconds(context()->span()) / 10};
}

void TimeRibbon::setSpokenRange(double value) {
    const double high = toSeconds(m_shown.span.length());
    if (!context()) {
        return;
    }
    context()->remember();
    const QRectF plot = plotRect();
    moveWindowTo(plot.left() + (high > 0 ? value / high : 1) * plot.width());
}

} // namespace binnacle
