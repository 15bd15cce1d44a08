// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/replay.h"

#include "app/feed/worker_state.h"
#include "backend/recorder/recording_cursor.h"

#include <algorithm>
#include <deque>

namespace binnacle::app {

using std::chrono::nanoseconds;
using std::chrono::seconds;

namespace {
constexpr seconds kAhead{90};
constexpr seconds kStep{30};
} // namespace

ReplayClock::ReplayClock(SteadyTime from, SteadyTime to, std::int64_t utcOffsetNs)
    : m_began(std::chrono::steady_clock::now())
    , m_from(from)
    , m_to(to)
    , m_utcOffset(utcOffsetNs) {}

SteadyTime ReplayClock::now() const {
    return m_running ? std::min(m_from + (std::chrono::steady_clock::now() - m_began) * m_speed, m_to) : m_from;
}

void ReplayClock::begin(SteadyTime at) {
    m_from = std::min(at, m_to);
    m_began = std::chrono::steady_clock::now();
}

SteadyTime ReplayClock::steadyNow() const {
    const std::lock_guard lock(m_mutex);
    return now();
}

void ReplayClock::setSpeed(int speed) {
    const std::lock_guard lock(m_mutex);
    begin(now());
    m_speed = std::max(1, speed);
}

int ReplayClock::speed() const {
    const std::lock_guard lock(m_mutex);
    return m_speed;
}

void ReplayClock::setRunning(bool running) {
    const std::lock_guard lock(m_mutex);
    begin(now());
    m_running = running;
}

void ReplayClock::moveTo(SteadyTime at) {
    const std::lock_guard lock(m_mutex);
    begin(at);
}

UtcTime ReplayClock::utcNow() const {
    return UtcTime(std::chrono::duration_cast<UtcTime::duration>(steadyNow().time_since_epoch() + m_utcOffset));
}

struct ReplayPlayer::Shared : WorkerState {
    std::filesystem::path file;
    RecordingRun timeline;
    SteadyTime to;
    std::deque<std::vector<RecordedEvent>> steps; // none is empty
    SteadyTime loaded;                            // all up to here is in `steps`, or was taken
    SteadyTime wanted;

    void run();
};

void ReplayPlayer::Shared::run() {
    auto reader = RecordingReader::open(file);
    if (!reader) {
        const std::lock_guard lock(mutex);
        loaded = SteadyTime::max(); // it could be opened a moment ago; now nothing more comes
        return;
    }
    reader->setTimeline(timeline);
    RecordingCursor cursor(*reader);
    cursor.seek(loaded + nanoseconds(1));
    std::unique_lock lock(mutex);
    while (!stopping) {
        const auto goal = std::min(wanted + kAhead, to);
        if (loaded >= goal) {
            if (loaded >= to) {
                loaded = SteadyTime::max();
                return;
            }
            wake.wait(lock);
            continue;
        }
        const auto next = std::min<SteadyTime>(loaded + kStep, to);
        lock.unlock();
        auto more = cursor.upTo(next);
        lock.lock(); // for no longer than this: the display asks ten times a second
        if (!more.empty()) {
            steps.push_back(std::move(more));
        }
        loaded = next;
    }
}

ReplayPlayer::ReplayPlayer(std::filesystem::path file, RecordingRun timeline, SteadyTime after, SteadyTime to)
    : m_shared(std::make_shared<Shared>()) {
    m_shared->file = std::move(file);
    m_shared->timeline = std::move(timeline);
    m_shared->to = to;
    m_shared->loaded = after;
    m_shared->wanted = after;
    startWorker(m_shared);
}

ReplayPlayer::~ReplayPlayer() {
    m_shared->requestStop();
}

bool ReplayPlayer::readyFor(SteadyTime now) {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->wanted = std::max(m_shared->wanted, now);
    m_shared->wake.notify_all();
    return m_shared->loaded >= now;
}

/// The step that holds the next events; false when they are later than `now`, or not read yet.
bool ReplayPlayer::nextStep(SteadyTime now) {
    const auto spent = std::move(m_step); // goes after the lock
    m_step.clear();
    m_taken = 0;
    const std::lock_guard lock(m_shared->mutex);
    auto& steps = m_shared->steps;
    if (steps.empty() || steps.front().front().at > now) {
        return false;
    }
    m_step = std::move(steps.front());
    steps.pop_front();
    return true;
}

std::vector<RecordedEvent> ReplayPlayer::take(SteadyTime now) {
    std::vector<RecordedEvent> out;
    while (m_taken < m_step.size() || nextStep(now)) {
        for (; m_taken < m_step.size() && m_step[m_taken].at <= now; ++m_taken) {
            out.push_back(std::move(m_step[m_taken]));
        }
        if (m_taken < m_step.size()) {
            break;
        }
    }
    return out;
}

Replay replayFrom(Replay replay, UtcTime at) {
    const SteadyTime wanted(std::chrono::duration_cast<SteadyTime::duration>(at.time_since_epoch() -
                                                                             nanoseconds(replay.timeline.utcOffsetNs)));
    replay.at = std::clamp(wanted, replay.from, replay.to);
    return replay;
}

Result<Replay> openReplay(const std::filesystem::path& file, std::optional<UtcTime> at) {
    auto reader = RecordingReader::open(file);
    if (!reader) {
        return std::unexpected(std::move(reader.error()));
    }
    auto info = reader->info();
    if (!info) {
        return std::unexpected(std::move(info.error()));
    }
    if (info->sources.empty()) {
        return fail(ErrorCode::NotFound, file.string() + ": nothing is recorded");
    }
    if (at && (*at < info->from || *at > info->to)) {
        return fail(ErrorCode::Invalid, file.string() + ": --at lies outside of what is recorded; binnaclectl record "
                                                        "info tells from when to when");
    }
    const auto from = reader->steadyOf(info->from);
    return Replay{
        file, reader->lastRun(), reader->steadyOf(at.value_or(info->to)), reader->steadyOf(info->to), std::move(*info),
        from};
}

} // namespace binnacle::app
