// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/stack_setup.h"
#include "backend/stack/unique_fd.h"

#include <optional>

namespace binnacle::stack {

/// Takes the stack's lock: a descriptor that holds it until it and its copies are closed, or nothing when another
/// supervisor (or the guardian that still clears up after one) has it.
[[nodiscard]] Result<std::optional<UniqueFd>> tryLock(const StackPaths& paths);

/// The process that wrote itself into the lock file, or 0.
[[nodiscard]] pid_t lockHolder(const StackPaths& paths);

/// Makes the state and the run directory, owned by the account. A directory with somebody else's files in it is used
/// as it is, with its owner and mode. Done with the launcher's own rights.
[[nodiscard]] Result<void> makeDirectories(const StackPaths& paths, const Account& account);

/// Everything from the programs to the configuration files, under the lock and with the account's rights.
/// The error is the sentence for the person who started the stack.
[[nodiscard]] Result<void> prepareStack(StackSetup& setup);

/// Names in the state directory that are the stack's own; everything else there is foreign.
[[nodiscard]] const std::vector<std::string>& ownEntries();

} // namespace binnacle::stack
