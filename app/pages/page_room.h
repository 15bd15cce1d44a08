// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QWidget>

namespace binnacle::app {

/// How much of a page is seen at once, in pixels of height. A page folds by that and not by its own height, which is
/// what it needs itself where it scrolls.
[[nodiscard]] inline int roomOf(const QWidget& page) {
    for (const auto* around = page.parentWidget(); around != nullptr; around = around->parentWidget()) {
        if (const auto* scroll = qobject_cast<const QAbstractScrollArea*>(around)) {
            return scroll->viewport()->height();
        }
    }
    return page.height();
}

} // namespace binnacle::app
