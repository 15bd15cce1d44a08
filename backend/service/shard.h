// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/api/api_handler.h"
#include "backend/service/asio_types.h"
#include "backend/service/cache/cache_sweep.h"
#include "backend/service/cache/redis_client.h"
#include "backend/service/data/pg_pool.h"
#include "backend/service/data/statement.h"
#include "backend/service/deadline_ticker.h"
#include "backend/service/http/http_session.h"
#include "backend/service/service_config.h"

#include <thread>

namespace binnacle::service {

/// One thread with one io_context and everything that its requests need: connections, pool, cache client, metrics.
/// Shards share nothing but what is constant or atomic.
class Shard {
public:
    struct Parts {
        const ServiceConfig& config;
        const StatementCatalogue& statements;
        const Degradation& degradation;
        FaultKnob& fault;
        HealthState& health;
        const ResponseHead& head;
        EventLog& log;
        int poolSize = 1;
    };
    explicit Shard(const Parts& parts);
    ~Shard();
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    void start();
    /// The context on which the next connection is accepted.
    [[nodiscard]] asio::io_context& io() { return m_io; }
    /// Any thread; the socket must belong to io().
    void adopt(StreamSocket socket);
    /// Any thread: ends connections without a request; those with one end after their answer.
    void closeIdle();
    /// Any thread: ends everything; join() then returns soon.
    void stop();
    void join();

    /// Any thread: sweepCache() over this shard's client, on its thread.
    [[nodiscard]] Awaitable<CacheFound> sweep(CacheWish wish);

    [[nodiscard]] std::size_t connectionCount() const { return m_connections.count(); }
    [[nodiscard]] const ShardMetrics& metrics() const { return m_metrics; }

private:
    [[nodiscard]] Awaitable<void> watchDatabase();
    void tellReady(bool ready);

    Parts m_parts;
    ShardMetrics m_metrics;
    asio::io_context m_io{1};
    DeadlineTicker m_ticker;
    ConnectionList m_connections;
    PgPool m_database;
    RedisClient m_redis;
    ApiHandler m_handler;
    HttpDate m_date;
    SessionHost m_host;
    Timer m_pause;
    std::thread m_thread;
    bool m_ready = false;
    bool m_stopping = false;
};

} // namespace binnacle::service
