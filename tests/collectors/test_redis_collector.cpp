// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/redis_collector.h"
#include "backend/collectors/redis_tables.h"
#include "tests/clients/canned_server.h"
#include "tests/collectors/recorded_answers.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <functional>
#include <mutex>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;

namespace {

SteadyTime soon() {
    return std::chrono::steady_clock::now() + 5s;
}

std::string bulk(std::string_view text) {
    return "$" + std::to_string(text.size()) + "\r\n" + std::string(text) + "\r\n";
}

RedisReply parsed(std::string_view bytes) {
    RedisReplyReader reader;
    reader.feed(bytes);
    auto reply = reader.next();
    return reply && *reply ? std::move(**reply) : RedisReply{};
}

RedisReply words(std::initializer_list<const char*> texts) {
    RedisReply list;
    list.type = RedisReply::Type::List;
    for (const char* const text : texts) {
        list.items.push_back({RedisReply::Type::Text, text, 0, {}});
    }
    return list;
}

/// A Redis of a script's own: answers each command, in order, with what `answer` makes of its words, joined by blanks.
class FakeRedis {
public:
    std::string version = "7.0.15";
    std::map<std::string, std::string> answers; ///< that differ from those of a friendly server

    CannedServer::Script script() {
        return [this](std::string& received) -> std::optional<std::string> {
            std::string out;
            RedisReplyReader reader; // commands are lists of texts, as answers may be
            reader.feed(std::exchange(received, {}));
            for (auto command = reader.next(); command && *command; command = reader.next()) {
                std::string name;
                for (const auto& word : (*command)->items) {
                    name += (name.empty() ? "" : " ") + word.text;
                }
                out += answer(name);
            }
            return out;
        };
    }
    [[nodiscard]] std::vector<std::string> asked() {
        const std::scoped_lock lock(m_mutex);
        return m_asked;
    }

private:
    std::string answer(const std::string& name) {
        const std::scoped_lock lock(m_mutex);
        m_asked.push_back(name);
        if (const auto it = answers.find(name); it != answers.end()) {
            return it->second;
        }
        if (name == "INFO") {
            auto text = std::string(kRedisInfo);
            text.replace(text.find("7.0.15"), 6, version);
            return bulk(text);
        }
        if (name == "INFO commandstats") {
            return bulk(kRedisCommandStats);
        }
        if (name == "INFO latencystats") {
            return bulk(kRedisLatencyStats);
        }
        if (name == "SLOWLOG GET 64") {
            return kRedisSlowLog;
        }
        if (name == "LATENCY LATEST") {
            return "*1\r\n*4\r\n$7\r\ncommand\r\n:1795632586\r\n:12\r\n:250\r\n";
        }
        if (name == "LATENCY HISTOGRAM") {
            return kRedisHistogram;
        }
        return name == "CLIENT LIST" ? bulk(kRedisClients) : "-ERR unknown command\r\n";
    }

    std::mutex m_mutex;
    std::vector<std::string> m_asked;
};

struct Fixture {
    FakeRedis redis;
    CannedServer server{redis.script()};
    RedisCollector collector{[this] {
        auto target = RedisTarget::parse("unix:" + server.path()).value();
        target.user = "watcher";
        return target;
    }()};

    /// The second pass: the first one asks for INFO alone, to know whom it speaks to.
    Snapshot read() {
        static_cast<void>(collector.collect(soon()));
        return collector.collect(soon()).value_or(Snapshot{});
    }
    std::string reason(const char* table) {
        const auto found = read().table(table);
        return found != nullptr ? found->absentReason : "no such table";
    }
};

} // namespace

class TestRedisCollector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tablesComeInOneRoundTripAndAreKept() {
        Fixture fixture;
        const auto snapshot = fixture.read();
        QCOMPARE(snapshot.tables.size(), std::size_t{5});
        QCOMPARE(fixture.server.connections(), 1);
        const auto asked = fixture.redis.asked().size();
        const auto next = fixture.collector.collect(soon());
        QVERIFY(next);
        QCOMPARE(fixture.redis.asked().size(), asked + 1); // INFO
        QCOMPARE(next->table("redis.clients"), snapshot.table("redis.clients"));
        QVERIFY(std::ranges::none_of(fixture.redis.asked(), [](const std::string& command) {
            return command.starts_with("KEYS") || command.starts_with("MONITOR") || command.starts_with("SCAN");
        }));
    }
    void slowCommandsShowTheirKeyAndNothingBehindIt() {
        Fixture fixture;
        const auto snapshot = fixture.read();
        const auto log = snapshot.table("redis.slowlog");
        QVERIFY(log != nullptr);
        QCOMPARE(log->rowCount(), std::size_t{5});
        QCOMPARE(log->text(0, "command"), std::string_view("mset"));
        QCOMPARE(log->text(0, "key"), std::string_view("cart:7"));
        QCOMPARE(log->number(0, "duration").value(), 0.012069);
        QCOMPARE(log->number(0, "arguments").value(), 4.0);
        QCOMPARE(log->text(0, "client"), std::string_view("127.0.0.1:50000"));
        QVERIFY(log->text(0, "at").starts_with("2026-11-2"));
        QCOMPARE(log->text(1, "command"), std::string_view("config set"));
        QCOMPARE(log->text(2, "key"), std::string_view("lock:1"));
        QCOMPARE(snapshot.find("redis.slow_commands", {})->value.value(), 15.0);
        for (const auto& table : snapshot.tables) {
            for (std::size_t row = 0; row < table->rowCount(); ++row) {
                for (const auto& cell : table->row(row)) {
                    const auto* const text = std::get_if<std::string>(&cell);
                    QVERIFY(text == nullptr || text->find("hush-secret") == std::string::npos);
                }
            }
        }
    }
    void keysAreShownOnlyWhereTheCommandIsKnownToBeginWithOne() {
        QCOMPARE(slowCommand(words({"GET", "a"})).key, std::string("a"));
        QCOMPARE(slowCommand(words({"object", "encoding", "a"})).command, std::string("object encoding"));
        QCOMPARE(slowCommand(words({"object", "encoding", "a"})).key, std::string("a"));
        QCOMPARE(slowCommand(words({"memory", "usage", "a"})).key, std::string("a"));
        QVERIFY(slowCommand(words({"eval", "return 1", "0", "secret"})).key.empty());
        QVERIFY(slowCommand(words({"migrate", "host", "1", "secret"})).key.empty());
        QVERIFY(slowCommand(words({"hello", "3", "auth", "u", "secret"})).key.empty());
        QVERIFY(slowCommand(words({"mget", "... (99 more arguments)"})).key.empty());
        QVERIFY(slowCommand(words({"publish", "secret", "secret"})).key.empty());
        QCOMPARE(slowCommand(words({"what is this", "secret"})).command, std::string("?"));
        QVERIFY(slowCommand(words({"acl", "not a word!", "secret"})).command == "acl");
        QVERIFY(slowCommand(words({})).key.empty());
        QCOMPARE(slowCommand(words({"get", "\xff\n"})).key, std::string("??"));
        QVERIFY(slowCommand(words({"get", std::string(1000, 'x').c_str()})).key.size() < 140);
    }
    void commandsTellRatesAndMeansOfTheirOwnTime() {
        RedisCommandTables tables;
        const auto start = std::chrono::steady_clock::now();
        auto table = tables.commands(kRedisCommandStats, kRedisLatencyStats, start);
        const auto row = table.find(std::array<TableCell, 1>{std::string("get")});
        QVERIFY(row);
        QCOMPARE(table.number(*row, "calls").value(), 100.0);
        QCOMPARE(table.number(*row, "p99").value(), 90.5e-6);
        QCOMPARE(table.number(*row, "p999").value(), 1200e-6);
        QCOMPARE(table.number(*row, "failed").value(), 2.0);
        QVERIFY(!table.number(*row, "rate"));
        auto later = std::string(kRedisCommandStats);
        later.replace(later.find("calls=100,usec=900"), 18, "calls=120,usec=1300");
        table = tables.commands(later, {}, start + 5s);
        QCOMPARE(table.number(*row, "rate").value(), 4.0);
        QCOMPARE(table.number(*row, "mean").value(), 20e-6);
        QVERIFY(!table.number(*row, "p99")); // a Redis before 7 tells none
    }
    void histogramCellsAddUpToTheCalls() {
        RedisCommandTables tables;
        auto reply = parsed(kRedisHistogram);
        auto table = tables.histogram(reply);
        QCOMPARE(table.rowCount(), std::size_t{3});
        QCOMPARE(table.number(0, "upto").value(), 8e-6);
        QCOMPARE(table.number(0, "count").value() + table.number(1, "count").value(), 10.0);
        QVERIFY(!table.number(0, "recent")); // there was no reading before
        reply.items[1].items[3].items[1].number = 9;
        reply.items[1].items[3].items[3].number = 14;
        table = tables.histogram(reply);
        QCOMPARE(table.number(0, "recent").value(), 2.0);
        QCOMPARE(table.number(1, "recent").value(), 2.0);
    }
    void clientsAreListedWithoutWhatIsNotTold() {
        const auto table = redisClients(kRedisClients);
        QCOMPARE(table.rowCount(), std::size_t{2});
        QCOMPARE(table.number(0, "id").value(), 8.0);
        QCOMPARE(table.text(0, "address"), std::string_view("127.0.0.1:50000"));
        QCOMPARE(table.number(0, "subscriptions").value(), 3.0);
        QCOMPARE(table.number(0, "memory").value(), 22298.0);
        QVERIFY(table.text(1, "name").empty());
        QVERIFY(!table.number(1, "memory")); // not told before 6.2
        std::string many;
        for (int i = 1; i <= 700; ++i) {
            many += "id=" + std::to_string(i) + " cmd=get\n";
        }
        QCOMPARE(redisClients(many).rowCount(), std::size_t{500});
        QCOMPARE(redisClients(many).omitted, std::uint64_t{200});
    }
    void aMissingRightNamesTheRuleThatWouldBringIt() {
        Fixture fixture;
        fixture.redis.answers["SLOWLOG GET 64"] = "-NOPERM this user has no permissions\r\n";
        fixture.redis.answers["LATENCY HISTOGRAM"] = "-NOPERM this user has no permissions\r\n";
        QCOMPARE(fixture.reason("redis.slowlog"),
                 std::string("denied: ACL SETUSER watcher +slowlog|get would bring it"));
        QCOMPARE(fixture.reason("redis.histogram"),
                 std::string("denied: ACL SETUSER watcher +latency|histogram would bring it"));
        QVERIFY(fixture.reason("redis.clients").empty());
        // Each refusal is an entry in the server's own log: it is asked once in a while only.
        const auto asked = fixture.redis.asked();
        QCOMPARE(std::ranges::count(asked, "SLOWLOG GET 64"), std::ptrdiff_t{1});
    }
    void anOlderRedisSaysWhichVersionWouldBringIt() {
        Fixture fixture;
        fixture.redis.version = "6.2.14";
        fixture.redis.answers["LATENCY HISTOGRAM"] = "-ERR Unknown subcommand or wrong number of arguments\r\n";
        fixture.redis.answers["INFO latencystats"] = "$0\r\n\r\n";
        QCOMPARE(fixture.reason("redis.histogram"), std::string("needs Redis 7.0 or later; this is 6.2.14"));
        QVERIFY(fixture.reason("redis.commands").empty());
    }
    void overManyClientsTheyAreNotListed() {
        Fixture fixture;
        auto text = std::string(kRedisInfo);
        text.replace(text.find("connected_clients:3"), 19, "connected_clients:5000");
        fixture.redis.answers["INFO"] = bulk(text);
        QVERIFY(fixture.reason("redis.clients").starts_with("not listed: with over 1000 clients"));
        const auto asked = fixture.redis.asked();
        QCOMPARE(std::ranges::count(asked, "CLIENT LIST"), std::ptrdiff_t{0});
    }
    void refusedInformationIsARefusedSource() {
        Fixture fixture;
        fixture.redis.answers["INFO"] = "-NOPERM no\r\n";
        QCOMPARE(fixture.collector.collect(soon()).error().code, ErrorCode::Denied);
    }
};

QTEST_GUILESS_MAIN(TestRedisCollector)
#include "test_redis_collector.moc"
