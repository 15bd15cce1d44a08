// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/event_player.h"
#include "app/feed/history_fill.h"
#include "app/feed/source_set.h"
#include "backend/history/error_budget.h"
#include "backend/history/path_history.h"
#include "backend/history/signal_store.h"
#include "backend/history/situation.h"
#include "backend/history/table_log.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace binnacle::app {

/// Where the collectors' threads meet the display: ten times a second it takes what is new, brings the history
/// forward, and tells. Pages read store(), path() and history() in answer to its signals. GUI thread.
class SnapshotFeed : public QObject {
    Q_OBJECT

public:
    /// `sources` must be started by the caller and outlive the feed.
    SnapshotFeed(SourceSet& sources, std::shared_ptr<const Clock> clock, QObject* parent = nullptr);

    /// What the place promises; before start() and fillFrom().
    void setObjective(Objective objective) { m_budget = ErrorBudget(objective); }
    /// Takes the past over from there once it is there; before start().
    void fillFrom(std::unique_ptr<HistoryFill> fill);
    /// Shows what the player has instead of live sources; before start(), with sources that are not started.
    void playFrom(std::unique_ptr<EventPlayer> player);
    /// Goes on at `at` of a recording: `past` until there, then the player. Nothing steps until the past is at hand;
    /// then jumped() is told, and nothing of what was shown before stays.
    void jumpTo(SteadyTime at, std::unique_ptr<HistoryFill> past, std::unique_ptr<EventPlayer> player);
    [[nodiscard]] bool isJumping() const { return m_jump.past != nullptr; }
    void start();
    void stop();
    /// One step of the timer; tests call it with a clock of their own.
    void tick();

    [[nodiscard]] const SignalStore& store() const { return m_store; }
    [[nodiscard]] const PathHistory& history() const { return m_history; }
    /// Tables of the last minutes; live ones stand in the newest snapshot of store().
    [[nodiscard]] const TableLog& tables() const { return m_tables; }
    /// Keeps the tables of that time for as long as it is looked at.
    void holdTables(std::optional<SteadyTime> at) { m_tables.hold(at); }
    /// The request path as read at the last half second; of a recording, on the grid of PathHistory::stepAt().
    [[nodiscard]] const PathReading& path() const { return m_path; }
    /// How much of the objective was missed; what a recording tells of the day before comes a little later than the
    /// rest of it.
    [[nodiscard]] const ErrorBudget& budget() const { return m_budget; }
    [[nodiscard]] const Situation& situation() const { return m_situation; }
    [[nodiscard]] SteadyTime now() const { return m_now; }
    [[nodiscard]] UtcTime utcNow() const { return m_utc; }
    /// A source has been live at least once.
    [[nodiscard]] bool hasData() const { return m_hasData; }

Q_SIGNALS:
    /// The supervisor answered, or failed to.
    void stackReported(const binnacle::app::StackReport& report);
    void stackAnswered(const binnacle::app::StackAnswer& answer);
    /// One source has a new update; it stands in store().
    void sourceUpdated(const QString& source);
    /// path(), history() and situation() are new: twice a second.
    void pathRead();
    /// The hours before the start have come into store() and history(): what was drawn step by step begins anew.
    void pastFilled();
    /// What follows is of another time of the recording, maybe of an earlier one.
    void jumped();
    /// After everything else of a step.
    void ticked();

private:
    void applyReport(const StackReport& report);
    void takePast();
    [[nodiscard]] bool takeJump();
    void setNow(SteadyTime now);
    void read();
    [[nodiscard]] PathReading lastReading() const;
    [[nodiscard]] bool play(SteadyTime now);
    [[nodiscard]] bool take(const std::vector<SourceUpdate>& updates);
    [[nodiscard]] std::vector<SourceUpdate> takeUpdates();
    void removeSource(const std::string& source);

    SourceSet& m_sources;
    std::shared_ptr<const Clock> m_clock;
    QTimer m_timer;
    std::unique_ptr<HistoryFill> m_fill; ///< until all of the past is there
    std::unique_ptr<EventPlayer> m_player;
    struct {
        SteadyTime at;
        std::unique_ptr<HistoryFill> past;
        std::unique_ptr<EventPlayer> player;
    } m_jump;
    bool m_playReported = false;
    SignalStore m_store;
    TableLog m_tables;
    PathHistory m_history;
    ErrorBudget m_budget;
    PathReading m_path;
    Situation m_situation;
    SteadyTime m_now{};
    UtcTime m_utc{};
    SteadyTime m_nextReading = SteadyTime::min(); ///< a recording may be older than the machine's start
    SteadyTime m_nextExpiry = SteadyTime::min();
    bool m_hasData = false;
};

} // namespace binnacle::app
