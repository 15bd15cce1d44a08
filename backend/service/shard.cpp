// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/shard.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

namespace binnacle::service {
namespace {

constexpr std::chrono::milliseconds kProbeInterval{250};
constexpr std::chrono::milliseconds kProbeTime{1000};
/// A pool full of queries that end is busy; one from which nothing came for so long cannot answer.
constexpr std::chrono::milliseconds kBusyTime{2000};

PgPoolOptions poolOptions(const Shard::Parts& parts) {
    PgPoolOptions options;
    options.conninfo =
        parts.config.database.conninfo + " application_name=binnacle-" + parts.config.name + " client_encoding=UTF8";
    options.size = parts.poolSize;
    options.acquireTimeout = parts.config.database.acquireTimeout;
    options.maxWaiting = static_cast<std::size_t>(parts.poolSize) * 16;
    return options;
}

} // namespace

Shard::Shard(const Parts& parts)
    : m_parts(parts)
    , m_ticker(m_io)
    , m_connections(m_io)
    , m_database(m_io, m_ticker, m_metrics, parts.log, parts.statements, poolOptions(parts))
    , m_redis(m_io, m_ticker, m_metrics, parts.log, parts.config.redis)
    , m_handler({parts.config, m_metrics, m_database, m_redis, parts.degradation, parts.fault, parts.health, parts.log})
    , m_host{m_io, m_connections, m_handler, parts.config.limits, parts.head, m_date, parts.health.draining}
    , m_pause(m_io) {}

Shard::~Shard() {
    stop();
    join();
}

void Shard::start() {
    m_database.start();
    m_redis.start();
    asio::co_spawn(m_io, watchDatabase(), [this](const std::exception_ptr& error) {
        if (error) {
            m_parts.log.write(Severity::Error, "readiness_check_abandoned");
        }
    });
    m_thread = std::thread([this] { m_io.run(); });
}

void Shard::adopt(StreamSocket socket) {
    asio::post(m_io, [this, socket = std::move(socket)]() mutable {
        if (!m_stopping) {
            startSession(m_host, std::move(socket));
        }
    });
}

void Shard::closeIdle() {
    asio::post(m_io, [this] { m_connections.closeIdle(); });
}

void Shard::stop() {
    asio::post(m_io, [this] {
        if (m_stopping) {
            return;
        }
        m_stopping = true;
        m_pause.cancel();
        m_connections.closeAll();
        m_database.stop();
        m_redis.stop();
        m_ticker.stop();
    });
}

Awaitable<CacheFound> Shard::sweep(CacheWish wish) {
    auto work = sweepCache(m_redis, std::move(wish));
    return asio::co_spawn(m_io, std::move(work), useAwaitable);
}

void Shard::join() {
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Shard::tellReady(bool ready) {
    if (ready != m_ready) {
        m_ready = ready;
        m_parts.health.shardsReady += ready ? 1 : -1;
        m_metrics.postgresUp.set(ready ? 1 : 0);
        m_parts.log.write(ready ? Severity::Info : Severity::Warning, ready ? "ready" : "not_ready");
    }
}

// Traffic that gets answers proves the database as well as a probe would: ask only when there was none.
Awaitable<void> Shard::watchDatabase() {
    bool first = true;
    const PgParameters none;
    while (!m_stopping) {
        TimePoint now = Clock::now();
        if (now - m_database.lastAnswer() < kProbeInterval) {
            tellReady(true);
        } else {
            const DbReply reply = co_await m_database.query(Statement::Probe, none, now + kProbeTime, Route::Other);
            const bool busy = reply.status == DbStatus::PoolTimeout || reply.status == DbStatus::PoolFull;
            now = Clock::now();
            tellReady(reply.ok() || (busy && now - m_database.lastAnswer() < kBusyTime));
        }
        if (first) {
            first = false;
            ++m_parts.health.shardsStarted;
        }
        m_pause.expires_after(kProbeInterval);
        boost::system::error_code ignored;
        co_await m_pause.async_wait(asio::redirect_error(useAwaitable, ignored));
    }
}

} // namespace binnacle::service
