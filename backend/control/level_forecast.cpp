// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/level_forecast.h"

#include <algorithm>
#include <cmath>

namespace binnacle::control {
namespace {

/// Of each second, the part that one database connection is busy with.
double databaseTime(const TrafficSlice& traffic, const std::vector<std::string>* statements) {
    double seconds = 0;
    for (const auto& [name, statement] : traffic.statements) {
        if (statements == nullptr || std::ranges::find(*statements, name) != statements->end()) {
            seconds += statement.seconds;
        }
    }
    return seconds / traffic.seconds;
}

double usersOff(const RecentTraffic& recent, std::int64_t level) {
    DistinctSketch sum;
    for (const auto& feature : recent.features) {
        const auto found = recent.usersOfFeature.find(feature.view.id);
        if (isOff(feature.view, level) && found != recent.usersOfFeature.end()) {
            sum.merge(found->second);
        }
    }
    return std::round(sum.estimate());
}

std::string phrase(double seconds, std::size_t instances) {
    const auto whole = std::llround(seconds);
    return (whole >= 295 ? std::string("5 min") : std::to_string(whole) + " s") + " of " + std::to_string(instances) +
           (instances == 1 ? " instance" : " instances");
}

} // namespace

bool isOff(const FeatureView& feature, std::int64_t level) {
    return feature.offFrom && level >= *feature.offFrom;
}

std::optional<double> requestsOn(const FeatureView& feature, const TrafficSlice& traffic) {
    if (traffic.seconds <= 0) {
        return std::nullopt;
    }
    double count = 0;
    for (const auto& route : feature.routes) {
        const auto found = traffic.routes.find(route);
        count += found == traffic.routes.end() ? 0 : static_cast<double>(found->second.latency.count());
    }
    return count / traffic.seconds;
}

RecentTraffic recentTraffic(const FleetWatch& fleet, SteadyTime until) {
    const auto from = until - FleetWatch::longestWindow;
    std::vector<std::string> names;
    double seconds = 0;
    for (const auto& covered : fleet.history().coverage(from, until)) {
        if (covered.seconds > 0) {
            names.push_back(covered.name);
            seconds = std::max(seconds, covered.seconds);
        }
    }
    RecentTraffic recent;
    recent.features = fleet.features();
    recent.traffic = fleet.history().slice(names, from, until);
    recent.usersOfFeature = fleet.usersOfFeatures();
    recent.basis = names.empty() || recent.features.empty() ? "No instance has told its counters and features yet."
                                                            : phrase(seconds, names.size());
    return recent;
}

ForecastReport forecastLevel(std::int64_t before, std::int64_t after, const RecentTraffic& recent) {
    const auto& traffic = recent.traffic;
    if (traffic.seconds <= 0 || recent.features.empty()) {
        return {{}, recent.basis};
    }
    Forecast fallback{"fallback", "Requests answered by a fallback", "1/s", 0, 0};
    const double database = databaseTime(traffic, nullptr);
    double saved = 0;
    bool returns = false;
    for (const auto& feature : recent.features) {
        const double requests = requestsOn(feature.view, traffic).value_or(0);
        fallback.now += isOff(feature.view, before) ? requests : 0;
        fallback.then += isOff(feature.view, after) ? requests : 0;
        if (!isOff(feature.view, before) && isOff(feature.view, after)) {
            saved += databaseTime(traffic, &feature.statements);
        }
        returns = returns || (isOff(feature.view, before) && !isOff(feature.view, after));
    }
    ForecastReport report{{fallback}, recent.basis};
    // What a feature costs that did not run can't be read from what ran.
    if (!returns) {
        report.rows.push_back({"database_time", "Database time", "s/s", database, std::max(0.0, database - saved)});
    }
    if (!recent.usersOfFeature.empty()) {
        report.rows.push_back(
            {"users", "Users who get a fallback", "users", usersOff(recent, before), usersOff(recent, after)});
    }
    // The levels leave parts of answers out; they turn no request away.
    report.rows.push_back({"critical_dropped", "Critical requests dropped", "1/s", 0, 0});
    return report;
}

} // namespace binnacle::control
