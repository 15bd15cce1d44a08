// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// One row of a reading query: every cell as text, absent for NULL.
using PgRow = std::vector<std::optional<std::string>>;

/// A read-only session on a PostgreSQL server over libpqxx, on one kept connection.
///
/// No call outlives its deadline, not even on a server that is stopped in the middle of an answer: connecting is
/// polled, and a watchdog shuts the socket down under a running query. The server ends statements by itself as well
/// (statement_timeout, lock_timeout). After an error the connection is thrown away. One thread at a time.
class PostgresClient {
public:
    /// `conninfo` without a password, in key=value form; `passfile` may be empty.
    PostgresClient(std::string conninfo, std::string passfile,
                   std::chrono::milliseconds statementTimeout = std::chrono::milliseconds(800));
    ~PostgresClient();
    PostgresClient(PostgresClient&&) noexcept;
    PostgresClient& operator=(PostgresClient&&) noexcept;

    /// Runs one reading statement, prepared on the connection at its first use under `name`.
    [[nodiscard]] Result<std::vector<PgRow>> query(const char* name, const char* sql, SteadyTime deadline);
    void disconnect();

private:
    struct Session;
    std::string m_conninfo;
    std::unique_ptr<Session> m_session;
};

} // namespace binnacle
