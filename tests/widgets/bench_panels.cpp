// SPDX-License-Identifier: GPL-3.0-or-later
// Twelve moving panels at 10 Hz, offscreen, for a few seconds at each scale; prints CPU time of the process for an
// update of all of them and its share of a core. A measurement, not a timed test: it fails only when nothing moved.
#include "widgets/heatmap_view.h"
#include "widgets/kpi_tile.h"
#include "widgets/lane_view.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"

#include <QApplication>
#include <QGridLayout>
#include <QProcess>
#include <QTextStream>
#include <QThread>

#include <sys/resource.h>

#include <cmath>
#include <random>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The feed's side, made before measuring: samples at 10 Hz so that each tick really moves each panel.
struct Panels {
    TimeContext context;
    QWidget window;
    std::vector<LineChart*> lines;
    std::vector<LatencyHistogramView*> histograms;
    std::vector<HeatmapView*> heats;
    std::vector<KpiTile*> tiles;
    std::vector<Series> series;
    std::mt19937 random{7};
    SteadyTime now{100000s};

    Panels() {
        context.setSpan(60s);
        auto* grid = new QGridLayout(&window);
        Theme theme;
        for (int i = 0; i < 12; ++i) {
            QWidget* panel = nullptr;
            if (i < 6) {
                auto* chart = new LineChart;
                chart->setTimeContext(&context);
                chart->setLines({{QStringLiteral("p50"), Token::Q50},
                                 {QStringLiteral("p95"), Token::Q95},
                                 {QStringLiteral("p99"), Token::Q99, 2}});
                chart->setScale(AxisScale(AxisScale::Kind::Log, 0.001, 5));
                PanelStatus live;
                live.state = PanelState::Live;
                chart->setStatus(live);
                lines.push_back(chart);
                panel = chart;
            } else if (i < 8) {
                auto* view = new LatencyHistogramView;
                PanelStatus live;
                live.state = PanelState::Live;
                view->setStatus(live);
                histograms.push_back(view);
                panel = view;
            } else if (i < 10) {
                auto* heat = new HeatmapView;
                heat->setTimeContext(&context);
                heat->setStep(500ms);
                PanelStatus live;
                live.state = PanelState::Live;
                heat->setStatus(live);
                heats.push_back(heat);
                panel = heat;
            } else {
                auto* tile = new KpiTile;
                tiles.push_back(tile);
                panel = tile;
            }
            panel->setMinimumSize(i < 10 ? QSize(380, 270) : QSize(380, 104));
            grid->addWidget(panel, i / 4, i % 4);
        }
        applyTheme(window, theme);
        series.resize(18 + 2);
        for (auto at = now - 60s; at < now; at += 100ms) {
            sample(at);
        }
        window.resize(1640, 900);
        window.show();
        QCoreApplication::processEvents();
    }

    void sample(SteadyTime at) {
        for (std::size_t i = 0; i < series.size(); ++i) {
            const double noise = static_cast<double>(random() % 1000) / 1000.0;
            series[i].append(at, 0.005 * std::pow(8.0, static_cast<double>(i % 3)) * (1 + 0.5 * noise));
        }
    }

    void tick() {
        now += 100ms;
        context.advance(now, UtcTime(now.time_since_epoch()));
        sample(now);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Series* three[] = {&series[i * 3], &series[i * 3 + 1], &series[i * 3 + 2]};
            lines[i]->showSeries(three);
        }
        LatencyHistogram recorded;
        for (int i = 0; i < 200; ++i) {
            recorded.record(std::chrono::nanoseconds(2'000'000 + random() % 40'000'000));
        }
        for (auto* view : histograms) {
            view->showHistogram(recorded);
        }
        for (auto* heat : heats) {
            heat->addColumn(SteadyTime(now.time_since_epoch() / 500ms * heat->step()), recorded);
            heat->refresh();
        }
        for (std::size_t i = 0; i < tiles.size(); ++i) {
            KpiReading reading;
            reading.label = QStringLiteral("p99");
            reading.number = numberText(series[18 + i].last()->value, Quantity::Duration);
            reading.status.state = PanelState::Live;
            reading.status.age = 400ms;
            tiles[i]->showReading(reading);
            tiles[i]->showSpark(&series[18 + i], context.window());
        }
        QCoreApplication::processEvents();
    }

    [[nodiscard]] int paints() const {
        int sum = 0;
        for (const auto* panel : window.findChildren<PaintedWidget*>()) {
            sum += panel->paintCount();
        }
        return sum;
    }
};

int measure() {
    Panels panels;
    for (int i = 0; i < 10; ++i) {
        panels.tick();
    }
    constexpr int kTicks = 50;
    const int paintsBefore = panels.paints();
    const double before = cpuSeconds();
    for (int i = 0; i < kTicks; ++i) {
        panels.tick();
    }
    const double each = (cpuSeconds() - before) / kTicks;
    const int paints = panels.paints() - paintsBefore;
    QTextStream(stdout) << QStringLiteral("scale %1: %2 ms CPU per update of 12 panels, %3 % of a core at 10 Hz "
                                          "(%4 paints in %5 updates)\n")
                               .arg(qApp->devicePixelRatio())
                               .arg(each * 1e3, 0, 'f', 1)
                               .arg(each * 1e3, 0, 'f', 0)
                               .arg(paints)
                               .arg(kTicks);
    return paints > kTicks * 8 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], "--once") == 0) {
        return measure();
    }
    // The scale factor is read when the application starts: each one takes a process.
    int worst = 0;
    for (const char* scale : {"1", "2"}) {
        QProcess child;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QLatin1String(scale));
        child.setProcessEnvironment(environment);
        child.setProcessChannelMode(QProcess::ForwardedChannels);
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--once")});
        child.waitForFinished(120000);
        worst = std::max(worst, child.exitStatus() == QProcess::NormalExit ? child.exitCode() : 1);
    }
    return worst;
}
