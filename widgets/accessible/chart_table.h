// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "widgets/number_text.h"
#include "widgets/time_context.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

class QWidget;

namespace binnacle {

/// A cell as it is read, and exactly for a spreadsheet.
struct ChartCell {
    QString text{};
    QString exact{};       ///< a number with a decimal point in the column's unit, or text; empty: nothing is known
    bool isNumber = false; ///< `exact` is a number
    friend bool operator==(const ChartCell&, const ChartCell&) = default;
};

struct ChartColumn {
    QString title{};
    QString unit{}; ///< of the exact numbers: "s"; empty for counts and text
    friend bool operator==(const ChartColumn&, const ChartColumn&) = default;
};

/// The figures behind a chart at one moment: what is painted, in at most kMostRows rows.
struct ChartTable {
    static constexpr int kMostRows = 60;

    QString note{};    ///< how the rows were made: "14:00:00 to 14:15:00, a row for each 16 s, the newest first"
    QString summary{}; ///< what one sees at first glance: "p99 9 ms to 512 ms, highest at 14:10:08"
    std::vector<ChartColumn> columns{};
    std::vector<std::vector<ChartCell>> rows{}; ///< each as long as `columns`

    /// The table by RFC 4180, with titles and units in the first line; numbers have a decimal point whatever the
    /// language. Text that a spreadsheet would take for a formula gets an apostrophe before it.
    [[nodiscard]] QString csv() const;
};

/// What a chart implements that can say its figures. The table is made when somebody asks, and never before.
class ChartData {
public:
    virtual ~ChartData() = default;
    [[nodiscard]] virtual ChartTable table() const = 0;
    /// False: it draws no figures, so that there is nothing to open.
    [[nodiscard]] virtual bool hasTable() const { return true; }
};

/// What a widget can say as a table, or nullptr.
[[nodiscard]] const ChartData* chartData(const QWidget* widget);

[[nodiscard]] ChartCell textCell(const QString& text);
/// Absent is a dash, and empty in a spreadsheet.
[[nodiscard]] ChartCell numberCell(std::optional<double> value, Quantity quantity);
[[nodiscard]] ChartCell countCell(double value);
/// The clock, and in a spreadsheet the date and time of UTC.
[[nodiscard]] ChartCell momentCell(SteadyTime at, const TimeContext& context);
/// The unit of exact numbers of `quantity`: "s", "1/s", "B"; shares are 0 to 1 and have none.
[[nodiscard]] QString exactUnit(Quantity quantity);
/// How many of `count` neighbours share a row.
[[nodiscard]] int perRow(std::size_t count);
/// The multiple of `step` at or below `at`, also below zero: a window may begin before the clock did.
[[nodiscard]] constexpr std::int64_t multipleBelow(std::int64_t at, std::int64_t step) {
    const auto rest = at % step;
    return at - (rest < 0 ? rest + step : rest);
}

/// One line of a chart over time: as many pixel columns as the chart has.
struct TimeLine {
    QString name{};
    Quantity quantity = Quantity::Count;
    const std::vector<SeriesColumn>* columns = nullptr;
};
/// Rows over the window, the newest first. A row tells the newest value in its time, a dash where there is none. Rows
/// begin at whole multiples of their length, so that they stay what they are while time goes on.
[[nodiscard]] ChartTable timeTable(std::span<const TimeLine> lines, const TimeSpan& window, const TimeContext& context);

} // namespace binnacle
