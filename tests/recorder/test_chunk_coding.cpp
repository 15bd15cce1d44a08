// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/coding/byte_coding.h"
#include "backend/coding/chunk_limits.h"
#include "backend/recorder/chunk_bytes.h"
#include "backend/recorder/chunk_decoder.h"
#include "backend/recorder/chunk_encoder.h"
#include "tests/recorder/generated_stack.h"

#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace binnacle;
using namespace std::chrono_literals;
using binnacle::test::GeneratedStack;

namespace {

std::vector<std::byte> encoded(const std::vector<RecordedEvent>& events) {
    ChunkEncoder encoder(events.front().source);
    std::vector<std::byte> bytes;
    for (const auto& event : events) {
        const auto more = encoder.append(event);
        if (!more) {
            qFatal("%s", more.error().text.c_str());
        }
        bytes.insert(bytes.end(), more->begin(), more->end());
    }
    return bytes;
}

std::vector<std::byte> packed(const std::vector<std::byte>& bytes) {
    return *ChunkPacker().pack(bytes);
}

void comesBack(const std::vector<RecordedEvent>& events) {
    const auto decoded = decodeChunk(packed(encoded(events)));
    QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().text.c_str());
    QCOMPARE(decoded->size(), events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        QVERIFY2(identical((*decoded)[i], events[i]), std::to_string(i).c_str());
    }
}

/// What one source says for a while.
std::vector<RecordedEvent> eventsOf(const std::string& source, int seconds, GeneratedStack stack = GeneratedStack()) {
    std::vector<RecordedEvent> out;
    for (int i = 0; i < seconds; ++i) {
        for (auto& event : stack.second()) {
            if (event.source == source) {
                out.push_back(std::move(event));
            }
        }
    }
    return out;
}

RecordedEvent eventWith(std::vector<Reading> readings, std::chrono::seconds at = 1000s,
                        std::vector<TablePtr> tables = {}) {
    Snapshot snapshot;
    snapshot.header.source = "redis";
    snapshot.header.steadyAt = SteadyTime(at);
    snapshot.header.utcAt = UtcTime(1'700'000'000s + at);
    snapshot.readings = std::move(readings);
    snapshot.tables = std::move(tables);
    snapshot.sort();
    SourceUpdate update;
    update.source = "redis";
    update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    return recordedEvent(std::move(update), {});
}

} // namespace

class TestChunkCoding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDoubleComesBackToTheLastBit() {
        std::vector<double> values{0.0,
                                   -0.0,
                                   1,
                                   -1,
                                   0.1,
                                   1e300,
                                   -1e-300,
                                   9007199254740992.0,
                                   -9007199254740992.0,
                                   9007199254740994.0,
                                   std::numeric_limits<double>::infinity(),
                                   std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::denorm_min()};
        std::mt19937_64 random(7);
        for (int i = 0; i < 20'000; ++i) {
            values.push_back(std::bit_cast<double>(random()));
            values.push_back(static_cast<double>(random() % 100'000'000'000) / 1e6); // as servers tell durations
            values.push_back(static_cast<double>(static_cast<std::int64_t>(random()) >> (random() % 60 + 4)));
        }
        ByteWriter out;
        double before = 0;
        for (const double value : values) {
            out.real(before, value);
            before = value;
        }
        const auto bytes = out.take();
        ByteReader in(bytes);
        before = 0;
        for (const double value : values) {
            before = in.real(before);
            QVERIFY(!in.failed());
            QCOMPARE(std::bit_cast<std::uint64_t>(before), std::bit_cast<std::uint64_t>(value));
        }
        QVERIFY(in.atEnd());
    }

    void aMinuteOfEverySourceComesBackAsItWas() {
        for (const std::string source : {"service/app-1", "postgres/primary", "haproxy", "redis", "pgbouncer"}) {
            comesBack(eventsOf(source, 60));
        }
    }

    void failuresAndTheEndOfASourceComeBack() {
        GeneratedStack stack;
        auto events = eventsOf("redis", 3, stack);
        stack.stopAnswering("redis");
        auto failing = eventsOf("redis", 4, stack);
        QVERIFY(failing.front().update->failure && !failing.front().update->snapshot);
        // Of a source that answered before, the last snapshot stays in the update.
        for (auto& event : failing) {
            event.update->snapshot = events.back().update->snapshot;
            event.at += 3s;
            event.atUtc += 3s;
            events.push_back(event);
        }
        events.push_back({"redis", events.back().at + 1s, events.back().atUtc + 1s, std::nullopt});
        comesBack(events);
    }

    void readingsThatComeAndGoComeBack() {
        LatencyHistogram histogram;
        histogram.recordMany(3'000'000, 5);
        auto grown = histogram;
        grown.recordMany(1, 2); // below the range
        grown.recordMany(100'000'000'000, 3);
        grown.recordMany(9'000'000, 1);
        LatencyHistogram restarted;
        restarted.recordMany(2'000'000, 1);
        comesBack({
            eventWith({gauge("a", {}, 1), binnacle::histogram("h", {{"route", "x"}}, histogram)}, 1s),
            eventWith({gauge("a", {}, std::nextafter(1.0, 2.0)), binnacle::histogram("h", {{"route", "x"}}, grown),
                       counter("c", {{"k", "v"}, {"l", ""}}, 5)},
                      2s),
            eventWith({absent(SignalKind::Ratio, "r", {}, "no lookups in the window")}, 3s),
            eventWith(
                {gauge("a", {}, -0.0), binnacle::histogram("h", {{"route", "x"}}, restarted), ratio("r", {}, 0.5)}, 4s),
            eventWith({}, 5s),
            eventWith({gauge("a", {}, -0.0), binnacle::histogram("h", {{"route", "x"}}, restarted)}, 6s),
        });
    }

    void tablesComeBackRowByRow() {
        const auto& spec = *findTable("stack.processes");
        const auto table = [&](std::chrono::seconds readAt, const std::vector<std::string>& names, double pss) {
            auto made = std::make_shared<SnapshotTable>(spec);
            made->readAt = SteadyTime(readAt);
            made->readAtUtc = UtcTime(1'700'000'000s + readAt);
            made->interval = 10s;
            made->omitted = names.size();
            for (const auto& name : names) {
                std::vector<TableCell> cells(spec.columns.size());
                cells[0] = name;
                cells[5] = pss;
                cells[1] = std::string("role of ") + name;
                made->add(std::move(cells));
            }
            return made;
        };
        auto denied = table(4s, {}, 0);
        denied->absentReason = "needs pg_monitor";
        const auto first = table(1s, {"a", "b", "c"}, 0.1);
        comesBack({eventWith({}, 1s, {first}), eventWith({}, 2s, {first}),
                   eventWith({}, 3s, {table(3s, {"c", "d", "a"}, 0.2)}), eventWith({}, 4s, {denied}),
                   eventWith({}, 5s, {}), eventWith({}, 6s, {table(6s, {"a", "a", "a"}, -0.0)})});
    }

    void aTableReadRarelyCostsAByteInBetween() {
        const auto table = [] {
            GeneratedStack stack;
            for (const auto& event : stack.second()) {
                if (event.source == "postgres/primary") {
                    return event.update->snapshot->tables.front();
                }
            }
            return TablePtr();
        }();
        ChunkEncoder encoder("redis");
        QVERIFY(encoder.append(eventWith({}, 1s, {table})));
        const auto with = encoder.append(eventWith({}, 2s, {table}));
        const auto without = encoder.append(eventWith({}, 3s, {}));
        QVERIFY(with && without);
        QVERIFY(with->size() <= without->size() + 4);
    }

    void aChunkThatWasCutOffOrChangedIsAnErrorOrAnotherChunk() {
        auto stack = eventsOf("service/app-1", 5);
        const auto bytes = encoded(stack);
        for (std::size_t size = 0; size < bytes.size(); size += 7) {
            (void)decodeChunk(packed({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}));
        }
        std::mt19937 random(3);
        for (int i = 0; i < 1000; ++i) {
            auto changed = bytes;
            for (int k = 0; k < 4; ++k) {
                changed[random() % changed.size()] = static_cast<std::byte>(random());
            }
            (void)decodeChunk(packed(changed));
        }
        // Packed bytes that were changed are noticed by the checksum, or never unpacked at all.
        const auto good = packed(bytes);
        for (std::size_t i = 0; i < good.size(); i += 11) {
            auto changed = good;
            changed[i] ^= std::byte{0x55};
            QVERIFY(!decodeChunk(changed));
        }
        QVERIFY(!decodeChunk({}));
    }

    void aChunkThatUnfoldsWithoutBoundIsRefused() {
        // 64 MB of nothing in a few kilobytes, and one that repeats a large snapshot without end.
        const std::vector<std::byte> zeros(kMaxChunkBytes + 1);
        QVERIFY(!decodeChunk(packed(zeros)));
        std::vector<Reading> readings;
        for (int i = 0; i < 40'000; ++i) {
            readings.push_back(gauge("g", {{"i", std::to_string(i)}}, 1));
        }
        ChunkEncoder encoder("redis");
        const auto event = eventWith(std::move(readings));
        auto refused = false;
        for (int i = 0; i < 60 && !refused; ++i) {
            auto copy = event;
            auto snapshot = std::make_shared<Snapshot>(*event.update->snapshot);
            copy.update->snapshot = snapshot;
            refused = !encoder.append(copy);
        }
        QVERIFY(refused);
    }

    void whatIsNotAReadingOfOursIsNotWritten() {
        ChunkEncoder encoder("redis");
        auto far = eventWith({});
        far.at = SteadyTime(std::chrono::nanoseconds(std::numeric_limits<std::int64_t>::max()));
        QVERIFY(!encoder.append(far));
    }
};

QTEST_APPLESS_MAIN(TestChunkCoding)
#include "test_chunk_coding.moc"
