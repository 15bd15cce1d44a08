// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/ctl/command_line.h"

namespace binnacle::ctl {

/// `binnaclectl snapshot`: exit 1 when no stack runs, no source has that name, or any source is Lost.
[[nodiscard]] int runSnapshot(const Options& options);

} // namespace binnacle::ctl
