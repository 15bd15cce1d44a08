// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace binnacle::service {

enum class Method : std::uint8_t { Get, Post, Put, Other };

/// Everything that the public listener serves. The order is that of routeTable().
enum class Route : std::uint8_t {
    ListProjects,
    GetProject,
    ListProjectTasks,
    GetTask,
    CreateTask,
    Dashboard,
    Suggestions,
    Live,
    Ready,
    Startup,
    Other, ///< whatever matched nothing
};
inline constexpr std::size_t kRouteCount = static_cast<std::size_t>(Route::Other) + 1;

struct RouteEntry {
    Route route;
    Method method;
    std::string_view path;  ///< template; `{id}` stands for one decimal bigint
    std::string_view label; ///< as in telemetry
};

/// The routes that exist, in the order of Route (without Other).
[[nodiscard]] std::span<const RouteEntry> routeTable();
[[nodiscard]] std::string_view routeLabel(Route route);

/// What a method and a path come to.
struct RouteMatch {
    Route route = Route::Other;
    bool pathKnown = false;         ///< the path exists, perhaps for other methods only
    std::string_view allow;         ///< for 405: the methods of that path
    std::optional<std::int64_t> id; ///< of `{id}`; absent if it is no positive bigint
};
[[nodiscard]] RouteMatch matchRoute(Method method, std::string_view path);

/// A decimal bigint above 0 without sign, leading zero or surplus.
[[nodiscard]] std::optional<std::int64_t> parseId(std::string_view text);

} // namespace binnacle::service
