// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/snapshot_table.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace binnacle {

std::optional<std::size_t> TableSpec::column(std::string_view columnId) const {
    const auto it = std::ranges::find(columns, columnId, &TableColumn::id);
    return it != columns.end() ? std::optional(static_cast<std::size_t>(it - columns.begin())) : std::nullopt;
}

std::span<const TableCell> SnapshotTable::row(std::size_t index) const {
    assert(index < rowCount());
    return std::span(m_cells).subspan(index * m_spec->columns.size(), m_spec->columns.size());
}

std::optional<double> SnapshotTable::number(std::size_t row, std::string_view column) const {
    const auto index = m_spec->column(column);
    if (!index || row >= rowCount()) {
        return std::nullopt;
    }
    const auto* const value = std::get_if<double>(&this->row(row)[*index]);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::string_view SnapshotTable::text(std::size_t row, std::string_view column) const {
    const auto index = m_spec->column(column);
    if (!index || row >= rowCount()) {
        return {};
    }
    const auto* const value = std::get_if<std::string>(&this->row(row)[*index]);
    return value != nullptr ? std::string_view(*value) : std::string_view();
}

std::optional<std::size_t> SnapshotTable::find(std::span<const TableCell> key) const {
    for (std::size_t i = 0; i < rowCount(); ++i) {
        if (std::ranges::equal(row(i).first(std::min(key.size(), m_spec->columns.size())), key)) {
            return i;
        }
    }
    return std::nullopt;
}

void SnapshotTable::add(std::vector<TableCell> cells) {
    assert(cells.size() == m_spec->columns.size());
    m_cells.insert(m_cells.end(), std::make_move_iterator(cells.begin()), std::make_move_iterator(cells.end()));
}

} // namespace binnacle
