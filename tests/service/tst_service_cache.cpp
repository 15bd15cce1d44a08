// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/service/fake_redis.h"
#include "tests/service/running_server.h"

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

QTEST_GUILESS_MAIN(ServiceCacheTest)
#include "tst_service_cache.moc"
