// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/bundled_sources.h"
#include "backend/collectors/haproxy_collector.h"
#include "backend/collectors/pgbouncer_collector.h"
#include "backend/collectors/postgres_collector.h"
#include "backend/collectors/redis_collector.h"
#include "backend/collectors/route_statements.h"
#include "backend/collectors/service_collector.h"
#include "backend/collectors/stack_collector.h"
#include "backend/sql/statement_shape.h"
#include "tests/clients/canned_server.h"
#include "tests/collectors/recorded_answers.h"
#include "tests/collectors/snapshot_checks.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;

namespace {

SteadyTime soon(std::chrono::milliseconds time = 5s) {
    return std::chrono::steady_clock::now() + time;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

HttpEndpoint endpointOf(const CannedServer& server) {
    return HttpEndpoint::parse("unix:" + server.path()).value();
}

CannedServer::Script always(const std::string& body) {
    return CannedServer::http([body](std::string_view) { return std::pair(200, body); });
}

} // namespace

class TestCollectors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anInstancesReadingsCarryItsNameRoleAndVersion() {
        const CannedServer server(always(kTelemetry));
        ServiceCollector collector("app-9", endpointOf(server));
        QCOMPARE(collector.source(), std::string("service/app-9"));
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        checkShape(*snapshot);
        QCOMPARE(snapshot->header.epoch, std::string("00ff00ff00ff00ff"));
        QCOMPARE(snapshot->header.senderMonotonic.value(), std::chrono::nanoseconds(5s));
        const Labels instance{{"instance", "app-9"}, {"role", "stable"}, {"version", "1.0.0"}};
        QCOMPARE(valueOf(*snapshot, "pool.app.in_use", instance), 2.0);
        QCOMPARE(reasonOf(*snapshot, "cache.hit_ratio", {{"instance", "app-9"}, {"level", "l2"}}),
                 std::string(kNoLookups));
    }
    void theHitRatioIsOfTheWindowOverAllRoutes() {
        std::atomic<int> pass = 0;
        const CannedServer server(CannedServer::http([&pass](std::string_view) {
            // Three hits and a miss more in the second pass, on different routes.
            auto text = std::string(kTelemetry);
            if (pass++ > 0) {
                text = replaced(replaced(text, "\"value\":6}", "\"value\":9}"), "\"value\":4}", "\"value\":5}");
            }
            return std::pair(200, text);
        }));
        ServiceCollector collector("app-1", endpointOf(server));
        QVERIFY(collector.collect(soon()));
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        QCOMPARE(valueOf(*snapshot, "cache.hit_ratio", {{"instance", "app-1"}, {"level", "l2"}}), 0.75);
    }
    void theStatementsOfARouteHaveTheirShareOfItsTime() {
        RouteStatements statements;
        auto document = *parseTelemetry(kTelemetry);
        const SteadyTime at(1h);
        auto table = statements.build(document, at);
        QCOMPARE(table.rowCount(), std::size_t{2});
        QCOMPARE(table.number(0, "mean"), std::optional(0.0002));
        QVERIFY(!table.number(0, "share")); // of no time yet
        QCOMPARE(std::string(table.text(0, "shape")),
                 statementShape("SELECT id FROM projects /* x */ WHERE owner = 7 AND state <> 'done'"));
        QVERIFY(table.text(1, "query").empty());
        // 5 s later: ten calls more took 2 of the 8 ms that the route's requests took.
        document.routeStatements->front().calls += 10;
        document.routeStatements->front().seconds += 0.002;
        auto latency = *document.readings.back().histogram;
        latency.addToSum(8'000'000);
        document.readings.back().histogram = std::make_shared<const LatencyHistogram>(std::move(latency));
        table = statements.build(document, at + 5s);
        QCOMPARE(table.number(0, "calls_rate"), std::optional(2.0));
        QVERIFY(std::abs(table.number(0, "mean_recent").value() - 0.0002) < 1e-9);
        QVERIFY(std::abs(table.number(0, "share").value() - 0.25) < 1e-9);
        QCOMPARE(table.number(1, "share"), std::optional(0.0));
    }
    void aServiceThatTellsNoStatementsSaysSo() {
        const CannedServer server(always(replaced(kTelemetry, "route_statements", "something_else")));
        ServiceCollector collector("app-1", endpointOf(server));
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        const auto table = snapshot->table("service.route_statements");
        QVERIFY(table && table->rowCount() == 0);
        QVERIFY(table->absentReason.find("does not tell") != std::string::npos);
    }
    void aSeriesToldTwiceIsNotUnderstood() {
        auto text = replaced(kTelemetry, "\"GET /v1/tasks/{id}\"", "\"GET /v1/projects\"");
        const CannedServer server(always(text));
        ServiceCollector collector("app-1", endpointOf(server));
        QCOMPARE(collector.collect(soon()).error().code, ErrorCode::Protocol);
    }

    void haproxyIsReadByProxyAndServer() {
        std::atomic<int> share = 250;
        const CannedServer server(CannedServer::http([&share](std::string_view request) {
            return request.starts_with("GET /share ") ? std::pair(200, std::to_string(share) + "\n")
                                                      : std::pair(200, std::string(kHaproxyCsv));
        }));
        HaproxyCollector collector(HaproxyTarget{endpointOf(server)});
        auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        checkShape(*snapshot);
        QCOMPARE(valueOf(*snapshot, "canary.share_percent", {}), 2.5);
        QCOMPARE(valueOf(*snapshot, "haproxy.requests", {{"proxy", "api"}}), 103.0);
        QCOMPARE(valueOf(*snapshot, "haproxy.responses", {{"class", "5xx"}, {"proxy", "api"}}), 3.0);
        QCOMPARE(valueOf(*snapshot, "haproxy.queue", {{"proxy", "be_stable"}}), 3.0);
        QCOMPARE(valueOf(*snapshot, "haproxy.retries", {{"proxy", "be_stable"}}), 2.0);
        QCOMPARE(valueOf(*snapshot, "haproxy.server.up", {{"proxy", "be_stable"}, {"server", "app-1"}}), 1.0);
        QCOMPARE(valueOf(*snapshot, "haproxy.server.up", {{"proxy", "be_stable"}, {"server", "app-2"}}), 0.0);
        QCOMPARE(reasonOf(*snapshot, "haproxy.server.up", {{"proxy", "be_stable"}, {"server", "app-4"}}),
                 std::string("in maintenance"));
        QVERIFY(snapshot->find("haproxy.server.up", {{"proxy", "be_stable"}, {"server", "spare-1"}}) == nullptr);
        // Denied and unreadable requests of the frontend; responses of the backend that no server gave.
        QCOMPARE(valueOf(*snapshot, "haproxy.own_responses", {{"proxy", "api"}}), 5.0);
        QCOMPARE(valueOf(*snapshot, "haproxy.own_responses", {{"proxy", "be_stable"}}), 2.0);
        // Three clients got a 5xx; one of them was a server's.
        QCOMPARE(valueOf(*snapshot, "haproxy.own_errors", {}), 2.0);
        QVERIFY(snapshot->find("haproxy.requests", {{"proxy", "read"}}) == nullptr);
        share = 99999;
        snapshot = collector.collect(soon());
        QVERIFY(!reasonOf(*snapshot, "canary.share_percent", {}).empty());
    }
    void aResponseStillUnderWayIsNoStepBackOfOwnResponses() {
        HaproxyReadings readings;
        std::vector<Reading> out;
        auto rows = parseHaproxyCsv(kHaproxyCsv).value();
        readings.add(rows, out);
        rows[2].responses[1] = 61; // counted by the server, not yet by the backend
        out.clear();
        readings.add(rows, out);
        const auto own = std::ranges::find_if(out, [](const Reading& reading) {
            return reading.key == SeriesKey{"haproxy.own_responses", {{"proxy", "be_stable"}}};
        });
        QCOMPARE(own->value.value(), 2.0);
    }
    void haproxysTablesTellServersAndProxies() {
        const CannedServer server(CannedServer::http([](std::string_view request) {
            return request.starts_with("GET /share ") ? std::pair(404, std::string())
                                                      : std::pair(200, std::string(kHaproxyCsv));
        }));
        HaproxyCollector collector(HaproxyTarget{endpointOf(server)});
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        const auto servers = snapshot->table("haproxy.servers");
        QVERIFY(servers != nullptr);
        QCOMPARE(servers->rowCount(), std::size_t{3}); // the slot that is held free is none
        const auto row = servers->find(std::array<TableCell, 2>{std::string("be_stable"), std::string("app-2")});
        QVERIFY(row);
        QCOMPARE(servers->text(*row, "status"), std::string_view("DOWN 1/2"));
        QCOMPARE(servers->number(*row, "retries").value(), 2.0);
        QCOMPARE(servers->number(*row, "responses_5xx").value(), 1.0);
        QCOMPARE(servers->text(*row, "check"), std::string_view("L4CON"));
        QCOMPARE(servers->number(*row, "check_duration").value(), 0.002);
        QCOMPARE(servers->number(*row, "downs").value(), 3.0);
        QCOMPARE(servers->number(*row, "weight_set").value(), 5.0);
        QVERIFY(!servers->number(*row, "request_rate")); // of one reading there is no rate
        const auto proxies = snapshot->table("haproxy.proxies");
        QVERIFY(proxies != nullptr);
        QCOMPARE(proxies->rowCount(), std::size_t{2}); // without the one that serves statistics
        QCOMPARE(proxies->text(0, "side"), std::string_view("frontend"));
        QCOMPARE(proxies->number(0, "denied").value(), 4.0);
        QCOMPARE(proxies->number(1, "queue").value(), 3.0);
        QVERIFY(snapshot->find("haproxy.server.downs", {{"proxy", "be_stable"}, {"server", "app-2"}}) != nullptr);
    }
    void ratesOfATablesRowsComeFromTheirOwnReadings() {
        HaproxyTables tables;
        auto rows = parseHaproxyCsv(kHaproxyCsv).value();
        const auto start = std::chrono::steady_clock::now();
        QVERIFY(!tables.build(rows, start).servers.number(0, "request_rate"));
        rows[2].requests = 90;
        QCOMPARE(tables.build(rows, start + 2s).servers.number(0, "request_rate").value(), 15.0);
        rows[2].requests = 3; // it began anew
        QVERIFY(!tables.build(rows, start + 3s).servers.number(0, "request_rate"));
    }
    void aForeignPageIsAskedForAShareOnceAMinute() {
        std::atomic<int> shares = 0;
        std::atomic<int> pages = 0;
        const CannedServer server(CannedServer::http([&](std::string_view request) {
            if (request.starts_with("GET /share ")) {
                ++shares;
                return std::pair(200, std::string("<html>a shop</html>"));
            }
            pages += request.starts_with("GET /haproxy?stats;csv ") ? 1 : 0;
            return std::pair(200, std::string(kHaproxyCsv));
        }));
        HaproxyCollector collector(HaproxyTarget{endpointOf(server), "/haproxy?stats"}, "haproxy/edge");
        QCOMPARE(collector.source(), std::string("haproxy/edge"));
        for (int i = 0; i < 3; ++i) {
            const auto snapshot = collector.collect(soon());
            QVERIFY(snapshot);
            QVERIFY(snapshot->find("canary.share_percent", {}) == nullptr);
        }
        QCOMPARE(shares.load(), 1);
        QCOMPARE(pages.load(), 3);
    }
    void placesOfStatisticsAreChecked() {
        const auto page = HaproxyTarget::parse("https://lb.example:8404/haproxy?stats").value();
        QCOMPARE(page.http.baseUrl, std::string("https://lb.example:8404"));
        QCOMPARE(page.path, std::string("/haproxy?stats"));
        QCOMPARE(HaproxyTarget::parse("http://lb:8404/stats;csv").value().path, std::string("/stats"));
        QCOMPARE(HaproxyTarget::parse("http://lb:8404").value().path, std::string("/stats"));
        QCOMPARE(HaproxyTarget::parse("unix:/run/read.sock").value().http.unixSocket, std::string("/run/read.sock"));
        const auto socket = HaproxyTarget::parse("socket:/run/haproxy/admin.sock").value();
        QCOMPARE(socket.socket, std::string("/run/haproxy/admin.sock"));
        QVERIFY(HaproxyCollector(socket).target().find("can also change its maps") != std::string::npos);
        for (const char* wrong : {"", "lb:8404", "http://", "http:///stats", "socket:relative", "ftp://lb/stats"}) {
            QCOMPARE(HaproxyTarget::parse(wrong).error().code, ErrorCode::Invalid);
        }
    }
    void aLoadBalancerWithoutASplitHasNoShare() {
        const CannedServer server(CannedServer::http([](std::string_view request) {
            return request.starts_with("GET /share ") ? std::pair(404, std::string())
                                                      : std::pair(200, std::string(kHaproxyCsv));
        }));
        HaproxyCollector collector(HaproxyTarget{endpointOf(server)});
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        QVERIFY(snapshot->find("canary.share_percent", {}) == nullptr);
    }

    void redisIsReadByItsInfo() {
        const std::string text = kRedisInfo;
        const CannedServer server([text](std::string& received) -> std::optional<std::string> {
            received.clear();
            return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n";
        });
        RedisCollector collector(RedisTarget::parse("unix:" + server.path()).value());
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        checkShape(*snapshot);
        QCOMPARE(snapshot->header.epoch, std::string("8f1c"));
        QCOMPARE(valueOf(*snapshot, "redis.hits", {}), 70.0);
        QCOMPARE(valueOf(*snapshot, "redis.keys", {}), 20.0);
        QCOMPARE(valueOf(*snapshot, "redis.memory_limit_bytes", {}), 134'217'728.0);
        QCOMPARE(reasonOf(*snapshot, "redis.hit_ratio", {}), std::string(kNoLookups));
    }

    void pgBouncerIsReadByPool() {
        const TextTable pools{
            {"database", "user", "cl_active", "cl_waiting", "sv_active", "sv_idle", "maxwait", "maxwait_us"},
            {{"binnacle", "app_rw", "4", "2", "5", "0", "1", "500000"},
             {"pgbouncer", "pgbouncer", "1", "0", "0", "0", "0", "0"}}};
        const TextTable databases{{"name", "pool_size"}, {{"binnacle", "5"}, {"reports", "3"}, {"pgbouncer", "2"}}};
        const TextTable stats{{"database", "total_query_count", "total_wait_time"}, {{"binnacle", "77", "2500000"}}};
        auto readings = pgBouncerReadings(pools, databases, stats);
        QVERIFY(readings);
        Snapshot snapshot;
        snapshot.readings = std::move(*readings);
        snapshot.sort();
        checkShape(snapshot);
        const Labels pool{{"pool", "binnacle/app_rw"}};
        QCOMPARE(valueOf(snapshot, "pgbouncer.clients_waiting", pool), 2.0);
        QCOMPARE(valueOf(snapshot, "pgbouncer.servers_active", pool), 5.0);
        QCOMPARE(valueOf(snapshot, "pgbouncer.max_wait_seconds", pool), 1.5);
        QCOMPARE(valueOf(snapshot, "pgbouncer.pool_size", pool), 5.0);
        QCOMPARE(valueOf(snapshot, "pgbouncer.wait_seconds", {{"pool", "binnacle"}}), 2.5);
        // Nobody has used it yet: that is none waiting, not nothing known.
        QCOMPARE(valueOf(snapshot, "pgbouncer.clients_waiting", {{"pool", "reports"}}), 0.0);
        QVERIFY(snapshot.find("pgbouncer.clients_waiting", {{"pool", "pgbouncer/pgbouncer"}}) == nullptr);
        QCOMPARE(pgBouncerReadings({{"database"}, {{"x"}}}, databases, stats).error().code, ErrorCode::Protocol);
    }

    void aStacksProcessesAreToldWithTheirUse() {
        StackStatus status;
        status.supervisorPid = 7;
        status.diskUsedBytes = 100;
        status.components = {{"redis", "redis", "running", 70, 2, 5000, 1.5, {}},
                             {"app-1", "service", "backoff", 0, 9, 0, 0, "it ends at once"}};
        ProcessRates rates;
        const auto start = std::chrono::steady_clock::now();
        auto snapshot = stackSnapshot(status, rates, start);
        checkShape(snapshot);
        const Labels redis{{"process", "redis"}, {"role", "redis"}};
        QCOMPARE(valueOf(snapshot, "stack.cpu_seconds", redis), 1.5);
        QCOMPARE(valueOf(snapshot, "stack.running", {{"process", "app-1"}, {"role", "service"}}), 0.0);
        QVERIFY(snapshot.find("stack.pss_bytes", {{"process", "app-1"}, {"role", "service"}}) == nullptr);
        QCOMPARE(valueOf(snapshot, "stack.disk_used_bytes", {}), 100.0);
        QVERIFY(snapshot.find("stack.disk_quota_bytes", {}) == nullptr);
        status.components[0].cpuSeconds = 1.75;
        snapshot = stackSnapshot(status, rates, start + 1s);
        const auto processes = snapshot.table("stack.processes");
        QCOMPARE(processes->rowCount(), std::size_t{2});
        QCOMPARE(processes->number(0, "cpu").value(), 0.25);
        QCOMPARE(processes->text(1, "message"), std::string_view("it ends at once"));
        QVERIFY(!processes->number(1, "pid"));
    }

    void everyCollectorKeepsItsDeadlineBeforeASilentServer() {
        QTemporaryDir dir;
        const CannedServer server(CannedServer::silent(), dir.filePath(QStringLiteral(".s.PGSQL.1")).toStdString());
        StackStatus status;
        status.endpoints.haproxyRead = status.endpoints.redis = status.endpoints.control = "unix:" + server.path();
        status.endpoints.pgbouncer = status.endpoints.postgresPrimary =
            "host=" + dir.path().toStdString() + " port=1 dbname=x user=x";
        status.endpoints.postgresReplicas = {status.endpoints.postgresPrimary};
        status.endpoints.instances = {{"app-1", "stable", "1", {}, "unix:" + server.path(), {}}};
        auto collectors = collectorsFor(status);
        QCOMPARE(collectors.size(), std::size_t{7});
        for (const auto& collector : collectors) {
            QElapsedTimer timer;
            timer.start();
            const auto snapshot = collector->collect(soon(100ms));
            QVERIFY2(!snapshot, collector->source().c_str());
            QVERIFY2(snapshot.error().code == ErrorCode::Timeout, collector->source().c_str());
            QVERIFY2(timer.elapsed() < 1500, collector->source().c_str());
        }
    }
    void aPartThatDoesNotExistHasNoSource() {
        QVERIFY(collectorsFor({}).empty());
        StackStatus status;
        status.endpoints.postgresPrimary = "host=/x";
        status.endpoints.postgresReplicas = {"host=/x", "host=/x"};
        const auto collectors = collectorsFor(status);
        QCOMPARE(collectors.size(), std::size_t{3});
        QCOMPARE(collectors[0]->source(), std::string("postgres/primary"));
        QCOMPARE(collectors[2]->source(), std::string("postgres/replica-2"));
    }
};

QTEST_GUILESS_MAIN(TestCollectors)
#include "test_collectors.moc"
