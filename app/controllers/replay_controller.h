// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/replay.h"

#include <QObject>

#include <memory>
#include <span>

namespace binnacle {
class TimeContext;
}

namespace binnacle::app {

class SnapshotFeed;

/// Plays a recording as a person wants it: on, stopped, faster, from elsewhere. A view that is paused stops the
/// recording, too. GUI thread.
class ReplayController : public QObject {
    Q_OBJECT

public:
    /// All but the clock must outlive this. Without a clock of a recording the speed is that of the feed's own.
    ReplayController(Replay replay, std::shared_ptr<ReplayClock> clock, SnapshotFeed& feed, TimeContext& time);

    /// 1, 4, 16, 60.
    [[nodiscard]] static std::span<const int> speeds();
    [[nodiscard]] const Replay& replay() const { return m_replay; }
    [[nodiscard]] int speed() const;
    void setSpeed(int speed);
    void faster() { changeSpeed(+1); }
    void slower() { changeSpeed(-1); }
    [[nodiscard]] bool isPlaying() const;
    [[nodiscard]] bool atEnd() const;
    [[nodiscard]] bool isSeeking() const;
    /// At the end it begins anew.
    void togglePlay();
    /// Goes on, or stands, from there. What is sought while the last place is still read waits for it.
    void seek(SteadyTime at);
    void skip(SteadyTime::duration by);

Q_SIGNALS:
    void changed();

private:
    void changeSpeed(int by);
    void follow();
    void jump(SteadyTime at);
    void onJumped();

    Replay m_replay;
    std::shared_ptr<ReplayClock> m_clock;
    SnapshotFeed& m_feed;
    TimeContext& m_time;
    std::optional<SteadyTime> m_wanted; ///< sought while another place was read
    SteadyTime m_at{};                  ///< that is being sought
    bool m_pausedBefore = false;
    bool m_settling = false;
};

} // namespace binnacle::app
