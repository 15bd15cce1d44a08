// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/control_gateway.h"
#include "backend/ctl/stack_access.h"

#include <memory>

namespace binnacle::ctl {

/// The way to act on a stack: through control, or past it when it does not answer.
class ActingGateway {
public:
    /// Asks control for its protocol first. When control is down or does not answer, level and share go past it, unless
    /// the options forbid it; the message for the person at the terminal then says so. An order is never sent to
    /// control and then repeated past it.
    [[nodiscard]] static Result<ActingGateway> choose(const StackPlace& place, const Options& options);

    ~ActingGateway();
    ActingGateway(ActingGateway&&) noexcept;
    ActingGateway& operator=(ActingGateway&&) noexcept;

    [[nodiscard]] ActionGateway& gateway() const;
    /// Control itself, or nullptr past it.
    [[nodiscard]] ControlGateway* control() const;

private:
    struct Parts;
    explicit ActingGateway(std::unique_ptr<Parts> parts);
    [[nodiscard]] static Result<ActingGateway> pastControl(const StackPlace& place, const StackStatus& status);

    std::unique_ptr<Parts> m_parts;
};

} // namespace binnacle::ctl
