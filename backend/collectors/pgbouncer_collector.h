// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_connect.h"
#include "backend/clients/pg_console_client.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/kept_tables.h"
#include "backend/collectors/pgbouncer_tables.h"

#include <string>
#include <vector>

namespace binnacle {

/// Readings of SHOW POOLS, SHOW DATABASES and SHOW STATS; `pool` is "database/user", for counters "database".
/// Protocol when a column that they need is missing.
[[nodiscard]] Result<std::vector<Reading>> pgBouncerReadings(const TextTable& pools, const TextTable& databases,
                                                             const TextTable& stats);

/// Reads pgBouncer over its admin console, which a user of `stats_users` may do without being able to change anything.
class PgBouncerCollector final : public Collector {
public:
    PgBouncerCollector(std::string conninfo, const std::string& passfile, std::string source = "pgbouncer",
                       Secret password = {});

    [[nodiscard]] std::string source() const override { return m_source; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] bool local() const override { return isLocalConninfo(target()); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_console.receivedBytes(); }

private:
    /// Reads a list whose lack is no failure of the source; an error when the connection is no more.
    [[nodiscard]] Result<void> readList(const char* table, const char* command, SteadyTime began, SteadyTime deadline);
    [[nodiscard]] Result<void> readVersion(SteadyTime began, SteadyTime deadline);

    std::string m_source;
    std::string m_target;
    PgConsoleClient m_console;
    PgBouncerDatabases m_databases;
    KeptTables m_tables;
    double m_clients = 0; ///< in all pools
    double m_queries = 0;
    unsigned m_epoch = 0;
    std::string m_version; ///< "1.18.0"
    SteadyTime m_versionDue;
};

} // namespace binnacle
