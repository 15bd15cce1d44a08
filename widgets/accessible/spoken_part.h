// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QRectF>
#include <QString>

namespace binnacle {

/// Something inside a painted widget that has a voice of its own: a source in the status line, the age on a tile.
struct SpokenPart {
    QString name{};
    QString text{}; ///< what is said of it: number, state word, age
    QRectF box{};   ///< in the widget's coordinates; empty: the whole widget
    QAccessible::Role role = QAccessible::StaticText;
    friend bool operator==(const SpokenPart&, const SpokenPart&) = default;
};

/// Where something stands between two ends, for bars and sliders.
struct SpokenRange {
    double value = 0;
    double low = 0;
    double high = 1;
    double step = 0; ///< 0: it can't be set
    friend bool operator==(const SpokenRange&, const SpokenRange&) = default;
};

} // namespace binnacle
