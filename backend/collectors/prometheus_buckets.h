// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"

#include <expected>
#include <map>
#include <string>

namespace binnacle {

/// The cumulative buckets of one classic Prometheus histogram of durations.
///
/// What a bucket holds is taken for its middle. Where no bucket in use is wider than a quarter of its lower edge, a
/// quantile is then at most an eighth off; below 66 us, where relative errors say little, 33 us. Anything coarser has
/// no histogram here, because its quantiles would look as exact as the others' and be guesses: its count and its sum
/// are all that it tells.
class PrometheusBuckets {
public:
    /// One bucket: how many values were at most `edgeSeconds` (infinity: all). Those of one edge add up.
    void add(double edgeSeconds, double cumulative) { m_buckets[edgeSeconds] += cumulative; }
    void addSum(double seconds) { m_sumSeconds += seconds; }

    /// The cumulative histogram; the reason when the buckets are too coarse for one.
    [[nodiscard]] std::expected<LatencyHistogram, std::string> histogram() const;

private:
    std::map<double, double> m_buckets;
    double m_sumSeconds = 0;
};

} // namespace binnacle
