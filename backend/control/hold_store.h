// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/sqlite_database.h"
#include "backend/domain/time.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::control {

/// What an act has set and control goes on asserting, because the program that it was set in forgets it at its next
/// start: an instance out of rotation, a paused pool, its size.
struct Hold {
    std::string kind;   ///< "instance", "pool", "pool_size"
    std::string target; ///< whose it is
    /// "drained", "readying" (asked for, not yet seen) or "ready"; "paused", "resuming" or "active"; a number.
    std::string value;
    std::string reference; ///< "WRITER:NUMBER" of the intent
    std::string changedBy;
    std::optional<UtcTime> leaseUntil; ///< whole milliseconds; nothing: until somebody changes it
    friend bool operator==(const Hold&, const Hold&) = default;
};

/// Keeps them in a table of control's own file, over a connection of its own, so that an act waits for no mutex of
/// theirs. Safe to call from several threads.
class HoldStore {
public:
    [[nodiscard]] static Result<std::unique_ptr<HoldStore>> open(const std::filesystem::path& file);

    /// Replaces what was set before; on the disk when it returns.
    [[nodiscard]] Result<void> put(const Hold& hold);
    /// As put(), and removes all others of its kind: of these there is one.
    [[nodiscard]] Result<void> putOnly(const Hold& hold);
    [[nodiscard]] Result<void> remove(const std::string& kind, const std::string& target);
    [[nodiscard]] Result<std::optional<Hold>> find(const std::string& kind, const std::string& target);
    [[nodiscard]] Result<std::vector<Hold>> all(const std::string& kind);
    /// Of all kinds.
    [[nodiscard]] Result<std::vector<Hold>> all();

private:
    explicit HoldStore(SqliteDatabase database)
        : m_database(std::move(database)) {}
    [[nodiscard]] static Result<std::vector<Hold>> read(SqliteStatement& statement);
    [[nodiscard]] Result<void> insert(const Hold& hold); ///< with the mutex held

    std::mutex m_mutex;
    SqliteDatabase m_database;
};

} // namespace binnacle::control
