// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

namespace binnacle {

/// The clocks of this machine.
class SystemClock final : public Clock {
public:
    [[nodiscard]] SteadyTime steadyNow() const override { return std::chrono::steady_clock::now(); }
    [[nodiscard]] UtcTime utcNow() const override { return std::chrono::system_clock::now(); }
};

} // namespace binnacle
