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

/// An instance at that time, which takes ten requests a second; one in a hundred is slow.
RecordedEvent requestsAt(SteadyTime begin, SteadyTime at, UtcTime utc) {
    const auto tens = static_cast<std::uint64_t>((at - begin) / 10s);
    LatencyHistogram good;
    good.recordMany(5'000'000, tens * 99);
    LatencyHistogram slow;
    slow.recordMany(900'000'000, tens);
    Snapshot snapshot;
    snapshot.header.source = "service/app-1";
    snapshot.header.steadyAt = at;
    snapshot.header.utcAt = utc;
    snapshot.header.epoch = "one";
    snapshot.readings = {histogram("service.http.latency", {{"route", "GET /a"}, {"status_class", "2xx"}}, good),
                         histogram("service.http.latency", {{"route", "GET /b"}, {"status_class", "2xx"}}, slow)};
    SourceUpdate update;
    update.source = snapshot.header.source;
    update.startedAt = begin;
    update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    return recordedEvent(std::move(update), utc);
}

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
        ErrorBudget budget;
        TableLog wantedTables;
        auto writer = RecordingWriter::open(file, {}, {currentBootId(), stack.utcOffsetNs()});
        QVERIFY(writer);
        const auto begin = stack.now();
        for (int i = 0; i < kRecorded; ++i) {
            for (const auto& event : stack.second()) {
                applyTo(expected, event);
                wantedTables.apply(*event.update);
                budget.apply(*event.update);
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
                budget.apply(*event.update);
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
        const auto counted = past->budget.remaining(stack.now()).over;
        QCOMPARE(counted, budget.remaining(stack.now()).over);
        QVERIFY(counted.requests > 1000 && counted.seen > 200s);
        QVERIFY(waitFor(30s, [&] { return fill.dayOver() || fill.takeDay(); }));

        const auto first = past->history.line(PathLine::Requests).firstAt();
        QVERIFY(first && *first < begin + 10s);
        QVERIFY(past->history.readingAt(liveSince - 60s) != nullptr);
    }

    void theBudgetCountsTheDayBeforeAsWell() {
        const auto file = std::filesystem::path(m_dir.path().toStdString()) / "day.sqlite";
        constexpr auto kLong = 5h;
        const auto now = std::chrono::steady_clock::now();
        const auto utc = std::chrono::system_clock::now();
        const auto begin = now - kLong;
        const RecordingRun run{currentBootId(), (utc.time_since_epoch() - now.time_since_epoch()).count()};
        auto writer = RecordingWriter::open(file, {}, run);
        QVERIFY(writer);
        for (auto at = begin; at <= now; at += 10s) {
            if (at - begin < 60min || at - begin >= 90min) { // half an hour was not recorded
                QVERIFY((*writer)->append(requestsAt(begin, at, utc - (now - at))));
            }
        }
        QVERIFY((*writer)->commit());
        HistoryFill fill(file, now, run, Objective{0.99, 500ms, 4h});
        fill.start();
        std::unique_ptr<Past> past;
        QVERIFY(!fill.takeDay());
        QVERIFY(waitFor(30s, [&] { return (past = fill.take()) != nullptr; }));
        QVERIFY(past->budget.objective() == (Objective{0.99, 500ms, 4h}));
        const auto recent = past->budget.remaining(now).over;
        QVERIFY2(recent.seen > 119min && recent.seen <= 2h, qPrintable(QString::number(recent.seen.count())));
        std::optional<ErrorBudget> day;
        QVERIFY(waitFor(30s, [&] { return (day = fill.takeDay()).has_value(); }));
        QVERIFY(waitFor(30s, [&] { return fill.dayOver(); }));
        QVERIFY(!fill.takeDay());
        past->budget.takeOver(*day);
        const auto whole = past->budget.remaining(now);
        // A sample's time is missing between the two: nobody may count it twice.
        QVERIFY2(whole.over.seen > 4h - 1min && whole.over.seen <= 4h,
                 qPrintable(QString::number(whole.over.seen.count())));
        const auto wanted = static_cast<std::uint64_t>(4h / 10s) * 100;
        QVERIFY2(whole.over.requests <= wanted && whole.over.requests > wanted - 300,
                 qPrintable(QString::number(whole.over.requests)));
        QCOMPARE(whole.over.bad * 100 / whole.over.requests, std::uint64_t{1});
        // What the silence held is known by the counters.
        QCOMPARE(past->budget.count(begin + 90min, 30min).requests, std::uint64_t{180 * 100});
    }

    void withoutARecordingThereIsNoPast() {
        HistoryFill fill(std::filesystem::path(m_dir.path().toStdString()) / "none.sqlite", SteadyTime(1h), {});
        fill.start();
        QVERIFY(waitFor(30s, [&] { return fill.over() && fill.dayOver(); }));
        QVERIFY(fill.take() == nullptr && !fill.takeDay());
    }
};

QTEST_APPLESS_MAIN(TestHistoryFill)
#include "test_history_fill.moc"
