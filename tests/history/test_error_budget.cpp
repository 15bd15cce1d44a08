// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/error_budget.h"
#include "backend/history/path_budget.h"

#include <QtTest>

#include <cmath>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

SteadyTime at(std::chrono::milliseconds time) {
    return SteadyTime(108'000s + time);
}

SourceUpdate updateOf(std::string source, std::chrono::milliseconds time, std::vector<Reading> readings,
                      std::string epoch = "a") {
    Snapshot snapshot;
    snapshot.header.source = source;
    snapshot.header.steadyAt = at(time);
    snapshot.header.epoch = std::move(epoch);
    snapshot.readings = std::move(readings);
    snapshot.sort();
    SourceUpdate out;
    out.source = std::move(source);
    out.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    return out;
}

Reading latencies(const char* route, const char* statusClass, std::uint64_t quick, std::uint64_t slow = 0,
                  const char* version = "1.0") {
    LatencyHistogram histogram;
    histogram.recordMany(5'000'000, quick);
    histogram.recordMany(900'000'000, slow);
    return binnacle::histogram(
        "service.http.latency",
        {{"instance", "app-1"}, {"route", route}, {"status_class", statusClass}, {"version", version}}, histogram);
}

/// An instance that has answered so many requests so far.
SourceUpdate service(std::chrono::milliseconds time, std::uint64_t good, std::uint64_t failed = 0,
                     std::uint64_t slow = 0, std::string epoch = "a", std::string source = "service/app-1") {
    return updateOf(std::move(source), time,
                    {latencies("GET /v1/projects", "2xx", good, slow), latencies("GET /v1/projects", "5xx", failed),
                     latencies("GET /healthz/ready", "5xx", std::uint64_t(time.count()))},
                    std::move(epoch));
}

SourceUpdate proxy(std::chrono::milliseconds time, double ownErrors, double forwarded = 0) {
    return updateOf("haproxy", time,
                    {counter("haproxy.own_errors", {}, ownErrors),
                     counter("haproxy.server.requests", {{"proxy", "be"}, {"server", "app-1"}}, forwarded)});
}

bool near(const std::optional<double>& value, double wanted, double within = 1e-6) {
    return value && std::abs(*value - wanted) <= within * std::max(1.0, std::abs(wanted));
}

BudgetCount all(const ErrorBudget& budget, std::chrono::milliseconds now) {
    return budget.remaining(at(now)).over;
}

} // namespace

class TestErrorBudget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void failedAndSlowRequestsAreBadAndProbesAreNone() {
        ErrorBudget budget;
        budget.apply(service(0ms, 100, 5, 1));
        QCOMPARE(all(budget, 0ms), BudgetCount{}); // what was before is not known
        budget.apply(service(1000ms, 10'090, 9, 7));
        QCOMPARE(all(budget, 1000ms), (BudgetCount{10'000, 10, 1s}));
        QVERIFY(near(budget.remaining(at(1000ms)).value, 0));
    }

    void aFailureIsBadOnceHoweverLongItTook() {
        ErrorBudget budget;
        budget.apply(updateOf("service/app-1", 0ms, {latencies("GET /", "5xx", 0, 0)}));
        budget.apply(updateOf("service/app-1", 500ms, {latencies("GET /", "5xx", 3, 4)}));
        QCOMPARE(budget.count(at(500ms), 1min).bad, std::uint64_t{7});
    }

    void whatCountsAsSlowAndAsSpentIsTheObjectives() {
        ErrorBudget budget(Objective{0.9, 2s, 24h});
        budget.apply(service(0ms, 0));
        budget.apply(service(500ms, 90, 5, 5));
        QCOMPARE(all(budget, 500ms).bad, std::uint64_t{5});
        QVERIFY(near(budget.remaining(at(500ms)).value, 0.5));
        ErrorBudget strict(Objective{0.9, 2ms, 24h});
        strict.apply(service(0ms, 0));
        strict.apply(service(500ms, 100));
        QVERIFY(near(strict.remaining(at(500ms)).value, -9)); // overspent, and says so
    }

    void theSameSnapshotCountsOnceAndARestartCountsNothing() {
        ErrorBudget budget;
        budget.apply(service(0ms, 10));
        budget.apply(service(500ms, 20));
        budget.apply(service(500ms, 20));
        budget.apply(service(200ms, 15));
        QCOMPARE(all(budget, 500ms).requests, std::uint64_t{10});
        budget.apply(service(1000ms, 700, 0, 0, "b"));
        QCOMPARE(all(budget, 1000ms).requests, std::uint64_t{10});
        budget.apply(service(1500ms, 703, 0, 0, "b"));
        QCOMPARE(all(budget, 1500ms).requests, std::uint64_t{13});
        budget.apply(service(2000ms, 5, 0, 0, "b")); // ran backwards within a start
        budget.apply(service(2500ms, 6, 0, 0, "b"));
        QCOMPARE(all(budget, 2500ms).requests, std::uint64_t{14});
    }

    void seriesThatComeLateCountAndRenamedOnesDoNotCountAgain() {
        ErrorBudget budget;
        const auto tell = [&](std::chrono::milliseconds time, std::vector<Reading> readings) {
            budget.apply(updateOf("service/app-1", time, std::move(readings)));
        };
        tell(0ms, {latencies("GET /b", "2xx", 100)});
        tell(500ms, {latencies("GET /a", "2xx", 3), latencies("GET /b", "2xx", 100), latencies("GET /c", "5xx", 1)});
        QCOMPARE(all(budget, 500ms), (BudgetCount{4, 1, 1s}));
        tell(1000ms, {latencies("GET /a", "2xx", 3)}); // not told for once
        tell(1500ms, {latencies("GET /a", "2xx", 3), latencies("GET /b", "2xx", 102)});
        QCOMPARE(all(budget, 1500ms).requests, std::uint64_t{6});
        tell(2000ms, {latencies("GET /a", "2xx", 3, 0, "2.0"), latencies("GET /b", "2xx", 102, 0, "2.0")});
        tell(2500ms, {latencies("GET /a", "2xx", 4, 0, "2.0"), latencies("GET /b", "2xx", 102, 0, "2.0")});
        QCOMPARE(all(budget, 2500ms).requests, std::uint64_t{7});
    }

    void instancesAddUpAndTheirTimeCountsOnce() {
        ErrorBudget budget;
        for (int i = 0; i <= 20; ++i) {
            budget.apply(service(i * 500ms, std::uint64_t(i) * 10));
            budget.apply(service(i * 500ms + 200ms, std::uint64_t(i) * 5, 0, 0, "x", "service/app-2"));
        }
        QCOMPARE(all(budget, 10'200ms), (BudgetCount{300, 0, 10s}));
    }

    void theBurnRateIsTheBadSharePerBudget() {
        ErrorBudget budget;
        for (int i = 0; i <= 3600; ++i) { // an hour with one in a thousand, then ten in a thousand for five minutes
            const auto bad = std::uint64_t(i <= 3300 ? i : 3300 + (i - 3300) * 10);
            budget.apply(service(i * 1000ms, std::uint64_t(i) * 1000 - bad, bad));
        }
        const auto now = at(3600s);
        QVERIFY(near(budget.burnRate(now, 5min), 10));
        QVERIFY(near(budget.burnRate(now, 1h), (3300 + 3000) / 3600.0));
        QVERIFY(near(budget.burnRate(now - 5min, 5min), 1)); // as it was then
        QVERIFY(near(budget.burnRate(now - 150s, 5min), 5.5));
        // Nothing is known of the five hours before: as if they had been good.
        QVERIFY(near(budget.burnRate(now, 6h), 6300 / 3600.0 / 6));
        QVERIFY(!budget.burns(now, kFastBurn));
        QVERIFY(near(budget.remaining(now).value, 1 - 6300 / 3600.0));
        QCOMPARE(budget.remaining(now).over.seen, 3600s);
    }

    void bothWindowsOfALimitMustBurn() {
        ErrorBudget budget;
        for (int i = 0; i <= 7200; ++i) { // two good hours, then everything fails
            const auto bad = std::uint64_t(std::max(0, i - 7100)) * 100;
            budget.apply(service(i * 1000ms, std::uint64_t(i) * 100 - bad, bad));
        }
        QVERIFY(!budget.burns(at(7105s), kFastBurn)); // the hour is not yet
        QVERIFY(budget.burns(at(7200s), kFastBurn));
        QVERIFY(!budget.burns(at(7200s + 6min), kFastBurn)); // nothing more was seen
    }

    void tooLittleIsAbsentAndSaysWhy() {
        ErrorBudget budget;
        QCOMPARE(budget.burn(at(0ms), 5min).reason, std::string("no instance tells its requests"));
        budget.apply(service(0ms, 0));
        budget.apply(service(20s, 500));
        QCOMPARE(budget.burn(at(20s), 5min).reason, std::string("only 0:20 min of 5:00 min seen"));
        QCOMPARE(budget.remaining(at(20s)).reason, std::string("too few (500)"));
        budget.apply(service(40s, 500));
        QVERIFY(near(budget.burnRate(at(40s), 5min), 0));

        ErrorBudget quiet;
        quiet.apply(service(0ms, 0));
        quiet.apply(service(60s, 9, 9));
        QCOMPARE(quiet.burn(at(60s), 5min).reason, std::string("too few (18)"));
        quiet.apply(service(61s, 9, 10)); // so many bad ones are enough
        QVERIFY(near(quiet.burnRate(at(61s), 1min), 10.0 / 19 * 1000, 0.05));
        QCOMPARE(quiet.burn(at(2h), 5min).reason, std::string("only 0:00 min of 5:00 min seen"));
        quiet.apply(service(120s, 9, 10));
        QCOMPARE(quiet.burn(at(2min), 30s).reason, std::string("no requests in this time"));
    }

    void latenciesThatCannotBeToldAreTheReason() {
        ErrorBudget budget;
        for (const auto time : {0s, 60s}) {
            budget.apply(updateOf("service/app-1", time,
                                  {absent(SignalKind::Histogram, "service.http.latency", {}, "too coarse")}));
            budget.apply(proxy(time, double(time.count())));
        }
        QCOMPARE(budget.burn(at(60s), 5min).reason, std::string("too coarse"));
        QCOMPARE(budget.remaining(at(60s)).reason, std::string("too coarse"));
    }

    void requestsThatReachNoInstanceAreBad() {
        ErrorBudget budget;
        budget.apply(proxy(0ms, 40, 1000));
        budget.apply(service(0ms, 1000));
        budget.apply(proxy(1000ms, 40, 2000));
        budget.apply(service(1000ms, 2000));
        QCOMPARE(all(budget, 1000ms), (BudgetCount{1000, 0, 1s}));
        // From here on no instance answers, neither its users nor us.
        for (int i = 1; i <= 60; ++i) {
            budget.apply(proxy(1000ms + i * 1000ms, 40 + i * 10, 2000));
        }
        QCOMPARE(all(budget, 61s), (BudgetCount{1600, 600, 61s}));
        QCOMPARE(budget.seenUntil(), std::optional(at(61s)));
        QCOMPARE(budget.seenBy(), std::string("haproxy"));
        QVERIFY(budget.burnRate(at(61s), 5min).value() > 14.4);
        QVERIFY(budget.countsProxy());
    }

    void whatOnlyTheProxySawOfAnsweredRequestsIsNotSeen() {
        ErrorBudget budget;
        budget.apply(service(0ms, 0));
        budget.apply(service(60s, 5000));
        for (int i = 0; i <= 60; ++i) { // we can't read the instances, which answer
            budget.apply(proxy(60s + i * 1000ms, 0, i * 50));
        }
        QCOMPARE(budget.count(at(120s), 1min), BudgetCount{});
        QCOMPARE(all(budget, 120s), (BudgetCount{5000, 0, 60s}));
    }

    void aLongSilenceCountsForTheDayButNotForTheMinutes() {
        ErrorBudget budget;
        budget.apply(service(0ms, 0));
        budget.apply(service(20min, 11'000, 1000));
        QCOMPARE(all(budget, 20min), (BudgetCount{12'000, 1000, 20min}));
        QCOMPARE(budget.burn(at(20min), 5min).reason, std::string("only 0:00 min of 5:00 min seen"));
        QCOMPARE(budget.count(at(20min), 1h).bad, std::uint64_t{1000});
    }

    void whatOurMachineSleptThroughIsLeftOut() {
        ErrorBudget budget;
        auto before = service(0ms, 0);
        auto after = service(500ms, 1'000'000, 500'000);
        for (auto* update : {&before, &after}) {
            auto told = *update->snapshot;
            told.header.senderMonotonic = update == &before ? 0s : 8h;
            update->snapshot = std::make_shared<const Snapshot>(std::move(told));
        }
        budget.apply(before);
        budget.apply(after);
        QCOMPARE(all(budget, 500ms), BudgetCount{});
    }

    void aDayIsKeptAndNoMore() {
        ErrorBudget budget;
        for (int minute = 0; minute <= 60 * 30; ++minute) {
            budget.apply(service(std::chrono::minutes(minute), std::uint64_t(minute) * 600));
        }
        const auto counted = all(budget, 30h);
        QCOMPARE(counted.seen, std::chrono::seconds(24h));
        QCOMPARE(counted.requests, std::uint64_t{24 * 60 * 600});
        QCOMPARE(budget.count(at(30h), 6h).requests, std::uint64_t{6 * 60 * 600});
    }

    void anEarlierCountIsTakenOver() {
        ErrorBudget day;
        for (int minute = 0; minute <= 300; ++minute) {
            day.apply(service(std::chrono::minutes(minute), std::uint64_t(minute) * 600));
        }
        ErrorBudget budget;
        budget.apply(service(300min, 180'000));
        budget.apply(service(301min, 180'590, 10));
        budget.takeOver(day);
        QCOMPARE(all(budget, 301min), (BudgetCount{180'600, 10, 301min}));
        QCOMPARE(budget.seenUntil(), std::optional(at(301min)));
        QVERIFY(near(budget.remaining(at(301min)).value, 1 - 10 / 180.6));
    }

    void aPathsBudgetIsJudgedByBothWindowsAndShownWhileSomebodyTells() {
        ErrorBudget budget;
        PathReading path;
        path.requestsPerSecond.source = "service/*";
        path.requestsPerSecond.state = path.proxy.state = SourceState::Live;
        path.proxy.source = "haproxy";
        const auto read = [&](std::chrono::milliseconds now) {
            path.at = at(now);
            return readBudget(budget, path);
        };
        QCOMPARE(read(0ms).left.reason, std::string("no instance tells its requests"));
        std::uint64_t good = 0;
        std::uint64_t failed = 0;
        std::chrono::seconds now{};
        const auto go = [&](std::chrono::seconds time, std::uint64_t goods, std::uint64_t bads) {
            for (const auto end = now + time; now < end; now += 10s) {
                good += goods;
                failed += bads;
                budget.apply(service(now, good, failed));
            }
            now -= 10s;
            return read(now);
        };
        auto shown = go(7h, 1000, 0);
        QCOMPARE(shown.left.concern, Concern::Normal);
        QVERIFY(near(shown.left.value, 1));
        shown = go(70min, 996, 4); // four times as fast as it lasts, which is no limit
        QCOMPARE(shown.left.concern, Concern::Normal);
        QVERIFY(shown.left.value.value() < 1 && near(shown.fastQuick.value, 4, 0.02));
        shown = go(20min, 500, 500);
        QCOMPARE(shown.left.concern, Concern::Critical);
        QCOMPARE(shown.left.value, std::optional(0.0)); // overspent is nothing left
        QVERIFY(shown.spent.value() > 1);
        shown = go(50min, 1000, 0);
        QCOMPARE(shown.left.concern, Concern::Caution); // it burns no more, and is spent
        // Without instances it is shown for as long as the load balancer tells that it refuses what comes.
        path.requestsPerSecond.state = SourceState::Lost;
        shown = read(now);
        QVERIFY(!shown.left.value && shown.left.state == SourceState::Lost);
        QCOMPARE(shown.lastLeft, std::optional(0.0));
        budget.apply(proxy(now, 0, 5));
        budget.apply(proxy(now + 1s, 10, 5));
        shown = read(now + 1s);
        QCOMPARE(shown.left.source, std::string("haproxy"));
        QCOMPARE(shown.left.value, std::optional(0.0));
    }

    void timesBeforeTheMachinesStartAreNoOthers() {
        ErrorBudget budget; // a recording of the start before this one
        const auto from = -(108'000s + 90min) - 7s;
        for (int second = 0; second <= 3 * 3600; second += 10) {
            budget.apply(service(from + std::chrono::seconds(second), std::uint64_t(second) * 10));
        }
        QCOMPARE(all(budget, from + 3h), (BudgetCount{108'000, 0, 3h}));
        QCOMPARE(budget.count(at(from + 2h), 30min), (BudgetCount{18'000, 0, 30min}));
    }

    void aSourceThatWentBeginsAnew() {
        ErrorBudget budget;
        budget.apply(service(0ms, 0));
        budget.apply(service(500ms, 50));
        budget.removeSource("service/app-1");
        budget.apply(service(60s, 90));
        budget.apply(service(61s, 95));
        QCOMPARE(all(budget, 61s).requests, std::uint64_t{55});
    }
};

QTEST_APPLESS_MAIN(TestErrorBudget)
#include "test_error_budget.moc"
