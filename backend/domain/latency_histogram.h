// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace binnacle {

/// Log-linear histogram of durations: 64 linear sub-buckets in each power of two, from 512 ns to 68.7 s.
///
/// A value reconstructed from its bucket's middle is wrong by at most 1/128 (0.78 %), the same for every instance,
/// so histograms of several instances and moments add and subtract without loss. Values below and above the range
/// are counted apart and never dropped. A plain value; not synchronised.
class LatencyHistogram {
public:
    static constexpr int kSubBucketBits = 6;
    static constexpr int kLowestExponent = 9;   ///< 2^9 ns = 512 ns
    static constexpr int kHighestExponent = 36; ///< 2^36 ns = 68.7 s, exclusive
    static constexpr std::size_t kBucketCount = static_cast<std::size_t>(kHighestExponent - kLowestExponent)
                                                << kSubBucketBits; ///< 1 728
    static constexpr std::size_t kBelowIndex = kBucketCount;       ///< what bucketIndex() answers under the range
    static constexpr std::size_t kAboveIndex = kBucketCount + 1;   ///< … and over it
    static constexpr std::size_t kCellCount = kBucketCount + 2;

    /// Cell of a duration in nanoseconds; a negative one counts as below the range.
    [[nodiscard]] static constexpr std::size_t bucketIndex(std::int64_t ns) noexcept {
        if (ns < (std::int64_t{1} << kLowestExponent)) {
            return kBelowIndex;
        }
        if (ns >= (std::int64_t{1} << kHighestExponent)) {
            return kAboveIndex;
        }
        const auto value = static_cast<std::uint64_t>(ns);
        const int exponent = std::bit_width(value) - 1;
        const auto sub = (value >> (exponent - kSubBucketBits)) & ((1U << kSubBucketBits) - 1);
        return (static_cast<std::size_t>(exponent - kLowestExponent) << kSubBucketBits) + static_cast<std::size_t>(sub);
    }
    /// Smallest duration of bucket `index` (< kBucketCount), in nanoseconds.
    [[nodiscard]] static std::int64_t bucketLowNs(std::size_t index);
    /// First duration beyond bucket `index`, in nanoseconds.
    [[nodiscard]] static std::int64_t bucketHighNs(std::size_t index);

    void record(std::chrono::nanoseconds duration) { recordMany(duration.count(), 1); }
    void recordMany(std::int64_t ns, std::uint64_t count);
    /// Adds `count` to a cell given by its index (as in telemetry documents); false if there is no such cell.
    bool addToCell(std::size_t index, std::uint64_t count);
    /// The same for cells that are not empty, their indices ascending, in one go.
    void addCells(std::span<const std::pair<std::uint16_t, std::uint32_t>> cells);
    void addToSum(std::uint64_t ns) { m_sumNs += ns; }

    /// Adds another histogram, cell by cell: the same as having recorded both together.
    void merge(const LatencyHistogram& other);
    /// What was recorded after `earlier`, a previous reading of this same histogram. Empty optional if `earlier` is
    /// not a predecessor (a cell shrank: the process restarted), so that a reset is never taken for a jump.
    [[nodiscard]] std::optional<LatencyHistogram> since(const LatencyHistogram& earlier) const;

    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] std::uint64_t below() const { return cell(kBelowIndex); }
    [[nodiscard]] std::uint64_t above() const { return cell(kAboveIndex); }
    [[nodiscard]] std::uint64_t cell(std::size_t index) const;
    /// Sum of all recorded durations in nanoseconds (exact when the recorder keeps it).
    [[nodiscard]] std::uint64_t sumNs() const { return m_sumNs; }
    /// Mean in seconds; absent when empty.
    [[nodiscard]] std::optional<double> meanSeconds() const;
    /// The q-quantile (0 < q <= 1) in seconds, at most 1 % off; absent when empty. Below the range it is the lower
    /// edge, above it the upper edge.
    [[nodiscard]] std::optional<double> quantile(double q) const;
    /// As quantile(), but absent with fewer than 1/(1-q) values: a p99.9 of 50 requests is noise, not a reading.
    [[nodiscard]] std::optional<double> supportedQuantile(double q) const;
    /// Values in [lowNs, highNs), whole buckets by their middle.
    [[nodiscard]] std::uint64_t countBetween(std::int64_t lowNs, std::int64_t highNs) const;
    /// Values that took at least that long, whole buckets by their middle; those above the range are among them.
    [[nodiscard]] std::uint64_t countFrom(std::int64_t ns) const;
    /// Index of the first and one past the last used bucket; equal when no bucket is used.
    [[nodiscard]] std::pair<std::size_t, std::size_t> usedRange() const;
    [[nodiscard]] bool empty() const { return m_count == 0; }

    friend bool operator==(const LatencyHistogram&, const LatencyHistogram&);

private:
    // Only the span of buckets in use is held (m_cells[0] is bucket m_first), because histories keep thousands of
    // these and a route's latencies rarely span more than a few octaves.
    void cover(std::size_t index);

    std::vector<std::uint64_t> m_cells;
    std::size_t m_first = 0;
    std::uint64_t m_below = 0;
    std::uint64_t m_above = 0;
    std::uint64_t m_count = 0;
    std::uint64_t m_sumNs = 0;
};

} // namespace binnacle
