// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/tick_box.h"

#include "widgets/draw.h"

#include <QPainter>

#include <cmath>

namespace binnacle::app {

namespace {
constexpr int kBox = 14;
constexpr int kGap = 8;
constexpr int kHeight = 24;
constexpr int kEdge = 3; ///< room for the ring of the focus
} // namespace

TickBox::TickBox(const QString& text, QWidget* parent)
    : QCheckBox(text, parent) {
    setAttribute(Qt::WA_Hover);
}

void TickBox::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QSize TickBox::sizeHint() const {
    return {2 * kEdge + kBox + kGap + static_cast<int>(std::ceil(draw::textWidth(m_theme.font(Type::Body), text()))) +
                1,
            kHeight};
}

void TickBox::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto visual = [&](const QRectF& box) {
        return mirrored ? QRectF(width() - box.right(), box.top(), box.width(), box.height()) : box;
    };
    const QRectF box = visual(QRectF(kEdge, (height() - kBox) / 2.0, kBox, kBox));
    const QColor ink = m_theme.color(isEnabled() ? Token::Ink : Token::Ink3);
    painter.setPen(QPen(isChecked() ? ink : m_theme.color(Token::Ink3), 1));
    painter.setBrush(isChecked()    ? QBrush(ink)
                     : underMouse() ? QBrush(m_theme.color(Token::Sel))
                                    : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    if (isChecked()) {
        painter.setPen(QPen(m_theme.color(Token::Bg), 1.8, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        const QPointF tick[] = {box.topLeft() + QPointF(3.6, 7.2), box.topLeft() + QPointF(6.2, 9.8),
                                box.topLeft() + QPointF(10.6, 4.6)};
        painter.drawPolyline(tick, 3);
    }
    const QRectF words = visual(QRectF(kEdge + kBox + kGap, 0, width() - kEdge - kBox - kGap, height()));
    draw::text(painter, words, text(), m_theme.font(Type::Body), ink, mirrored ? Qt::AlignRight : Qt::AlignLeft);
    if (hasFocus()) {
        draw::focusRing(painter, rect(), m_theme);
    }
}

} // namespace binnacle::app
