// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/deadlock_report.h"
#include "backend/recorder/chunk_decoder.h"
#include "backend/recorder/recording_cursor.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_reader.h"
#include "backend/recorder/recording_writer.h"
#include "backend/sql/sql_text.h"
#include "tests/recorder/generated_stack.h"
#include "tests/support/sanitized.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <ctime>
#include <fstream>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace binnacle;
using namespace std::chrono_literals;
using binnacle::test::GeneratedStack;
namespace fs = std::filesystem;

namespace {

#define QOK(result)                                                                                                    \
    do {                                                                                                               \
        const auto& outcome = (result);                                                                                \
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().text.c_str());                                    \
    } while (false)

/// CPU time of this thread: what a busy machine does not change.
std::chrono::milliseconds cpu() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::milliseconds(time.tv_sec * 1000 + time.tv_nsec / 1'000'000);
}

RecordingRun runOf(const GeneratedStack& stack, std::string boot = "boot-1") {
    return {std::move(boot), stack.utcOffsetNs()};
}

/// Records that many seconds and gives each event to `keep`.
template <typename Keep>
void recordInto(RecordingWriter& writer, GeneratedStack& stack, int seconds, Keep keep) {
    for (int i = 0; i < seconds; ++i) {
        for (auto& event : stack.second()) {
            if (!writer.append(event)) {
                qFatal("an event was refused");
            }
            keep(std::move(event));
        }
        if (const auto done = writer.commit(); !done) {
            qFatal("%s", done.error().text.c_str());
        }
    }
}

/// Records that many seconds and returns them.
std::vector<RecordedEvent> record(RecordingWriter& writer, GeneratedStack& stack, int seconds) {
    std::vector<RecordedEvent> all;
    recordInto(writer, stack, seconds, [&](RecordedEvent&& event) { all.push_back(std::move(event)); });
    return all;
}

/// Records that many seconds: a day of them would not fit into memory.
void recordOnly(RecordingWriter& writer, GeneratedStack& stack, int seconds) {
    recordInto(writer, stack, seconds, [](RecordedEvent&&) {});
}

std::vector<RecordedEvent> everything(RecordingReader& reader) {
    std::vector<RecordedEvent> all;
    for (auto minute = reader.nextMinute(0); minute && *minute; minute = reader.nextMinute(**minute + 1)) {
        auto events = reader.minute(**minute);
        if (!events) {
            qFatal("%s", events.error().text.c_str());
        }
        for (auto& event : *events) {
            all.push_back(std::move(event));
        }
    }
    return all;
}

std::int64_t numberIn(const fs::path& file, const char* sql) {
    auto database = SqliteDatabase::openForeign(file, 1 << 20);
    const auto number = database ? pragmaValue(*database, sql) : std::unexpected(database.error());
    return number ? *number : -1;
}

std::int64_t chunksIn(const fs::path& file) {
    return numberIn(file, "SELECT count(*) FROM chunk");
}

std::int64_t snapshotsIn(const fs::path& file) {
    return numberIn(file, "SELECT (SELECT coalesce(sum(events), 0) FROM chunk) + (SELECT coalesce(sum(events), 0) FROM "
                          "recent)");
}

bool allIdentical(const std::vector<RecordedEvent>& a, const std::vector<RecordedEvent>& b) {
    return std::ranges::equal(a, b, identical);
}

std::string bytesOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

constexpr SteadyTime kReadAt(5s);
constexpr UtcTime kReadAtUtc(1'700'000'000s);

/// A row with this text wherever there is one of SQL; nothing when the table has none.
TablePtr sqlTable(const TableSpec& spec, const std::string& text) {
    std::vector<TableCell> cells(spec.columns.size());
    bool any = false;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        if (spec.columns[c].kind == ColumnKind::Sql) {
            cells[c] = text;
            any = true;
        }
    }
    auto table = std::make_shared<SnapshotTable>(spec);
    table->add(std::move(cells));
    table->readAtUtc = kReadAtUtc;
    return any ? table : nullptr;
}

/// Records them and reads them back: no literal that was planted is in any byte of the file, nor in a cell.
void recordTables(const fs::path& path, std::vector<TablePtr> tables, std::vector<TablePtr>& back) {
    Snapshot snapshot;
    snapshot.header.source = "postgres/primary";
    snapshot.header.steadyAt = kReadAt;
    snapshot.header.utcAt = kReadAtUtc;
    snapshot.tables = std::move(tables);
    snapshot.sort();
    SourceUpdate update;
    update.source = snapshot.header.source;
    update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    auto writer = RecordingWriter::open(path, {}, {});
    QOK(writer);
    QOK((*writer)->append(recordedEvent(update, {})));
    QOK((*writer)->commit());
    QVERIFY(bytesOf(path.string() + "-wal").find("planted") == std::string::npos);
    QOK((*writer)->finish());
    QVERIFY(bytesOf(path).find("planted") == std::string::npos);
    auto reader = RecordingReader::open(path);
    QOK(reader);
    const auto all = everything(*reader);
    QCOMPARE(all.size(), std::size_t{1});
    back = all[0].update->snapshot->tables;
    for (const auto& table : back) {
        for (std::size_t row = 0; row < table->rowCount(); ++row) {
            for (const auto& cell : table->row(row)) {
                const auto* const text = std::get_if<std::string>(&cell);
                QVERIFY(text == nullptr || text->find("planted") == std::string::npos);
            }
        }
    }
}

} // namespace

class TestRecording : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_files = 0;

    fs::path file() { return fs::path(m_dir.path().toStdString()) / ("r" + std::to_string(++m_files) + ".sqlite"); }

private Q_SLOTS:
    void whatWasRecordedComesBackWhileItIsBeingWrittenAndAfter() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {}, runOf(stack));
        QOK(writer);
        const auto all = record(**writer, stack, 150);
        {
            auto reader = RecordingReader::open(path);
            QOK(reader);
            QVERIFY(allIdentical(everything(*reader), all));
        }
        QOK((*writer)->finish());
        writer->reset();
        // One file, its owner's alone.
        QVERIFY(!fs::exists(path.string() + "-wal") && !fs::exists(path.string() + "-shm"));
        struct stat status {};
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        auto reader = RecordingReader::open(path);
        QOK(reader);
        QVERIFY(allIdentical(everything(*reader), all));
        const auto info = reader->info();
        QOK(info);
        QCOMPARE(info->snapshots, std::uint64_t{150 * 10});
        QCOMPARE(info->sources.size(), std::size_t{10});
        QCOMPARE(info->from, all.front().atUtc);
        QCOMPARE(info->to, all.back().atUtc);
        QCOMPARE(info->bytes, static_cast<std::uint64_t>(fs::file_size(path)));
    }

    void oneRecorderWritesAFileAtATime() {
        const auto path = file();
        const GeneratedStack stack;
        auto first = RecordingWriter::open(path, {}, runOf(stack));
        QOK(first);
        const auto second = RecordingWriter::open(path, {}, runOf(stack));
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        first->reset();
        QOK(RecordingWriter::open(path, {}, runOf(stack)));
    }

    void aRecorderThatWasKilledLosesNothingThatWasCommitted_data() {
        QTest::addColumn<int>("kills");
        const auto soak = qEnvironmentVariableIntValue("BINNACLE_SOAK_KILLS");
        QTest::newRow("kills") << (soak > 0 ? soak : 20);
    }
    void aRecorderThatWasKilledLosesNothingThatWasCommitted() {
        QFETCH(int, kills);
        fs::path path;
        GeneratedStack stack;
        std::vector<RecordedEvent> committed;
        std::minstd_rand random(11);
        for (int k = 0; k < kills; ++k) {
            if (k % 20 == 0) { // each file outlives twenty; more of it would not fit into memory
                path = file();
                committed.clear();
            }
            int acks[2];
            QCOMPARE(::pipe(acks), 0);
            const auto child = ::fork();
            if (child == 0) {
                // A recorder without pauses: it tells each commit, and is ended in the middle of a later one.
                GeneratedStack mine = stack;
                auto writer = RecordingWriter::open(path, {}, runOf(mine));
                for (int i = 0; writer && i < 100'000; ++i) {
                    for (const auto& event : mine.second()) {
                        (void)(*writer)->append(event);
                    }
                    if (!(*writer)->commit() || ::write(acks[1], "c", 1) != 1) {
                        ::_exit(1);
                    }
                }
                ::_exit(writer ? 0 : 2);
            }
            ::close(acks[1]);
            const auto wanted = 1 + random() % 90;
            unsigned told = 0;
            char ack = 0;
            while (told < wanted && ::read(acks[0], &ack, 1) == 1) {
                ++told;
            }
            QCOMPARE(told, static_cast<unsigned>(wanted));
            ::usleep(static_cast<useconds_t>(random() % 3000)); // somewhere within the next ones
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            while (::read(acks[0], &ack, 1) == 1) {
                ++told;
            }
            ::close(acks[0]);
            auto reader = RecordingReader::open(path);
            QOK(reader);
            const auto all = everything(*reader);
            // All that was told, and at most the one commit whose word did not get out any more.
            for (unsigned i = 0; i < told; ++i) {
                for (auto& event : stack.second()) {
                    committed.push_back(std::move(event));
                }
            }
            QVERIFY(all.size() >= committed.size());
            QVERIFY(all.size() <= committed.size() + 10);
            QVERIFY(std::ranges::equal(std::span(all).first(committed.size()), committed, identical));
            if (all.size() > committed.size()) {
                for (auto& event : stack.second()) {
                    committed.push_back(std::move(event));
                }
            }
        }
    }

    void anyInstantOpensIn200Ms() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {}, runOf(stack));
        QOK(writer);
        recordOnly(**writer, stack, 600);
        const auto begun = stack.utcNow() - 600s;
        for (const auto into : {30s, 119s, 300s, 599s}) {
            const auto before = cpu();
            auto reader = RecordingReader::open(path);
            QOK(reader);
            const auto events = reader->at(begun + into);
            QOK(events);
            const auto took = cpu() - before;
            QCOMPARE(events->size(), std::size_t{10});
            for (const auto& event : *events) {
                QVERIFY(event.atUtc <= begun + into && event.atUtc > begun + into - 2s);
            }
            qInfo("%lld ms CPU", static_cast<long long>(took.count()));
            QVERIFY2(took < 200ms || test::kSanitized, std::to_string(took.count()).c_str());
        }
    }

    void aDayStaysWithinItsBound() {
        // The whole day with BINNACLE_BENCH_DAY=1; else ten minutes, which must not take more than their share.
        const bool day = qEnvironmentVariableIsSet("BINNACLE_BENCH_DAY");
        const int seconds = day ? 86'400 : 600;
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {}, runOf(stack));
        QOK(writer);
        const auto before = cpu();
        recordOnly(**writer, stack, seconds);
        const auto took = cpu() - before;
        QOK((*writer)->finish());
        const double perDay = static_cast<double>(fs::file_size(path)) * 86'400 / seconds;
        qInfo("%.1f MB a day; %.2f ms CPU for each second, generating it included", perDay / 1e6,
              static_cast<double>(took.count()) / seconds);
        QVERIFY(perDay < 200e6);
    }

    void whatIsOldOrTooMuchIsDroppedOldestFirst() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {10min, 200'000'000}, runOf(stack));
        QOK(writer);
        recordOnly(**writer, stack, 900);
        {
            auto reader = RecordingReader::open(path);
            QOK(reader);
            const auto info = reader->info();
            QOK(info);
            const auto kept = std::chrono::duration_cast<std::chrono::seconds>(info->to - info->from);
            QVERIFY(kept >= 10min - 5s && kept <= 12min);
        }
        writer->reset();
        // A lower limit takes effect on what is there.
        auto smaller = RecordingWriter::open(path, {24h, 300'000}, runOf(stack));
        QOK(smaller);
        recordOnly(**smaller, stack, 240);
        QVERIFY(recordingBytes(path) < 4'500'000); // the log may take its 4 MB
        QOK((*smaller)->finish());
        QVERIFY2(fs::file_size(path) < 2'400'000, std::to_string(fs::file_size(path)).c_str());
        auto reader = RecordingReader::open(path);
        QOK(reader);
        const auto info = reader->info();
        QOK(info);
        QVERIFY(stack.utcNow() - info->to < 2s);
        QCOMPARE(info->sources.size(), std::size_t{10});
    }

    void aClockSetForwardDropsNothingAndTheAgeHoldsOn() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {4min, 200'000'000}, runOf(stack));
        QOK(writer);
        auto all = record(**writer, stack, 120);
        stack.setClock(48h);
        std::ranges::move(record(**writer, stack, 90), std::back_inserter(all));
        {
            auto reader = RecordingReader::open(path);
            QOK(reader);
            QVERIFY(allIdentical(everything(*reader), all));
            // Steady times are those of one clock, and UTC is the one that is right now.
            QCOMPARE(reader->utcOf(stack.now()), stack.utcNow());
        }
        // Another recorder of the same start of the machine knows no less.
        writer->reset();
        writer = RecordingWriter::open(path, {4min, 200'000'000}, runOf(stack));
        QOK(writer);
        recordOnly(**writer, stack, 2);
        QVERIFY(snapshotsIn(path) >= 210 * 10);
        recordOnly(**writer, stack, 4 * 60);
        QVERIFY(snapshotsIn(path) >= (4 * 60 - 5) * 10);
        QVERIFY(snapshotsIn(path) <= 6 * 60 * 10);
    }

    void aClockSetBackClosesMinutesAndKeepsBothLimits() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {4min, 200'000'000}, runOf(stack));
        QOK(writer);
        auto all = record(**writer, stack, 120);
        stack.setClock(-2h);
        std::ranges::move(record(**writer, stack, 110), std::back_inserter(all));
        // A chunk for each source and minute, and one more where the clock was set.
        QVERIFY2(chunksIn(path) <= (2 + 1 + 2 + 1) * 10, std::to_string(chunksIn(path)).c_str());
        {
            auto reader = RecordingReader::open(path);
            QOK(reader);
            auto found = everything(*reader);
            std::ranges::stable_sort(found, {}, &RecordedEvent::at);
            QVERIFY(allIdentical(found, all));
        }
        recordOnly(**writer, stack, 4 * 60);
        QVERIFY(snapshotsIn(path) >= (4 * 60 - 5) * 10);
        QVERIFY2(snapshotsIn(path) <= 6 * 60 * 10, std::to_string(snapshotsIn(path)).c_str());
        QOK((*writer)->finish());
        writer->reset();
        // Too much: what was written first goes first, whatever its UTC was.
        auto smaller = RecordingWriter::open(path, {24h, 300'000}, runOf(stack));
        QOK(smaller);
        stack.setClock(-3h);
        recordOnly(**smaller, stack, 150);
        QVERIFY(snapshotsIn(path) >= 15 * 10); // what has come since the limits were looked at last, at least
        QOK((*smaller)->finish());
        QVERIFY2(fs::file_size(path) < 2'400'000, std::to_string(fs::file_size(path)).c_str());
        auto reader = RecordingReader::open(path);
        QOK(reader);
        QCOMPARE(reader->at(stack.utcNow())->size(), std::size_t{10});
    }

    void whatIsOfBeforeTheMachineStartedIsKeptUntilItsClockIsBelieved() {
        const auto path = file();
        GeneratedStack before(1, SteadyTime(50h));
        QOK([&]() -> Result<void> {
            auto writer = RecordingWriter::open(path, {4min, 200'000'000}, runOf(before, "boot-1"));
            return writer ? (recordOnly(**writer, before, 60), (*writer)->finish()) : std::unexpected(writer.error());
        }());
        // Years back, as without a battery; then the time comes over the network, and it is half an hour later.
        GeneratedStack after(2, SteadyTime(60s), before.utcNow() - 24h * 2000);
        auto writer = RecordingWriter::open(path, {4min, 200'000'000}, runOf(after, "boot-2"));
        QOK(writer);
        recordOnly(**writer, after, 60);
        after.setClock(24h * 2000 + 30min);
        recordOnly(**writer, after, 150);
        QVERIFY(snapshotsIn(path) >= (60 + 60 + 150) * 10);
        recordOnly(**writer, after, 4 * 60);
        QVERIFY2(snapshotsIn(path) <= 6 * 60 * 10, std::to_string(snapshotsIn(path)).c_str());
    }

    void aFullDiskLosesThatTimeAndNotTheFile() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {}, runOf(stack));
        QOK(writer);
        const auto first = record(**writer, stack, 70);
        // The limit on the size of files stands for the disk: writing beyond it fails as a full disk does.
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit full{1, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &full);
        int refused = 0;
        for (int i = 0; i < 90; ++i) {
            for (const auto& event : stack.second()) {
                (void)(*writer)->append(event);
            }
            refused += (*writer)->commit() ? 0 : 1;
        }
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(refused > 0);
        const auto later = record(**writer, stack, 70);
        auto reader = RecordingReader::open(path);
        QOK(reader);
        const auto all = everything(*reader);
        QVERIFY(std::ranges::equal(std::span(all).first(first.size()), first, identical));
        QVERIFY(std::ranges::equal(std::span(all).last(later.size()), later, identical));
    }

    void aCutHoldsItsTimeExactlyAndIsOneFile() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {}, runOf(stack));
        QOK(writer);
        auto all = record(**writer, stack, 200);
        const auto from = all.front().atUtc + 45s;
        const auto to = from + 90s;
        auto reader = RecordingReader::open(path);
        QOK(reader);
        const auto out = file();
        QOK(cutRecording(*reader, from, to, out));
        QVERIFY(!fs::exists(out.string() + "-wal"));
        auto cut = RecordingReader::open(out);
        QOK(cut);
        std::erase_if(all, [&](const auto& event) { return event.atUtc < from || event.atUtc > to; });
        QVERIFY(allIdentical(everything(*cut), all));
        QCOMPARE(cutRecording(*reader, from, to, out).error().code, ErrorCode::Conflict);
        QCOMPARE(cutRecording(*reader, from + 24h, to + 24h, file()).error().code, ErrorCode::NotFound);
    }

    void aCursorBeginsExactlyWhereItIsSought() {
        const auto path = file();
        GeneratedStack stack;
        auto writer = RecordingWriter::open(path, {}, runOf(stack));
        QOK(writer);
        const auto all = record(**writer, stack, 150);
        auto reader = RecordingReader::open(path);
        QOK(reader);
        RecordingCursor cursor(*reader);
        const auto from = all.front().at;
        for (const auto at : {from + 70s, from + 149s, from + 61s, from, from - 1h, all[800].at, from + 1h}) {
            cursor.seek(at);
            std::vector<RecordedEvent> got;
            for (const auto until : {at, at + 5s, at + 65s, at + 2h}) {
                std::ranges::move(cursor.upTo(until), std::back_inserter(got));
                QVERIFY(got.empty() || got.back().at <= until);
            }
            const auto first = std::ranges::lower_bound(all, at, {}, &RecordedEvent::at);
            QVERIFY(allIdentical(got, {first, all.end()}));
        }
    }

    void runsOfOtherStartsOfTheMachineAreMovedByUtc() {
        const auto path = file();
        GeneratedStack before(1, SteadyTime(50h));
        QOK([&]() -> Result<void> {
            auto writer = RecordingWriter::open(path, {}, runOf(before, "boot-1"));
            return writer ? (recordOnly(**writer, before, 10), (*writer)->finish()) : std::unexpected(writer.error());
        }());
        // The machine started anew: its steady clock, too; an hour of UTC has passed.
        GeneratedStack after(2, SteadyTime(60s), before.utcNow() + 1h);
        auto writer = RecordingWriter::open(path, {}, runOf(after, "boot-2"));
        QOK(writer);
        recordOnly(**writer, after, 10);
        auto reader = RecordingReader::open(path);
        QOK(reader);
        const auto all = everything(*reader);
        QCOMPARE(all.size(), std::size_t{200});
        QVERIFY(std::ranges::is_sorted(all, {}, &RecordedEvent::at));
        const auto gap = all[100].at - all[99].at;
        QVERIFY(gap > 1h && gap < 1h + 2s);
        QVERIFY(all[100].at > SteadyTime(60s) && all[100].at < SteadyTime(62s));
        QCOMPARE(reader->utcOf(all[100].at), all[100].atUtc);
        QCOMPARE(all[0].update->snapshot->header.steadyAt, all[0].at);
    }

    void aFileThatIsNoRecordingIsNamedSo() {
        const auto text = file();
        std::ofstream(text) << "SQLite format 3 it is not, but long enough to be looked at as if it were one of them";
        const auto other = file();
        sqlite3* raw = nullptr;
        sqlite3_open(other.c_str(), &raw);
        sqlite3_exec(raw, "CREATE TABLE t(x)", nullptr, nullptr, nullptr);
        sqlite3_close(raw);
        for (const auto& path : {text, other}) {
            const auto reader = RecordingReader::open(path);
            QVERIFY(!reader);
            QVERIFY2(reader.error().text.find("not a recording") != std::string::npos, reader.error().text.c_str());
            const auto writer = RecordingWriter::open(path, {}, {});
            QVERIFY(!writer);
        }
        QCOMPARE(RecordingReader::open(file()).error().code, ErrorCode::NotFound);
        QVERIFY(!RecordingReader::open(m_dir.path().toStdString()));
    }

    void aDamagedFileIsAnErrorAndNeverMore() {
        const auto path = file();
        GeneratedStack stack;
        {
            auto writer = RecordingWriter::open(path, {}, runOf(stack));
            QOK(writer);
            recordOnly(**writer, stack, 70);
            QOK((*writer)->finish());
        }
        const auto good = bytesOf(path);
        std::minstd_rand random(5);
        int errors = 0;
        for (int i = 0; i < 60; ++i) {
            auto bad = good;
            if (i % 3 == 0) {
                bad.resize(random() % bad.size());
            }
            for (int k = 0; k < 20 && !bad.empty(); ++k) {
                bad[random() % bad.size()] = static_cast<char>(random());
            }
            const auto damaged = file();
            std::ofstream(damaged, std::ios::binary) << bad;
            auto reader = RecordingReader::open(damaged);
            if (!reader) {
                ++errors;
                continue;
            }
            (void)reader->info();
            for (auto minute = reader->nextMinute(0); minute && *minute && **minute < std::int64_t{1} << 60;
                 minute = reader->nextMinute(**minute + 1)) {
                const auto events = reader->minute(**minute);
                errors += events ? 0 : 1;
            }
            fs::remove(damaged);
        }
        QVERIFY(errors > 20);
    }

    void whatAHostileSchemaWouldRunIsNotRun() {
        const auto path = file();
        GeneratedStack stack;
        {
            auto writer = RecordingWriter::open(path, {}, runOf(stack));
            QOK(writer);
            recordOnly(**writer, stack, 3);
            QOK((*writer)->finish());
        }
        sqlite3* raw = nullptr;
        sqlite3_open(path.c_str(), &raw);
        QCOMPARE(sqlite3_exec(raw,
                              "DROP TABLE chunk; CREATE VIEW chunk AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                              "SELECT i + 1 FROM n) SELECT i AS id, i AS run, i AS source, i AS minute, i AS first, "
                              "i AS last, i AS events, x'00' AS body FROM n",
                              nullptr, nullptr, nullptr),
                 SQLITE_OK);
        sqlite3_close(raw);
        auto reader = RecordingReader::open(path);
        QOK(reader);
        QVERIFY(!reader->info());
        QVERIFY(!reader->minute(minuteOf(stack.utcNow())));
        QVERIFY(!reader->nextMinute(0));
    }

    /// A profile that shows literals shows them on the screen alone: whatever table has them, a recording has none.
    void literalsThatAProfileShowsAreNotInTheFile() {
        const auto shown = shownStatement("UPDATE people SET card = 'planted-4111' /* planted */", Literals::Shown);
        std::vector<TablePtr> tables;
        for (const auto& spec : tableCatalogue()) {
            if (auto table = sqlTable(spec, shown); table && spec.id != "postgres.deadlock_reports") {
                tables.push_back(std::move(table));
            }
        }
        QVERIFY(tables.size() >= 4); // sessions, blocking, statements, indexes
        auto deadlock = postgres::parseDeadlockEntry(
            R"({"state_code":"40P01","pid":7,"timestamp":"2026-11-25 18:30:01.123 UTC","dbname":"shop",)"
            R"("statement":"UPDATE people SET card = 'planted-4111' WHERE id = 7"})",
            Literals::Shown);
        QVERIFY(deadlock && deadlock->sessions.front().statement.find("planted") != std::string::npos);
        postgres::DeadlockReports reports;
        QVERIFY(reports.add(std::move(*deadlock)));
        tables.push_back(reports.table({kReadAt, kReadAtUtc, 1s}));
        const auto count = tables.size();
        std::vector<TablePtr> back;
        recordTables(file(), std::move(tables), back);
        QCOMPARE(back.size(), count);
    }

    void literalsOfSqlAreNotInTheFile() {
        auto table = sqlTable(*findTable("postgres.sessions"),
                              "UPDATE people SET card = 'planted-4111111111111111' WHERE id = 7");
        QVERIFY(table != nullptr);
        std::vector<TablePtr> back;
        recordTables(file(), {std::move(table)}, back);
        QCOMPARE(back.size(), std::size_t{1});
        for (const auto& cell : back.front()->row(0)) {
            const auto* const text = std::get_if<std::string>(&cell);
            QVERIFY(text == nullptr || text->empty() || text->starts_with("UPDATE people SET card = ?"));
        }
    }
};

QTEST_APPLESS_MAIN(TestRecording)
#include "test_recording.moc"
