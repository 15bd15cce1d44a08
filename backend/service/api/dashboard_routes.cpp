// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/api/api_handler.h"
#include "backend/service/api/json_text.h"
#include "backend/service/api/query_string.h"
#include "backend/service/cache/cache_keys.h"

#include <algorithm>

namespace binnacle::service {
namespace {

constexpr std::chrono::seconds kSummaryTime{15};
/// Analytics scan many rows and no write outdates them at once: their staleness is this, and they say their time.
constexpr std::chrono::seconds kAnalyticsTime{60};
constexpr std::chrono::seconds kSuggestionTime{30};

void appendSummary(std::string& out, const PgRows& projects, const PgRows& tasks) {
    out.append(R"({"projects":{"total":)");
    appendInteger(out, projects.bigint(0, 0));
    out.append(R"(,"active":)");
    appendInteger(out, projects.bigint(0, 1));
    out.append(R"(},"recent_tasks":[)");
    for (int row = 0; row < tasks.count(); ++row) {
        out.append(row > 0 ? R"(,{"id":)" : R"({"id":)");
        appendInteger(out, tasks.bigint(row, 0));
        out.append(R"(,"project_id":)");
        appendInteger(out, tasks.bigint(row, 1));
        out.append(R"(,"title":)");
        appendJsonString(out, tasks.text(row, 2));
        out.append(R"(,"status":)");
        appendJsonString(out, tasks.text(row, 3));
        out.append(R"(,"created_at":)");
        appendTimestamp(out, tasks.timestamp(row, 4));
        out.push_back('}');
    }
    out.append("]}");
}

void appendSuggestions(std::string& out, const PgRows& rows, std::string_view kind, int room) {
    for (int row = 0; row < rows.count() && row < room; ++row) {
        if (out.back() != '[') {
            out.push_back(',');
        }
        out.append(R"({"kind":")").append(kind).append(R"(","id":)");
        appendInteger(out, rows.bigint(row, 0));
        out.append(R"(,"text":)");
        appendJsonString(out, rows.text(row, 1));
        out.push_back('}');
    }
}

/// An answer made of two lookups is a hit only if both were.
CacheState worse(CacheState one, CacheState other) {
    return static_cast<CacheState>(std::max(static_cast<int>(one), static_cast<int>(other)));
}
static_assert(CacheState::Hit < CacheState::Miss && CacheState::Miss < CacheState::Bypass);

} // namespace

Awaitable<void> ApiHandler::dashboard(Exchange& exchange) {
    const std::int64_t organisation = m_parts.config.organisationId;
    const bool withAnalytics = m_parts.degradation.serves(Feature::Analytics);
    const std::string summaryKey = cache_keys::dashboardSummary(organisation);
    const std::string analyticsKey = cache_keys::dashboardAnalytics(organisation);

    beginData(exchange);
    std::string& body = exchange.response.body;
    body.append(R"({"summary":)");
    const RedisClient::Reply summary = co_await m_parts.redis.get(summaryKey);
    exchange.response.cache = judge(summary, exchange.route);
    PgParameters parameters;
    parameters.bigint(organisation);
    if (exchange.response.cache == CacheState::Hit) {
        body.append(summary.value);
    } else {
        const DbReply projects = co_await m_parts.database.query(Statement::DashboardProjects, parameters,
                                                                 exchange.deadline, exchange.route);
        if (!projects.ok()) {
            databaseProblem(exchange, projects);
            co_return;
        }
        const DbReply tasks = co_await m_parts.database.query(Statement::DashboardRecentTasks, parameters,
                                                              exchange.deadline, exchange.route);
        if (!tasks.ok()) {
            databaseProblem(exchange, tasks);
            co_return;
        }
        const std::size_t at = body.size();
        appendSummary(body, projects.rows, tasks.rows);
        m_parts.redis.set(summaryKey, std::string_view(body).substr(at), timeToLive(kSummaryTime));
    }

    if (withAnalytics) {
        body.append(R"(,"analytics":)");
        const RedisClient::Reply analytics = co_await m_parts.redis.get(analyticsKey);
        const CacheState state = judge(analytics, exchange.route);
        exchange.response.cache = worse(exchange.response.cache, state);
        if (state == CacheState::Hit) {
            body.append(analytics.value);
        } else if (state == CacheState::Bypass && Clock::now() < m_analyticsUntil) {
            body.append(m_analytics);
        } else {
            const DbReply fresh = co_await m_parts.database.query(Statement::DashboardAnalytics, parameters,
                                                                  exchange.deadline, exchange.route);
            if (!fresh.ok() || fresh.rows.count() == 0) {
                databaseProblem(exchange, fresh);
                co_return;
            }
            body.append(fresh.rows.text(0, 0));
            m_analytics.assign(fresh.rows.text(0, 0));
            m_analyticsUntil = Clock::now() + kAnalyticsTime;
            m_parts.redis.set(analyticsKey, fresh.rows.text(0, 0), timeToLive(kAnalyticsTime));
        }
    } else {
        exchange.response.degraded = true;
    }
    body.push_back('}');
    endData(exchange);
}

Awaitable<void> ApiHandler::suggestions(Exchange& exchange) {
    constexpr int kMost = 10;
    const QueryParameter wanted = findParameter(exchange.request.query(), "q");
    const auto characters = wanted.wellFormed ? countCharacters(wanted.value) : std::nullopt;
    if (!wanted.present || !characters || *characters < 1 || *characters > kLongestSearch) {
        setProblem(exchange, 400, "invalid_parameter", "q must be text of 1 to 64 characters.", "q");
        co_return;
    }
    if (!m_parts.degradation.serves(Feature::Suggestions)) {
        exchange.response.degraded = true;
        beginData(exchange);
        exchange.response.body.append("[]");
        endData(exchange);
        co_return;
    }
    const std::int64_t organisation = m_parts.config.organisationId;
    const std::string key = cache_keys::suggestions(organisation, wanted.value);
    const RedisClient::Reply cached = co_await m_parts.redis.get(key);
    exchange.response.cache = judge(cached, exchange.route);
    beginData(exchange);
    std::string& body = exchange.response.body;
    if (exchange.response.cache == CacheState::Hit) {
        body.append(cached.value);
        endData(exchange);
        co_return;
    }
    // Everything that begins with the prefix lies between it and it followed by the last code point.
    std::string end = wanted.value;
    end.append("\xF4\x8F\xBF\xBF");
    PgParameters parameters;
    parameters.bigint(organisation).text(wanted.value).text(end);
    const DbReply projects =
        co_await m_parts.database.query(Statement::SuggestProjects, parameters, exchange.deadline, exchange.route);
    if (!projects.ok()) {
        databaseProblem(exchange, projects);
        co_return;
    }
    const DbReply tasks =
        co_await m_parts.database.query(Statement::SuggestTasks, parameters, exchange.deadline, exchange.route);
    if (!tasks.ok()) {
        databaseProblem(exchange, tasks);
        co_return;
    }
    const std::size_t at = body.size();
    body.push_back('[');
    appendSuggestions(body, projects.rows, "project", kMost);
    appendSuggestions(body, tasks.rows, "task", kMost - projects.rows.count());
    body.push_back(']');
    m_parts.redis.set(key, std::string_view(body).substr(at), timeToLive(kSuggestionTime));
    endData(exchange);
}

} // namespace binnacle::service
