// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"

#include <boost/intrusive/list.hpp>

namespace binnacle::service {

/// Something with a deadline; leaves its ticker by itself when destroyed or disarmed.
class Deadline : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    virtual ~Deadline() = default;
    virtual void expired() = 0;
    void disarm() {
        if (is_linked()) {
            unlink();
        }
    }

private:
    friend class DeadlineTicker;
    TimePoint m_at;
    bool m_due = false;
};

/// One timer of a shard serves all its short deadlines (pool waits, queries, Redis calls) to the tick.
///
/// A deadline fires at the second tick that finds it over: in between, the event loop has read every socket once, so a
/// process that was itself held up does not blame its peers. The timer runs only while something is armed.
class DeadlineTicker {
public:
    static constexpr std::chrono::milliseconds kTick{5};

    explicit DeadlineTicker(asio::io_context& io)
        : m_timer(io) {}
    void arm(Deadline& deadline, TimePoint at);
    /// No tick any more; what is armed never fires.
    void stop();

private:
    using List = boost::intrusive::list<Deadline, boost::intrusive::constant_time_size<false>>;
    void schedule();
    void tick();

    Timer m_timer;
    List m_armed;
    bool m_scheduled = false;
    bool m_stopped = false;
};

} // namespace binnacle::service
