// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario_guard.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace binnacle::load {

namespace {

constexpr char kTakenBack = 'k';
constexpr int kTries = 60;

/// The guard's whole life. Never returns.
[[noreturn]] void watch(Scenario& scenario, int pipe) {
    ::setsid();
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
        std::signal(signal, SIG_IGN);
    }
    ::prctl(PR_SET_NAME, "scenario-guard");
    // Whoever waits for the end of our output must not wait for the guard's.
    if (const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC); nowhere >= 0) {
        for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
            ::dup2(nowhere, fd);
        }
    }
    char word = 0;
    ssize_t got = 0;
    while ((got = ::read(pipe, &word, 1)) < 0 && errno == EINTR) {
    }
    if (got != 1 || word != kTakenBack) {
        for (int i = 0; i < kTries && !scenario.end(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
        }
    }
    ::_exit(0);
}

} // namespace

Result<ScenarioGuard> ScenarioGuard::start(Scenario& scenario) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorCode::Io, std::string("no pipe for the guard: ") + std::strerror(errno));
    }
    const pid_t pid = ::fork();
    if (pid < 0) {
        const int error = errno;
        ::close(ends[0]);
        ::close(ends[1]);
        return fail(ErrorCode::Io, std::string("no guard could be started: ") + std::strerror(error));
    }
    if (pid == 0) {
        ::close(ends[1]);
        watch(scenario, ends[0]);
    }
    ::close(ends[0]);
    return ScenarioGuard(pid, ends[1]);
}

ScenarioGuard::ScenarioGuard(ScenarioGuard&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1))
    , m_pipe(std::exchange(other.m_pipe, -1)) {}

ScenarioGuard::~ScenarioGuard() {
    finish(false);
}

void ScenarioGuard::release() {
    finish(true);
}

void ScenarioGuard::finish(bool takenBack) {
    if (m_pid < 0) {
        return;
    }
    if (takenBack) {
        [[maybe_unused]] const auto written = ::write(m_pipe, &kTakenBack, 1);
    }
    ::close(m_pipe);
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
}

} // namespace binnacle::load
