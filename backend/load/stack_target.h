// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/load/endpoint.h"

#include <optional>
#include <string>

namespace binnacle::load {

/// Asks the supervisor of the bundled stack (GET /v1/status on its Unix socket) where its API is and which key it
/// takes. `stateDir` absent: the default one. Errors: Refused (no stack runs there), Denied, Timeout, Protocol.
[[nodiscard]] Result<Target> findStackTarget(const std::optional<std::string>& stateDir);

/// The same for the supervisor that listens on `socketPath`.
[[nodiscard]] Result<Target> readStackTarget(const std::string& socketPath);

} // namespace binnacle::load
