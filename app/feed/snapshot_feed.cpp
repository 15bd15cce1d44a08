// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/snapshot_feed.h"

#include <algorithm>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {
constexpr milliseconds kTick{100};
constexpr milliseconds kExpire{1000};
} // namespace

SnapshotFeed::SnapshotFeed(SourceSet& sources, std::shared_ptr<const Clock> clock, QObject* parent)
    : QObject(parent)
    , m_sources(sources)
    , m_clock(std::move(clock))
    , m_now(m_clock->steadyNow())
    , m_utc(m_clock->utcNow()) {
    m_timer.setInterval(kTick);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SnapshotFeed::tick);
}

void SnapshotFeed::start() {
    m_timer.start();
    tick();
}

void SnapshotFeed::stop() {
    m_timer.stop();
}

void SnapshotFeed::applyReport(const StackReport& report) {
    // Only a stack that runs knows which of its parts exist; a silent or starting one removes nothing.
    if (report.status && report.status->state == "running") {
        for (const auto& known : m_store.sources()) {
            if (std::ranges::find(report.sources, known) == report.sources.end()) {
                m_store.removeSource(known);
                m_tables.removeSource(known);
            }
        }
    }
    Q_EMIT stackReported(report);
}

void SnapshotFeed::tick() {
    m_now = m_clock->steadyNow();
    m_utc = m_clock->utcNow();
    // The report first: what a source said before it was stopped on purpose is then surely among the updates, and
    // cannot bring it back in the next step.
    const auto report = m_sources.takeReport();
    const auto updates = m_sources.takeUpdates();
    bool first = false;
    for (const auto& update : updates) {
        first = first || (update.snapshot && m_store.source(update.source) == nullptr);
        m_store.apply(update);
        m_tables.apply(update);
        m_hasData = m_hasData || update.snapshot != nullptr;
    }
    if (report) {
        applyReport(*report);
    }
    for (const auto& answer : m_sources.takeAnswers()) {
        Q_EMIT stackAnswered(answer);
    }
    for (const auto& update : updates) {
        Q_EMIT sourceUpdated(QString::fromStdString(update.source));
    }
    if (m_now >= m_nextExpiry) {
        m_nextExpiry = m_now + kExpire;
        m_store.expire(m_now);
    }
    if (first || m_now >= m_nextReading) {
        m_nextReading = m_now + PathHistory::kStep - kTick / 2;
        m_path = readRequestPath(m_store, m_now);
        m_history.append(m_path);
        m_situation = situationOf(m_path, m_history);
        Q_EMIT pathRead();
    }
    Q_EMIT ticked();
}

} // namespace binnacle::app
