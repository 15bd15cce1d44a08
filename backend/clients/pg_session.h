// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_connect.h"
#include "backend/clients/postgres_client.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace binnacle {

/// What one statement brought.
struct PgAnswer {
    std::vector<PgRow> rows;
    std::int64_t changed = 0; ///< rows that an INSERT, UPDATE or DELETE changed
};

/// A session that may change things: one libpq connection, kept until an error makes it useless. No call outlives its
/// deadline, not even on a server that is stopped in the middle of an answer. One thread at a time.
class PgSession {
public:
    /// `conninfo` without a password, in key=value form; `passfile` may be empty. `options` are server settings as
    /// "-c name=value".
    [[nodiscard]] static Result<PgSession> open(const std::string& conninfo, const std::string& passfile,
                                                const std::string& options, SteadyTime deadline,
                                                const Secret& password = {});

    /// One statement; $1, $2 … stand for the parameters.
    [[nodiscard]] Result<PgAnswer> execute(const std::string& sql, const std::vector<std::string>& parameters,
                                           SteadyTime deadline);
    /// One statement that may take long. `meanwhile` is called every `pause` until it has ended; when it returns false,
    /// the statement is no longer waited for (Timeout) and the session is useless.
    [[nodiscard]] Result<PgAnswer> executeLong(const std::string& sql, std::chrono::milliseconds pause,
                                               const std::function<bool()>& meanwhile);

    /// The process that serves this session, as the server itself calls it. A pooler between gives another one.
    [[nodiscard]] int announcedPid() const;
    /// The SQLSTATE of the last error of the server; empty when the connection failed.
    [[nodiscard]] const std::string& sqlState() const { return m_sqlState; }
    /// Whether the connection is still good for another statement.
    [[nodiscard]] bool alive() const { return m_connection != nullptr; }

private:
    explicit PgSession(PgConnection connection)
        : m_connection(std::move(connection)) {}

    [[nodiscard]] Result<void> send(const std::string& sql, const std::vector<std::string>& parameters);
    [[nodiscard]] Result<void> flush(SteadyTime deadline);
    /// The answer, when it is complete; nothing when the deadline came first.
    [[nodiscard]] Result<std::optional<PgAnswer>> receive(SteadyTime deadline);
    [[nodiscard]] Error broken();

    PgConnection m_connection;
    std::string m_sqlState;
    std::optional<Result<PgAnswer>> m_partial; ///< the last result seen of the answer under way
};

} // namespace binnacle
