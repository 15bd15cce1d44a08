// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lease_bar.h"

#include "widgets/draw.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {
constexpr double kNameRoom = 150;
constexpr double kStep = 28;
constexpr double kBarTop = 14;
constexpr double kBarHigh = 10;
constexpr double kGap = 12;
} // namespace

LeaseBar::LeaseBar(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Lease"));
}

void LeaseBar::showLease(LeaseReading reading) {
    // A step of the bar that is smaller than a pixel is no reason to paint.
    reading.elapsed = std::round(std::clamp(reading.elapsed, 0.0, 1.0) * 2000) / 2000;
    assign(m_reading, std::move(reading));
}

QString LeaseBar::spokenValue() const {
    return QStringLiteral("%1, %2 %3, %4").arg(m_reading.title, m_reading.left, m_reading.leftNote, m_reading.after);
}

void LeaseBar::paint(QPainter& painter) {
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;
    const auto& t = theme();
    draw::text(painter, visual({0, 8, kNameRoom, 20}), tr("Lease"), t.font(Type::Heading), t.color(Token::Ink), start);
    draw::text(painter, visual({0, 26, kNameRoom, 16}), m_reading.title, t.font(Type::Small), t.color(Token::Ink3),
               start);
    const double note = draw::textWidth(t.font(Type::Label), m_reading.leftNote);
    const double digits = draw::textWidth(t.font(Type::Kpi), m_reading.left);
    const double after = draw::textWidth(t.font(Type::Label), m_reading.after);
    const double right = width() - std::max(120.0, note + digits + 8) - kGap;
    const double barRight = right - after - kStep - kGap;
    const double left = kNameRoom;
    const double now = left + (barRight - left) * m_reading.elapsed;
    painter.fillRect(visual({left, kBarTop, now - left, kBarHigh}), t.color(Token::Track));
    painter.fillRect(visual({now, kBarTop, barRight - now, kBarHigh}),
                     t.color(m_reading.overdue ? Token::CautFill : Token::Ink2));
    painter.fillRect(visual({std::floor(now), 8, 2, 24}), t.color(Token::Ink));
    // The step down at the end of the bar.
    const double middle = kBarTop + kBarHigh / 2;
    painter.fillRect(visual({barRight, kBarTop, 14, 1}), t.color(Token::Ink2));
    painter.fillRect(visual({barRight + 14, kBarTop, 1, middle - kBarTop + 5}), t.color(Token::Ink2));
    painter.fillRect(visual({barRight + 14, middle + 5, 10, 1}), t.color(Token::Ink2));
    draw::text(painter, visual({barRight + kStep, middle - 4, after + 2, 18}), m_reading.after, t.font(Type::Label),
               t.color(Token::Ink2), start);
    const double nowWide = draw::textWidth(t.font(Type::Small), m_reading.nowClock) + 2;
    const double nowLeft = std::min(now - 2, barRight - nowWide);
    draw::text(painter, visual({nowLeft, 36, nowWide, 16}), m_reading.nowClock, t.font(Type::Small),
               t.color(Token::Ink), start);
    const double endWide = draw::textWidth(t.font(Type::Small), m_reading.endClock) + 2;
    if (barRight - endWide > nowLeft + nowWide + 8) {
        draw::text(painter, visual({barRight - endWide, 36, endWide, 16}), m_reading.endClock, t.font(Type::Small),
                   t.color(Token::Ink3), end);
    }
    const double base = 30;
    const QRectF number = visual({width() - note - digits - 6, 0, digits + 2, base + 8});
    draw::text(painter, number, m_reading.left, t.font(Type::Kpi),
               t.color(m_reading.overdue ? Token::Caut : Token::Ink), end);
    draw::text(painter, visual({width() - note - 2, 8, note + 2, base}), m_reading.leftNote, t.font(Type::Label),
               t.color(Token::Ink2), end);
}

} // namespace binnacle
