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

std::optional<double> counterRate(const Reading* before, const Reading& after, std::optional<double> seconds) {
    if (!seconds || !after.value || (before != nullptr && !before->value)) {
        return std::nullopt;
    }
    // A series that appears within an epoch (a route's first request) has counted from zero.
    const double from = before != nullptr ? *before->value : 0;
    return *after.value >= from ? std::optional((*after.value - from) / *seconds) : std::nullopt;
}

std::optional<double> counterRate(const Snapshot& earlier, const Snapshot& later, const SeriesKey& key) {
    const auto* after = later.find(key.id, key.labels);
    return after != nullptr
               ? counterRate(earlier.find(key.id, key.labels), *after, secondsBetween(earlier.header, later.header))
               : std::nullopt;
}

std::optional<LatencyHistogram> histogramSince(const Reading* before, const Reading& after,
                                               std::optional<double> seconds) {
    if (!seconds || !after.histogram) {
        return std::nullopt;
    }
    return before != nullptr && before->histogram ? after.histogram->since(*before->histogram) : *after.histogram;
}

std::optional<LatencyHistogram> histogramSince(const Snapshot& earlier, const Snapshot& later, const SeriesKey& key) {
    const auto* after = later.find(key.id, key.labels);
    return after != nullptr
               ? histogramSince(earlier.find(key.id, key.labels), *after, secondsBetween(earlier.header, later.header))
               : std::nullopt;
}

} // namespace binnacle
