// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/child_reaper.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <csignal>

namespace binnacle::stack {

ChildReaper::ChildReaper(EventLoop& loop)
    : m_loop(loop) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    m_signals.reset(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    m_loop.watch(m_signals.get(), POLLIN, [this](short) { reap(); });
}

ChildReaper::~ChildReaper() {
    m_loop.unwatch(m_signals.get());
}

void ChildReaper::reap() {
    signalfd_siginfo ignored{};
    while (::read(m_signals.get(), &ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    for (pid_t pid = ::waitpid(-1, &status, WNOHANG); pid > 0; pid = ::waitpid(-1, &status, WNOHANG)) {
        const auto found = m_expected.find(pid);
        if (found != m_expected.end()) {
            const auto onExit = std::move(found->second);
            m_expected.erase(found);
            onExit(status);
        }
    }
}

} // namespace binnacle::stack
