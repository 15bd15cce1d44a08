// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/deadline_ticker.h"

namespace binnacle::service {

void DeadlineTicker::arm(Deadline& deadline, TimePoint at) {
    deadline.disarm();
    // Two ticks are needed to fire: start that much earlier, so that the named time is the latest one.
    deadline.m_at = at - 2 * kTick;
    deadline.m_due = false;
    m_armed.push_back(deadline);
    if (!m_scheduled && !m_stopped) {
        schedule();
    }
}

void DeadlineTicker::stop() {
    m_stopped = true;
    m_timer.cancel();
}

void DeadlineTicker::schedule() {
    m_scheduled = true;
    m_timer.expires_after(kTick);
    m_timer.async_wait([this](const boost::system::error_code& error) {
        m_scheduled = false;
        if (!error && !m_stopped) {
            tick();
        }
    });
}

void DeadlineTicker::tick() {
    const TimePoint now = Clock::now();
    // expired() may disarm any other deadline (a lost connection ends all its calls), so no iterator survives it.
    List fired;
    for (auto it = m_armed.begin(); it != m_armed.end();) {
        Deadline& deadline = *it++;
        if (now < deadline.m_at) {
            continue;
        }
        if (deadline.m_due) {
            deadline.unlink();
            fired.push_back(deadline);
        }
        deadline.m_due = true;
    }
    while (!fired.empty()) {
        Deadline& deadline = fired.front();
        fired.pop_front();
        deadline.expired();
    }
    if (!m_armed.empty() && !m_scheduled && !m_stopped) {
        schedule();
    }
}

} // namespace binnacle::service
