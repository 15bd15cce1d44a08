// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of the console, and two of its pages.
#include "widgets/gallery/sheets.h"
#include "widgets/heatmap_view.h"
#include "widgets/key_button.h"
#include "widgets/kpi_tile.h"
#include "widgets/lane_view.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"
#include "widgets/navigation_rail.h"
#include "widgets/request_path_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/status_line.h"
#include "widgets/table_delegate.h"
#include "widgets/time_ribbon.h"
#include "widgets/top_bar.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace binnacle::gallery {

using namespace std::chrono_literals;

namespace {

double hump(double s) {
    return canned::ramp(s, -440, 160) * (1 - 0.72 * canned::ramp(s, -130, 90));
}

Series p99Series() {
    return canned::series(7200s, 1s,
                          [](double s, int i) { return 0.118 + 1.1 * hump(s) + 0.02 * canned::noise(i, 1); });
}
/// Frame of the console around a page.
class PageSheet : public Sheet {
public:
    explicit PageSheet(const QString& page) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        m_bar = new TopBar;
        m_bar->setTimeContext(&context);
        m_bar->setEnvironment(Environment::Production, QStringLiteral("harbour"));
        m_bar->setSpans({5min, 15min, 60min, 360min, 1440min});
        m_bar->setOperator(QStringLiteral("m.okafor \u00b7 operator"));
        m_bar->setPaletteVisible(true);
        m_bar->setPanicVisible(true);
        column->addWidget(m_bar);
        auto* middle = new QHBoxLayout;
        middle->setSpacing(0);
        column->addLayout(middle, 1);
        m_rail = new NavigationRail;
        middle->addWidget(m_rail);
        auto* right = new QVBoxLayout;
        right->setSpacing(0);
        middle->addLayout(right, 1);
        m_ribbon = new TimeRibbon;
        m_ribbon->setTimeContext(&context);
        right->addWidget(m_ribbon);
        body = new QVBoxLayout;
        body->setContentsMargins(20, 12, 20, 8);
        body->setSpacing(0);
        right->addLayout(body, 1);
        m_status = new StatusLine;
        column->addWidget(m_status);

        const QStringList observe{QStringLiteral("Overview"), QStringLiteral("Latency"), QStringLiteral("Traffic"),
                                  QStringLiteral("Cache"),    QStringLiteral("Pools"),   QStringLiteral("Database"),
                                  QStringLiteral("Locks")};
        const QStringList steer{QStringLiteral("Canary"), QStringLiteral("Degradation"), QStringLiteral("Migrations"),
                                QStringLiteral("Jobs"), QStringLiteral("Failover")};
        const QStringList learn{QStringLiteral("Advisor"), QStringLiteral("Incident"), QStringLiteral("Walkthroughs"),
                                QStringLiteral("Connections")};
        std::vector<RailEntry> entries;
        const auto add = [&entries](const QStringList& titles, const QString& group) {
            for (const auto& title : titles) {
                entries.push_back({title.toLower(), title, title.toLower(), group});
            }
        };
        add(observe, QStringLiteral("Observe"));
        add(steer, QStringLiteral("Steer"));
        add(learn, QStringLiteral("Understand"));
        m_rail->setEntries(entries);
        m_rail->setReading(QStringLiteral("latency"), QStringLiteral("486 ms"), Mark::Caution);
        m_rail->setReading(QStringLiteral("traffic"), QStringLiteral("1\u2009842/s"));
        m_rail->setReading(QStringLiteral("cache"), QStringLiteral("92.4 %"));
        m_rail->setReading(QStringLiteral("pools"), QStringLiteral("14 wait"), Mark::Caution);
        m_rail->setReading(QStringLiteral("database"), QStringLiteral("9:28 lag"), Mark::Critical);
        m_rail->setReading(QStringLiteral("locks"), QStringLiteral("7 wait"), Mark::Caution);
        m_rail->setReading(QStringLiteral("canary"), QStringLiteral("10 % held"));
        m_rail->setReading(QStringLiteral("degradation"), QStringLiteral("L1"), Mark::Caution);
        m_rail->setReading(QStringLiteral("migrations"), QStringLiteral("paused"));
        m_rail->setCurrentPage(page);
        m_rail->clearFocus();
        body->setAlignment(Qt::AlignTop);
    }

    void feedAll() override {
        const bool narrow = width() < 1440;
        m_rail->setCollapsed(narrow);
        m_bar->setRailWidth(narrow ? NavigationRail::kCollapsedWidth : NavigationRail::kWidth);
        m_bar->refresh();
        const auto p99 = p99Series();
        m_ribbon->setEvents(canned::events());
        m_ribbon->showSeries(&p99);
        const auto source = [](const char* name, std::chrono::milliseconds age, PanelState state = PanelState::Live) {
            return SourceAge{QLatin1String(name), state, age};
        };
        m_status->showSources({source("HAProxy", 300ms), source("app 3/3", 200ms), source("pgBouncer", 400ms),
                               source("primary", 600ms), source("replica 1", 500ms),
                               source("replica 2", 6400ms, PanelState::Late), source("Redis", 128s, PanelState::Lost)});
        m_status->showFacts(
            {{QStringLiteral("This console"), QStringLiteral("3.1 % CPU, 84 MB, 0.8 ms/s in PostgreSQL")}});
        setFocus();
    }

protected:
    QVBoxLayout* body;

private:
    TopBar* m_bar;
    NavigationRail* m_rail;
    TimeRibbon* m_ribbon;
    StatusLine* m_status;
};

class OverviewSheet : public PageSheet {
public:
    OverviewSheet()
        : PageSheet(QStringLiteral("overview")) {
        auto* sentence = new SituationSentence;
        sentence->setSentence(QStringLiteral("p99 is 4.1 times its baseline."),
                              QStringLiteral("Replica 2 stopped replaying at 14:02:40, 2:08 before latency moved. "
                                             "Level 1 took p99 from 1.24 s to 486 ms."));
        body->addWidget(sentence);
        body->addSpacing(8);
        m_path = new RequestPathView;
        m_path->showPath(canned::requestPath());
        body->addWidget(m_path);
        body->addSpacing(12);
        m_tiles = new KpiRow;
        for (int i = 0; i < 10; ++i) {
            m_tiles->addTile();
        }
        body->addWidget(m_tiles);
        body->addSpacing(8);
        body->addWidget(new SectionHead(QStringLiteral("What moved first"),
                                        QStringLiteral("numbered by onset: order is evidence, not proof")));
        m_lanes = new LaneView;
        m_lanes->setTimeContext(&context);
        m_lanes->setEvents(canned::events());
        m_lanes->setLanes({
            {QStringLiteral("p99 latency"), QStringLiteral("all routes"), Quantity::Duration, Token::D1, 0.25, 0.1},
            {QStringLiteral("HAProxy queue"), QStringLiteral("requests"), Quantity::Count, Token::D1, {}, 10},
            {QStringLiteral("Pool waiters"), QStringLiteral("requests waiting"), Quantity::Count, Token::D1, {}, 10},
            {QStringLiteral("Cache hits"), QStringLiteral("share of lookups"), Quantity::Share, Token::D1, {}, 1, true},
            {QStringLiteral("Replica lag"), QStringLiteral("worst standby"), Quantity::Duration, Token::D1, 10.0, 1},
            {QStringLiteral("WAL written"), QStringLiteral("primary"), Quantity::ByteRate, Token::D1, {}, 1e6},
            {QStringLiteral("Redis evictions"), QStringLiteral("keys/s"), Quantity::Rate, Token::D1, {}, 10},
        });
        body->addWidget(m_lanes, 1);
    }

    void feedAll() override {
        PageSheet::feedAll();
        m_tiles->setSparksVisible(height() >= 860);
        struct Kpi {
            const char* label;
            NumberText number;
            Severity severity;
            const char* comparison;
        };
        const Kpi kpis[] = {
            {"Requests",
             {QStringLiteral("1\u2009842"), QStringLiteral("/s")},
             Severity::Normal,
             "\u22126 % to baseline"},
            {"Errors", {QStringLiteral("0.42"), QStringLiteral("%")}, Severity::Normal, "8.4\u00d7 baseline"},
            {"p50", {QStringLiteral("9.1"), QStringLiteral("ms")}, Severity::Normal, "+15 %"},
            {"p95", {QStringLiteral("142"), QStringLiteral("ms")}, Severity::Normal, "3.7\u00d7 baseline"},
            {"p99", {QStringLiteral("486"), QStringLiteral("ms")}, Severity::Caution, "4.1\u00d7 baseline"},
            {"p99.9", {QStringLiteral("1.31"), QStringLiteral("s")}, Severity::Normal, "4.2\u00d7 baseline"},
            {"Cache hits", {QStringLiteral("92.4"), QStringLiteral("%")}, Severity::Normal, "\u22120.7 points"},
            {"Lag", {QStringLiteral("9:28"), QStringLiteral("min")}, Severity::Critical, "replica 2, limit 10 s"},
            {"Pools", {QStringLiteral("58"), QStringLiteral("of 64")}, Severity::Caution, "91 %, 14 wait"},
            {"Deadlocks", {QStringLiteral("3"), QStringLiteral("in 15 min")}, Severity::Normal, "last 14:09:02"},
        };
        for (int i = 0; i < m_tiles->count(); ++i) {
            KpiReading reading;
            reading.label = QString::fromUtf8(kpis[i].label);
            reading.number = kpis[i].number;
            reading.severity = kpis[i].severity;
            reading.comparison = QString::fromUtf8(kpis[i].comparison);
            reading.status = status(PanelState::Live);
            reading.baseline = 0.3;
            m_tiles->tile(i)->showReading(reading);
            const auto spark = canned::series(900s, 1s, [i](double s, int n) {
                const double wave = i == 7 ? std::max(0.0, (s + 568) / 568) : i % 3 == 0 ? 0.15 : hump(s);
                return 0.3 + wave + 0.06 * canned::noise(n / 6, i);
            });
            m_tiles->tile(i)->showSpark(&spark, context.window());
        }
        const auto lane = [](double calm, double peak, int seed, double at) {
            return canned::series(900s, 500ms, [=](double s, int n) {
                const double level = canned::ramp(s, at, 60) * (1 - 0.7 * canned::ramp(s, -150, 60));
                return std::max(0.0, calm * (1 + 0.3 * canned::noise(n, seed)) +
                                         peak * level * (1 + 0.12 * canned::noise(n, seed + 9)));
            });
        };
        auto hits = canned::series(900s, 500ms, [](double, int n) { return 0.924 + 0.01 * canned::noise(n, 5); });
        auto lag = canned::series(900s, 1s, [](double s, int) { return s < -568 ? 0.04 : s + 568; });
        const std::vector<Series> series{
            lane(0.118, 1.2, 1, -400),  lane(0, 28, 2, -290), lane(0.2, 40, 3, -450), hits, lag,
            lane(1.1e6, 12e6, 4, -800), lane(0, 0, 6, 0)};
        std::vector<const Series*> pointers;
        for (const auto& item : series) {
            pointers.push_back(&item);
        }
        const auto reading = [](const QString& value, const QString& unit, Severity severity = Severity::Normal) {
            LaneReading out;
            out.number = {value, unit};
            out.severity = severity;
            out.status = status(PanelState::Live);
            return out;
        };
        std::vector<LaneReading> readings{reading(QStringLiteral("486"), QStringLiteral("ms"), Severity::Caution),
                                          reading(QStringLiteral("0"), {}),
                                          reading(QStringLiteral("14"), {}),
                                          reading(QStringLiteral("92.4"), QStringLiteral("%")),
                                          reading(QStringLiteral("9:28"), QStringLiteral("min"), Severity::Critical),
                                          reading(QStringLiteral("1.1"), QStringLiteral("MB/s")),
                                          reading(QStringLiteral("0"), QStringLiteral("/s"))};
        const auto onset = [&](std::size_t i, int order, std::chrono::seconds before) {
            readings[i].onsetOrder = order;
            readings[i].onsetAt = canned::now() - before;
        };
        onset(4, 1, 568s);
        onset(2, 2, 476s);
        onset(0, 3, 440s);
        onset(1, 4, 288s);
        m_lanes->showLanes(readings, pointers);
    }

private:
    RequestPathView* m_path;
    KpiRow* m_tiles;
    LaneView* m_lanes;
};

class LatencySheet : public PageSheet {
public:
    LatencySheet()
        : PageSheet(QStringLiteral("latency")) {
        auto* top = new QHBoxLayout;
        auto* sentence = new SituationSentence;
        sentence->setSentence(
            QStringLiteral("Plateau: the tail moved as a whole."),
            QStringLiteral("6 % of requests form a second hump at 330 ms, they wait for a pool slot."));
        top->addWidget(sentence, 1);
        auto* segments = new SegmentedControl;
        segments->setSegments(
            {{QStringLiteral("Stable and canary")}, {QStringLiteral("Two windows")}, {QStringLiteral("Instances")}});
        top->addWidget(segments);
        body->addLayout(top);
        m_histogramHead = new SectionHead(QStringLiteral("Live histogram"));
        body->addWidget(m_histogramHead);
        m_histogram = new LatencyHistogramView;
        m_histogram->setMinimumHeight(200);
        body->addWidget(m_histogram, 3);
        auto* percentiles = new SectionHead(QStringLiteral("Percentiles"),
                                            QStringLiteral("computed from merged buckets, 2 s each, log scale"));
        percentiles->setRule(true);
        body->addSpacing(4);
        body->addWidget(percentiles);
        m_lines = new LineChart;
        m_lines->setTimeContext(&context);
        m_lines->setLines({{QStringLiteral("p50"), Token::Q50},
                           {QStringLiteral("p95"), Token::Q95},
                           {QStringLiteral("p99"), Token::Q99, 2},
                           {QStringLiteral("p99.9"), Token::Q999}});
        m_lines->setScale(AxisScale(AxisScale::Kind::Log, 0.005, 5));
        m_lines->setLimits({{0.25, QStringLiteral("target 250")}});
        m_lines->setEvents(canned::events());
        body->addWidget(m_lines, 3);
        body->addWidget(new SectionHead(QStringLiteral("Heat"),
                                        QStringLiteral("all routes and versions, 4 s by 40 buckets, same time axis")));
        m_heat = new HeatmapView;
        m_heat->setTimeContext(&context);
        m_heat->setEvents(canned::events());
        body->addWidget(m_heat, 3);
        m_table = new QTableView;
        m_model = new QStandardItemModel(m_table);
        fillRoutes();
        m_table->setModel(m_model);
        setUpTable(m_table, Theme());
        m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
        m_table->selectRow(0);
        m_table->setFixedHeight(22 + 26 * m_model->rowCount());
        body->addSpacing(8);
        body->addWidget(m_table);
    }

    void feedAll() override {
        PageSheet::feedAll();
        const auto stable = canned::latencies(44208, 0.06, 3);
        const auto canary = canned::latencies(5526, 0.062, 8);
        m_histogram->setNames(QStringLiteral("stable"), QStringLiteral("canary"));
        m_histogram->setStatus(status(PanelState::Live));
        m_histogram->showHistogram(stable, &canary);
        m_histogramHead->setSubtitle(QStringLiteral("share of requests per bucket, square-root scale, last 30 s; ") +
                                     m_histogram->countsText());
        const auto line = [](double calm, double peak, int seed) {
            Series out({20000, 720, 10s});
            for (int step = 0; step <= 450; ++step) {
                const double s = -900 + step * 2;
                if (s > -692 && s < -676) {
                    out.appendGap(canned::now() + std::chrono::milliseconds(static_cast<int>(s * 1000)));
                    continue;
                }
                out.append(canned::now() + std::chrono::milliseconds(static_cast<int>(s * 1000)),
                           calm * std::exp(hump(s) * peak + 0.08 * canned::noise(step, seed)));
            }
            return out;
        };
        const std::vector<Series> series{line(0.0086, 0.1, 1), line(0.04, 1.7, 2), line(0.118, 2.2, 3),
                                         line(0.31, 2.0, 4)};
        const std::vector<const Series*> pointers{&series[0], &series[1], &series[2], &series[3]};
        m_lines->setStatus(status(PanelState::Live));
        m_lines->showSeries(pointers);
        m_heat->setStatus(status(PanelState::Live));
        m_heat->clear();
        const auto step = m_heat->step();
        for (int i = -226; i <= 0; ++i) {
            const double s = i * 4.0;
            if (s > -692 && s < -676) {
                continue;
            }
            const auto from = SteadyTime(step * ((canned::now().time_since_epoch() / step) + i));
            m_heat->addColumn(from, canned::latencies(7400, 0.004 + 0.1 * hump(s), 300 + i));
        }
        m_heat->refresh();
    }

private:
    void fillRoutes() {
        m_model->setHorizontalHeaderLabels({QStringLiteral("Route"), QStringLiteral("Note"), QStringLiteral("req/s"),
                                            QStringLiteral("Shape, 1 ms to 4 s"), QStringLiteral("p50 ms"),
                                            QStringLiteral("p95 ms"), QStringLiteral("p99 ms"),
                                            QStringLiteral("Errors %")});
        const char* routes[] = {"GET /v1/projects", "GET /v1/projects/{id}/tasks", "POST /v1/tasks",
                                "GET /v1/dashboard"};
        for (int row = 0; row < 4; ++row) {
            QList<QStandardItem*> items;
            for (int column = 0; column < m_model->columnCount(); ++column) {
                auto* item = new QStandardItem;
                if (column == 0) {
                    item->setText(QLatin1String(routes[row]));
                    item->setData(static_cast<int>(Type::Mono), FontRole);
                } else if (column == 1) {
                    item->setText(row == 3 ? QStringLiteral("<b>level 1</b>: suggestions off") : QString());
                    item->setData(static_cast<int>(Token::Ink3), InkRole);
                } else if (column == 3) {
                    item->setData(QVariant::fromValue(MiniShape::of(canned::latencies(4000, 0.05 * row, row))),
                                  ShapeRole);
                } else {
                    item->setText(QString::number(148 * (row + 1) / (column + 1)));
                    item->setData(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
                    if (column == 6 && row < 2) {
                        item->setData(static_cast<int>(Mark::Caution), MarkRole);
                    }
                }
                items << item;
            }
            m_model->appendRow(items);
        }
        for (int column : {2, 4, 5, 6, 7}) {
            m_model->setHeaderData(column, Qt::Horizontal, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
                                   Qt::TextAlignmentRole);
        }
    }

    SectionHead* m_histogramHead;
    LatencyHistogramView* m_histogram;
    LineChart* m_lines;
    HeatmapView* m_heat;
    QTableView* m_table;
    QStandardItemModel* m_model;
};

} // namespace

std::unique_ptr<Sheet> makeOverview() {
    return std::make_unique<OverviewSheet>();
}

std::unique_ptr<Sheet> makeLatency() {
    return std::make_unique<LatencySheet>();
}

} // namespace binnacle::gallery
