// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "app/pages/table_reading.h"

#include <optional>
#include <string>
#include <string_view>

namespace binnacle {
struct SignalEntry;
}

namespace binnacle::app {

/// Helps to make tables that no source tells as such: of the signals of several sources, or of two readings of a table
/// of counters. Like the pages' other readings they are of the right edge of the window.

/// All instances as a source of one table.
inline constexpr const char* kAllInstances = "service/*";

/// The reading of a table that was made of the signals of `source` (or, with "/*" at its end, of all of a kind); it
/// takes over the table unless the state of the source forbids any value.
[[nodiscard]] TableReading readingOf(const PageContext& context, const std::string& source, SnapshotTable table);

/// Rates of the counters in a table, from its reading some seconds before.
class CounterRates {
public:
    CounterRates(const PageContext& context, const std::string& source, const SnapshotTable& table);
    /// 1/s; absent for a row that was not there before, and where the counter began anew.
    [[nodiscard]] std::optional<double> of(std::size_t row, std::string_view column) const;
    /// The sum of several, absent if none is known.
    [[nodiscard]] std::optional<double> of(std::size_t row, std::initializer_list<std::string_view> columns) const;

private:
    const SnapshotTable& m_table;
    TablePtr m_before;
    double m_seconds = 0;
};

/// A number as a cell: nothing where it is absent.
[[nodiscard]] binnacle::TableCell cellOf(std::optional<double> value);

} // namespace binnacle::app
