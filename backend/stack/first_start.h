// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/stack/stack_paths.h"

#include <string>

namespace binnacle::stack {

// The first start makes the servers without syncing file by file, and pays for all of it once, when nobody waits. From
// before the first byte until then a file (which the servers include) names the start of the machine in which it was
// made: at any later one, what is there may be torn. Its writing is durable before what it speaks of is begun.

/// What the kernel calls this start of the machine; empty where it does not say, and then nothing is told apart.
[[nodiscard]] std::string currentBoot();

/// Whether the machine ended before all was on the disk.
[[nodiscard]] bool mayBeTorn(const StackPaths& paths, const std::string& boot = currentBoot());
/// Lets the servers that are started from now on not sync.
[[nodiscard]] Result<void> skipSyncing(const StackPaths& paths, const std::string& boot = currentBoot());
/// Lets them sync from their next reload or start on. Does nothing where they do already.
[[nodiscard]] Result<void> endSkipping(const StackPaths& paths);
/// Brings all that was written to the disk and takes the file away. Does nothing where there is none. May take seconds.
void syncOnce(const StackPaths& paths);

} // namespace binnacle::stack
