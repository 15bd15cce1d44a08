// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/hop_saturation.h"
#include "backend/history/path_history.h"
#include "backend/history/request_path.h"
#include "backend/history/situation.h"

#include <QtTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

SteadyTime at(std::chrono::milliseconds time) {
    return SteadyTime(100000s + time);
}

/// A store that is fed by hand, half a second at a time.
class World {
public:
    SignalStore store;

    void say(const std::string& source, std::chrono::milliseconds time, std::vector<Reading> readings,
             std::chrono::milliseconds interval = 500ms) {
        Snapshot snapshot;
        snapshot.header = {source, 1, at(time), {}, 1ms, "epoch", {}};
        snapshot.readings = std::move(readings);
        snapshot.sort();
        SourceUpdate update;
        update.source = source;
        update.interval = interval;
        update.startedAt = at(0ms);
        update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
        store.apply(update);
    }
    void fail(const std::string& source, std::chrono::milliseconds time, ErrorCode code) {
        SourceUpdate update;
        update.source = source;
        update.startedAt = at(0ms);
        update.failure = SourceFailure{{code, "refused"}, at(time), {}, 1, at(time)};
        store.apply(update);
    }
    /// An instance that answered `perSecond` requests a second, each in `latency`, from 0 to `until`.
    void serve(const std::string& name, std::chrono::milliseconds until, double perSecond,
               std::chrono::nanoseconds latency, double errorsPerSecond = 0, std::string role = "stable") {
        for (auto time = 0ms; time <= until; time += 500ms) {
            const auto count = perSecond * toSeconds(time);
            const auto failed = errorsPerSecond * toSeconds(time);
            const Labels route{{"route", "GET /v1/projects"},
                               {"status_class", "2xx"},
                               {"instance", name},
                               {"role", role},
                               {"version", "1.0.0"}};
            const Labels probe{{"route", "GET /healthz/ready"},
                               {"status_class", "2xx"},
                               {"instance", name},
                               {"role", role},
                               {"version", "1.0.0"}};
            const Labels own{{"instance", name}, {"role", role}, {"version", "1.0.0"}};
            LatencyHistogram histogram;
            histogram.recordMany(latency.count(), static_cast<std::uint64_t>(count));
            LatencyHistogram probes;
            probes.recordMany(1'000'000'000, static_cast<std::uint64_t>(count));
            say("service/" + name, time,
                {counter("service.http.requests", route, count),
                 counter("service.http.requests", probe, 4 * toSeconds(time)),
                 counter("service.http.errors", route, failed), histogram_("service.http.latency", route, histogram),
                 histogram_("service.http.latency", probe, probes), gauge("service.http.in_flight", own, 2),
                 gauge("pool.app.in_use", own, 3), gauge("pool.app.size", own, 5), gauge("pool.app.waiting", own, 0),
                 gauge("degradation.level", own, 0), gauge("degradation.generation", own, 0)});
        }
    }
    void primary(std::chrono::milliseconds time, std::map<std::string, double> lagByStandby, double deadlocks = 0) {
        std::vector<Reading> readings{counter("postgres.deadlocks", {{"server", "primary"}}, deadlocks),
                                      gauge("postgres.connections", {{"server", "primary"}}, 12),
                                      gauge("postgres.max_connections", {{"server", "primary"}}, 100)};
        for (const auto& [standby, lag] : lagByStandby) {
            readings.push_back(
                gauge("postgres.replication.lag_seconds", {{"standby", standby}, {"server", "primary"}}, lag));
            readings.push_back(gauge("postgres.replication.state", {{"standby", standby}}, 1));
        }
        say("postgres/primary", time, std::move(readings), 1000ms);
    }

private:
    static Reading histogram_(std::string id, const Labels& labels, const LatencyHistogram& values) {
        return binnacle::histogram(std::move(id), labels, values);
    }
};

} // namespace

class TestRequestPath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLoadBalancerAndStandbysTellHowFullTheyAre() {
        World world;
        const Labels api{{"proxy", "api"}};
        world.say("haproxy", 1s,
                  {gauge("haproxy.sessions", api, 30), gauge("haproxy.sessions_limit", api, 120),
                   gauge("haproxy.sessions", {{"proxy", "stable"}}, 7),
                   gauge("haproxy.sessions_limit", {{"proxy", "stable"}}, 12)});
        world.say("postgres/replica-1", 1s,
                  {gauge("postgres.connections", {{"server", "replica-1"}}, 8),
                   gauge("postgres.max_connections", {{"server", "replica-1"}}, 100)});
        world.say("postgres/replica-2", 1s, {gauge("postgres.connections", {{"server", "replica-2"}}, 8)});
        const auto path = readRequestPath(world.store, at(1s));
        QCOMPARE(saturationOf(path.proxy, world.store, at(2s)), std::optional(0.25)); // of what serves users
        QCOMPARE(saturationOf(path.replicas.at(0), world.store, at(2s)), std::optional(0.08));
        QCOMPARE(saturationOf(path.replicas.at(1), world.store, at(2s)), std::optional<double>());
        QCOMPARE(saturationOf(path.proxy, world.store, at(20s)), std::optional<double>()); // long ago is not now
    }
    void ratesAndQuantilesLeaveHealthProbesOut() {
        World world;
        world.serve("app-1", 20s, 100, 8ms);
        world.serve("app-2", 20s, 50, 8ms);
        const auto path = readRequestPath(world.store, at(20s));
        QVERIFY(std::abs(path.requestsPerSecond.value.value() - 150) < 2);
        QVERIFY(std::abs(path.p99.value.value() - 0.008) < 0.0001);
        QVERIFY(path.p99.live());
        QCOMPARE(path.p99.source, std::string("service/*"));
        QCOMPARE(path.instances.size(), std::size_t{2});
        QCOMPARE(path.instances[0].version, std::string("1.0.0"));
        QVERIFY(std::abs(path.instances[1].requestsPerSecond.value() - 50) < 1);
        QCOMPARE(path.poolInUse.value, std::optional(6.0));
        QCOMPARE(path.poolSize.value, std::optional(10.0));
    }

    void quantileOfTooFewRequestsIsAbsentAndSaysSo() {
        World world;
        world.serve("app-1", 2s, 4, 8ms);
        const auto path = readRequestPath(world.store, at(2s));
        QVERIFY(path.p50.value);
        QVERIFY(!path.p99.value);
        QCOMPARE(path.p99.reason, std::string("too few (8)"));
    }

    void errorShareOverItsLimitIsMarked() {
        World world;
        world.serve("app-1", 10s, 100, 8ms, 5);
        const auto path = readRequestPath(world.store, at(10s));
        QVERIFY(std::abs(path.errorShare.value.value() - 0.05) < 0.01);
        QCOMPARE(path.errorShare.concern, Concern::Critical);
    }

    void oneLostInstanceLeavesTheSumAndNamesItself() {
        World world;
        world.serve("app-1", 20s, 100, 8ms);
        world.serve("app-2", 20s, 100, 8ms);
        world.fail("service/app-2", 20500ms, ErrorCode::Refused);
        const auto path = readRequestPath(world.store, at(20500ms));
        QVERIFY(std::abs(path.requestsPerSecond.value.value() - 100) < 2);
        QVERIFY(path.requestsPerSecond.live());
        QCOMPARE(path.instances[1].state, SourceState::Lost);
        QVERIFY(!path.instances[1].inFlight);
        const auto situation = situationOf(path, PathHistory());
        QCOMPARE(situation.concern, Concern::Critical);
        QVERIFY2(situation.clause.starts_with("app-2 stopped answering 0.5"), situation.clause.c_str());
        QCOMPARE(situation.source, std::string("service/app-2"));
    }

    void whoDrainedAnInstanceIsKnownAsLongAsControlSaysSo() {
        World world;
        world.serve("app-1", 10s, 100, 8ms);
        world.serve("app-2", 10s, 100, 8ms);
        world.say("control", 9s, {gauge("control.instance_drained", {{"by", "alice"}, {"instance", "app-2"}}, 1)});
        auto path = readRequestPath(world.store, at(10s));
        QCOMPARE(path.instances[0].drainedBy, std::string());
        QCOMPARE(path.instances[1].drainedBy, std::string("alice"));
        world.say("control", 10s, {});
        path = readRequestPath(world.store, at(10s));
        QCOMPARE(path.instances[1].drainedBy, std::string());
    }

    void valuesOfALostSourceAreNotShown() {
        World world;
        world.serve("app-1", 10s, 100, 8ms);
        const auto late = readRequestPath(world.store, at(11500ms));
        QCOMPARE(late.requestsPerSecond.state, SourceState::Late);
        QVERIFY(late.requestsPerSecond.value);
        const auto lost = readRequestPath(world.store, at(16s));
        QCOMPARE(lost.requestsPerSecond.state, SourceState::Lost);
        QVERIFY(!lost.requestsPerSecond.value);
        QVERIFY(!lost.p99.value);
        QVERIFY(!lost.instances[0].poolInUse);
    }

    void worstReplicaIsNamedAndBeyondItsLimitCritical() {
        World world;
        world.say("postgres/replica-1", 2s, {}, 1000ms);
        world.say("postgres/replica-2", 2s, {gauge("postgres.recovery.paused", {{"server", "replica-2"}}, 1)}, 1000ms);
        world.primary(2s, {{"replica-1", 0.02}, {"replica-2", 568}});
        const auto path = readRequestPath(world.store, at(2s));
        QCOMPARE(path.worstLagSeconds.value, std::optional(568.0));
        QCOMPARE(path.worstLagStandby, std::string("replica-2"));
        QCOMPARE(path.worstLagSeconds.concern, Concern::Critical);
        QCOMPARE(path.replicas[1].concern, Concern::Critical);
        const auto situation = situationOf(path, PathHistory());
        QVERIFY2(situation.clause.starts_with("Replica 2 is 9:28"), situation.clause.c_str());
        QVERIFY2(situation.detail.find("paused") != std::string::npos, situation.detail.c_str());
    }

    void aStandbyWithoutItsPrimaryTellsItsOwnLag() {
        World world;
        world.say("postgres/copy", 2s,
                  {gauge("postgres.replay.lag_seconds", {{"server", "copy"}}, 3),
                   gauge("postgres.replay.lag_bytes", {{"server", "copy"}}, 4e6)},
                  1000ms);
        auto path = readRequestPath(world.store, at(2s));
        QCOMPARE(path.worstLagSeconds.value, std::optional(3.0));
        QVERIFY(path.worstLagSeconds.live());
        QCOMPARE(path.worstLagSeconds.source, std::string("postgres/copy"));
        QCOMPARE(path.replicas[0].lagBytes, std::optional(4e6));
        QCOMPARE(path.replicas[0].lagState, SourceState::Live);
        // As soon as a primary is watched, it is the one that tells.
        world.primary(3s, {{"copy", 0.5}});
        path = readRequestPath(world.store, at(3s));
        QCOMPARE(path.worstLagSeconds.value, std::optional(0.5));
        QCOMPARE(path.worstLagSeconds.source, std::string("postgres/primary"));
    }

    void deadlocksAreCountedFromRatesAlsoAcrossAGap() {
        World world;
        world.primary(1s, {}, 7);
        world.primary(2s, {}, 7);
        world.primary(3s, {}, 8);
        world.primary(60s, {}, 10);
        const auto path = readRequestPath(world.store, at(60s));
        QCOMPARE(path.deadlocks.value, std::optional(3.0));
        QVERIFY(path.deadlockSpan >= 58s && path.deadlockSpan <= 60s);
    }

    void calmSaysTheSentenceOfCalm() {
        World world;
        world.serve("app-1", 20s, 100, 118ms);
        PathHistory history;
        for (auto time = 0ms; time <= 200s; time += 500ms) {
            PathReading past;
            past.at = at(time - 200s + 19s);
            past.p99.value = 0.12;
            past.p99.state = SourceState::Live;
            history.append(past);
        }
        const auto situation = situationOf(readRequestPath(world.store, at(20s)), history);
        QCOMPARE(situation.concern, Concern::Normal);
        QVERIFY2(situation.clause.find("of baseline.") != std::string::npos, situation.clause.c_str());
        QVERIFY2(situation.clause.starts_with("p99 11"), situation.clause.c_str());
        QVERIFY2(situation.detail.find("none fail") != std::string::npos, situation.detail.c_str());
    }

    void nothingReadYetIsWaitingAndNotZero() {
        const auto path = readRequestPath(SignalStore(), at(0s));
        QVERIFY(!path.requestsPerSecond.value);
        QCOMPARE(path.requestsPerSecond.state, SourceState::Loading);
        QCOMPARE(situationOf(path, PathHistory()).clause, std::string("Waiting for the first readings."));
    }

    void historyCutsItsLinesWhereNothingWasLive() {
        PathHistory history;
        for (int i = 0; i < 10; ++i) {
            PathReading path;
            path.at = at(i * 500ms);
            path.requestsPerSecond.state = i == 5 ? SourceState::Late : SourceState::Live;
            path.requestsPerSecond.value = i;
            history.append(path);
        }
        const auto columns = history.line(PathLine::Requests).columns(at(0s), at(5s), 10);
        QVERIFY(columns[4].present);
        QVERIFY(!columns[5].present);
        QVERIFY(columns[6].present && columns[6].gapBefore);
    }

    void readingsAreKeptThinnedForTwoHours() {
        PathHistory history;
        for (int i = 0; i < 4 * 3600; i += 1) { // two hours by half seconds
            PathReading path;
            path.at = at(i * 500ms);
            history.append(path);
        }
        QVERIFY(history.readingAt(at(0s)) != nullptr);
        QVERIFY(history.readingAt(at(-1s)) == nullptr);
        const auto old = history.readingAt(at(1003s));
        QVERIFY(old != nullptr && old->at <= at(1003s) && old->at > at(997s));
        const auto fresh = history.readingAt(at(7199900ms));
        QCOMPARE(fresh->at, at(7199500ms));
    }
};

QTEST_GUILESS_MAIN(TestRequestPath)
#include "test_request_path.moc"
