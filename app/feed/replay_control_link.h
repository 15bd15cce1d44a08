// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/feed/control_link.h"

namespace binnacle::app {

/// The control of a replay: there is none, and everybody who asks hears why. What was done then stands in the audit of
/// the control plane that did it, not in a recording.
class ReplayControlLink final : public ControlLink {
public:
    [[nodiscard]] Result<ControlView> view(std::chrono::milliseconds /*patience*/) override { return refused(); }
    [[nodiscard]] Result<std::vector<AuditEntry>> audit(const std::string& /*writer*/, std::int64_t /*after*/,
                                                        int /*limit*/,
                                                        std::chrono::milliseconds /*patience*/) override {
        return refused();
    }
    [[nodiscard]] Result<std::vector<Effect>> effects(int /*limit*/, std::chrono::milliseconds /*patience*/) override {
        return refused();
    }
    [[nodiscard]] std::vector<AuditEntry> journals() override { return {}; }
    [[nodiscard]] Result<ActingRoute> route() override { return refused(); }

private:
    [[nodiscard]] static std::unexpected<Error> refused() {
        return fail(ErrorCode::Refused, "This is a replay: nothing can be done in it.");
    }
};

} // namespace binnacle::app
