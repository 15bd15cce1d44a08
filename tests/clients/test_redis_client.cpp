// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/redis_client.h"
#include "tests/clients/canned_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <array>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

SteadyTime soon(std::chrono::milliseconds time = 5s) {
    return steady_clock::now() + time;
}

RedisTarget targetOf(const CannedServer& server) {
    return RedisTarget::parse("unix:" + server.path()).value();
}

/// Answers each command (recognised by its end) with what `reply` makes of its text.
CannedServer::Script redis(std::function<std::optional<std::string>(const std::string&)> reply) {
    return [reply = std::move(reply)](std::string& received) -> std::optional<std::string> {
        if (!received.ends_with("\r\n")) {
            return std::string();
        }
        return reply(std::exchange(received, {}));
    };
}

} // namespace

class TestRedisClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsABulkStringOverAKeptConnection() {
        const CannedServer server(redis([](const auto&) { return "$5\r\nhello\r\n"; }));
        RedisClient client(targetOf(server));
        QCOMPARE(client.command({"INFO"}, soon()).value(), std::string("hello"));
        QCOMPARE(client.command({"INFO"}, soon()).value(), std::string("hello"));
        QCOMPARE(server.connections(), 1);
    }
    void introducesItselfWithUserAndPassword() {
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("password")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("secret\n");
        file.close();
        std::mutex mutex;
        std::string heard;
        const CannedServer server(redis([&](const std::string& command) {
            const std::scoped_lock lock(mutex);
            heard += command;
            return "+OK\r\n";
        }));
        auto target = targetOf(server);
        target.user = "console_ro";
        target.passwordFile = file.fileName().toStdString();
        RedisClient client(target);
        QVERIFY(client.command({"PING"}, soon()));
        const std::scoped_lock lock(mutex);
        QCOMPARE(heard, std::string("*3\r\n$4\r\nAUTH\r\n$10\r\nconsole_ro\r\n$6\r\nsecret\r\n*1\r\n$4\r\nPING\r\n"));
    }
    void aMissingPasswordFileIsToldBeforeAnythingIsAsked() {
        const CannedServer server(redis([](const auto&) { return "+OK\r\n"; }));
        auto target = targetOf(server);
        target.passwordFile = "/nonexistent/password";
        RedisClient client(target);
        QCOMPARE(client.command({"PING"}, soon()).error().code, ErrorCode::NotFound);
    }
    void aSilentServerEndsAtTheDeadline() {
        const CannedServer server(CannedServer::silent());
        RedisClient client(targetOf(server));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.command({"INFO"}, soon(200ms)).error().code, ErrorCode::Timeout);
        QVERIFY(timer.elapsed() >= 190);
        QVERIFY(timer.elapsed() < 2000);
    }
    void aDrippingServerEndsAtTheDeadline() {
        const CannedServer server([first = true](std::string& received) mutable -> std::optional<std::string> {
            received = "still";
            return std::exchange(first, false) ? "$100000\r\n" : "x";
        });
        RedisClient client(targetOf(server));
        QCOMPARE(client.command({"INFO"}, soon(200ms)).error().code, ErrorCode::Timeout);
    }
    void recoversAfterTheConnectionWasCut() {
        bool cut = true;
        const CannedServer server(redis([&cut](const auto&) -> std::optional<std::string> {
            return std::exchange(cut, false) ? std::nullopt : std::optional<std::string>("+PONG\r\n");
        }));
        RedisClient client(targetOf(server));
        QCOMPARE(client.command({"PING"}, soon()).error().code, ErrorCode::Closed);
        QCOMPARE(client.command({"PING"}, soon()).value(), std::string("PONG"));
        QCOMPARE(server.connections(), 2);
    }
    void aPeerThatDiedBetweenTwoCallsIsClosedAndNoSignal() {
        auto server = std::make_unique<CannedServer>(redis([](const auto&) { return "+PONG\r\n"; }));
        RedisClient client(targetOf(*server));
        QVERIFY(client.command({"PING"}, soon()));
        server.reset();
        QCOMPARE(client.command({"PING"}, soon()).error().code, ErrorCode::Closed);
        QCOMPARE(client.command({"PING"}, soon()).error().code, ErrorCode::Refused);
    }
    void errorsLeadToTheirReactions() {
        std::string reply;
        const CannedServer server(redis([&reply](const auto&) { return reply; }));
        RedisClient client(targetOf(server));
        for (const auto& [text, code] : std::vector<std::pair<const char*, ErrorCode>>{
                 {"-NOAUTH Authentication required.\r\n", ErrorCode::Denied},
                 {"-NOPERM this user has no permissions\r\n", ErrorCode::Denied},
                 {"-LOADING Redis is loading the dataset\r\n", ErrorCode::Refused},
                 {"-ERR unknown command\r\n", ErrorCode::Protocol},
                 {"*2\r\n:1\r\n:2\r\n", ErrorCode::Protocol},
                 {"this is not Redis\r\n", ErrorCode::Protocol}}) {
            reply = text;
            QCOMPARE(client.command({"INFO"}, soon()).error().code, code);
        }
    }
    void commandsSentTogetherAreAnsweredInOrder() {
        const CannedServer server([](std::string& received) -> std::optional<std::string> {
            // Both have come before the first is answered.
            if (received.find("SECOND") == std::string::npos || !received.ends_with("\r\n")) {
                return std::string();
            }
            received.clear();
            return "-NOPERM no\r\n*3\r\n:1\r\n$-1\r\n*2\r\n+a\r\n$1\r\nb\r\n";
        });
        RedisClient client(targetOf(server));
        const std::array commands{RedisCommand{"FIRST"}, RedisCommand{"SECOND", "x"}};
        const auto answers = client.pipeline(commands, soon());
        QVERIFY2(answers, answers ? "" : answers.error().text.c_str());
        QVERIFY(answers->at(0).isError());
        QCOMPARE(errorOf(answers->at(0)).code, ErrorCode::Denied);
        const auto& list = answers->at(1);
        QVERIFY(list.isList());
        QCOMPARE(list.at(0).number, std::int64_t{1});
        QCOMPARE(list.at(1).type, RedisReply::Type::Nil);
        QCOMPARE(list.at(2).at(1).text, std::string("b"));
        QCOMPARE(list.at(7).type, RedisReply::Type::Nil);
        QVERIFY(client.pipeline(commands, soon())); // an error reply is an answer: the connection stays
        QCOMPARE(server.connections(), 1);
    }
    void answersBeyondReasonAreNotUnderstood() {
        std::string reply;
        const CannedServer server(redis([&reply](const auto&) { return reply; }));
        RedisClient client(targetOf(server));
        std::string deep;
        for (int i = 0; i < 50; ++i) {
            deep += "*1\r\n";
        }
        for (const auto& hostile :
             {std::string("*2147483647\r\n"), std::string("*200001\r\n"), deep,
              std::string("$99999999999999999999\r\n"), "$9000000\r\n" + std::string(8'900'000, 'x')}) {
            reply = hostile;
            QCOMPARE(client.command({"INFO"}, soon()).error().code, ErrorCode::Protocol);
        }
    }
    void nothingListeningIsRefused() {
        RedisClient client(RedisTarget::parse("unix:/nonexistent/socket").value());
        QCOMPARE(client.command({"PING"}, soon()).error().code, ErrorCode::Refused);
        RedisClient overTcp(RedisTarget::parse("127.0.0.1:1").value());
        QCOMPARE(overTcp.command({"PING"}, soon()).error().code, ErrorCode::Refused);
    }
    void endpointsAreChecked() {
        QCOMPARE(RedisTarget::parse("[::1]:6379").value().host, std::string("::1"));
        QVERIFY(!RedisTarget::parse("redis://host:1").value().tls);
        QVERIFY(RedisTarget::parse("rediss://host:1").value().tls);
        for (const char* text : {"unix:/run/redis.sock", "host:6379", "rediss://host:6380", "rediss://[::1]:6380"}) {
            QCOMPARE(RedisTarget::parse(text).value().text(), std::string(text));
        }
        for (const char* wrong : {"", "host", ":6379", "host:", "host:0", "host:99999", "host:12x", "unix:x",
                                  "rediss://host", "rediss://:1", "http://host:1"}) {
            QCOMPARE(RedisTarget::parse(wrong).error().code, ErrorCode::Invalid);
        }
    }
};

QTEST_GUILESS_MAIN(TestRedisClient)
#include "test_redis_client.moc"
