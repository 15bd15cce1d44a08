// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/stack_client.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace binnacle {

namespace {

/// The sentence of {"error":{"code","message"}}, or nothing.
std::string errorSentence(const std::string& body) {
    const auto root = nlohmann::json::parse(body, nullptr, false);
    if (!root.is_object() || !root.contains("error") || !root["error"].is_object()) {
        return {};
    }
    const auto& error = root["error"];
    const auto it = error.find("message");
    return it != error.end() && it->is_string() ? it->get<std::string>() : std::string();
}

bool isPlainName(std::string_view name) {
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

} // namespace

StackClient::StackClient(const std::filesystem::path& socket)
    : m_http(HttpEndpoint{"http://localhost", socket.string()}) {}

Result<StackStatus> StackClient::status(SteadyTime deadline) {
    auto body = m_http.getBody("/v1/status", deadline);
    if (!body) {
        return std::unexpected(std::move(body.error()));
    }
    return parseStackStatus(*body);
}

Result<void> StackClient::post(std::string_view path, SteadyTime deadline) {
    auto response = m_http.send("POST", path, {}, deadline);
    if (!response) {
        return std::unexpected(std::move(response.error()));
    }
    if (response->status >= 200 && response->status < 300) {
        return {};
    }
    auto sentence = errorSentence(response->body);
    if (sentence.empty()) {
        sentence = "The stack answered status " + std::to_string(response->status) + " to " + std::string(path);
    }
    switch (response->status) {
    case 401:
    case 403:
        return fail(ErrorCode::Denied, std::move(sentence));
    case 404:
        return fail(ErrorCode::NotFound, std::move(sentence));
    case 409:
        return fail(ErrorCode::Conflict, std::move(sentence));
    default:
        return fail(ErrorCode::Protocol, std::move(sentence));
    }
}

Result<void> StackClient::stopComponent(std::string_view name, SteadyTime deadline) {
    if (!isPlainName(name)) {
        return fail(ErrorCode::Invalid, "Not the name of a component: \"" + std::string(name) + "\"");
    }
    return post("/v1/components/" + std::string(name) + "/stop", deadline);
}

Result<void> StackClient::startComponent(std::string_view name, SteadyTime deadline) {
    if (!isPlainName(name)) {
        return fail(ErrorCode::Invalid, "Not the name of a component: \"" + std::string(name) + "\"");
    }
    return post("/v1/components/" + std::string(name) + "/start", deadline);
}

Result<void> StackClient::down(SteadyTime deadline) {
    return post("/v1/down", deadline);
}

} // namespace binnacle
