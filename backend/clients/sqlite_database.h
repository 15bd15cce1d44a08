// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace binnacle {

/// One prepared statement in use: bind, step, read. Errors are kept and told by the end.
class SqliteStatement {
public:
    SqliteStatement(sqlite3* database, std::string_view sql);
    ~SqliteStatement();
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    SqliteStatement& bind(std::int64_t value);
    SqliteStatement& bind(std::string_view value);
    SqliteStatement& bind(std::span<const std::byte> blob);
    SqliteStatement& bindNull();
    /// Forgets what was bound and begins anew, for the next run of the same statement.
    void reset();
    template <typename T>
    SqliteStatement& bind(const std::optional<T>& value) {
        return value ? bind(*value) : bindNull();
    }

    /// The next row. False at the end and after an error; error() tells them apart.
    [[nodiscard]] bool step();
    /// Runs a statement that gives no rows.
    [[nodiscard]] Result<void> run();
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    /// Bytes of a column, valid until the next step.
    [[nodiscard]] std::span<const std::byte> blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    void keep(int code);

    sqlite3* m_database;
    sqlite3_stmt* m_statement = nullptr;
    int m_bound = 0;
    std::optional<Error> m_error;
};

/// What a commit waits for. With Process, the end of the process loses nothing, the end of the machine the last
/// commits; neither loses the file.
enum class Durability { Machine, Process };

/// A SQLite file with write-ahead log. One thread at a time.
class SqliteDatabase {
public:
    /// Opens or makes the file, with mode 0600.
    [[nodiscard]] static Result<SqliteDatabase> open(const std::filesystem::path& file,
                                                     Durability durability = Durability::Machine);
    /// Opens a file of foreign origin to read it: nothing that its schema holds is run or trusted, and no value may be
    /// longer than `maxValueBytes`.
    [[nodiscard]] static Result<SqliteDatabase> openForeign(const std::filesystem::path& file, int maxValueBytes);

    [[nodiscard]] Result<void> execute(const char* sql);
    /// Closes the file; nothing may be asked of it after that.
    void close() { m_database.reset(); }
    [[nodiscard]] sqlite3* handle() const { return m_database.get(); }
    /// Rows that the last statement changed.
    [[nodiscard]] std::int64_t changes() const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    explicit SqliteDatabase(sqlite3* database)
        : m_database(database) {}
    std::unique_ptr<sqlite3, Close> m_database;
};

/// All or nothing: rolled back unless committed.
class SqliteTransaction {
public:
    explicit SqliteTransaction(SqliteDatabase& database);
    ~SqliteTransaction();
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;

    [[nodiscard]] const Result<void>& begun() const { return m_begun; }
    [[nodiscard]] Result<void> commit();

private:
    SqliteDatabase& m_database;
    Result<void> m_begun;
    bool m_open = false;
};

} // namespace binnacle
