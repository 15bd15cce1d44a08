// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace binnacle::stack {

/// Runs `supervise` in a child and keeps watch over it: whatever the supervisor's end is, kill -9 included, nothing
/// that it started outlives it, not even what was stopped by a signal. Orphans come to the guardian, which is a
/// subreaper. Signals to end are passed on. If the guardian itself is killed, the supervisor stops in order.
/// Call without other threads. Returns the supervisor's exit status; in the child it never returns.
int guardSupervisor(const std::function<int()>& supervise, const std::function<void()>& afterFork);

} // namespace binnacle::stack
