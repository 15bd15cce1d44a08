// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace binnacle::app {

/// Keys that pages, tables and charts hear themselves, while they are shown or have the focus.
struct LocalKey {
    QString shown;         ///< as printed: "L 0 … 3"
    QStringList sequences; ///< that it stands for, as QKeySequence writes them; empty: no shortcut hears it
    QString text;
    QString group;
};

/// All of them, in the order in which help lists them. A test holds this against what the window really hears.
[[nodiscard]] std::vector<LocalKey> localKeys();

} // namespace binnacle::app
