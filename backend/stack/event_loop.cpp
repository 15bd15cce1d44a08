// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/event_loop.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>

namespace binnacle::stack {

EventLoop::EventLoop()
    : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void EventLoop::watch(int fd, short events, Handler handler) {
    m_watches[fd] = {events, std::move(handler)};
}

void EventLoop::setEvents(int fd, short events) {
    if (const auto found = m_watches.find(fd); found != m_watches.end()) {
        found->second.events = events;
    }
}

void EventLoop::unwatch(int fd) {
    m_watches.erase(fd);
}

EventLoop::TimerId EventLoop::after(Clock::duration delay, std::function<void()> action) {
    const auto id = m_nextTimer++;
    m_timers.emplace(Clock::now() + delay, Timer{id, std::move(action)});
    return id;
}

void EventLoop::cancel(TimerId id) {
    std::erase_if(m_timers, [id](const auto& entry) { return entry.second.id == id; });
}

void EventLoop::post(std::function<void()> action) {
    {
        const std::scoped_lock lock(m_mutex);
        m_posted.push_back(std::move(action));
    }
    const std::uint64_t one = 1;
    // The counter can only be full when a wake-up is pending anyway.
    [[maybe_unused]] const auto written = ::write(m_wake.get(), &one, sizeof one);
}

void EventLoop::run() {
    std::vector<pollfd> descriptors;
    while (!m_stopped) {
        descriptors.clear();
        descriptors.push_back({m_wake.get(), POLLIN, 0});
        for (const auto& [fd, entry] : m_watches) {
            descriptors.push_back({fd, entry.events, 0});
        }
        ::poll(descriptors.data(), descriptors.size(), millisecondsToNextTimer());
        runPosted();
        runDueTimers();
        for (std::size_t i = 1; i < descriptors.size() && !m_stopped; ++i) {
            if (descriptors[i].revents == 0) {
                continue;
            }
            // A handler before this one may have removed the watch; a copy keeps the running handler alive.
            const auto found = m_watches.find(descriptors[i].fd);
            if (found != m_watches.end()) {
                const auto handler = found->second.handler;
                handler(descriptors[i].revents);
            }
        }
    }
}

void EventLoop::runDueTimers() {
    const auto now = Clock::now();
    while (!m_timers.empty() && m_timers.begin()->first <= now) {
        const auto action = std::move(m_timers.begin()->second.action);
        m_timers.erase(m_timers.begin());
        action();
    }
}

void EventLoop::runPosted() {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(m_wake.get(), &count, sizeof count);
    std::vector<std::function<void()>> actions;
    {
        const std::scoped_lock lock(m_mutex);
        actions.swap(m_posted);
    }
    for (const auto& action : actions) {
        action();
    }
}

int EventLoop::millisecondsToNextTimer() const {
    if (m_timers.empty()) {
        return -1;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_timers.begin()->first - Clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 60'000));
}

} // namespace binnacle::stack
