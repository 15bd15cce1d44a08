// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace binnacle::app {

/// What Tab reaches in `root`, as one reads it: in the order of the layouts, which is that of the screen. The order in
/// which parts happened to be made says nothing.
[[nodiscard]] QList<QWidget*> readingOrder(QWidget& root);
/// Moves the focus to the next part of `window` in that order, or the one before, around its end; false: there is none.
bool focusBeside(QWidget& window, bool next);

} // namespace binnacle::app
