// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/data/statement.h"
#include "backend/service/http/route.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace binnacle::service {

/// What the service can do without.
enum class Feature : std::uint8_t { Analytics, Suggestions };
inline constexpr std::size_t kFeatureCount = static_cast<std::size_t>(Feature::Suggestions) + 1;

/// One optional feature: which requests it is part of, from which level on it is off, and what is answered then.
struct FeatureEntry {
    Feature feature;
    std::string_view id;
    std::string_view title;
    Route route;
    int offFrom; ///< the lowest level that turns it off
    std::string_view fallback;
    std::array<Statement, 2> statements; ///< what it asks the database and its fallback does not
    std::size_t statementCount;
};

/// In the order of Feature. This is what the levels do, what the handlers ask, and what is told to control: a level
/// above the highest `offFrom` turns off nothing more.
inline constexpr std::array<FeatureEntry, kFeatureCount> kFeatures{{
    {Feature::Analytics,
     "analytics",
     "Dashboard analytics",
     Route::Dashboard,
     1,
     "the dashboard without its analytics",
     {Statement::DashboardAnalytics},
     1},
    {Feature::Suggestions,
     "suggestions",
     "Search suggestions",
     Route::Suggestions,
     2,
     "an empty list of suggestions",
     {Statement::SuggestProjects, Statement::SuggestTasks},
     2},
}};

[[nodiscard]] constexpr const FeatureEntry& featureEntry(Feature feature) {
    return kFeatures[static_cast<std::size_t>(feature)];
}

} // namespace binnacle::service
