// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_console_client.h"
#include "backend/collectors/windowed_rate.h"
#include "backend/domain/snapshot_table.h"

#include <map>
#include <optional>
#include <string>

namespace binnacle {

/// Cells of a row of SHOW by the column's name: versions add, rename and drop columns.
class ShowRow {
public:
    ShowRow(const TextTable& table, std::size_t row)
        : m_table(table)
        , m_row(table.rows[row]) {}

    /// Empty when there is no such column, or it is null.
    [[nodiscard]] std::string_view text(std::string_view column) const;
    [[nodiscard]] std::optional<double> number(std::string_view column) const;
    /// Seconds of a column that holds whole ones, with the rest that newer versions tell in NAME_us.
    [[nodiscard]] std::optional<double> seconds(std::string_view column) const;
    /// A row of the console itself.
    [[nodiscard]] bool isConsole() const { return text("database") == "pgbouncer"; }

private:
    const TextTable& m_table;
    const std::vector<std::optional<std::string>>& m_row;
};

/// pgbouncer.pools, from SHOW POOLS, with the sizes of SHOW DATABASES.
[[nodiscard]] SnapshotTable pgBouncerPools(const TextTable& pools, const TextTable& databases);
/// pgbouncer.clients, from SHOW CLIENTS.
[[nodiscard]] SnapshotTable pgBouncerClients(const TextTable& clients);
/// pgbouncer.servers, from SHOW SERVERS.
[[nodiscard]] SnapshotTable pgBouncerServers(const TextTable& servers);

/// pgbouncer.databases, from SHOW DATABASES, with rates and means of SHOW STATS over the last seconds.
class PgBouncerDatabases {
public:
    [[nodiscard]] SnapshotTable build(const TextTable& databases, const TextTable& stats, SteadyTime at);
    void clear() { m_rates.clear(); }

private:
    struct Rates {
        WindowedRate transactions;
        WindowedRate queries;
        WindowedRate received;
        WindowedRate sent;
        WindowedRate transactionUs;
        WindowedRate queryUs;
        WindowedRate waitUs;
    };
    std::map<std::string, Rates, std::less<>> m_rates;
};

} // namespace binnacle
