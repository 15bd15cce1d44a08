// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_connect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Rows of text as a simple query returns them.
struct TextTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<std::string>>> rows;

    /// Index of a column, if there is one of that name.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

/// pgBouncer's admin console, which speaks only the simple protocol (libpqxx can't open it). Never blocks beyond the
/// deadline: the query is sent without blocking and awaited with poll. One thread at a time.
class PgConsoleClient {
public:
    /// `conninfo` without a password; `passfile` may be empty, and is not read where there is a password.
    PgConsoleClient(std::string conninfo, const std::string& passfile, Secret password = {});

    [[nodiscard]] Result<TextTable> show(const char* command, SteadyTime deadline);
    /// A command that brings no table, such as PAUSE; its answer may take until what it waits for has ended.
    [[nodiscard]] Result<void> run(const char* command, SteadyTime deadline);
    void disconnect() { m_connection.reset(); }
    /// Of all values so far.
    [[nodiscard]] std::uint64_t receivedBytes() const { return m_received; }

private:
    /// The table, if one came.
    [[nodiscard]] Result<std::optional<TextTable>> send(const char* command, SteadyTime deadline);
    [[nodiscard]] Result<std::optional<TextTable>> exchange(const char* command, SteadyTime deadline);

    std::string m_conninfo;
    Secret m_password;
    PgConnection m_connection;
    std::uint64_t m_received = 0;
};

} // namespace binnacle
