// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/data/pg_pool.h"

#include "backend/service/data/pg_connection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>

#include <algorithm>

namespace binnacle::service {
namespace {

using ErrorCodeOf = boost::system::error_code;
using std::chrono::milliseconds;

constexpr milliseconds kConnectTime{1000};
constexpr milliseconds kFirstBackoff{25};
constexpr milliseconds kLongestBackoff{1000};
/// How long a statement stays unnamed after a server did not know it. pgBouncer hands out other servers meanwhile.
constexpr std::chrono::seconds kUnnamedTime{30};
constexpr milliseconds kSlowQuery{100};

bool isWrite(Statement statement) {
    return statement == Statement::TaskInsert;
}

/// The server was not told the name, or knows it with an outdated result type: the statement is then said in full.
bool isUnprepared(std::string_view state) {
    return state == "26000" || state == "0A000";
}

/// The server or pgBouncer said no before it did anything.
bool saysUnavailable(std::string_view state) {
    return state.starts_with("08") || state == "57P03" || state == "53300" || state == "25006";
}

} // namespace

/// A coroutine in the queue for a connection. It leaves the queue when it is given one or told why not.
struct PgPool::Waiter final : Deadline {
    Waiter(PgPool& owner, Executor executor)
        : pool(owner)
        , point(executor) {}
    void expired() override {
        std::erase(pool.m_waiting, this);
        pool.updateGauges();
        pool.m_metrics.poolTimeouts.add();
        point.resume();
    }
    PgPool& pool;
    PgConnection* connection = nullptr;
    DbStatus failure = DbStatus::PoolTimeout;
    ResumePoint point;
};

PgPool::PgPool(asio::io_context& io, DeadlineTicker& ticker, ShardMetrics& metrics, EventLog& log,
               const StatementCatalogue& statements, PgPoolOptions options)
    : m_io(io)
    , m_ticker(ticker)
    , m_metrics(metrics)
    , m_log(log)
    , m_statements(statements)
    , m_options(std::move(options)) {
    m_metrics.poolSize.set(m_options.size);
}

PgPool::~PgPool() = default;

void PgPool::start() {
    for (int i = 0; i < m_options.size; ++i) {
        m_connections.push_back(std::make_unique<PgConnection>(m_io));
        asio::co_spawn(m_io, keep(*m_connections.back()), [this](const std::exception_ptr& error) {
            if (error) {
                m_log.write(Severity::Error, "database_connection_abandoned");
            }
        });
    }
}

void PgPool::stop() {
    m_stopping = true;
    for (const auto& connection : m_connections) {
        connection->expired();
        connection->pause.cancel();
        connection->broken.resume();
    }
    refuseWaiting();
}

milliseconds PgPool::jittered(milliseconds span) {
    return milliseconds(std::uniform_int_distribution<milliseconds::rep>(span.count() / 2, span.count())(m_random));
}

// One such coroutine per connection: connect, lend, and start again once it is broken.
Awaitable<void> PgPool::keep(PgConnection& connection) {
    milliseconds backoff = kFirstBackoff;
    while (!m_stopping) {
        connection.state = PgConnection::State::Connecting;
        const bool connected = co_await connect(connection);
        if (m_stopping) {
            break;
        }
        connection.lastConnectFailed = !connected;
        if (connected) {
            backoff = kFirstBackoff;
            tellReachable(true, {});
            offer(connection);
            co_await connection.broken.wait();
            connection.close();
            continue;
        }
        connection.state = PgConnection::State::Broken;
        connection.close();
        if (hopeless()) {
            refuseWaiting();
        }
        connection.pause.expires_after(jittered(backoff));
        backoff = std::min(2 * backoff, kLongestBackoff);
        ErrorCodeOf ignored;
        co_await connection.pause.async_wait(asio::redirect_error(useAwaitable, ignored));
    }
    connection.close();
}

Awaitable<bool> PgPool::connect(PgConnection& connection) {
    connection.close();
    connection.timedOut = false;
    connection.connection = PQconnectStart(m_options.conninfo.c_str());
    if (connection.connection == nullptr || PQstatus(connection.connection) == CONNECTION_BAD) {
        tellReachable(false, connection.connection != nullptr ? PQerrorMessage(connection.connection) : "no memory");
        co_return false;
    }
    PQsetNoticeProcessor(
        connection.connection, [](void*, const char*) {}, nullptr);
    m_ticker.arm(connection, Clock::now() + kConnectTime);
    PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
    while (wanted != PGRES_POLLING_OK) {
        if (connection.timedOut || wanted == PGRES_POLLING_FAILED) {
            connection.disarm();
            connection.unwatch();
            tellReachable(false,
                          connection.timedOut ? "connecting took too long" : PQerrorMessage(connection.connection));
            co_return false;
        }
        // libpq may go on with another socket under the same number: watch it anew at each step.
        connection.watch();
        ErrorCodeOf ignored;
        co_await connection.watched.async_wait(wanted == PGRES_POLLING_READING
                                                   ? asio::posix::descriptor_base::wait_read
                                                   : asio::posix::descriptor_base::wait_write,
                                               asio::redirect_error(useAwaitable, ignored));
        connection.unwatch();
        wanted = connection.timedOut ? PGRES_POLLING_FAILED : PQconnectPoll(connection.connection);
    }
    connection.disarm();
    PQsetnonblocking(connection.connection, 1);
    connection.watch();
    co_return true;
}

PgConnection* PgPool::takeIdle() {
    while (!m_idle.empty()) {
        PgConnection* connection = m_idle.front();
        m_idle.pop_front();
        if (!connection->diedIdle()) {
            connection->state = PgConnection::State::InUse;
            ++m_inUse;
            updateGauges();
            return connection;
        }
        discard(*connection);
    }
    updateGauges();
    return nullptr;
}

void PgPool::offer(PgConnection& connection) {
    if (!m_waiting.empty()) {
        Waiter* waiter = m_waiting.front();
        m_waiting.pop_front();
        waiter->disarm();
        waiter->connection = &connection;
        connection.state = PgConnection::State::InUse;
        ++m_inUse;
        waiter->point.resume();
    } else {
        connection.state = PgConnection::State::Idle;
        m_idle.push_back(&connection);
    }
    updateGauges();
}

void PgPool::discard(PgConnection& connection) {
    connection.state = PgConnection::State::Broken;
    connection.close();
    connection.broken.resume();
}

void PgPool::release(PgConnection& connection, bool usable) {
    --m_inUse;
    if (usable && !m_stopping) {
        offer(connection);
    } else {
        discard(connection);
        updateGauges();
    }
}

void PgPool::refuseWaiting() {
    while (!m_waiting.empty()) {
        Waiter* waiter = m_waiting.front();
        m_waiting.pop_front();
        waiter->disarm();
        waiter->failure = DbStatus::Unavailable;
        waiter->point.resume();
    }
    updateGauges();
}

bool PgPool::hopeless() const {
    return std::ranges::all_of(m_connections, [](const auto& connection) {
        return connection->lastConnectFailed && connection->state != PgConnection::State::InUse &&
               connection->state != PgConnection::State::Idle;
    });
}

void PgPool::updateGauges() {
    m_metrics.poolInUse.set(m_inUse);
    m_metrics.poolIdle.set(static_cast<std::int64_t>(m_idle.size()));
    m_metrics.poolWaiting.set(static_cast<std::int64_t>(m_waiting.size()));
}

void PgPool::tellReachable(bool reachable, std::string_view reason) {
    if (m_stopping || (m_told && m_reachable == reachable)) {
        return;
    }
    m_told = true;
    m_reachable = reachable;
    if (reachable) {
        m_log.write(Severity::Info, "database_reachable");
    } else {
        m_log.write(Severity::Warning, "database_unreachable", {{"reason", reason}});
    }
}

bool PgPool::send(PgConnection& connection, Statement statement, bool named, const PgParameters& parameters) {
    if (named) {
        const std::string_view name = statementName(statement);
        return PQsendQueryPrepared(connection.connection, name.data(), parameters.count(), parameters.values(),
                                   parameters.lengths(), parameters.formats(), 1) == 1;
    }
    const StatementText& text = m_statements[statement];
    return PQsendQueryParams(connection.connection, text.sql.c_str(), parameters.count(), text.parameterTypes.data(),
                             parameters.values(), parameters.lengths(), parameters.formats(), 1) == 1;
}

namespace {

enum class Progress { NeedsRead, NeedsWrite, Done, Lost };

/// Takes the conversation as far as it goes without waiting; keeps the last result.
Progress pump(PGconn* connection, bool readable, PGresult*& result) {
    const int unsent = PQflush(connection);
    if (unsent < 0 || (readable && PQconsumeInput(connection) == 0)) {
        return Progress::Lost;
    }
    while (PQisBusy(connection) == 0) {
        PGresult* next = PQgetResult(connection);
        if (next == nullptr) {
            return Progress::Done;
        }
        PQclear(result);
        result = next;
    }
    return unsent > 0 ? Progress::NeedsWrite : Progress::NeedsRead;
}

} // namespace

DbStatus PgPool::conclude(PgConnection& connection, Statement statement, DbReply& reply) {
    const PGresult* result = reply.rows.raw();
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        return DbStatus::Ok;
    }
    const char* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    reply.sqlState = state != nullptr ? state : "";
    const std::string_view message = result != nullptr ? PQresultErrorMessage(result) : "";
    if (saysUnavailable(reply.sqlState) && !message.contains("server conn crashed")) {
        return DbStatus::Unavailable;
    }
    if (reply.sqlState.starts_with("57P") || reply.sqlState.starts_with("08") || reply.sqlState.empty() ||
        PQstatus(connection.connection) == CONNECTION_BAD) {
        return DbStatus::Lost;
    }
    if (reply.sqlState == "57014") { // statement_timeout
        return DbStatus::Timeout;
    }
    if (isUnprepared(reply.sqlState)) {
        m_log.write(Severity::Info, "statement_unprepared", {{"statement", statementName(statement)}});
        return DbStatus::Failed;
    }
    m_log.write(Severity::Error, "statement_failed",
                {{"statement", statementName(statement)}, {"sql_state", reply.sqlState}, {"message", message}});
    return DbStatus::Failed;
}

// Sending, receiving and the wait for a connection are one coroutine: each level more would cost every query a frame.
Awaitable<DbReply> PgPool::query(Statement statement, const PgParameters& parameters, TimePoint deadline, Route route) {
    DbReply reply;
    const TimePoint asked = Clock::now();
    bool mayRetry = !isWrite(statement);
    PgConnection* connection = takeIdle();
    if (connection == nullptr) {
        if (m_stopping || hopeless()) {
            co_return reply;
        }
        if (m_waiting.size() >= m_options.maxWaiting) {
            reply.status = DbStatus::PoolFull;
            co_return reply;
        }
        Waiter waiter(*this, m_io.get_executor());
        m_waiting.push_back(&waiter);
        updateGauges();
        m_ticker.arm(waiter, std::min(asked + m_options.acquireTimeout, deadline));
        co_await waiter.point.wait();
        if (waiter.connection == nullptr) {
            reply.status = waiter.failure;
            co_return reply;
        }
        connection = waiter.connection;
    }
    TimePoint started = Clock::now();
    m_metrics.poolAcquired.add();
    m_metrics.poolWait.record((started - asked).count());

    for (;;) {
        TimePoint& unnamedUntil = m_unnamedUntil[static_cast<std::size_t>(statement)];
        const bool named = unnamedUntil <= started;
        connection->timedOut = false;
        m_ticker.arm(*connection, deadline);
        PGresult* result = nullptr;
        Progress progress = Progress::Lost;
        if (send(*connection, statement, named, parameters)) {
            progress = pump(connection->connection, false, result);
        }
        while ((progress == Progress::NeedsRead || progress == Progress::NeedsWrite) && !connection->timedOut) {
            ErrorCodeOf ignored;
            co_await connection->watched.async_wait(progress == Progress::NeedsRead
                                                        ? asio::posix::descriptor_base::wait_read
                                                        : asio::posix::descriptor_base::wait_write,
                                                    asio::redirect_error(useAwaitable, ignored));
            if (!connection->timedOut) {
                progress = pump(connection->connection, true, result);
            }
        }
        connection->disarm();
        const bool finished = progress == Progress::Done;
        const bool answered = result != nullptr;
        reply.rows = PgRows(result);
        reply.status = finished               ? conclude(*connection, statement, reply)
                       : connection->timedOut ? DbStatus::Timeout
                                              : DbStatus::Lost;
        const TimePoint ended = Clock::now();
        m_metrics.recordStatement(route, statement, (ended - started).count());

        if (finished && named && isUnprepared(reply.sqlState)) {
            unnamedUntil = ended + kUnnamedTime;
            reply.sqlState.clear();
            started = ended;
            continue;
        }
        release(*connection, finished && PQstatus(connection->connection) == CONNECTION_OK);
        if (reply.status == DbStatus::Lost && !answered && mayRetry && !m_stopping) {
            mayRetry = false;
            connection = takeIdle();
            if (connection != nullptr) {
                started = ended;
                continue;
            }
        }
        if (reply.ok() || reply.status == DbStatus::Failed) {
            m_lastAnswer = ended;
        }
        if (!reply.ok()) {
            m_metrics.databaseErrors.add();
        }
        if (ended - started > kSlowQuery) {
            m_log.write(Severity::Warning, "slow_query",
                        {{"statement", statementName(statement)},
                         {"milliseconds", std::to_string((ended - started) / milliseconds(1))}});
        }
        co_return reply;
    }
}

} // namespace binnacle::service
