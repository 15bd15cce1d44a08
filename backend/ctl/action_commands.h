// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/command_line.h"

namespace binnacle::ctl {

/// `actions`: what can be done, with parameters and the role that it takes.
[[nodiscard]] int runActions(const Options& options);
/// `preview ACTION k=v …`: what it would do now.
[[nodiscard]] int runPreview(const Options& options);
/// `run ACTION k=v … --reason TEXT`: shows the preview, asks unless --yes is given, acts.
[[nodiscard]] int runAction(const Options& options);
/// `undo NUMBER --reason TEXT`.
[[nodiscard]] int runUndo(const Options& options);
/// `effect NUMBER [--wait]`: what an action changed. Done when it can be told, in doubt while its readings are taken.
[[nodiscard]] int runEffect(const Options& options);
/// `migrate status`: the migrations and how they stand.
[[nodiscard]] int runMigrateStatus(const Options& options);
/// `migrate apply ID`, `migrate rollback ID`: as `run apply_migration` and `run revert_migration`.
[[nodiscard]] int runMigrateApply(const Options& options);
[[nodiscard]] int runMigrateRollback(const Options& options);
/// `audit [--verify]`.
[[nodiscard]] int runAudit(const Options& options);

} // namespace binnacle::ctl
