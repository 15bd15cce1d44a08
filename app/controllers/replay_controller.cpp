// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/replay_controller.h"

#include "app/feed/history_fill.h"
#include "app/feed/snapshot_feed.h"
#include "widgets/time_context.h"

#include <algorithm>
#include <array>
#include <utility>

namespace binnacle::app {

namespace {
constexpr std::array kSpeeds = {1, 4, 16, 60};
}

ReplayController::ReplayController(Replay replay, std::shared_ptr<ReplayClock> clock, SnapshotFeed& feed,
                                   TimeContext& time)
    : m_replay(std::move(replay))
    , m_clock(std::move(clock))
    , m_feed(feed)
    , m_time(time) {
    if (m_replay.from == SteadyTime{} || m_replay.from > m_replay.to) {
        m_replay.from = std::min(m_replay.at, m_replay.to);
    }
    m_time.setRecording(TimeSpan{m_replay.from, m_replay.to});
    connect(&m_time, &TimeContext::modeChanged, this, &ReplayController::follow);
    connect(&m_time, &TimeContext::seekRequested, this, &ReplayController::seek);
    connect(&m_feed, &SnapshotFeed::jumped, this, &ReplayController::onJumped);
}

std::span<const int> ReplayController::speeds() {
    return kSpeeds;
}

int ReplayController::speed() const {
    return m_clock ? m_clock->speed() : 1;
}

void ReplayController::setSpeed(int speed) {
    if (m_clock) {
        m_clock->setSpeed(speed);
        Q_EMIT changed();
    }
}

void ReplayController::changeSpeed(int by) {
    const auto at = std::ranges::find(kSpeeds, speed()) - kSpeeds.begin() + by;
    setSpeed(kSpeeds[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, std::ssize(kSpeeds) - 1))]);
}

bool ReplayController::isPlaying() const {
    return m_time.mode() == TimeContext::Mode::Live && !atEnd();
}

bool ReplayController::atEnd() const {
    return m_feed.now() >= m_replay.to;
}

bool ReplayController::isSeeking() const {
    return m_feed.isJumping();
}

void ReplayController::togglePlay() {
    if (m_time.mode() == TimeContext::Mode::Live && !atEnd()) {
        m_time.pause();
        return;
    }
    m_time.goLive();
    if (atEnd()) {
        seek(m_replay.from);
    }
}

/// The clock stands while the view does: what is not looked at would be missed.
void ReplayController::follow() {
    if (m_clock && !m_settling) {
        m_clock->setRunning(m_time.mode() == TimeContext::Mode::Live && !m_feed.isJumping());
    }
    Q_EMIT changed();
}

void ReplayController::skip(SteadyTime::duration by) {
    seek(m_wanted.value_or(isSeeking() ? m_at : m_feed.now()) + by);
}

void ReplayController::seek(SteadyTime at) {
    if (!m_clock) {
        return;
    }
    const auto to = std::clamp(at, m_replay.from, m_replay.to);
    if (isSeeking()) {
        m_wanted = to;
        return;
    }
    jump(to);
}

void ReplayController::jump(SteadyTime at) {
    m_at = at;
    m_pausedBefore = m_time.mode() != TimeContext::Mode::Live;
    m_clock->setRunning(false);
    m_clock->moveTo(at);
    m_feed.jumpTo(at, std::make_unique<HistoryFill>(m_replay.file, at, m_replay.timeline, m_feed.budget().objective()),
                  std::make_unique<ReplayPlayer>(m_replay.file, m_replay.timeline, at, m_replay.to));
    Q_EMIT changed();
}

void ReplayController::onJumped() {
    if (const auto wanted = std::exchange(m_wanted, std::nullopt)) {
        jump(*wanted);
        return;
    }
    m_time.advance(m_feed.now(), m_feed.utcNow());
    m_time.forgetSteps();
    m_settling = true; // on the way to a paused view the clock must not run
    m_time.showLive();
    if (m_pausedBefore) {
        m_time.pause();
    }
    m_settling = false;
    follow();
}

} // namespace binnacle::app
