// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/table_order.h"

#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace binnacle::app {

TableOrder::TableOrder(QObject* parent)
    : QSortFilterProxyModel(parent) {
    setDynamicSortFilter(false);
}

void TableOrder::setFilter(const QString& words) {
    if (words != m_filter) {
        m_filter = words;
        m_words = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        invalidateFilter();
    }
}

void TableOrder::sortUnlessRead(const QTableView& view) {
    if (view.underMouse() || view.hasFocus()) {
        return;
    }
    if (!m_words.isEmpty()) {
        invalidateFilter();
    }
    sort(sortColumn(), sortOrder());
}

bool TableOrder::filterAcceptsRow(int row, const QModelIndex& parent) const {
    return std::ranges::all_of(m_words, [&](const QString& word) {
        for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
            if (sourceModel()->index(row, column, parent).data().toString().contains(word, Qt::CaseInsensitive)) {
                return true;
            }
        }
        return false;
    });
}

QVariant TableOrder::headerData(int section, Qt::Orientation orientation, int role) const {
    const auto value = QSortFilterProxyModel::headerData(section, orientation, role);
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal || section != sortColumn()) {
        return value;
    }
    return QString(value.toString() +
                   (sortOrder() == Qt::DescendingOrder ? QStringLiteral(" \u2193") : QStringLiteral(" \u2191")));
}

void setUpOrder(QTableView& view, TableOrder& order, int column, Qt::SortOrder direction) {
    view.setModel(&order);
    view.setSortingEnabled(true);
    view.sortByColumn(column, direction);
}

} // namespace binnacle::app
