// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/blocking_view.h"

#include "widgets/draw.h"
#include "widgets/table_delegate.h"

#include <QCursor>
#include <QHeaderView>
#include <QPainter>

namespace binnacle::app {

namespace {
constexpr int kIndent = 18;
} // namespace

BlockingView::BlockingView(QWidget* parent)
    : QTreeView(parent)
    , m_delegate(new TableDelegate(this)) {
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setIndentation(kIndent);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    header()->setFixedHeight(22);
    header()->setHighlightSections(false);
    header()->setFirstSectionMovable(false); // it holds the tree
    header()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
}

void BlockingView::setModel(QAbstractItemModel* model) {
    QTreeView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& parent) { expand(parent); });
    expandAll();
}

void BlockingView::setTheme(const Theme& theme) {
    m_theme = theme;
    setFont(theme.font(Type::Label));
    header()->setFont(theme.font(Type::Small));
    viewport()->update();
}

void BlockingView::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
    const bool selected = selectionModel()->isSelected(index);
    const bool hovered =
        viewport()->underMouse() && indexAt(viewport()->mapFromGlobal(QCursor::pos())).siblingAtColumn(0) == index;
    painter->fillRect(rect, m_theme.color(selected ? Token::Sel : hovered ? Token::Rail : Token::Bg));
    draw::horizontal(*painter, rect.left(), rect.right() + 1, rect.bottom(), m_theme.color(Token::Rule));
    if (selected) {
        painter->fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), m_theme.color(Token::Ink));
    }
    int depth = 0;
    for (auto above = index.parent(); above.isValid(); above = above.parent()) {
        ++depth;
    }
    const auto line = m_theme.color(Token::Ink3);
    const double middle = rect.center().y();
    const auto goesOn = [](const QModelIndex& at) { return at.siblingAtRow(at.row() + 1).isValid(); };
    auto at = index;
    for (int level = depth; level > 0; --level, at = at.parent()) {
        const double x = rect.left() + (level - 1) * kIndent + 12;
        const bool own = level == depth;
        if (own || goesOn(at)) {
            draw::vertical(*painter, x, rect.top(), goesOn(at) ? rect.bottom() + 1 : middle, line);
        }
        if (own) {
            draw::horizontal(*painter, x, rect.left() + depth * kIndent + 4, middle, line);
        }
    }
}

} // namespace binnacle::app
