// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/action_engine.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace binnacle::control {

/// What control does without being asked: looks whether the desired state is in effect and asserts it, ends leases, and
/// ends what a crash left open. One thread.
class ControlLoop {
public:
    static constexpr std::chrono::milliseconds pause{500};

    /// `log` is called from the loop's thread, once for each new problem, not for each turn that has it.
    ControlLoop(ActionEngine& engine, std::function<void(const std::string&)> log);
    ~ControlLoop();
    ControlLoop(const ControlLoop&) = delete;
    ControlLoop& operator=(const ControlLoop&) = delete;

    /// One turn. The first one must have ended before anybody may act: it takes over what others did meanwhile.
    void turn();
    void start();

private:
    void tell(std::size_t duty, const Result<void>& result);
    void run(const std::stop_token& stop);

    ActionEngine& m_engine;
    std::function<void(const std::string&)> m_log;
    std::map<std::size_t, std::string> m_told;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread; // last: it uses the others
};

} // namespace binnacle::control
