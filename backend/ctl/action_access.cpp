// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/action_access.h"

#include "backend/ctl/plain_text.h"

#include <cstdio>

namespace binnacle::ctl {

Result<ActingGateway> chooseGateway(const StackPlace& place, const Options& options) {
    const auto status = readStack(place);
    if (!status) {
        return std::unexpected(status.error());
    }
    auto chosen = ActingGateway::choose(*status, {place.stateDir, options.tokenFile, options.mayBreakGlass});
    if (chosen && !chosen->bypassReason().empty()) {
        std::fprintf(stderr,
                     "binnaclectl: control does not answer (%s). Acting past it: the audit is kept beside it and "
                     "control takes over when it is back.\n",
                     plainText(chosen->bypassReason()).c_str());
    }
    return chosen;
}

} // namespace binnacle::ctl
