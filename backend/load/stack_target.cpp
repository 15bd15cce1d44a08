// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/stack_target.h"

#include "backend/clients/stack_locator.h"
#include "backend/load/http_connection.h"
#include "backend/load/request_planner.h"

#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace binnacle::load {

namespace {

constexpr auto kStatusTimeout = std::chrono::seconds(5);

Answer fetch(const Endpoint& endpoint, std::string_view path) {
    boost::asio::io_context io(1);
    HttpConnection connection(io, endpoint);
    std::string request;
    appendGet(request, path, 1, {endpoint.host, {}});
    Answer result;
    boost::asio::steady_timer deadline(io, kStatusTimeout);
    deadline.async_wait([&](const boost::system::error_code& error) {
        if (!error) {
            connection.expire(std::chrono::steady_clock::now());
        }
    });
    connection.exchange(request, deadline.expiry(), [&](const Answer& answer) {
        result = answer;
        io.stop();
    });
    io.run();
    return result;
}

} // namespace

Result<Target> findStackTarget(const std::optional<std::string>& stateDir) {
    const auto environment = processEnvironment();
    const auto directory = resolveStateDir(stateDir, environment, ::getuid());
    if (!directory) {
        return std::unexpected(directory.error());
    }
    const auto socket = stackSocketFor(runDirFor(*directory, environment, ::getuid()));
    auto target = readStackTarget(socket.string());
    if (!target && target.error().code == ErrorCode::Refused) {
        return fail(ErrorCode::Refused,
                    fmt::format("no stack runs for {}: {}", directory->string(), target.error().text));
    }
    return target;
}

Result<Target> readStackTarget(const std::string& socketPath) {
    const auto endpoint = resolveEndpoint("unix:" + socketPath);
    if (!endpoint) {
        return std::unexpected(endpoint.error());
    }
    const Answer answer = fetch(*endpoint, "/v1/status");
    switch (answer.failure) {
    case Failure::None:
        break;
    case Failure::Connect:
        return fail(ErrorCode::Refused, fmt::format("{}: {}", socketPath, answer.reason));
    case Failure::Timeout:
        return fail(ErrorCode::Timeout, fmt::format("the stack's supervisor at {} does not answer", socketPath));
    default:
        return fail(ErrorCode::Protocol, fmt::format("{}: {}", socketPath, answer.reason));
    }
    if (answer.status != 200) {
        return fail(answer.status == 403 || answer.status == 401 ? ErrorCode::Denied : ErrorCode::Protocol,
                    fmt::format("the stack's supervisor at {} answered {}", socketPath, answer.status));
    }
    const auto document = nlohmann::json::parse(answer.body, nullptr, false);
    const auto text = [&](const char* part, const char* name) -> std::string {
        if (!document.is_object() || !document.contains(part) || !document[part].is_object()) {
            return {};
        }
        const auto found = document[part].find(name);
        return found != document[part].end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto api = text("endpoints", "api");
    const auto keyFile = text("credentials", "api_key_file");
    if (api.empty() || keyFile.empty()) {
        return fail(ErrorCode::Protocol,
                    fmt::format("the stack at {} names no API yet: is it still starting?", socketPath));
    }
    auto resolved = resolveEndpoint(api);
    if (!resolved) {
        return std::unexpected(resolved.error());
    }
    auto key = readKeyFile(keyFile);
    if (!key) {
        return std::unexpected(key.error());
    }
    return Target{std::move(*resolved), std::move(*key)};
}

} // namespace binnacle::load
