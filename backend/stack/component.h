// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/backoff.h"
#include "backend/stack/child_process.h"
#include "backend/stack/child_reaper.h"
#include "backend/stack/event_loop.h"
#include "backend/stack/health_monitor.h"
#include "backend/stack/status_board.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace binnacle::stack {

/// How one component is started, asked for its health and stopped.
struct ComponentPlan {
    std::string name;
    std::string role; ///< as in the status document
    ProgramSpec program;
    std::function<Probe()> makeProbe; ///< empty: a process that lives is taken for running
    int stopSignal = SIGTERM;
    std::chrono::milliseconds stopPatience{5000}; ///< then SIGKILL
    std::function<void()> beforeStart;            ///< clears what a killed predecessor left behind; may be empty
};

/// What all components share.
struct ComponentContext {
    EventLoop& loop;
    ChildReaper& reaper;
    StatusBoard& board;
    const Account& account;
    std::function<void(const std::string& text)> log;
};

/// One supervised process: started, asked, started again with backoff when it dies, stopped. A process that lives but
/// does not answer is reported and left alone: somebody may have stopped it on purpose, and killing a database that
/// is merely slow helps nobody. Belongs to the loop's thread.
class Component {
public:
    /// How long a component may be silent before it is called failed.
    static constexpr std::chrono::milliseconds silenceAllowed{2000};

    Component(ComponentContext context, ComponentPlan plan);
    ~Component();
    Component(const Component&) = delete;
    Component& operator=(const Component&) = delete;

    /// During the stack's start a death is final and fails the start; afterwards it leads to a restart.
    void setRestarts(bool restarts) { m_restartsDead = restarts; }

    /// While the old process still stops, the start follows its exit; a later stop() takes that back.
    void start();

    /// Ends the process and calls back once it is gone; at once when there is none.
    void stop(std::function<void()> stopped);

    /// Takes back a start that waits for the exit of the old process.
    void forgetStart() { m_startAgain = false; }

    [[nodiscard]] const ComponentStatus& status() const { return m_status; }
    [[nodiscard]] const std::filesystem::path& log() const { return m_plan.program.log; }

private:
    void launch();
    void watchHealth();
    void onHealth(const Result<void>& result);
    void onExit(int waitStatus);
    void killTree();
    void publish(ComponentState state, std::string message);
    [[nodiscard]] std::string stoppedMessage() const;
    void dropMonitor();

    ComponentContext m_context;
    ComponentPlan m_plan;
    ComponentStatus m_status;
    Backoff m_backoff;
    bool m_restartsDead = false;
    bool m_stopping = false;
    bool m_startAgain = false; ///< start() came while the old process was stopping
    std::uintmax_t m_logStart = 0;
    EventLoop::Clock::time_point m_lastAnswer{};
    EventLoop::TimerId m_timer = 0;
    std::vector<std::function<void()>> m_onStopped;
    std::unique_ptr<HealthMonitor> m_monitor;
    std::vector<std::unique_ptr<HealthMonitor>> m_retired; ///< told to end; not waited for while the loop turns
    std::shared_ptr<int> m_generation;                     ///< expires with each launch: late reports find it gone
};

} // namespace binnacle::stack
