// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "widgets/accessible/chart_table.h"
#include "widgets/chart_event.h"
#include "widgets/draw.h"
#include "widgets/painted_widget.h"
#include "widgets/time_context.h"

#include <QPointer>

#include <chrono>

namespace binnacle {

/// Two hours of p99 as a thin line with the window as a brush: the one time selection of all pages. Dragging the
/// brush moves the window (and pauses); releasing it at the right end goes live.
class TimeRibbon : public PaintedWidget, public ChartData {
    Q_OBJECT

public:
    explicit TimeRibbon(QWidget* parent = nullptr);
    void setTimeContext(TimeContext* context);
    void setSpan(std::chrono::minutes span);
    void setEvents(std::vector<ChartEvent> events);
    /// Read during the call only; call it at every tick.
    void showSeries(const Series* p99);
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::optional<SpokenRange> spokenRange() const override;
    void setSpokenRange(double value) override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::Slider; }
    [[nodiscard]] QSize sizeHint() const override { return {1376, 40}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 40}; }

protected:
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
        draw::Curve curve;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    [[nodiscard]] QRectF plotRect() const;
    void rebuild();
    void moveWindowTo(double x);

    QPointer<TimeContext> m_context;
    std::chrono::minutes m_span{120};
    std::vector<ChartEvent> m_events;
    std::vector<SeriesColumn> m_columns;
    TimeSpan m_columnsSpan{};
    Shown m_shown;
    std::optional<double> m_grab; ///< distance from the pointer to the brush's right edge
};

} // namespace binnacle
