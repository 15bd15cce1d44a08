// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

namespace binnacle::load {

/// Seeded random numbers that are the same on every machine: the standard fixes the engine, but not its
/// distributions, so these are our own.
class RandomSource {
public:
    /// Two sources of one seed and different streams do not follow each other.
    RandomSource(std::uint64_t seed, std::uint64_t stream)
        : m_engine(seed ^ (stream * 0x9E3779B97F4A7C15ULL)) {}

    /// Uniform in [0, 1), 53 bits.
    double uniform() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }
    /// Uniform in [0, count); 0 when count is 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(uniform() * static_cast<double>(count)); }
    /// Exponential with mean 1: the gaps of a Poisson process.
    double exponential() { return -std::log1p(-uniform()); }

private:
    std::mt19937_64 m_engine;
};

} // namespace binnacle::load
