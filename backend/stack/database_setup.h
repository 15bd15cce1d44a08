// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/stack_setup.h"

namespace binnacle::stack {

/// Roles, database, schema, seed and replication slots on a fresh primary. Can be repeated after an interruption:
/// a database that was not finished is dropped and made again. Blocking; the calls end by themselves within a minute.
[[nodiscard]] Result<void> prepareDatabase(const StackSetup& setup);

/// Gives roles the passwords of the credential files where they differ (files that were lost and made anew).
[[nodiscard]] Result<void> refreshRolePasswords(const StackSetup& setup);

/// Lets all three servers sync what they write from now on, as the first start does not: it copies and replays much
/// that could be made again. What was written until then is brought to the disk by syncOnce().
[[nodiscard]] Result<void> endFirstStart(const StackSetup& setup);

/// Sets `ANY 1` on the primary and waits until both standbys count. Until then no commit waits for anybody, since one
/// without a standby would wait for ever.
[[nodiscard]] Result<void> requireOneStandby(const StackSetup& setup);

} // namespace binnacle::stack
