// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chart_event.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace binnacle {
class TimeContext;
}

namespace binnacle::app {

class Settings;
class SnapshotFeed;

/// Pins the crosshair to `at`, in a window that holds it: another one where the one that is shown does not.
void lookAt(TimeContext& time, SteadyTime at);

/// How a person steers the one time selection: its spans and keys, what is kept of it between two starts, and that a
/// first look at a new stack is not an empty quarter of an hour. GUI thread.
class TimeSteering : public QObject {
    Q_OBJECT

public:
    /// A key of the window; what the charts alone do has nothing to run.
    struct Key {
        QString keys;
        QString text;
        std::function<void()> run{};
        bool heard = false; ///< by the filter: to be listed and run, and no shortcut of the window's
    };

    /// All must outlive this; keys are heard in `window` only.
    TimeSteering(TimeContext& time, const SnapshotFeed& feed, Settings& settings, QWidget& window);
    ~TimeSteering() override;

    [[nodiscard]] static const std::vector<std::chrono::minutes>& spans();
    [[nodiscard]] std::vector<Key> keys();
    /// Brings the selection to the feed's time.
    void tick();
    void togglePause();
    /// What the ribbon marks beside notes and alerts: steps lead from one to the next.
    void setEvents(std::vector<ChartEvent> events) { m_events = std::move(events); }
    /// The crosshair to the next event after it, or, with -1, to the one before; where there is none, nothing moves.
    void stepEvent(int direction);
    /// The event that stepEvent() leads to.
    [[nodiscard]] std::optional<SteadyTime> eventBeside(int direction) const;

Q_SIGNALS:
    /// Another window is to be shown.
    void moved();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void growSpan();

    TimeContext& m_time;
    const SnapshotFeed& m_feed;
    Settings& m_settings;
    QWidget& m_window;
    std::vector<ChartEvent> m_events;
    bool m_spanFollows = false; ///< nobody has chosen a span yet
    bool m_growing = false;     ///< the span changes by itself, not by choice
};

} // namespace binnacle::app
