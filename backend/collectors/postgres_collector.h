// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/postgres_client.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/deadlock_count.h"
#include "backend/collectors/json_log_tail.h"
#include "backend/collectors/lag_history.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// What a PostgresCollector reads.
struct PostgresTarget {
    std::string server;                        ///< "primary", "replica-1" …
    std::string conninfo;                      ///< without a password
    std::string passfile;                      ///< may be empty
    std::string logDirectory;                  ///< of the server's JSON log, or empty
    std::vector<std::string> expectedStandbys; ///< told as not streaming while they are away
};

/// Reads a PostgreSQL server, primary or standby, with one prepared statement per pass. Which of the two it is, the
/// server tells in each pass, so a promotion needs no other collector.
class PostgresCollector final : public Collector {
public:
    explicit PostgresCollector(PostgresTarget target);

    [[nodiscard]] std::string source() const override { return "postgres/" + m_target.server; }
    [[nodiscard]] std::string target() const override { return m_target.conninfo; }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(1000); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;

private:
    struct Facts;
    void addActivity(const Facts& facts, Snapshot& snapshot) const;
    void addStandbys(const Facts& facts, Snapshot& snapshot) const;
    void addReplay(const Facts& facts, Snapshot& snapshot) const;

    PostgresTarget m_target;
    PostgresClient m_client;
    LagHistory m_positions;
    DeadlockCount m_deadlocks;
    std::unique_ptr<JsonLogTail> m_log;
    std::string m_epoch;
};

} // namespace binnacle
