// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/path_verdict.h"

#include <QTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(30)};
constexpr auto kNow = 60s;

/// What one second of the whole path looks like; a test changes what it is about.
struct Second {
    double requests = 100; ///< per second, over all instances
    double canaryErrors = 0;
    double allErrors = 0; ///< of the stable instances
    double poolWaiting = 0;
    double clientsWaiting = 0;
    double commands = 300;
    double blocked = 0;
    double openTransaction = 0.01;
    double deadlocks = 0;
    double lag = 0;
    double replicaPaused = 0;
    double diskFree = 50e9;
    bool redisAnswers = true;
    bool primaryAnswers = true;
    bool secondInRotation = true;
    bool secondAnswers = true;
};

/// A path as collectors would tell it, second by second.
class World {
public:
    void pass(const Second& now) {
        m_at += 1s;
        const auto share = now.requests / 3;
        instance("app-1", "stable", share, now.allErrors / 2, now.poolWaiting);
        if (now.secondAnswers) {
            instance("app-2", "stable", share, now.allErrors / 2, 0);
        }
        instance("app-3", "canary", share, now.canaryErrors, 0);
        m_requests += now.requests;
        m_commands += now.commands;
        m_deadlocks += now.deadlocks;
        say("haproxy", {counter("haproxy.requests", {{"proxy", "api"}}, m_requests),
                        gauge("haproxy.server.up", {{"server", "app-2"}}, now.secondInRotation ? 1 : 0)});
        say("pgbouncer", {gauge("pgbouncer.clients_waiting", {}, now.clientsWaiting)});
        if (now.redisAnswers) {
            say("redis", {counter("redis.commands", {}, m_commands)});
        } else {
            silent("redis");
        }
        if (now.primaryAnswers) {
            say("postgres/primary", {gauge("postgres.blocked", {}, now.blocked),
                                     gauge("postgres.xact.oldest_seconds", {}, now.openTransaction),
                                     counter("postgres.deadlocks", {}, m_deadlocks),
                                     gauge("postgres.replication.lag_seconds", {{"standby", "replica-1"}}, now.lag)});
        } else {
            silent("postgres/primary");
        }
        say("postgres/replica-1", {gauge("postgres.recovery.paused", {}, now.replicaPaused)});
        say("stack", {gauge("stack.disk_free_bytes", {}, now.diskFree)});
    }
    void calm(std::chrono::seconds span = kNow) {
        for (auto i = 0s; i < span; ++i) {
            pass({});
        }
    }
    void pass(const Second& second, int times) {
        for (int i = 0; i < times; ++i) {
            pass(second);
        }
    }
    [[nodiscard]] PathReading path() const { return readRequestPath(m_store, m_at); }
    [[nodiscard]] PathVerdict verdict() const { return judgePath(path(), m_store); }
    [[nodiscard]] std::string sentence() const { return situationOf(path(), PathHistory(), verdict()).clause; }

private:
    void say(const std::string& source, std::vector<Reading> readings) {
        Snapshot snapshot;
        snapshot.header = {source, 1, m_at, {}, 1ms, "epoch", {}};
        snapshot.readings = std::move(readings);
        snapshot.sort();
        SourceUpdate update;
        update.source = source;
        update.interval = 1000ms;
        update.startedAt = kStart;
        update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
        m_store.apply(update);
    }
    void silent(const std::string& source) {
        SourceUpdate update;
        update.source = source;
        update.startedAt = kStart;
        update.failure = SourceFailure{{ErrorCode::Refused, "refused"}, m_at, {}, 1, m_at};
        m_store.apply(update);
    }
    void instance(const std::string& name, const std::string& role, double requests, double errors, double waiting) {
        const Labels own{{"instance", name}, {"role", role}, {"version", "1"}};
        const Labels route{{"instance", name}, {"role", role}, {"version", "1"}, {"route", "GET /v1/projects"}};
        auto& counted = m_counted[name];
        counted.first += requests;
        counted.second += errors;
        say("service/" + name,
            {counter("service.http.requests", route, counted.first),
             counter("service.http.errors", route, counted.second), gauge("service.http.in_flight", own, 1),
             gauge("pool.app.waiting", own, waiting), gauge("pool.app.size", own, 5)});
    }

    SignalStore m_store;
    SteadyTime m_at = kStart;
    std::map<std::string, std::pair<double, double>> m_counted;
    double m_requests = 0;
    double m_commands = 0;
    double m_deadlocks = 0;
};

} // namespace

class TestPathVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void calmNamesNobody() {
        World world;
        world.calm();
        QCOMPARE(world.verdict().worst, std::string());
        QCOMPARE(world.verdict().hops.size(), std::size_t{8});
    }

    void eachTroubleNamesItsHop_data() {
        QTest::addColumn<Second>("second");
        QTest::addColumn<QString>("hop");
        QTest::addColumn<int>("trouble");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const Second& second, const char* hop, Trouble trouble,
                            const char* sentence) {
            QTest::newRow(name) << second << QString::fromLatin1(hop) << static_cast<int>(trouble)
                                << QString::fromLatin1(sentence);
        };
        row("paused", {.lag = 4, .replicaPaused = 1}, "replica-1", Trouble::ReplayPaused, "Replica 1 is 4");
        row("silent", {.redisAnswers = false}, "redis", Trouble::Silent, "Redis stopped answering");
        row("own errors", {.canaryErrors = 11}, "app-3", Trouble::OwnErrors, "app-3 fails 3");
        row("pooler", {.poolWaiting = 9, .clientsWaiting = 6}, "pgbouncer", Trouble::PoolFull, "6 clients wait");
        row("app pool", {.poolWaiting = 9}, "app-1", Trouble::PoolWait, "9 requests wait for a pool slot");
        row("slow statement behind a full pooler", {.poolWaiting = 9, .clientsWaiting = 6, .openTransaction = 3.5},
            "primary", Trouble::LongTransaction, "A transaction on the primary is open for 3.5");
        row("locks", {.clientsWaiting = 6, .blocked = 3}, "primary", Trouble::LockWaits, "3 sessions wait");
        row("deadlocks", {.blocked = 1, .deadlocks = 2}, "primary", Trouble::Deadlocks, "1");
        row("full disk with errors everywhere", {.canaryErrors = 5, .allErrors = 9, .diskFree = 1e6}, "primary",
            Trouble::DiskFull, "The disk of the servers is full");
        row("hot key", {.commands = 30'000}, "redis", Trouble::HotKey, "Redis gets far more");
        row("flood that fills pools", {.requests = 320, .poolWaiting = 4, .clientsWaiting = 2, .commands = 960},
            "haproxy", Trouble::Flood, "Requests are 3.2 times");
        row("errors by a full pooler", {.canaryErrors = 4, .allErrors = 8, .clientsWaiting = 8}, "pgbouncer",
            Trouble::PoolFull, "8 clients wait");
        row("a cache that is gone loads the database", {.poolWaiting = 3, .clientsWaiting = 2, .redisAnswers = false},
            "redis", Trouble::Silent, "Redis stopped answering");
    }
    void eachTroubleNamesItsHop() {
        QFETCH(const Second, second);
        QFETCH(const QString, hop);
        QFETCH(const int, trouble);
        QFETCH(const QString, sentence);
        World world;
        world.calm();
        world.pass(second, 5);
        const auto verdict = world.verdict();
        QCOMPARE(QString::fromStdString(verdict.worst), hop);
        QCOMPARE(static_cast<int>(verdict.hop(verdict.worst)->trouble), trouble);
        QVERIFY(verdict.hop(verdict.worst)->concern > Concern::Normal);
        QVERIFY2(QString::fromStdString(world.sentence()).startsWith(sentence), world.sentence().c_str());
        world.calm(20s);
        QCOMPARE(world.verdict().worst, std::string());
    }

    void theSeverityOfWhatFollowsBelongsToTheCause() {
        World world;
        world.calm();
        world.pass({.canaryErrors = 8, .allErrors = 16, .poolWaiting = 9, .clientsWaiting = 6}, 5);
        const auto verdict = world.verdict();
        QCOMPARE(verdict.worst, std::string("pgbouncer"));
        QCOMPARE(verdict.hop("pgbouncer")->concern, Concern::Critical); // requests fail for it
        QVERIFY(verdict.hop("app-1")->suffers);
        QCOMPARE(verdict.hop("app-1")->concern, Concern::Caution);
    }
    void aMomentsWaitIsNoTrouble() {
        World world;
        world.calm();
        world.pass({.poolWaiting = 2, .clientsWaiting = 1, .blocked = 1});
        QCOMPARE(world.verdict().worst, std::string());
    }
    void anInstanceThatIsStoppedIsNamedBeforeItIsLost() {
        World world;
        world.calm();
        world.pass({.secondInRotation = false, .secondAnswers = false}, 3);
        const auto path = world.path();
        QCOMPARE(path.instances[1].state, SourceState::Late);
        QCOMPARE(world.verdict().worst, std::string("app-2"));
        QCOMPARE(world.sentence(), std::string("app-2 does not answer."));
    }
    void withoutAPastNothingIsMoreThanUsual() {
        World world;
        world.calm(5s);
        world.pass({.requests = 900, .commands = 90'000}, 4);
        QCOMPARE(world.verdict().worst, std::string());
    }
    void causesDoNotExplainThemselvesInACircle() {
        // Whatever explains another is not explained by it: else neither would be named.
        constexpr std::array kRoles{HopRole::Proxy, HopRole::Instance, HopRole::Bouncer,
                                    HopRole::Cache, HopRole::Primary,  HopRole::Replica};
        const auto each = [&](auto visit) {
            for (const auto role : kRoles) {
                for (int trouble = 0; trouble <= static_cast<int>(Trouble::DiskFull); ++trouble) {
                    visit(role, static_cast<Trouble>(trouble));
                }
            }
        };
        each([&](HopRole role, Trouble trouble) {
            each([&](HopRole otherRole, Trouble other) {
                if (role != otherRole) {
                    QVERIFY(!explains(role, trouble, otherRole, other) || !explains(otherRole, other, role, trouble));
                }
            });
        });
    }
};

QTEST_GUILESS_MAIN(TestPathVerdict)
#include "test_path_verdict.moc"
