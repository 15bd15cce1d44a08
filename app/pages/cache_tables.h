// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/table_reading.h"
#include "widgets/bucket_histogram.h"

#include <string_view>
#include <vector>

namespace binnacle::app {

/// Hits and misses of the cache by endpoint and level, as the instances count them.
extern const TableSpec kCacheEndpoints;
[[nodiscard]] TableReading readCacheEndpoints(const PageContext& context, const std::string& source);

/// The cells of one command out of redis.histogram, in the order of their edges; calls since the start of Redis.
[[nodiscard]] std::vector<DurationBucket> bucketsOf(const SnapshotTable& histogram, std::string_view command);

} // namespace binnacle::app
