// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/recording_writer.h"

#include "backend/coding/chunk_limits.h"
#include "backend/recorder/chunk_format.h"
#include "backend/recorder/recording_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace binnacle {

namespace {

// Room within the limit for the write-ahead log, which SQLite takes back at 500 pages, and for what comes in until
// the limits are looked at again.
constexpr std::uint64_t kReserve = 8'000'000;
constexpr std::uint64_t kSpare = kReserve / 4;

// Far more than a clock is slewed by in a day, and less than matters to a limit of a minute.
constexpr std::chrono::nanoseconds kSet = std::chrono::minutes(1);
constexpr std::int64_t kFarthest = std::int64_t{1} << 61U; // differences of two stay in range

std::string describe(const std::filesystem::path& file, const std::string& text) {
    return file.string() + ": " + text;
}

} // namespace

RecordingWriter::RecordingWriter(SqliteDatabase database, int lock, RecordingLimits limits)
    : m_lock(lock)
    , m_database(std::move(database))
    , m_limits(limits) {}

RecordingWriter::~RecordingWriter() {
    m_database.close();
    ::close(m_lock);
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::open(const std::filesystem::path& file,
                                                               RecordingLimits limits, RecordingRun run) {
    const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) {
        return fail(errno == EACCES || errno == EPERM ? ErrorCode::Denied : ErrorCode::Io,
                    describe(file, std::strerror(errno)));
    }
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(lock);
        return reason == EWOULDBLOCK ? fail(ErrorCode::Conflict, describe(file, "another recorder writes to it"))
                                     : fail(ErrorCode::Io, describe(file, std::strerror(reason)));
    }
    auto database = SqliteDatabase::open(file, Durability::Process);
    if (!database) {
        ::close(lock);
        return std::unexpected(std::move(database.error()));
    }
    auto writer = std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(*database), lock, limits));
    if (auto begun = writer->begin(run); !begun) {
        return fail(begun.error().code, describe(file, begun.error().text));
    }
    return writer;
}

Result<void> RecordingWriter::begin(const RecordingRun& run) {
    if (auto prepared = prepareRecording(m_database); !prepared) {
        return prepared;
    }
    // The log is cut after each checkpoint, and 2 MB of pages are all that this needs to know at a time.
    for (const char* const sql :
         {"PRAGMA wal_autocheckpoint=500", "PRAGMA journal_size_limit=2100000", "PRAGMA cache_size=-2000"}) {
        if (auto done = m_database.execute(sql); !done) {
            return done;
        }
    }
    SqliteTransaction transaction(m_database);
    if (!transaction.begun()) {
        return transaction.begun();
    }
    if (auto folded = foldLeftOvers(); !folded) {
        return folded;
    }
    m_boot = run.boot;
    // Of all that the clock of this start of the machine has said, what makes the others youngest.
    SqliteStatement known(m_database.handle(),
                          "SELECT coalesce(max(id), 0) + 1, coalesce(min(utc_offset) FILTER (WHERE "
                          "boot = ?), ?) FROM run");
    if (!known.bind(m_boot).bind(run.utcOffsetNs).step()) {
        return std::unexpected(known.error().value_or(Error{ErrorCode::Io, "no run"}));
    }
    m_believedOffsetNs = known.integer(1);
    beginRun(known.integer(0), std::clamp(run.utcOffsetNs, -kFarthest, kFarthest));
    if (auto saved = saveRuns(); !saved) {
        return saved;
    }
    if (auto done = transaction.commit(); !done) {
        return done;
    }
    m_newRuns.clear();
    return {};
}

void RecordingWriter::beginRun(std::int64_t number, std::int64_t utcOffsetNs) {
    m_run = number;
    m_utcOffsetNs = utcOffsetNs;
    m_believedOffsetNs = std::min(m_believedOffsetNs, utcOffsetNs);
    m_newRuns.emplace_back(number, utcOffsetNs);
}

Result<void> RecordingWriter::saveRuns() {
    for (const auto& [number, offset] : m_newRuns) {
        SqliteStatement insert(m_database.handle(), "INSERT INTO run(id, boot, utc_offset) VALUES(?, ?, ?)");
        if (auto done = insert.bind(number).bind(m_boot).bind(offset).run(); !done) {
            return done;
        }
    }
    return {};
}

Result<void> RecordingWriter::append(const RecordedEvent& event) {
    noteTime(event);
    const auto minute = minuteOf(event.atUtc);
    auto it = m_parts.find(event.source);
    if (it != m_parts.end() && (it->second.minute != minute || it->second.encoder.full())) {
        m_ended.emplace_back(event.source, std::move(it->second));
        m_parts.erase(it);
        it = m_parts.end();
    }
    if (it == m_parts.end()) {
        it = m_parts.emplace(event.source, Part{m_run, m_nextPart++, minute, ChunkEncoder(event.source), {}}).first;
    }
    auto& part = it->second;
    auto bytes = part.encoder.append(m_guard.guarded(event));
    if (!bytes) {
        // The encoder may know half of it: what follows begins a chunk of its own.
        m_ended.emplace_back(event.source, std::move(part));
        m_parts.erase(it);
        return std::unexpected(std::move(bytes.error()));
    }
    part.unsaved.insert(part.unsaved.end(), bytes->begin(), bytes->end());
    const auto ns = nsOf(event.atUtc);
    part.firstNs = part.unsavedEvents == 0 ? ns : std::min(part.firstNs, ns);
    part.lastNs = part.unsavedEvents == 0 ? ns : std::max(part.lastNs, ns);
    ++part.unsavedEvents;
    return {};
}

void RecordingWriter::noteTime(const RecordedEvent& event) {
    if (m_newest && event.at < m_newest->at) {
        return;
    }
    m_newest = Newest{event.at, nsOf(event.atUtc)};
    // Bounded: what is cut out of a recording may tell any time.
    const auto offset = std::clamp(addNs(m_newest->utcNs, -nsOf(event.at)), -kFarthest, kFarthest);
    if (std::abs(offset - m_utcOffsetNs) <= kSet.count()) {
        return;
    }
    // UTC was set: steady times go on and UTC does not. What follows is a run of its own, in which both agree.
    for (auto& [source, part] : m_parts) {
        m_ended.emplace_back(source, std::move(part));
    }
    m_parts.clear();
    beginRun(m_run + 1, offset);
    m_evenSince = event.at;
}

/// Ends what belongs to other minutes than that one, or the next, of which another source may have told already.
void RecordingWriter::endParts(std::int64_t minute) {
    for (auto it = m_parts.begin(); it != m_parts.end();) {
        if (it->second.minute < minute || it->second.minute > minute + 1) {
            m_ended.emplace_back(it->first, std::move(it->second));
            it = m_parts.erase(it);
        } else {
            ++it;
        }
    }
}

Result<void> RecordingWriter::commit() {
    if (m_newest) {
        // A source that went silent has an open chunk of a minute that is over.
        endParts(minuteOf(UtcTime(std::chrono::nanoseconds(m_newest->utcNs))));
    }
    auto saved = save();
    if (!saved) {
        startOver();
        return saved;
    }
    m_ended.clear();
    m_newRuns.clear();
    for (auto& [source, part] : m_parts) {
        part.unsaved.clear();
        part.unsavedEvents = 0;
    }
    ::futimens(m_lock, nullptr); // who supervises a recorder sees by the file's time that it works
    return drop();
}

void RecordingWriter::startOver() {
    m_parts.clear();
    m_ended.clear();
    m_sources.clear();    // what was numbered in the transaction that failed is not there
    m_keptMinute.reset(); // dropping may make room
}

Result<void> RecordingWriter::save() {
    SqliteTransaction transaction(m_database);
    if (!transaction.begun()) {
        return transaction.begun();
    }
    if (auto done = saveRuns(); !done) {
        return done;
    }
    for (auto& [source, part] : m_ended) {
        if (auto done = savePart(source, part); !done) {
            return done;
        }
        if (auto done = fold(part.run, part.number); !done) {
            return done;
        }
    }
    for (auto& [source, part] : m_parts) {
        if (auto done = savePart(source, part); !done) {
            return done;
        }
    }
    return transaction.commit();
}

Result<void> RecordingWriter::savePart(const std::string& source, Part& part) {
    if (part.unsavedEvents == 0) {
        return {};
    }
    const auto number = sourceNumber(source);
    if (!number) {
        return std::unexpected(number.error());
    }
    SqliteStatement insert(m_database.handle(), "INSERT INTO recent(part, run, source, minute, first, last, events, "
                                                "body) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(part.number).bind(part.run).bind(*number).bind(part.minute);
    insert.bind(part.firstNs).bind(part.lastNs).bind(part.unsavedEvents);
    insert.bind(std::span<const std::byte>(part.unsaved));
    return insert.run();
}

Result<std::int64_t> RecordingWriter::sourceNumber(const std::string& source) {
    if (const auto known = m_sources.find(source); known != m_sources.end()) {
        return known->second;
    }
    SqliteStatement insert(m_database.handle(), "INSERT INTO source(name) VALUES(?) ON CONFLICT DO NOTHING");
    if (auto done = insert.bind(source).run(); !done) {
        return std::unexpected(done.error());
    }
    SqliteStatement select(m_database.handle(), "SELECT id FROM source WHERE name = ?");
    select.bind(source);
    if (!select.step()) {
        return std::unexpected(select.error().value_or(Error{ErrorCode::Io, "no source"}));
    }
    return m_sources.emplace(source, select.integer(0)).first->second;
}

Result<void> RecordingWriter::fold(std::int64_t run, std::int64_t part) {
    SqliteStatement select(m_database.handle(),
                           "SELECT run, source, minute, first, last, events, body FROM recent WHERE part = ? AND run = "
                           "? ORDER BY id");
    select.bind(part).bind(run);
    std::vector<std::byte> bytes;
    std::int64_t source = 0;
    std::int64_t minute = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t events = 0;
    while (select.step()) {
        source = select.integer(1);
        minute = select.integer(2);
        first = events == 0 ? select.integer(3) : std::min(first, select.integer(3));
        last = events == 0 ? select.integer(4) : std::max(last, select.integer(4));
        events += select.integer(5);
        const auto body = select.blob(6);
        bytes.insert(bytes.end(), body.begin(), body.end());
    }
    if (select.error()) {
        return std::unexpected(*select.error());
    }
    if (events == 0) {
        return {};
    }
    const auto packed = m_packer.pack(bytes);
    if (!packed) {
        return std::unexpected(packed.error());
    }
    SqliteStatement insert(m_database.handle(),
                           "INSERT INTO chunk(run, source, minute, first, last, events, body) VALUES(?, ?, ?, ?, ?, ?, "
                           "?)");
    insert.bind(run).bind(source).bind(minute).bind(first).bind(last).bind(events);
    if (auto done = insert.bind(std::span<const std::byte>(*packed)).run(); !done) {
        return done;
    }
    SqliteStatement remove(m_database.handle(), "DELETE FROM recent WHERE part = ? AND run = ?");
    return remove.bind(part).bind(run).run();
}

/// What a recorder that was killed left in the middle of a minute.
Result<void> RecordingWriter::foldLeftOvers() {
    std::vector<std::pair<std::int64_t, std::int64_t>> parts;
    SqliteStatement select(m_database.handle(), "SELECT DISTINCT run, part FROM recent");
    while (select.step()) {
        parts.emplace_back(select.integer(0), select.integer(1));
    }
    if (select.error()) {
        return std::unexpected(*select.error());
    }
    for (const auto& [run, part] : parts) {
        if (auto done = fold(run, part); !done) {
            return done;
        }
    }
    return {};
}

Result<std::int64_t> RecordingWriter::usedBytes() {
    return pragmaValue(m_database, "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, "
                                   "pragma_freelist_count, pragma_page_size");
}

/// What is beyond the limits, once a minute of the clock that nobody sets.
Result<void> RecordingWriter::drop() {
    if (!m_newest) {
        return {};
    }
    const auto minute = std::chrono::floor<std::chrono::minutes>(m_newest->at.time_since_epoch()).count();
    if (m_keptMinute == minute) {
        return {};
    }
    m_keptMinute = minute;
    if (auto done = dropOld(); !done) {
        return done;
    }
    return dropTooMuch();
}

Result<void> RecordingWriter::dropOld() {
    const auto now = m_newest->at;
    const auto evenSince = m_evenSince.value_or(now);
    m_evenSince = evenSince;
    const auto ageNs = std::chrono::nanoseconds(m_limits.age).count();
    if (addNs(nsOf(now), -nsOf(evenSince)) >= ageNs) {
        m_believedOffsetNs = m_utcOffsetNs;
    }
    // A run of this start of the machine tells by its own offset how long ago its minutes were.
    const auto oldestOf = [&](std::int64_t offsetNs) {
        return minuteOf(UtcTime(std::chrono::nanoseconds(addNs(addNs(nsOf(now), offsetNs), -ageNs))));
    };
    SqliteStatement runs(m_database.handle(), "SELECT id, boot, utc_offset FROM run WHERE id IN (SELECT run FROM chunk "
                                              "WHERE minute < (SELECT ?1 + max(utc_offset) / 60000000000 FROM run))");
    runs.bind(oldestOf(0) + 1);
    std::vector<std::pair<std::int64_t, std::int64_t>> limits;
    while (runs.step()) {
        limits.emplace_back(runs.integer(0), oldestOf(runs.text(1) == m_boot ? runs.integer(2) : m_believedOffsetNs));
    }
    if (runs.error()) {
        return std::unexpected(*runs.error());
    }
    for (const auto& [run, minute] : limits) {
        SqliteStatement old(m_database.handle(), "DELETE FROM chunk WHERE minute < ? AND run = ?");
        if (auto done = old.bind(minute).bind(run).run(); !done) {
            return done;
        }
    }
    return {};
}

/// By when they were written: a minute's name says nothing of that where UTC was set back.
Result<void> RecordingWriter::dropTooMuch() {
    const auto limit = m_limits.bytes - std::min(kReserve, m_limits.bytes / 4);
    for (;;) {
        const auto used = usedBytes();
        if (!used) {
            return std::unexpected(used.error());
        }
        if (*used <= static_cast<std::int64_t>(limit)) {
            break;
        }
        SqliteStatement remove(m_database.handle(), "DELETE FROM chunk WHERE (minute, run) = (SELECT minute, run FROM "
                                                    "chunk ORDER BY id LIMIT 1)");
        if (auto done = remove.run(); !done) {
            return done;
        }
        if (m_database.changes() == 0) {
            break;
        }
    }
    // Most of the room is used again by what comes next; only more than that is given back.
    const auto free = pragmaValue(m_database, "SELECT freelist_count * page_size FROM pragma_freelist_count, "
                                              "pragma_page_size");
    if (free && *free > static_cast<std::int64_t>(kSpare)) {
        return m_database.execute("PRAGMA incremental_vacuum");
    }
    return {};
}

Result<void> RecordingWriter::finish() {
    for (auto& [source, part] : m_parts) {
        m_ended.emplace_back(source, std::move(part));
    }
    m_parts.clear();
    if (auto saved = save(); !saved) {
        startOver();
        return saved;
    }
    m_ended.clear();
    for (const char* const sql : {"PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode=DELETE"}) {
        if (auto done = m_database.execute(sql); !done) {
            return done;
        }
    }
    return {};
}

} // namespace binnacle
