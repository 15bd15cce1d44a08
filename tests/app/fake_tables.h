// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot_table.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace binnacle::test {

/// A row by the ids of its columns; what is not named is absent.
using FakeRow = std::initializer_list<std::pair<std::string_view, TableCell>>;

/// A table of the catalogue with these rows.
inline SnapshotTable fakeTable(std::string_view id, std::initializer_list<FakeRow> rows) {
    const auto& spec = *findTable(id);
    SnapshotTable table(spec);
    for (const auto& row : rows) {
        std::vector<TableCell> cells(spec.columns.size());
        for (const auto& [column, cell] : row) {
            cells.at(spec.column(column).value()) = cell; // a wrong name must not pass as an absent cell
        }
        table.add(std::move(cells));
    }
    return table;
}

/// A table that the server refuses.
inline SnapshotTable refusedTable(std::string_view id, std::string reason) {
    SnapshotTable table(*findTable(id));
    table.absentReason = std::move(reason);
    return table;
}

} // namespace binnacle::test
