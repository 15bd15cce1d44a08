// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/guardian.h"

#include "backend/stack/process_tree.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace binnacle::stack {

namespace {

/// PostgreSQL is told to end at once by its death signal and needs a moment for its own children.
constexpr std::chrono::milliseconds graceForOrphans{400};

/// Ends everything below this process. The first rounds only wake what was stopped, so that death signals arrive.
void endDescendants() {
    const auto start = std::chrono::steady_clock::now();
    for (;;) {
        while (::waitpid(-1, nullptr, WNOHANG) > 0) {
        }
        const auto tree = ProcessTable::read().treeOf(::getpid());
        const auto age = std::chrono::steady_clock::now() - start;
        if (tree.size() <= 1 || age > std::chrono::seconds(10)) {
            return;
        }
        for (auto pid = tree.begin() + 1; pid != tree.end(); ++pid) {
            ::kill(*pid, age < graceForOrphans ? SIGCONT : SIGKILL);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

} // namespace

int guardSupervisor(const std::function<int()>& supervise, const std::function<void()>& afterFork) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) {
        sigaddset(&signals, number);
    }
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t guardian = ::getpid();
    const pid_t supervisor = ::fork();
    if (supervisor == 0) {
        ::prctl(PR_SET_CHILD_SUBREAPER, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        // _exit: the guardian's copy of buffered output must not be written twice.
        ::_exit(::getppid() == guardian ? supervise() : EXIT_FAILURE);
    }
    afterFork();
    if (supervisor < 0) {
        return EXIT_FAILURE;
    }
    for (;;) {
        const int number = ::sigwaitinfo(&signals, nullptr);
        if (number == SIGTERM || number == SIGINT || number == SIGHUP) {
            ::kill(supervisor, SIGTERM);
            continue;
        }
        int status = 0;
        for (pid_t ended = ::waitpid(-1, &status, WNOHANG); ended > 0; ended = ::waitpid(-1, &status, WNOHANG)) {
            if (ended == supervisor) {
                endDescendants();
                return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
            }
        }
    }
}

} // namespace binnacle::stack
