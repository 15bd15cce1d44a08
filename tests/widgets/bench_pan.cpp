// SPDX-License-Identifier: GPL-3.0-or-later
// A chart of 1600 x 1000 over a million points, panned and zoomed: CPU time of the thread for each frame, from the move
// of the window to the painted picture. Fails when the 95th percentile is over 16 ms.
#include "widgets/line_chart.h"

#include <QApplication>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

constexpr double kBudgetMs = 16;

double cpuMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

double quantile(std::vector<double> values, double q) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QTextStream out(stdout);
    constexpr std::size_t kPoints = 1'000'000;
    constexpr auto kEvery = 10ms;
    // A window over all of it has a million points in it; half as much again lies around, so that it can move.
    Series series({.rawCapacity = kPoints * 3 / 2});
    std::mt19937 random{11};
    const SteadyTime begin{100000s};
    SteadyTime at = begin;
    for (std::size_t i = 0; i < kPoints * 3 / 2; ++i, at += kEvery) {
        const double noise = static_cast<double>(random() % 1000) / 1000;
        series.append(at, 0.02 + 0.01 * std::sin(static_cast<double>(i) * 1e-4) + 0.02 * noise * noise);
    }
    TimeContext context;
    context.advance(at, UtcTime(at.time_since_epoch()));
    context.setSpan(kEvery * kPoints);
    LineChart chart;
    chart.setTimeContext(&context);
    chart.setLines({{QStringLiteral("p99"), Token::Q99, 2}});
    PanelStatus live;
    live.state = PanelState::Live;
    chart.setStatus(live);
    chart.resize(1600, 1000);
    chart.show();
    QCoreApplication::processEvents();

    const Series* one = &series;
    const auto measure = [&](const char* what, auto move) {
        std::vector<double> frames;
        const int paints = chart.paintCount();
        for (int i = 0; i < 200; ++i) {
            const double before = cpuMs();
            move(i);
            chart.showSeries(std::span(&one, 1));
            chart.repaint();
            frames.push_back(cpuMs() - before);
        }
        const double p95 = quantile(frames, 0.95);
        out << what << ": " << QString::number(quantile(frames, 0.5), 'f', 2) << " ms p50, "
            << QString::number(p95, 'f', 2) << " ms p95, " << QString::number(quantile(frames, 1), 'f', 2)
            << " ms worst of 200 frames (budget " << kBudgetMs << " ms p95)\n";
        return p95 <= kBudgetMs && chart.paintCount() - paints >= 200;
    };
    // Each frame by some pixels, as a hand moves it; then in and out around one moment.
    bool good = measure("pan, 1 000 000 points in the window",
                        [&](int i) { context.showUntil(at - kEvery * kPoints / 4 - kEvery * (kPoints / 1000) * i); });
    good &= measure("zoom, 100 000 to 1 000 000 points", [&](int i) {
        const auto points = kPoints / 10 + kPoints * 9 / 10 * static_cast<std::size_t>(std::abs(100 - i)) / 100;
        context.setSpan(kEvery * points);
    });
    return good ? 0 : 1;
}
