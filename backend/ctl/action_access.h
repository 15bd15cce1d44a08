// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/acting_gateway.h"
#include "backend/ctl/stack_access.h"

namespace binnacle::ctl {

/// The way to act on the stack in `place`, as the options want it. Acting past control is said on the terminal.
[[nodiscard]] Result<ActingGateway> chooseGateway(const StackPlace& place, const Options& options);
/// The same for what changes something: Conflict where the profile is read-only.
[[nodiscard]] Result<ActingGateway> chooseActingGateway(const Options& options);

} // namespace binnacle::ctl
