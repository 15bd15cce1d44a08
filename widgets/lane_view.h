// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/series.h"
#include "widgets/accessible/chart_table.h"
#include "widgets/axis_scale.h"
#include "widgets/chart_event.h"
#include "widgets/draw.h"
#include "widgets/panel_status.h"
#include "widgets/time_chart.h"

#include <optional>
#include <span>
#include <vector>

namespace binnacle {

/// One lane: a signal on the common time axis.
struct Lane {
    QString title{};    ///< "Replica lag"
    QString subtitle{}; ///< "worst standby, s"
    Quantity quantity = Quantity::Count;
    Token color = Token::D1;
    std::optional<double> limit{}; ///< dashed; what crosses it is coloured
    double leastTop = 1;           ///< the scale never ends below this value
    bool ratio = false;            ///< the scale is fixed to 0..1
    friend bool operator==(const Lane&, const Lane&) = default;
};

/// What a lane says at one moment, beside its curve.
struct LaneReading {
    NumberText number{};
    Severity severity = Severity::Normal;
    PanelStatus status{};
    std::optional<int> onsetOrder{}; ///< 1 for what moved first
    std::optional<SteadyTime> onsetAt{};
    friend bool operator==(const LaneReading&, const LaneReading&) = default;
};

/// All lanes of a page on one axis: titles left, curves, the newest values right. Lanes stand in the order given and
/// never re-sort. Where height is short, those that are calm fold to one line of text, and leave their room to others.
class LaneView : public TimeChart, public ChartData {
    Q_OBJECT

public:
    explicit LaneView(QWidget* parent = nullptr);

    void setLanes(std::vector<Lane> lanes);
    void setEvents(std::vector<ChartEvent> events);
    /// One reading and one series (or nullptr) for each lane. The series are read during the call only.
    void showLanes(std::span<const LaneReading> readings, std::span<const Series* const> series);

    [[nodiscard]] QRectF plotRect() const override;
    /// Where a lane lies.
    [[nodiscard]] QRectF laneRect(int lane) const;
    [[nodiscard]] TimeSpan shownWindow() const override { return m_shown.window; }
    [[nodiscard]] bool showsLive() const override;
    /// What a lane says at the crosshair: number and unit, or that nothing is known there.
    [[nodiscard]] QString crosshairText(int lane) const;
    [[nodiscard]] int laneCount() const { return static_cast<int>(m_lanes.size()); }
    [[nodiscard]] QString laneTitle(int lane) const { return m_lanes[static_cast<std::size_t>(lane)].title; }
    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] std::vector<SpokenPart> spokenParts() const override;
    [[nodiscard]] ChartTable table() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct ShownLane {
        draw::Curve curve;
        double top = 1;
        LaneReading reading;
        friend bool operator==(const ShownLane&, const ShownLane&) = default;
    };
    struct Shown {
        TimeSpan window{};
        std::vector<ShownLane> lanes;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    void rebuild(Shown& shown) const;
    /// Gives the lanes their heights, by what they show.
    void arrange(const Shown& shown);
    void paintBackground(QPainter& painter) const;
    void paintLane(QPainter& painter, int lane) const;
    void paintOnsets(QPainter& painter) const;
    void paintCrosshair(QPainter& painter) const;
    /// The newest sample at or left of the crosshair; none across a gap.
    [[nodiscard]] std::optional<int> crosshairColumn(int lane) const;

    std::vector<Lane> m_lanes;
    std::vector<double> m_bottoms; ///< of the lanes, from the top of the plot
    std::vector<SteadyTop> m_tops;
    std::vector<std::vector<SeriesColumn>> m_columns;
    std::vector<ChartEvent> m_events;
    Shown m_shown;
};

} // namespace binnacle
