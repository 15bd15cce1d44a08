// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/pg_session.h"
#include "backend/migrations/migration_database.h"

#include <optional>
#include <string>

namespace binnacle {

/// How the target database is reached: straight, by a role that owns what it changes, and by one that may look at
/// everybody's activity.
struct MigrationAccess {
    std::string database; ///< conninfo without a password
    std::string passfile;
    std::string observer; ///< the same for the one that looks; empty: the first one looks, and sees its own alone
    std::string observerPassfile;
    std::string disk; ///< a directory on the file system of the data, when the server is on this host; else empty
};

/// PostgreSQL over libpq. The session that acts is told from a pooled one by its process: a pooler answers the start of
/// a session with a number of its own, which is not what the server says when it is asked.
class PgMigrationDatabase final : public MigrationDatabase {
public:
    explicit PgMigrationDatabase(MigrationAccess access)
        : m_access(std::move(access)) {}

    [[nodiscard]] Result<void> connect() override;
    void disconnect() override { m_actor.reset(); }
    [[nodiscard]] Result<bool> tryLock() override;
    [[nodiscard]] Result<std::vector<LedgerEntry>> ledger() override;
    [[nodiscard]] Result<std::optional<std::string>> whyNotRecord() override;
    [[nodiscard]] Result<void> record(const LedgerEntry& entry) override;
    [[nodiscard]] Result<IndexState> indexState(const IndexName& index) override;
    [[nodiscard]] Result<void> runLong(const std::string& sql, std::chrono::milliseconds lockTimeout,
                                       const std::function<bool()>& meanwhile) override;
    [[nodiscard]] Result<void> cancel() override;
    [[nodiscard]] Result<RunSample> sample() override;
    [[nodiscard]] Result<TableFacts> tableFacts(const IndexName& index) override;
    [[nodiscard]] std::optional<std::string> whyNoRoom(const TableFacts& facts) override;
    [[nodiscard]] Result<Preflight> preflight(const IndexName& index, const TableFacts& facts) override;

private:
    [[nodiscard]] Result<PgAnswer> ask(const std::string& sql, const std::vector<std::string>& parameters = {});
    [[nodiscard]] Result<PgAnswer> observe(const std::string& sql, const std::vector<std::string>& parameters = {});
    [[nodiscard]] Error judged(Error error) const;

    MigrationAccess m_access;
    std::optional<PgSession> m_actor;
    std::optional<PgSession> m_observer;
};

} // namespace binnacle
