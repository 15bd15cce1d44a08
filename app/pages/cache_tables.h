// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/table_reading.h"
#include "widgets/bucket_histogram.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::app {

/// Hits and misses of the cache by endpoint and level, as the instances count them.
extern const TableSpec kCacheEndpoints;
[[nodiscard]] TableReading readCacheEndpoints(const PageContext& context, const std::string& source);

/// The calls of Redis' commands that were counted between its last readings, over about a minute: what its own figures
/// say since its start would hide that it got slow a minute ago.
class RecentCalls {
public:
    /// At the right edge of the window; without any count where LATENCY HISTOGRAM is not told.
    RecentCalls(const PageContext& context, const std::string& source);

    /// The cells of one command in the order of their edges.
    [[nodiscard]] std::vector<DurationBucket> buckets(std::string_view command) const;
    /// The edge that a quantile does not exceed, in seconds; absent from fewer than 1/(1-q) calls.
    [[nodiscard]] std::optional<double> quantileEdge(std::string_view command, double q) const;
    /// How long they were counted.
    [[nodiscard]] double seconds() const { return m_seconds; }

private:
    using Cells = std::map<double, double>; ///< calls by upper edge, in seconds
    void add(const SnapshotTable& histogram);

    std::map<std::string, Cells, std::less<>> m_cells; ///< by command
    double m_seconds = 0;
};

/// Redis' commands with what they took lately; the figures since its start are for tooltips and copies.
extern const TableSpec kRecentCommands;
[[nodiscard]] TableReading readRecentCommands(const PageContext& context, const std::string& source);

} // namespace binnacle::app
