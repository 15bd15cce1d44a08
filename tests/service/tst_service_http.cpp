// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/base64.h"
#include "backend/domain/distinct_sketch.h"
#include "tests/service/running_server.h"
#include "tests/support/patience.h"

#include <QTest>

#include <cmath>
#include <sys/stat.h>

using namespace binnacle::service;
using namespace binnacle::service::test;
using std::chrono::milliseconds;

namespace {

nlohmann::json problemOf(const Answer& answer) {
    return nlohmann::json::parse(answer.body);
}

std::string codeOf(const Answer& answer) {
    return problemOf(answer)["code"];
}

std::uint64_t latencyCount(const nlohmann::json& telemetry) {
    std::uint64_t sum = 0;
    for (const auto& histogram : telemetry["histograms"]) {
        if (histogram["id"] == "service.http.latency") {
            sum += histogram["count"].get<std::uint64_t>();
        }
    }
    return sum;
}

} // namespace

class ServiceHttpTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutADatabaseReadsAre503Problems();
    void wrongOrMissingKeyIs401();
    void unknownPathIs404AndWrongMethod405WithAllow();
    void keepsTheConnectionAfterARefusal();
    void answersPipelinedRequestsInOrder();
    void readsARequestThatArrivesByteByByte();
    void readsAChunkedBody();
    void refusesBodiesByTypeAndSize();
    void namesTheFieldOfABadBody_data();
    void namesTheFieldOfABadBody();
    void answers100ContinueOnlyWhenItWantsTheBody();
    void refusesMalformedRequests_data();
    void refusesMalformedRequests();
    void refusesHeadersThatAreTooLarge();
    void badPagesAndIdsAre400();
    void echoesAHarmlessRequestId();
    void healthNeedsNoKeyAndIsNeverShed();
    void shedsAboveTheInFlightLimit();
    void slowHeaderIsAnswered408();
    void idleConnectionIsClosed();
    void countsEachRequestExactlyOnce();
    void adminSocketIsPrivateAndRefusesBrowsers();
    void distinctUsersAreToldAndProbesAreNone();
    void aWrongUserNameCountsAsTheAddress();
    void theFeaturesToldAreWhatTheLevelsTurnOff();
    void metricsWantTheExactHost();
    void drainEndsIdleConnectionsAndReturns();
    void levelComesFromTheStateFile();
    void aNewerGenerationSetsTheLevelAndKeepsIt();
    void serverWithTwoShardsServesOnBoth();
};

void ServiceHttpTest::withoutADatabaseReadsAre503Problems() {
    const RunningServer server;
    auto client = server.client();
    for (const char* target : {"/v1/projects", "/v1/projects/1", "/v1/projects/1/tasks", "/v1/tasks/1", "/v1/dashboard",
                               "/v1/search/suggestions?q=a"}) {
        const auto answer = client.ask(get(target));
        QVERIFY(answer);
        QCOMPARE(answer->status, 503);
        QCOMPARE(answer->headers.at("content-type"), std::string("application/problem+json"));
        QCOMPARE(answer->headers.at("x-api-version"), std::string("2026-11-01"));
        QCOMPARE(answer->headers.at("x-binnacle-instance"), std::string("test-1"));
        const auto problem = problemOf(*answer);
        QVERIFY(problem["request_id"] == answer->headers.at("x-request-id"));
        QVERIFY(problem["code"] == "database_unavailable" || problem["code"] == "overloaded");
        QVERIFY(problem["status"] == 503);
    }
}

void ServiceHttpTest::wrongOrMissingKeyIs401() {
    const RunningServer server;
    auto client = server.client();
    for (const char* header : {"", "Authorization: Bearer wrong\r\n", "Authorization: Basic test-key-0123456789\r\n",
                               "Authorization: Bearer\r\n", "Authorization: Bearer test-key-012345678\r\n"}) {
        const auto answer = client.ask(std::string("GET /v1/projects HTTP/1.1\r\nHost: t\r\n") + header + "\r\n");
        QVERIFY(answer);
        QCOMPARE(answer->status, 401);
        QCOMPARE(codeOf(*answer), std::string("unauthorized"));
        QCOMPARE(answer->headers.at("www-authenticate"), std::string("Bearer"));
    }
}

void ServiceHttpTest::unknownPathIs404AndWrongMethod405WithAllow() {
    const RunningServer server;
    auto client = server.client();
    for (const char* target :
         {"/", "/v1", "/v1/projects/", "/v1/projects/1/tasks/2", "/v2/projects", "/v1//projects"}) {
        const auto answer = client.ask(get(target));
        QVERIFY(answer);
        QCOMPARE(answer->status, 404);
    }
    const auto post405 = client.ask(post("/v1/projects", "{}"));
    QVERIFY(post405);
    QCOMPARE(post405->status, 405);
    QCOMPARE(post405->headers.at("allow"), std::string("GET"));
    const auto get405 = client.ask(get("/v1/tasks"));
    QVERIFY(get405);
    QCOMPARE(get405->status, 405);
    QCOMPARE(get405->headers.at("allow"), std::string("POST"));
}

void ServiceHttpTest::keepsTheConnectionAfterARefusal() {
    const RunningServer server;
    auto client = server.client();
    // The body of a refused request must not be taken for the next request.
    const auto refused = client.ask(post("/v1/nothing", "GET /smuggled HTTP/1.1\r\n\r\n"));
    QVERIFY(refused);
    QCOMPARE(refused->status, 404);
    const auto next = client.ask(get("/healthz/live"));
    QVERIFY(next);
    QCOMPARE(next->status, 200);
}

void ServiceHttpTest::answersPipelinedRequestsInOrder() {
    const RunningServer server;
    auto client = server.client();
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        requests += get(i % 2 == 0 ? "/healthz/live" : "/v1/nothing", "X-Request-Id: n" + std::to_string(i) + "\r\n");
    }
    client.send(requests);
    for (int i = 0; i < 50; ++i) {
        const auto answer = client.receive();
        QVERIFY(answer);
        QCOMPARE(answer->status, i % 2 == 0 ? 200 : 404);
        QCOMPARE(answer->headers.at("x-request-id"), "n" + std::to_string(i));
    }
}

void ServiceHttpTest::readsARequestThatArrivesByteByByte() {
    const RunningServer server;
    auto client = server.client();
    for (const char byte : post("/v1/tasks", R"({"project_id":1,"title":"split"})")) {
        client.send(std::string_view(&byte, 1));
    }
    const auto answer = client.receive();
    QVERIFY(answer);
    QCOMPARE(answer->status, 503); // valid in all respects: only the database is missing
}

void ServiceHttpTest::readsAChunkedBody() {
    const RunningServer server;
    auto client = server.client();
    const std::string head = "POST /v1/tasks HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " + std::string(kApiKey) +
                             "\r\nContent-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
    client.send(head + "f\r\n{\"project_id\":1\r\n");
    const auto whole =
        client.ask("d;x=y\r\n,\"title\":\"ab\"\r\n1\r\n}\r\n0\r\nHost: trailer\r\n\r\n" + get("/healthz/live"));
    QVERIFY(whole);
    QCOMPARE(whole->status, 503);
    const auto next = client.receive();
    QVERIFY(next);
    QCOMPARE(next->status, 200);
    const auto bad = client.ask(head + "zz\r\n");
    QVERIFY(bad);
    QCOMPARE(bad->status, 400);
    QVERIFY(client.isClosedWithin(milliseconds(3000)));
}

void ServiceHttpTest::refusesBodiesByTypeAndSize() {
    const RunningServer server;
    const std::string key = "Host: t\r\nAuthorization: Bearer " + std::string(kApiKey) + "\r\n";
    const auto type = server.client().ask("POST /v1/tasks HTTP/1.1\r\n" + key +
                                          "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
    QVERIFY(type);
    QCOMPARE(type->status, 415);
    auto client = server.client();
    const auto announced = client.ask("POST /v1/tasks HTTP/1.1\r\n" + key +
                                      "Content-Type: application/json\r\nContent-Length: 70000\r\n\r\n");
    QVERIFY(announced);
    QCOMPARE(announced->status, 413);
    QVERIFY(client.isClosedWithin(milliseconds(3000)));
    const auto chunked = server.client().ask(
        "POST /v1/tasks HTTP/1.1\r\n" + key +
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n" + std::string(70000, 'a'));
    QVERIFY(chunked);
    QCOMPARE(chunked->status, 413);
    QTRY_COMPARE(server.number("service.http.requests", {{"route", "POST /v1/tasks"}, {"status_class", "4xx"}}), 3.0);
}

void ServiceHttpTest::namesTheFieldOfABadBody_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("parameter");
    QTest::newRow("no object") << QByteArray("[]") << 400 << QByteArray();
    QTest::newRow("broken") << QByteArray("{\"title\":") << 400 << QByteArray();
    QTest::newRow("unknown") << QByteArray("{\"project_id\":1,\"title\":\"a\",\"owner\":2}") << 422
                             << QByteArray("owner");
    QTest::newRow("missing") << QByteArray("{\"project_id\":1}") << 422 << QByteArray("title");
    QTest::newRow("type") << QByteArray("{\"project_id\":\"1\",\"title\":\"a\"}") << 422 << QByteArray("project_id");
}

void ServiceHttpTest::namesTheFieldOfABadBody() {
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, parameter);
    const RunningServer server;
    const auto answer = server.client().ask(post("/v1/tasks", body.toStdString()));
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    const auto problem = problemOf(*answer);
    const auto named = problem["param"].is_null() ? std::string() : problem["param"].get<std::string>();
    QCOMPARE(named, parameter.toStdString());
}

void ServiceHttpTest::answers100ContinueOnlyWhenItWantsTheBody() {
    const RunningServer server;
    const std::string rest = " HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " + std::string(kApiKey) +
                             "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    auto wanted = server.client();
    const auto go = wanted.ask("POST /v1/tasks" + rest);
    QVERIFY(go);
    QCOMPARE(go->status, 100);
    const auto final = wanted.ask("{}");
    QVERIFY(final);
    QCOMPARE(final->status, 422);
    const auto unwanted = server.client().ask("POST /v1/nothing" + rest);
    QVERIFY(unwanted);
    QCOMPARE(unwanted->status, 404);
}

void ServiceHttpTest::refusesMalformedRequests_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray host("Host: t\r\n");
    const QByteArray live("GET /healthz/live HTTP/1.1\r\n");
    QTest::newRow("nonsense") << QByteArray("\x16\x03\x01\x02 hello\r\n\r\n") << 400;
    QTest::newRow("no host") << live + "\r\n" << 400;
    QTest::newRow("two hosts") << live + host + host + "\r\n" << 400;
    QTest::newRow("version") << QByteArray("GET / HTTP/2.0\r\nHost: t\r\n\r\n") << 505;
    QTest::newRow("two lengths") << live + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n" << 400;
    QTest::newRow("length and chunked") << live + host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        << 400;
    QTest::newRow("chunked and length") << live + host + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"
                                        << 400;
    QTest::newRow("other coding") << live + host + "Transfer-Encoding: gzip\r\n\r\n" << 501;
    QTest::newRow("coding list") << live + host + "Transfer-Encoding: gzip, chunked\r\n\r\n" << 501;
    QTest::newRow("negative length") << live + host + "Content-Length: -1\r\n\r\n" << 400;
    QTest::newRow("blank before colon") << live + "Host : t\r\n\r\n" << 400;
    QTest::newRow("nul in header") << live + host + QByteArray("X-A: a\0b\r\n\r\n", 12) << 400;
    QTest::newRow("authority form") << QByteArray("GET healthz HTTP/1.1\r\nHost: t\r\n\r\n") << 400;
    QTest::newRow("expectation") << live + host + "Expect: coffee\r\n\r\n" << 417;
}

void ServiceHttpTest::refusesMalformedRequests() {
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    const RunningServer server;
    auto client = server.client();
    const auto answer = client.ask(request.toStdString());
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->headers.at("connection"), std::string("close"));
    QVERIFY(client.isClosedWithin(milliseconds(3000)));
    QTRY_COMPARE(
        server.number("service.http.requests", {{"route", "other"}, {"status_class", status < 500 ? "4xx" : "5xx"}}),
        1.0);
}

void ServiceHttpTest::refusesHeadersThatAreTooLarge() {
    const RunningServer server;
    const auto target = server.client().ask("GET /" + std::string(20000, 'a') + " HTTP/1.1\r\nHost: t\r\n\r\n");
    QVERIFY(target);
    QCOMPARE(target->status, 414);
    const auto one = server.client().ask("GET / HTTP/1.1\r\nHost: t\r\nX-A: " + std::string(20000, 'a') + "\r\n\r\n");
    QVERIFY(one);
    QCOMPARE(one->status, 431);
    std::string many = "GET / HTTP/1.1\r\nHost: t\r\n";
    for (int i = 0; i < 2000; ++i) {
        many += "X-A: aaaaaaaaaaaaaaaa\r\n";
    }
    const auto sum = server.client().ask(many + "\r\n");
    QVERIFY(sum);
    QCOMPARE(sum->status, 431);
}

void ServiceHttpTest::badPagesAndIdsAre400() {
    const RunningServer server;
    auto client = server.client();
    for (const char* target :
         {"/v1/projects?limit=0", "/v1/projects?limit=201", "/v1/projects?limit=x", "/v1/projects?limit=1&limit=2",
          "/v1/projects?cursor=x", "/v1/projects?cursor=", "/v1/projects/0", "/v1/projects/01", "/v1/projects/-1",
          "/v1/projects/99999999999999999999", "/v1/tasks/abc", "/v1/search/suggestions", "/v1/search/suggestions?q=",
          "/v1/search/suggestions?q=%ff", "/v1/search/suggestions?q=%0", "/v1/search/suggestions?q=%00"}) {
        const auto answer = client.ask(get(target));
        QVERIFY(answer);
        QVERIFY2(answer->status == 400, target);
        QVERIFY(!problemOf(*answer)["param"].is_null());
    }
}

void ServiceHttpTest::echoesAHarmlessRequestId() {
    const RunningServer server;
    auto client = server.client();
    const auto kept = client.ask(get("/healthz/live", "X-Request-Id: abc-1.2_3\r\n"));
    QVERIFY(kept);
    QCOMPARE(kept->headers.at("x-request-id"), std::string("abc-1.2_3"));
    const auto replaced = client.ask(get("/healthz/live", "X-Request-Id: a\"b\r\n"));
    QVERIFY(replaced);
    QCOMPARE(replaced->headers.at("x-request-id").size(), std::size_t{16});
}

void ServiceHttpTest::healthNeedsNoKeyAndIsNeverShed() {
    ServiceConfig config = RunningServer::plainConfig();
    config.maxInFlight = 0;
    const RunningServer server(config);
    auto client = server.client();
    const auto live = client.ask("GET /healthz/live HTTP/1.1\r\nHost: t\r\n\r\n");
    QVERIFY(live);
    QCOMPARE(live->status, 200);
    const auto ready = client.ask("GET /healthz/ready HTTP/1.1\r\nHost: t\r\n\r\n");
    QVERIFY(ready);
    QCOMPARE(ready->status, 503);
    QTRY_COMPARE(client.ask("GET /healthz/startup HTTP/1.1\r\nHost: t\r\n\r\n")->status, 200);
}

void ServiceHttpTest::shedsAboveTheInFlightLimit() {
    ServiceConfig config = RunningServer::plainConfig();
    config.maxInFlight = 1;
    const RunningServer server(config);
    auto holder = server.client();
    // A request counts from its head on; this one keeps its body back.
    holder.send("POST /v1/tasks HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer " + std::string(kApiKey) +
                "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n");
    QTRY_COMPARE(server.number("service.http.in_flight", nlohmann::json::object()), 1.0);
    auto client = server.client();
    const auto shed = client.ask(get("/v1/projects"));
    QVERIFY(shed);
    QCOMPARE(shed->status, 503);
    QCOMPARE(codeOf(*shed), std::string("overloaded"));
    QCOMPARE(shed->headers.at("retry-after"), std::string("1"));
    QCOMPARE(server.number("service.shed", {{"reason", "in_flight"}}), 1.0);
    const auto done = holder.ask("{}");
    QVERIFY(done);
    QCOMPARE(done->status, 422);
    QTRY_COMPARE(server.number("service.http.in_flight", nlohmann::json::object()), 0.0);
}

void ServiceHttpTest::slowHeaderIsAnswered408() {
    ServiceConfig config = RunningServer::plainConfig();
    config.limits.headerTime = milliseconds(50);
    const RunningServer server(config);
    auto client = server.client();
    const auto answer = client.ask("GET /v1/projects HTTP/1.1\r\nHo");
    QVERIFY(answer);
    QCOMPARE(answer->status, 408);
    QVERIFY(client.isClosedWithin(milliseconds(3000)));
}

void ServiceHttpTest::idleConnectionIsClosed() {
    ServiceConfig config = RunningServer::plainConfig();
    config.limits.idleTime = milliseconds(50);
    const RunningServer server(config);
    auto client = server.client();
    QVERIFY(client.ask(get("/healthz/live")));
    QVERIFY(client.isClosedWithin(milliseconds(3000)));
}

void ServiceHttpTest::countsEachRequestExactlyOnce() {
    const RunningServer server;
    auto client = server.client();
    for (int i = 0; i < 20; ++i) {
        QVERIFY(client.ask(get("/v1/projects")));
        QVERIFY(client.ask(get("/v1/nothing")));
        QVERIFY(client.ask(post("/v1/tasks", "{")));
    }
    QVERIFY(server.client().ask("broken\r\n\r\n"));
    QTRY_COMPARE(latencyCount(server.telemetry()), std::uint64_t{61});
    QCOMPARE(server.number("service.http.requests", {{"route", "GET /v1/projects"}, {"status_class", "5xx"}}), 20.0);
    QCOMPARE(server.number("service.http.errors", {{"route", "GET /v1/projects"}}), 20.0);
    QCOMPARE(server.number("service.http.requests", {{"route", "POST /v1/tasks"}, {"status_class", "4xx"}}), 20.0);
    QCOMPARE(server.number("service.http.requests", {{"route", "other"}, {"status_class", "4xx"}}), 21.0);
    const auto telemetry = server.telemetry();
    for (const auto& histogram : telemetry["histograms"]) {
        std::uint64_t sum = histogram["below"].get<std::uint64_t>() + histogram["above"].get<std::uint64_t>();
        for (const auto& bucket : histogram["buckets"]) {
            sum += bucket[1].get<std::uint64_t>();
        }
        QCOMPARE(sum, histogram["count"].get<std::uint64_t>());
    }
    QCOMPARE(telemetry["epoch"].get<std::string>().size(), std::size_t{16});
    QVERIFY(telemetry["route_statements"].is_array() && telemetry["route_statements"].empty()); // without a database
    QVERIFY(telemetry["sequence"].get<int>() > 1);
}

void ServiceHttpTest::adminSocketIsPrivateAndRefusesBrowsers() {
    const RunningServer server;
    struct stat state {};
    QCOMPARE(::stat(server.adminSocket().c_str(), &state), 0);
    QCOMPARE(state.st_mode & 0777U, 0600U);
    auto client = server.adminClient();
    const auto version = client.ask("GET /admin/v1/version HTTP/1.1\r\n\r\n");
    QVERIFY(version);
    QVERIFY(problemOf(*version)["protocol_max"] == 1);
    const auto put = client.ask("PUT /admin/v1/state HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    QVERIFY(put);
    QCOMPARE(put->status, 401); // no token is configured, so nobody may
    const auto remove = client.ask("DELETE /admin/v1/state HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(remove);
    QCOMPARE(remove->status, 405);
    QCOMPARE(remove->headers.at("allow"), std::string("GET, PUT"));
    const auto browser = client.ask("GET /admin/v1/state HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\n\r\n");
    QVERIFY(browser);
    QCOMPARE(browser->status, 403);
    const auto nothing = client.ask("GET /v1/projects HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(nothing);
    QCOMPARE(nothing->status, 404);
}

void ServiceHttpTest::distinctUsersAreToldAndProbesAreNone() {
    const RunningServer server;
    const auto users = [&](const char* query) {
        const auto answer =
            server.adminClient().ask(std::string("GET /admin/v1/users") + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
        return answer && answer->status == 200 ? nlohmann::json::parse(answer->body) : nlohmann::json();
    };
    QCOMPARE(users("")["users"].get<int>(), 0);
    auto client = server.client();
    QVERIFY(client.ask(get("/healthz/ready", "X-User: probe\r\n")));
    for (int i = 0; i < 30; ++i) {
        const auto header = "X-User: user-" + std::to_string(i % 10) + "\r\n";
        QVERIFY(client.ask(get(i % 2 == 0 ? "/v1/dashboard" : "/v1/none", header)));
    }
    const auto told = users("?window_s=300");
    QCOMPARE(told["users"].get<int>(), 10);
    QVERIFY(told["instance"] == "test-1");
    QVERIFY(told["window_s"].get<double>() > 0 && told["window_s"].get<double>() <= 300);
    const auto registers = binnacle::decodeBase64(told["registers"].get<std::string>());
    QVERIFY(registers.has_value());
    QCOMPARE(std::lround(binnacle::DistinctSketch::fromRegisters(*registers)->estimate()), 10L);
    QVERIFY(told["features"][0]["id"] == "analytics");
    QCOMPARE(told["features"][0]["users"].get<int>(), 5);
    QCOMPARE(told["features"][1]["users"].get<int>(), 0);
    for (const char* wrong : {"?window_s=0", "?window_s=301", "?window_s=x", "?window_s=1&window_s=2"}) {
        QVERIFY2(users(wrong).is_null(), wrong);
    }
}

void ServiceHttpTest::aWrongUserNameCountsAsTheAddress() {
    const RunningServer server;
    auto client = server.client();
    for (const char* header : {"", "X-User: a b\r\n", "X-User: \r\n", "X-User: a\r\nX-User: b\r\n"}) {
        QVERIFY(client.ask(get("/v1/none", header)));
    }
    const auto answer = server.adminClient().ask("GET /admin/v1/users HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(nlohmann::json::parse(answer->body)["users"].get<int>(), 1);
}

void ServiceHttpTest::theFeaturesToldAreWhatTheLevelsTurnOff() {
    ServiceConfig config = RunningServer::plainConfig();
    config.adminToken = "token-of-the-test";
    const RunningServer server(config);
    auto admin = server.adminClient();
    const auto answer = admin.ask("GET /admin/v1/features HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(answer && answer->status == 200);
    const auto features = nlohmann::json::parse(answer->body)["features"];
    QCOMPARE(features.size(), 2U);
    QVERIFY(features[0]["id"] == "analytics" && features[0]["off_from"] == 1);
    QVERIFY(features[0]["routes"] == nlohmann::json({"GET /v1/dashboard"}));
    QVERIFY(features[0]["statements"] == nlohmann::json({"dashboard_analytics"}));
    QVERIFY(features[1]["id"] == "suggestions" && features[1]["off_from"] == 2);
    QVERIFY(!features[1]["fallback"].get<std::string>().empty());
    // The one that needs no database shows it: off exactly from its level on, and each fallback is counted.
    int fallbacks = 0;
    for (int level = 0; level <= 3; ++level) {
        const std::string body = R"({"degradation":{"level":)" + std::to_string(level) + R"(,"generation":)" +
                                 std::to_string(level + 1) + "}}";
        QVERIFY(admin.ask("PUT /admin/v1/state HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + config.adminToken +
                          "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
        const auto suggestions = server.client().ask(get("/v1/search/suggestions?q=a"));
        QVERIFY(suggestions);
        const bool off = level >= features[1]["off_from"].get<int>();
        QCOMPARE(suggestions->status, off ? 200 : 503);
        QCOMPARE(suggestions->body.find(R"("degraded":true)") != std::string::npos, off);
        fallbacks += off ? 1 : 0;
        QCOMPARE(server.number("service.http.degraded", {{"route", "GET /v1/search/suggestions"}}), fallbacks);
    }
}

void ServiceHttpTest::metricsWantTheExactHost() {
    const RunningServer server;
    auto client = server.metricsClient();
    const std::string port = std::to_string(server.metricsPort());
    const auto good = client.ask("GET /metrics HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
    QVERIFY(good);
    QCOMPARE(good->status, 200);
    QVERIFY(good->body.find("binnacle_pool_app_size{instance=\"test-1\"") != std::string::npos);
    for (const std::string& headers : {"Host: evil.example:" + port, std::string("Host: localhost"),
                                       "Host: localhost:" + port + "\r\nOrigin: http://localhost"}) {
        const auto refused = client.ask("GET /metrics HTTP/1.1\r\n" + headers + "\r\n\r\n");
        QVERIFY(refused);
        QCOMPARE(refused->status, 403);
    }
}

void ServiceHttpTest::drainEndsIdleConnectionsAndReturns() {
    RunningServer server;
    auto client = server.client();
    QVERIFY(client.ask(get("/healthz/live")));
    server.drain();
    QVERIFY(client.isClosedWithin(milliseconds(3000)));
    server.join();
    QVERIFY(!std::filesystem::exists(server.adminSocket()));
}

void ServiceHttpTest::levelComesFromTheStateFile() {
    std::string pattern = std::filesystem::temp_directory_path() / "binnacle-state-XXXXXX";
    const std::filesystem::path directory = ::mkdtemp(pattern.data());
    ServiceConfig config = RunningServer::plainConfig();
    config.stateFile = directory / "state.json";
    QFile file(QString::fromStdString(config.stateFile));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"format\":1,\"degradation\":{\"level\":2,\"generation\":41}}");
    file.close();
    {
        const RunningServer server(config);
        const auto state = server.adminClient().ask("GET /admin/v1/state HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(state);
        QVERIFY(problemOf(*state)["degradation"]["level"] == 2);
        QVERIFY(problemOf(*state)["degradation"]["generation"] == 41);
        QCOMPARE(server.number("degradation.level", nlohmann::json::object()), 2.0);
        const auto reduced = server.client().ask(get("/v1/search/suggestions?q=a"));
        QVERIFY(reduced);
        QCOMPARE(reduced->status, 200);
        QCOMPARE(reduced->headers.at("x-degraded"), std::string("true"));
    }
    std::filesystem::remove_all(directory);
}

void ServiceHttpTest::aNewerGenerationSetsTheLevelAndKeepsIt() {
    std::string pattern = std::filesystem::temp_directory_path() / "binnacle-state-XXXXXX";
    const std::filesystem::path directory = ::mkdtemp(pattern.data());
    ServiceConfig config = RunningServer::plainConfig();
    config.stateFile = directory / "state.json";
    config.adminToken = "token-of-the-test";
    const auto put = [](const std::string& token, const std::string& body) {
        return "PUT /admin/v1/state HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    };
    const auto wish = [](int level, int generation) {
        return R"({"degradation":{"level":)" + std::to_string(level) + R"(,"generation":)" +
               std::to_string(generation) + "}}";
    };
    {
        const RunningServer server(config);
        auto admin = server.adminClient();
        const auto status = [&](const std::string& request) {
            const auto answer = admin.ask(request);
            return answer ? answer->status : 0;
        };
        QCOMPARE(status(put("another", wish(2, 5))), 401);
        QCOMPARE(status(put(config.adminToken, "{}")), 400);
        QCOMPARE(status(put(config.adminToken, wish(4, 5))), 400);
        QCOMPARE(status(put(config.adminToken, wish(2, 0))), 400);
        QCOMPARE(status(put(config.adminToken, R"({"degradation":{"level":2.5,"generation":1}})")), 400);
        const auto set = admin.ask(put(config.adminToken, wish(2, 5)));
        QVERIFY(set);
        QCOMPARE(set->status, 200);
        QVERIFY(problemOf(*set)["kept"] == true);
        for (const int generation : {5, 4}) {
            const auto outdated = admin.ask(put(config.adminToken, wish(0, generation)));
            QVERIFY(outdated);
            QCOMPARE(outdated->status, 409);
            QVERIFY(problemOf(*outdated)["degradation"]["level"] == 2);
            QVERIFY(problemOf(*outdated)["degradation"]["generation"] == 5);
        }
        QCOMPARE(server.client().ask(get("/v1/search/suggestions?q=a"))->headers.at("x-degraded"), std::string("true"));
        QCOMPARE(server.number("degradation.level", nlohmann::json::object()), 2.0);
    }
    {
        const RunningServer server(config); // a restart remembers
        const auto state = server.adminClient().ask("GET /admin/v1/state HTTP/1.1\r\nHost: x\r\n\r\n");
        QVERIFY(problemOf(*state)["degradation"]["level"] == 2);
        QVERIFY(problemOf(*state)["degradation"]["generation"] == 5);
        // The place of the file is gone, as on a full disk: the service is relieved all the same, and says so.
        std::filesystem::remove_all(directory);
        const auto unkept = server.adminClient().ask(put(config.adminToken, wish(1, 6)));
        QVERIFY(unkept);
        QCOMPARE(unkept->status, 200);
        QVERIFY(problemOf(*unkept)["kept"] == false);
        QCOMPARE(server.number("degradation.level", nlohmann::json::object()), 1.0);
    }
}

void ServiceHttpTest::serverWithTwoShardsServesOnBoth() {
    ServiceConfig config = RunningServer::plainConfig();
    config.shards = 2;
    const RunningServer server(config);
    auto one = server.client();
    auto two = server.client();
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(one.ask(get("/healthz/live"))->status, 200);
        QCOMPARE(two.ask(get("/healthz/live"))->status, 200);
    }
    QTRY_COMPARE(server.number("service.http.requests", {{"route", "GET /healthz/live"}, {"status_class", "2xx"}}),
                 10.0);
    QCOMPARE(server.number("pool.app.size", nlohmann::json::object()), 5.0);
}

QTEST_GUILESS_MAIN(ServiceHttpTest)
#include "tst_service_http.moc"
