// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/action_gateway.h"
#include "backend/actions/control_view.h"
#include "backend/domain/audit.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace binnacle::app {

/// The way an order takes now. Who holds it keeps to it: an order is never sent to control and repeated past it.
struct ActingRoute {
    std::shared_ptr<ActionGateway> gateway;
    std::string bypass; ///< why control is passed by; empty: it is asked
};

/// The way to control and, for level and share, past it; replaced in tests. Readings come from the feed's thread alone,
/// route() from any acting thread, a gateway from the one that chose it; all may be at it at once. Each call ends by
/// its patience.
class ControlLink {
public:
    virtual ~ControlLink() = default;

    [[nodiscard]] virtual Result<ControlView> view(std::chrono::milliseconds patience) = 0;
    /// One page of a writer's entries behind `after`; the newest page when `after` is negative. Empty writer:
    /// control's.
    [[nodiscard]] virtual Result<std::vector<AuditEntry>> audit(const std::string& writer, std::int64_t after,
                                                                int limit, std::chrono::milliseconds patience) = 0;
    /// The comparisons of the last actions, the newest first.
    [[nodiscard]] virtual Result<std::vector<Effect>> effects(int limit, std::chrono::milliseconds patience) = 0;
    /// What break-glass wrote beside control, as far as this account may read it.
    [[nodiscard]] virtual std::vector<AuditEntry> journals() = 0;

    /// Chooses where an order goes now. Two to three seconds when control hangs.
    [[nodiscard]] virtual Result<ActingRoute> route() = 0;
};

/// The link to the control plane of the bundled stack whose supervisor listens on `socket`. `tokenFile` says who to be;
/// empty: the uid tells.
[[nodiscard]] std::shared_ptr<ControlLink> bundledControlLink(const std::string& socket, const std::string& stateDir,
                                                              const std::string& tokenFile = {});

} // namespace binnacle::app
