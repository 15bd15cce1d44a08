// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/child_process.h"
#include "backend/stack/stack_setup.h"
#include "backend/stack/status_board.h"

#include <functional>

namespace binnacle::stack {

/// What the start needs of the supervisor. All of it may be called from any thread.
struct StartEnvironment {
    const StackSetup& setup;
    const StatusBoard& board;
    std::function<void(const std::string& name)> startComponent;
    /// Starts a one-off program and waits for its end; the error carries what it complained about.
    std::function<Result<void>(const ProgramSpec& program)> runToEnd;
    std::function<void(const std::string& step)> setStep; ///< what goes on now, in plain words
};

/// Brings everything up, what can be at once at once, and returns when a request through HAProxy is answered.
/// The error is the one sentence for the person who started it. Blocking; for a thread of its own.
[[nodiscard]] Result<void> startStack(const StartEnvironment& environment);

} // namespace binnacle::stack
