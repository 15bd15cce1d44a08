// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/history_fill.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_writer.h"
#include "tests/recorder/generated_stack.h"
#include "tests/support/wait_for.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr int kRecorded = 200; // seconds before the console opens
constexpr int kLive = 40;      // and after, while the past is brought

void applyTo(SignalStore& store, const RecordedEvent& event) {
    store.apply(*event.update);
}

} // namespace

class TestHistoryFill : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

private Q_SLOTS:
    void thePastAndWhatFollowsCountOnce() {
        const auto file = std::filesystem::path(m_dir.path().toStdString()) / "recording.sqlite";
        // Recorded under the steady clock of this machine, up to now.
        GeneratedStack stack(3, std::chrono::steady_clock::now() - std::chrono::seconds(kRecorded),
                             std::chrono::system_clock::now() - std::chrono::seconds(kRecorded));
        SignalStore expected;
        TableLog wantedTables;
        auto writer = RecordingWriter::open(file, {}, {currentBootId(), stack.utcOffsetNs()});
        QVERIFY(writer);
        const auto begin = stack.now();
        for (int i = 0; i < kRecorded; ++i) {
            for (const auto& event : stack.second()) {
                applyTo(expected, event);
                wantedTables.apply(*event.update);
                QVERIFY((*writer)->append(event));
            }
            QVERIFY((*writer)->commit());
        }
        const auto liveSince = stack.now();
        HistoryFill fill(file, liveSince, {currentBootId(), stack.utcOffsetNs()});
        fill.start();
        QVERIFY(!fill.over());
        for (int i = 0; i < kLive; ++i) {
            for (const auto& event : stack.second()) {
                applyTo(expected, event);
                wantedTables.apply(*event.update);
                fill.follow(*event.update);
            }
        }
        std::unique_ptr<Past> past;
        QVERIFY(waitFor(30s, [&] { return (past = fill.take()) != nullptr; }));
        QVERIFY(fill.over());
        QVERIFY(fill.take() == nullptr);

        QCOMPARE(past->store.sources(), expected.sources());
        std::size_t tables = 0;
        std::size_t earlier = 0;
        for (const auto& source : expected.sources()) {
            for (const auto& table : expected.source(source)->snapshot->tables) {
                const auto got = past->tables.at(source, table->spec().id, stack.now());
                QVERIFY2(got != nullptr && got->readAt == table->readAt, table->spec().id.data());
                // What was read before the console opened is there as well, as far back as a log keeps it.
                for (const auto back : {10s, 60s, 240s}) {
                    const auto before = past->tables.at(source, table->spec().id, liveSince - back);
                    const auto wanted = wantedTables.at(source, table->spec().id, liveSince - back);
                    QCOMPARE(before != nullptr, wanted != nullptr);
                    QVERIFY(wanted == nullptr || before->readAt == wanted->readAt);
                    earlier += before != nullptr ? 1 : 0;
                }
                ++tables;
            }
        }
        QVERIFY(tables > 0);
        QVERIFY(earlier >= tables); // at the least what was there ten seconds before
        std::size_t series = 0;
        for (const auto& signal : signalCatalogue()) {
            const auto got = past->store.byId(signal.id);
            const auto wanted = expected.byId(signal.id);
            QCOMPARE(got.size(), wanted.size());
            for (std::size_t i = 0; i < got.size(); ++i) {
                QCOMPARE(got[i]->value, wanted[i]->value);
                QCOMPARE(got[i]->series.size(), wanted[i]->series.size());
                ++series;
            }
        }
        QVERIFY(series > 100);
        const auto all = past->store.latency().merged({}, begin, stack.now());
        QVERIFY(all.count() > 1000);
        QVERIFY(all == expected.latency().merged({}, begin, stack.now()));

        const auto first = past->history.line(PathLine::Requests).firstAt();
        QVERIFY(first && *first < begin + 10s);
        QVERIFY(past->history.readingAt(liveSince - 60s) != nullptr);
    }

    void withoutARecordingThereIsNoPast() {
        HistoryFill fill(std::filesystem::path(m_dir.path().toStdString()) / "none.sqlite", SteadyTime(1h), {});
        fill.start();
        QVERIFY(waitFor(30s, [&] { return fill.over(); }));
        QVERIFY(fill.take() == nullptr);
    }
};

QTEST_APPLESS_MAIN(TestHistoryFill)
#include "test_history_fill.moc"
