// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/sqlite_database.h"
#include "backend/control/control_store.h"

#include <mutex>

namespace binnacle::control {

/// The store in control's own file, so that control works with PostgreSQL down.
class SqliteStore final : public ControlStore {
public:
    static constexpr std::int64_t format = 1;

    /// Opens or makes the file. Conflict when it is of a newer format.
    [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& file);

    [[nodiscard]] std::string writerId() const override { return m_writerId; }
    [[nodiscard]] Result<HeldValue> held(Resource resource) override;
    [[nodiscard]] Result<std::optional<StoredRequest>> request(const std::string& requestId) override;
    [[nodiscard]] Result<SealedEntry> recordIntent(AuditEntry draft, const std::string& requestFingerprint,
                                                   const HeldValue& before, HeldValue after) override;
    [[nodiscard]] Result<SealedEntry> recordUndertaking(AuditEntry draft,
                                                        const std::string& requestFingerprint) override;
    [[nodiscard]] Result<SealedEntry> recordOutcome(AuditEntry draft) override;
    [[nodiscard]] Result<std::vector<AuditEntry>> openIntents() override;
    [[nodiscard]] Result<std::vector<SealedEntry>> entries(const std::string& writer, std::int64_t after,
                                                           std::int64_t limit) override;
    [[nodiscard]] Result<std::vector<ChainHead>> heads() override;
    [[nodiscard]] Result<void> probe(UtcTime now) override;
    [[nodiscard]] Result<void> importEntries(std::span<const SealedEntry> entries, UtcTime now) override;

private:
    SqliteStore(SqliteDatabase database, std::string writerId)
        : m_database(std::move(database))
        , m_writerId(std::move(writerId)) {}

    [[nodiscard]] static Result<std::string> prepare(SqliteDatabase& database);
    [[nodiscard]] Result<ChainHead> headOfWriter(const std::string& writer);
    [[nodiscard]] Result<SealedEntry> append(AuditEntry draft);
    [[nodiscard]] Result<void> remember(const SealedEntry& intent, const std::string& requestFingerprint);
    [[nodiscard]] Result<void> insert(const SealedEntry& sealed);
    [[nodiscard]] Result<AuditEntry> entry(const std::string& writer, std::int64_t number);

    std::mutex m_mutex;
    SqliteDatabase m_database;
    std::string m_writerId;
};

} // namespace binnacle::control
