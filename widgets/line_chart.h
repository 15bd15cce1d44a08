// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "widgets/accessible/chart_table.h"
#include "widgets/axis_scale.h"
#include "widgets/chart_event.h"
#include "widgets/chart_frame.h"
#include "widgets/draw.h"
#include "widgets/panel_status.h"
#include "widgets/time_chart.h"

#include <optional>
#include <span>
#include <vector>

namespace binnacle {

class KeyButton;

/// A line of a chart, apart from its data.
struct ChartLine {
    QString name{};
    Token color = Token::D1;
    double width = 1.5; ///< 2 for the one that matters
    bool dashed = false;
    friend bool operator==(const ChartLine&, const ChartLine&) = default;
};

/// A limit or target: ink, dashed, its label in the gutter.
struct ChartLimit {
    double value = 0;
    QString label{};
    friend bool operator==(const ChartLimit&, const ChartLimit&) = default;
};

/// What a line lies between: a band behind it.
struct ChartBand {
    const Series* low = nullptr;
    const Series* high = nullptr;
};

/// Lines over time with direct labels at the right end.
///
/// The plot runs from `left gutter` to `right gutter` of the widget; give all charts of a page the same gutters and
/// they share the time axis.
class LineChart : public TimeChart, public ChartData {
    Q_OBJECT

public:
    explicit LineChart(QWidget* parent = nullptr);

    void setLines(std::vector<ChartLine> lines);
    void setQuantity(Quantity quantity);
    /// A fixed scale. Without one the axis starts at 0 and grows in 1-2-5 steps.
    void setScale(AxisScale scale);
    void setLimits(std::vector<ChartLimit> limits);
    void setEvents(std::vector<ChartEvent> events);
    void setStatus(PanelStatus status);
    void setGutters(int left, int right);
    /// Labels under the time axis; off where another chart below shows them.
    void setTimeLabelsVisible(bool visible);

    /// The data of each line in the order of setLines(), nullptr for none. Read during the call only: the chart keeps
    /// what its pixels need. Call it at every tick; it repaints only when a pixel changes.
    void showSeries(std::span<const Series* const> series) { showSeries(series, {}); }
    /// The same with bands behind the lines, in their order.
    void showSeries(std::span<const Series* const> series, std::span<const ChartBand> bands);

    [[nodiscard]] QRectF plotRect() const override;
    [[nodiscard]] TimeSpan shownWindow() const override { return m_shown.window; }
    [[nodiscard]] bool showsLive() const override;
    /// What each line says at the crosshair, the one that matters first; empty without a crosshair in the window.
    [[nodiscard]] QStringList crosshairTexts() const;
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override { return {900, 190}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 90}; }

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Shown {
        TimeSpan window{};
        std::vector<draw::Curve> curves;
        std::vector<draw::Curve> lows; ///< of the bands
        std::vector<draw::Curve> highs;
        std::vector<std::optional<double>> last; ///< shown at the right end
        AxisScale scale;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    /// Where a chart of what goes on is empty: a longer time may hold something.
    void offerWider();
    void rebuild();
    void fill(Shown& shown) const;
    void paintBands(QPainter& painter, const QRectF& plot) const;
    void paintGaps(QPainter& painter, const QRectF& plot) const;
    void paintStale(QPainter& painter, const QRectF& plot) const;
    void paintLabels(QPainter& painter, const QRectF& plot) const;
    void paintTimeAxis(QPainter& painter, const QRectF& plot) const;
    [[nodiscard]] std::vector<std::size_t> readingOrder() const;
    void paintCrosshair(QPainter& painter, const QRectF& plot) const;
    void paintState(QPainter& painter, const QRectF& plot) const;

    std::vector<ChartLine> m_lines;
    std::vector<ChartLimit> m_limits;
    std::vector<ChartEvent> m_events;
    PanelStatus m_status;
    Quantity m_quantity = Quantity::Duration;
    std::optional<AxisScale> m_fixedScale;
    SteadyTop m_top;
    std::vector<std::vector<SeriesColumn>> m_columns;
    std::vector<std::vector<SeriesColumn>> m_lows;
    std::vector<std::vector<SeriesColumn>> m_highs;
    Shown m_shown;
    ChartFrame m_frame;
    int m_left = 68;
    int m_right = 96;
    bool m_timeLabels = true;
    KeyButton* m_widen;
    SteadyTime::duration m_wider{};
};

} // namespace binnacle
