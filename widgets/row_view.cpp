// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/row_view.h"

#include <algorithm>

namespace binnacle {

void RowView::rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last) {
    const auto current = currentIndex();
    if (current.isValid() && parent == rootIndex() && current.row() >= first && current.row() <= last) {
        selectionModel()->clear(); // before the base class and the selection's model look for another one
        m_lost = first;
    }
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void RowView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    if (current.isValid()) {
        m_lost = -1;
    }
    QTableView::currentChanged(current, previous);
}

void RowView::focusInEvent(QFocusEvent* event) {
    if (m_lost < 0 || currentIndex().isValid()) {
        QTableView::focusInEvent(event);
        return;
    }
    QAbstractScrollArea::focusInEvent(event); // the base class would choose a row
    viewport()->update();
}

QModelIndex RowView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) {
    const bool down = action == MoveDown || action == MoveNext;
    const bool up = action == MoveUp || action == MovePrevious;
    const int rows = model() != nullptr ? model()->rowCount(rootIndex()) : 0;
    if (m_lost < 0 || currentIndex().isValid() || rows == 0 || !(down || up)) {
        return QTableView::moveCursor(action, modifiers);
    }
    return model()->index(std::clamp(m_lost - (up ? 1 : 0), 0, rows - 1), 0, rootIndex());
}

} // namespace binnacle
