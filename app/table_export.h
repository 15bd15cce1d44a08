// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

class QAbstractItemView;
class QWidget;

namespace binnacle::app {

/// What a table or tree shows, as RFC 4180 with a head: every row in its order, open or not, every column, texts as
/// they stand there. A text that a spreadsheet would take for a formula gets a leading apostrophe.
[[nodiscard]] QByteArray shownCsv(const QAbstractItemView& view);

/// Gives every table and tree of a page that has none of its own the means to copy its rows and save them as CSV, by
/// key, menu and palette. `said` is told how saving went. Files are written on a thread of their own. GUI thread.
void addExports(QWidget& page, const std::function<void(const QString& text)>& said);

} // namespace binnacle::app
