// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/load/scenarios/scenario.h"

#include <sys/types.h>

namespace binnacle::load {

/// A second process that takes a scenario back when this one is gone without having done so, kill -9 included. It
/// hears no signals of the terminal, and ends with the scenario.
class ScenarioGuard {
public:
    /// Forks: call it right after prepare(), before the first thread. Errors: Io.
    [[nodiscard]] static Result<ScenarioGuard> start(Scenario& scenario);
    ScenarioGuard(ScenarioGuard&& other) noexcept;
    ScenarioGuard& operator=(ScenarioGuard&&) = delete;
    /// As the death of this process would: the guard takes the scenario back.
    ~ScenarioGuard();

    /// Everything is taken back already; waits for the guard's end.
    void release();

private:
    ScenarioGuard(pid_t pid, int pipe)
        : m_pid(pid)
        , m_pipe(pipe) {}
    void finish(bool takenBack);

    pid_t m_pid;
    int m_pipe;
};

} // namespace binnacle::load
