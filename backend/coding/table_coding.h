// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/coding/byte_coding.h"
#include "backend/domain/snapshot_table.h"

#include <map>
#include <string>
#include <vector>

namespace binnacle {

/// Whether two tables are the same to the last bit of each cell.
[[nodiscard]] bool sameTable(const SnapshotTable& a, const SnapshotTable& b);

/// Writes the tables of one source's snapshots: a table that was not read again costs a byte, a row only the cells that
/// changed since the row of the same key.
class TableWriter {
public:
    /// `steadyAt` and `utcOffset` are of the snapshot; a table's own times are told by their distance to them.
    void write(ByteWriter& out, const std::vector<TablePtr>& tables, std::int64_t steadyNs, std::int64_t utcOffsetNs);

private:
    struct Known {
        std::size_t number;
        TablePtr last;
    };
    void define(ByteWriter& out, const TableSpec& spec);
    std::map<std::string, Known, std::less<>> m_known; // by the table's id
};

/// Reads them back. A table that the catalogue does not know is left out; of one that another version wrote with other
/// columns, those that are still known are kept.
class TableReader {
public:
    static constexpr std::size_t kMaxTables = 64;
    static constexpr std::size_t kMaxColumns = 128;
    static constexpr std::size_t kMaxRows = 100'000;

    /// Appends to `tables`; adds the cells that it made to `cells`.
    void read(ByteReader& in, std::vector<TablePtr>& tables, std::int64_t steadyNs, std::int64_t utcOffsetNs,
              std::size_t& cells);

private:
    struct Known {
        const TableSpec* spec = nullptr;               // null: not in the catalogue
        std::vector<std::optional<std::size_t>> where; // of each written column, in the spec
        std::vector<TableCell> cells;                  // as written last
        TablePtr last;
    };
    void define(ByteReader& in);
    void readRows(ByteReader& in, Known& known, std::size_t& cells);

    std::vector<Known> m_known;
};

} // namespace binnacle
