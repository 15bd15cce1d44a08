// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/control_loop.h"

namespace binnacle::control {

ControlLoop::ControlLoop(ActionEngine& engine, std::function<void(const std::string&)> log)
    : m_engine(engine)
    , m_log(std::move(log)) {}

ControlLoop::~ControlLoop() {
    m_thread.request_stop();
}

void ControlLoop::tell(std::size_t duty, const Result<void>& result) {
    auto& told = m_told[duty];
    if (result) {
        told.clear();
    } else if (told != result.error().text) {
        told = result.error().text;
        m_log(told);
    }
}

void ControlLoop::turn() {
    std::size_t duty = 0;
    for (const auto resource : allResources) {
        tell(duty++, m_engine.reconcile(resource));
    }
    tell(duty++, m_engine.resolveOpenIntents());
    tell(duty++, m_engine.stepLeases());
    tell(duty++, m_engine.checkAudit());
}

void ControlLoop::start() {
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void ControlLoop::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        turn();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, pause, [] { return false; });
    }
}

} // namespace binnacle::control
