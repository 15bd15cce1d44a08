// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_event.h"

#include "widgets/draw.h"
#include "widgets/mark.h"
#include "widgets/time_context.h"

#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

namespace binnacle {

QColor eventColor(ChartEvent::Kind kind, const Theme& theme) {
    switch (kind) {
    case ChartEvent::Kind::Automatic:
        return theme.color(Token::Ink2);
    case ChartEvent::Kind::Operator:
        return theme.color(Token::Ink);
    case ChartEvent::Kind::Caution:
    case ChartEvent::Kind::CautionAlert:
        return theme.color(Token::Caut);
    case ChartEvent::Kind::Critical:
    case ChartEvent::Kind::CriticalAlert:
        return theme.color(Token::Crit);
    }
    return theme.color(Token::Ink2);
}

void drawDiamond(QPainter& painter, const QPointF& centre, const QColor& color) {
    QPainterPath path;
    path.moveTo(centre + QPointF(0, -4));
    path.lineTo(centre + QPointF(4, 0));
    path.lineTo(centre + QPointF(0, 4));
    path.lineTo(centre + QPointF(-4, 0));
    path.closeSubpath();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, color);
    painter.restore();
}

namespace {

/// A diamond of its severity's colour; the critical one is larger, with the bar and the dot of its state.
void drawAlert(QPainter& painter, const QPointF& centre, ChartEvent::Kind kind, const Theme& theme) {
    const bool critical = kind == ChartEvent::Kind::CriticalAlert;
    const double reach = critical ? 5.5 : 4.5;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(critical ? Token::Crit : Token::CautFill));
    painter.drawPolygon(QPolygonF({centre + QPointF(0, -reach), centre + QPointF(reach, 0), centre + QPointF(0, reach),
                                   centre + QPointF(-reach, 0)}));
    if (critical) {
        painter.setBrush(theme.color(Token::Bg));
        painter.drawRect(QRectF(centre.x() - 0.75, centre.y() - 3.2, 1.5, 3.6));
        painter.drawRect(QRectF(centre.x() - 0.75, centre.y() + 1.4, 1.5, 1.5));
    }
    painter.restore();
}

/// Each kind has a silhouette of its own: hollow by itself, filled by somebody, and the shapes of the states.
void drawSign(QPainter& painter, const QPointF& centre, ChartEvent::Kind kind, const Theme& theme) {
    switch (kind) {
    case ChartEvent::Kind::Automatic:
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(eventColor(kind, theme), 1.3));
        painter.setBrush(theme.color(Token::Bg));
        painter.drawPolygon(QPolygonF({centre + QPointF(0, -3.6), centre + QPointF(3.6, 0), centre + QPointF(0, 3.6),
                                       centre + QPointF(-3.6, 0)}));
        painter.restore();
        return;
    case ChartEvent::Kind::Operator:
        drawDiamond(painter, centre, eventColor(kind, theme));
        return;
    case ChartEvent::Kind::Caution:
    case ChartEvent::Kind::Critical:
        drawMark(painter, QRectF(centre.x() - 5, centre.y() - 5, 10, 10),
                 kind == ChartEvent::Kind::Caution ? Mark::Caution : Mark::Critical, theme);
        return;
    case ChartEvent::Kind::CautionAlert:
    case ChartEvent::Kind::CriticalAlert:
        drawAlert(painter, centre, kind, theme);
        return;
    }
}

} // namespace

void drawEvents(QPainter& painter, const std::vector<ChartEvent>& events, const TimeSpan& window, const QRectF& strip,
                const QRectF& plot, const Theme& theme, const QColor& line) {
    const QFont& font = theme.font(Type::Small);
    double freeUntil = strip.right();
    int hidden = 0;
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
        if (it->at < window.from || it->at > window.to) {
            continue;
        }
        const double x = std::floor(TimeContext::x(it->at, window, plot.left(), plot.width()));
        const QColor color = eventColor(it->kind, theme);
        const bool alert = it->kind == ChartEvent::Kind::CautionAlert || it->kind == ChartEvent::Kind::CriticalAlert;
        if (plot.height() > 0 && !alert) {
            draw::dashed(painter, QLineF(x, plot.top(), x, plot.bottom()), line.isValid() ? line : color, 4, 3);
        }
        if (strip.height() <= 0) {
            continue;
        }
        drawSign(painter, QPointF(x + 0.5, strip.center().y()), it->kind, theme);
        const double left = x + 8;
        const double room = freeUntil - left;
        const double wanted = draw::textWidth(font, it->label);
        if (it->label.isEmpty()) {
            freeUntil = x - 8;
        } else if (wanted <= room || room >= 72) {
            draw::text(painter, QRectF(left, strip.top(), room, strip.height()), it->label, font, color);
            freeUntil = x - 12;
        } else {
            ++hidden;
            freeUntil = x - 8;
        }
    }
    if (hidden > 0 && freeUntil - strip.left() > 24) {
        draw::text(painter, QRectF(strip.left(), strip.top(), freeUntil - strip.left(), strip.height()),
                   QStringLiteral("+%1").arg(hidden), font, theme.color(Token::Ink3));
    }
}

} // namespace binnacle
