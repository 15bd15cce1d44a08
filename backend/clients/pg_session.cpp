// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_session.h"

#include "backend/clients/deadline.h"

#include <charconv>
#include <libpq-fe.h>
#include <poll.h>

namespace binnacle {

namespace {

using ResultOwner = std::unique_ptr<PGresult, decltype(&PQclear)>;

constexpr std::chrono::seconds sendLimit{5};

PgAnswer answerOf(const PGresult* result) {
    PgAnswer answer;
    const int rows = PQntuples(result);
    const int columns = PQnfields(result);
    answer.rows.reserve(static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        auto& cells = answer.rows.emplace_back();
        for (int column = 0; column < columns; ++column) {
            cells.push_back(PQgetisnull(result, row, column) != 0
                                ? std::nullopt
                                : std::optional<std::string>(PQgetvalue(result, row, column)));
        }
    }
    const std::string_view changed = PQcmdTuples(const_cast<PGresult*>(result));
    std::from_chars(changed.data(), changed.data() + changed.size(), answer.changed);
    return answer;
}

} // namespace

Result<PgSession> PgSession::open(const std::string& conninfo, const std::string& passfile, const std::string& options,
                                  SteadyTime deadline, const Secret& password) {
    auto full = withSettings(conninfo, {{"connect_timeout", "2"}, {"options", options}});
    if (!passfile.empty()) {
        full = withSettings(std::move(full), {{"passfile", passfile}});
    }
    auto connection = pgConnect(std::move(full), deadline, password);
    if (!connection) {
        return std::unexpected(std::move(connection.error()));
    }
    PQsetnonblocking(connection->get(), 1);
    return PgSession(std::move(*connection));
}

int PgSession::announcedPid() const {
    return m_connection ? PQbackendPID(m_connection.get()) : 0;
}

Error PgSession::broken() {
    Error error{ErrorCode::Closed, "PostgreSQL: " + firstLine(PQerrorMessage(m_connection.get()))};
    const auto state = sqlStateOf(error.text);
    m_sqlState = state;
    if (!state.empty()) {
        error.code = errorCodeOfSqlState(state);
    }
    m_connection.reset();
    return error;
}

Result<void> PgSession::send(const std::string& sql, const std::vector<std::string>& parameters) {
    m_sqlState.clear();
    m_partial.reset();
    if (!m_connection) {
        return fail(ErrorCode::Closed, "PostgreSQL: the connection is gone");
    }
    std::vector<const char*> values;
    for (const auto& parameter : parameters) {
        values.push_back(parameter.c_str());
    }
    if (PQsendQueryParams(m_connection.get(), sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(),
                          nullptr, nullptr, 0) != 1) {
        return std::unexpected(broken());
    }
    return flush(std::chrono::steady_clock::now() + sendLimit);
}

Result<void> PgSession::flush(SteadyTime deadline) {
    for (int left = PQflush(m_connection.get()); left != 0; left = PQflush(m_connection.get())) {
        if (left < 0) {
            return std::unexpected(broken());
        }
        if (auto ready = waitForSocket(PQsocket(m_connection.get()), POLLOUT, deadline, "PostgreSQL"); !ready) {
            m_connection.reset();
            return ready;
        }
    }
    return {};
}

Result<std::optional<PgAnswer>> PgSession::receive(SteadyTime deadline) {
    auto* const raw = m_connection.get();
    while (true) {
        while (PQisBusy(raw) == 0) {
            const ResultOwner result(PQgetResult(raw), &PQclear);
            if (!result) {
                if (!m_partial) {
                    return std::unexpected(broken());
                }
                auto answer = std::move(*m_partial);
                m_partial.reset();
                // An error that ended the connection too (the server goes down) leaves nothing to go on with.
                if (PQstatus(raw) != CONNECTION_OK) {
                    m_connection.reset();
                }
                return answer ? Result<std::optional<PgAnswer>>(std::move(*answer))
                              : std::unexpected(std::move(answer.error()));
            }
            const auto status = PQresultStatus(result.get());
            if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
                m_partial = answerOf(result.get());
                continue;
            }
            if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
                m_connection.reset();
                return fail(ErrorCode::Invalid, "PostgreSQL: COPY is not spoken here");
            }
            const char* const state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
            m_sqlState = state != nullptr ? state : "";
            m_partial = fail(m_sqlState.empty() ? ErrorCode::Closed : errorCodeOfSqlState(m_sqlState),
                             "PostgreSQL: " + firstLine(PQresultErrorMessage(result.get())));
        }
        if (auto ready = waitForSocket(PQsocket(raw), POLLIN, deadline, "PostgreSQL"); !ready) {
            if (ready.error().code == ErrorCode::Timeout) {
                return std::nullopt;
            }
            m_connection.reset();
            return std::unexpected(std::move(ready.error()));
        }
        if (PQconsumeInput(raw) != 1) {
            return std::unexpected(broken());
        }
    }
}

Result<PgAnswer> PgSession::execute(const std::string& sql, const std::vector<std::string>& parameters,
                                    SteadyTime deadline) {
    if (auto sent = send(sql, parameters); !sent) {
        return std::unexpected(std::move(sent.error()));
    }
    auto answer = receive(deadline);
    if (!answer) {
        return std::unexpected(std::move(answer.error()));
    }
    if (!*answer) {
        m_connection.reset();
        return fail(ErrorCode::Timeout, "PostgreSQL: no answer in time");
    }
    return std::move(**answer);
}

Result<PgAnswer> PgSession::executeLong(const std::string& sql, std::chrono::milliseconds pause,
                                        const std::function<bool()>& meanwhile) {
    if (auto sent = send(sql, {}); !sent) {
        return std::unexpected(std::move(sent.error()));
    }
    while (true) {
        auto answer = receive(std::chrono::steady_clock::now() + pause);
        if (!answer) {
            return std::unexpected(std::move(answer.error()));
        }
        if (*answer) {
            return std::move(**answer);
        }
        if (!meanwhile()) {
            m_connection.reset();
            return fail(ErrorCode::Timeout, "PostgreSQL: no longer waited for");
        }
    }
}

} // namespace binnacle
