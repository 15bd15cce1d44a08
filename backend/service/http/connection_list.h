// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"

#include <boost/intrusive/list.hpp>

#include <atomic>

namespace binnacle::service {

/// A connection as its reaper sees it.
class Reapable : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    virtual ~Reapable() = default;
    /// When the present phase has lasted too long; TimePoint::max() while a handler works.
    [[nodiscard]] virtual TimePoint reapAt() const = 0;
    virtual void reap() = 0;
    /// Ends the connection if no request is under way on it.
    virtual void closeIfIdle() = 0;
    virtual void closeNow() = 0;
};

/// The connections of one io_context and the one timer that ends the slow and the idle among them. One thread.
class ConnectionList {
public:
    static constexpr std::chrono::milliseconds kSweep{500};

    explicit ConnectionList(asio::io_context& io)
        : m_timer(io) {}

    void add(Reapable& connection) {
        m_connections.push_back(connection);
        m_count.store(m_count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        if (!m_scheduled) {
            schedule();
        }
    }
    void remove(Reapable& connection) {
        connection.unlink();
        m_count.store(m_count.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
    }
    void closeIdle() {
        forEach([](Reapable& connection) { connection.closeIfIdle(); });
    }
    void closeAll() {
        forEach([](Reapable& connection) { connection.closeNow(); });
        m_timer.cancel();
    }
    /// Any thread.
    [[nodiscard]] std::size_t count() const { return m_count.load(std::memory_order_relaxed); }

private:
    template <typename Action>
    void forEach(const Action& action) {
        for (auto it = m_connections.begin(); it != m_connections.end();) {
            action(*it++); // closing only cancels; a session leaves the list when it resumes
        }
    }
    void schedule() {
        m_scheduled = true;
        m_timer.expires_after(kSweep);
        m_timer.async_wait([this](const boost::system::error_code& error) {
            m_scheduled = false;
            if (error || m_connections.empty()) {
                return;
            }
            const TimePoint now = Clock::now();
            forEach([now](Reapable& connection) {
                if (connection.reapAt() <= now) {
                    connection.reap();
                }
            });
            schedule();
        });
    }

    Timer m_timer;
    boost::intrusive::list<Reapable, boost::intrusive::constant_time_size<false>> m_connections;
    std::atomic<std::size_t> m_count{0};
    bool m_scheduled = false;
};

} // namespace binnacle::service
