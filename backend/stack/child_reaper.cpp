// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/child_reaper.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace binnacle::stack {

ChildReaper::~ChildReaper() {
    for (const auto& [pid, child] : m_children) {
        m_loop.unwatch(child.fd.get());
    }
}

void ChildReaper::expect(pid_t pid, OnExit onExit) {
    // The C library's own declaration lacks its C linkage in Debian 12.
    Child child{UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))), std::move(onExit)};
    m_loop.watch(child.fd.get(), POLLIN, [this, pid](short) { reap(pid); });
    m_children.insert_or_assign(pid, std::move(child));
}

void ChildReaper::reap(pid_t pid) {
    const auto found = m_children.find(pid);
    int status = 0;
    if (found == m_children.end() || ::waitpid(pid, &status, WNOHANG) != pid) {
        return;
    }
    m_loop.unwatch(found->second.fd.get());
    const auto onExit = std::move(found->second.onExit);
    m_children.erase(found);
    onExit(status);
}

} // namespace binnacle::stack
