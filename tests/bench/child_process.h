// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

namespace binnacle::bench {

struct Finished {
    int exitCode = -1; ///< -1: could not be started, or ended by a signal
    std::string output;
};

/// Runs a program to its end; its standard error goes to ours.
[[nodiscard]] Finished runProgram(const std::vector<std::string>& command);

/// A program that runs beside us and ends with this object, or with us however we end. Its output goes to our
/// standard error.
class ChildProcess {
public:
    /// `patience`: how long it may take to end after SIGTERM before SIGKILL.
    explicit ChildProcess(const std::vector<std::string>& command,
                          std::chrono::seconds patience = std::chrono::seconds(2));
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// False once it has ended by itself.
    [[nodiscard]] bool running();

private:
    std::chrono::seconds m_patience;
    pid_t m_pid = -1;
};

/// CPU time that a process has used so far, all its threads, user and system; throws when it is gone.
/// Its clock counts in nanoseconds, where /proc/PID/stat counts in ticks of 10 ms.
[[nodiscard]] std::chrono::nanoseconds cpuTimeOf(pid_t pid);

} // namespace binnacle::bench
