// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/load/random_source.h"

#include <cstdint>

namespace binnacle::load {

/// Ranks 1..n with probability proportional to 1/rank^exponent: few hot keys and a long tail, as real keys are.
/// Rejection-inversion (Hoermann and Derflinger 1996): no table, so millions of keys cost no memory.
class ZipfDistribution {
public:
    /// `count` >= 1, `exponent` > 0.
    ZipfDistribution(std::uint64_t count, double exponent);

    /// A rank in 1..count.
    std::uint64_t rank(RandomSource& random) const;

private:
    [[nodiscard]] double integral(double x) const;
    [[nodiscard]] double density(double x) const;
    [[nodiscard]] double inverseIntegral(double y) const;

    double m_exponent;
    std::uint64_t m_count;
    double m_integralFirst;
    double m_integralLast;
    double m_shortcut;
};

} // namespace binnacle::load
