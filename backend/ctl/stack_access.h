// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_status.h"
#include "backend/ctl/command_line.h"

#include <filesystem>

namespace binnacle::ctl {

/// Where the stack that the options name keeps its state and listens.
struct StackPlace {
    std::filesystem::path stateDir;
    std::filesystem::path socket;
};

[[nodiscard]] Result<StackPlace> findStack(const Options& options);

/// Asks the supervisor; the error is a sentence for the person at the terminal, which tells what to do next.
[[nodiscard]] Result<StackStatus> readStack(const StackPlace& place);

} // namespace binnacle::ctl
