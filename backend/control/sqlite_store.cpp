// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/sqlite_store.h"

#include "backend/actions/action_documents.h"
#include "backend/actions/sha256.h"

namespace binnacle::control {
namespace {

constexpr const char* schema = R"(
CREATE TABLE identity (writer_id TEXT NOT NULL) STRICT;
CREATE TABLE audit (
  writer_id TEXT NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (writer_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE desired (
  resource TEXT PRIMARY KEY, generation INTEGER NOT NULL, value INTEGER NOT NULL, changed_by TEXT NOT NULL,
  changed_at_ms INTEGER NOT NULL, reason TEXT NOT NULL, reference TEXT NOT NULL, lease_until_ms INTEGER) STRICT;
CREATE TABLE requests (
  request_id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, intent INTEGER NOT NULL UNIQUE, outcome INTEGER) STRICT;
CREATE INDEX requests_open ON requests (intent) WHERE outcome IS NULL;
)";

std::int64_t millisecondsOf(UtcTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

UtcTime timeOf(std::int64_t milliseconds) {
    return UtcTime(std::chrono::milliseconds(milliseconds));
}

std::unexpected<Error> unreadable(const std::string& what) {
    return fail(ErrorCode::Io, "Control's state: " + what);
}

} // namespace

Result<std::string> SqliteStore::prepare(SqliteDatabase& database) {
    std::int64_t version = 0;
    {
        SqliteStatement read(database.handle(), "PRAGMA user_version");
        version = read.step() ? read.integer(0) : 0;
        if (read.error()) {
            return std::unexpected(*read.error());
        }
    }
    if (version > format) {
        return fail(ErrorCode::Conflict, "Control's state is of format " + std::to_string(version) +
                                             ", which a newer Binnacle wrote; this one reads up to " +
                                             std::to_string(format) + ".");
    }
    if (version == 0) {
        SqliteTransaction transaction(database);
        if (!transaction.begun()) {
            return std::unexpected(transaction.begun().error());
        }
        if (auto made = database.execute(schema); !made) {
            return std::unexpected(std::move(made.error()));
        }
        const auto writer = "control-" + randomHex(4);
        if (auto named = SqliteStatement(database.handle(), "INSERT INTO identity VALUES (?)").bind(writer).run();
            !named) {
            return std::unexpected(std::move(named.error()));
        }
        if (auto marked = database.execute("PRAGMA user_version=1"); !marked) {
            return std::unexpected(std::move(marked.error()));
        }
        if (auto done = transaction.commit(); !done) {
            return std::unexpected(std::move(done.error()));
        }
    }
    SqliteStatement read(database.handle(), "SELECT writer_id FROM identity");
    if (!read.step()) {
        return fail(ErrorCode::Io, read.error() ? read.error()->text : "it has no identity");
    }
    return read.text(0);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& file) {
    auto database = SqliteDatabase::open(file);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    auto writer = prepare(*database);
    if (!writer) {
        return fail(writer.error().code, file.string() + ": " + writer.error().text);
    }
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(*database), std::move(*writer)));
}

Result<HeldValue> SqliteStore::held(Resource resource) {
    const std::scoped_lock lock(m_mutex);
    SqliteStatement read(m_database.handle(), "SELECT generation, value, changed_by, changed_at_ms, reason, reference, "
                                              "lease_until_ms FROM desired WHERE resource = ?");
    read.bind(resourceName(resource));
    HeldValue held;
    held.resource = resource;
    if (read.step()) {
        held.held = {read.integer(0), read.integer(1)};
        held.changedBy = read.text(2);
        held.changedAt = timeOf(read.integer(3));
        held.reason = read.text(4);
        held.reference = read.text(5);
        if (!read.isNull(6)) {
            held.leaseUntil = timeOf(read.integer(6));
        }
    }
    return read.error() ? Result<HeldValue>(unreadable(read.error()->text)) : held;
}

Result<ChainHead> SqliteStore::headOfWriter(const std::string& writer) {
    SqliteStatement read(m_database.handle(),
                         "SELECT number, digest FROM audit WHERE writer_id = ? ORDER BY number DESC LIMIT 1");
    read.bind(writer);
    ChainHead head{writer, 0, {}};
    if (read.step()) {
        head.number = read.integer(0);
        head.digest = read.text(1);
    }
    return read.error() ? Result<ChainHead>(unreadable(read.error()->text)) : head;
}

Result<void> SqliteStore::insert(const SealedEntry& sealed) {
    return SqliteStatement(m_database.handle(), "INSERT INTO audit VALUES (?, ?, ?, ?)")
        .bind(sealed.entry.writerId)
        .bind(sealed.entry.number)
        .bind(sealed.text)
        .bind(sealed.digest)
        .run();
}

Result<SealedEntry> SqliteStore::append(AuditEntry draft) {
    const auto head = headOfWriter(m_writerId);
    if (!head) {
        return std::unexpected(head.error());
    }
    auto sealed = seal(std::move(draft), *head, sha256Hex);
    if (auto inserted = insert(sealed); !inserted) {
        return std::unexpected(std::move(inserted.error()));
    }
    return sealed;
}

Result<void> SqliteStore::remember(const SealedEntry& intent, const std::string& requestFingerprint) {
    return SqliteStatement(m_database.handle(), "INSERT INTO requests VALUES (?, ?, ?, NULL)")
        .bind(intent.entry.requestId)
        .bind(requestFingerprint)
        .bind(intent.entry.number)
        .run();
}

Result<SealedEntry> SqliteStore::recordIntent(AuditEntry draft, const std::string& requestFingerprint,
                                              const HeldValue& before, HeldValue after) {
    const std::scoped_lock lock(m_mutex);
    SqliteTransaction transaction(m_database);
    if (!transaction.begun()) {
        return std::unexpected(transaction.begun().error());
    }
    auto sealed = append(std::move(draft));
    if (!sealed) {
        return sealed;
    }
    after.reference = after.reference.empty() ? std::to_string(sealed->entry.number) : after.reference;
    auto changed =
        SqliteStatement(
            m_database.handle(),
            "INSERT INTO desired VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (resource) DO UPDATE SET "
            "generation = ?2, value = ?3, changed_by = ?4, changed_at_ms = ?5, reason = ?6, reference = ?7, "
            "lease_until_ms = ?8 WHERE generation = ?9")
            .bind(resourceName(after.resource))
            .bind(after.held.generation)
            .bind(after.held.value)
            .bind(after.changedBy)
            .bind(millisecondsOf(after.changedAt))
            .bind(after.reason)
            .bind(after.reference)
            .bind(after.leaseUntil ? std::optional(millisecondsOf(*after.leaseUntil)) : std::nullopt)
            .bind(before.held.generation)
            .run();
    if (!changed) {
        return std::unexpected(std::move(changed.error()));
    }
    if (m_database.changes() != 1) {
        return fail(ErrorCode::Conflict, "Somebody else changed it in this moment");
    }
    if (auto known = remember(*sealed, requestFingerprint); !known) {
        return std::unexpected(std::move(known.error()));
    }
    if (auto done = transaction.commit(); !done) {
        return std::unexpected(std::move(done.error()));
    }
    return sealed;
}

Result<SealedEntry> SqliteStore::recordUndertaking(AuditEntry draft, const std::string& requestFingerprint) {
    const std::scoped_lock lock(m_mutex);
    SqliteTransaction transaction(m_database);
    if (!transaction.begun()) {
        return std::unexpected(transaction.begun().error());
    }
    auto sealed = append(std::move(draft));
    if (!sealed) {
        return sealed;
    }
    if (auto known = remember(*sealed, requestFingerprint); !known) {
        return std::unexpected(std::move(known.error()));
    }
    if (auto done = transaction.commit(); !done) {
        return std::unexpected(std::move(done.error()));
    }
    return sealed;
}

Result<SealedEntry> SqliteStore::recordOutcome(AuditEntry draft) {
    const std::scoped_lock lock(m_mutex);
    SqliteTransaction transaction(m_database);
    if (!transaction.begun()) {
        return std::unexpected(transaction.begun().error());
    }
    const auto intent = draft.intent.value_or(0);
    auto sealed = append(std::move(draft));
    if (!sealed) {
        return sealed;
    }
    auto ended =
        SqliteStatement(m_database.handle(), "UPDATE requests SET outcome = ? WHERE intent = ? AND outcome IS NULL")
            .bind(sealed->entry.number)
            .bind(intent)
            .run();
    if (!ended) {
        return std::unexpected(std::move(ended.error()));
    }
    if (m_database.changes() != 1) {
        return fail(ErrorCode::Conflict, "Action #" + std::to_string(intent) + " has ended already");
    }
    if (auto done = transaction.commit(); !done) {
        return std::unexpected(std::move(done.error()));
    }
    return sealed;
}

Result<AuditEntry> SqliteStore::entry(const std::string& writer, std::int64_t number) {
    SqliteStatement read(m_database.handle(), "SELECT text FROM audit WHERE writer_id = ? AND number = ?");
    read.bind(writer).bind(number);
    if (!read.step()) {
        return unreadable(read.error() ? read.error()->text : "entry " + std::to_string(number) + " is missing");
    }
    return parseAuditEntry(read.text(0));
}

Result<std::optional<StoredRequest>> SqliteStore::request(const std::string& requestId) {
    const std::scoped_lock lock(m_mutex);
    SqliteStatement read(m_database.handle(), "SELECT fingerprint, intent, outcome FROM requests WHERE request_id = ?");
    read.bind(requestId);
    if (!read.step()) {
        return read.error() ? Result<std::optional<StoredRequest>>(unreadable(read.error()->text)) : std::nullopt;
    }
    StoredRequest stored;
    stored.fingerprint = read.text(0);
    auto intent = entry(m_writerId, read.integer(1));
    if (!intent) {
        return std::unexpected(std::move(intent.error()));
    }
    stored.intent = std::move(*intent);
    if (!read.isNull(2)) {
        auto outcome = entry(m_writerId, read.integer(2));
        if (!outcome) {
            return std::unexpected(std::move(outcome.error()));
        }
        stored.result = outcome->result;
    }
    return stored;
}

Result<std::vector<AuditEntry>> SqliteStore::openIntents() {
    const std::scoped_lock lock(m_mutex);
    std::vector<AuditEntry> open;
    SqliteStatement read(m_database.handle(), "SELECT intent FROM requests WHERE outcome IS NULL ORDER BY intent");
    while (read.step()) {
        auto intent = entry(m_writerId, read.integer(0));
        if (!intent) {
            return std::unexpected(std::move(intent.error()));
        }
        open.push_back(std::move(*intent));
    }
    return read.error() ? Result<std::vector<AuditEntry>>(unreadable(read.error()->text)) : open;
}

Result<std::vector<SealedEntry>> SqliteStore::entries(const std::string& writer, std::int64_t after,
                                                      std::int64_t limit) {
    const std::scoped_lock lock(m_mutex);
    std::vector<SealedEntry> result;
    SqliteStatement read(m_database.handle(),
                         "SELECT number, text, digest FROM audit WHERE writer_id = ? AND number > ? "
                         "ORDER BY number LIMIT ?");
    read.bind(writer).bind(after).bind(limit);
    while (read.step()) {
        SealedEntry sealed;
        sealed.text = read.text(1);
        sealed.digest = read.text(2);
        // A text that is no entry stays with its number and fails the verification, which names it.
        sealed.entry = parseAuditEntry(sealed.text).value_or(AuditEntry{});
        if (sealed.entry.number != read.integer(0)) {
            sealed.entry.number = read.integer(0);
            sealed.digest.clear();
        }
        result.push_back(std::move(sealed));
    }
    return read.error() ? Result<std::vector<SealedEntry>>(unreadable(read.error()->text)) : result;
}

Result<std::vector<ChainHead>> SqliteStore::heads() {
    const std::scoped_lock lock(m_mutex);
    std::vector<std::string> writers{m_writerId};
    SqliteStatement read(m_database.handle(), "SELECT DISTINCT writer_id FROM audit WHERE writer_id <> ? ORDER BY 1");
    read.bind(m_writerId);
    while (read.step()) {
        writers.push_back(read.text(0));
    }
    if (read.error()) {
        return unreadable(read.error()->text);
    }
    std::vector<ChainHead> result;
    for (const auto& writer : writers) {
        auto head = headOfWriter(writer);
        if (!head) {
            return std::unexpected(std::move(head.error()));
        }
        result.push_back(std::move(*head));
    }
    return result;
}

Result<void> SqliteStore::probe(UtcTime now) {
    const std::scoped_lock lock(m_mutex);
    // A table beside those of the format, of one row: a control that does not know it leaves it alone.
    if (auto made = m_database.execute("CREATE TABLE IF NOT EXISTS pulse (id INTEGER PRIMARY KEY, at_ms INTEGER)");
        !made) {
        return made;
    }
    return SqliteStatement(m_database.handle(), "INSERT OR REPLACE INTO pulse VALUES (1, ?)")
        .bind(millisecondsOf(now))
        .run();
}

Result<void> SqliteStore::importEntries(std::span<const SealedEntry> entries, UtcTime now) {
    if (entries.empty()) {
        return {};
    }
    const std::scoped_lock lock(m_mutex);
    SqliteTransaction transaction(m_database);
    if (!transaction.begun()) {
        return transaction.begun();
    }
    for (const auto& sealed : entries) {
        if (auto inserted = insert(sealed); !inserted) {
            return inserted;
        }
    }
    const auto head = headOf(entries.back());
    AuditEntry link;
    link.at = now;
    link.operatorName = "control";
    link.phase = AuditPhase::Outcome;
    link.action = "import_audit";
    link.parameters = {{"writer", head.writerId}, {"number", head.number}, {"digest", head.digest}};
    link.reason = "Break-glass acted while control was away";
    link.result = AuditResult{Verdict::Applied, {}, {}, {}};
    if (auto linked = append(std::move(link)); !linked) {
        return std::unexpected(std::move(linked.error()));
    }
    return transaction.commit();
}

} // namespace binnacle::control
