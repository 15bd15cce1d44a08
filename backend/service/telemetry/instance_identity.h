// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace binnacle::service {

/// Who this process is. `epoch` (16 hex digits) is new at each start, so that a restart is never taken for a jump.
struct InstanceIdentity {
    std::string name;
    std::string role;
    std::string version;
    std::string epoch;
};

} // namespace binnacle::service
