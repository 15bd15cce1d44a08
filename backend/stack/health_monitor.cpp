// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/health_monitor.h"

namespace binnacle::stack {

namespace {

constexpr std::chrono::milliseconds whileStarting{20};
constexpr std::chrono::milliseconds whileRunning{1000};
constexpr int fastAttempts = 500;

} // namespace

HealthMonitor::HealthMonitor(Probe probe, Report report)
    : m_probe(std::move(probe))
    , m_report(std::move(report))
    , m_thread([this] { run(); }) {}

HealthMonitor::~HealthMonitor() {
    requestStop();
    m_thread.join();
}

void HealthMonitor::requestStop() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
}

void HealthMonitor::run() {
    int attempts = 0;
    bool answered = false;
    do {
        const auto result = m_probe();
        m_report(result);
        answered = answered || result.has_value();
        ++attempts;
    } while (pause(answered || attempts > fastAttempts ? whileRunning : whileStarting));
    m_ended = true;
}

bool HealthMonitor::pause(std::chrono::milliseconds wait) {
    std::unique_lock lock(m_mutex);
    return !m_wake.wait_for(lock, wait, [this] { return m_stopping; });
}

} // namespace binnacle::stack
