// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/component.h"

#include "backend/stack/files.h"
#include "backend/stack/log_text.h"
#include "backend/stack/process_tree.h"

#include <algorithm>
#include <sys/wait.h>

#include <csignal>
#include <utility>

namespace binnacle::stack {

Component::Component(ComponentContext context, ComponentPlan plan)
    : m_context(context)
    , m_plan(std::move(plan)) {
    m_status.name = m_plan.name;
    m_status.role = m_plan.role;
    m_context.board.update(m_status);
}

Component::~Component() {
    m_context.loop.cancel(m_timer);
    dropMonitor();
}

void Component::start() {
    if (m_status.pid != 0) {
        m_startAgain = m_stopping;
        return;
    }
    if (m_status.state == ComponentState::Backoff) {
        return;
    }
    m_stopping = false;
    launch();
}

void Component::stop(std::function<void()> stopped) {
    m_stopping = true;
    m_startAgain = false;
    m_context.loop.cancel(m_timer);
    dropMonitor();
    if (m_status.pid == 0) {
        publish(ComponentState::Stopped, "");
        stopped();
        return;
    }
    m_onStopped.push_back(std::move(stopped));
    // The process is still there: not "stopped" yet, but nobody should count on it.
    publish(m_status.state, "stopping");
    ::kill(m_status.pid, m_plan.stopSignal);
    // Whoever was stopped for a rehearsal must run to hear the signal.
    for (const pid_t pid : ProcessTable::read().treeOf(m_status.pid)) {
        ::kill(pid, SIGCONT);
    }
    m_timer = m_context.loop.after(m_plan.stopPatience, [this] { killTree(); });
}

void Component::launch() {
    if (m_plan.beforeStart) {
        m_plan.beforeStart();
    }
    std::error_code error;
    m_logStart = std::filesystem::file_size(m_plan.program.log, error);
    m_logStart = error ? 0 : m_logStart;
    const auto pid = startProcess(m_plan.program, m_context.account);
    if (!pid) {
        if (!m_restartsDead) {
            publish(ComponentState::Failed, pid.error().text);
            return;
        }
        m_timer = m_context.loop.after(m_backoff.noteDeath(EventLoop::Clock::now()), [this] { launch(); });
        publish(ComponentState::Backoff, pid.error().text);
        return;
    }
    m_status.pid = *pid;
    m_context.reaper.expect(*pid, [this](int status) { onExit(status); });
    m_lastAnswer = EventLoop::Clock::now();
    if (!m_plan.makeProbe) {
        m_backoff.noteHealthy(m_lastAnswer);
        publish(ComponentState::Running, "");
        return;
    }
    publish(ComponentState::Starting, "");
    watchHealth();
}

void Component::watchHealth() {
    dropMonitor();
    std::erase_if(m_retired, [](const auto& monitor) { return monitor->hasEnded(); });
    m_generation = std::make_shared<int>(0);
    m_monitor = std::make_unique<HealthMonitor>(
        m_plan.makeProbe(),
        [this, &loop = m_context.loop, alive = std::weak_ptr<int>(m_generation)](const Result<void>& result) {
            loop.post([this, alive, result] {
                if (!alive.expired()) {
                    onHealth(result);
                }
            });
        });
}

void Component::onHealth(const Result<void>& result) {
    const auto now = EventLoop::Clock::now();
    // A stopped postmaster's sessions still answer, but nobody gets a new one.
    const bool isStopped = processState(m_status.pid) == 'T';
    if (result && !isStopped) {
        m_lastAnswer = now;
        m_backoff.noteHealthy(now);
        if (m_status.state != ComponentState::Running || !m_status.message.empty()) {
            publish(ComponentState::Running, "");
        }
        return;
    }
    if (m_status.state == ComponentState::Starting) {
        publish(ComponentState::Starting, isStopped ? stoppedMessage() : result.error().text);
    } else if (now - m_lastAnswer >= silenceAllowed) {
        m_backoff.noteUnhealthy();
        publish(ComponentState::Failed,
                isStopped ? stoppedMessage() : "is alive, but does not answer: " + result.error().text);
    }
}

void Component::onExit(int waitStatus) {
    m_context.loop.cancel(m_timer);
    dropMonitor();
    m_status.pid = 0;
    if (m_stopping) {
        publish(ComponentState::Stopped, "");
        for (const auto& stopped : std::exchange(m_onStopped, {})) {
            stopped();
        }
        if (std::exchange(m_startAgain, false)) {
            start();
        }
        return;
    }
    const auto ending = m_plan.name + " " + describeExit(waitStatus);
    // Somebody else's signal is the whole reason; otherwise its log knows best.
    const auto reason =
        WIFSIGNALED(waitStatus) ? "" : lastComplaint(tailOf(m_plan.program.log, 16384), m_plan.program.log, m_logStart);
    if (!m_restartsDead) {
        publish(ComponentState::Failed, ending + (reason.empty() ? "." : ": " + reason));
        return;
    }
    const auto wait = m_backoff.noteDeath(EventLoop::Clock::now());
    ++m_status.restarts;
    m_context.log(ending + (reason.empty() ? "" : ": " + reason));
    m_timer = m_context.loop.after(wait, [this] { launch(); });
    publish(ComponentState::Backoff, ending + "; started again in " + std::to_string(wait.count()) + " ms");
}

void Component::killTree() {
    // The whole tree: a server's children would outlive it for as long as they are busy.
    for (const pid_t pid : ProcessTable::read().treeOf(m_status.pid)) {
        ::kill(pid, SIGKILL);
    }
}

void Component::publish(ComponentState state, std::string message) {
    m_status.state = state;
    m_status.message = std::move(message);
    m_context.board.update(m_status);
}

std::string Component::stoppedMessage() const {
    return "is stopped by a signal; 'kill -CONT " + std::to_string(m_status.pid) + "' lets it go on";
}

void Component::dropMonitor() {
    m_generation.reset();
    if (m_monitor) {
        m_monitor->requestStop();
        m_retired.push_back(std::move(m_monitor));
    }
}

} // namespace binnacle::stack
