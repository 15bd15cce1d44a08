// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/stack_faults.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace binnacle {

StackFaults::StackFaults(const std::filesystem::path& socket)
    : m_http(HttpEndpoint{"http://localhost", socket.string()}) {}

Result<void> StackFaults::send(const char* method, std::string_view kind, std::string_view name, std::string_view verb,
                               std::string_view body, SteadyTime deadline) {
    const bool plain = !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (!plain) {
        return fail(ErrorCode::Invalid, "Not the name of a part of the stack: \"" + std::string(name) + "\"");
    }
    std::string path("/v1/");
    path.append(kind).append("/").append(name).append("/").append(verb);
    const auto response = m_http.send(method, path, body, deadline);
    if (!response) {
        return std::unexpected(response.error());
    }
    if (response->status >= 200 && response->status < 300) {
        return {};
    }
    const auto root = nlohmann::json::parse(response->body, nullptr, false);
    const auto error = root.is_object() ? root.find("error") : root.end();
    const bool said = root.is_object() && error != root.end() && error->is_object() && error->contains("message") &&
                      (*error)["message"].is_string();
    const auto sentence = said ? (*error)["message"].get<std::string>()
                               : "The stack answered status " + std::to_string(response->status) + " to " + path;
    switch (response->status) {
    case 400:
        return fail(ErrorCode::Invalid, sentence);
    case 401:
    case 403:
        return fail(ErrorCode::Denied, sentence);
    case 404:
        return fail(ErrorCode::NotFound, sentence);
    case 409:
        return fail(ErrorCode::Conflict, sentence);
    default:
        return fail(ErrorCode::Protocol, sentence);
    }
}

Result<void> StackFaults::stopComponent(std::string_view name, std::chrono::seconds lease, SteadyTime deadline) {
    return send("POST", "components", name, "stop", nlohmann::json{{"for_s", lease.count()}}.dump(), deadline);
}

Result<void> StackFaults::startComponent(std::string_view name, SteadyTime deadline) {
    return send("POST", "components", name, "start", {}, deadline);
}

Result<void> StackFaults::setFault(std::string_view instance, int errorPercent, std::chrono::milliseconds latency,
                                   std::chrono::seconds lasts, SteadyTime deadline) {
    const nlohmann::json body = {
        {"fault", {{"error_percent", errorPercent}, {"latency_ms", latency.count()}, {"for_s", lasts.count()}}}};
    return send("PUT", "instances", instance, "fault", body.dump(), deadline);
}

Result<void> StackFaults::clearFault(std::string_view instance, SteadyTime deadline) {
    return send("PUT", "instances", instance, "fault", R"({"fault":null})", deadline);
}

} // namespace binnacle
