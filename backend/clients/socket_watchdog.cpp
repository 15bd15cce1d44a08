// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/socket_watchdog.h"

#include <sys/socket.h>

namespace binnacle {

SocketWatchdog::SocketWatchdog()
    : m_thread([this](const std::stop_token& stop) { watch(stop); }) {}

SocketWatchdog::~SocketWatchdog() = default;

SocketWatchdog::Guard::Guard(SocketWatchdog& watchdog, int fd, SteadyTime deadline)
    : m_watchdog(watchdog) {
    const std::scoped_lock lock(m_watchdog.m_mutex);
    m_watchdog.m_watch = Watch{fd, deadline};
    m_watchdog.m_fired = false;
    m_watchdog.m_changed.notify_one();
}

SocketWatchdog::Guard::~Guard() {
    // The watch thread does not need to wake for this: when its old deadline comes it finds nothing to watch.
    const std::scoped_lock lock(m_watchdog.m_mutex);
    m_watchdog.m_watch.reset();
}

bool SocketWatchdog::Guard::fired() const {
    const std::scoped_lock lock(m_watchdog.m_mutex);
    return m_watchdog.m_fired;
}

void SocketWatchdog::watch(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        if (!m_watch) {
            m_changed.wait(lock, stop, [this] { return m_watch.has_value(); });
            continue;
        }
        const auto deadline = m_watch->deadline;
        m_changed.wait_until(lock, stop, deadline,
                             [this, deadline] { return !m_watch || m_watch->deadline != deadline; });
        // Under the lock, so that the guard's owner can't close the descriptor meanwhile.
        if (m_watch && m_watch->deadline <= std::chrono::steady_clock::now()) {
            ::shutdown(m_watch->fd, SHUT_RDWR);
            m_fired = true;
            m_watch.reset();
        }
    }
}

} // namespace binnacle
