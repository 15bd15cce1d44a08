// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/snapshot_feed.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {
constexpr milliseconds kTick{100};
constexpr milliseconds kExpire{1000};
constexpr std::chrono::seconds kMostAtOnce{60}; ///< of a recording; what is late beyond that comes with the next steps
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

void SnapshotFeed::fillFrom(std::unique_ptr<HistoryFill> fill) {
    m_fill = std::move(fill);
    m_fill->start();
}

void SnapshotFeed::playFrom(std::unique_ptr<EventPlayer> player) {
    m_player = std::move(player);
}

void SnapshotFeed::jumpTo(SteadyTime at, std::unique_ptr<HistoryFill> past, std::unique_ptr<EventPlayer> player) {
    m_jump.at = at;
    m_jump.past = std::move(past);
    m_jump.player = std::move(player);
    m_jump.past->start();
}

/// False while the past of the other time is still read.
bool SnapshotFeed::takeJump() {
    auto past = m_jump.past->take();
    if (!past && !m_jump.past->over()) {
        return false;
    }
    auto now = past ? std::move(*past) : Past{{}, {}, {}, ErrorBudget(m_budget.objective())};
    m_store = std::move(now.store);
    m_history = std::move(now.history);
    m_budget = std::move(now.budget);
    m_tables = TableLog();
    m_tables.takeOver(std::move(now.tables));
    m_player = std::move(m_jump.player);
    m_fill = std::move(m_jump.past); // the day before is still to come
    setNow(m_jump.at);
    m_nextReading = SteadyTime::min();
    m_nextExpiry = SteadyTime::min();
    m_path = lastReading();
    m_situation = situationOf(m_path, m_history);
    Q_EMIT jumped();
    return !isJumping(); // who heard it may have jumped on
}

/// What was shown last there: of a recording, the reading of the last half second, wherever it was begun.
PathReading SnapshotFeed::lastReading() const {
    const auto last = m_history.readingAt(m_now);
    return last ? *last : readRequestPath(m_store, m_now);
}

void SnapshotFeed::setNow(SteadyTime now) {
    m_now = now;
    m_utc = m_clock->utcNow() - std::chrono::duration_cast<UtcTime::duration>(m_clock->steadyNow() - now);
}

void SnapshotFeed::read() {
    m_path = readRequestPath(m_store, m_now);
    m_history.append(m_path);
    if (m_fill) {
        m_fill->followReading(m_now);
    }
}

/// Reads a recording at the same instants however fast it is played, and however late a step of ours comes. True when
/// it was read.
bool SnapshotFeed::play(SteadyTime now) {
    bool any = false;
    for (auto at = PathHistory::stepAt(m_now) + PathHistory::kStep; at <= now; at += PathHistory::kStep) {
        m_now = at;
        std::ignore = take(takeUpdates());
        read();
        any = true;
    }
    return any;
}

/// True when a source said something for the first time.
bool SnapshotFeed::take(const std::vector<SourceUpdate>& updates) {
    bool first = false;
    for (const auto& update : updates) {
        first = first || (update.snapshot && m_store.source(update.source) == nullptr);
        m_store.apply(update);
        m_tables.apply(update);
        m_budget.apply(update);
        if (m_fill) {
            m_fill->follow(update);
        }
        m_hasData = m_hasData || update.snapshot != nullptr;
        Q_EMIT sourceUpdated(QString::fromStdString(update.source));
    }
    return first;
}

void SnapshotFeed::removeSource(const std::string& source) {
    m_store.removeSource(source);
    m_tables.removeSource(source);
    m_budget.removeSource(source);
    if (m_fill) {
        m_fill->followRemoval(source);
    }
}

std::vector<SourceUpdate> SnapshotFeed::takeUpdates() {
    if (!m_player) {
        return m_sources.takeUpdates();
    }
    std::vector<SourceUpdate> updates;
    for (auto& event : m_player->take(m_now)) {
        if (event.update) {
            updates.push_back(std::move(*event.update));
        } else {
            // What it said before stays out: it would bring the source back.
            std::erase_if(updates, [&](const auto& update) { return update.source == event.source; });
            removeSource(event.source);
        }
    }
    return updates;
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
                removeSource(known);
            }
        }
    }
    Q_EMIT stackReported(report);
}

void SnapshotFeed::takePast() {
    if (auto past = m_fill->take()) {
        m_store = std::move(past->store);
        m_history = std::move(past->history);
        m_budget = std::move(past->budget);
        m_tables.takeOver(std::move(past->tables));
        m_hasData = m_hasData || !m_store.sources().empty();
        m_nextReading = SteadyTime::min();
        m_path = lastReading();
        Q_EMIT pastFilled();
    }
    if (const auto day = m_fill->takeDay()) {
        m_budget.takeOver(*day);
    }
    if (m_fill->over() && m_fill->dayOver()) {
        m_fill.reset();
    }
}

void SnapshotFeed::tick() {
    if (m_jump.past && !takeJump()) {
        return;
    }
    auto now = m_clock->steadyNow();
    bool due = false;
    if (m_player) {
        now = std::min<SteadyTime>(now, m_now + kMostAtOnce);
        if (!m_player->readyFor(now)) {
            return;
        }
        due = play(now);
    }
    setNow(now);
    if (m_player && !std::exchange(m_playReported, true)) {
        StackReport report;
        report.status.emplace().state = "running"; // the recording is there, and nobody is to be started
        Q_EMIT stackReported(report);
    }
    if (m_fill) {
        takePast();
    }
    // The report first: what a source said before it was stopped on purpose is then surely among the updates, and
    // cannot bring it back in the next step.
    const auto report = m_sources.takeReport();
    const bool first = take(takeUpdates());
    if (report) {
        applyReport(*report);
    }
    for (const auto& answer : m_sources.takeAnswers()) {
        Q_EMIT stackAnswered(answer);
    }
    if (m_now >= m_nextExpiry) {
        m_nextExpiry = m_now + kExpire;
        m_store.expire(m_now);
    }
    if (!m_player && (first || m_now >= m_nextReading)) {
        read();
        due = true;
    }
    if (due || m_now >= m_nextReading) {
        m_nextReading = m_player ? SteadyTime::max() : m_now + PathHistory::kStep - kTick / 2;
        if (!due) {
            m_path = lastReading();
        }
        m_situation = situationOf(m_path, m_history);
        Q_EMIT pathRead();
    }
    Q_EMIT ticked();
}

} // namespace binnacle::app
