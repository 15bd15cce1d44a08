// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/service/fake_redis.h"
#include "tests/service/running_server.h"
#include "tests/support/patience.h"

#include <QTest>

using namespace binnacle::service;
using namespace binnacle::service::test;

namespace {

const nlohmann::json kRedis{{"dependency", "redis"}};

ServiceConfig configWith(const std::string& socket) {
    ServiceConfig config = RunningServer::plainConfig();
    config.redis.socket = socket;
    config.redis.user = "app";
    config.redis.password = "secret";
    return config;
}

} // namespace

class ServiceCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void answersACachedProjectWithoutADatabase();
    void missesGoOnToTheDatabase();
    void silentRedisIsBypassedAfterItsDeadline();
    void redisThatReturnsIsUsedAgain();
    void redisThatWasNeverThereCostsNothing();
    void cachedValuesAreCountedAndRemovedByKeyAndByTag();

private:
    std::string m_socket;
};

void ServiceCacheTest::init() {
    std::string pattern = std::filesystem::temp_directory_path() / "binnacle-cache-XXXXXX";
    m_socket = std::string(::mkdtemp(pattern.data())) + "/redis.sock";
}

void ServiceCacheTest::cleanup() {
    std::filesystem::remove_all(std::filesystem::path(m_socket).parent_path());
}

void ServiceCacheTest::answersACachedProjectWithoutADatabase() {
    FakeRedis redis(m_socket);
    redis.put("cache:1:project:1:7", R"({"id":7})");
    const RunningServer server(configWith(m_socket));
    QTRY_COMPARE(server.number("dependency.up", kRedis), 1.0);
    auto client = server.client();
    const auto answer = client.ask(get("/v1/projects/7"));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->headers.at("x-binnacle-cache"), std::string("hit"));
    const std::string id = answer->headers.at("x-request-id");
    const std::string expected = R"({"data":{"id":7},"meta":{"request_id":")" + id + R"("}})";
    QCOMPARE(answer->body, expected);
    const nlohmann::json labels{{"level", "l2"}, {"route", "GET /v1/projects/{id}"}};
    QCOMPARE(server.number("cache.hits", labels), 1.0);
    QCOMPARE(server.number("cache.misses", labels), 0.0);
}

void ServiceCacheTest::missesGoOnToTheDatabase() {
    FakeRedis redis(m_socket);
    const RunningServer server(configWith(m_socket));
    QTRY_COMPARE(server.number("dependency.up", kRedis), 1.0);
    const auto answer = server.client().ask(get("/v1/tasks/7"));
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(answer->headers.at("x-binnacle-cache"), std::string("miss"));
    QVERIFY(!redis.has("cache:1:task:1:7")); // a problem is never cached
}

void ServiceCacheTest::silentRedisIsBypassedAfterItsDeadline() {
    FakeRedis redis(m_socket);
    redis.put("cache:1:project:1:7", R"({"id":7})");
    const RunningServer server(configWith(m_socket));
    QTRY_COMPARE(server.number("dependency.up", kRedis), 1.0);
    redis.setSilent(true);
    auto client = server.client();
    const auto first = client.ask(get("/v1/projects/7"));
    QVERIFY(first);
    QCOMPARE(first->headers.at("x-binnacle-cache"), std::string("bypass"));
    QTRY_COMPARE(server.number("dependency.up", kRedis), 0.0);
    const auto second = client.ask(get("/v1/projects/7"));
    QVERIFY(second);
    QCOMPARE(second->headers.at("x-binnacle-cache"), std::string("bypass"));
    QVERIFY(server.number("cache.errors", {{"level", "l2"}}) >= 1.0);
}

void ServiceCacheTest::redisThatReturnsIsUsedAgain() {
    FakeRedis redis(m_socket);
    redis.put("cache:1:project:1:7", R"({"id":7})");
    const RunningServer server(configWith(m_socket));
    QTRY_COMPARE(server.number("dependency.up", kRedis), 1.0);
    redis.setSilent(true);
    auto client = server.client();
    QVERIFY(client.ask(get("/v1/projects/7")));
    QTRY_COMPARE(server.number("dependency.up", kRedis), 0.0);
    redis.setSilent(false);
    QTRY_COMPARE(server.number("dependency.up", kRedis), 1.0);
    const auto answer = client.ask(get("/v1/projects/7"));
    QVERIFY(answer);
    QCOMPARE(answer->headers.at("x-binnacle-cache"), std::string("hit"));
}

void ServiceCacheTest::redisThatWasNeverThereCostsNothing() {
    const RunningServer server(configWith(m_socket));
    const auto answer = server.client().ask(get("/v1/projects/7"));
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(answer->headers.at("x-binnacle-cache"), std::string("bypass"));
}

void ServiceCacheTest::cachedValuesAreCountedAndRemovedByKeyAndByTag() {
    FakeRedis redis(m_socket);
    for (const char* key : {"cache:1:project:1:7", "cache:1:task:1:7", "cache:1:task:2:7", "session:1"}) {
        redis.put(key, R"({"id":7})");
    }
    auto config = configWith(m_socket);
    config.adminToken = "token-of-the-test";
    const RunningServer server(config);
    QTRY_COMPARE(server.number("dependency.up", kRedis), 1.0);
    auto admin = server.adminClient();
    const auto ask = [&](const std::string& request) {
        const auto answer = admin.ask(request);
        return answer ? std::pair(answer->status, nlohmann::json::parse(answer->body, nullptr, false))
                      : std::pair(0, nlohmann::json());
    };
    const auto look = [&](const std::string& query) {
        return ask("GET /admin/v1/cache?" + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
    };
    const auto remove = [&](const std::string& token, const std::string& body) {
        return ask("POST /admin/v1/cache/invalidate HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    QVERIFY(look("tag=task").second["keys"] == 2);
    QVERIFY(look("tag=organisation%3A1").second["keys"] == 2);
    QVERIFY(look("key=cache%3A1%3Atask%3A1%3A7").second["sample"][0] == "cache:1:task:1:7");
    QCOMPARE(look("key=session%3A1").first, 400);
    QCOMPARE(look("tag=everything").first, 400);
    QCOMPARE(look("").first, 400);
    QCOMPARE(remove("wrong", R"({"tag":"task"})").first, 401);
    QCOMPARE(remove(config.adminToken, R"({"key":"session:1"})").first, 400);
    QCOMPARE(remove(config.adminToken, R"({"key":7})").first, 400);
    const auto [status, gone] = remove(config.adminToken, R"({"tag":"organisation:1"})");
    QCOMPARE(status, 200);
    QVERIFY(gone["removed"] == 2);
    QVERIFY(gone["present"] == 0);
    QVERIFY(gone["complete"] == true);
    QVERIFY(!redis.has("cache:1:task:1:7") && redis.has("cache:1:task:2:7") && redis.has("session:1"));
    QVERIFY(remove(config.adminToken, R"({"key":"cache:1:task:2:7"})").second["removed"] == 1);
    QVERIFY(remove(config.adminToken, R"({"key":"cache:1:task:2:7"})").second["removed"] == 0);
    redis.setSilent(true);
    QCOMPARE(look("tag=task").first, 503);
}

QTEST_GUILESS_MAIN(ServiceCacheTest)
#include "tst_service_cache.moc"
