// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace binnacle::stack {

/// A poll loop with timers and a mailbox. Everything but post() belongs to the thread that calls run().
class EventLoop {
public:
    using Clock = std::chrono::steady_clock;
    using TimerId = std::uint64_t;
    using Handler = std::function<void(short events)>;

    EventLoop();

    /// Calls `handler` whenever poll reports something of `events` (or an error) for the descriptor.
    void watch(int fd, short events, Handler handler);
    void setEvents(int fd, short events);
    void unwatch(int fd);

    TimerId after(Clock::duration delay, std::function<void()> action);
    void cancel(TimerId id);

    /// Runs an action in the loop's thread, soon. From any thread, also before run() and after its end (then unused).
    void post(std::function<void()> action);

    void run();
    void stop() { m_stopped = true; }

private:
    void runDueTimers();
    void runPosted();
    [[nodiscard]] int millisecondsToNextTimer() const;

    struct Watch {
        short events = 0;
        Handler handler;
    };
    struct Timer {
        TimerId id = 0;
        std::function<void()> action;
    };

    std::map<int, Watch> m_watches;
    std::multimap<Clock::time_point, Timer> m_timers;
    TimerId m_nextTimer = 1;
    bool m_stopped = false;

    std::mutex m_mutex; ///< guards m_posted
    std::vector<std::function<void()>> m_posted;
    UniqueFd m_wake;
};

} // namespace binnacle::stack
