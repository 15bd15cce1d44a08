// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/event_player.h"
#include "backend/domain/time.h"
#include "backend/recorder/recording_reader.h"

#include <filesystem>
#include <memory>
#include <mutex>

namespace binnacle::app {

/// The time of a recording: it goes on from `from`, at the pace of ours times its speed, and stands still at `to`.
/// Thread-safe.
class ReplayClock final : public Clock {
public:
    ReplayClock(SteadyTime from, SteadyTime to, std::int64_t utcOffsetNs);

    [[nodiscard]] SteadyTime steadyNow() const override;
    [[nodiscard]] UtcTime utcNow() const override;

    /// How many of its seconds pass in one of ours; at least 1.
    void setSpeed(int speed);
    [[nodiscard]] int speed() const;
    void setRunning(bool running);
    /// Goes on from there, or stands there.
    void moveTo(SteadyTime at);

private:
    [[nodiscard]] SteadyTime now() const; ///< with the lock held
    void begin(SteadyTime at);            ///< likewise

    mutable std::mutex m_mutex;
    SteadyTime m_began; // by our own clock
    SteadyTime m_from;
    const SteadyTime m_to;
    const std::chrono::nanoseconds m_utcOffset;
    int m_speed = 1;
    bool m_running = true;
};

/// Plays a recording from one instant on. A thread of its own reads a little ahead of the display, because the window's
/// thread must never wait for a file.
class ReplayPlayer final : public EventPlayer {
public:
    /// Events after `after`, until `to`. `timeline` is whose steady clock their times are told by.
    ReplayPlayer(std::filesystem::path file, RecordingRun timeline, SteadyTime after, SteadyTime to);
    ~ReplayPlayer() override;

    [[nodiscard]] bool readyFor(SteadyTime now) override;
    [[nodiscard]] std::vector<RecordedEvent> take(SteadyTime now) override;

private:
    struct Shared;
    [[nodiscard]] bool nextStep(SteadyTime now);
    std::shared_ptr<Shared> m_shared;
    std::vector<RecordedEvent> m_step; ///< that is being taken
    std::size_t m_taken = 0;           ///< of it
};

/// A recording that was asked for on the command line.
struct Replay {
    std::filesystem::path file;
    RecordingRun timeline;
    SteadyTime at;
    SteadyTime to;
    RecordingInfo info;
    SteadyTime from{}; ///< where the recording begins
};

/// The same recording from the instant by UTC on, or from its beginning or end where that lies outside.
[[nodiscard]] Replay replayFrom(Replay replay, UtcTime at);

/// Opens the file and finds the instant: `at` by UTC, else the recording's end. Invalid when it lies outside.
[[nodiscard]] Result<Replay> openReplay(const std::filesystem::path& file, std::optional<UtcTime> at);

} // namespace binnacle::app
