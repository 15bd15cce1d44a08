// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/arrival_schedule.h"
#include "backend/load/open_loop_run.h"
#include "backend/load/request_planner.h"
#include "backend/load/stack_target.h"
#include "tests/load/fake_http_server.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace binnacle;
using namespace binnacle::load;
using namespace binnacle::load::test;
using namespace std::chrono_literals;

namespace {

Target targetOf(const FakeHttpServer& server) {
    return Target{*resolveEndpoint(server.url()), "the-key"};
}

RunOptions optionsFor(double rate, std::chrono::milliseconds duration) {
    RunOptions options;
    options.ratePerSecond = rate;
    options.duration = duration;
    options.mix = *findMix("default");
    options.stopOnSignals = false;
    return options;
}

bool isLearning(const FakeRequest& request) {
    return request.line.find("limit=200") != std::string::npos;
}

/// Lets the requests that learn the keys through and gives all others to `then`.
FakeHttpServer::Script afterLearning(FakeHttpServer::Script then) {
    return [then = std::move(then)](const FakeRequest& request) {
        return isLearning(request) ? apiReply(request) : then(request);
    };
}

/// offered = sent + not sent + dropped, and every sent request is in a status and in the histogram.
void verifyCounts(const LoadReport& report) {
    for (const auto& route : report.routes) {
        QCOMPARE(route.offered, route.sent + route.notSent + route.dropped);
        std::uint64_t ended = route.errors;
        for (const auto& [status, count] : route.statuses) {
            ended += count;
        }
        QCOMPARE(ended, route.sent);
        QCOMPARE(route.latency.count(), route.sent);
    }
}

} // namespace

class TestOpenLoopRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRequestIsCountedPerRoute();
    void slowServerDoesNotDelayArrivals();
    void latencyCountsFromTheIntendedStart();
    void connectionsBoundWhatIsInFlight();
    void closeAfterEachAnswerIsNoError();
    void connectionClosedWhileIdleIsNoError();
    void connectionResetWithoutAnswerIsAnErrorAndNotSentAgain();
    void refusingAnswersAreCountedByStatus();
    void garbageIsAnError();
    void cutOffAnswerIsAnError();
    void silenceEndsByTimeoutAndOverflowIsDropped();
    void serverThatGoesAwayLeavesRequestsUnsent();
    void chunkedAndInterimAnswersAreUnderstood();
    void oneSeedSendsTheSameRequests();
    void cursorsAreFollowed();
    void unreachableEndpointIsASentence();
    void refusedKeyIsASentence();
    void emptyOrForeignApiIsASentence();
    void documentHoldsTheWholeReport();
    void stackIsAskedForTheTarget();
    void stackThatDoesNotAnswerIsASentence();
    void wrongUrlsAreRefused();
};

void TestOpenLoopRun::everyRequestIsCountedPerRoute() {
    FakeHttpServer server(apiReply);
    const auto report = runOpenLoop(optionsFor(400, 1s), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    const auto seen = server.requests();
    const auto total = report->total();
    QCOMPARE(total.sent, seen.size());
    QCOMPARE(total.errors + total.notSent + total.dropped, 0U);
    const auto posts = std::ranges::count_if(seen, [](const auto& r) { return r.line.starts_with("POST"); });
    QCOMPARE(report->routes[routeIndex(Route::CreateTask)].statuses.at(201), static_cast<std::uint64_t>(posts));
    const auto dashboards =
        std::ranges::count_if(seen, [](const auto& r) { return r.line.find("dash") != r.line.npos; });
    QCOMPARE(report->routes[routeIndex(Route::Dashboard)].sent, static_cast<std::uint64_t>(dashboards));
    QCOMPARE(report->projects, 4U);
    QCOMPARE(report->learningRequests, 5U); // the projects, and the tasks of each of the four
    QVERIFY(std::ranges::all_of(seen, [](const auto& r) {
        return r.user.starts_with("user-") && r.head.find("Authorization: Bearer the-key\r\n") != r.head.npos;
    }));
    QVERIFY(server.accepted() <= 16);
}

void TestOpenLoopRun::slowServerDoesNotDelayArrivals() {
    FakeHttpServer server(afterLearning([](const FakeRequest& request) {
        auto reply = apiReply(request);
        reply.delay = 300ms;
        return reply;
    }));
    auto options = optionsFor(100, 2s);
    options.connections = 128;
    options.seed = 11;
    const auto report = runOpenLoop(options, targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    std::vector<std::chrono::steady_clock::time_point> arrived;
    for (const auto& request : server.requests()) {
        if (!isLearning(request)) {
            arrived.push_back(request.at);
        }
    }
    std::vector<std::chrono::nanoseconds> planned;
    ArrivalSchedule schedule(100, 11);
    for (auto at = schedule.next(); at < 2s; at = schedule.next()) {
        planned.push_back(at);
    }
    QCOMPARE(arrived.size(), planned.size());
    auto start = arrived.front() - planned.front();
    for (std::size_t i = 0; i < planned.size(); ++i) {
        start = std::min(start, arrived[i] - planned[i]);
    }
    std::vector<std::chrono::nanoseconds> late;
    for (std::size_t i = 0; i < planned.size(); ++i) {
        late.push_back(arrived[i] - planned[i] - start);
    }
    std::ranges::sort(late);
    // Waiting for answers would shift arrivals by hundreds of milliseconds; the median cannot be moved by a neighbour.
    QVERIFY2(late[late.size() / 2] < 50ms, qPrintable(QString::number(late[late.size() / 2].count())));
    QVERIFY(*report->total().latency.quantile(0.5) >= 0.29);
}

void TestOpenLoopRun::latencyCountsFromTheIntendedStart() {
    FakeHttpServer server(afterLearning([](const FakeRequest& request) {
        auto reply = apiReply(request);
        reply.delay = 40ms;
        return reply;
    }));
    auto options = optionsFor(50, 1s); // one connection answers 25 a second: half of the arrivals pile up
    options.connections = 1;
    const auto report = runOpenLoop(options, targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->maxInFlight, 1U);
    QVERIFY(report->maxWaiting > 5);
    QVERIFY(*report->total().latency.quantile(0.95) > 0.3);
    QCOMPARE(report->total().dropped, 0U);
}

void TestOpenLoopRun::connectionsBoundWhatIsInFlight() {
    std::atomic<int> atOnce{0};
    FakeHttpServer server(afterLearning([&](const FakeRequest& request) {
        atOnce = std::max(atOnce.load(), request.connection);
        auto reply = apiReply(request);
        reply.delay = 50ms;
        return reply;
    }));
    auto options = optionsFor(200, 500ms);
    options.connections = 4;
    const auto report = runOpenLoop(options, targetOf(server));
    QVERIFY(report);
    QCOMPARE(report->maxInFlight, 4U);
    QCOMPARE(server.accepted(), 4);
}

void TestOpenLoopRun::closeAfterEachAnswerIsNoError() {
    FakeHttpServer server([](const FakeRequest& request) {
        auto reply = apiReply(request);
        reply.bytes.insert(reply.bytes.find("\r\n") + 2, "Connection: close\r\n");
        reply.close = true;
        return reply;
    });
    const auto report = runOpenLoop(optionsFor(200, 500ms), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->total().errors + report->total().notSent, 0U);
    QCOMPARE(report->total().sent, server.requests().size());
    QCOMPARE(static_cast<std::size_t>(server.accepted()), server.requests().size());
}

void TestOpenLoopRun::connectionClosedWhileIdleIsNoError() {
    FakeHttpServer server(apiReply, 20ms);
    const auto report = runOpenLoop(optionsFor(20, 2s), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->total().errors + report->total().notSent, 0U);
    QCOMPARE(report->total().sent, server.requests().size());
    QVERIFY(server.accepted() > 10);
}

void TestOpenLoopRun::connectionResetWithoutAnswerIsAnErrorAndNotSentAgain() {
    FakeHttpServer server(afterLearning([](const FakeRequest&) {
        FakeReply reply;
        reply.close = true;
        return reply;
    }));
    const auto report = runOpenLoop(optionsFor(200, 500ms), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->total().sent, server.requests().size());
    QCOMPARE(report->total().errors, report->total().sent - report->learningRequests);
    QCOMPARE(report->failures.at("closed"), report->total().errors);
}

void TestOpenLoopRun::refusingAnswersAreCountedByStatus() {
    FakeHttpServer server(afterLearning([](const FakeRequest&) { return jsonReply(R"({"code":"overloaded"})", 503); }));
    const auto report = runOpenLoop(optionsFor(200, 500ms), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->total().errors, 0U);
    QCOMPARE(report->total().statuses.at(503), report->total().sent - report->learningRequests);
    QCOMPARE(report->total().sent, server.requests().size());
}

void TestOpenLoopRun::garbageIsAnError() {
    FakeHttpServer server(afterLearning([](const FakeRequest&) {
        FakeReply reply;
        reply.bytes = "SSH-2.0-OpenSSH_9.2\r\n\r\n";
        return reply;
    }));
    const auto report = runOpenLoop(optionsFor(100, 500ms), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->failures.at("malformed"), report->total().errors);
    QCOMPARE(report->total().errors, report->total().sent - report->learningRequests);
}

void TestOpenLoopRun::cutOffAnswerIsAnError() {
    FakeHttpServer server(afterLearning([](const FakeRequest&) {
        FakeReply reply;
        reply.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";
        reply.close = true;
        return reply;
    }));
    const auto report = runOpenLoop(optionsFor(100, 500ms), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->failures.at("closed"), report->total().sent - report->learningRequests);
}

void TestOpenLoopRun::silenceEndsByTimeoutAndOverflowIsDropped() {
    FakeHttpServer server(afterLearning([](const FakeRequest&) {
        FakeReply reply;
        reply.silent = true;
        return reply;
    }));
    auto options = optionsFor(200, 1s);
    options.connections = 2;
    options.timeout = 200ms;
    const auto began = std::chrono::steady_clock::now();
    const auto report = runOpenLoop(options, targetOf(server));
    const auto took = std::chrono::steady_clock::now() - began;
    QVERIFY(report);
    verifyCounts(*report);
    const auto total = report->total();
    QCOMPARE(total.sent, server.requests().size());
    QCOMPARE(report->failures.at("timeout"), total.errors);
    QVERIFY(total.dropped > total.sent);
    QCOMPARE(report->maxInFlight, 2U);
    QVERIFY(took < 5s);
    QVERIFY(*total.latency.quantile(0.99) >= 0.19);
}

void TestOpenLoopRun::serverThatGoesAwayLeavesRequestsUnsent() {
    auto server = std::make_unique<FakeHttpServer>(apiReply);
    const auto target = targetOf(*server);
    auto options = optionsFor(100, 1500ms);
    int lines = 0;
    options.progress = [&](std::string_view) {
        if (++lines == 1) {
            server.reset(); // on the run's own thread, one second in
        }
    };
    const auto report = runOpenLoop(options, target);
    QVERIFY(report);
    verifyCounts(*report);
    QVERIFY(report->total().notSent > 20);
    QVERIFY(report->total().sent > 60);
    QCOMPARE(report->failures.at("connect"), report->total().notSent);
}

void TestOpenLoopRun::chunkedAndInterimAnswersAreUnderstood() {
    FakeHttpServer server(afterLearning([](const FakeRequest&) {
        FakeReply reply;
        reply.bytes = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
                      "chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n";
        return reply;
    }));
    const auto report = runOpenLoop(optionsFor(100, 500ms), targetOf(server));
    QVERIFY(report);
    verifyCounts(*report);
    QCOMPARE(report->total().statuses.at(200), report->total().sent);
    QVERIFY(server.accepted() <= 16); // both are answers of a connection that is kept
}

void TestOpenLoopRun::oneSeedSendsTheSameRequests() {
    const auto linesOf = [](std::uint64_t seed) {
        FakeHttpServer server(apiReply);
        auto options = optionsFor(200, 500ms);
        options.connections = 1; // one after the other, so that the server's order is the schedule's
        options.seed = seed;
        const auto report = runOpenLoop(options, targetOf(server));
        std::vector<std::string> lines;
        for (const auto& request : server.requests()) {
            lines.push_back(request.line + request.user + request.body);
        }
        return lines;
    };
    const auto one = linesOf(3);
    QVERIFY(one.size() > 50);
    QVERIFY(one == linesOf(3));
    QVERIFY(one != linesOf(4));
}

void TestOpenLoopRun::cursorsAreFollowed() {
    FakeHttpServer server(apiReply);
    QVERIFY(runOpenLoop(optionsFor(400, 500ms), targetOf(server)));
    const auto seen = server.requests();
    QVERIFY(std::ranges::any_of(seen, [](const auto& r) { return r.line.ends_with("/tasks?cursor=c2 HTTP/1.1"); }));
    QVERIFY(std::ranges::any_of(seen, [](const auto& r) { return r.line.ends_with("/tasks HTTP/1.1"); }));
}

void TestOpenLoopRun::unreachableEndpointIsASentence() {
    std::string url;
    {
        const FakeHttpServer gone(apiReply);
        url = gone.url();
    }
    const auto report = runOpenLoop(optionsFor(10, 1s), Target{*resolveEndpoint(url), "k"});
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Refused);
    QCOMPARE(report.error().text, url + ": cannot connect: Connection refused");
}

void TestOpenLoopRun::refusedKeyIsASentence() {
    FakeHttpServer server([](const FakeRequest&) { return jsonReply("{}", 401); });
    const auto report = runOpenLoop(optionsFor(10, 1s), targetOf(server));
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Denied);
    QVERIFY(report.error().text.find("the API key was refused") != std::string::npos);
    QVERIFY(report.error().text.find("the-key") == std::string::npos);
}

void TestOpenLoopRun::emptyOrForeignApiIsASentence() {
    FakeHttpServer empty([](const FakeRequest&) { return jsonReply(R"({"data":[],"meta":{}})"); });
    const auto none = runOpenLoop(optionsFor(10, 1s), targetOf(empty));
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::NotFound);
    FakeHttpServer foreign([](const FakeRequest&) { return jsonReply("<html>"); });
    const auto other = runOpenLoop(optionsFor(10, 1s), targetOf(foreign));
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::Protocol);
}

void TestOpenLoopRun::documentHoldsTheWholeReport() {
    FakeHttpServer server(apiReply);
    const auto report = runOpenLoop(optionsFor(400, 500ms), targetOf(server));
    QVERIFY(report);
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(reportDocument(*report))).object();
    QCOMPARE(document[QLatin1String("sent")].toInteger(), static_cast<qint64>(report->total().sent));
    QCOMPARE(document[QLatin1String("dropped")].toInteger(), 0);
    QCOMPARE(document[QLatin1String("offered")].toInteger(), document[QLatin1String("sent")].toInteger());
    const auto routes = document[QLatin1String("routes")].toArray();
    QCOMPARE(routes.size(), static_cast<qsizetype>(kRouteCount));
    qint64 sent = 0;
    for (const auto& value : routes) {
        const auto route = value.toObject();
        qint64 ended = 0;
        const auto status = route[QLatin1String("status")].toObject();
        for (const auto& count : status) {
            ended += count.toInteger();
        }
        QCOMPARE(ended, route[QLatin1String("sent")].toInteger());
        sent += ended;
        QVERIFY(route[QLatin1String("route")].isString());
        for (const char* name : {"p50", "p95", "p99", "p999"}) {
            const double seconds = route[QLatin1String(name)].toDouble(-1);
            QVERIFY2(seconds > 0 && seconds < 10, name);
        }
    }
    QCOMPARE(sent, document[QLatin1String("sent")].toInteger());
    QVERIFY(reportText(*report).find("GET /v1/projects/{id}/tasks") != std::string::npos);
}

void TestOpenLoopRun::stackIsAskedForTheTarget() {
    QTemporaryDir directory;
    const auto path = directory.filePath(QStringLiteral("s")).toStdString();
    const auto keyPath = directory.filePath(QStringLiteral("key"));
    QFile keyFile(keyPath);
    QVERIFY(keyFile.open(QIODevice::WriteOnly) && keyFile.write("abc\n") == 4);
    keyFile.close();
    const std::string status =
        R"({"format":1,"endpoints":{"api":"http://127.0.0.1:15999"},"credentials":{"api_key_file":")" +
        keyPath.toStdString() + "\"}}";
    FakeHttpServer stack([&](const FakeRequest&) { return jsonReply(status); }, 0ms, path);
    const auto target = readStackTarget(path);
    QVERIFY2(target.has_value(), target ? "" : target.error().text.c_str());
    QCOMPARE(target->apiKey, std::string("abc"));
    QCOMPARE(target->api.url, std::string("http://127.0.0.1:15999"));
    QCOMPARE(stack.requests().front().line, std::string("GET /v1/status HTTP/1.1"));
}

void TestOpenLoopRun::stackThatDoesNotAnswerIsASentence() {
    QTemporaryDir directory;
    const auto path = directory.filePath(QStringLiteral("s")).toStdString();
    QCOMPARE(readStackTarget(path).error().code, ErrorCode::Refused);
    QCOMPARE(findStackTarget(directory.path().toStdString()).error().code, ErrorCode::Refused);
    FakeHttpServer starting([](const FakeRequest&) { return jsonReply(R"({"state":"starting"})"); }, 0ms, path);
    QCOMPARE(readStackTarget(path).error().code, ErrorCode::Protocol);
}

void TestOpenLoopRun::wrongUrlsAreRefused() {
    for (const char* url : {"", "https://127.0.0.1:1", "127.0.0.1:80", "http://", "http://127.0.0.1:1/path",
                            "unix:", "unix:relative", "http://127.0.0.1:notaport"}) {
        const auto endpoint = resolveEndpoint(url);
        QVERIFY2(!endpoint, url);
        QCOMPARE(endpoint.error().code, ErrorCode::Invalid);
    }
    QCOMPARE(resolveEndpoint("http://[::1]:8080/")->host, std::string("[::1]:8080"));
}

QTEST_GUILESS_MAIN(TestOpenLoopRun)
#include "test_open_loop_run.moc"
