// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/postgres_session.h"

#include <libpq-fe.h>
#include <poll.h>

namespace binnacle::stack {

namespace {

std::string trimmed(const char* message) {
    std::string text = message == nullptr ? "" : message;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

std::unexpected<Error> timedOut() {
    return fail(ErrorCode::Timeout, "PostgreSQL did not answer in time.");
}

} // namespace

void PostgresSession::Closer::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

Result<PostgresSession> PostgresSession::open(const std::string& conninfo, Deadline deadline) {
    PostgresSession session(PQconnectStart(conninfo.c_str()));
    PGconn* connection = session.m_connection.get();
    if (connection == nullptr || PQstatus(connection) == CONNECTION_BAD) {
        return fail(ErrorCode::Refused, trimmed(PQerrorMessage(connection)));
    }
    PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
    while (wanted != PGRES_POLLING_OK) {
        if (wanted == PGRES_POLLING_FAILED) {
            return fail(ErrorCode::Refused, trimmed(PQerrorMessage(connection)));
        }
        if (!waitFor(PQsocket(connection), wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline)) {
            return timedOut();
        }
        wanted = PQconnectPoll(connection);
    }
    PQsetnonblocking(connection, 1);
    PQsetNoticeProcessor(
        connection, [](void*, const char*) {}, nullptr);
    return session;
}

Result<std::vector<PostgresSession::Row>> PostgresSession::query(const std::string& sql, Deadline deadline) {
    PGconn* connection = m_connection.get();
    if (PQsendQuery(connection, sql.c_str()) == 0) {
        return fail(ErrorCode::Closed, trimmed(PQerrorMessage(connection)));
    }
    for (int left = PQflush(connection); left != 0; left = PQflush(connection)) {
        if (left < 0) {
            return fail(ErrorCode::Closed, trimmed(PQerrorMessage(connection)));
        }
        // The server may have to be read from before it takes more of a long statement.
        if (!waitFor(PQsocket(connection), POLLIN | POLLOUT, deadline)) {
            return timedOut();
        }
        if (PQconsumeInput(connection) == 0) {
            return fail(ErrorCode::Closed, trimmed(PQerrorMessage(connection)));
        }
    }
    std::vector<Row> rows;
    std::optional<Error> error;
    for (;;) {
        while (PQisBusy(connection) != 0) {
            if (!waitFor(PQsocket(connection), POLLIN, deadline)) {
                return timedOut();
            }
            if (PQconsumeInput(connection) == 0) {
                return fail(ErrorCode::Closed, trimmed(PQerrorMessage(connection)));
            }
        }
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQgetResult(connection), &PQclear);
        if (!result) {
            break;
        }
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY) {
            const char* primary = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
            error = Error{ErrorCode::Protocol,
                          primary != nullptr ? std::string(primary) : trimmed(PQresultErrorMessage(result.get()))};
        }
        rows.clear();
        for (int row = 0; row < PQntuples(result.get()); ++row) {
            Row values;
            for (int column = 0; column < PQnfields(result.get()); ++column) {
                values.push_back(PQgetisnull(result.get(), row, column) != 0
                                     ? std::nullopt
                                     : std::optional<std::string>(PQgetvalue(result.get(), row, column)));
            }
            rows.push_back(std::move(values));
        }
    }
    if (error) {
        return std::unexpected(std::move(*error));
    }
    return rows;
}

} // namespace binnacle::stack
