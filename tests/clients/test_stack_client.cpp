// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/stack_client.h"
#include "tests/clients/canned_server.h"
#include "tests/clients/stack_status_sample.h"

#include <QTest>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;

namespace {

SteadyTime soon() {
    return std::chrono::steady_clock::now() + 5s;
}

} // namespace

class TestStackClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheDocument() {
        const CannedServer server(CannedServer::http([](std::string_view request) {
            return std::pair(request.starts_with("GET /v1/status ") ? 200 : 404, std::string(kStatusSample));
        }));
        StackClient client(server.path());
        const auto status = client.status(soon());
        QVERIFY2(status, status ? "" : status.error().text.c_str());
        QCOMPARE(status->state, std::string("running"));
        QCOMPARE(status->supervisorPid, std::int64_t{77});
        QCOMPARE(status->diskQuotaBytes.value(), std::uint64_t{4'000'000'000});
        QCOMPARE(status->components.size(), std::size_t{1});
        QCOMPARE(status->component("primary")->restarts, std::uint64_t{2});
        QCOMPARE(status->component("primary")->cpuSeconds, 1.5);
        QVERIFY(status->component("redis") == nullptr);
        QCOMPARE(status->endpoints.postgresReplicas.size(), std::size_t{1});
        QCOMPARE(status->endpoints.instances[0].admin, std::string("unix:/r/a.sock"));
        QVERIFY(status->endpoints.control.empty());
        QCOMPARE(status->credentials.redisUser, std::string("console_ro"));
    }
    void whatIsNotOurDocumentIsRefusedWithASentence() {
        for (const char* text : {"", "null", "[]", "{", "{}", R"({"format":2,"state":"running"})",
                                 R"({"format":1,"state":5})", R"({"format":"1","state":"running"})"}) {
            const auto status = parseStackStatus(text);
            QVERIFY2(!status, text);
            QCOMPARE(status.error().code, ErrorCode::Protocol);
            QVERIFY(!status.error().text.empty());
        }
    }
    void membersOfAWrongTypeCountAsAbsent() {
        const auto status = parseStackStatus(
            R"({"format":1,"state":"running","components":{"a":{"name":"x"}},"endpoints":[],"credentials":"no",)"
            R"("disk":{"used_bytes":-4}})");
        QVERIFY(status);
        QVERIFY(!status->diskUsedBytes);
        QVERIFY(status->endpoints.api.empty());
        QVERIFY(parseStackStatus(std::string(200'000, '[')).error().code == ErrorCode::Protocol);
    }
    void componentsAreStoppedAndStarted() {
        std::mutex mutex;
        std::vector<std::string> heard;
        const CannedServer server(CannedServer::http([&](std::string_view request) {
            const std::scoped_lock lock(mutex);
            heard.emplace_back(request.substr(0, request.find(" HTTP")));
            return std::pair(request.starts_with("POST /v1/components/redis/") ? 409 : 202,
                             std::string(R"({"error":{"code":"conflict","message":"A rollout needs it."}})"));
        }));
        StackClient client(server.path());
        QVERIFY(client.stopComponent("demo-traffic", soon()));
        QVERIFY(client.startComponent("demo-traffic", soon()));
        const auto refused = client.stopComponent("redis", soon());
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QCOMPARE(refused.error().text, std::string("A rollout needs it."));
        QCOMPARE(client.stopComponent("../../down", soon()).error().code, ErrorCode::Invalid);
        const std::scoped_lock lock(mutex);
        QCOMPARE(heard[0], std::string("POST /v1/components/demo-traffic/stop"));
        QCOMPARE(heard[1], std::string("POST /v1/components/demo-traffic/start"));
        QCOMPARE(heard.size(), std::size_t{3});
    }
    void noSupervisorIsRefused() {
        StackClient client("/nonexistent/stack.sock");
        QCOMPARE(client.status(soon()).error().code, ErrorCode::Refused);
    }
};

QTEST_GUILESS_MAIN(TestStackClient)
#include "test_stack_client.moc"
