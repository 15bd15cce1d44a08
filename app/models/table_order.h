// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

class QTableView;

namespace binnacle::app {

/// Rows in the order that was chosen, with an arrow in the head of the column that decides it, and only those whose
/// shown texts hold the wanted words. The order moves when sortUnlessRead() is called, never under a pointer.
class TableOrder : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit TableOrder(QObject* parent = nullptr);

    /// Every word must stand in one of the row's cells, in any case of letters.
    void setFilter(const QString& words);
    [[nodiscard]] const QString& filter() const { return m_filter; }
    /// Brings rows into order and applies the filter to what changed, except that nothing moves while `view` is pointed
    /// at or has the focus.
    void sortUnlessRead(const QTableView& view);
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_filter;
    QStringList m_words;
};

/// Shows `order` in `view`, sorted by `column` until somebody chooses another.
void setUpOrder(QTableView& view, TableOrder& order, int column, Qt::SortOrder direction);

} // namespace binnacle::app
