// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/gallery.h"
#include "widgets/act_stages.h"
#include "widgets/bucket_histogram.h"
#include "widgets/environment_band.h"
#include "widgets/lease_bar.h"
#include "widgets/level_card.h"
#include "widgets/now_after_table.h"
#include "widgets/prediction_bars.h"

#include "widgets/gallery/canned.h"
#include "widgets/heatmap_view.h"
#include "widgets/key_button.h"
#include "widgets/kpi_tile.h"
#include "widgets/lane_view.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"
#include "widgets/navigation_rail.h"
#include "widgets/phase_bar.h"
#include "widgets/request_path_view.h"
#include "widgets/saturation_bar.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/state_overlay.h"
#include "widgets/status_line.h"
#include "widgets/stop_line.h"
#include "widgets/table_delegate.h"
#include "widgets/time_ribbon.h"
#include "widgets/top_bar.h"
#include "widgets/wait_for_graph.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace binnacle::gallery {

using namespace std::chrono_literals;

namespace {

/// A sheet is a widget with the page's colour that can be fed.
class Sheet : public QWidget {
public:
    Sheet() {
        context.advance(canned::now(), canned::utcNow());
        context.setReference(TimeSpan{canned::now() - 30min - 8s, canned::now() - 15min - 8s});
        setAutoFillBackground(true);
    }
    virtual void feedAll() = 0;
    TimeContext context;
};

double hump(double s) {
    return canned::ramp(s, -440, 160) * (1 - 0.72 * canned::ramp(s, -130, 90));
}

Series p99Series() {
    return canned::series(7200s, 1s,
                          [](double s, int i) { return 0.118 + 1.1 * hump(s) + 0.02 * canned::noise(i, 1); });
}

PanelStatus status(PanelState state, std::chrono::milliseconds age = 400ms) {
    PanelStatus out;
    out.state = state;
    out.age = age;
    out.lastAt = canned::now() - age;
    return out;
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

/// A tile and a chart in all nine states.
class StatesSheet : public Sheet {
public:
    StatesSheet() {
        context.setSpan(6min);
        auto* grid = new QGridLayout(this);
        grid->setContentsMargins(24, 20, 24, 20);
        grid->setHorizontalSpacing(28);
        grid->setVerticalSpacing(24);
        for (int i = 0; i < 9; ++i) {
            auto* cell = new QVBoxLayout;
            auto* head = new SectionHead(stateName(i));
            head->setRule(true);
            cell->addWidget(head);
            auto* line = new QHBoxLayout;
            auto* tile = new KpiTile;
            tile->setFixedWidth(172);
            tile->setSeparator(false);
            auto* chart = new LineChart;
            chart->setTimeContext(&context);
            chart->setGutters(60, 24);
            chart->setLines({{QStringLiteral("p99"), Token::D1}});
            line->addWidget(tile, 0, Qt::AlignTop);
            line->addWidget(chart, 1);
            cell->addLayout(line, 1);
            grid->addLayout(cell, i / 3, i % 3);
            m_tiles.push_back(tile);
            m_charts.push_back(chart);
        }
    }

    void feedAll() override {
        setFocus();
        for (int i = 0; i < 9; ++i) {
            const auto state = static_cast<PanelState>(i);
            auto shown = status(state, state == PanelState::Late ? 6400ms : state == PanelState::Lost ? 120s : 400ms);
            switch (state) {
            case PanelState::Empty:
                shown.title = QStringLiteral("No deadlocks in 24 h");
                break;
            case PanelState::Loading:
                shown.age = 1000ms;
                break;
            case PanelState::Denied:
                shown.title = QStringLiteral("Not allowed to read pg_stat_activity");
                shown.detail = QStringLiteral("role binnacle_ro lacks pg_read_all_stats");
                break;
            case PanelState::Error:
                shown.lastAt = canned::now() - 60s;
                break;
            default:
                break;
            }
            m_charts[static_cast<std::size_t>(i)]->setStatus(shown);
            const auto last = state == PanelState::Late || state == PanelState::Lost || state == PanelState::Error
                                  ? *shown.lastAt
                                  : canned::now();
            Series series;
            const auto full = canned::series(360s, 1s, [](double s, int n) {
                return 1.2 - 0.7 * canned::ramp(s, -150, 80) + 0.1 * canned::noise(n, 3);
            });
            for (const auto& sample : full.samples(canned::now() - 360s, last)) {
                series.append(sample.at, sample.value);
            }
            const Series* one = &series;
            m_charts[static_cast<std::size_t>(i)]->showSeries(std::span(&one, 1));
            KpiReading reading;
            reading.label = state == PanelState::Empty ? QStringLiteral("Deadlocks") : QStringLiteral("p99");
            reading.number = state == PanelState::Empty ? NumberText{QStringLiteral("0"), QStringLiteral("in 24 h")}
                                                        : NumberText{QStringLiteral("486"), QStringLiteral("ms")};
            reading.severity = state == PanelState::Live ? Severity::Caution : Severity::Normal;
            reading.comparison = state == PanelState::Live ? QStringLiteral("4.1\u00d7 baseline") : QString();
            reading.status = shown;
            const char* details[] = {"none recorded",
                                     "first value in about 1 s",
                                     "",
                                     "still trying",
                                     "was 512 ms at 14:10:08",
                                     "needs a grant",
                                     "bad reply, field \"buckets\"",
                                     "as of 14:11:26",
                                     "as of 03:12:40, 19 Nov"};
            reading.status.detail = QLatin1String(details[i]);
            m_tiles[static_cast<std::size_t>(i)]->showReading(reading);
            m_tiles[static_cast<std::size_t>(i)]->showSpark(&series, context.window());
        }
    }

private:
    static QString stateName(int i) {
        const char* names[] = {"Empty", "Loading", "Live", "Late", "Lost", "Denied", "Error", "Paused", "Replay"};
        return QLatin1String(names[i]);
    }
    std::vector<KpiTile*> m_tiles;
    std::vector<LineChart*> m_charts;
};

/// All state shapes with their words.
class MarksRow : public PaintedWidget {
public:
    MarksRow() { setFixedHeight(28); }

protected:
    void paint(QPainter& painter) override {
        double x = 0;
        for (int i = 1; i <= static_cast<int>(Mark::Denied); ++i) {
            drawMark(painter, QRectF(x, 8, 12, 12), static_cast<Mark>(i), theme());
            x += 18 +
                 draw::text(painter, QRectF(x + 18, 4, 200, 20), markWord(static_cast<Mark>(i)),
                            theme().font(Type::Label), theme().color(Token::Ink2)) +
                 24;
        }
    }
};

QWidget* waitForGraph(int sessions) {
    auto* graph = new WaitForGraph;
    std::vector<WaitForNode> nodes;
    std::vector<WaitForEdge> edges;
    for (int i = 0; i < sessions; ++i) {
        nodes.push_back({QString::number(41911 + 41 * i), {QStringLiteral("app-%1, svc_orders").arg(i + 1)}, i == 0});
        edges.push_back({i, (i + 1) % sessions, QStringLiteral("waits for transaction 9 105 01%1").arg(i),
                         QStringLiteral("ShareLock, orders")});
    }
    graph->setGraph(std::move(nodes), std::move(edges));
    graph->setFixedHeight(210);
    return graph;
}

QWidget* shareLine(int which) {
    auto* line = new StopLine;
    std::vector<LineStop> stops;
    for (const double share : {0, 1, 5, 10, 25, 50, 100}) {
        stops.push_back({share, QStringLiteral("%1\u2009%").arg(share), QStringLiteral("about %1 /s").arg(share / 2)});
    }
    line->setStops(std::move(stops));
    LinePlace place;
    place.wanted = place.current = place.seen = which == 1 ? 17.5 : 10;
    place.label = QStringLiteral("%1\u2009%").arg(*place.wanted);
    place.note = QStringLiteral("in force 2:37 min");
    if (which == 1) {
        place.seen = 5;
    }
    line->showPlace(place);
    line->setChoosable(which < 2, QStringLiteral("needs the role operator"));
    return line;
}

QWidget* lease(bool overdue) {
    auto* bar = new LeaseBar;
    LeaseReading reading;
    reading.title = QStringLiteral("level 1, 60 min");
    reading.left = overdue ? QStringLiteral("\u22120:42") : QStringLiteral("57:22");
    reading.leftNote = overdue ? QStringLiteral("overdue") : QStringLiteral("left");
    reading.nowClock = QStringLiteral("now 14:12:08");
    reading.endClock = QStringLiteral("15:09:30");
    reading.after = QStringLiteral("level 0, if healthy");
    reading.elapsed = overdue ? 1 : 0.044;
    reading.overdue = overdue;
    bar->showLease(reading);
    return bar;
}

QWidget* levelCard(int level) {
    auto* card = new LevelCard;
    card->showLevel({level, level == 1 ? QStringLiteral("Shed the optional") : QStringLiteral("Shed the deferrable"),
                     level == 1 ? QStringLiteral("in force since 14:09:30") : QStringLiteral("lease 30 min"),
                     QStringLiteral("without Dashboard analytics"),
                     level == 1 ? QString() : QStringLiteral("\u221221\u2009% database time, 386 users"), level == 1,
                     false});
    return card;
}

QWidget* prediction() {
    auto* bars = new PredictionBars;
    bars->showRows({{QStringLiteral("Database time"), -0.1, -0.088, QStringLiteral("\u2212100 ms/s"),
                     QStringLiteral("\u221288 ms/s"), QStringLiteral("\u221212\u2009%")}});
    return bars;
}

QWidget* nowAfter() {
    auto* table = new NowAfterTable;
    table->showRows({{QStringLiteral("Degradation level"), QStringLiteral("0"), QStringLiteral("2")},
                     {QStringLiteral("Lease until"), QStringLiteral("none"), QStringLiteral("14:42:08")}});
    return table;
}

QWidget* stages() {
    auto* row = new ActStages;
    row->showStages({{QStringLiteral("requested 14:12:08"), ActStage::State::Done},
                     {QStringLiteral("accepted by control, #12"), ActStage::State::Going},
                     {QStringLiteral("observed"), ActStage::State::Waiting}});
    return row;
}

QWidget* band() {
    auto* line = new EnvironmentBand;
    line->showPlace(Environment::Production, QStringLiteral("harbour"), QStringLiteral("read 0.6 s ago"));
    return line;
}

QWidget* phases(bool waiting) {
    auto* bar = new PhaseBar;
    PhaseReading reading;
    reading.count = 10;
    reading.number = waiting ? 2 : 3;
    reading.finished = reading.number - 1;
    reading.title =
        waiting ? QStringLiteral("waiting for writers before build") : QStringLiteral("building index: scanning table");
    reading.figures = waiting ? QStringLiteral("0 of 1 lockers") : QStringLiteral("1\u2009204 of 8\u2009920 blocks");
    reading.aside = waiting ? QString() : QStringLiteral("812 blocks/s, about 9 s left");
    reading.share = waiting ? 0.0 : 0.135;
    reading.waits = waiting;
    bar->showPhase(reading);
    return bar;
}

class ComponentsSheet : public Sheet {
public:
    ComponentsSheet() {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(24, 20, 24, 20);
        column->setAlignment(Qt::AlignTop);
        const auto head = [column](const char* title) {
            auto* section = new SectionHead(QLatin1String(title));
            section->setRule(true);
            column->addWidget(section);
        };
        head("Buttons");
        auto* buttons = new QHBoxLayout;
        auto* focused = new KeyButton(QStringLiteral("Extend\u2026"));
        auto* primary = new KeyButton(QStringLiteral("Jump to live"), QStringLiteral("Space"));
        primary->setRole(KeyButton::Role::Primary);
        auto* disabled = new KeyButton(QStringLiteral("Level 0 only"));
        disabled->setEnabled(false);
        for (QWidget* widget : std::initializer_list<QWidget*>{
                 new KeyButton(QStringLiteral("Retry now"), QStringLiteral("F5")), primary, focused, disabled,
                 new QPushButton(QStringLiteral("Copy GRANT")), new QLineEdit(QStringLiteral("orders_v2"))}) {
            buttons->addWidget(widget);
        }
        buttons->addStretch();
        column->addLayout(buttons);
        head("Segments");
        auto* segments = new SegmentedControl;
        segments->setSegments({{QStringLiteral("Off")}, {QStringLiteral("Observe")}, {QStringLiteral("Enforce")}});
        segments->setCurrent(1);
        column->addWidget(segments);
        head("State is a shape first");
        column->addWidget(new MarksRow);
        head("Saturation");
        auto* bar = new SaturationBar;
        bar->setSaturation(0.58);
        auto* full = new SaturationBar;
        full->setSaturation(1.0, Severity::Caution, 0.9);
        column->addWidget(bar);
        column->addWidget(full);
        head("Latency as a server's coarse buckets tell it");
        auto* buckets = new BucketHistogram;
        buckets->setFixedHeight(180);
        PanelStatus told;
        told.state = PanelState::Live;
        buckets->setStatus(told);
        buckets->showBuckets({{1e-6, 2e-6, 410},
                              {2e-6, 4e-6, 9020},
                              {4e-6, 8e-6, 3050},
                              {8e-6, 16e-6, 240},
                              {16e-6, 128e-6, 31},
                              {128e-6, 1.024e-3, 2}});
        column->addWidget(buckets);
        head("Stops on a line: at one, between two, not to be chosen");
        for (int i = 0; i < 3; ++i) {
            column->addWidget(shareLine(i));
        }
        head("Phases: working, waiting");
        column->addWidget(phases(false));
        column->addWidget(phases(true));
        head("Before an act");
        column->addWidget(band());
        column->addWidget(nowAfter());
        column->addWidget(stages());
        head("A level, its lease, what came of it");
        column->addWidget(levelCard(1));
        column->addWidget(levelCard(2));
        column->addWidget(lease(false));
        column->addWidget(lease(true));
        column->addWidget(prediction());
        head("A statement");
        auto* statement = new SqlView;
        statement->setStatement(QStringLiteral(
            "create index concurrently tasks_by_assignee on public.tasks (assignee_id, status, created_at desc);"));
        column->addWidget(statement);
        head("Who waited for whom: two, and a ring");
        column->addWidget(waitForGraph(2));
        column->addWidget(waitForGraph(3));
        head("Words of a state, with the next step");
        m_overlay = new StateOverlay;
        m_overlay->setFixedHeight(110);
        column->addWidget(m_overlay);
        m_focus = focused;
    }

    void feedAll() override {
        auto lost = status(PanelState::Lost, 120s);
        lost.title = QStringLiteral("The stack does not answer");
        lost.detail = QStringLiteral("try 7 in 6 s");
        m_overlay->showStatus(lost, QStringLiteral("Retry now"));
        m_focus->setFocus();
    }

private:
    StateOverlay* m_overlay;
    QWidget* m_focus;
};

} // namespace

std::unique_ptr<QWidget> makeSheet(const QString& name) {
    if (name == QStringLiteral("overview")) {
        return std::make_unique<OverviewSheet>();
    }
    if (name == QStringLiteral("latency")) {
        return std::make_unique<LatencySheet>();
    }
    if (name == QStringLiteral("states")) {
        return std::make_unique<StatesSheet>();
    }
    if (name == QStringLiteral("components")) {
        return std::make_unique<ComponentsSheet>();
    }
    return nullptr;
}

void feed(QWidget& sheet) {
    static_cast<Sheet&>(sheet).feedAll();
}

} // namespace binnacle::gallery
