// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/effect_store.h"

#include "backend/actions/control_view.h"

namespace binnacle::control {
namespace {

// Beside the tables of the format: a control that does not know it leaves it alone.
constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS effects (
  reference TEXT PRIMARY KEY, observed_at_ms INTEGER NOT NULL, state TEXT NOT NULL, document TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS effects_by_time ON effects (observed_at_ms);
)";

} // namespace

Result<std::unique_ptr<EffectStore>> EffectStore::open(const std::filesystem::path& file) {
    auto database = SqliteDatabase::open(file);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    if (auto made = database->execute(schema); !made) {
        return std::unexpected(std::move(made.error()));
    }
    return std::unique_ptr<EffectStore>(new EffectStore(std::move(*database)));
}

Result<void> EffectStore::save(const Effect& effect) {
    const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(effect.observedAt.time_since_epoch()).count();
    const std::scoped_lock lock(m_mutex);
    return SqliteStatement(m_database.handle(), "INSERT OR REPLACE INTO effects VALUES (?, ?, ?, ?)")
        .bind(effect.reference)
        .bind(at)
        .bind(effectStateName(effect.state))
        .bind(effectsDocument({effect}))
        .run();
}

Result<std::vector<Effect>> EffectStore::read(SqliteStatement& statement) {
    std::vector<Effect> effects;
    while (statement.step()) {
        auto read = parseEffects(statement.text(0));
        if (!read || read->size() != 1) {
            return fail(ErrorCode::Io, "A stored effect is not understood");
        }
        effects.push_back(std::move(read->front()));
    }
    return statement.error() ? Result<std::vector<Effect>>(std::unexpected(*statement.error())) : effects;
}

Result<std::vector<Effect>> EffectStore::newest(std::int64_t limit) {
    const std::scoped_lock lock(m_mutex);
    SqliteStatement statement(m_database.handle(),
                              "SELECT document FROM effects ORDER BY observed_at_ms DESC, rowid DESC LIMIT ?");
    statement.bind(limit);
    return read(statement);
}

Result<std::vector<Effect>> EffectStore::pending() {
    const std::scoped_lock lock(m_mutex);
    SqliteStatement statement(m_database.handle(), "SELECT document FROM effects WHERE state = ?");
    statement.bind(effectStateName(Effect::State::Pending));
    return read(statement);
}

Result<Effect> EffectStore::find(const std::string& reference) {
    const std::scoped_lock lock(m_mutex);
    SqliteStatement statement(m_database.handle(), "SELECT document FROM effects WHERE reference = ?");
    statement.bind(reference);
    auto found = read(statement);
    if (!found) {
        return std::unexpected(std::move(found.error()));
    }
    return found->empty() ? fail(ErrorCode::NotFound, "Nothing is known of the effect of #" + reference + ".")
                          : Result<Effect>(std::move(found->front()));
}

} // namespace binnacle::control
