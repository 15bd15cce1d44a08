// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QObject>
#include <QString>

class QAbstractItemView;
class QHeaderView;
class QTableView;
class QTreeView;

namespace binnacle::app {

/// The columns of a table or tree as a person has arranged them: their order, the widths that were dragged, and what
/// the rows are sorted by; by mouse or by keys, which are the view's actions. What nobody touched stays the page's
/// affair. GUI thread; belongs to its view.
class TableLayout : public QObject {
    Q_OBJECT

public:
    /// The view has its model, and is sorted as the page wants it.
    explicit TableLayout(QTableView& view);
    explicit TableLayout(QTreeView& view);
    /// That of a view, or nullptr.
    [[nodiscard]] static TableLayout* of(const QAbstractItemView& view);

    /// What was arranged, as one line of text: "10;sort 3 desc;order 0 2 1;wide 4:120". Empty: nothing.
    [[nodiscard]] QString text() const;
    /// Takes over what text() gave; anything else, or of another number of columns, changes nothing.
    void restore(const QString& text);
    /// Puts the dragged widths in force again, after the page has fitted its columns.
    void applyWidths();

Q_SIGNALS:
    /// Somebody arranged something.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    TableLayout(QAbstractItemView& view, QHeaderView& columns, bool sortable);
    void makeActions();
    void sortBeside(int step);
    void turnTo(Qt::SortOrder order);
    void moveSorted(int step);
    void widenSorted(int pixels);
    void reset();
    [[nodiscard]] int sorted() const;

    QAbstractItemView& m_view;
    QHeaderView& m_header;
    bool m_sortable;         ///< else there is no sorted column, and no keys for it
    QMap<int, int> m_widths; ///< by column: as dragged
    int m_firstSort = -1;    ///< as the page wants it
    Qt::SortOrder m_firstOrder = Qt::AscendingOrder;
    bool m_sortChosen = false;
    bool m_dragging = false;
    bool m_restoring = false;
};

} // namespace binnacle::app
