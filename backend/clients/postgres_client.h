// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/secret.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <chrono>
#include <cstdint>
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
/// (statement_timeout, lock_timeout). A statement that the server refuses or ends leaves the connection in place; after
/// any other error it is thrown away. Names without a schema are those of pg_catalog. One thread at a time.
class PostgresClient {
public:
    /// `conninfo` without a password, in key=value form; `passfile` may be empty, and is not read where there is a
    /// password.
    PostgresClient(std::string conninfo, std::string passfile,
                   std::chrono::milliseconds statementTimeout = std::chrono::milliseconds(800), Secret password = {});
    ~PostgresClient();
    PostgresClient(PostgresClient&&) noexcept;
    PostgresClient& operator=(PostgresClient&&) noexcept;

    /// Runs one reading statement, prepared on the connection at its first use under `name`; $1, $2 … stand for the
    /// parameters. A name stands for one text.
    [[nodiscard]] Result<std::vector<PgRow>> query(const std::string& name, const std::string& sql, SteadyTime deadline,
                                                   const std::vector<std::string>& parameters = {});
    /// Whether there is a connection; what a server told about itself holds as long as this does.
    [[nodiscard]] bool connected() const;
    void disconnect();
    /// Of all values so far.
    [[nodiscard]] std::uint64_t receivedBytes() const { return m_received; }

private:
    struct Session;
    std::string m_conninfo;
    Secret m_password;
    std::unique_ptr<Session> m_session;
    std::uint64_t m_received = 0;
};

} // namespace binnacle
