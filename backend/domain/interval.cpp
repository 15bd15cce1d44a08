// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/interval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace binnacle {
namespace {

/// Student's 0.995 quantile for 3 to 30 degrees of freedom; beyond, the normal law is close enough.
constexpr std::array<double, 28> kStudent995{5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169, 3.106, 3.055,
                                             3.012, 2.977, 2.947, 2.921, 2.898, 2.878, 2.861, 2.845, 2.831, 2.819,
                                             2.807, 2.797, 2.787, 2.779, 2.771, 2.763, 2.756, 2.750};
constexpr std::size_t kFewestDegrees = 3;

double sumOf(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

Interval poissonInterval(double count, double z) {
    const auto byar = [z](double n, double side) {
        return n <= 0 ? 0.0 : n * std::pow(1 - 1 / (9 * n) + side * z / (3 * std::sqrt(n)), 3);
    };
    return {std::max(0.0, byar(count, -1)), byar(count + 1, 1)};
}

Interval wilsonInterval(double hits, double trials, double z) {
    const double p = hits / trials;
    const double weight = z * z / trials;
    const double middle = (p + weight / 2) / (1 + weight);
    const double half = z / (1 + weight) * std::sqrt(p * (1 - p) / trials + weight / (4 * trials));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::optional<Interval> quantileInterval(const LatencyHistogram& values, double q, double effectiveCount, double z) {
    if (values.empty() || effectiveCount <= 0) {
        return std::nullopt;
    }
    const double half = z * std::sqrt(q * (1 - q) / effectiveCount);
    const double step = 1 / effectiveCount; // the ranks are rounded outwards
    const double low = q - half - step;
    const double high = q + half + step;
    constexpr double bucketError = 1.0 / 128; // a value is known up to its bucket
    return Interval{low <= 0 ? 0 : values.quantile(low).value_or(0) * (1 - bucketError),
                    high >= 1 ? std::numeric_limits<double>::infinity()
                              : values.quantile(high).value_or(0) * (1 + bucketError)};
}

std::optional<Interval> meanInterval99(std::span<const double> values) {
    if (values.size() <= kFewestDegrees) {
        return std::nullopt;
    }
    const auto count = static_cast<double>(values.size());
    const double mean = sumOf(values) / count;
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const std::size_t degrees = values.size() - 1;
    const double student =
        degrees - kFewestDegrees < kStudent995.size() ? kStudent995[degrees - kFewestDegrees] : kStudent995.back();
    const double half = student * std::sqrt(squares / (count - 1) / count);
    return Interval{mean - half, mean + half};
}

Interval differenceInterval(double before, const Interval& ofBefore, double after, const Interval& ofAfter) {
    const double difference = after - before;
    return {difference - std::hypot(after - ofAfter.low, ofBefore.high - before),
            difference + std::hypot(ofAfter.high - after, before - ofBefore.low)};
}

double overdispersion(std::span<const double> counts, std::span<const double> exposures) {
    const double exposure = sumOf(exposures);
    const double count = sumOf(counts);
    if (counts.size() < 2 || counts.size() != exposures.size() || exposure <= 0 || count <= 0) {
        return 1;
    }
    double statistic = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (const double expected = count / exposure * exposures[i]; expected > 0) {
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
    }
    return std::max(1.0, statistic / static_cast<double>(counts.size() - 1));
}

double overdispersionOfShare(std::span<const double> hits, std::span<const double> trials) {
    const double total = sumOf(trials);
    const double share = total > 0 ? sumOf(hits) / total : 0;
    if (hits.size() < 2 || hits.size() != trials.size() || share <= 0 || share >= 1) {
        return 1;
    }
    double statistic = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        if (trials[i] > 0) {
            const double gap = hits[i] - trials[i] * share;
            statistic += gap * gap / (trials[i] * share * (1 - share));
        }
    }
    return std::max(1.0, statistic / static_cast<double>(hits.size() - 1));
}

} // namespace binnacle
