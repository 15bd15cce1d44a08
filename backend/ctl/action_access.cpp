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
    ActingSetup setup{place.stateDir, options.tokenFile, options.mayBreakGlass};
    if (place.profile) {
        setup.mayBreakGlass = false; // only of a stack of this machine is it known what lies past control
        if (setup.tokenFile.empty() && place.profile->control) {
            setup.tokenFile = place.profile->control->tokenFile;
        }
    }
    auto chosen = ActingGateway::choose(*status, setup);
    if (chosen && !chosen->bypassReason().empty()) {
        std::fprintf(stderr,
                     "binnaclectl: control does not answer (%s). Acting past it: the audit is kept beside it and "
                     "control takes over when it is back.\n",
                     plainText(chosen->bypassReason()).c_str());
    }
    return chosen;
}

Result<ActingGateway> chooseActingGateway(const Options& options) {
    const auto place = findStack(options);
    if (!place) {
        return std::unexpected(place.error());
    }
    if (place->profile && place->profile->readOnly) {
        return fail(ErrorCode::Conflict, "The profile " + place->profile->name +
                                             " is read-only, so nothing was done. Write \"read_only\": false in " +
                                             place->stateDir.string() + " to act.");
    }
    return chooseGateway(*place, options);
}

} // namespace binnacle::ctl
