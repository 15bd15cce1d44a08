// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_gateway.h"

#include <functional>
#include <string>

namespace binnacle::ctl {

/// Acts by `ask`, and goes on asking under the same request id while an action that takes its time runs, with its
/// progress on standard error. Ctrl-C ends the asking, not the action: the outcome is then in doubt and says how to go
/// on. Without control (nullptr), or for an action that sets a value, it asks once.
[[nodiscard]] Result<ActionOutcome> toItsEnd(ControlGateway* control, const ActionPreview& preview,
                                             const ActionRequest& request,
                                             const std::function<Result<ActionOutcome>()>& ask);

/// How far a migration is, in one line.
[[nodiscard]] std::string progressText(const MigrationStatus& row);

} // namespace binnacle::ctl
