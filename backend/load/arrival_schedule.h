// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/load/random_source.h"

#include <chrono>
#include <cstdint>

namespace binnacle::load {

/// When requests are due: a Poisson process, fixed by its seed alone. What the server does never moves it, which is
/// what makes the load open loop.
class ArrivalSchedule {
public:
    /// `ratePerSecond` > 0.
    ArrivalSchedule(double ratePerSecond, std::uint64_t seed)
        : m_random(seed, 1)
        , m_meanGapNs(1e9 / ratePerSecond) {}

    /// Time of the next arrival since the start; strictly in order, each call one arrival.
    std::chrono::nanoseconds next() {
        m_atNs += m_random.exponential() * m_meanGapNs;
        return std::chrono::nanoseconds(static_cast<std::int64_t>(m_atNs));
    }

private:
    RandomSource m_random;
    double m_meanGapNs;
    double m_atNs = 0;
};

} // namespace binnacle::load
