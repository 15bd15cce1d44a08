// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/hold_store.h"

namespace binnacle::control {
namespace {

// Beside the tables of the format: a control that does not know it leaves it alone.
constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS holds (
  kind TEXT NOT NULL, target TEXT NOT NULL, value TEXT NOT NULL, reference TEXT NOT NULL, changed_by TEXT NOT NULL,
  lease_until_ms INTEGER, PRIMARY KEY (kind, target)) STRICT, WITHOUT ROWID;
)";

} // namespace

Result<std::unique_ptr<HoldStore>> HoldStore::open(const std::filesystem::path& file) {
    auto database = SqliteDatabase::open(file);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    if (auto made = database->execute(schema); !made) {
        return std::unexpected(std::move(made.error()));
    }
    return std::unique_ptr<HoldStore>(new HoldStore(std::move(*database)));
}

Result<void> HoldStore::put(const Hold& hold) {
    const std::scoped_lock lock(m_mutex);
    return insert(hold);
}

Result<void> HoldStore::putOnly(const Hold& hold) {
    const std::scoped_lock lock(m_mutex);
    SqliteTransaction transaction(m_database);
    if (!transaction.begun()) {
        return transaction.begun();
    }
    if (auto cleared = SqliteStatement(m_database.handle(), "DELETE FROM holds WHERE kind = ?").bind(hold.kind).run();
        !cleared) {
        return cleared;
    }
    if (auto inserted = insert(hold); !inserted) {
        return inserted;
    }
    return transaction.commit();
}

Result<void> HoldStore::insert(const Hold& hold) {
    std::optional<std::int64_t> lease;
    if (hold.leaseUntil) {
        lease = std::chrono::duration_cast<std::chrono::milliseconds>(hold.leaseUntil->time_since_epoch()).count();
    }
    return SqliteStatement(m_database.handle(), "INSERT OR REPLACE INTO holds VALUES (?, ?, ?, ?, ?, ?)")
        .bind(hold.kind)
        .bind(hold.target)
        .bind(hold.value)
        .bind(hold.reference)
        .bind(hold.changedBy)
        .bind(lease)
        .run();
}

Result<void> HoldStore::remove(const std::string& kind, const std::string& target) {
    const std::scoped_lock lock(m_mutex);
    return SqliteStatement(m_database.handle(), "DELETE FROM holds WHERE kind = ? AND target = ?")
        .bind(kind)
        .bind(target)
        .run();
}

Result<std::vector<Hold>> HoldStore::read(SqliteStatement& statement) {
    std::vector<Hold> holds;
    while (statement.step()) {
        Hold hold{statement.text(0), statement.text(1), statement.text(2), statement.text(3), statement.text(4), {}};
        if (!statement.isNull(5)) {
            hold.leaseUntil = UtcTime(std::chrono::milliseconds(statement.integer(5)));
        }
        holds.push_back(std::move(hold));
    }
    return statement.error() ? Result<std::vector<Hold>>(std::unexpected(*statement.error())) : holds;
}

Result<std::vector<Hold>> HoldStore::all(const std::string& kind) {
    const std::scoped_lock lock(m_mutex);
    SqliteStatement statement(m_database.handle(), "SELECT kind, target, value, reference, changed_by, lease_until_ms "
                                                   "FROM holds WHERE kind = ? ORDER BY target");
    statement.bind(kind);
    return read(statement);
}

Result<std::vector<Hold>> HoldStore::all() {
    const std::scoped_lock lock(m_mutex);
    SqliteStatement statement(m_database.handle(), "SELECT kind, target, value, reference, changed_by, lease_until_ms "
                                                   "FROM holds ORDER BY kind, target");
    return read(statement);
}

Result<std::optional<Hold>> HoldStore::find(const std::string& kind, const std::string& target) {
    const auto holds = all(kind); // a few rows
    if (!holds) {
        return std::unexpected(holds.error());
    }
    for (const auto& hold : *holds) {
        if (hold.target == target) {
            return hold;
        }
    }
    return std::nullopt;
}

} // namespace binnacle::control
