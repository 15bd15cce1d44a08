// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/self_report.h"

#include "app/wait_watch.h"
#include "widgets/time_chart.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

namespace binnacle::app {

namespace {

constexpr std::chrono::milliseconds kLongestWait{5};

double secondsOf(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Since this process was made, to a hundredth: the kernel tells it no better.
double secondsSinceStart() {
    std::ifstream file("/proc/self/stat");
    std::string stat{std::istreambuf_iterator<char>(file), {}};
    stat.erase(0, stat.rfind(')') + 1);
    constexpr int kStartTime = 19; // its place among what follows the name
    std::size_t at = 0;
    for (int i = 0; i < kStartTime && at != std::string::npos; ++i) {
        at = stat.find(' ', at + 1);
    }
    const auto ticks = at == std::string::npos ? 0 : std::strtod(stat.c_str() + at, nullptr);
    return secondsOf(CLOCK_BOOTTIME) - ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

} // namespace

FirstGraph::FirstGraph(QObject* parent)
    : QObject(parent) {
    QCoreApplication::instance()->installEventFilter(this);
}

bool FirstGraph::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint) {
        if (const auto* chart = qobject_cast<const TimeChart*>(watched); chart != nullptr && chart->showsLive()) {
            QCoreApplication::instance()->removeEventFilter(this);
            // The paint that begins now and its way to the screen are one event; what is queued comes after it.
            QTimer::singleShot(0, this, &FirstGraph::shown);
        }
    }
    return false;
}

void reportOnSelf(const QString& asked, QObject& parent) {
    const auto reports = asked.split(QLatin1Char(','));
    if (reports.contains(QLatin1String("start"))) {
        auto* graph = new FirstGraph(&parent);
        QObject::connect(graph, &FirstGraph::shown, graph, [] {
            std::fprintf(stderr, "binnacle: first live graph %.0f ms after the start, %.0f ms of CPU\n",
                         1e3 * secondsSinceStart(), 1e3 * secondsOf(CLOCK_PROCESS_CPUTIME_ID));
        });
    }
    if (reports.contains(QLatin1String("waits"))) {
        new WaitWatch(
            kLongestWait, [](const BlockingCall& call) { std::fprintf(stderr, "binnacle: %s", textOf(call).c_str()); },
            &parent);
    }
}

} // namespace binnacle::app
