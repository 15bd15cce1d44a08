// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/rate.h"

namespace binnacle {

std::optional<double> secondsBetween(const SnapshotHeader& earlier, const SnapshotHeader& later) {
    if (earlier.epoch != later.epoch) {
        return std::nullopt;
    }
    const bool bySender = earlier.senderMonotonic && later.senderMonotonic;
    const double seconds =
        bySender ? std::chrono::duration<double>(*later.senderMonotonic - *earlier.senderMonotonic).count()
                 : toSeconds(later.steadyAt - earlier.steadyAt);
    return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

std::optional<double> counterRate(const Snapshot& earlier, const Snapshot& later, const SeriesKey& key) {
    const auto seconds = secondsBetween(earlier.header, later.header);
    const auto* after = later.find(key.id, key.labels);
    if (!seconds || after == nullptr || !after->value) {
        return std::nullopt;
    }
    const auto* before = earlier.find(key.id, key.labels);
    if (before != nullptr && !before->value) {
        return std::nullopt;
    }
    // A series that appears within an epoch (a route's first request) has counted from zero.
    const double from = before != nullptr ? *before->value : 0;
    return *after->value >= from ? std::optional((*after->value - from) / *seconds) : std::nullopt;
}

std::optional<LatencyHistogram> histogramSince(const Snapshot& earlier, const Snapshot& later, const SeriesKey& key) {
    const auto* after = later.find(key.id, key.labels);
    if (!secondsBetween(earlier.header, later.header) || after == nullptr || !after->histogram) {
        return std::nullopt;
    }
    const auto* before = earlier.find(key.id, key.labels);
    if (before == nullptr || !before->histogram) {
        return *after->histogram;
    }
    return after->histogram->since(*before->histogram);
}

} // namespace binnacle
