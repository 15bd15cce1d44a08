// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/asio_types.h"
#include "backend/service/data/pg_values.h"
#include "backend/service/data/statement.h"
#include "backend/service/deadline_ticker.h"
#include "backend/service/resume_point.h"
#include "backend/service/telemetry/event_log.h"
#include "backend/service/telemetry/shard_metrics.h"

#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace binnacle::service {

enum class DbStatus : std::uint8_t {
    Ok,
    PoolTimeout, ///< no connection came free in time; nothing was sent
    PoolFull,    ///< too many were waiting for one already; nothing was sent
    Unavailable, ///< the database is not reachable or takes no queries; nothing was done
    Timeout,     ///< our deadline passed; a write may or may not have happened
    Lost,        ///< the connection broke under way; a write may or may not have happened
    Failed,      ///< the server refused the statement, see sqlState
};

struct DbReply {
    DbStatus status = DbStatus::Unavailable;
    PgRows rows;
    std::string sqlState;

    [[nodiscard]] bool ok() const { return status == DbStatus::Ok; }
};

struct PgPoolOptions {
    std::string conninfo;
    int size = 5;
    std::chrono::milliseconds acquireTimeout{100};
    std::size_t maxWaiting = 64;
};

class PgConnection;

/// The PostgreSQL connections of one shard: a fixed number, each exclusive to one query at a time.
///
/// Nothing here can hang: connecting, waiting for a connection and each query have deadlines of ours. A connection
/// that timed out or broke is thrown away and made anew, with a backoff of at most 1 s. One thread.
class PgPool {
public:
    PgPool(asio::io_context& io, DeadlineTicker& ticker, ShardMetrics& metrics, EventLog& log,
           const StatementCatalogue& statements, PgPoolOptions options);
    ~PgPool();

    void start();
    /// Ends everything under way; the io_context then runs out of work.
    void stop();

    /// Runs one statement on a connection of its own. A read is tried a second time if a connection had died idle.
    /// `route` is who wants it, Route::Other for the service itself.
    [[nodiscard]] Awaitable<DbReply> query(Statement statement, const PgParameters& parameters, TimePoint deadline,
                                           Route route);

    /// When the database last answered anything, a refusal included; the clock's epoch if never.
    [[nodiscard]] TimePoint lastAnswer() const { return m_lastAnswer; }

private:
    struct Waiter;

    [[nodiscard]] Awaitable<void> keep(PgConnection& connection);
    [[nodiscard]] Awaitable<bool> connect(PgConnection& connection);
    [[nodiscard]] bool send(PgConnection& connection, Statement statement, bool named, const PgParameters& parameters);
    [[nodiscard]] DbStatus conclude(PgConnection& connection, Statement statement, DbReply& reply);
    [[nodiscard]] PgConnection* takeIdle();
    void offer(PgConnection& connection);
    void discard(PgConnection& connection);
    void release(PgConnection& connection, bool usable);
    void refuseWaiting();
    void tellReachable(bool reachable, std::string_view reason);
    [[nodiscard]] bool hopeless() const;
    void updateGauges();
    [[nodiscard]] std::chrono::milliseconds jittered(std::chrono::milliseconds span);

    asio::io_context& m_io;
    DeadlineTicker& m_ticker;
    ShardMetrics& m_metrics;
    EventLog& m_log;
    const StatementCatalogue& m_statements;
    PgPoolOptions m_options;
    std::vector<std::unique_ptr<PgConnection>> m_connections;
    std::deque<PgConnection*> m_idle;
    std::deque<Waiter*> m_waiting;
    std::array<TimePoint, kStatementCount> m_unnamedUntil{};
    TimePoint m_lastAnswer;
    std::minstd_rand m_random{std::random_device{}()};
    int m_inUse = 0;
    bool m_reachable = false;
    bool m_told = false;
    bool m_stopping = false;
};

} // namespace binnacle::service
