// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/prometheus_collector.h"
#include "backend/domain/freshness.h"
#include "backend/domain/rate.h"
#include "tests/clients/canned_server.h"
#include "tests/collectors/prometheus_answers.h"
#include "tests/collectors/snapshot_checks.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

SteadyTime soon() {
    return steady_clock::now() + 5s;
}

/// What a fake Prometheus answers to the three kinds of question, and how often it was asked for values.
struct Fleet {
    std::mutex mutex;
    std::string found = vectorOf({});
    std::string targets = vectorOf({});
    std::string values = vectorOf({});
    int status = 200;
    std::atomic<int> valueQueries = 0;
    std::string request;

    std::pair<int, std::string> answer(std::string_view asked) {
        const std::scoped_lock lock(mutex);
        request = asked;
        if (asked.find("count%20by") != std::string_view::npos) {
            return {status, found};
        }
        if (asked.find("_bucket") == std::string_view::npos && asked.find("bucket%7Csum") == std::string_view::npos) {
            return {status, targets};
        }
        ++valueQueries;
        return {status, values};
    }
};

PrometheusTarget targetOf(const CannedServer& server) {
    return {"test", HttpEndpoint::parse("unix:" + server.path()).value(), {}, {}, 1000ms, {}};
}

/// The readings of one answer, as the reader takes them over.
std::vector<Reading> readingsOf(PrometheusKind kind, const std::string& name, const std::string& answer) {
    PrometheusReadings readings(kind, name);
    const auto read = readPrometheusAnswer(answer, [&](const PrometheusSample& sample) { readings.add(sample); });
    return read ? readings.take() : std::vector<Reading>();
}

double valueIn(const std::vector<Reading>& readings, const std::string& id, const Labels& labels) {
    const auto it = std::ranges::find(readings, SeriesKey{id, labels}, &Reading::key);
    return it != readings.end() && it->value ? *it->value : -1;
}

} // namespace

class TestPrometheus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMappingNamesASignalAndIsThereOnce() {
        std::set<std::tuple<std::string_view, std::string_view, std::string_view>> seen;
        for (const auto& mapping : prometheusMappings()) {
            const auto* const signal = findSignal(mapping.signal);
            QVERIFY2(signal != nullptr, std::string(mapping.signal).c_str());
            QVERIFY(signal->kind != SignalKind::Ratio); // windowed here, never scraped
            QVERIFY2(seen.emplace(mapping.metric, mapping.signal, mapping.where).second,
                     std::string(mapping.metric).c_str());
        }
    }
    void readsAnInstantVectorAndNothingElse() {
        int count = 0;
        const auto visit = [&](const PrometheusSample& sample) {
            ++count;
            QCOMPARE(sample.label("__name__"), std::string_view("up"));
            QCOMPARE(sample.value, 1.5);
            QCOMPARE(sample.evaluatedAt, 1000.0);
        };
        QVERIFY(readPrometheusAnswer(vectorOf({element(series("up", "a"), "1.5"), element(series("up", "b"), "NaN")}),
                                     visit));
        QCOMPARE(count, 1); // what is no number is no reading
        const auto refused = readPrometheusAnswer(kRefusedQuery, visit);
        QVERIFY(!refused && refused.error().text.find("invalid parameter") != std::string::npos);
        QCOMPARE(readPrometheusAnswer(kMatrix, visit).error().code, ErrorCode::Protocol);
        QCOMPARE(readPrometheusAnswer("<html>", visit).error().code, ErrorCode::Protocol);
        QCOMPARE(readPrometheusAnswer("{}", visit).error().code, ErrorCode::Protocol);
    }
    void exportersBecomeOurSignals() {
        const auto postgres = readingsOf(
            PrometheusKind::Postgres, "primary",
            vectorOf({element(series("pg_stat_database_xact_commit", "d", kCommits), "700"),
                      element(series("pg_stat_database_xact_commit", "d", kOtherCommits), "19"),
                      element(series("pg_stat_activity_count", "d", kActive), "2"),
                      element(series("pg_stat_activity_count", "d", kIdle), "6"),
                      element(series("pg_stat_replication_pg_wal_lsn_diff", "d", kStandby), "4096"),
                      element(series("pg_up", "d"), "1"), element(series("redis_connected_clients", "d"), "9")}));
        const Labels server{{"server", "primary"}};
        QCOMPARE(valueIn(postgres, "postgres.transactions", {{"outcome", "commit"}, {"server", "primary"}}), 719.0);
        QCOMPARE(valueIn(postgres, "postgres.connections", server), 8.0);
        QCOMPARE(valueIn(postgres, "postgres.sessions", {{"server", "primary"}, {"state", "idle"}}), 6.0);
        QCOMPARE(valueIn(postgres, "postgres.replication.lag_bytes", {{"server", "primary"}, {"standby", "replica-1"}}),
                 4096.0);
        QCOMPARE(valueIn(postgres, "postgres.up", server), 1.0);
        QCOMPARE(postgres.size(), std::size_t{6}); // another exporter's series are not this source's

        const auto haproxy =
            readingsOf(PrometheusKind::Haproxy, "haproxy",
                       vectorOf({element(series("haproxy_server_status", "h", kServerUp), "1"),
                                 element(series("haproxy_server_status", "h", kServerDown), "1"),
                                 element(series("haproxy_server_status", "h", kServerNotUp), "0"),
                                 element(series("haproxy_server_status", "h", kServerMaint), "1"),
                                 element(series("haproxy_backend_http_responses_total", "h", kResponses), "3")}));
        QCOMPARE(valueIn(haproxy, "haproxy.server.up", {{"proxy", "be_stable"}, {"server", "app-1"}}), 1.0);
        QCOMPARE(valueIn(haproxy, "haproxy.server.up", {{"proxy", "be_stable"}, {"server", "app-2"}}), 0.0);
        QCOMPARE(valueIn(haproxy, "haproxy.responses", {{"class", "5xx"}, {"proxy", "be_stable"}}), 3.0);
        QCOMPARE(haproxy.size(), std::size_t{3}); // a server in maintenance is neither up nor down

        const auto bouncer =
            readingsOf(PrometheusKind::PgBouncer, "pgbouncer",
                       vectorOf({element(series("pgbouncer_pools_client_waiting_connections", "b", kPool), "4")}));
        QCOMPARE(valueIn(bouncer, "pgbouncer.clients_waiting", {{"pool", "binnacle/app_rw"}}), 4.0);
    }
    void ownBucketsKeepQuantilesWithinAnEighth() {
        // As an instance tells them: its cells added up to the edges that scrapers see.
        LatencyHistogram exact;
        std::mt19937_64 random(1);
        std::lognormal_distribution<double> law(std::log(3e6), 1.2);
        for (int i = 0; i < 20'000; ++i) {
            exact.recordMany(static_cast<std::int64_t>(law(random)), 1);
        }
        PrometheusBuckets buckets;
        double cumulative = static_cast<double>(exact.below());
        for (std::size_t i = 0; i < LatencyHistogram::kBucketCount; ++i) {
            cumulative += static_cast<double>(exact.cell(i));
            const bool fine = LatencyHistogram::bucketLowNs(i) >= 65536;
            if ((i + 1) % (fine ? 16 : 64) == 0) {
                buckets.add(static_cast<double>(LatencyHistogram::bucketHighNs(i)) / 1e9, cumulative);
            }
        }
        buckets.add(std::numeric_limits<double>::infinity(), static_cast<double>(exact.count()));
        buckets.addSum(static_cast<double>(exact.sumNs()) / 1e9);
        const auto told = buckets.histogram();
        QVERIFY2(told, told ? "" : told.error().c_str());
        QCOMPARE(told->count(), exact.count());
        QVERIFY(std::abs(static_cast<double>(told->sumNs()) / static_cast<double>(exact.sumNs()) - 1) < 1e-9);
        for (const double q : {0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999}) {
            const double should = exact.quantile(q).value();
            const double is = told->quantile(q).value();
            QVERIFY2(std::abs(is - should) <= 0.14 * should,
                     qPrintable(QStringLiteral("%1 for %2").arg(is).arg(should)));
        }
    }
    void coarseBucketsHaveNoQuantilesAndSayWhy() {
        const auto readings = readingsOf(
            PrometheusKind::Service, "app-1",
            vectorOf({element(series("binnacle_service_http_latency_seconds_bucket", "a", bucket("0.1")), "10"),
                      element(series("binnacle_service_http_latency_seconds_bucket", "a", bucket("0.25")), "30"),
                      element(series("binnacle_service_http_latency_seconds_bucket", "a", bucket("+Inf")), "30"),
                      element(series("binnacle_service_http_latency_seconds_sum", "a", kRoute), "4.5")}));
        QCOMPARE(readings.size(), std::size_t{1});
        QVERIFY(!readings[0].histogram && !readings[0].value);
        QVERIFY2(readings[0].absentReason.find("too coarse") != std::string::npos, readings[0].absentReason.c_str());
        PrometheusBuckets open; // fine edges, but one value beyond the last
        open.add(0.1, 0);
        open.add(0.11, 5);
        open.add(std::numeric_limits<double>::infinity(), 6);
        QVERIFY(!open.histogram());
    }
    void sourcesAreNamedAsTheConsoleKnowsThem() {
        PrometheusTarget target;
        target.names = {{"10.0.0.9:9187", "reports"}};
        const PrometheusSource app{PrometheusKind::Service, "fleet", "10.0.0.1:80", "app-1"};
        const PrometheusSource bare{PrometheusKind::Service, "fleet", "10.0.0.2:80", ""};
        const PrometheusSource database{PrometheusKind::Postgres, "db", "10.0.0.3:9187", ""};
        const PrometheusSource named{PrometheusKind::Postgres, "db", "10.0.0.9:9187", ""};
        const PrometheusSource cache{PrometheusKind::Redis, "cache", "10.0.0.4:9121", ""};
        const auto ids = [&](const std::vector<PrometheusSource>& sources) {
            std::vector<std::string> out;
            for (const auto& one : namedSources(sources, target)) {
                out.push_back(one.id);
            }
            return out;
        };
        using Ids = std::vector<std::string>;
        QVERIFY(ids({app, bare, database, cache}) ==
                (Ids{"service/app-1", "service/10.0.0.2:80", "postgres/primary", "redis"}));
        QVERIFY(ids({database, named}) == (Ids{"postgres/10.0.0.3:9187", "postgres/reports"}));
        auto twin = app;
        twin.job = "other";
        QVERIFY(ids({app, twin}) == (Ids{"service/app-1@fleet", "service/app-1@other"}));
    }
    void eachSampleTravelsOnceAndIsAsOldAsTheServerSays() {
        Fleet fleet;
        const CannedServer server(CannedServer::http([&](std::string_view asked) { return fleet.answer(asked); }));
        const auto reader = std::make_shared<PrometheusReader>(targetOf(server));
        tell(fleet, "990.5", "100");
        auto collectors = prometheusCollectors(reader, soon());
        QVERIFY2(collectors, collectors ? "" : collectors.error().text.c_str());
        QCOMPARE(collectors->size(), std::size_t{1});
        auto& collector = *collectors->front();
        QCOMPARE(collector.source(), std::string("service/app-1"));
        QCOMPARE(collector.cadence(), 2000ms);
        const auto before = steady_clock::now();
        const auto first = collector.collect(soon());
        QVERIFY2(first, first ? "" : first.error().text.c_str());
        // Asked at 1000, sampled at 990.5: nine and a half seconds old, whatever our wall clock says.
        QVERIFY(first->header.steadyAt >= before - 9500ms);
        QVERIFY(first->header.steadyAt <= steady_clock::now() - 9500ms);
        const Labels labels{{"instance", "app-1"}, {"role", "stable"}, {"version", "1.0.0"}};
        Labels route = labels;
        route.set("route", "GET /v1/projects");
        route.set("status_class", "2xx");
        QCOMPARE(valueOf(*first, "service.http.requests", route), 100.0);
        QCOMPARE(fleet.valueQueries.load(), 1);

        const auto again = readAgain(collector, fleet.request);
        QCOMPARE(fleet.valueQueries.load(), 1);
        QVERIFY(again->header.steadyAt == first->header.steadyAt);

        tell(fleet, "992.5", "130");
        const auto second = readAgain(collector, fleet.request);
        QCOMPARE(fleet.valueQueries.load(), 2);
        QCOMPARE(counterRate(*first, *second, {"service.http.requests", route}).value(), 15.0);

        tell(fleet, "994.5", "5", "3000"); // it started anew
        const auto third = readAgain(collector, fleet.request);
        QVERIFY(third->header.epoch != second->header.epoch);
        QVERIFY(!counterRate(*second, *third, {"service.http.requests", route}));
    }
    void aCounterThatFallsIsAResetWhereNoStartIsTold() {
        Fleet fleet;
        const CannedServer server(CannedServer::http([&](std::string_view asked) { return fleet.answer(asked); }));
        const auto reader = std::make_shared<PrometheusReader>(targetOf(server));
        const auto tellRedis = [&](const std::string& at, const std::string& commands) {
            const std::scoped_lock lock(fleet.mutex);
            fleet.found = vectorOf({element(series("redis_commands_processed_total", "r:1"), "1")});
            fleet.targets = vectorOf({element(series("up", "r:1"), "1"), element(scraped("r:1"), at)});
            fleet.values =
                vectorOf({element(series("redis_commands_processed_total", "r:1"), commands),
                          element(series("redis_keyspace_hits_total", "r:1"), commands),
                          element(series("redis_keyspace_misses_total", "r:1"), "0"), element(scraped("r:1"), at)});
        };
        tellRedis("990", "50");
        auto collectors = prometheusCollectors(reader, soon()).value();
        QCOMPARE(collectors.front()->source(), std::string("redis"));
        const auto first = collectors.front()->collect(soon()).value();
        tellRedis("995", "60");
        const auto second = readAgain(*collectors.front(), fleet.request).value();
        QCOMPARE(counterRate(first, second, {"redis.commands", {}}).value(), 2.0);
        QCOMPARE(valueOf(second, "redis.hit_ratio", {}), 1.0);
        tellRedis("996", "2");
        const auto third = readAgain(*collectors.front(), fleet.request).value();
        QVERIFY(!counterRate(second, third, {"redis.commands", {}}));
        QVERIFY(third.find("redis.hit_ratio", {})->value == std::nullopt);
    }
    void whatIsNotScrapedIsNoReading() {
        Fleet fleet;
        const CannedServer server(CannedServer::http([&](std::string_view asked) { return fleet.answer(asked); }));
        const auto reader = std::make_shared<PrometheusReader>(targetOf(server));
        tell(fleet, "990", "100");
        auto collectors = prometheusCollectors(reader, soon()).value();
        QVERIFY(collectors.front()->collect(soon()));
        {
            const std::scoped_lock lock(fleet.mutex);
            fleet.targets = vectorOf({element(series("up", "a:1"), "0"), element(scraped("a:1"), "999")});
        }
        QCOMPARE(readAgain(*collectors.front(), fleet.request).error().code, ErrorCode::Refused);
        {
            const std::scoped_lock lock(fleet.mutex);
            fleet.targets = vectorOf({});
        }
        QCOMPARE(readAgain(*collectors.front(), fleet.request).error().code, ErrorCode::NotFound);
        {
            const std::scoped_lock lock(fleet.mutex);
            fleet.status = 401;
        }
        QCOMPARE(readAgain(*collectors.front(), fleet.request).error().code, ErrorCode::Denied);
    }
    void theServerItselfTellsHowManyTargetsItHas() {
        Fleet fleet;
        const CannedServer server(CannedServer::http([&](std::string_view asked) { return fleet.answer(asked); }));
        PrometheusServerCollector collector(std::make_shared<PrometheusReader>(targetOf(server)));
        QCOMPARE(collector.source(), std::string("prometheus/test"));
        {
            const std::scoped_lock lock(fleet.mutex);
            fleet.targets = vectorOf({element(series("up", "a:1"), "1"), element(series("up", "b:1"), "1"),
                                      element(series("up", "c:1"), "0"), element(scraped("a:1"), "999")});
        }
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        QCOMPARE(valueOf(*snapshot, "prometheus.targets", {{"state", "up"}}), 2.0);
        QCOMPARE(valueOf(*snapshot, "prometheus.targets", {{"state", "down"}}), 1.0);
    }
    void aSelectorNarrowsEveryQuery() {
        Fleet fleet;
        const CannedServer server(CannedServer::http([&](std::string_view asked) { return fleet.answer(asked); }));
        auto target = targetOf(server);
        target.selector = "env=\"prod\"";
        PrometheusReader reader(target);
        QVERIFY(reader.discover(soon()));
        QVERIFY(fleet.request.find("env%3D%22prod%22") != std::string::npos);
    }

private:
    /// One instance, sampled at `at`, with so many requests.
    static void tell(Fleet& fleet, const std::string& at, const std::string& requests,
                     const std::string& start = "500") {
        const std::scoped_lock lock(fleet.mutex);
        fleet.found =
            vectorOf({element(series("binnacle_degradation_level", "a:1", R"("exported_instance":"app-1")"), "1")});
        fleet.targets = vectorOf({element(series("up", "a:1"), "1"), element(scraped("a:1"), at)});
        fleet.values =
            vectorOf({element(series("binnacle_service_http_requests_total", "a:1", kRoute), requests),
                      element(series("process_start_time_seconds", "a:1", kItself), start),
                      element(series("binnacle_cache_hits_total", "a:1", kLevel), "7"), element(scraped("a:1"), at)});
    }
    /// Collects until the server was asked once more: within half an interval an answer serves all sources.
    static Result<Snapshot> readAgain(Collector& collector, std::string& request) {
        request.clear();
        Result<Snapshot> result = fail(ErrorCode::Io, "not asked");
        const auto limit = steady_clock::now() + 20s;
        while (request.empty() && steady_clock::now() < limit) {
            result = collector.collect(soon());
        }
        return result;
    }
};

QTEST_APPLESS_MAIN(TestPrometheus)
#include "test_prometheus.moc"
