// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart_event.h"
#include "widgets/painted_widget.h"
#include "widgets/time_context.h"

#include <QPointer>

#include <optional>
#include <vector>

namespace binnacle {

/// A chart on the time axis, as far as all of them are alike: the crosshair that they share, the selection of a span
/// by drag or by keys, the menu, and what people noted. What is chosen in one goes to the TimeContext, and so to all.
///
/// Keys: left and right move the crosshair by a column, with Ctrl by ten; with Shift a span is extended from where the
/// crosshair stood; Enter selects it for all charts; Escape gives up what was begun, or takes the crosshair away.
class TimeChart : public PaintedWidget {
    Q_OBJECT

public:
    /// Pixels that a pointer must go for a click to become a drag.
    static constexpr double kDragFrom = 4;

    explicit TimeChart(QWidget* parent = nullptr);

    void setTimeContext(TimeContext* context);
    /// Where time goes from left to right.
    [[nodiscard]] virtual QRectF plotRect() const = 0;
    /// The time that the plot shows.
    [[nodiscard]] virtual TimeSpan shownWindow() const = 0;
    /// A line of a source that is live can be seen in it.
    [[nodiscard]] virtual bool showsLive() const { return false; }
    /// A span is being selected in this chart by drag.
    [[nodiscard]] bool isDragging() const { return m_dragging; }

protected:
    [[nodiscard]] TimeContext* context() const { return m_context; }
    /// The steps that keys move the crosshair by.
    [[nodiscard]] virtual int columnCount() const;
    [[nodiscard]] SteadyTime timeAt(double x) const;
    /// Whether a drag that begins there selects.
    [[nodiscard]] virtual bool selectsFrom(const QPointF& position, Qt::KeyboardModifiers modifiers) const;
    /// A press and release without a drag: the crosshair stays there.
    virtual void clicked(SteadyTime at);
    /// The pointer went over the chart, or left it (absent).
    virtual void hovered(const std::optional<QPointF>& position);
    virtual void contextChanged() {}

    /// The chart's own events with the notes of people, oldest first.
    [[nodiscard]] std::vector<ChartEvent> withNotes(const std::vector<ChartEvent>& events) const;
    /// The spans of notes behind the curves.
    void paintNotes(QPainter& painter, const QRectF& plot) const;
    /// What is about to be selected: call it last.
    void paintPending(QPainter& painter, const QRectF& plot) const;

    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void extendMenu(QMenu& menu, const QContextMenuEvent& event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool moveByKey(const QKeyEvent& event);
    void endDrag();

    QPointer<TimeContext> m_context;
    std::optional<double> m_pressedAt;  ///< x
    std::optional<SteadyTime> m_anchor; ///< the fixed end of a selection by keys or drag
    bool m_dragging = false;
    bool m_hovered = false;
};

} // namespace binnacle
