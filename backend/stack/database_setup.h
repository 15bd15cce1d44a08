// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/stack_setup.h"

namespace binnacle::stack {

/// Roles, database, schema, seed and replication slots on a fresh primary. Can be repeated after an interruption:
/// a database that was not finished is dropped and made again. Blocking; the calls end by themselves within a minute.
[[nodiscard]] Result<void> prepareDatabase(const StackSetup& setup);

/// On a later start: gives roles the passwords of the credential files where they differ (files that were lost and
/// made anew), and takes over the statements to prepare of this version.
[[nodiscard]] Result<void> refreshDatabase(const StackSetup& setup);

/// Sets `ANY 1` on the primary and waits until both standbys count. Until then no commit waits for anybody, since one
/// without a standby would wait for ever.
[[nodiscard]] Result<void> requireOneStandby(const StackSetup& setup);

} // namespace binnacle::stack
