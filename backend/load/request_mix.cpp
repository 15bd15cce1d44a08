// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/request_mix.h"

namespace binnacle::load {

namespace {

constexpr std::array<std::string_view, kRouteCount> kLabels{
    "GET /v1/projects", "GET /v1/projects/{id}", "GET /v1/projects/{id}/tasks", "GET /v1/tasks/{id}",
    "POST /v1/tasks",   "GET /v1/dashboard",     "GET /v1/search/suggestions"};

} // namespace

std::string_view routeLabel(Route route) {
    return kLabels[routeIndex(route)];
}

Route RequestMix::pick(double uniform) const {
    double sum = 0;
    for (std::size_t i = 0; i < kRouteCount; ++i) {
        sum += shares[i];
        if (uniform < sum) {
            return static_cast<Route>(i);
        }
    }
    return Route::Task; // rounding of the sum only
}

std::optional<RequestMix> findMix(std::string_view name) {
    if (name != "default") {
        return std::nullopt;
    }
    // People at work: they open a project and its tasks, look around, write now and then.
    return RequestMix{"default", {0.10, 0.22, 0.22, 0.28, 0.04, 0.06, 0.08}};
}

std::string mixNames() {
    return "default";
}

} // namespace binnacle::load
