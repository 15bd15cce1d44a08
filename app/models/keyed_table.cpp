// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/keyed_table.h"

#include "widgets/tip_text.h"

#include <algorithm>

namespace binnacle::app {

void KeyedTable::setColumns(std::vector<TableColumn> columns) {
    if (m_columns.empty()) {
        beginInsertColumns({}, 0, std::max(0, static_cast<int>(columns.size()) - 1));
        m_columns = std::move(columns);
        endInsertColumns();
    } else if (columns != m_columns && columns.size() == m_columns.size()) {
        m_columns = std::move(columns);
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, static_cast<int>(m_columns.size()) - 1);
    }
}

void KeyedTable::showRows(std::vector<TableRow> rows) {
    for (std::size_t i = 0; i < m_rows.size();) {
        if (std::ranges::find(rows, m_rows[i].key, &TableRow::key) == rows.end()) {
            const auto at = static_cast<int>(i);
            beginRemoveRows({}, at, at);
            m_rows.erase(m_rows.begin() + at);
            endRemoveRows();
        } else {
            ++i;
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto known = std::ranges::find(m_rows, rows[i].key, &TableRow::key);
        if (known == m_rows.end()) {
            const auto at = static_cast<int>(std::min(i, m_rows.size()));
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, std::move(rows[i]));
            endInsertRows();
        } else if (*known != rows[i]) {
            const auto at = static_cast<int>(known - m_rows.begin());
            *known = std::move(rows[i]);
            Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
        }
    }
}

QString KeyedTable::keyAt(int row) const {
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].key : QString();
}

int KeyedTable::rowOf(const QString& key) const {
    const auto known = std::ranges::find(m_rows, key, &TableRow::key);
    return known == m_rows.end() ? -1 : static_cast<int>(known - m_rows.begin());
}

int KeyedTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int KeyedTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant KeyedTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto column = static_cast<std::size_t>(index.column());
    if (role == Qt::TextAlignmentRole) {
        return int((m_columns[column].number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    const auto& cells = m_rows[static_cast<std::size_t>(index.row())].cells;
    if (column >= cells.size()) {
        return {};
    }
    const auto& cell = cells[column];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.tip.isEmpty() ? QVariant() : tipText(cell.tip);
    case Qt::AccessibleTextRole:
        return cell.mark == Mark::None || markWord(cell.mark) == cell.text
                   ? cell.text
                   : markWord(cell.mark) + QStringLiteral(", ") + cell.text;
    case MarkRole:
        return cell.mark == Mark::None ? QVariant() : int(cell.mark);
    case ShapeRole:
        return cell.shape.bars.empty() ? QVariant() : QVariant::fromValue(cell.shape);
    case FontRole:
        return int(cell.font);
    case InkRole:
        return int(cell.ink);
    default:
        return {};
    }
}

QVariant KeyedTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const auto& column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole) {
        return int((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(column.head) : QVariant();
}

} // namespace binnacle::app
