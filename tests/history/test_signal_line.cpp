// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/signal_line.h"

#include <QtTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

SteadyTime at(std::chrono::milliseconds time) {
    return SteadyTime(10'000s + time);
}

void tell(SignalStore& store, const std::string& source, std::chrono::milliseconds time,
          std::vector<Reading> readings) {
    Snapshot snapshot;
    snapshot.header.source = source;
    snapshot.header.steadyAt = at(time);
    snapshot.header.epoch = std::string("a"); // assigned as a literal, g++ 12 warns wrongly
    snapshot.readings = std::move(readings);
    snapshot.sort();
    SourceUpdate update;
    update.source = source;
    update.startedAt = at(0ms);
    update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    store.apply(update);
}

std::vector<Reading> cacheOf(double hits, double misses) {
    return {counter("cache.hits", {{"level", "l2"}}, hits), counter("cache.misses", {{"level", "l2"}}, misses)};
}

void catchUp(SignalLine& line, const SignalStore& store, std::chrono::milliseconds now) {
    for (int i = 0; i < 20; ++i) {
        line.follow(store, at(now));
    }
}

} // namespace

class TestSignalLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineThatIsOpenedLateIsFilledFromWhatWasKept() {
        SignalStore store;
        for (int i = 0; i <= 120; ++i) {
            for (const auto* source : {"service/app-1", "service/app-2"}) {
                tell(store, source, i * 500ms, {counter("cache.hits", {{"level", "l2"}}, i * 10.0)});
            }
        }
        SignalLine line({LineSpec::Kind::Rate, "cache.hits"});
        catchUp(line, store, 60s);
        QCOMPARE(line.series().at(at(60s))->value, 40.0); // 2 instances, 10 in half a second
        QCOMPARE(line.series().at(at(30s))->value, 40.0);
        QVERIFY(line.series().size() > 100);
        QCOMPARE(line.value(store, at(60s)), std::optional(40.0));
        QVERIFY(!line.value(store, at(90s))); // told of then is nothing
    }

    void aLineOverHundredsOfSeriesHoldsUpNoTurn() {
        SignalStore store;
        for (int i = 0; i <= 120; ++i) {
            std::vector<Reading> all;
            for (int route = 0; route < 500; ++route) {
                all.push_back(gauge("haproxy.sessions", {{"server", std::to_string(route)}}, 1));
            }
            tell(store, "haproxy", i * 500ms, std::move(all));
        }
        SignalLine line({LineSpec::Kind::Sum, "haproxy.sessions"});
        line.follow(store, at(60s));
        QVERIFY(line.series().size() > 0 && line.series().size() < 20); // of 121 that are due
        catchUp(line, store, 60s);
        QCOMPARE(line.series().at(at(60s))->value, 500.0);
    }

    void aShareIsOfTheSumAndAbsentWithoutAny() {
        SignalStore store;
        for (int i = 0; i <= 20; ++i) {
            const auto own = cacheOf(i * 9.0, i * 1.0);
            tell(store, "service/app-1", i * 500ms, own);
            tell(store, "service/app-2", i * 500ms, cacheOf(i * 1.0, i * 1.0));
        }
        for (int i = 21; i <= 60; ++i) {
            tell(store, "service/app-1", i * 500ms, cacheOf(180, 20));
            tell(store, "service/app-2", i * 500ms, cacheOf(20, 20));
        }
        SignalLine line({LineSpec::Kind::Share, "cache.hits", {}, "cache.misses"});
        catchUp(line, store, 30s);
        QVERIFY(std::abs(*line.value(store, at(10s)) - 10.0 / 12) < 1e-9); // of all lookups, not the mean of two shares
        QVERIFY(!line.series().at(at(30s)));                               // nobody looked anything up: no share of it
    }

    void aSourceThatIsLateCutsTheLineAndOneThatIsLostLeavesTheSum() {
        SignalStore store;
        for (int i = 0; i <= 60; ++i) {
            tell(store, "service/app-1", i * 500ms, {gauge("pool.app.in_use", {}, 2)});
            if (i <= 20) {
                tell(store, "service/app-2", i * 500ms, {gauge("pool.app.in_use", {}, 3)});
            }
        }
        SignalLine line({LineSpec::Kind::Sum, "pool.app.in_use"});
        catchUp(line, store, 30s);
        QCOMPARE(line.value(store, at(10s)), std::optional(5.0));
        QVERIFY(!line.series().at(at(13s))); // 2 would be a fall that was none
        QCOMPARE(line.value(store, at(30s)), std::optional(2.0));
    }

    void onlyAcceptedSeriesCount() {
        SignalStore store;
        for (int i = 0; i <= 4; ++i) {
            tell(store, "haproxy", i * 500ms,
                 {gauge("haproxy.queue", {{"proxy", "be_a"}}, 4), gauge("haproxy.queue", {{"proxy", "be_b"}}, 7)});
        }
        SignalLine line({LineSpec::Kind::Largest, "haproxy.queue",
                         [](const SignalEntry& entry) { return entry.key.labels.get("proxy") == "be_a"; }});
        catchUp(line, store, 2s);
        QCOMPARE(line.value(store, at(2s)), std::optional(4.0));
        QVERIFY(line.known(store));
        QVERIFY(!SignalLine({LineSpec::Kind::Sum, "cache.coalesced"}).known(store));
    }

    void quantilesOfWaitsComeFromMergedBuckets() {
        SignalStore store;
        for (int i = 0; i <= 30; ++i) {
            for (const auto* source : {"service/app-1", "service/app-2"}) {
                LatencyHistogram waits;
                waits.recordMany(1'000'000, static_cast<std::uint64_t>(i) * 50);
                if (std::string_view(source) == "service/app-2") {
                    waits.recordMany(80'000'000, static_cast<std::uint64_t>(i) * 5);
                }
                tell(store, source, i * 500ms, {histogram("pool.app.wait", {{"instance", source}}, waits)});
            }
        }
        SignalLine line({LineSpec::Kind::Quantile, "pool.app.wait"});
        catchUp(line, store, 15s);
        const auto p99 = line.value(store, at(15s));
        QVERIFY(p99 && std::abs(*p99 - 0.08) < 0.001);
    }

    void whatIsHandedOnIsLateWithItsSource() {
        PathReading path;
        path.sources = {{"redis", SourceState::Lost, 9s, {}, {}},
                        {"service/app-1", SourceState::Live, 200ms, {}, {}},
                        {"service/app-2", SourceState::Late, 1300ms, {}, {}}};
        const auto sum = figureOf(path, "service/", 5);
        QCOMPARE(sum.state, SourceState::Late);
        QCOMPARE(sum.age, std::chrono::nanoseconds(1300ms));
        QCOMPARE(sum.value, std::optional(5.0));
        QVERIFY(!figureOf(path, "redis", 41e6).value); // never the last value
        QCOMPARE(figureOf(path, "pgbouncer", std::nullopt, "none").state, SourceState::Loading);
    }
};

QTEST_APPLESS_MAIN(TestSignalLine)
#include "test_signal_line.moc"
