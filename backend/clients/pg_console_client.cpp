// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_console_client.h"

#include "backend/clients/deadline.h"

#include <algorithm>
#include <libpq-fe.h>
#include <poll.h>

namespace binnacle {

namespace {

constexpr int kRowCap = 10'000;
using PgResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

TextTable toTable(const PGresult* result, std::uint64_t& received) {
    TextTable table;
    const int columns = PQnfields(result);
    for (int column = 0; column < columns; ++column) {
        table.columns.emplace_back(PQfname(result, column));
    }
    const int rows = std::min(PQntuples(result), kRowCap);
    table.rows.reserve(static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        auto& cells = table.rows.emplace_back();
        for (int column = 0; column < columns; ++column) {
            received += static_cast<std::uint64_t>(PQgetlength(result, row, column));
            cells.push_back(PQgetisnull(result, row, column) != 0
                                ? std::nullopt
                                : std::optional<std::string>(PQgetvalue(result, row, column)));
        }
    }
    return table;
}

} // namespace

std::optional<std::size_t> TextTable::column(std::string_view name) const {
    const auto it = std::ranges::find(columns, name);
    return it != columns.end() ? std::optional(static_cast<std::size_t>(it - columns.begin())) : std::nullopt;
}

PgConsoleClient::PgConsoleClient(std::string conninfo, const std::string& passfile, Secret password)
    : m_conninfo(withSettings(std::move(conninfo), {{"application_name", "binnacle"}, {"connect_timeout", "2"}}))
    , m_password(std::move(password)) {
    if (!passfile.empty()) {
        m_conninfo = withSettings(std::move(m_conninfo), {{"passfile", passfile}});
    }
}

Result<std::optional<TextTable>> PgConsoleClient::send(const char* command, SteadyTime deadline) {
    if (!m_connection) {
        auto connection = pgConnect(m_conninfo, deadline, m_password);
        if (!connection) {
            return std::unexpected(std::move(connection.error()));
        }
        m_connection = std::move(*connection);
        PQsetnonblocking(m_connection.get(), 1);
    }
    auto table = exchange(command, deadline);
    if (!table) {
        disconnect(); // a connection with an answer still under way is of no use
    }
    return table;
}

Result<TextTable> PgConsoleClient::show(const char* command, SteadyTime deadline) {
    auto table = send(command, deadline);
    if (!table) {
        return std::unexpected(std::move(table.error()));
    }
    if (!*table) {
        return fail(ErrorCode::Protocol, std::string("pgBouncer: no table in the answer to ") + command);
    }
    return std::move(**table);
}

Result<void> PgConsoleClient::run(const char* command, SteadyTime deadline) {
    const auto done = send(command, deadline);
    return done ? Result<void>{} : std::unexpected(done.error());
}

Result<std::optional<TextTable>> PgConsoleClient::exchange(const char* command, SteadyTime deadline) {
    auto* const raw = m_connection.get();
    const auto closed = [raw] {
        auto text = firstLine(PQerrorMessage(raw));
        return fail(ErrorCode::Closed, "pgBouncer: " + (text.empty() ? std::string("connection closed") : text));
    };
    if (PQsendQuery(raw, command) == 0) {
        return closed();
    }
    for (int left = PQflush(raw); left != 0; left = PQflush(raw)) {
        if (left < 0) {
            return closed();
        }
        if (auto ready = waitForSocket(PQsocket(raw), POLLOUT, deadline, "pgBouncer"); !ready) {
            return std::unexpected(std::move(ready.error()));
        }
    }
    std::optional<TextTable> table;
    for (;;) {
        while (PQisBusy(raw) != 0) {
            if (auto ready = waitForSocket(PQsocket(raw), POLLIN, deadline, "pgBouncer"); !ready) {
                return std::unexpected(std::move(ready.error()));
            }
            if (PQconsumeInput(raw) == 0) {
                return closed();
            }
        }
        const PgResult result(PQgetResult(raw), &PQclear);
        if (!result) {
            break;
        }
        switch (PQresultStatus(result.get())) {
        case PGRES_TUPLES_OK:
            table = toTable(result.get(), m_received);
            break;
        case PGRES_COMMAND_OK:
        case PGRES_EMPTY_QUERY:
            break;
        default: {
            if (PQstatus(raw) == CONNECTION_BAD) {
                return closed();
            }
            const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
            return fail(errorCodeOfSqlState(state != nullptr ? state : ""),
                        "pgBouncer: " + firstLine(PQresultErrorMessage(result.get())));
        }
        }
    }
    return table;
}

} // namespace binnacle
