// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/api/cursor.h"
#include "backend/service/cache/redis_client.h"
#include "backend/service/data/pg_pool.h"
#include "backend/service/http/request_handler.h"
#include "backend/service/protect/degradation.h"
#include "backend/service/protect/fault_knob.h"
#include "backend/service/service_config.h"
#include "backend/service/telemetry/event_log.h"
#include "backend/service/telemetry/shard_metrics.h"

#include <atomic>
#include <random>

namespace binnacle::service {

/// What the health probes tell; written by the shards and the server, read by all of them.
struct HealthState {
    std::atomic<bool> draining{false};
    std::atomic<int> shardsStarted{0};
    std::atomic<int> shardsReady{0};
};

/// How one object is read, from the cache or else by its id: what getProject and getTask have in common.
struct ObjectRead {
    Statement statement; ///< takes the organisation and the id
    std::chrono::seconds timeToLive;
    const char* missing; ///< the sentence of a 404
    void (*append)(std::string& out, const PgRows& rows);
};

/// The public API of one shard: what each route of routeTable() does. One thread.
class ApiHandler final : public RequestHandler {
public:
    struct Parts {
        const ServiceConfig& config;
        ShardMetrics& metrics;
        PgPool& database;
        RedisClient& redis;
        const Degradation& degradation;
        FaultKnob& fault;
        const HealthState& health;
        EventLog& log;
    };
    explicit ApiHandler(const Parts& parts);

    void identify(Exchange& exchange) override;
    Admission begin(Exchange& exchange) override;
    bool handleNow(Exchange& exchange) override;
    Awaitable<void> handle(Exchange& exchange) override;
    void finished(Exchange& exchange) noexcept override;
    void failed(const Exchange& exchange, const char* what) noexcept override;

private:
    /// What the route does.
    [[nodiscard]] Awaitable<void> serve(Exchange& exchange);
    /// The same with the trouble that is asked for: later, or not at all.
    [[nodiscard]] Awaitable<void> serveWith(Fault fault, Exchange& exchange);
    [[nodiscard]] Awaitable<void> listProjects(Exchange& exchange);
    [[nodiscard]] Awaitable<void> getProject(Exchange& exchange);
    [[nodiscard]] Awaitable<void> listProjectTasks(Exchange& exchange);
    [[nodiscard]] Awaitable<void> getTask(Exchange& exchange);
    [[nodiscard]] Awaitable<void> createTask(Exchange& exchange);
    [[nodiscard]] Awaitable<void> dashboard(Exchange& exchange);
    [[nodiscard]] Awaitable<void> suggestions(Exchange& exchange);

    /// `read` must outlive the coroutine: the callers' are constants.
    [[nodiscard]] Awaitable<void> readObject(Exchange& exchange, const std::string& key, const ObjectRead& read);

    [[nodiscard]] bool authorised(const Exchange& exchange) const;
    void health(Exchange& exchange) const;
    /// Counts the lookup and says what it was.
    [[nodiscard]] CacheState judge(const RedisClient::Reply& reply, Route route);
    /// At most `longest`, up to a fifth less at random, so that keys written together do not expire together.
    [[nodiscard]] std::chrono::seconds timeToLive(std::chrono::seconds longest);
    /// The problem that a failed query comes to; a write that may have happened is told from one that did not.
    void databaseProblem(Exchange& exchange, const DbReply& reply, bool write = false);

    Parts m_parts;
    std::string m_idPrefix;
    std::uint32_t m_nextId = 0;
    int m_inFlight = 0;
    int m_inFlightLimit;
    /// The last analytics of this shard, for the time without Redis: each computation scans all tasks.
    std::string m_analytics;
    std::chrono::steady_clock::time_point m_analyticsUntil;
    std::minstd_rand m_random{std::random_device{}()};
};

// Pieces that the routes share.

/// `limit` and `cursor` of a list. False: the problem is set.
[[nodiscard]] bool readPage(Exchange& exchange, CursorKind kind, Cursor& cursor, std::int64_t& limit);
void beginData(Exchange& exchange);
/// Closes the envelope: meta with the request id and, if so, the mark of a reduced answer.
void endData(Exchange& exchange);
/// Writes a whole list of `rows`, of which one more than `limit` was asked for: it says whether there is a next page,
/// without counting. The id stands in column 0, the time of creation in `createdColumn`.
void sendPage(Exchange& exchange, CursorKind kind, const PgRows& rows, std::int64_t limit, int createdColumn,
              void (*append)(std::string& out, const PgRows& rows, int row));
/// Closes the envelope of a list; an empty cursor means that nothing follows.
void endList(Exchange& exchange, const std::string& nextCursor);

} // namespace binnacle::service
