// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

#include <vector>

class QWidget;

namespace binnacle::test {

/// One text as it was painted, in the coordinates of the widget that was asked.
struct PaintedText {
    QString text;
    QRectF box;  ///< from its ascent to its descent
    QRectF clip; ///< what of the widget may be painted on there
};

/// Every text that `widget` and what lies in it paint, whoever paints it: labels, buttons, headers, or by hand.
[[nodiscard]] std::vector<PaintedText> paintedTexts(QWidget& widget);

} // namespace binnacle::test
