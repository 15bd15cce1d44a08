// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/stack_client.h"

#include "backend/stack/files.h"

#include <nlohmann/json.hpp>

namespace binnacle::stack {

Result<std::string> fetchStatus(const StackPaths& paths, std::chrono::milliseconds patience) {
    const auto reply =
        httpRequest("unix:" + paths.stackSocket().string(), "GET", "/v1/status", "", "", deadlineIn(patience));
    if (!reply) {
        return std::unexpected(reply.error());
    }
    if (reply->status != 200) {
        return fail(ErrorCode::Denied, "The stack was started by another account; only that account and root may ask.");
    }
    return reply->body;
}

Result<std::string> postToStack(const StackPaths& paths, const std::string& path, std::chrono::milliseconds patience) {
    const auto reply = httpRequest("unix:" + paths.stackSocket().string(), "POST", path, "", "", deadlineIn(patience));
    if (!reply) {
        return std::unexpected(reply.error());
    }
    if (reply->status >= 300) {
        const auto document = nlohmann::json::parse(reply->body, nullptr, false);
        const auto message = document.is_object() && document.contains("error") && document["error"].is_object()
                                 ? document["error"].value("message", std::string())
                                 : std::string();
        return fail(reply->status == 403 ? ErrorCode::Denied : ErrorCode::Conflict, message);
    }
    return reply->body;
}

std::string lastFailure(const StackPaths& paths) {
    const auto text = readFile(paths.failureFile(), 65536);
    if (!text) {
        return {};
    }
    const auto document = nlohmann::json::parse(*text, nullptr, false);
    const auto message = document.is_object() ? document.find("message") : document.end();
    return document.is_object() && message != document.end() && message->is_string() ? message->get<std::string>()
                                                                                     : std::string();
}

} // namespace binnacle::stack
