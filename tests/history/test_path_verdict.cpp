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
    double allErrors = 0;        ///< of the stable instances
    double latency = 0.02;       ///< s, of each request
    double canaryLatency = 0.02; ///< of those of the canary
    double poolWaiting = 0;
    double queued = 0; ///< in HAProxy
    double clientsWaiting = 0;
    double commands = 300;
    double blocked = 0;
    double connections = 14; ///< of 100
    double openTransaction = 0.01;
    double deadlocks = 0;
    double lag = 0;
    double replicaPaused = 0;
    double replicaStreams = 1;
    double diskFree = 50e9;
    bool redisAnswers = true;
    bool redisSpeaks = true; ///< false: nothing is heard of it, and nothing is wrong with it yet
    bool primaryAnswers = true;
    bool secondInRotation = true;
    bool secondAnswers = true;
};

/// A path as collectors would tell it, second by second.
class World {
public:
    void pass(const Second& now) {
        m_at += 1s;
        instance("app-1", "stable", now, now.allErrors / 2, now.poolWaiting);
        if (now.secondAnswers) {
            instance("app-2", "stable", now, now.allErrors / 2, 0);
        }
        instance("app-3", "canary", now, now.canaryErrors, 0);
        m_requests += now.requests;
        m_commands += now.commands;
        m_deadlocks += now.deadlocks;
        say("haproxy", {counter("haproxy.requests", {{"proxy", "api"}}, m_requests),
                        gauge("haproxy.queue", {{"proxy", "be_stable"}}, now.queued),
                        gauge("haproxy.server.up", {{"server", "app-2"}}, now.secondInRotation ? 1 : 0)});
        say("pgbouncer", {gauge("pgbouncer.clients_waiting", {}, now.clientsWaiting)});
        if (!now.redisSpeaks) {
            // No news, good or bad.
        } else if (now.redisAnswers) {
            say("redis", {counter("redis.commands", {}, m_commands)});
        } else {
            silent("redis");
        }
        if (now.primaryAnswers) {
            say("postgres/primary",
                {gauge("postgres.blocked", {}, now.blocked), gauge("postgres.connections", {}, now.connections),
                 gauge("postgres.max_connections", {}, 100),
                 gauge("postgres.replication.state", {{"standby", "replica-1"}}, now.replicaStreams),
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
    void instance(const std::string& name, const std::string& role, const Second& now, double errors, double waiting) {
        const Labels own{{"instance", name}, {"role", role}, {"version", "1"}};
        const Labels route{{"instance", name}, {"role", role}, {"version", "1"}, {"route", "GET /v1/projects"}};
        auto& counted = m_counted[name];
        const auto requests = now.requests / 3;
        counted.requests += requests;
        counted.errors += errors;
        counted.latencies.recordMany(
            static_cast<std::int64_t>((role == "canary" ? now.canaryLatency : now.latency) * 1e9),
            static_cast<std::uint64_t>(requests));
        say("service/" + name,
            {counter("service.http.requests", route, counted.requests),
             counter("service.http.errors", route, counted.errors),
             histogram("service.http.latency", route, counted.latencies), gauge("service.http.in_flight", own, 1),
             gauge("pool.app.waiting", own, waiting), gauge("pool.app.size", own, 5)});
    }

    SignalStore m_store;
    SteadyTime m_at = kStart;
    struct Counted {
        double requests = 0;
        double errors = 0;
        LatencyHistogram latencies;
    };
    std::map<std::string, Counted> m_counted;
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
        row("queue", {.queued = 7}, "haproxy", Trouble::Queue, "7 requests wait in HAProxy");
        row("out of rotation", {.secondInRotation = false}, "app-2", Trouble::OutOfRotation,
            "app-2 is out of rotation");
        row("errors of all", {.canaryErrors = 4, .allErrors = 8}, "app-1", Trouble::Errors, "app-1 fails 1");
        row("slow", {.canaryLatency = 1.1}, "app-3", Trouble::Slow, "app-3 is 5");
        row("connections", {.connections = 96}, "primary", Trouble::ConnectionsFull, "The primary runs out of conn");
        row("nearly full disk", {.diskFree = 40e6}, "primary", Trouble::DiskFull, "The disk of the servers is nearly");
        row("behind", {.lag = 4}, "replica-1", Trouble::ReplayBehind, "Replica 1 is 4");
        row("not streaming", {.replicaStreams = 0}, "replica-1", Trouble::NotStreaming, "Replica 1 does not stream");
        row("a primary that is gone", {.poolWaiting = 9, .clientsWaiting = 6, .primaryAnswers = false}, "primary",
            Trouble::Silent, "PostgreSQL primary stopped answering");
        row("an instance that fails fills the queue", {.canaryErrors = 11, .queued = 7}, "app-3", Trouble::OwnErrors,
            "app-3 fails 3");
        row("a pooler that is full slows one instance down", {.canaryLatency = 1.1, .clientsWaiting = 6}, "pgbouncer",
            Trouble::PoolFull, "6 clients wait");
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
        world.pass({.poolWaiting = 2, .queued = 1, .clientsWaiting = 1, .blocked = 1});
        QCOMPARE(world.verdict().worst, std::string());
    }
    /// What is much for one, and little for all, is no trouble: each rule has a least.
    void littleIsNoTrouble_data() {
        QTest::addColumn<Second>("second");
        const auto row = [](const char* name, const Second& second) { QTest::newRow(name) << second; };
        row("one error of few", {.requests = 30, .canaryErrors = 0.3});
        row("errors of next to no requests", {.requests = 6, .canaryErrors = 1});
        row("a hundredth of many", {.requests = 210, .canaryErrors = 1});
        row("all of them slow", {.latency = 1.1, .canaryLatency = 1.1});
        row("slower, and within the target", {.latency = 0.02, .canaryLatency = 0.2});
        row("three times as slow", {.latency = 0.12, .canaryLatency = 0.36});
        row("twice the requests", {.requests = 200, .commands = 600});
        row("four times the commands", {.commands = 1200});
        row("a lag of a moment", {.lag = 0.9});
        row("a transaction of a second", {.openTransaction = 1.2});
        row("many connections", {.connections = 80});
        row("a disk with room", {.diskFree = 100e6});
    }
    void littleIsNoTrouble() {
        QFETCH(const Second, second);
        World world;
        world.calm();
        world.pass(second, 5);
        QCOMPARE(world.verdict().worst, std::string());
    }
    void whoIsSilentForLongAnswersLateAndIsThenNamed() {
        World world;
        world.calm();
        world.pass({.redisSpeaks = false}, 2); // late by its age, and maybe only one pass that took long
        QCOMPARE(world.path().cache.state, SourceState::Late);
        QCOMPARE(world.verdict().worst, std::string());
        world.pass({.redisSpeaks = false}, 2);
        const auto verdict = world.verdict();
        QCOMPARE(verdict.worst, std::string("redis"));
        QCOMPARE(verdict.hop("redis")->trouble, Trouble::Late);
        QCOMPARE(verdict.hop("redis")->message, std::string("answers late"));
        QCOMPARE(world.sentence(), std::string("Redis answers late."));
        // Who is late explains nothing.
        world.pass({.clientsWaiting = 6, .redisSpeaks = false}, 2);
        QCOMPARE(world.verdict().worst, std::string("pgbouncer"));
        QVERIFY(!world.verdict().hop("pgbouncer")->suffers);
    }
    /// Which trouble of whom explains which of whom, as a picture of the path: what is not in it is named by itself.
    void whatExplainsWhat() {
        using enum HopRole;
        using enum Trouble;
        constexpr std::array kWaiting{Late, Queue, OutOfRotation, PoolWait, PoolFull, Errors, Slow};
        constexpr std::array kCauses{PoolFull, HotKey, LockWaits, Silent};
        const auto follows = [&](HopRole cause, Trouble trouble, HopRole effect) {
            return std::ranges::all_of(kWaiting, [&](auto waits) { return explains(cause, trouble, effect, waits); });
        };
        const auto stands = [&](HopRole cause, Trouble trouble, HopRole effect) {
            return std::ranges::none_of(kWaiting, [&](auto waits) { return explains(cause, trouble, effect, waits); });
        };
        for (const auto further : {Instance, Bouncer, Cache, Primary}) {
            QVERIFY(follows(Proxy, Flood, further));
            QVERIFY(stands(Proxy, Queue, further));
        }
        for (const auto trouble : kCauses) {
            QVERIFY(follows(Bouncer, trouble, Proxy) && follows(Bouncer, trouble, Instance));
            QVERIFY(stands(Bouncer, trouble, Primary) && stands(Bouncer, trouble, Cache));
            QVERIFY(follows(Cache, trouble, Proxy) && follows(Cache, trouble, Instance));
            QVERIFY(follows(Cache, trouble, Bouncer) && follows(Cache, trouble, Primary));
            QVERIFY(follows(Primary, trouble, Proxy) && follows(Primary, trouble, Instance));
            QVERIFY(follows(Primary, trouble, Bouncer) && stands(Primary, trouble, Cache));
            for (const auto other : {Proxy, Instance, Bouncer, Cache, Primary}) {
                QVERIFY(stands(Replica, trouble, other));
            }
        }
        // An instance alone does not fill its pooler, but those before it wait for it.
        QVERIFY(explains(Instance, OwnErrors, Proxy, Queue) && !explains(Instance, OwnErrors, Bouncer, PoolFull));
        // Who fails in a way of its own is not explained, unless nobody can write.
        for (const auto own : {OwnErrors, Silent, Deadlocks, LongTransaction, HotKey}) {
            QVERIFY(!explains(Primary, LockWaits, Instance, own) && !explains(Bouncer, PoolFull, Instance, own));
            QVERIFY(explains(Primary, DiskFull, Instance, own));
        }
        // A standby hangs on its primary: it is not the one to look at while that is gone.
        QVERIFY(explains(Primary, Silent, Replica, NotStreaming) && explains(Primary, Silent, Replica, ReplayBehind));
        QVERIFY(!explains(Primary, Silent, Replica, ReplayPaused));
        QVERIFY(!explains(Primary, LockWaits, Replica, ReplayBehind));
    }
    void whatFollowsIsMarkedAsSuffering_data() {
        QTest::addColumn<Second>("second");
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QStringList>("suffer");
        const auto row = [](const char* name, const Second& second, const char* cause, const QStringList& suffer) {
            QTest::newRow(name) << second << QString::fromLatin1(cause) << suffer;
        };
        const auto text = [](const char* name) { return QString::fromLatin1(name); };
        row("a full disk", {.canaryErrors = 11, .diskFree = 1e6}, "primary", {text("app-3")});
        row("a flood", {.requests = 320, .poolWaiting = 4, .clientsWaiting = 2, .commands = 960}, "haproxy",
            {text("app-1"), text("pgbouncer")});
        row("an instance", {.canaryErrors = 11, .queued = 7}, "app-3", {text("haproxy")});
        row("the cache", {.poolWaiting = 3, .clientsWaiting = 2, .redisAnswers = false}, "redis",
            {text("app-1"), text("pgbouncer")});
        row("the primary", {.poolWaiting = 9, .queued = 7, .clientsWaiting = 6, .blocked = 3}, "primary",
            {text("haproxy"), text("app-1"), text("pgbouncer")});
    }
    void whatFollowsIsMarkedAsSuffering() {
        QFETCH(const Second, second);
        QFETCH(const QString, cause);
        QFETCH(const QStringList, suffer);
        World world;
        world.calm();
        world.pass(second, 5);
        const auto verdict = world.verdict();
        QCOMPARE(QString::fromStdString(verdict.worst), cause);
        QStringList suffering;
        for (const auto& hop : verdict.hops) {
            suffering << (hop.suffers ? QStringList(QString::fromStdString(hop.name)) : QStringList());
            QVERIFY(!hop.suffers || hop.concern <= Concern::Caution);
        }
        QCOMPARE(suffering, suffer);
    }
    void aPauseThatHasJustBegunIsNamedBeforeThereIsALag() {
        World world;
        world.calm();
        world.pass({.replicaPaused = 1}, 2);
        QCOMPARE(world.verdict().worst, std::string("replica-1"));
        QCOMPARE(world.verdict().hop("replica-1")->trouble, Trouble::ReplayPaused);
        QCOMPARE(world.sentence(), std::string("Replay on Replica 1 is paused."));
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
