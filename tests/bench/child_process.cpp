// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/child_process.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace binnacle::bench {

namespace {

std::vector<char*> pointers(const std::vector<std::string>& command) {
    std::vector<char*> result;
    for (const auto& word : command) {
        result.push_back(const_cast<char*>(word.c_str()));
    }
    result.push_back(nullptr);
    return result;
}

} // namespace

Finished runProgram(const std::vector<std::string>& command) {
    const auto words = pointers(command);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return {};
    }
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::execv(words[0], words.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    Finished result;
    int status = 0;
    char buffer[4096];
    // A program may leave a daemon behind that keeps the pipe open, so its end counts, not the pipe's.
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    for (bool ended = pid < 0;;) {
        const auto got = ::read(ends[0], buffer, sizeof buffer);
        if (got > 0) {
            result.output.append(buffer, static_cast<std::size_t>(got));
            continue;
        }
        if (ended || got == 0) {
            break;
        }
        ended = ::waitpid(pid, &status, WNOHANG) == pid;
        if (!ended) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        } else {
            result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
    }
    ::close(ends[0]);
    if (pid > 0 && result.exitCode == -1 && ::waitpid(pid, &status, 0) == pid) {
        result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    return result;
}

ChildProcess::ChildProcess(const std::vector<std::string>& command, std::chrono::seconds patience)
    : m_patience(patience) {
    const auto words = pointers(command);
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::dup2(STDERR_FILENO, STDOUT_FILENO);
        ::execvp(words[0], words.data());
        ::_exit(127);
    }
    if (m_pid < 0) {
        throw std::runtime_error("cannot start " + command.front());
    }
}

ChildProcess::~ChildProcess() {
    if (!running()) {
        return;
    }
    ::kill(m_pid, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + m_patience;
    while (std::chrono::steady_clock::now() < until) {
        if (!running()) {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
}

bool ChildProcess::running() {
    if (m_pid > 0 && ::waitpid(m_pid, nullptr, WNOHANG) == m_pid) {
        m_pid = -1;
    }
    return m_pid > 0;
}

std::chrono::nanoseconds cpuTimeOf(pid_t pid) {
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) {
        throw std::runtime_error("process " + std::to_string(pid) + " is gone");
    }
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

} // namespace binnacle::bench
