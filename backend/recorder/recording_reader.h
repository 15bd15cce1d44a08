// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/sqlite_database.h"
#include "backend/recorder/recorded_event.h"
#include "backend/recorder/recording_writer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// What a recording holds.
struct RecordingInfo {
    UtcTime from{}; ///< its first event, and its last one
    UtcTime to{};
    std::uint64_t snapshots = 0;
    std::vector<std::string> sources; ///< in the order of their names
    std::uint64_t bytes = 0;          ///< on disk
};

/// Reads a recording of any origin, also while it is being written. Opened read-only, and nothing in it is trusted:
/// what is damaged is an error with a sentence. One thread.
class RecordingReader {
public:
    [[nodiscard]] static Result<RecordingReader> open(const std::filesystem::path& file);

    [[nodiscard]] Result<RecordingInfo> info();
    /// The last run of a recorder in the file, whose steady clock is the timeline unless another is set.
    [[nodiscard]] const RecordingRun& lastRun() const { return m_timeline; }
    /// Steady times of events are moved to this clock: left alone when they are of the same start of the machine,
    /// moved by UTC when not.
    void setTimeline(RecordingRun timeline) { m_timeline = std::move(timeline); }
    [[nodiscard]] SteadyTime steadyOf(UtcTime time) const;
    [[nodiscard]] UtcTime utcOf(SteadyTime time) const;

    /// All events of one minute of UTC, in the order of their steady times. Chunks that are damaged are an error.
    [[nodiscard]] Result<std::vector<RecordedEvent>> minute(std::int64_t minute);
    /// The first snapshot in that minute of each source that is wanted: all it takes for what is cumulative, and far
    /// less work. Only of minutes that are over; steady times are moved.
    [[nodiscard]] Result<std::vector<RecordedEvent>> samples(std::int64_t minute,
                                                             const std::function<bool(std::string_view)>& wanted);
    /// The first minute at or after that one which has events; absent after the last.
    [[nodiscard]] Result<std::optional<std::int64_t>> nextMinute(std::int64_t minute);
    /// What each source had said last at `time`, of those that said something in the minute before.
    [[nodiscard]] Result<std::vector<RecordedEvent>> at(UtcTime time);
    /// Events of one minute as they were recorded, with the run that recorded them, and steady times not moved.
    struct RunEvents {
        RecordingRun run;
        std::vector<RecordedEvent> events;
    };
    [[nodiscard]] Result<std::vector<RunEvents>> unmoved(std::int64_t minute);

private:
    explicit RecordingReader(SqliteDatabase database, std::filesystem::path file);
    [[nodiscard]] Result<void> readRuns();
    [[nodiscard]] Result<void> readChunks(std::int64_t minute, std::map<std::int64_t, RunEvents>& into);
    [[nodiscard]] Result<void> readRecent(std::int64_t minute, std::map<std::int64_t, RunEvents>& into);
    [[nodiscard]] const RecordingRun& runOf(std::int64_t number);
    [[nodiscard]] std::chrono::nanoseconds offsetOf(const RecordingRun& run) const;

    SqliteDatabase m_database;
    std::filesystem::path m_file;
    std::map<std::int64_t, RecordingRun> m_runs;
    RecordingRun m_timeline;
};

/// Writes what a recording holds of [from, to] into a new file, which needs nothing beside it. Conflict when `out`
/// exists, NotFound when nothing is recorded then.
[[nodiscard]] Result<void> cutRecording(RecordingReader& in, UtcTime from, UtcTime to,
                                        const std::filesystem::path& out);

} // namespace binnacle
