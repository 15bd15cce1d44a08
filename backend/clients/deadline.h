// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

namespace binnacle {

/// Milliseconds left until `deadline`, rounded up, never negative.
[[nodiscard]] int millisecondsUntil(SteadyTime deadline);

/// Waits until `fd` is ready for `events` (POLLIN, POLLOUT). Timeout at the deadline; a hang-up counts as ready, so
/// that the caller's next read tells what happened. `what` names the call in the error's text.
[[nodiscard]] Result<void> waitForSocket(int fd, short events, SteadyTime deadline, const char* what);

} // namespace binnacle
