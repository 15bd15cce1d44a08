// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/recording_file.h"

#include "backend/recorder/chunk_format.h"

#include <fstream>

namespace binnacle {

namespace {

constexpr const char* kSchema = R"(
CREATE TABLE run(id INTEGER PRIMARY KEY, boot TEXT NOT NULL, utc_offset INTEGER NOT NULL);
CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE chunk(id INTEGER PRIMARY KEY, run INTEGER NOT NULL, source INTEGER NOT NULL, minute INTEGER NOT NULL,
                   first INTEGER NOT NULL, last INTEGER NOT NULL, events INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX chunk_minute ON chunk(minute);
CREATE TABLE recent(id INTEGER PRIMARY KEY, part INTEGER NOT NULL, run INTEGER NOT NULL, source INTEGER NOT NULL,
                    minute INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, events INTEGER NOT NULL,
                    body BLOB NOT NULL);
)";

} // namespace

Result<std::int64_t> pragmaValue(SqliteDatabase& database, const char* sql) {
    SqliteStatement statement(database.handle(), sql);
    if (!statement.step()) {
        return std::unexpected(statement.error().value_or(Error{ErrorCode::Io, "no answer"}));
    }
    return statement.integer(0);
}

Result<void> checkRecording(SqliteDatabase& database) {
    const auto application = pragmaValue(database, "PRAGMA application_id");
    const auto format = pragmaValue(database, "PRAGMA user_version");
    if (!application || !format) {
        return fail(ErrorCode::Protocol, "not a recording: " + (application ? format : application).error().text);
    }
    if (*application != kRecordingApplication) {
        return fail(ErrorCode::Protocol, "not a recording");
    }
    if (*format > kRecordingFormat) {
        return fail(ErrorCode::Conflict, "a recording of a newer version (format " + std::to_string(*format) + ")");
    }
    return {};
}

Result<void> prepareRecording(SqliteDatabase& database) {
    const auto schema = pragmaValue(database, "SELECT count(*) FROM sqlite_schema");
    if (!schema) {
        return fail(ErrorCode::Protocol, "not a recording: " + schema.error().text);
    }
    if (*schema > 0) {
        return checkRecording(database);
    }
    // The space of dropped chunks is given back, so that a lower limit takes effect on a file that exists.
    for (const char* const sql :
         {"PRAGMA journal_mode=DELETE", "PRAGMA auto_vacuum=INCREMENTAL", "VACUUM", "PRAGMA journal_mode=WAL"}) {
        if (auto done = database.execute(sql); !done) {
            return done;
        }
    }
    SqliteTransaction transaction(database);
    if (!transaction.begun()) {
        return transaction.begun();
    }
    const auto marks = "PRAGMA application_id=" + std::to_string(kRecordingApplication) +
                       "; PRAGMA user_version=" + std::to_string(kRecordingFormat);
    for (const char* const sql : {kSchema, marks.c_str()}) {
        if (auto done = database.execute(sql); !done) {
            return done;
        }
    }
    return transaction.commit();
}

std::int64_t minuteOf(UtcTime time) {
    return std::chrono::floor<std::chrono::minutes>(time.time_since_epoch()).count();
}

std::string currentBootId() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

std::int64_t currentUtcOffsetNs() {
    return nsOf(std::chrono::system_clock::now()) - nsOf(std::chrono::steady_clock::now());
}

std::uint64_t recordingBytes(const std::filesystem::path& file) {
    std::uint64_t bytes = 0;
    for (const char* const suffix : {"", "-wal"}) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file.string() + suffix, error);
        bytes += error ? 0 : size;
    }
    return bytes;
}

} // namespace binnacle
