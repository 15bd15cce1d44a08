// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time_ribbon.h"

#include "widgets/plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {
constexpr int kSide = 20;
constexpr double kSnapToLive = 6;
} // namespace

TimeRibbon::TimeRibbon(QWidget* parent)
    : PaintedWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Time ribbon"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void TimeRibbon::setTimeContext(TimeContext* context) {
    if (m_context) {
        m_context->disconnect(this);
    }
    m_context = context;
    if (context) {
        connect(context, &TimeContext::spanChanged, this, &TimeRibbon::rebuild);
        connect(context, &TimeContext::modeChanged, this, &TimeRibbon::rebuild);
    }
    rebuild();
}

void TimeRibbon::setSpan(std::chrono::minutes span) {
    m_span = std::max(span, std::chrono::minutes(1));
    rebuild();
}

void TimeRibbon::setEvents(std::vector<ChartEvent> events) {
    assign(m_events, std::move(events));
}

QRectF TimeRibbon::plotRect() const {
    return QRectF(kSide, 0, std::max(0, width() - 2 * kSide), height());
}

void TimeRibbon::showSeries(const Series* p99) {
    const int columns = plot::columnCount(plotRect().width());
    if (!m_context || columns <= 0) {
        return;
    }
    const auto step = SteadyTime::duration(m_span).count() / columns;
    const SteadyTime to{SteadyTime::duration((m_context->now().time_since_epoch().count() / step + 1) * step)};
    m_columnsSpan = {to - SteadyTime::duration(step * columns), to};
    m_columns.clear();
    if (p99) {
        m_columns = p99->columns(m_columnsSpan.from, m_columnsSpan.to, static_cast<std::size_t>(columns));
    }
    rebuild();
}

void TimeRibbon::rebuild() {
    if (!m_context) {
        return;
    }
    const QRectF plot = plotRect();
    Shown next;
    next.span =
        m_columnsSpan.length().count() > 0 ? m_columnsSpan : TimeSpan{m_context->now() - m_span, m_context->now()};
    double top = 0;
    for (const auto& column : m_columns) {
        top = column.present ? std::max(top, column.max) : top;
    }
    next.curve = plot::curve(m_columns, AxisScale(AxisScale::Kind::Linear, 0, top > 0 ? top : 1),
                             QRectF(0, 13, plot.width(), 14));
    const auto window = m_context->window();
    const auto x = [&](SteadyTime at) {
        return std::clamp(TimeContext::x(at, next.span, plot.left(), plot.width()), plot.left(), plot.right());
    };
    next.brushLeft = static_cast<int>(std::lround(x(window.from)));
    next.brushRight =
        static_cast<int>(std::lround(m_context->mode() == TimeContext::Mode::Live ? plot.right() : x(window.to)));
    assign(m_shown, std::move(next));
}

void TimeRibbon::paint(QPainter& painter) {
    painter.fillRect(rect(), theme().color(Token::Bg));
    draw::horizontal(painter, 0, width(), height() - 1, theme().color(Token::Rule));
    if (!m_context) {
        return;
    }
    const QRectF plot = plotRect();
    const QRectF brush(m_shown.brushLeft, 0, m_shown.brushRight - m_shown.brushLeft, height() - 1);
    painter.fillRect(brush, theme().color(Token::Sel));
    for (const auto& tick : m_context->ticks(m_shown.span, std::max(1, static_cast<int>(plot.width() / 140)))) {
        const double x = std::floor(TimeContext::x(tick.at, m_shown.span, plot.left(), plot.width()));
        painter.fillRect(QRectF(x, height() - 6, 1, 5), theme().color(Token::Ink3));
        const double wide = draw::textWidth(theme().font(Type::Small), tick.label);
        if (x + 4 + wide < brush.left() || x + 4 > brush.right()) {
            draw::text(painter, QRectF(x + 5, height() - 14, wide + 1, 12), tick.label, theme().font(Type::Small),
                       theme().color(Token::Ink3));
        }
    }
    painter.save();
    const double step = plot.width() / std::max<double>(1, static_cast<double>(m_shown.curve.size()));
    const auto lines = draw::curveLines(m_shown.curve, plot.left(), step);
    draw::stroke(painter, lines, theme().color(Token::Ink3), 1);
    painter.setClipRect(brush);
    draw::stroke(painter, lines, theme().color(Token::Ink), 1.25);
    painter.restore();
    // Inside the brush there is no room for words: the pages below have them.
    auto events = m_events;
    for (auto& event : events) {
        if (TimeContext::x(event.at, m_shown.span, plot.left(), plot.width()) >= brush.left()) {
            event.label.clear();
        }
    }
    drawEvents(painter, events, m_shown.span, QRectF(plot.left(), 1, plot.width(), 14),
               QRectF(plot.left(), 0, plot.width(), 0), theme());
    draw::vertical(painter, brush.left(), 0, height() - 1, theme().color(Token::Ink));
    draw::vertical(painter, brush.right() - 1, 0, height() - 1, theme().color(Token::Ink));
}

void TimeRibbon::resizeEvent(QResizeEvent*) {
    rebuild();
}

void TimeRibbon::moveWindowTo(double x) {
    if (!m_context) {
        return;
    }
    const QRectF plot = plotRect();
    if (x >= plot.right() - kSnapToLive) {
        m_context->goLive();
        return;
    }
    const auto earliest = m_shown.span.from + m_context->span();
    m_context->showUntil(std::max(earliest, TimeContext::timeAt(x, m_shown.span, plot.left(), plot.width())));
}

void TimeRibbon::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    const double x = event->position().x();
    const bool inside = x >= m_shown.brushLeft && x <= m_shown.brushRight;
    m_grab = inside ? m_shown.brushRight - x : (m_shown.brushRight - m_shown.brushLeft) / 2.0;
    if (!inside) {
        moveWindowTo(x + *m_grab);
    }
}

void TimeRibbon::mouseMoveEvent(QMouseEvent* event) {
    if (m_grab) {
        moveWindowTo(event->position().x() + *m_grab);
    }
}

void TimeRibbon::mouseReleaseEvent(QMouseEvent*) {
    m_grab.reset();
}

void TimeRibbon::keyPressEvent(QKeyEvent* event) {
    if (!m_context) {
        return;
    }
    const auto step = m_context->span() / ((event->modifiers() & Qt::ShiftModifier) ? 1 : 10);
    switch (event->key()) {
    case Qt::Key_Left:
        m_context->showUntil(std::max(m_shown.span.from + m_context->span(), m_context->end() - step));
        return;
    case Qt::Key_Right:
        if (m_context->end() + step >= m_context->now()) {
            m_context->goLive();
        } else {
            m_context->showUntil(m_context->end() + step);
        }
        return;
    case Qt::Key_End:
        m_context->goLive();
        return;
    default:
        PaintedWidget::keyPressEvent(event);
    }
}

QString TimeRibbon::spokenValue() const {
    if (!m_context) {
        return {};
    }
    const auto window = m_context->window();
    return tr("%1 to %2").arg(m_context->clock(window.from), m_context->clock(window.to)) +
           (m_context->mode() == TimeContext::Mode::Live ? tr(", live") : tr(", paused"));
}

} // namespace binnacle
