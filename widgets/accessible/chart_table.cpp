// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accessible/chart_table.h"

#include "widgets/csv.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QWidget>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace binnacle {

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(binnacle::ChartTable)
};

QString field(const QString& text) {
    return QString::fromUtf8(csvField(text.toUtf8()));
}

QString isoTime(UtcTime at) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

/// "p99 9.1 ms to 512 ms, highest at 14:10:08".
QString extremes(const TimeLine& line, const TimeSpan& window, const TimeContext& context) {
    const SeriesColumn* highest = nullptr;
    double lowest = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; line.columns != nullptr && i < line.columns->size(); ++i) {
        const auto& column = (*line.columns)[i];
        if (!column.present) {
            continue;
        }
        lowest = highest == nullptr ? column.min : std::min(lowest, column.min);
        if (highest == nullptr || column.max > highest->max) {
            highest = &column;
            at = i;
        }
    }
    if (highest == nullptr) {
        return Say::tr("%1 without values").arg(line.name);
    }
    const auto moment = TimeContext::timeAt(static_cast<double>(at) + 0.5, window, 0,
                                            std::max(1.0, static_cast<double>(line.columns->size())));
    return Say::tr("%1 %2 to %3, highest at %4")
        .arg(line.name, numberText(lowest, line.quantity).joined(), numberText(highest->max, line.quantity).joined(),
             context.clock(moment));
}

} // namespace

const ChartData* chartData(const QWidget* widget) {
    const auto* data = dynamic_cast<const ChartData*>(widget);
    return data != nullptr && data->hasTable() ? data : nullptr;
}

QString ChartTable::csv() const {
    QStringList lines;
    QStringList fields;
    for (const auto& column : columns) {
        fields << field(column.unit.isEmpty() ? column.title
                                              : QStringLiteral("%1 (%2)").arg(column.title, column.unit));
    }
    lines << fields.join(QLatin1Char(','));
    for (const auto& row : rows) {
        fields.clear();
        for (const auto& cell : row) {
            fields << (cell.isNumber ? cell.exact : field(cell.exact)); // no formula: a minus is a sign
        }
        lines << fields.join(QLatin1Char(','));
    }
    return lines.join(QStringLiteral("\r\n")) + QStringLiteral("\r\n");
}

ChartCell textCell(const QString& text) {
    return {text, text, false};
}

ChartCell numberCell(std::optional<double> value, Quantity quantity) {
    if (!value || !std::isfinite(*value)) {
        return {absentText(), {}, false};
    }
    return {numberText(*value, quantity).joined(), QString::number(*value, 'g', 9), true};
}

ChartCell countCell(double value) {
    return {countText(value), QString::number(value, 'f', 0), true};
}

ChartCell momentCell(SteadyTime at, const TimeContext& context) {
    return {context.clock(at), isoTime(context.utcOf(at)), false};
}

QString exactUnit(Quantity quantity) {
    switch (quantity) {
    case Quantity::Duration:
        return QStringLiteral("s");
    case Quantity::Rate:
        return QStringLiteral("1/s");
    case Quantity::Bytes:
        return QStringLiteral("B");
    case Quantity::ByteRate:
        return QStringLiteral("B/s");
    case Quantity::Share:
    case Quantity::Count:
        break;
    }
    return {};
}

int perRow(std::size_t count) {
    // One row less: groups that begin at whole multiples may be cut at both ends.
    constexpr auto kWhole = static_cast<std::size_t>(ChartTable::kMostRows - 1);
    return static_cast<int>(std::max<std::size_t>(1, (count + kWhole - 1) / kWhole));
}

ChartTable timeTable(std::span<const TimeLine> lines, const TimeSpan& window, const TimeContext& context) {
    ChartTable out;
    out.columns.push_back({Say::tr("Time"), {}});
    std::size_t count = 0;
    QStringList summary;
    for (const auto& line : lines) {
        out.columns.push_back({line.name, exactUnit(line.quantity)});
        count = std::max(count, line.columns != nullptr ? line.columns->size() : 0);
        summary << extremes(line, window, context);
    }
    out.summary = summary.join(QStringLiteral("; "));
    if (count == 0 || window.length().count() <= 0) {
        out.note = Say::tr("No values yet.");
        return out;
    }
    const auto step = std::max<SteadyTime::rep>(1, window.length().count() / static_cast<SteadyTime::rep>(count));
    const auto per = static_cast<SteadyTime::rep>(perRow(count));
    const auto first = multipleBelow(window.from.time_since_epoch().count(), step) / step;
    const auto newest = static_cast<SteadyTime::rep>(count) - 1;
    for (auto to = newest; to >= 0;) {
        const auto from = std::max<SteadyTime::rep>(0, multipleBelow(first + to, per) - first);
        const SteadyTime begin = window.from + SteadyTime::duration(step * from);
        std::vector<ChartCell> row{momentCell(begin, context)};
        for (const auto& line : lines) {
            std::optional<double> value;
            for (auto i = to; i >= from && !value && line.columns != nullptr; --i) {
                const auto at = static_cast<std::size_t>(i);
                if (at < line.columns->size() && (*line.columns)[at].present) {
                    value = (*line.columns)[at].last;
                }
            }
            row.push_back(numberCell(value, line.quantity));
        }
        // A row that has only just begun and holds nothing yet is no gap.
        const bool begun = out.rows.empty() && to == newest &&
                           std::ranges::all_of(row.begin() + 1, row.end(), [](const auto& c) { return !c.isNumber; });
        if (!begun || from == 0) {
            out.rows.push_back(std::move(row));
        }
        to = from - 1;
    }
    out.note = Say::tr("%1 to %2, a row for each %3, the newest first.")
                   .arg(context.clock(window.from), context.clock(window.to),
                        numberText(toSeconds(SteadyTime::duration(step * per)), Quantity::Duration).joined());
    return out;
}

} // namespace binnacle
