// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/distinct_sketch.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace binnacle {
namespace {

// The estimator of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", arXiv:1702.01284,
// algorithm 6. It corrects for small numbers (sigma, by the registers that are still zero) and for very large ones
// (tau) in one formula; the original's switch between two estimators has a bias of some percent around 2.5 times the
// number of registers, which is where ten thousand users lie.
double sigma(double x) {
    if (x >= 1) {
        return std::numeric_limits<double>::infinity();
    }
    double y = 1;
    double z = x;
    for (double before = -1; z != before;) {
        x *= x;
        before = z;
        z += x * y;
        y += y;
    }
    return z;
}

double tau(double x) {
    if (x <= 0 || x >= 1) {
        return 0;
    }
    double y = 1;
    double z = 1 - x;
    for (double before = -1; z != before;) {
        x = std::sqrt(x);
        before = z;
        y /= 2;
        z -= (1 - x) * (1 - x) * y;
    }
    return z / 3;
}

} // namespace

void DistinctSketch::merge(const DistinctSketch& other) noexcept {
    for (std::size_t i = 0; i < kRegisterCount; ++i) {
        raise(i, other.m_registers[i]);
    }
}

double DistinctSketch::estimate() const {
    std::array<double, kHighestRank + 1> counts{};
    for (const auto rank : m_registers) {
        counts[rank] += 1;
    }
    constexpr auto m = static_cast<double>(kRegisterCount);
    double z = m * tau(1 - counts[kHighestRank] / m);
    for (int rank = kHighestRank - 1; rank >= 1; --rank) {
        z = (z + counts[static_cast<std::size_t>(rank)]) / 2;
    }
    z += m * sigma(counts[0] / m);
    return m * m / (2 * std::numbers::ln2 * z);
}

std::optional<DistinctSketch> DistinctSketch::fromRegisters(std::span<const std::uint8_t> registers) {
    DistinctSketch sketch;
    if (registers.size() != kRegisterCount ||
        std::ranges::any_of(registers, [](std::uint8_t rank) { return rank > kHighestRank; })) {
        return std::nullopt;
    }
    std::ranges::copy(registers, sketch.m_registers.begin());
    return sketch;
}

} // namespace binnacle
