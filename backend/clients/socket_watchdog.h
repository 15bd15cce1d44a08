// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace binnacle {

/// Ends a blocking call of a library that keeps no deadline of its own, by shutting its socket down when the time is
/// up: the stopped peer's kernel still acknowledges, so no timeout of the protocol would.
class SocketWatchdog {
public:
    SocketWatchdog();
    ~SocketWatchdog();
    SocketWatchdog(const SocketWatchdog&) = delete;
    SocketWatchdog& operator=(const SocketWatchdog&) = delete;

    /// Watches the socket during the guard's life. `fd` must stay open as long.
    class Guard {
    public:
        Guard(SocketWatchdog& watchdog, int fd, SteadyTime deadline);
        ~Guard();
        Guard(const Guard&) = delete;
        Guard& operator=(const Guard&) = delete;
        /// Whether the deadline has come and the socket was shut down.
        [[nodiscard]] bool fired() const;

    private:
        SocketWatchdog& m_watchdog;
    };

private:
    struct Watch {
        int fd = -1;
        SteadyTime deadline;
    };
    void watch(const std::stop_token& stop);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<Watch> m_watch;
    bool m_fired = false;
    std::jthread m_thread; // last: it uses the others
};

} // namespace binnacle
