// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/launch_options.h"
#include "backend/collectors/profile.h"

#include <string>

namespace binnacle::app {

/// What to watch: a bundled stack, or the servers of a profile.
struct StackPlace {
    std::string stateDir;           ///< a profile: its file
    std::string socket;             ///< of the supervisor; a profile has none
    std::optional<Profile> profile; ///< --connect with a profile's name or file
};

/// By --connect, --state-dir, the environment or the usual place, in this order. --connect takes a state directory or
/// a profile; the error says what is wrong with either.
[[nodiscard]] Result<StackPlace> findStackPlace(const LaunchOptions& options);

} // namespace binnacle::app
