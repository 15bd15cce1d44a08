// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/sqlite_database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace binnacle {
namespace {

Error errorOf(sqlite3* database, int code) {
    const std::string text = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    return {(code & 0xff) == SQLITE_CONSTRAINT ? ErrorCode::Conflict : ErrorCode::Io, text};
}

} // namespace

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view sql)
    : m_database(database) {
    keep(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &m_statement, nullptr));
}

SqliteStatement::~SqliteStatement() {
    sqlite3_finalize(m_statement);
}

void SqliteStatement::keep(int code) {
    if (code != SQLITE_OK && !m_error) {
        m_error = errorOf(m_database, code);
    }
}

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
    keep(sqlite3_bind_int64(m_statement, ++m_bound, value));
    return *this;
}

SqliteStatement& SqliteStatement::bind(std::string_view value) {
    keep(sqlite3_bind_text(m_statement, ++m_bound, value.data() == nullptr ? "" : value.data(),
                           static_cast<int>(value.size()), SQLITE_TRANSIENT));
    return *this;
}

SqliteStatement& SqliteStatement::bind(std::span<const std::byte> blob) {
    keep(sqlite3_bind_blob64(m_statement, ++m_bound, blob.empty() ? static_cast<const void*>("") : blob.data(),
                             blob.size(), SQLITE_TRANSIENT));
    return *this;
}

void SqliteStatement::reset() {
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_bound = 0;
    m_error.reset();
}

SqliteStatement& SqliteStatement::bindNull() {
    keep(sqlite3_bind_null(m_statement, ++m_bound));
    return *this;
}

bool SqliteStatement::step() {
    if (m_error) {
        return false;
    }
    const int code = sqlite3_step(m_statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        keep(code);
    }
    return code == SQLITE_ROW;
}

Result<void> SqliteStatement::run() {
    while (step()) {
    }
    return m_error ? Result<void>(std::unexpected(*m_error)) : Result<void>{};
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

std::string SqliteStatement::text(int column) const {
    const auto* bytes = sqlite3_column_text(m_statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return bytes == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(bytes), size);
}

std::span<const std::byte> SqliteStatement::blob(int column) const {
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(m_statement, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return bytes == nullptr ? std::span<const std::byte>() : std::span(bytes, size);
}

bool SqliteStatement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

void SqliteDatabase::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Result<SqliteDatabase> SqliteDatabase::open(const std::filesystem::path& file, Durability durability) {
    // Made by us first, so that it is nobody else's to read from its first byte on.
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0) {
        ::close(fd);
    }
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    SqliteDatabase database(raw);
    if (code != SQLITE_OK) {
        return fail(ErrorCode::Io, file.string() + ": " + errorOf(raw, code).text);
    }
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, 2000);
    const char* const sync =
        durability == Durability::Machine ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
    for (const char* pragma :
         {"PRAGMA journal_mode=WAL", sync, "PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF"}) {
        if (auto set = database.execute(pragma); !set) {
            return fail(ErrorCode::Io, file.string() + ": " + set.error().text);
        }
    }
    return database;
}

Result<SqliteDatabase> SqliteDatabase::openForeign(const std::filesystem::path& file, int maxValueBytes) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        return fail(ErrorCode::NotFound, file.string() + ": " + (error ? error.message() : "no such file"));
    }
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    SqliteDatabase database(raw);
    if (code != SQLITE_OK) {
        return fail(ErrorCode::Io, file.string() + ": " + errorOf(raw, code).text);
    }
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, 2000);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_limit(raw, SQLITE_LIMIT_LENGTH, maxValueBytes);
    sqlite3_limit(raw, SQLITE_LIMIT_SQL_LENGTH, 10000);
    sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);
    for (const char* pragma : {"PRAGMA query_only=ON", "PRAGMA cell_size_check=ON", "PRAGMA mmap_size=0"}) {
        if (auto set = database.execute(pragma); !set) {
            return fail(ErrorCode::Io, file.string() + ": " + set.error().text);
        }
    }
    return database;
}

Result<void> SqliteDatabase::execute(const char* sql) {
    const int code = sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>{} : std::unexpected(errorOf(m_database.get(), code));
}

std::int64_t SqliteDatabase::changes() const {
    return sqlite3_changes64(m_database.get());
}

SqliteTransaction::SqliteTransaction(SqliteDatabase& database)
    : m_database(database)
    , m_begun(database.execute("BEGIN IMMEDIATE"))
    , m_open(m_begun.has_value()) {}

SqliteTransaction::~SqliteTransaction() {
    if (m_open) {
        // A full disk may have rolled it back already; then this says so and changes nothing.
        [[maybe_unused]] const auto result = m_database.execute("ROLLBACK");
    }
}

Result<void> SqliteTransaction::commit() {
    auto done = m_database.execute("COMMIT");
    m_open = !done;
    return done;
}

} // namespace binnacle
