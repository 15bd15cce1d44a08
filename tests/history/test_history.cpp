// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/rate.h"
#include "backend/history/conflated_slot.h"
#include "backend/history/path_history.h"
#include "backend/history/signal_store.h"

#include <QtTest>

#include <random>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

SteadyTime at(std::chrono::milliseconds time) {
    return SteadyTime(1000s + time);
}

SourceUpdate update(std::chrono::milliseconds time, std::vector<Reading> readings, std::string epoch = "a") {
    Snapshot snapshot;
    snapshot.header.source = "service/app-1";
    snapshot.header.steadyAt = at(time);
    snapshot.header.epoch = std::move(epoch);
    snapshot.readings = std::move(readings);
    snapshot.sort();
    SourceUpdate out;
    out.source = "service/app-1";
    out.interval = 500ms;
    out.startedAt = at(0ms);
    out.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    return out;
}

Reading requests(double value) {
    return counter("service.http.requests", {{"route", "GET /v1/projects"}}, value);
}

Reading latency(std::uint64_t count, std::string route = "GET /v1/projects") {
    LatencyHistogram histogram;
    histogram.recordMany(5'000'000, count);
    return binnacle::histogram("service.http.latency", {{"route", std::move(route)}, {"instance", "app-1"}}, histogram);
}

const SeriesKey kRequests{"service.http.requests", {{"route", "GET /v1/projects"}}};

} // namespace

class TestHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void slotKeepsTheNewestAndCountsTheRest() {
        ConflatedSlot<int> slot;
        QVERIFY(!slot.take());
        slot.publish(1);
        slot.publish(2);
        QCOMPARE(slot.take(), std::optional(2));
        QVERIFY(!slot.take());
        QCOMPARE(slot.replaced(), std::uint64_t{1});
    }

    void counterBecomesARateOverTheTimeOfThatVerySample() {
        SignalStore store;
        store.apply(update(0ms, {requests(100)}));
        QVERIFY(!store.find("service/app-1", kRequests)->value);
        store.apply(update(700ms, {requests(135)}));
        QCOMPARE(*store.find("service/app-1", kRequests)->value, 50.0);
        QCOMPARE(*store.find("service/app-1", kRequests)->cumulative, 135.0);
    }

    void restartIsAGapAndNotAJump() {
        SignalStore store;
        store.apply(update(0ms, {requests(1000)}));
        store.apply(update(500ms, {requests(1050)}));
        store.apply(update(1000ms, {requests(3)}, "b"));
        QVERIFY(!store.find("service/app-1", kRequests)->value);
        store.apply(update(1500ms, {requests(8)}, "b"));
        QCOMPARE(*store.find("service/app-1", kRequests)->value, 10.0);
        const auto columns = store.find("service/app-1", kRequests)->series.columns(at(0ms), at(2000ms), 4);
        QVERIFY(columns[3].present);
        QVERIFY(columns[3].gapBefore);
    }

    void sameSnapshotTwiceIsOneSample() {
        SignalStore store;
        const auto first = update(0ms, {gauge("pool.app.in_use", {}, 3)});
        store.apply(first);
        auto failed = first;
        failed.failure = SourceFailure{{ErrorCode::Closed, "closed"}, at(600ms), {}, 1, at(700ms)};
        store.apply(failed);
        QCOMPARE(store.find("service/app-1", {"pool.app.in_use", {}})->series.size(), std::size_t{1});
        QCOMPARE(freshnessOf(*store.source("service/app-1"), at(600ms)), Freshness::Lost);
    }

    void failureWithoutSnapshotKeepsWhatWasRead() {
        SignalStore store;
        store.apply(update(0ms, {gauge("pool.app.in_use", {}, 3)}));
        SourceUpdate failed;
        failed.source = "service/app-1";
        failed.failure = SourceFailure{{ErrorCode::Timeout, "no answer in 400 ms"}, at(900ms), {}, 1, at(1000ms)};
        store.apply(failed);
        QVERIFY(store.source("service/app-1")->snapshot);
        QCOMPARE(freshnessOf(*store.source("service/app-1"), at(900ms)), Freshness::Late);
    }

    void whatIsOlderThanWhatIsKnownCountsNothing() {
        // The recorder and the display read the same source, each at its own times.
        SignalStore store;
        store.apply(update(0ms, {latency(10)}));
        store.apply(update(1000ms, {latency(30)}));
        store.apply(update(800ms, {latency(25)}));
        QCOMPARE(store.source("service/app-1")->snapshot->header.steadyAt, at(1000ms));
        store.apply(update(1800ms, {latency(40)}));
        QCOMPARE(store.latency().merged({}, at(0ms), at(5000ms)).count(), std::uint64_t{30});
        // What failed since then is news, whatever was read last before it.
        auto failed = update(1500ms, {latency(35)});
        failed.failure = SourceFailure{{ErrorCode::Denied, "denied"}, at(1700ms), {}, 1, at(2000ms)};
        store.apply(failed);
        QVERIFY(!store.source("service/app-1")->failure);
        failed.failure->at = at(2000ms);
        store.apply(failed);
        QVERIFY(store.source("service/app-1")->failure);
        QCOMPARE(store.source("service/app-1")->snapshot->header.steadyAt, at(1800ms));
        QCOMPARE(store.latency().merged({}, at(0ms), at(5000ms)).count(), std::uint64_t{30});
    }

    void latenciesOfSeveralInstancesMerge() {
        SignalStore store;
        store.apply(update(0ms, {latency(10)}));
        store.apply(update(2000ms, {latency(25)}));
        QCOMPARE(store.latency().merged({}, at(0ms), at(5000ms)).count(), std::uint64_t{15});
        LatencyLog log;
        LatencyHistogram recorded;
        recorded.recordMany(1'000'000, 4);
        QVERIFY(log.add({{"instance", "app-1"}}, at(0ms), recorded));
        QVERIFY(log.add({{"instance", "app-2"}}, at(100ms), recorded));
        QCOMPARE(log.merged({}, at(-2000ms), at(2000ms)).count(), std::uint64_t{8});
        LatencySelector one;
        one.instance = "app-2";
        QCOMPARE(log.merged(one, at(-2000ms), at(2000ms)).count(), std::uint64_t{4});
    }

    void byRouteIsWhatEachRouteMergesTo() {
        LatencyLog log;
        const auto add = [&](const char* route, const char* instance, const char* status, std::uint64_t count) {
            LatencyHistogram recorded;
            recorded.recordMany(static_cast<std::int64_t>(count) * 1'000'000, count);
            log.add({{"route", route}, {"instance", instance}, {"status_class", status}}, at(4000ms), recorded);
        };
        add("GET /a", "app-1", "2xx", 10);
        add("GET /a", "app-2", "2xx", 20);
        add("GET /a", "app-2", "5xx", 3);
        add("GET /b", "app-1", "5xx", 4);
        add("GET /healthz/ready", "app-1", "2xx", 5);
        LatencySelector routeA;
        routeA.route = "GET /a";
        LatencySelector secondInstance;
        secondInstance.instance = "app-2";
        const auto all = log.byRoute({}, at(0ms), at(10000ms));
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all.at("GET /a").histogram, log.merged(routeA, at(0ms), at(10000ms)));
        QCOMPARE(all.at("GET /a").histogram.count(), std::uint64_t{33});
        QCOMPARE(all.at("GET /a").failed, std::uint64_t{3});
        QCOMPARE(all.at("GET /b").failed, std::uint64_t{4});
        // Of one instance, and of a time in which nothing was recorded: the route is known, and empty.
        QCOMPARE(log.byRoute(secondInstance, at(0ms), at(10000ms)).size(), std::size_t{1});
        const auto none = log.byRoute({}, at(6000ms), at(10000ms));
        QCOMPARE(none.size(), std::size_t{2});
        QVERIFY(none.at("GET /a").histogram.empty());
    }

    void healthProbesAreNotUsersTraffic() {
        SignalStore store;
        store.apply(update(0ms, {latency(1, "GET /healthz/ready")}));
        store.apply(update(500ms, {latency(9, "GET /healthz/ready")}));
        QVERIFY(store.latency().merged({}, at(-5000ms), at(5000ms)).empty());
        LatencySelector probe;
        probe.route = "GET /healthz/ready";
        QCOMPARE(store.latency().merged(probe, at(-5000ms), at(5000ms)).count(), std::uint64_t{8});
    }

    void foldingKeepsEveryCountAndExpiryDropsTheOld() {
        LatencyLog log;
        LatencyHistogram one;
        one.record(3ms);
        for (int i = 0; i < 1800; ++i) { // an hour
            QVERIFY(log.add({{"route", "r"}}, at(2000ms * i), one));
            if (i % 60 == 0) {
                log.expire(at(2000ms * i));
            }
        }
        log.expire(at(3600s));
        QCOMPARE(log.merged({}, at(-16s), at(3601s)).count(), std::uint64_t{1800});
        std::uint64_t sum = 0;
        for (const auto& slot : log.slots({}, at(-16s), at(3601s), 16s)) {
            sum += slot.histogram.count();
        }
        QCOMPARE(sum, std::uint64_t{1800});
        log.expire(at(3600s + 3h));
        QVERIFY(log.series().empty());
    }

    void everybodyIsWhatAllRoutesAddUpTo() {
        std::mt19937 random(5);
        const auto upTo = [&random](unsigned most) { return random() % most; };
        const std::vector<std::string> routes{"GET /a", "GET /b", "POST /c", "GET /healthz"};
        LatencyLog log;
        for (int i = 0; i < 3000; ++i) {
            // Instances answer each in their own time, some of them late; the last route falls silent.
            const auto& route = routes[upTo(i < 1000 ? 4 : 2)];
            const auto time = i * 500ms - upTo(4) * 1000ms + 10s;
            LatencyHistogram histogram;
            for (unsigned k = 0; k < 1 + upTo(6); ++k) {
                histogram.recordMany(std::int64_t{1} << upTo(40), 1 + upTo(5));
            }
            QVERIFY(log.add({{"route", route}, {"instance", std::to_string(upTo(3))}}, at(time), histogram));
            if (i % 5 == 0) {
                log.expire(at(time));
            }
        }
        const auto end = LatencyLog::slotStart(at(1500s), LatencyLog::kFold);
        for (auto from = LatencyLog::slotStart(at(0s), LatencyLog::kFold); from < end; from += 5 * LatencyLog::kFold) {
            for (const auto to : {from + LatencyLog::kFold, from + 20 * LatencyLog::kFold, end}) {
                LatencyHistogram sum;
                for (std::size_t i = 0; i < 3; ++i) {
                    sum.merge(log.merged({routes[i], {}, {}, {}, {}}, from, to));
                }
                QVERIFY(log.merged({}, from, to) == sum);
                QCOMPARE(log.merged({}, from, to).sumNs(), sum.sumNs());
            }
        }
        QVERIFY(log.merged({}, at(0s), end).count() > 20'000);
        const auto copy = log;
        QVERIFY(copy.merged({}, at(0s), end) == log.merged({}, at(0s), end));
        // What is old is folded: a window that begins within a fold has none of it.
        const auto fold = LatencyLog::slotStart(at(100s), LatencyLog::kFold);
        log.expire(at(1510s));
        QVERIFY(!log.merged({}, fold, fold + 1s).empty());
        QVERIFY(log.merged({}, fold + 2s, fold + LatencyLog::kFold).empty());
        log.expire(at(1510s) + LatencyLog::kKept);
        QVERIFY(log.merged({}, at(-16s), at(4h)).empty());
    }

    void oneWalkOverTheReadingsTellsWhatASearchForEachWould() {
        std::mt19937 random(7);
        std::vector<SeriesKey> keys;
        for (const auto* id : {"cache.lookups", "service.http.requests", "service.shed"}) {
            for (const auto* route : {"a", "b", "c", "d"}) {
                for (const auto* reason : {"x", "y"}) {
                    keys.push_back({id, {{"route", route}, {"reason", reason}}});
                }
            }
        }
        SignalStore store;
        SnapshotPtr previous;
        for (int step = 0; step < 200; ++step) {
            std::vector<Reading> readings;
            for (std::size_t i = 0; i < keys.size(); ++i) {
                if (random() % 4 > 0) {                                       // series come and go
                    const auto& key = keys[(i + random() % 3) % keys.size()]; // in whatever order
                    const bool known = std::ranges::find(readings, key, &Reading::key) != readings.end();
                    if (!known) {
                        readings.push_back(counter(key.id, key.labels, static_cast<double>(step * 3 + random() % 7)));
                    }
                }
            }
            const auto told = update(step * 500ms, std::move(readings), step < 120 ? "a" : "b");
            store.apply(told);
            for (const auto& key : keys) {
                if (told.snapshot->find(key.id, key.labels) != nullptr) {
                    const auto* entry = store.find("service/app-1", key);
                    QVERIFY(entry != nullptr);
                    QCOMPARE(entry->value, previous ? counterRate(*previous, *told.snapshot, key) : std::nullopt);
                    QCOMPARE(entry->cumulative, told.snapshot->find(key.id, key.labels)->value);
                }
            }
            previous = told.snapshot;
        }
    }

    void whatIsSlowInASlotIsWhatItsHistogramTells() {
        LatencyLog log;
        for (int i = 0; i < 1000; ++i) {
            LatencyHistogram recorded;
            recorded.recordMany(1'000'000LL * (i % 90 + 1), 7);
            if (i % 5 == 0) {
                recorded.recordMany(1, 3); // below the range
            }
            if (i % 7 == 0) {
                recorded.recordMany(100'000'000'000'000, 2); // and above it
            }
            QVERIFY(log.add({{"route", i % 2 == 0 ? "a" : "b"}}, at(2000ms * i), recorded));
        }
        const auto agree = [&](std::chrono::seconds step) {
            const auto wanted = log.slots({}, at(-16s), at(2000s), step);
            for (const std::int64_t limit : {600LL, 39'000LL, 2'000'000LL, 80'000'000LL, 90'000'000'000LL}) {
                const auto got = log.slowSlots({}, at(-16s), at(2000s), limit, step);
                QCOMPARE(got.size(), wanted.size());
                for (std::size_t i = 0; i < got.size(); ++i) {
                    QCOMPARE(got[i].from, wanted[i].from);
                    QCOMPARE(got[i].total, wanted[i].histogram.count());
                    QCOMPARE(got[i].slow, wanted[i].histogram.countFrom(limit));
                }
            }
        };
        agree(LatencyLog::kSlot);
        if (QTest::currentTestFailed()) {
            return;
        }
        log.expire(at(1h)); // all of it is folded
        agree(LatencyLog::kFold);
    }

    void aPathReadOnTheGridIsTheSameFromWhereverItBegan() {
        // Played from long ago on, and brought for a place that was sought: coarse at first.
        PathHistory played;
        PathHistory sought;
        PathReading path;
        path.requestsPerSecond.state = SourceState::Live;
        const auto read = [&](PathHistory& into, SteadyTime now) {
            path.at = now;
            path.requestsPerSecond.value = std::chrono::duration<double>(now.time_since_epoch()).count();
            into.append(path);
        };
        const SteadyTime end(5min + 300ms); // before and after the machine's start
        for (auto now = PathHistory::stepAt(end - 90min); now <= end; now += PathHistory::kStep) {
            read(played, now);
        }
        for (auto now = PathHistory::stepAt(end - 60min, 2500ms); now <= end;
             now += now < end - 21min ? 2500ms : PathHistory::kStep) {
            read(sought, now);
        }
        for (auto now = end - 59min; now <= end; now += 700ms) {
            QCOMPARE(sought.readingAt(now)->at, played.readingAt(now)->at);
        }
        const auto wanted = played.line(PathLine::Requests).samples(end - 20min, end);
        const auto got = sought.line(PathLine::Requests).samples(end - 20min, end);
        QCOMPARE(got.size(), std::size_t{2400});
        QVERIFY(std::ranges::equal(got, wanted, {}, &Sample::at, &Sample::at));
        QVERIFY(std::ranges::equal(got, wanted, {}, &Sample::value, &Sample::value));
        QCOMPARE(PathHistory::stepAt(SteadyTime(-300ms)), SteadyTime(-500ms));
        QCOMPARE(PathHistory::stepAt(SteadyTime(-500ms)), SteadyTime(-500ms));
    }

    void removedSourceTakesItsSeriesAlong() {
        SignalStore store;
        store.apply(update(0ms, {requests(1)}));
        QCOMPARE(store.byId("service.http.requests").size(), std::size_t{1});
        store.removeSource("service/app-1");
        QVERIFY(store.byId("service.http.requests").empty());
        QVERIFY(store.source("service/app-1") == nullptr);
    }

    void seriesAreBoundedWhateverASourceSends() {
        SignalStore store;
        std::vector<Reading> many;
        for (std::size_t i = 0; i < SignalStore::kMaxEntries + 10; ++i) {
            many.push_back(gauge("pool.app.in_use", {{"n", std::to_string(i)}}, 1));
        }
        store.apply(update(0ms, std::move(many)));
        QCOMPARE(store.refused(), std::size_t{10});
    }
};

QTEST_GUILESS_MAIN(TestHistory)
#include "test_history.moc"
