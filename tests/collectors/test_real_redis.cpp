// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/collector_runner.h"
#include "backend/collectors/redis_collector.h"
#include "backend/domain/freshness.h"
#include "tests/support/private_redis.h"
#include "tests/support/wait_for.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <csignal>
#include <mutex>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

SteadyTime soon(std::chrono::milliseconds time = 20s) {
    return std::chrono::steady_clock::now() + time;
}

int keysWanted() {
    const int wanted = qEnvironmentVariableIntValue("BINNACLE_REDIS_KEYS");
    return wanted > 0 ? wanted : 50'000;
}

double cpuSeconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace

class TestRealRedis : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_redis.answers(), m_redis.lastWords().constData()); }

    /// 50 000 keys; BINNACLE_REDIS_KEYS=1000000 for the full size.
    void aPassOverManyKeysKeepsToItsInterval() {
        const int keys = keysWanted();
        RedisClient client(RedisTarget::parse(m_redis.endpoint()).value());
        std::vector<RedisCommand> batch;
        for (int key = 0; key < keys; ++key) {
            batch.push_back({"SET", "key:" + std::to_string(key), "value"});
            if (batch.size() == 2000 || key + 1 == keys) {
                QVERIFY(client.pipeline(batch, soon()));
                batch.clear();
            }
        }
        RedisCollector collector(RedisTarget::parse(m_redis.endpoint()).value());
        constexpr int kPasses = 60;
        std::array<double, kPasses> took{};
        const double cpuBefore = cpuSeconds();
        for (double& pass : took) {
            const auto began = std::chrono::steady_clock::now();
            const auto snapshot = collector.collect(soon());
            QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
            pass = toSeconds(std::chrono::steady_clock::now() - began);
            QCOMPARE(snapshot->find("redis.keys", {})->value.value(), double(keys));
        }
        const double cpu = (cpuSeconds() - cpuBefore) / kPasses;
        std::ranges::sort(took);
        qInfo("%d keys: a pass takes %.2f ms (median), %.2f ms (longest), and %.0f us of the collector's CPU", keys,
              took[kPasses / 2] * 1e3, took.back() * 1e3, cpu * 1e6);
        QVERIFY(took[kPasses / 2] < toSeconds(collector.interval()));
    }
    void everyTableIsToldByARealServer() {
        RedisCollector collector(RedisTarget::parse(m_redis.endpoint()).value());
        static_cast<void>(collector.collect(soon()));
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        for (const char* table :
             {"redis.slowlog", "redis.commands", "redis.histogram", "redis.clients", "redis.latency_events"}) {
            QVERIFY2(snapshot->table(table) != nullptr, table);
            QVERIFY2(snapshot->table(table)->absentReason.empty(), snapshot->table(table)->absentReason.c_str());
        }
        QVERIFY(snapshot->table("redis.slowlog")->rowCount() > 0);
        QVERIFY(snapshot->table("redis.commands")->rowCount() > 0);
        QVERIFY(snapshot->table("redis.histogram")->rowCount() > 0);
        const auto clients = snapshot->table("redis.clients");
        QVERIFY(clients->rowCount() > 0);
        QCOMPARE(clients->text(0, "user"), std::string_view("default"));
        for (const char* id : {"redis.fragmentation", "redis.expired", "redis.connections_rejected",
                               "redis.persistence.ok", "redis.cpu_seconds", "redis.slow_commands"}) {
            QVERIFY2(snapshot->find(id, {}) != nullptr, id);
        }
        QVERIFY(snapshot->find("redis.role", {{"role", "master"}}) != nullptr);
    }
    void theRightsOfTheBundledConsoleAreEnough() {
        // The rules as the bundled template gives them, with a password of the test's.
        QFile file(QStringLiteral(BINNACLE_ACL_TEMPLATE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        std::vector<std::string> words{"ACL", "SETUSER", "console_ro", "on", ">sesame"};
        for (const auto& line : file.readAll().split('\n')) {
            if (line.startsWith("user console_ro ")) {
                for (const auto& word : line.split(' ').mid(4)) {
                    words.push_back(word.toStdString());
                }
            }
        }
        QVERIFY(words.size() > 5);
        RedisClient admin(RedisTarget::parse(m_redis.endpoint()).value());
        const std::array commands{words};
        const auto set = admin.pipeline(commands, soon());
        QVERIFY(set);
        QVERIFY2(!set->front().isError(), set->front().text.c_str());
        QFile password(m_directory.filePath(QStringLiteral("password")));
        QVERIFY(password.open(QIODevice::WriteOnly));
        password.write("sesame\n");
        password.close();
        auto target = RedisTarget::parse(m_redis.endpoint()).value();
        target.user = "console_ro";
        target.passwordFile = password.fileName().toStdString();
        RedisCollector collector(target);
        static_cast<void>(collector.collect(soon()));
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        QCOMPARE(snapshot->tables.size(), std::size_t{5});
        for (const auto& table : snapshot->tables) {
            QVERIFY2(table->absentReason.empty(), table->absentReason.c_str());
        }
        RedisClient reader(target);
        for (const auto& forbidden :
             {RedisCommand{"SET", "a", "b"}, RedisCommand{"GET", "a"}, RedisCommand{"SLOWLOG", "RESET"},
              RedisCommand{"LATENCY", "RESET"}, RedisCommand{"CONFIG", "GET", "*"}, RedisCommand{"KEYS", "*"},
              RedisCommand{"MONITOR"}, RedisCommand{"CLIENT", "KILL", "ID", "1"}, RedisCommand{"FLUSHALL"}}) {
            const std::array command{forbidden};
            const auto answer = reader.pipeline(command, soon());
            QVERIFY(answer);
            QVERIFY2(answer->front().text.starts_with("NOPERM"), forbidden.front().c_str());
        }
    }
    void aStoppedServerIsLateThenLostAndReturns() {
        std::mutex mutex;
        SourceUpdate update;
        CollectorRunner runner([&](SourceUpdate next) {
            const std::scoped_lock lock(mutex);
            update = std::move(next);
        });
        std::vector<std::unique_ptr<Collector>> collectors;
        collectors.push_back(std::make_unique<RedisCollector>(RedisTarget::parse(m_redis.endpoint()).value()));
        runner.run(std::move(collectors));
        const auto is = [&](Freshness wanted) {
            return [&, wanted] {
                const std::scoped_lock lock(mutex);
                return !update.source.empty() && freshnessOf(update, std::chrono::steady_clock::now()) == wanted;
            };
        };
        QVERIFY(waitFor(30s, is(Freshness::Fresh)));
        QCOMPARE(::kill(static_cast<pid_t>(m_redis.pid()), SIGSTOP), 0);
        const auto late = waitFor(30s, is(Freshness::Late));
        const auto lost = waitFor(30s, is(Freshness::Lost));
        QCOMPARE(::kill(static_cast<pid_t>(m_redis.pid()), SIGCONT), 0);
        const auto back = waitFor(30s, is(Freshness::Fresh));
        QVERIFY(late && lost && back);
        qInfo("late after %lld ms, lost %lld ms later, back %lld ms after it went on", (long long)late->count(),
              (long long)lost->count(), (long long)back->count());
    }

private:
    QTemporaryDir m_directory;
    PrivateRedis m_redis{{"--slowlog-log-slower-than", "0", "--latency-monitor-threshold", "1"}};
};

QTEST_GUILESS_MAIN(TestRealRedis)
#include "test_real_redis.moc"
