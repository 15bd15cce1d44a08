// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/probes.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace binnacle::stack {

/// Asks one component over and over in a thread of its own: every 20 ms until it first answers, then every second.
/// One slow or stopped component therefore delays nobody else's check.
class HealthMonitor {
public:
    /// Called in the monitor's thread with each result.
    using Report = std::function<void(const Result<void>& result)>;

    HealthMonitor(Probe probe, Report report);
    ~HealthMonitor();
    HealthMonitor(const HealthMonitor&) = delete;
    HealthMonitor& operator=(const HealthMonitor&) = delete;

    /// Tells the thread to end without waiting for it; the destructor waits, at most for one probe.
    void requestStop();

    /// True once the thread has made its last report, so that the destructor does not wait.
    [[nodiscard]] bool hasEnded() const { return m_ended; }

private:
    void run();
    [[nodiscard]] bool pause(std::chrono::milliseconds wait);

    Probe m_probe;
    Report m_report;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::atomic<bool> m_ended = false;
    std::thread m_thread;
};

} // namespace binnacle::stack
