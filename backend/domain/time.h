// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace binnacle {

/// Monotonic time of this machine: ages, rates and deadlines.
using SteadyTime = std::chrono::steady_clock::time_point;
/// Wall-clock time: labels and recordings only, never freshness.
using UtcTime = std::chrono::system_clock::time_point;

/// Where the time comes from. Injected, so that tests own it; the domain never reads a clock by itself.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual SteadyTime steadyNow() const = 0;
    [[nodiscard]] virtual UtcTime utcNow() const = 0;
};

/// Seconds as a floating-point number, for arithmetic on rates.
[[nodiscard]] inline double toSeconds(std::chrono::steady_clock::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

} // namespace binnacle
