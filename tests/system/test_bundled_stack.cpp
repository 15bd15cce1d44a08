// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/bundled_stack.h"
#include "tests/support/live_readings.h"
#include "tests/support/wait_for.h"
#include "tests/system/sql_session.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <array>
#include <csignal>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kNoticed = 2000ms; // the promise: a change shows within two seconds

/// Traffic beside a test, ended and read when it is needed.
class Traffic {
public:
    Traffic(const QString& stateDir, int ratePerSecond) {
        m_process.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-load"),
                        {QStringLiteral("run"), QStringLiteral("--rate"), QString::number(ratePerSecond),
                         QStringLiteral("--duration"), QStringLiteral("0"), QStringLiteral("--mix"),
                         QStringLiteral("default"), QStringLiteral("--json"), QStringLiteral("--state-dir"), stateDir});
    }
    ~Traffic() { end(); }
    QJsonObject end() {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.terminate();
            m_process.waitForFinished(20000);
        }
        return QJsonDocument::fromJson(m_process.readAllStandardOutput()).object();
    }

private:
    QProcess m_process;
};

int errorsIn(const QJsonObject& report) {
    int errors = 0;
    for (const auto route : report[QLatin1String("routes")].toArray()) {
        const auto status = route.toObject()[QLatin1String("status")].toObject();
        for (auto it = status.begin(); it != status.end(); ++it) {
            if (!it.key().startsWith(QLatin1Char('2'))) {
                errors += it.value().toInt();
            }
        }
    }
    return errors;
}

} // namespace

/// One stack for all functions, in the order of an operator's day; each leaves it healthy.
class TestBundledStack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto result = m_stack.up();
        QVERIFY2(result.exitCode == 0, result.err.constData());
        const auto document = m_stack.stack({QStringLiteral("status"), QStringLiteral("--json")}).out;
        const auto status = parseStackStatus(document.toStdString());
        QVERIFY2(status.has_value(), status ? "" : status.error().text.c_str());
        m_status = *status;
        m_readings = std::make_unique<LiveReadings>(m_status);
        QVERIFY(waitFor(30s, [&] { return m_readings->allFresh() && m_readings->freshness("redis").has_value(); }));
    }

    void cleanupTestCase() {
        m_readings.reset();
        const auto result = m_stack.down();
        QCOMPARE(result.exitCode, 0);
        QVERIFY(waitFor(30s, [&] { return m_stack.processes().isEmpty(); }));
    }

    void everyNamedSignalIsFresh() {
        Traffic traffic(m_stack.stateDir(), 50);
        QVERIFY(waitFor(30s, [&] {
            return m_readings->sum("cache.hits").value_or(0) > 50 &&
                   m_readings->sum("cache.invalidations").value_or(0) > 0;
        }));
        const auto result = m_stack.ctl({QStringLiteral("snapshot"), QStringLiteral("--json")});
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QMap<QString, int> fresh;
        for (const auto item : result.json()[QLatin1String("signals")].toArray()) {
            const auto signal = item.toObject();
            const auto id = signal[QLatin1String("id")].toString();
            QVERIFY2(signal[QLatin1String("freshness")].toString() == QLatin1String("fresh"), qPrintable(id));
            QVERIFY2(signal[QLatin1String("age_ms")].toDouble(-1) >= 0, qPrintable(id));
            ++fresh[id];
        }
        for (const auto* id :
             {"service.http.latency", "service.http.requests", "service.http.errors", "cache.hit_ratio",
              "postgres.replication.lag_seconds", "postgres.replication.lag_bytes", "pool.app.in_use",
              "pool.app.waiting", "pgbouncer.clients_waiting", "pgbouncer.servers_active", "postgres.deadlocks",
              "degradation.level", "canary.share_percent", "cache.invalidations", "haproxy.server.requests",
              "pgbouncer.transactions", "redis.fragmentation", "stack.pss_bytes"}) {
            QVERIFY2(fresh.contains(QLatin1String(id)), id);
        }
        QCOMPARE(fresh[QStringLiteral("degradation.level")], 3);
        QCOMPARE(fresh[QStringLiteral("postgres.replication.lag_seconds")], 2);
        QCOMPARE(errorsIn(traffic.end()), 0);
    }

    void theRecorderHoldsEverySource() {
        const auto file = m_stack.status()[QLatin1String("endpoints")].toObject()[QLatin1String("recorder")].toString();
        QVERIFY(QFile::exists(file));
        const auto info = [&] {
            return m_stack.ctl({QStringLiteral("record"), QStringLiteral("info"), file, QStringLiteral("--json")})
                .json();
        };
        QStringList sources;
        QVERIFY(waitFor(30s, [&] {
            sources.clear();
            for (const auto source : info()[QLatin1String("sources")].toArray()) {
                sources << source.toString();
            }
            return sources.size() >= 9;
        }));
        for (const auto* source : {"control", "haproxy", "pgbouncer", "postgres/primary", "postgres/replica-1",
                                   "postgres/replica-2", "redis", "service/app-1", "service/app-2", "service/app-3"}) {
            QVERIFY2(sources.contains(QLatin1String(source)), source);
        }
        // Killed, it comes back and goes on in the same file.
        const auto before = info()[QLatin1String("snapshots")].toInt();
        const auto pid = m_stack.pidOf(QStringLiteral("recorder"));
        QVERIFY(pid > 1);
        ::kill(pid, SIGKILL);
        QVERIFY(waitFor(30s, [&] {
            const auto now = m_stack.pidOf(QStringLiteral("recorder"));
            return now > 1 && now != pid && info()[QLatin1String("snapshots")].toInt() > before + 18;
        }));
        // And one of its own beside it, which is one file.
        const auto own = m_stack.stateDir() + QStringLiteral("-own.sqlite");
        const auto started =
            m_stack.ctl({QStringLiteral("record"), QStringLiteral("start"), QStringLiteral("--for"),
                         QStringLiteral("4s"), QStringLiteral("--out"), own, QStringLiteral("--json")});
        QVERIFY2(started.exitCode == 0, started.err.constData());
        QCOMPARE(started.json()[QLatin1String("sources")].toArray().size(), sources.size());
        QVERIFY(!QFile::exists(own + QStringLiteral("-wal")));
        const auto replayed =
            m_stack.ctl({QStringLiteral("record"), QStringLiteral("replay"), own, QStringLiteral("--json")});
        QVERIFY2(replayed.exitCode == 0, replayed.err.constData());
        QVERIFY(replayed.json()[QLatin1String("signals")].toArray().size() > 50);
        QVERIFY(QFile::remove(own));
    }

    /// With no retry and no answer of the load balancer's own, what the generator sent is what the instances counted.
    void countsAgreeWithTheGenerator() {
        QVERIFY(waitFor(30s, [&] { return m_readings->allFresh(); }));
        auto before = settledCounts();
        const auto retriesBefore = m_readings->sum("haproxy.retries").value_or(-1);
        const auto report = runProgram(QStringLiteral("binnacle-load"),
                                       {QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("200"),
                                        QStringLiteral("--duration"), QStringLiteral("6"), QStringLiteral("--json"),
                                        QStringLiteral("--state-dir"), m_stack.stateDir()});
        QVERIFY2(report.exitCode == 0, report.err.constData());
        QCOMPARE(errorsIn(report.json()), 0);
        auto after = settledCounts();
        QCOMPARE(m_readings->sum("haproxy.retries").value_or(-2), retriesBefore);
        int compared = 0;
        for (const auto item : report.json()[QLatin1String("routes")].toArray()) {
            const auto route = item.toObject()[QLatin1String("route")].toString().toStdString();
            const auto sent = static_cast<std::uint64_t>(item.toObject()[QLatin1String("sent")].toInteger());
            QVERIFY2(after[route] - before[route] == sent, qPrintable(QStringLiteral("%1: sent %2, counted %3")
                                                                          .arg(QString::fromStdString(route))
                                                                          .arg(sent)
                                                                          .arg(after[route] - before[route])));
            ++compared;
        }
        QVERIFY(compared >= 5);
    }

    void deadlockShowsWithinTwoSeconds() {
        const auto before = m_readings->sum("postgres.deadlocks");
        QVERIFY(before);
        auto first = session("app_rw");
        auto second = session("app_rw");
        QVERIFY2(first.connected() && second.connected(), qPrintable(first.error()));
        QVERIFY(first.run("begin") && second.run("begin"));
        QVERIFY2(first.run("update tasks set title = title where id = 1"), qPrintable(first.error()));
        QVERIFY2(second.run("update tasks set title = title where id = 2"), qPrintable(second.error()));
        QVERIFY(first.send("update tasks set title = title where id = 2"));
        QVERIFY(second.send("update tasks set title = title where id = 1"));
        const auto states = QStringList{second.finish(), first.finish()};
        QVERIFY2(states.contains(QStringLiteral("40P01")), qPrintable(states.join(QLatin1Char(' '))));
        const auto took = waitFor(kNoticed, [&] { return m_readings->sum("postgres.deadlocks") == *before + 1; });
        QVERIFY(took);
        qInfo("the deadlock showed after %lld ms", static_cast<long long>(took->count()));
        first.run("rollback");
        second.run("rollback");
    }

    void pausedReplicaShowsWithinTwoSecondsAndRecovers() {
        SqlSession replica(QString::fromStdString(m_status.endpoints.postgresReplicas.at(1)), m_stack.stateDir(),
                           QStringLiteral("binnacle_admin"));
        QVERIFY2(replica.run("select pg_wal_replay_pause()"), qPrintable(replica.error()));
        auto writer = session("app_rw");
        QVERIFY2(writer.run("update tasks set title = title where id between 10 and 200"), qPrintable(writer.error()));
        const Labels standby{{"standby", "replica-2"}};
        const auto took = waitFor(
            kNoticed, [&] { return m_readings->sum("postgres.replication.lag_bytes", standby).value_or(0) > 0; });
        QVERIFY(took);
        qInfo("the lag showed after %lld ms", static_cast<long long>(took->count()));
        QVERIFY(waitFor(
            30s, [&] { return m_readings->sum("postgres.replication.lag_seconds", standby).value_or(0) > 1.0; }));
        QVERIFY(replica.run("select pg_wal_replay_resume()"));
        QVERIFY(waitFor(30s, [&] {
            return m_readings->sum("postgres.replication.lag_bytes", standby) == 0.0 &&
                   m_readings->sum("postgres.replication.lag_seconds", standby) == 0.0;
        }));
    }

    void exhaustedPoolShowsWithinTwoSecondsAndRecovers() {
        Traffic traffic(m_stack.stateDir(), 300);
        QVERIFY(flowing());
        auto blocker = session("binnacle_admin");
        QVERIFY2(blocker.run("begin; lock table tasks in access exclusive mode"), qPrintable(blocker.error()));
        const auto took = waitFor(kNoticed, [&] { return m_readings->largest("pool.app.waiting").value_or(0) > 0; });
        QVERIFY(blocker.run("rollback"));
        QVERIFY(took);
        qInfo("waiters showed after %lld ms", static_cast<long long>(took->count()));
        QVERIFY(waitFor(30s, [&] { return m_readings->largest("pool.app.waiting") == 0.0; }));
    }

    void flushedCacheShowsWithinTwoSeconds() {
        Traffic traffic(m_stack.stateDir(), 300);
        const auto ratio = [&] { return m_readings->sum("redis.hit_ratio").value_or(0); };
        QVERIFY(waitFor(30s, [&] { return ratio() > 0.75; }));
        const auto before = ratio();
        const auto keysBefore = m_readings->sum("redis.keys").value_or(0);
        QVERIFY(flushRedis());
        const auto took = waitFor(kNoticed, [&] {
            return m_readings->sum("redis.keys").value_or(keysBefore) < keysBefore / 2 || ratio() < before - 0.03;
        });
        QVERIFY(took);
        QVERIFY(waitFor(kNoticed, [&] { return ratio() < before; }));
        qInfo("the flush showed after %lld ms", static_cast<long long>(took->count()));
    }

    void killedInstanceIsLostThenBackAndNoRequestFails() {
        Traffic traffic(m_stack.stateDir(), 100);
        QVERIFY(flowing());
        const auto pid = m_stack.pidOf(QStringLiteral("app-2"));
        QVERIFY(pid > 0);
        QCOMPARE(::kill(pid, SIGKILL), 0);
        QVERIFY(waitFor(
            30s, [&] { return m_stack.component(QStringLiteral("app-2"))[QLatin1String("restarts")].toInt() >= 1; }));
        QVERIFY(waitFor(30s, [&] { return m_readings->freshness("service/app-2") == Freshness::Fresh; }));
        QVERIFY(m_stack.pidOf(QStringLiteral("app-2")) != pid);
        const auto report = traffic.end();
        for (const auto item : report[QLatin1String("routes")].toArray()) {
            const auto route = item.toObject();
            if (!route[QLatin1String("route")].toString().startsWith(QLatin1String("GET"))) {
                continue;
            }
            const auto status = route[QLatin1String("status")].toObject();
            for (auto it = status.begin(); it != status.end(); ++it) {
                QVERIFY2(it.key().startsWith(QLatin1Char('2')), QJsonDocument(route).toJson().constData());
            }
        }
    }

    void killedRedisComesBackAndNobodyNoticesButTheHitRate() {
        Traffic traffic(m_stack.stateDir(), 100);
        QVERIFY(flowing());
        QCOMPARE(::kill(m_stack.pidOf(QStringLiteral("redis")), SIGKILL), 0);
        QVERIFY(waitFor(kNoticed, [&] { return m_readings->freshness("redis") == Freshness::Lost; }));
        QVERIFY(waitFor(30s, [&] { return m_readings->freshness("redis") == Freshness::Fresh; }));
        QCOMPARE(errorsIn(traffic.end()), 0);
    }

    void stoppedRedisIsLateThenLostAndReturns() {
        Traffic traffic(m_stack.stateDir(), 100);
        QVERIFY(flowing());
        const auto pid = m_stack.pidOf(QStringLiteral("redis"));
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        QVERIFY(waitFor(kNoticed, [&] { return m_readings->freshness("redis") != Freshness::Fresh; }));
        QVERIFY(waitFor(30s, [&] { return m_readings->freshness("redis") == Freshness::Lost; }));
        QCOMPARE(::kill(pid, SIGCONT), 0);
        QVERIFY(waitFor(kNoticed, [&] { return m_readings->freshness("redis") == Freshness::Fresh; }));
        QCOMPARE(errorsIn(traffic.end()), 0);
        QCOMPARE(m_stack.pidOf(QStringLiteral("redis")), pid); // stopping is rehearsal, not death
    }

    void stoppedPgBouncerAndHaproxyAreLateThenLostAndReturn() {
        QVERIFY(waitFor(30s, [&] { return m_readings->allFresh(); }));
        const std::array<std::pair<const char*, pid_t>, 2> servers{
            {{"pgbouncer", m_stack.pidOf(QStringLiteral("pgbouncer"))},
             {"haproxy", m_stack.pidOf(QStringLiteral("haproxy"))}}};
        const auto all = [&](auto is) {
            return [&, is] {
                return std::ranges::all_of(servers,
                                           [&](const auto& server) { return is(m_readings->freshness(server.first)); });
            };
        };
        const auto signalAll = [&](int signal) {
            for (const auto& [name, pid] : servers) {
                QCOMPARE(::kill(pid, signal), 0);
            }
        };
        signalAll(SIGSTOP);
        const bool late = waitFor(kNoticed, all([](auto state) { return state != Freshness::Fresh; })).has_value();
        const bool lost = waitFor(30s, all([](auto state) { return state == Freshness::Lost; })).has_value();
        signalAll(SIGCONT);
        QVERIFY(late);
        QVERIFY(lost);
        QVERIFY(waitFor(kNoticed, all([](auto state) { return state == Freshness::Fresh; })));
        for (const auto& [name, pid] : servers) {
            QCOMPARE(m_stack.pidOf(QString::fromLatin1(name)), pid);
        }
    }

    void killedPrimaryComesBackWithFeedAndService() {
        QCOMPARE(::kill(m_stack.pidOf(QStringLiteral("primary")), SIGKILL), 0);
        QVERIFY(waitFor(kNoticed, [&] { return m_readings->freshness("postgres/primary") != Freshness::Fresh; }));
        QVERIFY(waitFor(30s, [&] { return m_readings->freshness("postgres/primary") == Freshness::Fresh; }));
        QVERIFY(waitFor(30s, [&] {
            const auto report = runProgram(QStringLiteral("binnacle-load"),
                                           {QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("50"),
                                            QStringLiteral("--duration"), QStringLiteral("1"), QStringLiteral("--json"),
                                            QStringLiteral("--state-dir"), m_stack.stateDir()});
            return report.exitCode == 0 && errorsIn(report.json()) == 0;
        }));
        QVERIFY(waitFor(30s, [&] { return m_readings->sum("postgres.replication.state") == 2.0; }));
    }

private:
    SqlSession session(const char* role) {
        return {QString::fromStdString(m_status.endpoints.postgresPrimary), m_stack.stateDir(),
                QString::fromLatin1(role)};
    }

    /// Waits until traffic that was just started reaches the instances and every source is read.
    bool flowing() {
        const auto users = [&] { return m_readings->sum("cache.hits").value_or(0); };
        if (!waitFor(30s, [&] { return m_readings->allFresh(); })) {
            qWarning("not every source is fresh: %s", qPrintable(m_readings->notFresh()));
            return false;
        }
        auto before = users();
        const bool flows = waitFor(30s, [&] {
                               before = std::min(before, users()); // an instance that restarted counts from zero
                               return users() > before + 50;
                           }).has_value();
        if (!flows) {
            qWarning("traffic does not flow: %.0f cache hits before, %.0f now", before, users());
        }
        return flows;
    }

    bool flushRedis() {
        QFile file(m_stack.stateDir() + QStringLiteral("/credentials/redis-admin.password"));
        if (!file.open(QIODevice::ReadOnly)) {
            return false;
        }
        QProcess client;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("REDISCLI_AUTH"), QString::fromUtf8(file.readAll()).trimmed());
        client.setProcessEnvironment(environment);
        client.start(QStringLiteral("redis-cli"),
                     {QStringLiteral("-s"), QString::fromStdString(m_status.endpoints.redis).mid(5),
                      QStringLiteral("--user"), QStringLiteral("binnacle_admin"), QStringLiteral("flushall")});
        return client.waitForFinished(5000) && client.readAllStandardOutput().contains("OK");
    }

    /// Request counts once nothing moves any more: three passes of every instance with the same users' requests.
    std::map<std::string, std::uint64_t> settledCounts() {
        const auto users = [&] {
            auto counts = m_readings->requestsByRoute();
            std::erase_if(counts, [](const auto& item) { return item.first.starts_with("GET /healthz"); });
            return counts;
        };
        const auto passes = [&] {
            std::vector<std::uint64_t> all;
            for (const auto& instance : m_status.endpoints.instances) {
                all.push_back(m_readings->passes("service/" + instance.name));
            }
            return all;
        };
        auto counts = users();
        auto since = passes();
        waitFor(30s, [&] {
            if (auto now = users(); now != counts) {
                counts = std::move(now);
                since = passes();
            }
            return std::ranges::equal(passes(), since, [](auto now, auto then) { return now >= then + 3; });
        });
        return counts;
    }

    BundledStack m_stack;
    StackStatus m_status;
    std::unique_ptr<LiveReadings> m_readings;
};

QTEST_GUILESS_MAIN(TestBundledStack)
#include "test_bundled_stack.moc"
