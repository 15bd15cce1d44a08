// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/http_client.h"
#include "tests/clients/canned_server.h"

#include <QElapsedTimer>
#include <QTest>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {
HttpClient clientOf(const CannedServer& server, std::size_t cap = HttpClient::kDefaultBodyCap) {
    return HttpClient(HttpEndpoint::parse("unix:" + server.path()).value(), cap);
}
SteadyTime soon(std::chrono::milliseconds time = 5s) {
    return steady_clock::now() + time;
}
} // namespace

class TestHttpClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsOverAKeptConnection() {
        const CannedServer server(CannedServer::http([](std::string_view request) {
            return std::pair(200, "asked " + std::string(request.substr(0, request.find(" HTTP"))));
        }));
        auto client = clientOf(server);
        QCOMPARE(client.getBody("/one", soon()).value(), std::string("asked GET /one"));
        QCOMPARE(client.getBody("/two", soon()).value(), std::string("asked GET /two"));
        QCOMPARE(server.connections(), 1);
    }
    void aSilentServerEndsAtTheDeadline() {
        const CannedServer server(CannedServer::silent());
        auto client = clientOf(server);
        QElapsedTimer timer;
        timer.start();
        const auto answer = client.get("/", soon(200ms));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Timeout);
        QVERIFY(timer.elapsed() >= 190);
        QVERIFY(timer.elapsed() < 2000);
        QCOMPARE(client.get("/", steady_clock::now() - 1s).error().code, ErrorCode::Timeout);
    }
    void aDrippingServerEndsAtTheDeadline() {
        // Each byte comes in time, the answer never does.
        const CannedServer server([](std::string& received) -> std::optional<std::string> {
            if (received.starts_with("GET")) {
                received = "dripping";
                return "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
            }
            return "x";
        });
        auto client = clientOf(server);
        QCOMPARE(client.get("/", soon(200ms)).error().code, ErrorCode::Timeout);
    }
    void nothingListeningIsRefused() {
        HttpClient client(HttpEndpoint::parse("unix:/nonexistent/socket").value());
        QCOMPARE(client.get("/", soon()).error().code, ErrorCode::Refused);
    }
    void aConnectionThatIsCutIsClosed() {
        const CannedServer server([](std::string& received) -> std::optional<std::string> {
            received.clear();
            return std::nullopt;
        });
        auto client = clientOf(server);
        QCOMPARE(client.get("/", soon()).error().code, ErrorCode::Closed);
    }
    void aBodyOverTheCapIsAnErrorAndTheNextCallWorks() {
        const CannedServer server(CannedServer::http([](std::string_view request) {
            return std::pair(200, std::string(request.starts_with("GET /big") ? 100'000 : 10, 'x'));
        }));
        auto client = clientOf(server, 1000);
        QCOMPARE(client.get("/big", soon()).error().code, ErrorCode::Protocol);
        QCOMPARE(client.getBody("/small", soon()).value().size(), std::size_t{10});
    }
    void nonsenseIsAnErrorOfTheProtocol() {
        const CannedServer server([](std::string& received) -> std::optional<std::string> {
            received.clear();
            return "\x01\x02 this is not HTTP\r\n\r\n";
        });
        auto client = clientOf(server);
        QCOMPARE(client.get("/", soon()).error().code, ErrorCode::Protocol);
    }
    void statusesLeadToTheirReactions() {
        const CannedServer server(CannedServer::http([](std::string_view request) {
            return std::pair(std::stoi(std::string(request.substr(5, 3))), std::string("body"));
        }));
        auto client = clientOf(server);
        QCOMPARE(client.getBody("/403", soon()).error().code, ErrorCode::Denied);
        QCOMPARE(client.getBody("/404", soon()).error().code, ErrorCode::NotFound);
        QCOMPARE(client.getBody("/500", soon()).error().code, ErrorCode::Protocol);
        QCOMPARE(client.get("/500", soon()).value().status, 500L);
    }
    void aGetAfterAPostIsAGetAgain() {
        const CannedServer server(CannedServer::http([](std::string_view request) {
            return std::pair(200, std::string(request.substr(0, request.find(' '))));
        }));
        auto client = clientOf(server);
        QCOMPARE(client.send("POST", "/", {}, soon()).value().body, std::string("POST"));
        QCOMPARE(client.getBody("/", soon()).value(), std::string("GET"));
        QCOMPARE(client.send("DELETE", "/", {}, soon()).value().body, std::string("DELETE"));
    }
    void endpointsAreChecked() {
        QCOMPARE(HttpEndpoint::parse("http://127.0.0.1:80/").value().baseUrl, std::string("http://127.0.0.1:80"));
        for (const char* wrong : {"", "unix:relative", "ftp://x", "http://", "127.0.0.1:80", "file:///etc/passwd"}) {
            QCOMPARE(HttpEndpoint::parse(wrong).error().code, ErrorCode::Invalid);
        }
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "test_http_client.moc"
