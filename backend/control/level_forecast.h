// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/fleet_watch.h"

#include <string>
#include <vector>

namespace binnacle::control {

/// What a change of the level is expected to do.
struct ForecastReport {
    std::vector<Forecast> rows;
    std::string basis; ///< "5 min of 3 instances", or why there are no rows
};

/// The feature is off at that level.
[[nodiscard]] bool isOff(const FeatureView& feature, std::int64_t level);

/// What the fleet told in the last five minutes.
struct RecentTraffic {
    std::vector<FeatureReading> features;
    TrafficSlice traffic;
    std::map<std::string, DistinctSketch, std::less<>> usersOfFeature;
    std::string basis; ///< as in ForecastReport
};
[[nodiscard]] RecentTraffic recentTraffic(const FleetWatch& fleet, SteadyTime until);

/// Requests per second on the feature's routes; nothing without readings.
[[nodiscard]] std::optional<double> requestsOn(const FeatureView& feature, const TrafficSlice& traffic);

/// Works it out from what was measured: the requests on the routes of the features that are off at each of the two
/// levels, the database time of the statements that would no longer run, and the users of those features.
[[nodiscard]] ForecastReport forecastLevel(std::int64_t before, std::int64_t after, const RecentTraffic& recent);

} // namespace binnacle::control
