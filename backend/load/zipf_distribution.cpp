// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/zipf_distribution.h"

#include <algorithm>
#include <cmath>

namespace binnacle::load {

namespace {

// log1p(x)/x and expm1(x)/x lose all digits near 0, which is exactly where an exponent of 1 lands.
double log1pOverX(double x) {
    return std::abs(x) > 1e-8 ? std::log1p(x) / x : 1.0 - x * (0.5 - x * (1.0 / 3.0 - x * 0.25));
}

double expm1OverX(double x) {
    return std::abs(x) > 1e-8 ? std::expm1(x) / x : 1.0 + x * 0.5 * (1.0 + x / 3.0 * (1.0 + x * 0.25));
}

} // namespace

ZipfDistribution::ZipfDistribution(std::uint64_t count, double exponent)
    : m_exponent(exponent)
    , m_count(std::max<std::uint64_t>(count, 1))
    , m_integralFirst(integral(1.5) - 1.0)
    , m_integralLast(integral(static_cast<double>(m_count) + 0.5))
    , m_shortcut(2.0 - inverseIntegral(integral(2.5) - density(2.0))) {}

std::uint64_t ZipfDistribution::rank(RandomSource& random) const {
    const auto last = static_cast<double>(m_count);
    for (;;) {
        const double u = m_integralLast + random.uniform() * (m_integralFirst - m_integralLast);
        const double x = inverseIntegral(u);
        const double k = std::clamp(std::floor(x + 0.5), 1.0, last);
        if (k - x <= m_shortcut || u >= integral(k + 0.5) - density(k)) {
            return static_cast<std::uint64_t>(k);
        }
    }
}

double ZipfDistribution::integral(double x) const {
    const double logX = std::log(x);
    return expm1OverX((1.0 - m_exponent) * logX) * logX;
}

double ZipfDistribution::density(double x) const {
    return std::exp(-m_exponent * std::log(x));
}

double ZipfDistribution::inverseIntegral(double y) const {
    const double t = std::max(y * (1.0 - m_exponent), -1.0);
    return std::exp(log1pOverX(t) * y);
}

} // namespace binnacle::load
