// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/socket_exchange.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct pg_conn;

namespace binnacle::stack {

/// One libpq connection whose every wait ends at the caller's deadline. After an error it is to be thrown away.
/// Used by one thread at a time.
class PostgresSession {
public:
    using Row = std::vector<std::optional<std::string>>;

    [[nodiscard]] static Result<PostgresSession> open(const std::string& conninfo, Deadline deadline);

    /// Runs one or several statements by the simple protocol and returns the rows of the last one.
    /// The error's text is the server's message.
    [[nodiscard]] Result<std::vector<Row>> query(const std::string& sql, Deadline deadline);

private:
    struct Closer {
        void operator()(pg_conn* connection) const;
    };
    explicit PostgresSession(pg_conn* connection)
        : m_connection(connection) {}

    std::unique_ptr<pg_conn, Closer> m_connection;
};

} // namespace binnacle::stack
