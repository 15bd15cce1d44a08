// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/http/route.h"

#include <charconv>

namespace binnacle::service {
namespace {

constexpr std::array<RouteEntry, kRouteCount - 1> kTable{{
    {Route::ListProjects, Method::Get, "/v1/projects", "GET /v1/projects"},
    {Route::GetProject, Method::Get, "/v1/projects/{id}", "GET /v1/projects/{id}"},
    {Route::ListProjectTasks, Method::Get, "/v1/projects/{id}/tasks", "GET /v1/projects/{id}/tasks"},
    {Route::GetTask, Method::Get, "/v1/tasks/{id}", "GET /v1/tasks/{id}"},
    {Route::CreateTask, Method::Post, "/v1/tasks", "POST /v1/tasks"},
    {Route::Dashboard, Method::Get, "/v1/dashboard", "GET /v1/dashboard"},
    {Route::Suggestions, Method::Get, "/v1/search/suggestions", "GET /v1/search/suggestions"},
    {Route::Live, Method::Get, "/healthz/live", "GET /healthz/live"},
    {Route::Ready, Method::Get, "/healthz/ready", "GET /healthz/ready"},
    {Route::Startup, Method::Get, "/healthz/startup", "GET /healthz/startup"},
}};

/// Compares segment by segment; `id` receives the text that stood for `{id}`.
bool matches(std::string_view pattern, std::string_view path, std::string_view& id) {
    constexpr std::string_view kId = "{id}";
    const auto at = pattern.find(kId);
    if (at == std::string_view::npos) {
        return pattern == path;
    }
    const std::string_view before = pattern.substr(0, at);
    const std::string_view after = pattern.substr(at + kId.size());
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) {
        return false;
    }
    const std::string_view middle = path.substr(before.size(), path.size() - before.size() - after.size());
    if (middle.find('/') != std::string_view::npos) {
        return false;
    }
    id = middle;
    return true;
}

std::string_view methodName(Method method) {
    return method == Method::Get ? "GET" : "POST";
}

} // namespace

std::span<const RouteEntry> routeTable() {
    return kTable;
}

std::string_view routeLabel(Route route) {
    return route == Route::Other ? std::string_view("other") : kTable[static_cast<std::size_t>(route)].label;
}

std::optional<std::int64_t> parseId(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || at != end || value <= 0 || text.front() == '0') {
        return std::nullopt;
    }
    return value;
}

RouteMatch matchRoute(Method method, std::string_view path) {
    RouteMatch match;
    for (const RouteEntry& entry : kTable) {
        std::string_view id;
        if (!matches(entry.path, path, id)) {
            continue;
        }
        match.pathKnown = true;
        match.allow = methodName(entry.method); // no path of ours has two methods yet
        if (entry.method == method) {
            match.route = entry.route;
            match.id = id.empty() ? std::nullopt : parseId(id);
            return match;
        }
    }
    return match;
}

} // namespace binnacle::service
