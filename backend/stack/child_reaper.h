// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/event_loop.h"
#include "backend/stack/unique_fd.h"

#include <sys/types.h>

#include <functional>
#include <map>

namespace binnacle::stack {

/// Waits for children and tells who asked when they have ended, by a descriptor for each: no signal that another
/// thread might take. Belongs to the loop's thread.
class ChildReaper {
public:
    using OnExit = std::function<void(int waitStatus)>;

    explicit ChildReaper(EventLoop& loop)
        : m_loop(loop) {}
    ~ChildReaper();
    ChildReaper(const ChildReaper&) = delete;
    ChildReaper& operator=(const ChildReaper&) = delete;

    /// `pid` is a child of this process that nobody has waited for.
    void expect(pid_t pid, OnExit onExit);

private:
    void reap(pid_t pid);

    struct Child {
        UniqueFd fd;
        OnExit onExit;
    };

    EventLoop& m_loop;
    std::map<pid_t, Child> m_children;
};

} // namespace binnacle::stack
