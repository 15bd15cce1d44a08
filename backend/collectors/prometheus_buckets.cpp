// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/prometheus_buckets.h"

#include "backend/domain/format.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace binnacle {

namespace {

constexpr double kNearSeconds = 66e-6; ///< 2^16 ns and a little: below it edges may be far apart
constexpr double kWidest = 0.25 + 1e-9;
constexpr double kCountCap = 9007199254740992.0; // 2^53

double secondsOf(std::int64_t ns) {
    return static_cast<double>(ns) * 1e-9;
}

/// The cell that stands for the values in (low, high], or none when that says too little.
std::optional<std::size_t> cellFor(double low, double high) {
    if (std::isinf(high)) {
        const bool beyond =
            low >= secondsOf(LatencyHistogram::bucketLowNs(LatencyHistogram::kBucketCount)) * (1 - 1e-9);
        return beyond ? std::optional(LatencyHistogram::kAboveIndex) : std::nullopt;
    }
    if (high <= kNearSeconds || (low > 0 && high - low <= kWidest * low)) {
        return LatencyHistogram::bucketIndex(std::llround(std::min((low + high) / 2, 1e6) * 1e9));
    }
    return std::nullopt;
}

std::string duration(double seconds) {
    return formatSeconds(seconds).text(" ");
}

std::string tooCoarse(double low, double high) {
    return "the scraped buckets are too coarse for quantiles (" +
           (std::isinf(high) ? "all over " + duration(low) : duration(low) + " to " + duration(high)) + " is one)";
}

} // namespace

std::expected<LatencyHistogram, std::string> PrometheusBuckets::histogram() const {
    if (m_buckets.empty()) {
        return std::unexpected("the scrape has no buckets of it");
    }
    LatencyHistogram out;
    double low = 0;
    double below = 0;
    for (const auto& [high, cumulative] : m_buckets) {
        const double count = std::min(cumulative, kCountCap) - below;
        if (count >= 0.5) {
            const auto cell = cellFor(low, high);
            if (!cell) {
                return std::unexpected(tooCoarse(low, high));
            }
            out.addToCell(*cell, static_cast<std::uint64_t>(std::llround(count)));
            below += count;
        }
        low = std::max(low, high);
    }
    if (m_sumSeconds > 0) {
        out.addToSum(static_cast<std::uint64_t>(std::min(m_sumSeconds * 1e9, kCountCap * 1000)));
    }
    return out;
}

} // namespace binnacle
