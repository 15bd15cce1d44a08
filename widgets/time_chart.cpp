// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time_chart.h"

#include "widgets/number_text.h"
#include "widgets/plot.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace binnacle {

TimeChart::TimeChart(QWidget* parent)
    : PaintedWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void TimeChart::setTimeContext(TimeContext* context) {
    if (m_context) {
        m_context->disconnect(this);
    }
    m_context = context;
    if (context) {
        connect(context, &TimeContext::crosshairChanged, this, qOverload<>(&QWidget::update));
    }
    contextChanged();
    update();
}

int TimeChart::columnCount() const {
    return plot::columnCount(plotRect().width());
}

SteadyTime TimeChart::timeAt(double x) const {
    const auto plot = plotRect();
    const auto window = shownWindow();
    return std::clamp(TimeContext::timeAt(std::floor(x) + 0.5, window, plot.left(), plot.width()), window.from,
                      window.to);
}

bool TimeChart::selectsFrom(const QPointF& position, Qt::KeyboardModifiers /*modifiers*/) const {
    return plotRect().adjusted(-1, -1, 1, 1).contains(position);
}

void TimeChart::clicked(SteadyTime at) {
    m_context->pinCrosshair(at);
}

void TimeChart::hovered(const std::optional<QPointF>& /*position*/) {}

std::vector<ChartEvent> TimeChart::withNotes(const std::vector<ChartEvent>& events) const {
    auto all = events;
    if (m_context) {
        std::ranges::copy(m_context->notes(), std::back_inserter(all));
        std::ranges::copy(m_context->alerts(), std::back_inserter(all));
        std::ranges::stable_sort(all, {}, &ChartEvent::at);
    }
    return all;
}

void TimeChart::paintNotes(QPainter& painter, const QRectF& plot) const {
    if (!m_context) {
        return;
    }
    const auto window = shownWindow();
    QColor fill = theme().color(Token::Sel);
    fill.setAlphaF(0.6F);
    for (const auto& note : m_context->notes()) {
        if (note.until <= note.at || note.until < window.from || note.at > window.to) {
            continue;
        }
        const auto x = [&](SteadyTime at) {
            return std::clamp(TimeContext::x(at, window, plot.left(), plot.width()), plot.left(), plot.right());
        };
        painter.fillRect(QRectF(x(note.at), plot.top(), x(note.until) - x(note.at), plot.height()), fill);
    }
}

void TimeChart::paintPending(QPainter& painter, const QRectF& plot) const {
    if (!m_context || !m_context->pending()) {
        return;
    }
    const auto window = shownWindow();
    const auto span = *m_context->pending();
    if (span.to < window.from || span.from > window.to) {
        return;
    }
    const auto x = [&](SteadyTime at) {
        return std::floor(std::clamp(TimeContext::x(at, window, plot.left(), plot.width()), plot.left(), plot.right()));
    };
    const QRectF box(x(span.from), plot.top(), std::max(1.0, x(span.to) - x(span.from)), plot.height());
    QColor fill = theme().color(Token::Ink);
    fill.setAlphaF(0.12F);
    painter.fillRect(box, fill);
    const QColor ink = theme().color(Token::Ink);
    draw::vertical(painter, box.left(), box.top(), box.bottom(), ink);
    draw::vertical(painter, box.right() - 1, box.top(), box.bottom(), ink);
    painter.fillRect(QRectF(box.left(), std::floor(plot.bottom()) + 1, box.width(), 4), ink);
    const QString words = m_context->clock(span.from) + QStringLiteral(" \u2013 ") + m_context->clock(span.to) +
                          QStringLiteral(", ") +
                          ageText(std::chrono::duration_cast<std::chrono::nanoseconds>(span.length()));
    draw::tooltip(painter, plot, QPointF(box.right() - 12 + 8, plot.top() + 6), {words}, theme());
}

void TimeChart::mousePressEvent(QMouseEvent* event) {
    if (!m_context || event->button() != Qt::LeftButton || !selectsFrom(event->position(), event->modifiers())) {
        PaintedWidget::mousePressEvent(event);
        return;
    }
    m_pressedAt = event->position().x();
    m_anchor = timeAt(*m_pressedAt);
    m_dragging = false;
}

void TimeChart::mouseMoveEvent(QMouseEvent* event) {
    if (!m_context) {
        return;
    }
    const auto x = event->position().x();
    if (m_pressedAt && m_anchor) {
        m_dragging = m_dragging || std::abs(x - *m_pressedAt) >= kDragFrom;
        if (m_dragging) {
            const auto at = timeAt(x);
            m_context->setCrosshair(at);
            m_context->setPending(TimeSpan{std::min(*m_anchor, at), std::max(*m_anchor, at)});
        }
        return;
    }
    if (plotRect().adjusted(-1, -1, 1, 1).contains(event->position())) {
        m_hovered = true;
        m_context->setCrosshair(timeAt(x));
        hovered(event->position());
    } else {
        leaveEvent(nullptr);
    }
}

void TimeChart::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_context || !m_pressedAt || event->button() != Qt::LeftButton) {
        return;
    }
    const auto pending = m_context->pending();
    const bool dragged = m_dragging;
    endDrag();
    if (dragged && pending) {
        m_context->setCrosshair(std::nullopt);
        m_context->select(*pending);
    } else if (!dragged) {
        clicked(timeAt(event->position().x()));
    }
}

void TimeChart::endDrag() {
    m_pressedAt.reset();
    m_anchor.reset();
    m_dragging = false;
    if (m_context) {
        m_context->setPending(std::nullopt);
    }
}

void TimeChart::extendMenu(QMenu& menu, const QContextMenuEvent& event) {
    if (!m_context) {
        return;
    }
    const auto at = event.reason() == QContextMenuEvent::Keyboard ? m_context->crosshair().value_or(shownWindow().to)
                                                                  : timeAt(event.pos().x());
    Q_EMIT m_context->menuOpened(&menu, m_context->pending().value_or(TimeSpan{at, at}));
}

void TimeChart::leaveEvent(QEvent*) {
    m_hovered = false;
    if (m_context && !m_dragging) {
        m_context->setCrosshair(std::nullopt);
    }
    hovered(std::nullopt);
}

void TimeChart::hideEvent(QHideEvent* event) {
    if (m_context) {
        if (m_pressedAt || m_anchor) {
            endDrag();
        }
        if (m_hovered && m_context->crosshair()) {
            m_context->pinCrosshair(m_context->crosshair()); // the page changes, the moment stays
        }
    }
    m_hovered = false;
    hovered(std::nullopt);
    PaintedWidget::hideEvent(event);
}

void TimeChart::focusOutEvent(QFocusEvent* event) {
    if (m_anchor && !m_pressedAt && event->reason() != Qt::PopupFocusReason &&
        event->reason() != Qt::ActiveWindowFocusReason) {
        endDrag();
    }
    PaintedWidget::focusOutEvent(event);
}

bool TimeChart::moveByKey(const QKeyEvent& event) {
    if (!m_context) {
        return false;
    }
    const auto window = shownWindow();
    switch (event.key()) {
    case Qt::Key_Escape:
        if (m_anchor || m_context->pending()) {
            endDrag();
            return true;
        }
        if (m_context->crosshair()) {
            m_context->pinCrosshair(std::nullopt);
            return true;
        }
        return false;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto pending = m_context->pending(); pending && m_anchor && !m_pressedAt) {
            endDrag();
            m_context->select(*pending);
            return true;
        }
        return false;
    case Qt::Key_Left:
    case Qt::Key_Right:
        break;
    default:
        return false;
    }
    if (columnCount() <= 0 || (event.modifiers() & Qt::AltModifier)) {
        return false;
    }
    const auto step = window.length() / columnCount() * ((event.modifiers() & Qt::ControlModifier) ? 10 : 1);
    const auto from = std::clamp(m_context->crosshair().value_or(window.to), window.from, window.to);
    const auto at = std::clamp(event.key() == Qt::Key_Left ? from - step : from + step, window.from, window.to);
    m_context->pinCrosshair(at);
    if (event.modifiers() & Qt::ShiftModifier) {
        m_anchor = m_anchor.value_or(from);
        m_context->setPending(TimeSpan{std::min(*m_anchor, at), std::max(*m_anchor, at)});
    } else if (m_anchor && !m_pressedAt) {
        endDrag();
    }
    return true;
}

void TimeChart::keyPressEvent(QKeyEvent* event) {
    if (!moveByKey(*event)) {
        PaintedWidget::keyPressEvent(event);
    }
}

} // namespace binnacle
