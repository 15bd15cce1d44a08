// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace binnacle {

enum class ColumnKind {
    Text,
    Number, ///< finite, in the column's unit
    Sql,    ///< text of statements: literals are replaced before it enters a table
};

/// One column of a table: what a heading, a CSV file and a screen reader call it.
struct TableColumn {
    std::string_view id;
    std::string_view title;
    std::string_view unit; ///< of numbers: "s", "bytes", "1/s", "1"; empty for text
    ColumnKind kind = ColumnKind::Text;
};

/// Describes one kind of table. The catalogue below is the one place where a table gets its columns.
struct TableSpec {
    std::string_view id; ///< "postgres.sessions"
    std::string_view title;
    std::span<const TableColumn> columns;
    std::size_t keyColumns = 1; ///< the leading columns whose values name a row; unique within a table

    /// Index of a column, if there is one of that id.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view columnId) const;
};

/// Every table that the product knows, sorted by id.
[[nodiscard]] std::span<const TableSpec> tableCatalogue();
/// The table with that id, or nullptr.
[[nodiscard]] const TableSpec* findTable(std::string_view id);

/// One cell; monostate is "the server told no value".
using TableCell = std::variant<std::monostate, double, std::string>;

/// Rows that a source told at one instant: sessions, statements, locks. Immutable once published. A table that is read
/// less often than its source goes on from snapshot to snapshot, shared, and keeps the time at which it was read.
class SnapshotTable {
public:
    /// `spec` is one of the catalogue's (or outlives the table).
    explicit SnapshotTable(const TableSpec& spec)
        : m_spec(&spec) {}

    [[nodiscard]] const TableSpec& spec() const { return *m_spec; }
    [[nodiscard]] std::size_t rowCount() const { return m_cells.size() / m_spec->columns.size(); }
    [[nodiscard]] std::span<const TableCell> row(std::size_t index) const;
    /// The number in that cell; absent when it holds none or there is no such column.
    [[nodiscard]] std::optional<double> number(std::size_t row, std::string_view column) const;
    /// The text in that cell; empty when it holds none or there is no such column.
    [[nodiscard]] std::string_view text(std::size_t row, std::string_view column) const;
    /// Index of the row with these leading cells, if there is one.
    [[nodiscard]] std::optional<std::size_t> find(std::span<const TableCell> key) const;

    /// Adds a row; it must have as many cells as the table has columns. Only while building.
    void add(std::vector<TableCell> cells);

    SteadyTime readAt; ///< our steady clock when the answer was complete
    UtcTime readAtUtc;
    std::chrono::milliseconds interval{1000}; ///< how often it is read
    std::uint64_t omitted = 0;                ///< rows that the source has beyond the limit of this table
    /// Why there are no rows although the source answers, and what would bring them: "needs pg_monitor: GRANT …".
    std::string absentReason;

private:
    const TableSpec* m_spec;
    std::vector<TableCell> m_cells; // row by row
};

using TablePtr = std::shared_ptr<const SnapshotTable>;

} // namespace binnacle
