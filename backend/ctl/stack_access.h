// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_status.h"
#include "backend/collectors/profile.h"
#include "backend/ctl/command_line.h"

#include <filesystem>

namespace binnacle::ctl {

/// What the options name: a bundled stack, or the servers of a profile.
struct StackPlace {
    std::filesystem::path stateDir; ///< a profile: its file
    std::filesystem::path socket;   ///< of the supervisor; a profile has none
    std::optional<Profile> profile; ///< --connect PROFILE
};

/// Finds it without asking anybody. What a profile's document holds beyond this version's knowledge is said on the
/// terminal.
[[nodiscard]] Result<StackPlace> findStack(const Options& options);

/// Where the recorder of that place writes, whether one does or not.
[[nodiscard]] Result<std::filesystem::path> recorderFile(const StackPlace& place);

/// Asks the supervisor; a profile tells of itself: it runs, and where its control is. The error is a sentence for the
/// person at the terminal, which tells what to do next.
[[nodiscard]] Result<StackStatus> readStack(const StackPlace& place);

/// One collector for each source there, as readStack() told of it.
[[nodiscard]] std::vector<std::unique_ptr<Collector>> collectorsOf(const StackPlace& place, const StackStatus& status);

} // namespace binnacle::ctl
