// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions_menu.h"

#include <QAbstractItemView>
#include <QMenu>

namespace binnacle::app {

void popUpActions(QAbstractItemView& view) {
    if (view.contextMenuPolicy() == Qt::CustomContextMenu) {
        return;
    }
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(&view, &QAbstractItemView::customContextMenuRequested, &view, [&view](const QPoint& at) {
        auto* menu = new QMenu(&view);
        menu->setObjectName(QStringLiteral("actionsMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions(view.actions());
        menu->popup(view.viewport()->mapToGlobal(at));
    });
}

} // namespace binnacle::app
