// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/keyed_table.h"
#include "app/models/split_reading.h"
#include "backend/history/request_path.h"
#include "backend/history/signal_store.h"

namespace binnacle::app {

/// One side as the instances' own histograms tell it, since PathReading::latencyFrom.
struct CohortTraffic {
    QString instances; ///< "app-1, app-2"; empty: there is none
    QString version;   ///< "1.0.0", or several
    LatencyHistogram latency;
    std::chrono::nanoseconds over{};         ///< what they were counted over
    std::uint64_t errors = 0;                ///< answers of class 5xx
    std::optional<double> requestsPerSecond; ///< of the instances that answer
};

[[nodiscard]] CohortTraffic trafficOf(const SignalStore& store, const PathReading& path, const std::string& role);

/// The head of the table below.
[[nodiscard]] std::vector<TableColumn> cohortColumns(const CohortTraffic& canary, const CohortTraffic& stable);
/// Canary against stable, and what each line is worked out from. `shares` may be missing: control did not tell.
[[nodiscard]] std::vector<TableRow> cohortRows(const CohortTraffic& canary, const CohortTraffic& stable,
                                               const CohortShares* shares, std::optional<double> wantedPercent);

} // namespace binnacle::app
