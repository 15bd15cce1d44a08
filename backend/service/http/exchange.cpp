// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/http/exchange.h"

#include "backend/service/api/json_text.h"

namespace binnacle::service {
namespace {

/// A kept buffer must not keep the memory of its largest request for ever.
void reset(std::string& text) {
    constexpr std::size_t kKept = std::size_t{16} * 1024;
    text.clear();
    if (text.capacity() > kKept) {
        text.shrink_to_fit();
    }
}

std::string_view contentTypeLine(ContentType type) {
    switch (type) {
    case ContentType::Json:
        return "Content-Type: application/json\r\n";
    case ContentType::Problem:
        return "Content-Type: application/problem+json\r\n";
    case ContentType::PlainText:
        return "Content-Type: text/plain; charset=utf-8\r\n";
    case ContentType::Prometheus:
        return "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n";
    }
    return {};
}

std::string_view cacheLine(CacheState state) {
    switch (state) {
    case CacheState::Hit:
        return "X-Binnacle-Cache: hit\r\n";
    case CacheState::Miss:
        return "X-Binnacle-Cache: miss\r\n";
    case CacheState::Bypass:
        return "X-Binnacle-Cache: bypass\r\n";
    case CacheState::NotCached:
        break;
    }
    return {};
}

} // namespace

void Request::clear() {
    method = Method::Other;
    reset(target);
    reset(authorization);
    reset(contentType);
    reset(host);
    reset(requestId);
    reset(user);
    reset(body);
    hostCount = 0;
    userCount = 0;
    originPresent = false;
    expectsContinue = false;
    http11 = true;
}

void Response::clear() {
    status = 200;
    contentType = ContentType::Json;
    cache = CacheState::NotCached;
    degraded = false;
    closeConnection = false;
    retryAfterSeconds = 0;
    allow = {};
    location.clear();
    reset(body);
}

void Exchange::clear() {
    request.clear();
    response.clear();
    route = Route::Other;
    id.reset();
    requestId.clear();
    counted = false;
}

std::string_view reasonPhrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Unknown";
    }
}

void appendResponse(std::string& out, const Exchange& exchange, const ResponseHead& head, std::string_view date,
                    bool keepAlive) {
    const Response& response = exchange.response;
    out.append("HTTP/1.1 ");
    appendInteger(out, response.status);
    out.push_back(' ');
    out.append(reasonPhrase(response.status));
    out.append("\r\nDate: ");
    out.append(date);
    out.append("\r\nContent-Length: ");
    appendUnsigned(out, response.body.size());
    out.append("\r\n");
    out.append(contentTypeLine(response.contentType));
    out.append(head.fixedHeaders);
    if (!exchange.requestId.empty()) {
        out.append("X-Request-Id: ");
        out.append(exchange.requestId);
        out.append("\r\n");
    }
    out.append(cacheLine(response.cache));
    if (response.degraded) {
        out.append("X-Degraded: true\r\n");
    }
    if (!response.allow.empty()) {
        out.append("Allow: ");
        out.append(response.allow);
        out.append("\r\n");
    }
    if (!response.location.empty()) {
        out.append("Location: ");
        out.append(response.location);
        out.append("\r\n");
    }
    if (response.retryAfterSeconds > 0) {
        out.append("Retry-After: ");
        appendInteger(out, response.retryAfterSeconds);
        out.append("\r\n");
    }
    if (response.status == 401) {
        out.append("WWW-Authenticate: Bearer\r\n");
    }
    if (!keepAlive) {
        out.append("Connection: close\r\n");
    } else if (!exchange.request.http11) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
    out.append(response.body);
}

void setProblem(Exchange& exchange, int status, std::string_view code, std::string_view message,
                std::string_view parameter) {
    Response& response = exchange.response;
    response.status = status;
    response.contentType = ContentType::Problem;
    std::string& body = response.body;
    body.assign(R"({"type":"about:blank","title":)");
    appendJsonString(body, reasonPhrase(status));
    body.append(R"(,"status":)");
    appendInteger(body, status);
    body.append(R"(,"code":)");
    appendJsonString(body, code);
    body.append(R"(,"message":)");
    appendJsonString(body, message);
    body.append(R"(,"param":)");
    if (parameter.empty()) {
        body.append("null");
    } else {
        appendJsonString(body, parameter);
    }
    body.append(R"(,"request_id":)");
    appendJsonString(body, exchange.requestId);
    body.push_back('}');
}

} // namespace binnacle::service
