// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPixmap>
#include <QString>

namespace binnacle {

/// The icon `name` (16 px, 1.4 px line) in one colour, sharp at that device pixel ratio. Null if there is none.
[[nodiscard]] QPixmap tintedIcon(const QString& name, const QColor& color, double devicePixelRatio, int pixels = 16);

} // namespace binnacle
