// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/queue_comb.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {
constexpr int kMostTicks = 40;
}

void drawQueueComb(QPainter& painter, const QRectF& box, int waiting, const Theme& theme) {
    const int ticks = waiting <= kMostTicks ? waiting : 0;
    const double pitch = std::clamp(box.width() / std::max(1, ticks), 2.5, 4.0);
    const int shown = std::min(ticks, static_cast<int>(box.width() / pitch));
    const double start = std::round(box.right() - shown * pitch);
    for (int i = 0; i < shown; ++i) {
        painter.fillRect(QRectF(start + i * pitch, box.top(), 2, box.height()), theme.color(Token::CautFill));
    }
}

} // namespace binnacle
