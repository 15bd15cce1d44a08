// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/event_loop.h"
#include "backend/stack/unique_fd.h"

#include <sys/types.h>

#include <functional>
#include <map>

namespace binnacle::stack {

/// Waits for children that have ended and tells who asked. SIGCHLD must be blocked in every thread.
/// Belongs to the loop's thread, which is also the one that forks, so no exit can be missed.
class ChildReaper {
public:
    using OnExit = std::function<void(int waitStatus)>;

    explicit ChildReaper(EventLoop& loop);
    ~ChildReaper();
    ChildReaper(const ChildReaper&) = delete;
    ChildReaper& operator=(const ChildReaper&) = delete;

    void expect(pid_t pid, OnExit onExit) { m_expected[pid] = std::move(onExit); }

private:
    void reap();

    EventLoop& m_loop;
    UniqueFd m_signals;
    std::map<pid_t, OnExit> m_expected;
};

} // namespace binnacle::stack
