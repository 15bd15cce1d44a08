// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <string>

namespace binnacle {

/// Sends one command to HAProxy's admin socket, a Unix socket, and returns all that it answers: HAProxy closes behind
/// its answer. Several commands may be joined by ';'. Refused when it does not run, Timeout when it does not answer
/// until the deadline, Denied without the right to the socket, Protocol for an answer without end. Safe to call from
/// several threads.
[[nodiscard]] Result<std::string> askHaproxy(const std::string& socket, const std::string& command,
                                             SteadyTime deadline);
/// One that answers nothing when it is done; Protocol with what HAProxy says against it.
[[nodiscard]] Result<void> orderHaproxy(const std::string& socket, const std::string& command, SteadyTime deadline);

} // namespace binnacle
