// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tab_order.h"

#include <QApplication>
#include <QLayout>
#include <QSet>
#include <QWidget>

namespace binnacle::app {

namespace {

struct Walk {
    QList<QWidget*> found{};
    QSet<const QWidget*> seen{};

    void visit(QWidget& widget) {
        if (!widget.isVisible() || seen.contains(&widget)) {
            return;
        }
        seen.insert(&widget);
        if (widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0 && widget.focusProxy() == nullptr) {
            found << &widget;
        }
        if (auto* layout = widget.layout()) {
            visit(*layout);
        }
        // What no layout holds: parts of a painted whole, in the order in which it made them.
        const auto children = widget.children();
        for (auto* child : children) {
            if (auto* part = qobject_cast<QWidget*>(child); part != nullptr && !part->isWindow()) {
                visit(*part);
            }
        }
    }

    void visit(QLayout& layout) {
        for (int i = 0; i < layout.count(); ++i) {
            auto* item = layout.itemAt(i);
            if (auto* widget = item->widget()) {
                visit(*widget);
            } else if (auto* inner = item->layout()) {
                visit(*inner);
            }
        }
    }
};

} // namespace

QList<QWidget*> readingOrder(QWidget& root) {
    Walk walk;
    walk.visit(root);
    return walk.found;
}

bool focusBeside(QWidget& window, bool next) {
    const auto order = readingOrder(window);
    if (order.isEmpty()) {
        return false;
    }
    const auto at = order.indexOf(window.focusWidget());
    const auto count = order.size();
    const auto to = at < 0 ? (next ? 0 : count - 1) : (at + (next ? 1 : count - 1)) % count;
    order.at(to)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace binnacle::app
