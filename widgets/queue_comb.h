// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QRectF>

class QPainter;

namespace binnacle {

/// A queue as a comb at the right end of `box`: a tick of 2 px for each that waits. Over 40, and beyond what there is
/// room for, no tick: the number beside it says it alone.
void drawQueueComb(QPainter& painter, const QRectF& box, int waiting, const Theme& theme);

} // namespace binnacle
