// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/sqlite_database.h"
#include "backend/domain/effect.h"

#include <memory>
#include <mutex>
#include <vector>

namespace binnacle::control {

/// Where the effects of acts are kept: a table of control's own file, over a connection of its own, so that an act
/// waits for no mutex of theirs; SQLite still lets one write at a time. Safe to call from several threads.
class EffectStore {
public:
    [[nodiscard]] static Result<std::unique_ptr<EffectStore>> open(const std::filesystem::path& file);

    /// Replaces what is known of that act.
    [[nodiscard]] Result<void> save(const Effect& effect);
    /// The newest first.
    [[nodiscard]] Result<std::vector<Effect>> newest(std::int64_t limit);
    /// NotFound without one.
    [[nodiscard]] Result<Effect> find(const std::string& reference);
    [[nodiscard]] Result<std::vector<Effect>> pending();

private:
    explicit EffectStore(SqliteDatabase database)
        : m_database(std::move(database)) {}
    [[nodiscard]] static Result<std::vector<Effect>> read(SqliteStatement& statement);

    std::mutex m_mutex;
    SqliteDatabase m_database;
};

} // namespace binnacle::control
