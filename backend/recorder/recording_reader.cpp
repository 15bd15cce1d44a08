// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/recording_reader.h"

#include "backend/coding/chunk_limits.h"
#include "backend/recorder/chunk_decoder.h"
#include "backend/recorder/chunk_format.h"
#include "backend/recorder/recording_file.h"

#include <algorithm>

namespace binnacle {

namespace {

using std::chrono::nanoseconds;

constexpr std::int64_t kFarthestOffsetNs = std::int64_t{1} << 61U; // sums with any steady time stay in range

/// Moves every steady time of an event by the same distance.
void move(RecordedEvent& event, nanoseconds by) {
    if (by.count() == 0) {
        return;
    }
    event.at += by;
    if (!event.update) {
        return;
    }
    auto& update = *event.update;
    update.startedAt += by;
    if (update.failure) {
        update.failure->at += by;
        update.failure->nextTryAt += by;
    }
    if (!update.snapshot) {
        return;
    }
    auto snapshot = std::make_shared<Snapshot>(*update.snapshot);
    snapshot->header.steadyAt += by;
    for (auto& table : snapshot->tables) {
        auto moved = std::make_shared<SnapshotTable>(*table);
        moved->readAt += by;
        table = std::move(moved);
    }
    update.snapshot = std::move(snapshot);
}

UtcTime utcFromNs(std::int64_t ns) {
    return UtcTime(nanoseconds(std::clamp<std::int64_t>(ns, 0, kLatestUtcNs)));
}

Result<void> decodeInto(std::span<const std::byte> bytes, std::vector<RecordedEvent>& events) {
    ChunkDecoder decoder(bytes);
    for (;;) {
        auto event = decoder.next();
        if (!event) {
            return std::unexpected(std::move(event.error()));
        }
        if (!*event) {
            return {};
        }
        events.push_back(std::move(**event));
    }
}

} // namespace

RecordingReader::RecordingReader(SqliteDatabase database, std::filesystem::path file)
    : m_database(std::move(database))
    , m_file(std::move(file)) {}

Result<RecordingReader> RecordingReader::open(const std::filesystem::path& file) {
    auto database = SqliteDatabase::openForeign(file, static_cast<int>(kMaxPackedBytes));
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    RecordingReader reader(std::move(*database), file);
    auto checked = checkRecording(reader.m_database);
    if (checked) {
        checked = reader.readRuns();
    }
    if (!checked) {
        return fail(checked.error().code, file.string() + ": " + checked.error().text);
    }
    if (!reader.m_runs.empty()) {
        reader.m_timeline = reader.m_runs.rbegin()->second;
    }
    return reader;
}

Result<void> RecordingReader::readRuns() {
    SqliteStatement select(m_database.handle(), "SELECT id, boot, utc_offset FROM run ORDER BY id DESC LIMIT 10000");
    while (select.step()) {
        const auto offset = std::clamp(select.integer(2), -kFarthestOffsetNs, kFarthestOffsetNs);
        m_runs.insert_or_assign(select.integer(0), RecordingRun{select.text(1), offset});
    }
    return select.error() ? Result<void>(std::unexpected(*select.error())) : Result<void>{};
}

const RecordingRun& RecordingReader::runOf(std::int64_t number) {
    if (!m_runs.contains(number)) {
        // A recorder that began after this file was opened.
        [[maybe_unused]] const auto read = readRuns();
    }
    return m_runs[number];
}

Result<RecordingInfo> RecordingReader::info() {
    RecordingInfo info;
    info.bytes = recordingBytes(m_file);
    SqliteStatement sums(m_database.handle(),
                         "SELECT min(first), max(last), sum(events) FROM (SELECT first, last, events FROM chunk UNION "
                         "ALL SELECT first, last, events FROM recent)");
    if (sums.step() && !sums.isNull(0)) {
        info.from = utcFromNs(sums.integer(0));
        info.to = utcFromNs(sums.integer(1));
        info.snapshots = static_cast<std::uint64_t>(std::max<std::int64_t>(0, sums.integer(2)));
    }
    SqliteStatement names(m_database.handle(),
                          "SELECT name FROM source WHERE id IN (SELECT source FROM chunk UNION SELECT source FROM "
                          "recent) ORDER BY name LIMIT 10000");
    while (names.step()) {
        info.sources.push_back(names.text(0));
    }
    for (const auto* const statement : {&sums, &names}) {
        if (statement->error()) {
            return fail(ErrorCode::Protocol, m_file.string() + ": " + statement->error()->text);
        }
    }
    return info;
}

SteadyTime RecordingReader::steadyOf(UtcTime time) const {
    return SteadyTime(nanoseconds(addNs(nsOf(time), -m_timeline.utcOffsetNs)));
}

UtcTime RecordingReader::utcOf(SteadyTime time) const {
    return UtcTime(nanoseconds(addNs(nsOf(time), m_timeline.utcOffsetNs)));
}

Result<std::optional<std::int64_t>> RecordingReader::nextMinute(std::int64_t minute) {
    SqliteStatement select(m_database.handle(),
                           "SELECT min(minute) FROM (SELECT min(minute) AS minute FROM chunk WHERE minute >= ?1 UNION "
                           "ALL SELECT min(minute) FROM recent WHERE minute >= ?1)");
    select.bind(minute);
    if (!select.step()) {
        return std::unexpected(select.error().value_or(Error{ErrorCode::Protocol, "no minutes"}));
    }
    return select.isNull(0) ? std::nullopt : std::optional(select.integer(0));
}

Result<void> RecordingReader::readChunks(std::int64_t minute, std::map<std::int64_t, RunEvents>& into) {
    SqliteStatement select(m_database.handle(), "SELECT run, body FROM chunk WHERE minute = ? ORDER BY id");
    select.bind(minute);
    while (select.step()) {
        const auto bytes = unpackChunk(select.blob(1));
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        const auto run = select.integer(0);
        auto& events = into[run];
        events.run = runOf(run);
        if (auto decoded = decodeInto(*bytes, events.events); !decoded) {
            return decoded;
        }
    }
    return select.error() ? Result<void>(std::unexpected(*select.error())) : Result<void>{};
}

Result<void> RecordingReader::readRecent(std::int64_t minute, std::map<std::int64_t, RunEvents>& into) {
    SqliteStatement select(m_database.handle(), "SELECT run, part, body FROM recent WHERE minute = ? ORDER BY id");
    select.bind(minute);
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::byte>> parts;
    while (select.step()) {
        auto& bytes = parts[{select.integer(0), select.integer(1)}];
        const auto body = select.blob(2);
        if (bytes.size() + body.size() > kMaxChunkBytes) {
            return fail(ErrorCode::Protocol, "a minute of the recording is larger than any that is written");
        }
        bytes.insert(bytes.end(), body.begin(), body.end());
    }
    if (select.error()) {
        return std::unexpected(*select.error());
    }
    for (const auto& [key, bytes] : parts) {
        auto& events = into[key.first];
        events.run = runOf(key.first);
        if (auto decoded = decodeInto(bytes, events.events); !decoded) {
            return decoded;
        }
    }
    return {};
}

Result<std::vector<RecordingReader::RunEvents>> RecordingReader::unmoved(std::int64_t minute) {
    // In one transaction, so that a recorder that folds this minute now is seen before it or after it.
    std::map<std::int64_t, RunEvents> runs;
    auto done = m_database.execute("BEGIN");
    if (done) {
        done = readChunks(minute, runs);
    }
    if (done) {
        done = readRecent(minute, runs);
    }
    const auto ended = m_database.execute("COMMIT");
    if (!done || !ended) {
        return fail(ErrorCode::Protocol, m_file.string() + ": " + (done ? ended : done).error().text);
    }
    std::vector<RunEvents> out;
    for (auto& [number, events] : runs) {
        std::ranges::stable_sort(events.events, {}, &RecordedEvent::at);
        out.push_back(std::move(events));
    }
    return out;
}

/// How far the steady times of that run are from the timeline's.
nanoseconds RecordingReader::offsetOf(const RecordingRun& run) const {
    const bool sameClock = !run.boot.empty() && run.boot == m_timeline.boot;
    return nanoseconds(sameClock ? 0 : run.utcOffsetNs - m_timeline.utcOffsetNs);
}

Result<std::vector<RecordedEvent>> RecordingReader::samples(std::int64_t minute,
                                                            const std::function<bool(std::string_view)>& wanted) {
    SqliteStatement select(m_database.handle(),
                           "SELECT source.name, chunk.run, chunk.body FROM chunk JOIN source ON source.id = "
                           "chunk.source WHERE chunk.minute = ? ORDER BY chunk.id");
    select.bind(minute);
    std::vector<RecordedEvent> out;
    while (select.step()) {
        if (!wanted(select.text(0))) {
            continue;
        }
        const auto bytes = unpackChunk(select.blob(2));
        if (!bytes) {
            return fail(ErrorCode::Protocol, m_file.string() + ": " + bytes.error().text);
        }
        const auto by = offsetOf(runOf(select.integer(1)));
        ChunkDecoder decoder(*bytes);
        for (bool found = false; !found;) {
            auto event = decoder.next();
            if (!event) {
                return fail(ErrorCode::Protocol, m_file.string() + ": " + event.error().text);
            }
            if (!*event) {
                break;
            }
            if ((*event)->update && (*event)->update->snapshot) {
                move(**event, by);
                out.push_back(std::move(**event));
                found = true;
            }
        }
    }
    if (select.error()) {
        return fail(ErrorCode::Protocol, m_file.string() + ": " + select.error()->text);
    }
    std::ranges::stable_sort(out, {}, &RecordedEvent::at);
    return out;
}

Result<std::vector<RecordedEvent>> RecordingReader::minute(std::int64_t minute) {
    auto runs = unmoved(minute);
    if (!runs) {
        return std::unexpected(std::move(runs.error()));
    }
    std::vector<RecordedEvent> out;
    for (auto& [run, events] : *runs) {
        const auto by = offsetOf(run);
        for (auto& event : events) {
            move(event, by);
            out.push_back(std::move(event));
        }
    }
    std::ranges::stable_sort(out, {}, &RecordedEvent::at);
    return out;
}

Result<std::vector<RecordedEvent>> RecordingReader::at(UtcTime time) {
    std::map<std::string, RecordedEvent> last;
    const auto now = minuteOf(time);
    for (const auto minute : {now - 1, now}) {
        auto events = this->minute(minute);
        if (!events) {
            return std::unexpected(std::move(events.error()));
        }
        for (auto& event : *events) {
            if (event.atUtc <= time && event.atUtc > time - std::chrono::minutes(1)) {
                last.insert_or_assign(event.source, std::move(event));
            }
        }
    }
    std::vector<RecordedEvent> out;
    for (auto& [source, event] : last) {
        if (event.update) {
            out.push_back(std::move(event));
        }
    }
    return out;
}

Result<void> cutRecording(RecordingReader& in, UtcTime from, UtcTime to, const std::filesystem::path& out) {
    std::error_code error;
    if (std::filesystem::exists(out, error)) {
        return fail(ErrorCode::Conflict, out.string() + " exists; nothing was written");
    }
    const RecordingLimits everything{std::chrono::hours(24 * 365 * 100), std::uint64_t{1} << 60U};
    std::unique_ptr<RecordingWriter> writer;
    std::string boot;
    std::int64_t offset = 0;
    for (auto minute = in.nextMinute(minuteOf(from)); minute && *minute && **minute <= minuteOf(to);
         minute = in.nextMinute(**minute + 1)) {
        auto runs = in.unmoved(**minute);
        if (!runs) {
            return std::unexpected(std::move(runs.error()));
        }
        for (auto& [run, events] : *runs) {
            std::erase_if(events, [&](const auto& event) { return event.atUtc < from || event.atUtc > to; });
            if (events.empty()) {
                continue;
            }
            if (!writer || run.boot != boot || run.utcOffsetNs != offset) {
                if (writer) {
                    if (auto done = writer->finish(); !done) {
                        return done;
                    }
                    writer.reset();
                }
                auto opened = RecordingWriter::open(out, everything, run);
                if (!opened) {
                    return std::unexpected(std::move(opened.error()));
                }
                writer = std::move(*opened);
                boot = run.boot;
                offset = run.utcOffsetNs;
            }
            for (const auto& event : events) {
                if (auto done = writer->append(event); !done) {
                    return done;
                }
            }
            if (auto done = writer->commit(); !done) {
                return done;
            }
        }
    }
    if (!writer) {
        return fail(ErrorCode::NotFound, "nothing is recorded between these times");
    }
    return writer->finish();
}

} // namespace binnacle
