// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemView;

namespace binnacle::app {

/// The view's own actions at a right click and at the menu key. Qt::ActionsContextMenu would do the same in an event
/// loop of its own, in which the window's ticks nest. Once per view is enough; more do no harm.
void popUpActions(QAbstractItemView& view);

} // namespace binnacle::app
