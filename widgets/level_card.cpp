// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/level_card.h"

#include "widgets/draw.h"
#include "widgets/mark.h"

#include <QPainter>

namespace binnacle {

namespace {
constexpr double kPad = 14;
constexpr double kText = 50;
constexpr double kBar = 3;
} // namespace

LevelCard::LevelCard(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LevelCard::showLevel(LevelReading reading) {
    setAccessibleName(tr("Level %1, %2").arg(reading.level).arg(reading.name));
    assign(m_reading, std::move(reading));
}

QString LevelCard::spokenValue() const {
    QStringList out{m_reading.state, m_reading.turnsOff, m_reading.forecast};
    out.removeAll(QString());
    return out.join(QStringLiteral(", "));
}

void LevelCard::paint(QPainter& painter) {
    const auto& t = theme();
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    draw::horizontal(painter, 0, width(), 0, t.color(Token::Rule2));
    const bool loud = m_reading.current && m_reading.level > 0;
    if (m_reading.current) {
        painter.fillRect(QRectF(0, 0, width(), kBar), t.color(loud ? Token::CautFill : Token::Ink));
    }
    const Token ink = m_reading.dim ? Token::Ink3 : m_reading.current ? Token::Ink : Token::Ink2;
    draw::text(painter, visual({kPad, 8, 32, 46}), QString::number(m_reading.level), t.font(Type::Hero), t.color(ink),
               start);
    const double room = width() - kText - kPad - (loud ? 20 : 0);
    draw::text(painter, visual({kText, 12, room, 20}), m_reading.name, t.font(Type::Detail), t.color(Token::Ink),
               start);
    draw::text(painter, visual({kText, 32, room, 18}), m_reading.state, t.font(Type::Label), t.color(Token::Ink3),
               start);
    if (loud) {
        drawMark(painter, visual({width() - kPad - 12, 24, 12, 12}), Mark::Caution, t);
    }
    draw::text(painter, visual({kPad, 54, width() - 2 * kPad, 18}), m_reading.turnsOff, t.font(Type::Label),
               t.color(Token::Ink), start);
    draw::text(painter, visual({kPad, 72, width() - 2 * kPad, 18}), m_reading.forecast, t.font(Type::Label),
               t.color(Token::Ink2), start);
}

} // namespace binnacle
