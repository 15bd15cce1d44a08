// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/postgres_client.h"

#include "backend/clients/pg_connect.h"
#include "backend/clients/socket_watchdog.h"

#include <libpq-fe.h>
#include <pqxx/connection_base>
#include <pqxx/connectionpolicy>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <set>

namespace binnacle {

namespace {

/// Hands a connection that we opened ourselves to libpqxx, once. libpqxx would otherwise wait without a deadline when
/// it connects, and reconnect behind our back when a connection breaks.
class AdoptingPolicy final : public pqxx::connectionpolicy {
public:
    explicit AdoptingPolicy(PgConnection connection)
        : pqxx::connectionpolicy(std::string())
        , m_connection(std::move(connection)) {}

    handle do_startconnect(handle current) override {
        if (current != nullptr) {
            return current;
        }
        if (!m_connection) {
            throw pqxx::broken_connection("the connection is gone");
        }
        return m_connection.release();
    }
    handle do_completeconnect(handle current) override { return current; }
    bool is_ready(handle current) const noexcept override { return current != nullptr; }

private:
    PgConnection m_connection;
};

class AdoptedConnection final : public pqxx::connection_base {
public:
    explicit AdoptedConnection(PgConnection connection)
        : pqxx::connection_base(m_policy)
        , m_policy(std::move(connection)) {
        init();
    }
    ~AdoptedConnection() noexcept { close(); }

private:
    AdoptingPolicy m_policy;
};

Error explain(const pqxx::sql_error& error) {
    // libpqxx 6.4 forgets the state of some errors (42501 among them), their message has it.
    const auto state = error.sqlstate().empty() ? std::string(sqlStateOf(error.what())) : error.sqlstate();
    return {errorCodeOfSqlState(state), "PostgreSQL: " + firstLine(error.what())};
}

} // namespace

/// Since version 14 a server ends by itself what nobody asks any more, also behind a proxy that goes on acknowledging.
constexpr int kEndsIdleSessions = 140000;
constexpr const char* kEndIfForgotten = "set idle_session_timeout = 5000";

struct PostgresClient::Session {
    SocketWatchdog watchdog;
    std::unique_ptr<AdoptedConnection> connection;
    std::set<std::string, std::less<>> prepared;
};

PostgresClient::PostgresClient(std::string conninfo, std::string passfile, std::chrono::milliseconds statementTimeout,
                               Secret password)
    : m_password(std::move(password))
    , m_session(std::make_unique<Session>()) {
    const auto timeout = std::to_string(statementTimeout.count());
    m_conninfo = withSettings(
        std::move(conninfo),
        {{"application_name", "binnacle"},
         {"connect_timeout", "2"},
         {"options", "-c default_transaction_read_only=on -c search_path=pg_catalog -c statement_timeout=" + timeout +
                         " -c lock_timeout=100 -c idle_in_transaction_session_timeout=5000 "
                         // A network that was cut tells neither side: the server asks, and goes.
                         "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 "
                         "-c tcp_user_timeout=10000"}});
    if (!passfile.empty()) {
        m_conninfo = withSettings(std::move(m_conninfo), {{"passfile", std::move(passfile)}});
    }
}

PostgresClient::~PostgresClient() = default;
PostgresClient::PostgresClient(PostgresClient&&) noexcept = default;
PostgresClient& PostgresClient::operator=(PostgresClient&&) noexcept = default;

void PostgresClient::disconnect() {
    m_session->connection.reset();
    m_session->prepared.clear();
}

bool PostgresClient::connected() const {
    return m_session->connection != nullptr;
}

Result<std::vector<PgRow>> PostgresClient::query(const std::string& name, const std::string& sql, SteadyTime deadline,
                                                 const std::vector<std::string>& parameters) {
    auto& session = *m_session;
    if (!session.connection) {
        auto connection = pgConnect(m_conninfo, deadline, m_password);
        if (!connection) {
            return std::unexpected(std::move(connection.error()));
        }
        try {
            session.connection = std::make_unique<AdoptedConnection>(std::move(*connection));
        } catch (const std::exception& error) {
            return fail(ErrorCode::Protocol, "PostgreSQL: " + firstLine(error.what()));
        }
    }
    Error error;
    std::optional<std::vector<PgRow>> answer;
    bool late = false;
    bool usable = false;
    {
        const SocketWatchdog::Guard guard(session.watchdog, session.connection->sock(), deadline);
        try {
            if (session.prepared.empty() && session.connection->server_version() >= kEndsIdleSessions) {
                pqxx::nontransaction(*session.connection).exec(kEndIfForgotten);
            }
            if (!session.prepared.contains(name)) {
                session.connection->prepare(name, sql);
                session.prepared.emplace(name);
            }
            pqxx::nontransaction transaction(*session.connection);
            const auto result = transaction.exec_prepared(name, pqxx::prepare::make_dynamic_params(parameters));
            std::vector<PgRow> rows;
            rows.reserve(result.size());
            for (const auto& row : result) {
                auto& cells = rows.emplace_back();
                cells.reserve(row.size());
                for (const auto& field : row) {
                    m_received += field.size();
                    cells.push_back(field.is_null() ? std::nullopt : std::optional<std::string>(field.c_str()));
                }
            }
            answer = std::move(rows);
            usable = true;
        } catch (const pqxx::sql_error& sqlError) {
            error = explain(sqlError);
            usable =
                session.connection->is_open() && error.code != ErrorCode::Closed && error.code != ErrorCode::Refused;
        } catch (const pqxx::broken_connection& broken) {
            error = {ErrorCode::Closed, "PostgreSQL: " + firstLine(broken.what())};
        } catch (const std::exception& other) {
            error = {ErrorCode::Protocol, "PostgreSQL: " + firstLine(other.what())};
        }
        late = guard.fired();
    }
    if (late || !usable) {
        // Also when the answer was complete just as the deadline shut the socket down: the next pass starts afresh.
        disconnect();
    }
    if (answer) {
        return std::move(*answer);
    }
    return std::unexpected(late ? Error{ErrorCode::Timeout, "PostgreSQL: no answer in time"} : std::move(error));
}

} // namespace binnacle
