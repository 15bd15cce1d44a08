// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/api_handler.h"

#include "backend/service/api/json_text.h"
#include "backend/service/api/query_string.h"
#include "backend/service/protect/constant_time.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <xxhash.h>

namespace binnacle::service {
namespace {

bool isHealth(Route route) {
    return route == Route::Live || route == Route::Ready || route == Route::Startup;
}

/// What a caller's request id or user name must be to be kept: it can do no harm in a log.
bool isUsableId(std::string_view id) {
    return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
               c == '-';
    });
}

/// The end user as the load balancer's split sees them: one proper X-User, else the address.
std::uint64_t userHash(const Exchange& exchange) {
    const Request& request = exchange.request;
    const std::string& who = request.userCount == 1 && isUsableId(request.user) ? request.user : exchange.peer;
    return XXH3_64bits(who.data(), who.size());
}

bool equalIgnoringCase(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

bool isJson(std::string_view contentType) {
    const auto type = contentType.substr(0, contentType.find_first_of("; \t"));
    return equalIgnoringCase(type, "application/json");
}

} // namespace

ApiHandler::ApiHandler(const Parts& parts)
    : m_parts(parts)
    , m_inFlightLimit(parts.config.maxInFlight / parts.config.shards) {
    std::random_device entropy;
    std::array<char, 9> prefix{};
    std::snprintf(prefix.data(), prefix.size(), "%08x", static_cast<unsigned>(entropy()));
    m_idPrefix = prefix.data();
}

void ApiHandler::identify(Exchange& exchange) {
    if (isUsableId(exchange.request.requestId)) {
        exchange.requestId = exchange.request.requestId;
        return;
    }
    constexpr std::string_view kHex = "0123456789abcdef";
    exchange.requestId = m_idPrefix;
    for (int shift = 28; shift >= 0; shift -= 4) {
        exchange.requestId.push_back(kHex[m_nextId >> shift & 15U]);
    }
    ++m_nextId;
}

bool ApiHandler::authorised(const Exchange& exchange) const {
    constexpr std::string_view kScheme = "Bearer ";
    const std::string_view given = exchange.request.authorization;
    return given.size() > kScheme.size() && equalIgnoringCase(given.substr(0, kScheme.size()), kScheme) &&
           equalInConstantTime(given.substr(kScheme.size()), m_parts.config.apiKey);
}

Admission ApiHandler::begin(Exchange& exchange) {
    const RouteMatch match = matchRoute(exchange.request.method, exchange.request.path());
    exchange.route = match.route;
    exchange.id = match.id;
    // Health is never shed; everything else is, before it costs anything.
    if (!isHealth(match.route)) {
        m_parts.metrics.countUser(userHash(exchange), match.route, exchange.startedAt);
        if (m_inFlight >= m_inFlightLimit) {
            m_parts.metrics.countShed(ShedReason::InFlight);
            setProblem(exchange, 503, "overloaded", "Too many requests are in progress.");
            exchange.response.retryAfterSeconds = 1;
            return Admission::RefuseNow;
        }
        ++m_inFlight;
        exchange.counted = true;
        m_parts.metrics.inFlight.set(m_inFlight);
    }
    if (!match.pathKnown) {
        setProblem(exchange, 404, "not_found", "There is no such resource.");
        return Admission::RefuseAfterBody;
    }
    if (match.route == Route::Other) {
        setProblem(exchange, 405, "method_not_allowed", "The resource does not know this method.");
        exchange.response.allow = match.allow;
        return Admission::RefuseAfterBody;
    }
    if (isHealth(match.route)) {
        return Admission::Proceed;
    }
    if (!authorised(exchange)) {
        setProblem(exchange, 401, "unauthorized", "A valid API key is required: Authorization: Bearer KEY.");
        return Admission::RefuseAfterBody;
    }
    const bool wantsId =
        match.route == Route::GetProject || match.route == Route::ListProjectTasks || match.route == Route::GetTask;
    if (wantsId && !match.id) {
        setProblem(exchange, 400, "invalid_id", "The id must be an integer above 0.", "id");
        return Admission::RefuseAfterBody;
    }
    if (exchange.request.method == Method::Post && !isJson(exchange.request.contentType)) {
        setProblem(exchange, 415, "unsupported_media_type", "The body must be application/json.", "Content-Type");
        return Admission::RefuseAfterBody;
    }
    return Admission::Proceed;
}

void ApiHandler::health(Exchange& exchange) const {
    const HealthState& state = m_parts.health;
    const bool good = exchange.route == Route::Live ||
                      (exchange.route == Route::Ready ? !state.draining && state.shardsReady == m_parts.config.shards
                                                      : state.shardsStarted == m_parts.config.shards);
    if (good) {
        exchange.response.contentType = ContentType::PlainText;
        exchange.response.body.assign("ok\n");
    } else if (exchange.route == Route::Startup) {
        setProblem(exchange, 503, "starting", "The instance is still starting.");
    } else if (state.draining) {
        setProblem(exchange, 503, "draining", "The instance is shutting down.");
    } else {
        setProblem(exchange, 503, "database_unavailable", "The database does not answer.");
    }
}

bool ApiHandler::handleNow(Exchange& exchange) {
    if (isHealth(exchange.route)) {
        health(exchange);
        return true;
    }
    return false;
}

Awaitable<void> ApiHandler::handle(Exchange& exchange) {
    if (const Fault fault = m_parts.fault.at(exchange.startedAt); fault.active()) {
        return serveWith(fault, exchange);
    }
    return serve(exchange);
}

Awaitable<void> ApiHandler::serveWith(Fault fault, Exchange& exchange) {
    constexpr std::chrono::milliseconds kSlice{100};
    const auto due = Clock::now() + fault.latency;
    Timer pause(co_await asio::this_coro::executor);
    while (Clock::now() < due && !m_parts.health.draining) { // an instance that ends has nobody wait for it
        pause.expires_at(std::min(due, Clock::now() + kSlice));
        boost::system::error_code ignored;
        co_await pause.async_wait(asio::redirect_error(useAwaitable, ignored));
    }
    if (std::uniform_int_distribution<int>(1, kMostErrorPercent)(m_random) <= fault.errorPercent) {
        m_parts.fault.countInjected();
        setProblem(exchange, 500, "internal_error", "The request failed inside the service.");
        co_return;
    }
    co_await serve(exchange);
}

Awaitable<void> ApiHandler::serve(Exchange& exchange) {
    switch (exchange.route) {
    case Route::ListProjects:
        return listProjects(exchange);
    case Route::GetProject:
        return getProject(exchange);
    case Route::ListProjectTasks:
        return listProjectTasks(exchange);
    case Route::GetTask:
        return getTask(exchange);
    case Route::CreateTask:
        return createTask(exchange);
    case Route::Dashboard:
        return dashboard(exchange);
    default:
        return suggestions(exchange);
    }
}

void ApiHandler::finished(Exchange& exchange) noexcept {
    if (exchange.counted) {
        --m_inFlight;
        m_parts.metrics.inFlight.set(m_inFlight);
    }
    if (exchange.response.degraded) {
        m_parts.metrics.degraded[static_cast<std::size_t>(exchange.route)].add();
    }
    m_parts.metrics.recordRequest(exchange.route, exchange.response.status,
                                  (Clock::now() - exchange.startedAt).count());
}

void ApiHandler::failed(const Exchange& exchange, const char* what) noexcept {
    m_parts.log.write(Severity::Error, "request_failed",
                      {{"route", routeLabel(exchange.route)}, {"request_id", exchange.requestId}, {"reason", what}});
}

CacheState ApiHandler::judge(const RedisClient::Reply& reply, Route route) {
    const auto index = static_cast<std::size_t>(route);
    switch (reply.status) {
    case RedisClient::Status::Value:
        m_parts.metrics.cacheHits[index].add();
        return CacheState::Hit;
    case RedisClient::Status::Nothing:
        m_parts.metrics.cacheMisses[index].add();
        return CacheState::Miss;
    case RedisClient::Status::Unavailable:
        break;
    }
    return CacheState::Bypass;
}

std::chrono::seconds ApiHandler::timeToLive(std::chrono::seconds longest) {
    const auto most = longest.count();
    return std::chrono::seconds(std::uniform_int_distribution<std::int64_t>(most - most / 5, most)(m_random));
}

void ApiHandler::databaseProblem(Exchange& exchange, const DbReply& reply, bool write) {
    switch (reply.status) {
    case DbStatus::PoolTimeout:
    case DbStatus::PoolFull:
        m_parts.metrics.countShed(reply.status == DbStatus::PoolFull ? ShedReason::PoolFull : ShedReason::PoolTimeout);
        setProblem(exchange, 503, "overloaded", "No database connection came free in time.");
        exchange.response.retryAfterSeconds = 1;
        return;
    case DbStatus::Lost:
        if (!write) {
            break;
        }
        [[fallthrough]];
    case DbStatus::Timeout:
        setProblem(exchange, 504, write ? "outcome_unknown" : "database_timeout",
                   write ? "The database did not confirm in time; the change may have been made."
                         : "The database did not answer in time.");
        return;
    case DbStatus::Failed:
        if (reply.sqlState == "55P03" || reply.sqlState == "40001" || reply.sqlState == "40P01") {
            setProblem(exchange, 503, "contention", "Others hold what this request needs. Try again.");
            exchange.response.retryAfterSeconds = 1;
            return;
        }
        setProblem(exchange, 500, "internal_error", "The request failed inside the service.");
        return;
    case DbStatus::Ok:
    case DbStatus::Unavailable:
        break;
    }
    setProblem(exchange, 503, "database_unavailable", "The database does not answer.");
    exchange.response.retryAfterSeconds = 1;
}

bool readPage(Exchange& exchange, CursorKind kind, Cursor& cursor, std::int64_t& limit) {
    constexpr std::int64_t kDefault = 50;
    constexpr std::int64_t kMost = 200;
    limit = kDefault;
    const std::string_view query = exchange.request.query();
    if (const QueryParameter wanted = findParameter(query, "limit"); wanted.present) {
        const auto value = wanted.wellFormed ? parseId(wanted.value) : std::nullopt;
        if (!value || *value > kMost) {
            setProblem(exchange, 400, "invalid_parameter", "limit must be an integer from 1 to 200.", "limit");
            return false;
        }
        limit = *value;
    }
    if (const QueryParameter wanted = findParameter(query, "cursor"); wanted.present) {
        const auto value = wanted.wellFormed ? decodeCursor(kind, wanted.value) : std::nullopt;
        if (!value) {
            setProblem(exchange, 400, "invalid_cursor", "cursor must be a next_cursor of this list.", "cursor");
            return false;
        }
        cursor = *value;
    }
    return true;
}

Awaitable<void> ApiHandler::readObject(Exchange& exchange, const std::string& key, const ObjectRead& read) {
    const RedisClient::Reply cached = co_await m_parts.redis.get(key);
    exchange.response.cache = judge(cached, exchange.route);
    if (exchange.response.cache == CacheState::Hit) {
        beginData(exchange);
        exchange.response.body.append(cached.value);
        endData(exchange);
        co_return;
    }
    PgParameters parameters;
    parameters.bigint(m_parts.config.organisationId).bigint(*exchange.id);
    const DbReply reply =
        co_await m_parts.database.query(read.statement, parameters, exchange.deadline, exchange.route);
    if (!reply.ok()) {
        databaseProblem(exchange, reply);
        co_return;
    }
    if (reply.rows.count() == 0) {
        setProblem(exchange, 404, "not_found", read.missing, "id");
        co_return;
    }
    beginData(exchange);
    std::string& body = exchange.response.body;
    const std::size_t dataAt = body.size();
    read.append(body, reply.rows);
    m_parts.redis.set(key, std::string_view(body).substr(dataAt), timeToLive(read.timeToLive));
    endData(exchange);
}

void beginData(Exchange& exchange) {
    exchange.response.body.assign(R"({"data":)");
}

void endData(Exchange& exchange) {
    std::string& body = exchange.response.body;
    body.append(R"(,"meta":{"request_id":")").append(exchange.requestId);
    body.append(exchange.response.degraded ? R"(","degraded":true}})" : R"("}})");
}

void sendPage(Exchange& exchange, CursorKind kind, const PgRows& rows, std::int64_t limit, int createdColumn,
              void (*append)(std::string& out, const PgRows& rows, int row)) {
    const int shown = std::min(rows.count(), static_cast<int>(limit));
    beginData(exchange);
    std::string& body = exchange.response.body;
    body.push_back('[');
    for (int row = 0; row < shown; ++row) {
        if (row > 0) {
            body.push_back(',');
        }
        append(body, rows, row);
    }
    body.push_back(']');
    std::string next;
    if (rows.count() > shown) {
        next = encodeCursor(kind, {rows.timestamp(shown - 1, createdColumn), rows.bigint(shown - 1, 0)});
    }
    endList(exchange, next);
}

void endList(Exchange& exchange, const std::string& nextCursor) {
    std::string& body = exchange.response.body;
    body.append(R"(,"meta":{"request_id":")").append(exchange.requestId).append(R"(","pagination":{"next_cursor":)");
    if (nextCursor.empty()) {
        body.append(R"(null,"has_more":false}}})");
    } else {
        body.append("\"").append(nextCursor).append(R"(","has_more":true}}})");
    }
}

} // namespace binnacle::service
