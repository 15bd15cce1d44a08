// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/reading.h"

#include <chrono>
#include <cstdint>

namespace binnacle {

// The order of things in a chunk, shared by its two sides. A chunk is a version, the source, and events; an event is a
// set of EventPart bits and then what they announce, in the order of the bits.

inline constexpr std::uint8_t kChunkVersion = 1;

enum EventPart : unsigned {
    kEnded = 1,       ///< the source was taken away; nothing else follows
    kCollector = 2,   ///< interval and start of the collector differ from those before
    kHasSnapshot = 4, ///< the update has a snapshot
    kNewSnapshot = 8, ///< … which is not the one before
    kHasFailure = 16,
};

enum HeaderPart : unsigned {
    kOtherSource = 1, ///< the snapshot names another source than the chunk
    kOtherEpoch = 2,
    kSenderClock = 4, ///< the sender's clock is told
};

enum ReadingPart : unsigned { kValue = 1, kHistogram = 2, kReason = 4 };
inline constexpr unsigned kReadingPartBits = 3;

/// What a reading costs against kMaxReadings: itself and its names.
[[nodiscard]] std::size_t seriesCost(const SeriesKey& key);

template <typename Time>
[[nodiscard]] std::int64_t nsOf(Time time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

} // namespace binnacle
