// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/coding/byte_coding.h"

#include <cstddef>
#include <cstdint>

namespace binnacle {

// What a chunk may hold. The writer begins a new chunk long before; a file of foreign origin is refused beyond. Each
// limit bounds memory, so that a small hostile chunk cannot unfold into a large one.

inline constexpr std::size_t kMaxChunkBytes = 16U << 20U;  ///< unpacked
inline constexpr std::size_t kMaxPackedBytes = 16U << 20U; ///< as stored
inline constexpr std::size_t kMaxEvents = 4096;            ///< in one chunk
inline constexpr std::size_t kMaxReadings = 2'000'000;     ///< over all snapshots of a chunk
inline constexpr std::size_t kMaxCells = 16'000'000;       ///< of histograms and tables, over all of a chunk
inline constexpr std::size_t kBytesPerCell = 16;           ///< texts count as cells, too
inline constexpr std::size_t kBytesPerReading = 64;        ///< and the names of a reading as readings
inline constexpr std::size_t kMaxSeries = 100'000;         ///< in one chunk
inline constexpr std::size_t kMaxNameBytes = 4096;         ///< of a source or an epoch
inline constexpr std::size_t kMaxLabels = 64;              ///< of one series
inline constexpr std::int64_t kLatestSteadyNs = std::int64_t{1} << 60U; ///< 36 years after boot
inline constexpr std::int64_t kLatestUtcNs = std::int64_t{1} << 62U;    ///< the year 2116
inline constexpr std::int64_t kLongestIntervalMs = 86'400'000;

/// Sum that wraps around: differences of foreign bytes may be anything.
[[nodiscard]] inline std::int64_t addNs(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
[[nodiscard]] inline std::int64_t within(ByteReader& in, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value < low || value > high) {
        in.fail();
    }
    return in.failed() ? 0 : value;
}
/// Times outside of these would overflow where ages are computed.
[[nodiscard]] inline std::int64_t steadyWithin(ByteReader& in, std::int64_t ns) {
    return within(in, ns, -kLatestSteadyNs, kLatestSteadyNs);
}
[[nodiscard]] inline std::int64_t utcWithin(ByteReader& in, std::int64_t ns) {
    return within(in, ns, 0, kLatestUtcNs);
}
[[nodiscard]] inline std::int64_t intervalWithin(ByteReader& in, std::int64_t ms) {
    return within(in, ms, 0, kLongestIntervalMs);
}

} // namespace binnacle
