// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mark.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace binnacle {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mark)
};
} // namespace

void drawMark(QPainter& painter, const QRectF& box, Mark mark, const Theme& theme) {
    if (mark == Mark::None) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.center());
    const double scale = std::min(box.width(), box.height()) / 12.0;
    painter.scale(scale, scale);
    const auto pen = [&](Token token, double width, Qt::PenCapStyle cap = Qt::FlatCap) {
        painter.setPen(QPen(theme.color(token), width, Qt::SolidLine, cap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
    };
    const auto fill = [&](Token token) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(token));
    };
    const auto triangle = [](double reach) {
        QPainterPath path;
        path.moveTo(0, -reach);
        path.lineTo(reach * 1.04, reach * 0.84);
        path.lineTo(-reach * 1.04, reach * 0.84);
        path.closeSubpath();
        return path;
    };
    switch (mark) {
    case Mark::Normal:
        pen(Token::Ink3, 1.5);
        painter.drawEllipse(QPointF(0, 0), 3.0, 3.0);
        break;
    case Mark::Caution:
        fill(Token::CautFill);
        painter.drawPath(triangle(5.2));
        break;
    case Mark::Critical:
        fill(Token::Crit);
        painter.drawRect(QRectF(-4.5, -4.5, 9, 9));
        fill(Token::Bg);
        painter.drawRect(QRectF(-0.8, -3, 1.6, 3.6));
        painter.drawRect(QRectF(-0.8, 1.5, 1.6, 1.6));
        break;
    case Mark::Proof: {
        pen(Token::Ok, 1.8, Qt::SquareCap);
        QPainterPath path;
        path.moveTo(-3.6, 0.2);
        path.lineTo(-1.2, 2.6);
        path.lineTo(3.6, -2.6);
        painter.drawPath(path);
        break;
    }
    case Mark::Held:
        fill(Token::Ink);
        painter.drawRect(QRectF(-3.2, -4, 2.2, 8));
        painter.drawRect(QRectF(1.0, -4, 2.2, 8));
        break;
    case Mark::Late:
        pen(Token::Ink2, 1.3);
        painter.drawEllipse(QPointF(0, 0), 4.2, 4.2);
        painter.drawLine(QPointF(0, -2.6), QPointF(0, 0.4));
        painter.drawLine(QPointF(-0.3, 0.1), QPointF(2.3, 0.1));
        break;
    case Mark::Lost:
        pen(Token::Ink2, 1.6);
        painter.drawLine(QPointF(-3.6, -3.6), QPointF(3.6, 3.6));
        painter.drawLine(QPointF(-3.6, 3.6), QPointF(3.6, -3.6));
        break;
    case Mark::Note:
        pen(Token::Ink2, 1.3);
        painter.drawPath(triangle(4.6));
        break;
    case Mark::Denied:
        pen(Token::Ink2, 1.3);
        painter.drawRect(QRectF(-3.6, -0.8, 7.2, 5.2));
        painter.drawArc(QRectF(-2.3, -5, 4.6, 6.4), 0, 180 * 16);
        painter.drawLine(QPointF(-2.3, -1.9), QPointF(-2.3, -0.8));
        painter.drawLine(QPointF(2.3, -1.9), QPointF(2.3, -0.8));
        fill(Token::Ink2);
        painter.drawRect(QRectF(-0.7, 1, 1.4, 1.9));
        break;
    case Mark::None:
        break;
    }
    painter.restore();
}

QString markWord(Mark mark) {
    switch (mark) {
    case Mark::Normal:
        return Words::tr("normal");
    case Mark::Caution:
        return Words::tr("caution");
    case Mark::Critical:
        return Words::tr("critical");
    case Mark::Proof:
        return Words::tr("observed");
    case Mark::Held:
        return Words::tr("held");
    case Mark::Late:
        return Words::tr("late");
    case Mark::Lost:
        return Words::tr("lost");
    case Mark::Note:
        return Words::tr("note");
    case Mark::Denied:
        return Words::tr("denied");
    case Mark::None:
        break;
    }
    return {};
}

Mark markOf(Severity severity) {
    switch (severity) {
    case Severity::Caution:
        return Mark::Caution;
    case Severity::Critical:
        return Mark::Critical;
    case Severity::Normal:
        break;
    }
    return Mark::None;
}

} // namespace binnacle
