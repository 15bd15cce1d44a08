// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time_ribbon.h"

#include "widgets/plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace binnacle {

namespace {
constexpr int kSide = 20;
constexpr double kSnapToLive = 6;
} // namespace

TimeRibbon::TimeRibbon(QWidget* parent)
    : TimeChart(parent) {
    setAccessibleName(tr("Time ribbon"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TimeRibbon::contextChanged() {
    if (context()) {
        connect(context(), &TimeContext::spanChanged, this, &TimeRibbon::rebuild);
        connect(context(), &TimeContext::modeChanged, this, &TimeRibbon::rebuild);
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
    if (!context() || columns <= 0) {
        return;
    }
    const auto recording = context()->recording();
    const auto length = recording ? std::max<SteadyTime::duration>(recording->length(), std::chrono::minutes(1))
                                  : SteadyTime::duration(m_span);
    const auto step = length.count() / columns;
    const auto edge = recording ? recording->to : context()->now();
    const SteadyTime to{SteadyTime::duration((edge.time_since_epoch().count() / step + 1) * step)};
    m_columnsSpan = {to - SteadyTime::duration(step * columns), to};
    m_columns.clear();
    if (p99) {
        m_columns = p99->columns(m_columnsSpan.from, m_columnsSpan.to, static_cast<std::size_t>(columns));
    }
    rebuild();
}

void TimeRibbon::rebuild() {
    if (!context()) {
        return;
    }
    const QRectF plot = plotRect();
    Shown next;
    next.span =
        m_columnsSpan.length().count() > 0 ? m_columnsSpan : TimeSpan{context()->now() - m_span, context()->now()};
    double top = 0;
    for (const auto& column : m_columns) {
        top = column.present ? std::max(top, column.max) : top;
    }
    next.curve = plot::curve(m_columns, AxisScale(AxisScale::Kind::Linear, 0, top > 0 ? top : 1),
                             QRectF(0, 13, plot.width(), 14));
    const auto window = context()->window();
    const auto x = [&](SteadyTime at) {
        return std::clamp(TimeContext::x(at, next.span, plot.left(), plot.width()), plot.left(), plot.right());
    };
    next.brushLeft = static_cast<int>(std::lround(x(window.from)));
    const bool atEnd = context()->mode() == TimeContext::Mode::Live && !context()->recording();
    next.brushRight = static_cast<int>(std::lround(atEnd ? plot.right() : x(window.to)));
    next.played =
        context()->recording() ? std::optional(static_cast<int>(std::lround(x(context()->now())))) : std::nullopt;
    assign(m_shown, std::move(next));
}

void TimeRibbon::paint(QPainter& painter) {
    painter.fillRect(rect(), theme().color(Token::Bg));
    draw::horizontal(painter, 0, width(), height() - 1, theme().color(Token::Rule));
    if (!context()) {
        return;
    }
    const QRectF plot = plotRect();
    const QRectF brush(m_shown.brushLeft, 0, m_shown.brushRight - m_shown.brushLeft, height() - 1);
    painter.fillRect(brush, theme().color(Token::Sel));
    if (m_shown.played) {
        // What is still to come of the recording, and where it stands.
        draw::hatched(painter, QRectF(*m_shown.played, 13, plot.right() - *m_shown.played, 14), theme());
    }
    paintNotes(painter, plot);
    for (const auto& tick : context()->ticks(m_shown.span, std::max(1, static_cast<int>(plot.width() / 140)))) {
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
    auto events = withNotes(m_events);
    for (auto& event : events) {
        if (TimeContext::x(event.at, m_shown.span, plot.left(), plot.width()) >= brush.left()) {
            event.label.clear();
        }
    }
    drawEvents(painter, events, m_shown.span, QRectF(plot.left(), 1, plot.width(), 14),
               QRectF(plot.left(), 0, plot.width(), 0), theme());
    draw::vertical(painter, brush.left(), 0, height() - 1, theme().color(Token::Ink));
    draw::vertical(painter, brush.right() - 1, 0, height() - 1, theme().color(Token::Ink));
    if (m_shown.played) {
        draw::vertical(painter, *m_shown.played - 1, 0, height() - 1, theme().color(Token::Ink));
        draw::vertical(painter, *m_shown.played + 1, 0, height() - 1, theme().color(Token::Ink));
    }
    paintCrosshair(painter, plot);
    paintPending(painter, plot.adjusted(0, 2, 0, -6));
}

void TimeRibbon::resizeEvent(QResizeEvent*) {
    rebuild();
}

void TimeRibbon::moveWindowTo(double x) {
    const QRectF plot = plotRect();
    const double now = TimeContext::x(context()->now(), m_shown.span, plot.left(), plot.width());
    if (x >= std::min(now, plot.right()) - kSnapToLive) {
        context()->showLive();
        return;
    }
    const auto earliest = m_shown.span.from + context()->span();
    context()->showUntil(std::max(earliest, TimeContext::timeAt(x, m_shown.span, plot.left(), plot.width())));
}

bool TimeRibbon::selectsFrom(const QPointF& position, Qt::KeyboardModifiers modifiers) const {
    const bool inside = position.x() >= m_shown.brushLeft && position.x() <= m_shown.brushRight;
    // A brush that fills the ribbon cannot be moved.
    const bool filled = m_shown.brushRight - m_shown.brushLeft >= plotRect().width() - 2 * kDragFrom;
    return plotRect().contains(position) && (!inside || filled || (modifiers & Qt::ShiftModifier));
}

void TimeRibbon::clicked(SteadyTime at) {
    if (context()->recording()) {
        Q_EMIT context()->seekRequested(at);
        return;
    }
    context()->remember();
    const QRectF plot = plotRect();
    moveWindowTo(TimeContext::x(at, m_shown.span, plot.left(), plot.width()) +
                 (m_shown.brushRight - m_shown.brushLeft) / 2.0);
}

void TimeRibbon::mousePressEvent(QMouseEvent* event) {
    if (!context() || event->button() != Qt::LeftButton || selectsFrom(event->position(), event->modifiers())) {
        TimeChart::mousePressEvent(event);
        return;
    }
    m_grab = m_shown.brushRight - event->position().x();
    m_moved = false;
}

void TimeRibbon::mouseMoveEvent(QMouseEvent* event) {
    if (!m_grab || !context()) {
        TimeChart::mouseMoveEvent(event);
        return;
    }
    if (!std::exchange(m_moved, true)) {
        context()->remember();
    }
    moveWindowTo(event->position().x() + *m_grab);
}

void TimeRibbon::mouseReleaseEvent(QMouseEvent* event) {
    if (!std::exchange(m_grab, std::nullopt)) {
        TimeChart::mouseReleaseEvent(event);
    }
}

void TimeRibbon::keyPressEvent(QKeyEvent* event) {
    if (!context()) {
        return;
    }
    const auto step = context()->span() / ((event->modifiers() & Qt::ShiftModifier) ? 1 : 10);
    const auto moveTo = [&](SteadyTime end) {
        if (!event->isAutoRepeat()) {
            context()->remember();
        }
        end >= context()->now() ? context()->showLive() : context()->showUntil(end);
    };
    switch (event->key()) {
    case Qt::Key_Left:
        moveTo(std::min(context()->end(), std::max(m_shown.span.from + context()->span(), context()->end() - step)));
        return;
    case Qt::Key_Right:
        moveTo(context()->end() + step);
        return;
    case Qt::Key_End:
        context()->goLive();
        return;
    default:
        TimeChart::keyPressEvent(event);
    }
}

QString TimeRibbon::crosshairText() const {
    if (!context() || !context()->crosshair()) {
        return {};
    }
    const auto at = *context()->crosshair();
    if (at < m_shown.span.from || at > m_shown.span.to) {
        return {};
    }
    const auto found = plot::sampleAt(m_columns, m_shown.span, at);
    return context()->clock(at) + QStringLiteral(", ") +
           (found ? tr("p99 %1").arg(
                        numberText(m_columns[static_cast<std::size_t>(*found)].last, Quantity::Duration).joined())
                  : tr("no data"));
}

void TimeRibbon::paintCrosshair(QPainter& painter, const QRectF& plot) const {
    const auto words = context() && context()->pending() ? QString() : crosshairText();
    if (words.isEmpty()) {
        return;
    }
    const double x = TimeContext::x(*context()->crosshair(), m_shown.span, plot.left(), plot.width());
    draw::vertical(painter, x, 0, height() - 1, theme().color(Token::Ink));
    draw::tooltip(painter, QRectF(plot.left(), 5, plot.width(), height() - 10), QPointF(x, 5), {words}, theme());
}

QString TimeRibbon::spokenValue() const {
    if (!context()) {
        return {};
    }
    const auto window = context()->window();
    return tr("%1 to %2").arg(context()->clock(window.from), context()->clock(window.to)) +
           (context()->mode() != TimeContext::Mode::Live ? tr(", paused")
            : context()->recording()                     ? tr(", replay")
                                                         : tr(", live"));
}

} // namespace binnacle
