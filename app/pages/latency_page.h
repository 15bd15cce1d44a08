// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/heat_feeder.h"
#include "app/pages/linked_page.h"
#include "app/pages/quantile_lines.h"

#include <array>
#include <optional>
#include <utility>

class QModelIndex;
class QHBoxLayout;
class QStackedWidget;
class QTableView;

namespace binnacle {
class HeatmapView;
class LatencyHistogramView;
class LineChart;
class SectionHead;
class SituationSentence;
class StateOverlay;
} // namespace binnacle

namespace binnacle::app {

class LatencyComparison;
class LatencyFilter;
class RouteModel;
class RouteStatementsPanel;
class TableOrder;
class TailPanel;

/// Latencies as they are, of all requests or of one route, version or instance: the distribution over another one that
/// it is compared with, what the tail is made of, percentiles and heat on one axis, and routes.
/// From a route to the statements that it runs it is one key (Enter, or S for the slowest) or one click on its name.
class LatencyPage : public LinkedPage {
    Q_OBJECT

public:
    explicit LatencyPage(const PageContext& context, QWidget* parent = nullptr);

    void showReadings() override;
    void showTick() override;
    /// "statements ROUTE": shows what that route runs.
    void showTarget(const QString& target) override;
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose();
    [[nodiscard]] const Series& line(std::size_t which) const;
    void showDistribution(const PathReading& path);
    void showRoutes(const PathReading& path);
    [[nodiscard]] std::pair<bool, bool> whatIsDue();
    void fitScale();
    [[nodiscard]] QWidget* makeTop();
    [[nodiscard]] QTableView* makeRoutes();
    [[nodiscard]] QWidget* makeBottom();
    void openRoute(const QModelIndex& index);
    void showStatementsOf(const QString& route, const QString& statement);
    void closeRoute();
    void goOn();

    SituationSentence* m_sentence;
    SectionHead* m_histogramHead;
    LatencyHistogramView* m_histogram;
    LatencyComparison* m_comparison;
    LatencyFilter* m_filter;
    TailPanel* m_tail;
    std::optional<SteadyTime> m_tailAt;   ///< when the tail was looked through
    std::optional<SteadyTime> m_routesAt; ///< and when the routes were
    int m_marks = -1;                     ///< revision of the audit whose marks the charts show
    SectionHead* m_linesHead;
    LineChart* m_lines;
    QuantileLines m_filteredLines; ///< while not all is shown
    SectionHead* m_heatHead;
    HeatmapView* m_heat;
    HeatFeeder m_heatFeeder;
    RouteModel* m_routes;
    TableOrder* m_sorted;
    QHBoxLayout* m_top = nullptr; ///< the histogram beside what it is compared with
    bool m_brief = false;
    QTableView* m_routeTable;
    QStackedWidget* m_bottom; ///< the routes, or the statements of one
    RouteStatementsPanel* m_statements;
    double m_scaleLow = 0;
    double m_scaleHigh = 0;
};

} // namespace binnacle::app
