// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/sqlite_database.h"
#include "backend/domain/time.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace binnacle {

// A recording is one SQLite file. `chunk` holds a minute of one source, packed; `recent` the events of the minutes
// that are still going on, a row per source and commit, unpacked; `run` the recorders that wrote it, because steady
// time means something within one start of a machine only.

inline constexpr std::int64_t kRecordingApplication = 0x424e5243; ///< "BNRC", in the file's header
inline constexpr std::int64_t kRecordingFormat = 1;

/// Makes the tables in a new file; Conflict when the file is of a newer format, Protocol when it is something else.
[[nodiscard]] Result<void> prepareRecording(SqliteDatabase& database);
/// The same question, of a file that is only read.
[[nodiscard]] Result<void> checkRecording(SqliteDatabase& database);

/// The first number of a statement's first row.
[[nodiscard]] Result<std::int64_t> pragmaValue(SqliteDatabase& database, const char* sql);

/// The minute of UTC that holds `time`: what chunks are kept by.
[[nodiscard]] std::int64_t minuteOf(UtcTime time);

/// Names this start of this machine; empty where the system does not tell.
[[nodiscard]] std::string currentBootId();
/// What UTC is ahead of the steady clock of this machine, in nanoseconds.
[[nodiscard]] std::int64_t currentUtcOffsetNs();

/// Bytes on disk, the write-ahead log included.
[[nodiscard]] std::uint64_t recordingBytes(const std::filesystem::path& file);

} // namespace binnacle
