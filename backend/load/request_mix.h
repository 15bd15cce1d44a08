// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/load/random_source.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::load {

/// The routes that are driven. The labels are the service's own, so that counts compare without translation.
enum class Route : std::uint8_t { ListProjects, Project, ProjectTasks, Task, CreateTask, Dashboard, Suggestions };

inline constexpr std::size_t kRouteCount = 7;

/// Label of a route, the same text as in service.http.latency{route}.
[[nodiscard]] std::string_view routeLabel(Route route);
[[nodiscard]] constexpr std::size_t routeIndex(Route route) {
    return static_cast<std::size_t>(route);
}

/// Which part of the requests goes to which route.
struct RequestMix {
    std::string name;
    std::array<double, kRouteCount> shares{}; ///< by routeIndex(), sum 1

    /// The route under a uniform number in [0, 1).
    [[nodiscard]] Route pick(double uniform) const;
};

/// A mix by name; absent if there is none of that name.
[[nodiscard]] std::optional<RequestMix> findMix(std::string_view name);
/// All names, for messages: "default".
[[nodiscard]] std::string mixNames();

} // namespace binnacle::load
