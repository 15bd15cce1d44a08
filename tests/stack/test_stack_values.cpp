// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/backoff.h"
#include "backend/stack/config_files.h"
#include "backend/stack/credentials.h"
#include "backend/stack/files.h"
#include "backend/stack/first_start.h"
#include "backend/stack/http_server.h"
#include "backend/stack/instance_list.h"
#include "backend/stack/log_text.h"
#include "backend/stack/port_plan.h"
#include "backend/stack/state_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <filesystem>

using namespace binnacle;
using namespace binnacle::stack;
using namespace std::chrono_literals;

namespace {

std::filesystem::path pathOf(const QTemporaryDir& dir) {
    return dir.path().toStdString();
}

} // namespace

class TestStackValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void backoffDoublesToTenSeconds();
    void backoffBeginsAnewAfterThirtyHealthySeconds();
    void backoffGoesOnAfterAShortHealth();
    void stateFileIsReadAsWritten();
    void aNewerStateFormatIsRefused();
    void aDamagedStateFileIsAnError();
    void whatIsNotOnTheDiskAtTheNextStartOfTheMachineMayBeTorn();
    void anotherPostgresMajorIsASentenceWithTheWayOut();
    void portsAreKeptAndReused();
    void aPortThatIsTakenIsPassedOver();
    void portsOutsideTheRangeOrTwiceAreRefused();
    void aListeningPortIsNotFreeAndItsOwnerIsNamed();
    void instancesAreReadAsWritten();
    void hostileInstancesAreRefused();
    void theFirstFreeNameIsGiven();
    void scramVerifierIsTheOneOfTheRfc();
    void credentialsStayWhatTheyAre();
    void aLinkInTheWayIsNotFollowed();
    void theLastComplaintOfALogIsFound();
    void aFullDiskGetsAdvice();
    void longLogsRotateAndOldOnesGo();
    void aWholeRequestIsTakenAndTheRestStays();
    void requestsThatCanNeverBeServedAreErrors();
};

void TestStackValues::backoffDoublesToTenSeconds() {
    Backoff backoff;
    const Backoff::TimePoint now{100s};
    for (const auto wanted : {200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 10000ms, 10000ms}) {
        QCOMPARE(backoff.noteDeath(now).count(), wanted.count());
    }
}

void TestStackValues::backoffBeginsAnewAfterThirtyHealthySeconds() {
    Backoff backoff;
    Backoff::TimePoint now{100s};
    static_cast<void>(backoff.noteDeath(now));
    backoff.noteHealthy(now);
    backoff.noteHealthy(now + 29s);
    QCOMPARE(backoff.noteDeath(now + 30s).count(), (200ms).count());
}

void TestStackValues::backoffGoesOnAfterAShortHealth() {
    Backoff backoff;
    Backoff::TimePoint now{100s};
    static_cast<void>(backoff.noteDeath(now));
    backoff.noteHealthy(now);
    backoff.noteUnhealthy();
    backoff.noteHealthy(now + 29s);
    QCOMPARE(backoff.noteDeath(now + 58s).count(), (400ms).count());
}

void TestStackValues::stateFileIsReadAsWritten() {
    const StateFile state{1, 15, true, "0.1.0"};
    QVERIFY(parseStateFile(toJson(state)).value() == state);
}

void TestStackValues::aNewerStateFormatIsRefused() {
    const auto state = parseStateFile("{\"format\":2,\"future\":true}");
    QVERIFY(!state);
    QVERIFY(state.error().code == ErrorCode::Refused);
    QVERIFY(state.error().text.find("format 2") != std::string::npos);
}

void TestStackValues::aDamagedStateFileIsAnError() {
    for (const char* text :
         {"", "[]", "{}", "{\"format\":\"1\"}", "{\"format\":0}", "{\"format\":1,\"pg_major\":\"x\"}"}) {
        QVERIFY2(!parseStateFile(text), text);
    }
}

void TestStackValues::whatIsNotOnTheDiskAtTheNextStartOfTheMachineMayBeTorn() {
    const QTemporaryDir dir;
    StackPaths paths;
    paths.state = pathOf(dir);
    std::filesystem::create_directories(paths.postgres());
    const auto settings = [&] { return readFile(firstStartFileOf(paths), 4096).value_or("none"); };
    QVERIFY(!mayBeTorn(paths, "one"));
    QVERIFY(endSkipping(paths));
    QCOMPARE(settings(), std::string("none"));
    QVERIFY(skipSyncing(paths, "one"));
    QVERIFY(settings().ends_with("\nfsync = off\n"));
    QVERIFY(!mayBeTorn(paths, "one")); // the death of a process tears nothing
    QVERIFY(mayBeTorn(paths, "two"));
    QVERIFY(!mayBeTorn(paths, {}));
    // Servers that sync from now on make nothing whole that was written before.
    QVERIFY(endSkipping(paths));
    QVERIFY(settings().find("fsync = off") == std::string::npos);
    QVERIFY(mayBeTorn(paths, "two"));
    syncOnce(paths);
    QCOMPARE(settings(), std::string("none"));
    QVERIFY(!mayBeTorn(paths, "two"));
    // Of an earlier version, which named no start of the machine.
    QVERIFY(writeFile(firstStartFileOf(paths), "fsync = off\n", 0600));
    QVERIFY(!mayBeTorn(paths, "two"));
    QVERIFY(endSkipping(paths));
    QCOMPARE(settings(), std::string("none"));
    QVERIFY(!currentBoot().empty());
}

void TestStackValues::anotherPostgresMajorIsASentenceWithTheWayOut() {
    QVERIFY(checkPostgresMajor(0, 15, "/s"));
    QVERIFY(checkPostgresMajor(15, 15, "/s"));
    const auto other = checkPostgresMajor(14, 15, "/s");
    QVERIFY(!other);
    QVERIFY(other.error().text.find("binnacle-stack reset") != std::string::npos);
}

void TestStackValues::portsAreKeptAndReused() {
    PortPlan plan;
    const int api = plan.portFor("api", 7, [](int) { return true; }).value();
    QVERIFY(api >= PortPlan::lowest && api <= PortPlan::highest);
    const int other = plan.portFor("app-1", 7, [](int) { return true; }).value();
    QVERIFY(other != api);
    auto again = PortPlan::parse(plan.toJson()).value();
    QCOMPARE(again.portFor("api", 99, [](int) { return false; }).value(), api);
}

void TestStackValues::aPortThatIsTakenIsPassedOver() {
    PortPlan plan;
    QCOMPARE(plan.portFor("api", 16999, [](int port) { return port == 15003; }).value(), 15003);
    QVERIFY(!plan.portFor("none", 0, [](int) { return false; }));
}

void TestStackValues::portsOutsideTheRangeOrTwiceAreRefused() {
    QVERIFY(PortPlan::parse(""));
    for (const char* text : {"[]", "nonsense", "{\"api\":80}", "{\"api\":\"15000\"}", "{\"a\":15000,\"b\":15000}"}) {
        QVERIFY2(!PortPlan::parse(text), text);
    }
}

void TestStackValues::aListeningPortIsNotFreeAndItsOwnerIsNamed() {
    const UniqueFd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on); // as HAProxy does
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QCOMPARE(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    QCOMPARE(::listen(listener.get(), 1), 0);
    socklen_t length = sizeof address;
    ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &length);
    const int port = ntohs(address.sin_port);
    QVERIFY(!isPortFree(port));
    QVERIFY(describePortOwner(port).find("(process " + std::to_string(::getpid()) + ")") != std::string::npos);
}

void TestStackValues::instancesAreReadAsWritten() {
    QVERIFY(parseInstances(toJson(defaultInstances())).value() == defaultInstances());
}

void TestStackValues::hostileInstancesAreRefused() {
    for (const char* text : {"{}", "[{\"name\":\"app-0\",\"role\":\"stable\",\"version\":\"1\"}]",
                             "[{\"name\":\"../x\",\"role\":\"stable\",\"version\":\"1\"}]",
                             "[{\"name\":\"app-1\",\"role\":\"boss\",\"version\":\"1\"}]",
                             "[{\"name\":\"app-1\",\"role\":\"stable\",\"version\":\"a\\nb\"}]",
                             "[{\"name\":\"app-1\",\"role\":\"stable\",\"version\":\"1\"},{\"name\":\"app-1\",\"role\":"
                             "\"stable\",\"version\":\"1\"}]"}) {
        QVERIFY2(!parseInstances(text), text);
    }
}

void TestStackValues::theFirstFreeNameIsGiven() {
    auto instances = defaultInstances();
    instances.erase(instances.begin() + 1);
    QCOMPARE(freeInstanceName(instances), std::string("app-2"));
    instances.clear();
    for (int i = 0; i < instanceSlots; ++i) {
        instances.push_back({freeInstanceName(instances), "stable", "1"});
    }
    QCOMPARE(freeInstanceName(instances), std::string());
}

void TestStackValues::scramVerifierIsTheOneOfTheRfc() {
    // RFC 7677's example: password "pencil"; keys worked out from its salt and iteration count.
    const auto salt = QByteArray::fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==").toStdString();
    QCOMPARE(scramVerifier("pencil", salt, 4096),
             std::string("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                         "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="));
}

void TestStackValues::credentialsStayWhatTheyAre() {
    const QTemporaryDir dir;
    const auto first = loadOrCreateCredentials(pathOf(dir));
    const auto again = loadOrCreateCredentials(pathOf(dir));
    QVERIFY(first && again);
    QCOMPARE(again->apiKey, first->apiKey);
    QCOMPARE(again->roles.at("app_rw").scramVerifier, first->roles.at("app_rw").scramVerifier);
    QVERIFY(first->apiKey != first->adminToken);
    for (const auto& entry : std::filesystem::directory_iterator(pathOf(dir))) {
        QCOMPARE(static_cast<int>(entry.status().permissions()), 0600);
    }
}

void TestStackValues::aLinkInTheWayIsNotFollowed() {
    const QTemporaryDir dir;
    const auto victim = pathOf(dir) / "victim";
    const auto file = pathOf(dir) / "file";
    QVERIFY(writeFile(victim, "untouched", 0600));
    std::filesystem::create_symlink(victim, pathOf(dir) / "file.new");
    std::filesystem::create_symlink(victim, file);
    QVERIFY(writeFile(file, "new", 0600));
    QCOMPARE(readFile(victim, 100).value(), std::string("untouched"));
    QCOMPARE(readFile(file, 100).value(), std::string("new"));
}

void TestStackValues::theLastComplaintOfALogIsFound() {
    QCOMPARE(complaintIn("LOG: a\nFATAL: b\nLOG: c\n"), std::string("FATAL: b"));
    QCOMPARE(complaintIn("one\ntwo\n\n"), std::string("two"));
    QCOMPARE(complaintIn("\x1b[31mERROR bad"), std::string(" [31mERROR bad"));
    QCOMPARE(complaintIn(""), std::string());
}

void TestStackValues::aFullDiskGetsAdvice() {
    const auto advice = withAdvice("FATAL: could not write: No space left on device", "/");
    QVERIFY(advice.find("disk under / is full") != std::string::npos);
    QCOMPARE(withAdvice("something else", "/nonexistent"), std::string("something else"));
}

void TestStackValues::longLogsRotateAndOldOnesGo() {
    const QTemporaryDir dir;
    const auto log = pathOf(dir) / "x.log";
    QVERIFY(writeFile(log, std::string(100, 'a'), 0600));
    rotateLog(log, 100);
    QVERIFY(!std::filesystem::exists(pathOf(dir) / "x.log.1"));
    rotateLog(log, 99);
    QCOMPARE(std::filesystem::file_size(log), 0U);
    QCOMPARE(std::filesystem::file_size(pathOf(dir) / "x.log.1"), 100U);
    pruneDirectory(pathOf(dir), 1, 1 << 20);
    QCOMPARE(std::distance(std::filesystem::directory_iterator(pathOf(dir)), {}), 1);
}

void TestStackValues::aWholeRequestIsTakenAndTheRestStays() {
    bool keepAlive = false;
    std::string buffer = "POST /v1/instances?x=1 HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 4\r\n\r\nbody";
    for (std::size_t cut = 0; cut < buffer.size(); ++cut) {
        auto part = buffer.substr(0, cut);
        const auto request = takeRequest(part, keepAlive);
        QVERIFY(request && !*request);
    }
    buffer += "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";
    auto request = takeRequest(buffer, keepAlive);
    QVERIFY(request && *request);
    QCOMPARE((*request)->path, std::string("/v1/instances"));
    QCOMPARE((*request)->body, std::string("body"));
    QVERIFY(keepAlive);
    request = takeRequest(buffer, keepAlive);
    QVERIFY(request && *request && !keepAlive && buffer.empty());
}

void TestStackValues::requestsThatCanNeverBeServedAreErrors() {
    bool keepAlive = false;
    for (std::string text : {std::string("GET /\r\n\r\n"), std::string("GET / HTTP/1.0\r\n\r\n"),
                             std::string("GET / HTTP/1.1\r\nno colon\r\n\r\n"),
                             std::string("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"),
                             std::string("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                             std::string("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
                             std::string("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"),
                             "GET /" + std::string(HttpServer::maxHeadBytes, 'a')}) {
        QVERIFY2(!takeRequest(text, keepAlive), text.substr(0, 60).c_str());
    }
}

QTEST_APPLESS_MAIN(TestStackValues)
#include "test_stack_values.moc"
