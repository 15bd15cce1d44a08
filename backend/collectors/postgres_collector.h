// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_connect.h"
#include "backend/collectors/collector.h"
#include "backend/sql/sql_text.h"

#include <memory>
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
    Secret password = {};                      ///< instead of the passfile's
    Literals literals = Literals::Replaced;    ///< in texts of statements
};

/// Reads a PostgreSQL server from 13 on, primary or standby, over one connection. Which of the two it is, the server
/// tells in each pass, so a promotion needs no other collector.
///
/// A pass takes the readings and the tables that change by the second, and at most one of the slower parts (statements,
/// tables, indexes, databases, long work), in turn. A part that fails or takes too long leaves the rest alone: its
/// table stays as it was, with the time when it was read. One that was dear to the server comes less often.
class PostgresCollector final : public Collector {
public:
    explicit PostgresCollector(PostgresTarget target);
    ~PostgresCollector() override;

    [[nodiscard]] std::string source() const override { return "postgres/" + m_target.server; }
    [[nodiscard]] std::string target() const override { return m_target.conninfo; }
    [[nodiscard]] bool local() const override { return isLocalConninfo(target()); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(1000); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override;

private:
    class Pass;
    struct State;

    PostgresTarget m_target;
    std::unique_ptr<State> m_state;
};

} // namespace binnacle
