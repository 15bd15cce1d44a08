// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/command_line.h"

namespace binnacle::ctl {

/// `binnaclectl top`: a live view. Exit 2 without a terminal (unless --once), 1 when no stack runs.
[[nodiscard]] int runTop(const Options& options);

} // namespace binnacle::ctl
