// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/socket_exchange.h"
#include "backend/stack/stack_paths.h"

namespace binnacle::stack {

/// Asks the supervisor for its status document. Refused or NotFound when there is none.
[[nodiscard]] Result<std::string> fetchStatus(const StackPaths& paths, std::chrono::milliseconds patience);

/// POSTs to the stack API; the error carries the supervisor's own sentence.
[[nodiscard]] Result<std::string> postToStack(const StackPaths& paths, const std::string& path,
                                              std::chrono::milliseconds patience);

/// The sentence that the last failed start left, or empty.
[[nodiscard]] std::string lastFailure(const StackPaths& paths);

} // namespace binnacle::stack
