// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <optional>

namespace binnacle {

/// Seconds between two snapshots of one source: by the sender's monotonic clock where both tell it, else by ours.
/// Absent when the source restarted in between (another epoch) or no time has passed.
[[nodiscard]] std::optional<double> secondsBetween(const SnapshotHeader& earlier, const SnapshotHeader& later);

/// Rate of a cumulative counter in 1/s over `seconds`, from the reading of the same series in the snapshot before, null
/// where it had none; absent without seconds, on a counter that ran backwards, or where one of the two has no value.
[[nodiscard]] std::optional<double> counterRate(const Reading* before, const Reading& after,
                                                std::optional<double> seconds);
/// The same between two snapshots; absent on a restart, a counter that ran backwards, or a
/// reading that either snapshot lacks.
[[nodiscard]] std::optional<double> counterRate(const Snapshot& earlier, const Snapshot& later, const SeriesKey& key);

/// What a cumulative histogram recorded; absent as counterRate() is. Without a histogram before, it is all of it.
[[nodiscard]] std::optional<LatencyHistogram> histogramSince(const Reading* before, const Reading& after,
                                                             std::optional<double> seconds);
/// The same between two snapshots; absent under the same conditions as counterRate().
/// A series that first appears in `later` within one epoch counts from zero.
[[nodiscard]] std::optional<LatencyHistogram> histogramSince(const Snapshot& earlier, const Snapshot& later,
                                                             const SeriesKey& key);

} // namespace binnacle
