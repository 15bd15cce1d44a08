// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/phase_bar.h"

#include "widgets/draw.h"
#include "widgets/mark.h"
#include "widgets/number_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {
constexpr double kTop = 22;   ///< height of the words above the bars
constexpr double kBars = 26;  ///< where the bars begin
constexpr double kHeight = 6; ///< of a bar
constexpr double kBelow = 38; ///< where the words below begin
constexpr double kGap = 4;
constexpr int kMostPhases = 40; ///< more would be no bars any more
} // namespace

PhaseBar::PhaseBar(QWidget* parent)
    : PaintedWidget(parent) {
    setAccessibleName(tr("Phases"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PhaseBar::showPhase(PhaseReading reading) {
    reading.count = std::clamp(reading.count, 0, kMostPhases);
    reading.finished = std::clamp(reading.finished, 0, reading.count);
    if (reading.share) {
        // A thousandth is a pixel of a wide bar: what moves less is not repainted.
        reading.share = std::round(std::clamp(*reading.share, 0.0, 1.0) * 1000) / 1000;
    }
    assign(m_reading, std::move(reading));
}

QString PhaseBar::placeText() const {
    return m_reading.number > 0 && m_reading.count > 0 ? tr("Phase %1 of %2").arg(m_reading.number).arg(m_reading.count)
                                                       : QString();
}

QString PhaseBar::shareText() const {
    return m_reading.share ? numberText(*m_reading.share, Quantity::Share).joined() : QString();
}

QString PhaseBar::spokenValue() const {
    QStringList parts{placeText(), m_reading.title, shareText(), m_reading.figures, m_reading.aside};
    parts.removeAll(QString());
    if (m_reading.waits) {
        parts << tr("waits");
    }
    return parts.join(QStringLiteral(", "));
}

void PhaseBar::paint(QPainter& painter) {
    const auto start = isMirrored() ? Qt::AlignRight : Qt::AlignLeft;
    const auto end = isMirrored() ? Qt::AlignLeft : Qt::AlignRight;
    const QColor ink = theme().color(m_reading.dim ? Token::Ink3 : Token::Ink);
    double right = width();
    right -=
        draw::text(painter, visual({0, 0, right, kTop}), shareText(), theme().font(Type::LaneValue), ink, end) + 16;
    double used = draw::text(painter, visual({0, 0, right, kTop}), placeText(), theme().font(Type::Label),
                             theme().color(Token::Ink3), start);
    used += used > 0 ? 10 : 0;
    if (m_reading.waits) {
        drawMark(painter, visual({used, (kTop - 12) / 2, 12, 12}), Mark::Caution, theme());
        used += 18;
    }
    draw::text(painter, visual({used, 0, std::max(0.0, right - used), kTop}), m_reading.title,
               theme().font(Type::BodyStrong), ink, start);

    const int count = std::max(1, m_reading.count);
    const double wide = (width() - kGap * (count - 1)) / count;
    for (int i = 0; i < count; ++i) {
        const double left = std::floor(i * (wide + kGap));
        const QRectF bar(left, kBars, std::floor((i + 1) * (wide + kGap) - kGap) - left, kHeight);
        painter.fillRect(visual(bar), theme().color(Token::Track));
        if (i < m_reading.finished) {
            painter.fillRect(visual(bar), theme().color(Token::Ink2));
        } else if (i + 1 == m_reading.number) {
            const QColor fill = m_reading.waits ? theme().color(Token::CautFill) : ink;
            if (m_reading.waits || !m_reading.share) {
                painter.setRenderHint(QPainter::Antialiasing, false);
                painter.setPen(QPen(fill, 1));
                painter.setBrush(Qt::NoBrush);
                painter.drawRect(visual(bar).adjusted(0, 0, -1, -1));
            }
            if (m_reading.share) {
                painter.fillRect(visual({bar.left(), bar.top(), std::round(bar.width() * *m_reading.share), kHeight}),
                                 fill);
            }
        }
    }
    right = width();
    right -= draw::text(painter, visual({0, kBelow, right, 20}), m_reading.aside, theme().font(Type::Label),
                        theme().color(Token::Ink2), end) +
             16;
    draw::text(painter, visual({0, kBelow, std::max(0.0, right), 20}), m_reading.figures, theme().font(Type::Label),
               theme().color(Token::Ink2), start);
}

} // namespace binnacle
