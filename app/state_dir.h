// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launch_options.h"
#include "backend/domain/error.h"

#include <string>

namespace binnacle::app {

/// Where the stack to watch lives, and where its supervisor listens.
struct StackPlace {
    std::string stateDir;
    std::string socket;
};

/// By --connect, --state-dir, the environment or the usual place, in this order. NotFound when --connect names
/// something that is no state directory.
[[nodiscard]] Result<StackPlace> findStackPlace(const LaunchOptions& options);

} // namespace binnacle::app
