// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "widgets/accessible/chart_table.h"
#include "widgets/chart_event.h"
#include "widgets/chart_frame.h"
#include "widgets/panel_status.h"
#include "widgets/time_chart.h"

#include <QImage>

#include <array>
#include <deque>
#include <vector>

namespace binnacle {

/// Latency over time: each column the histogram of one step, each cell the count of one bucket, with strips for what
/// lies below and above the range. The picture is a ring of columns, so that a step costs one column.
class HeatmapView : public TimeChart, public ChartData {
    Q_OBJECT

public:
    static constexpr int kBuckets = 40;

    explicit HeatmapView(QWidget* parent = nullptr);

    /// Range in seconds, by default 1 ms to 4 s. Clears the columns.
    void setRange(double lowSeconds, double highSeconds);
    /// Time that one column covers, by default 4 s. Clears the columns.
    void setStep(SteadyTime::duration step);
    [[nodiscard]] SteadyTime::duration step() const { return m_step; }
    void setEvents(std::vector<ChartEvent> events);
    void setStatus(PanelStatus status);
    void setGutters(int left, int right);
    void setTimeLabelsVisible(bool visible);

    /// Adds what was recorded in the step that begins at `from` (a multiple of the step in steady time). Steps left
    /// out stay gaps. A step that is given again adds to its column: the newest one grows while it lasts.
    void addColumn(SteadyTime from, const LatencyHistogram& recorded);
    void clear();
    /// Shows the window of the time context. Call it at every tick.
    void refresh();

    /// Sum of the counts in the painted cells, strips included.
    [[nodiscard]] std::uint64_t paintedTotal() const { return m_shown.total; }
    [[nodiscard]] QRectF plotRect() const override;
    [[nodiscard]] TimeSpan shownWindow() const override { return m_shown.window; }
    /// What the step at the crosshair holds; empty without a crosshair in the window.
    [[nodiscard]] QStringList crosshairTexts() const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override { return {900, 170}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 100}; }

protected:
    void paint(QPainter& painter) override;
    void themeChanged() override;
    void resizeEvent(QResizeEvent* event) override;
    void hovered(const std::optional<QPointF>& position) override;

private:
    static constexpr int kRows = kBuckets + 2; ///< row 0 below, kBuckets + 1 above
    struct Column {
        std::int64_t index = 0; ///< step number in steady time
        std::array<std::uint32_t, kRows> counts{};
        std::uint64_t total = 0;
    };
    struct Shown {
        TimeSpan window{};
        std::int64_t firstIndex = 0;
        std::int64_t lastIndex = -1;
        std::uint64_t total = 0;
        int scaleTop = 10; ///< count of the brightest colour, 1-2-5
        int revision = 0;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    void paintColumn(const Column& column);
    void repaintImage();
    [[nodiscard]] const Column* columnAt(std::int64_t index) const;
    [[nodiscard]] int rowOf(double seconds) const;
    void paintLegend(QPainter& painter, const QRectF& plot) const;
    [[nodiscard]] QRectF cellRect() const; ///< without the strips for what lies outside the range
    void paintTip(QPainter& painter, const QRectF& plot) const;

    SteadyTime::duration m_step = std::chrono::seconds(4);
    double m_low = 0.001;
    double m_high = 4;
    std::deque<Column> m_columns;
    QImage m_ring;
    std::vector<QRgb> m_ramp;
    Shown m_shown;
    PanelStatus m_status;
    std::vector<ChartEvent> m_events;
    std::optional<QPointF> m_hover;
    ChartFrame m_frame;
    int m_left = 68;
    int m_right = 96;
    int m_revision = 0;
    bool m_timeLabels = true;
};

} // namespace binnacle
