// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/saturation_bar.h"

#include "widgets/number_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

void drawSaturation(QPainter& painter, const QRectF& box, std::optional<double> zeroToOne, Severity severity,
                    const Theme& theme, std::optional<double> limit) {
    painter.fillRect(box, theme.color(Token::Track));
    if (zeroToOne) {
        const double filled = std::round(std::clamp(*zeroToOne, 0.0, 1.0) * box.width());
        // Thicker, the worse: colour alone would not reach every eye.
        const double more = severity == Severity::Critical ? 2 : severity == Severity::Caution ? 1 : 0;
        painter.fillRect(QRectF(box.left(), box.top() - more, filled, box.height() + 2 * more), theme.shape(severity));
    }
    if (limit) {
        const double x = std::floor(box.left() + std::clamp(*limit, 0.0, 1.0) * (box.width() - 1));
        painter.fillRect(QRectF(x, box.top() - 3, 1, box.height() + 6), theme.color(Token::Ink));
    }
}

SaturationBar::SaturationBar(QWidget* parent)
    : PaintedWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SaturationBar::setSaturation(std::optional<double> zeroToOne, Severity severity, std::optional<double> limit) {
    if (zeroToOne && width() > 0) {
        // Rounded to pixels: what moves less is not repainted.
        zeroToOne = std::round(std::clamp(*zeroToOne, 0.0, 1.0) * width()) / width();
    }
    assign(m_shown, Shown{zeroToOne, limit, severity});
}

QString SaturationBar::spokenValue() const {
    return numberText(m_shown.value, Quantity::Share).joined();
}

void SaturationBar::paint(QPainter& painter) {
    drawSaturation(painter, QRectF(0, std::floor((height() - 4) / 2.0), width(), 4), m_shown.value, m_shown.severity,
                   theme(), m_shown.limit);
}

} // namespace binnacle
