// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/act_desk.h"

namespace binnacle::control {

ActDesk::~ActDesk() {
    stop();
}

void ActDesk::start(Ended ended, Announce announce) {
    m_ended = std::move(ended);
    m_announce = std::move(announce);
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void ActDesk::stop() {
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
}

void ActDesk::begin(const AuditEntry& intent, bool resumed) {
    const std::scoped_lock lock(m_mutex);
    if (m_known.insert(intent.number).second) {
        m_queue.push_back({intent, resumed});
        m_wake.notify_all();
    }
}

void ActDesk::run(const std::stop_token& stop) {
    auto nextKeep = std::chrono::steady_clock::now();
    const auto hurry = [this, &stop] {
        const std::scoped_lock lock(m_mutex);
        return stop.stop_requested() || !m_queue.empty();
    };
    while (!stop.stop_requested()) {
        tellUntold();
        std::optional<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, stop, nextKeep, [this] { return !m_queue.empty(); });
            if (!m_queue.empty() && !stop.stop_requested()) {
                job = std::move(m_queue.front());
                m_queue.pop_front();
            }
        }
        if (job) {
            m_untold.emplace_back(job->intent, m_acts->carryOut(job->intent, job->resumed, hurry));
            tellUntold();
        } else if (!stop.stop_requested() && std::chrono::steady_clock::now() >= nextKeep) {
            if (const auto own = m_acts->keep()) {
                (void)m_announce(*own);
            }
            nextKeep = std::chrono::steady_clock::now() + keepPause;
        }
    }
    tellUntold();
}

void ActDesk::tellUntold() {
    while (!m_untold.empty() && m_ended(m_untold.front().first, m_untold.front().second)) {
        m_untold.pop_front();
    }
}

} // namespace binnacle::control
