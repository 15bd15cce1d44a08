// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <cstdint>
#include <optional>

namespace binnacle::app {

/// What this process itself costs. Reads two numbers from the kernel, a few microseconds; call it once or twice a
/// second.
class ConsoleCost {
public:
    struct Reading {
        std::optional<double> cpuShare; ///< of one core since the last call; absent at the first
        std::uint64_t residentBytes = 0;
    };
    [[nodiscard]] Reading read(SteadyTime now);

private:
    std::optional<SteadyTime> m_at;
    double m_cpuSeconds = 0;
};

} // namespace binnacle::app
