// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_console_client.h"
#include "backend/collectors/collector.h"

#include <string>
#include <vector>

namespace binnacle {

/// Readings of SHOW POOLS, SHOW DATABASES and SHOW STATS; `pool` is "database/user", for counters "database".
/// Protocol when a column that they need is missing.
[[nodiscard]] Result<std::vector<Reading>> pgBouncerReadings(const TextTable& pools, const TextTable& databases,
                                                             const TextTable& stats);

/// Reads pgBouncer over its admin console.
class PgBouncerCollector final : public Collector {
public:
    PgBouncerCollector(std::string conninfo, const std::string& passfile);

    [[nodiscard]] std::string source() const override { return "pgbouncer"; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;

private:
    std::string m_target;
    PgConsoleClient m_console;
    double m_queries = 0;
    unsigned m_epoch = 0;
};

} // namespace binnacle
