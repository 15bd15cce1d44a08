// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "widgets/accessible/chart_table.h"
#include "widgets/chart_event.h"
#include "widgets/draw.h"
#include "widgets/time_chart.h"

#include <chrono>

namespace binnacle {

/// Two hours of p99 as a thin line with the window as a brush: the one time selection of all pages. Dragging the
/// brush moves the window (and pauses); releasing it at the right end goes live. A drag outside of it, or anywhere with
/// Shift, selects a span; a click there moves the window. Of a recording it shows all, and a click plays it from there.
class TimeRibbon : public TimeChart, public ChartData {
    Q_OBJECT

public:
    explicit TimeRibbon(QWidget* parent = nullptr);
    void setSpan(std::chrono::minutes span);
    void setEvents(std::vector<ChartEvent> events);
    /// Read during the call only; call it at every tick.
    void showSeries(const Series* p99);
    [[nodiscard]] QRectF plotRect() const override;
    [[nodiscard]] TimeSpan shownWindow() const override { return m_shown.span; }
    /// p99 at the crosshair; empty without one in the ribbon's time.
    [[nodiscard]] QString crosshairText() const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::optional<SpokenRange> spokenRange() const override;
    void setSpokenRange(double value) override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::Slider; }
    [[nodiscard]] QSize sizeHint() const override { return {1376, 40}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 40}; }

protected:
    void contextChanged() override;
    [[nodiscard]] bool selectsFrom(const QPointF& position, Qt::KeyboardModifiers modifiers) const override;
    void clicked(SteadyTime at) override;
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Shown {
        TimeSpan span{};
        int brushLeft = 0;
        int brushRight = 0;
        std::optional<int> played{}; ///< where a recording stands
        draw::Curve curve;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    void rebuild();
    void moveWindowTo(double x);
    void paintCrosshair(QPainter& painter, const QRectF& plot) const;

    std::chrono::minutes m_span{120};
    std::vector<ChartEvent> m_events;
    std::vector<SeriesColumn> m_columns;
    TimeSpan m_columnsSpan{};
    Shown m_shown;
    std::optional<double> m_grab; ///< distance from the pointer to the brush's right edge
    bool m_moved = false;         ///< since it was grabbed
};

} // namespace binnacle
