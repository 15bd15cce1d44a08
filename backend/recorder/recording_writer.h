// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/sqlite_database.h"
#include "backend/recorder/chunk_bytes.h"
#include "backend/recorder/chunk_encoder.h"
#include "backend/recorder/recorded_event.h"
#include "backend/recorder/secret_guard.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// What a recording keeps at most; what is older, or beyond, is dropped, the oldest first.
struct RecordingLimits {
    /// By the steady clock where that tells it, so that a step of UTC neither drops a day nor keeps it for good. What
    /// was written before the machine started is as old as UTC says once that has gone evenly for this long.
    std::chrono::seconds age = std::chrono::hours(24);
    std::uint64_t bytes = 200'000'000; ///< on disk, the write-ahead log included
};

/// Which clock the steady times of a recorder's events are of.
struct RecordingRun {
    std::string boot;             ///< start of the machine: equal ones share a steady clock
    std::int64_t utcOffsetNs = 0; ///< what UTC was ahead of it when the recorder began
};

/// Writes events into a recording: append() as they come, commit() about once a second. What was committed outlives
/// the process, whatever ends it. One thread.
class RecordingWriter {
public:
    /// Opens or makes the file (0600) and takes it for itself: Conflict while another recorder has it.
    [[nodiscard]] static Result<std::unique_ptr<RecordingWriter>> open(const std::filesystem::path& file,
                                                                       RecordingLimits limits, RecordingRun run);
    ~RecordingWriter();
    RecordingWriter(const RecordingWriter&) = delete;
    RecordingWriter& operator=(const RecordingWriter&) = delete;

    /// Takes an event in. One that is beyond what a recording holds is left out, and the error says so.
    [[nodiscard]] Result<void> append(const RecordedEvent& event);
    /// Writes what was appended since the last time, folds the minutes that are over, and drops what is beyond the
    /// limits. After an error (a full disk) what was not written is lost and the next event is written whole, so that
    /// the recording goes on with a gap as soon as there is room. Success shows in the file's time, also when there was
    /// nothing to write.
    [[nodiscard]] Result<void> commit();
    /// Commits, folds everything, and makes the recording one file that needs nothing beside it. Nothing is written
    /// after that.
    [[nodiscard]] Result<void> finish();

private:
    /// A chunk that is being written.
    struct Part {
        std::int64_t run;
        std::int64_t number;
        std::int64_t minute;
        ChunkEncoder encoder;
        std::vector<std::byte> unsaved;
        std::int64_t firstNs = 0;
        std::int64_t lastNs = 0;
        std::int64_t unsavedEvents = 0;
    };
    RecordingWriter(SqliteDatabase database, int lock, RecordingLimits limits);

    /// The newest event by the steady clock: the only one that cannot be set.
    struct Newest {
        SteadyTime at;
        std::int64_t utcNs = 0;
    };

    [[nodiscard]] Result<void> begin(const RecordingRun& run);
    void noteTime(const RecordedEvent& event);
    [[nodiscard]] Result<void> saveRuns();
    void beginRun(std::int64_t number, std::int64_t utcOffsetNs);
    void endParts(std::int64_t minute);
    [[nodiscard]] Result<void> save();
    [[nodiscard]] Result<void> savePart(const std::string& source, Part& part);
    [[nodiscard]] Result<std::int64_t> sourceNumber(const std::string& source);
    [[nodiscard]] Result<void> fold(std::int64_t run, std::int64_t part);
    [[nodiscard]] Result<void> foldLeftOvers();
    [[nodiscard]] Result<void> drop();
    [[nodiscard]] Result<void> dropOld();
    [[nodiscard]] Result<void> dropTooMuch();
    [[nodiscard]] Result<std::int64_t> usedBytes();
    void startOver();

    int m_lock; // closed after the database: closing it earlier would end SQLite's own locks on the file
    SqliteDatabase m_database;
    RecordingLimits m_limits;
    ChunkPacker m_packer;
    SecretGuard m_guard;
    std::int64_t m_run = 0;
    std::string m_boot;
    std::int64_t m_utcOffsetNs = 0;                               // of this run
    std::vector<std::pair<std::int64_t, std::int64_t>> m_newRuns; // number and offset of those that are not saved yet
    // What UTC is taken to be ahead for runs of other starts of the machine, whose steady clock is not ours.
    std::int64_t m_believedOffsetNs = 0;
    std::optional<SteadyTime> m_evenSince; // since when UTC was not set
    std::int64_t m_nextPart = 1;
    std::optional<std::int64_t> m_keptMinute; // of the steady clock, at the last look at the limits
    std::optional<Newest> m_newest;
    std::map<std::string, std::int64_t> m_sources;
    std::map<std::string, Part> m_parts;               // one for each source
    std::vector<std::pair<std::string, Part>> m_ended; // of minutes that are over, to be saved and folded
};

} // namespace binnacle
