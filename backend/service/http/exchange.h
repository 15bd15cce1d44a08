// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/http/route.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::service {

/// What of a request's head is of use; strings are kept over the requests of a connection, so they rarely allocate.
struct Request {
    Method method = Method::Other;
    std::string target;
    std::string authorization;
    std::string contentType;
    std::string host;
    std::string requestId; ///< X-Request-Id as sent
    std::string user;      ///< X-User as sent
    std::string body;
    int hostCount = 0;
    int userCount = 0;
    bool originPresent = false;
    bool expectsContinue = false;
    bool http11 = true;

    [[nodiscard]] std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    [[nodiscard]] std::string_view query() const {
        const auto at = target.find('?');
        return at == std::string::npos ? std::string_view() : std::string_view(target).substr(at + 1);
    }
    void clear();
};

enum class ContentType : std::uint8_t { Json, Problem, PlainText, Prometheus };
enum class CacheState : std::uint8_t { NotCached, Hit, Miss, Bypass };

struct Response {
    int status = 200;
    ContentType contentType = ContentType::Json;
    CacheState cache = CacheState::NotCached;
    bool degraded = false;
    bool closeConnection = false;
    int retryAfterSeconds = 0;
    std::string_view allow; ///< of static storage
    std::string location;
    std::string body;
    void clear();
};

/// One request and its answer, from its first byte to the last one handed to the kernel.
struct Exchange {
    Request request;
    Response response;
    Route route = Route::Other;
    std::optional<std::int64_t> id; ///< of the path
    std::string requestId;
    std::string peer; ///< the connection's address without port, empty on a Unix socket; kept over its requests
    std::chrono::steady_clock::time_point startedAt;
    std::chrono::steady_clock::time_point deadline;
    bool counted = false; ///< holds a place of the in-flight gate

    void clear();
};

/// Fixed headers of a listener, prepared once.
struct ResponseHead {
    std::string fixedHeaders; ///< complete lines
};

[[nodiscard]] std::string_view reasonPhrase(int status);

/// Appends status line, headers and body. `date` is an IMF-fixdate.
void appendResponse(std::string& out, const Exchange& exchange, const ResponseHead& head, std::string_view date,
                    bool keepAlive);

/// Answers with an RFC 9457 problem document; `parameter` names the field at fault, if one is.
void setProblem(Exchange& exchange, int status, std::string_view code, std::string_view message,
                std::string_view parameter = {});

} // namespace binnacle::service
