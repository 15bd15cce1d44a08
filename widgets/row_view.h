// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace binnacle {

/// A table whose current row never passes to a neighbour by itself. Views of Qt choose the next one when a row goes,
/// and what was about to be done to the one would be done to the other. The arrow keys go on from where it was.
class RowView : public QTableView {
    Q_OBJECT

public:
    using QTableView::QTableView;

protected:
    void rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void focusInEvent(QFocusEvent* event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    int m_lost = -1; ///< where the current row was that has gone; -1: none has
};

} // namespace binnacle
