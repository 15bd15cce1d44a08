// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace binnacle::app {

class Settings;

/// Gives the tables, trees and splitters of a new page the layout that they had last, and keeps what is arranged from
/// now on. Those without an object name keep none. GUI thread; `settings` outlives the page.
void keepLayout(QWidget& page, Settings& settings);

} // namespace binnacle::app
