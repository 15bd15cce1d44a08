// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/protect/fault_knob.h"
#include "tests/service/running_server.h"

#include <QTest>

using namespace binnacle::service;
using namespace binnacle::service::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kToken = "token-of-the-test";

ServiceConfig configWithToken() {
    ServiceConfig config = RunningServer::plainConfig();
    config.adminToken = kToken;
    return config;
}

std::string put(const std::string& token, const std::string& body) {
    return "PUT /admin/v1/fault HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class ServiceFaultTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFaultEnds() {
        FaultKnob knob;
        const auto now = std::chrono::steady_clock::now();
        QVERIFY(!knob.at(now).active());
        knob.set({30, 250ms, 20s}, now);
        const auto set = knob.at(now + 1s);
        QCOMPARE(set.errorPercent, 30);
        QVERIFY(set.latency == 250ms);
        QVERIFY(set.left > 18s && set.left <= 19s);
        QVERIFY(!knob.at(now + 21s).active());
        knob.set({100, 100h, 100h}, now); // beyond all limits: cut, not endless
        QVERIFY(knob.at(now).latency == kMostFaultLatency);
        QVERIFY(!knob.at(now + kLongestFault + 1s).active());
        knob.set({30, 0ms, 20s}, now);
        knob.clear();
        QVERIFY(!knob.at(now).active());
    }
    void wishesAreChecked_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<bool>("good");
        QTest::newRow("both") << R"({"fault":{"error_percent":5,"latency_ms":20,"for_s":3}})" << true;
        QTest::newRow("errors") << R"({"fault":{"error_percent":100,"for_s":600}})" << true;
        QTest::newRow("none") << R"({"fault":null})" << true;
        QTest::newRow("no end") << R"({"fault":{"error_percent":5}})" << false;
        QTest::newRow("no trouble") << R"({"fault":{"for_s":5}})" << false;
        QTest::newRow("too long") << R"({"fault":{"error_percent":5,"for_s":601}})" << false;
        QTest::newRow("too slow") << R"({"fault":{"latency_ms":5001,"for_s":6}})" << false;
        QTest::newRow("too many") << R"({"fault":{"error_percent":101,"for_s":6}})" << false;
        QTest::newRow("negative") << R"({"fault":{"error_percent":-1,"latency_ms":5,"for_s":6}})" << false;
        QTest::newRow("a fraction") << R"({"fault":{"error_percent":2.5,"for_s":6}})" << false;
        QTest::newRow("missing") << "{}" << false;
        QTest::newRow("no document") << "{" << false;
    }
    void wishesAreChecked() {
        QFETCH(const QString, body);
        QFETCH(const bool, good);
        QCOMPARE(parseFaultWish(body.toStdString()).has_value(), good);
    }
    void theTokenAloneSetsIt() {
        const RunningServer server(configWithToken());
        auto admin = server.adminClient();
        const std::string wish = R"({"fault":{"error_percent":100,"for_s":60}})";
        QCOMPARE(admin.ask(put("another", wish))->status, 401);
        QCOMPARE(admin.ask(put(kToken, "{}"))->status, 400);
        QCOMPARE(server.number("service.fault.error_share", nlohmann::json::object()), 0.0);
        QCOMPARE(admin.ask(put(kToken, wish))->status, 200);
        const auto told = admin.ask("GET /admin/v1/fault HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(nlohmann::json::parse(told->body)["fault"]["error_percent"].get<int>(), 100);
        QCOMPARE(server.number("service.fault.error_share", nlohmann::json::object()), 1.0);
    }
    void requestsOfUsersFailAndProbesDoNot() {
        const RunningServer server(configWithToken());
        auto client = server.client();
        QCOMPARE(client.ask(get("/v1/projects"))->status, 503); // without a database
        QCOMPARE(server.adminClient().ask(put(kToken, R"({"fault":{"error_percent":100,"for_s":60}})"))->status, 200);
        const auto failed = client.ask(get("/v1/projects"));
        QCOMPARE(failed->status, 500);
        QCOMPARE(nlohmann::json::parse(failed->body)["code"].get<std::string>(), std::string("internal_error"));
        QCOMPARE(client.ask(get("/healthz/live"))->status, 200);
        QCOMPARE(client.ask("GET /v1/projects HTTP/1.1\r\nHost: x\r\n\r\n")->status, 401); // nor what is refused before
        QCOMPARE(server.number("service.fault.injected", nlohmann::json::object()), 1.0);
        QCOMPARE(server.adminClient().ask(put(kToken, R"({"fault":null})"))->status, 200);
        QCOMPARE(client.ask(get("/v1/projects"))->status, 503);
    }
    void latencyIsAdded() {
        const RunningServer server(configWithToken());
        QCOMPARE(server.adminClient().ask(put(kToken, R"({"fault":{"latency_ms":120,"for_s":60}})"))->status, 200);
        const auto since = std::chrono::steady_clock::now();
        QCOMPARE(server.client().ask(get("/v1/projects"))->status, 503);
        QVERIFY(std::chrono::steady_clock::now() - since >= 120ms);
    }
    void aRestartIsFreeOfIt() {
        {
            const RunningServer server(configWithToken());
            QCOMPARE(server.adminClient().ask(put(kToken, R"({"fault":{"error_percent":100,"for_s":600}})"))->status,
                     200);
        }
        const RunningServer server(configWithToken());
        QCOMPARE(server.client().ask(get("/v1/projects"))->status, 503);
    }
};

QTEST_GUILESS_MAIN(ServiceFaultTest)
#include "tst_service_fault.moc"
