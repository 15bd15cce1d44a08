// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator is offered about each trouble of the path, and since when it lasts.
#include "app/models/likely_cause.h"
#include "backend/history/trouble_since.h"
#include "tests/app/fake_tables.h"

#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime kNow{std::chrono::hours(5)};

HopVerdict hop(const char* name, const char* source, HopRole role, Trouble trouble, double amount = 0,
               const char* message = "") {
    HopVerdict out;
    out.name = name;
    out.source = source;
    out.role = role;
    out.trouble = trouble;
    out.concern = Concern::Caution;
    out.amount = amount;
    out.message = message;
    return out;
}

PathVerdict verdictOf(const HopVerdict& worst) {
    return {{worst}, worst.name};
}

InstanceHop instance(const char* name, const char* role) {
    InstanceHop out;
    out.name = name;
    out.role = role;
    out.state = SourceState::Live;
    out.inRotation = true;
    return out;
}

PathReading twoInstances() {
    PathReading path;
    path.at = kNow;
    path.primary.source = "postgres/primary";
    path.instances = {instance("app-1", "stable"), instance("app-3", "canary")};
    return path;
}

const std::string kStart = "2026-03-14 09:00:00";

/// Two sessions of a server, of which 5001 has its transaction open for longer.
TablePtr sessions(double longest, const std::string& state = "active") {
    return std::make_shared<SnapshotTable>(fakeTable("postgres.sessions", {{{"pid", 5000.0},
                                                                            {"backend_start", kStart},
                                                                            {"xact_start", kStart},
                                                                            {"state", std::string("active")},
                                                                            {"xact_age", 20.0}},
                                                                           {{"pid", 5001.0},
                                                                            {"backend_start", kStart},
                                                                            {"xact_start", kStart},
                                                                            {"state", state},
                                                                            {"xact_age", longest}}}));
}

/// 4711 blocks 4712 and another one.
TablePtr blocking() {
    return std::make_shared<SnapshotTable>(fakeTable(
        "postgres.blocking", {{{"pid", 4711.0},
                               {"backend_start", kStart},
                               {"xact_start", kStart},
                               {"depth", 0.0},
                               {"behind", 2.0},
                               {"application", std::string("batch")},
                               {"state", std::string("idle in transaction")},
                               {"xact_age", 130.0}},
                              {{"pid", 4712.0}, {"backend_start", kStart}, {"depth", 1.0}, {"waited", 60.0}}}));
}

} // namespace

class TestLikelyCause : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whereAllFallsSilentNoPartIsBlamed() {
        auto path = twoInstances();
        for (const auto* name : {"haproxy", "service/app-1", "postgres/primary"}) {
            SourceHealth source;
            source.name = name;
            source.state = SourceState::Lost;
            path.sources.push_back(source);
        }
        const auto verdict = verdictOf(hop("haproxy", "haproxy", HopRole::Proxy, Trouble::Silent));
        auto cause = likelyCause(path, verdict, {});
        QVERIFY(cause);
        QCOMPARE(cause->clause, QStringLiteral("All 3 sources fell silent together."));
        QCOMPARE(cause->page.page, QStringLiteral("connections"));
        path.sources.back().state = SourceState::Live;
        cause = likelyCause(path, verdict, {});
        QCOMPARE(cause->clause, QStringLiteral("HAProxy does not answer."));
    }
    void calmOffersNothing() { QVERIFY(!likelyCause(twoInstances(), {}, {})); }

    void eachTroubleOffersOneStep_data() {
        QTest::addColumn<HopVerdict>("verdict");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("target");
        const auto row = [](const char* name, const HopVerdict& verdict, const char* action, const char* page,
                            const char* target = "") {
            QTest::newRow(name) << verdict << QString::fromLatin1(action) << QString::fromLatin1(page)
                                << QString::fromLatin1(target);
        };
        const auto primary = [](Trouble trouble, double amount = 0) {
            return hop("primary", "postgres/primary", HopRole::Primary, trouble, amount);
        };
        const auto standby = [](Trouble trouble, double amount) {
            return hop("replica-2", "postgres/replica-2", HopRole::Replica, trouble, amount);
        };
        const auto app = [](const char* name, Trouble trouble) {
            return hop(name, "service/app", HopRole::Instance, trouble, 0.5);
        };
        row("lock root", primary(Trouble::LockWaits), "terminate_session", "locks", "postgres/primary 4711");
        row("a long transaction", primary(Trouble::LongTransaction, 200), "cancel_query", "database",
            "session postgres/primary 5001");
        row("deadlocks", primary(Trouble::Deadlocks), "", "locks");
        row("connections", primary(Trouble::ConnectionsFull), "", "database", "server primary");
        row("full disk", primary(Trouble::DiskFull), "", "database", "server primary");
        row("replay paused", standby(Trouble::ReplayPaused, 40), "", "database", "server replica-2");
        row("replay behind a reader", standby(Trouble::ReplayBehind, 200), "cancel_query", "database",
            "session postgres/replica-2 5001");
        row("replay behind for longer than anybody reads", standby(Trouble::ReplayBehind, 900), "", "database",
            "server replica-2");
        row("not streaming", standby(Trouble::NotStreaming, 0), "", "database", "server replica-2");
        row("app pool", app("app-1", Trouble::PoolWait), "", "pools");
        row("pooler", hop("pgbouncer", "pgbouncer", HopRole::Bouncer, Trouble::PoolFull, 6), "", "pools");
        row("redis gone", hop("redis", "redis", HopRole::Cache, Trouble::Silent, 20), "", "cache");
        row("hot key", hop("redis", "redis", HopRole::Cache, Trouble::HotKey, 30'000), "", "cache");
        row("canary errors", app("app-3", Trouble::OwnErrors), "set_canary_share", "canary");
        row("errors of a stable one", app("app-1", Trouble::OwnErrors), "drain_instance", "traffic", "server app-1");
        row("a slow one", app("app-1", Trouble::Slow), "drain_instance", "traffic", "server app-1");
        row("errors everywhere", app("app-1", Trouble::Errors), "", "traffic", "server app-1");
        row("a stopped instance", app("app-1", Trouble::Silent), "", "traffic", "server app-1");
        row("ejected", app("app-1", Trouble::OutOfRotation), "", "traffic", "server app-1");
        row("flood", hop("haproxy", "haproxy", HopRole::Proxy, Trouble::Flood, 3), "set_degradation_level", "traffic");
        row("queue", hop("haproxy", "haproxy", HopRole::Proxy, Trouble::Queue, 3), "", "traffic");
    }
    void eachTroubleOffersOneStep() {
        QFETCH(HopVerdict, verdict);
        CauseFacts facts;
        facts.blocking = blocking();
        facts.sessions = sessions(210);
        facts.canaryPercent = 10;
        const auto cause = likelyCause(twoInstances(), verdictOf(verdict), facts);
        QVERIFY(cause);
        QTEST(cause->action, "action");
        QTEST(cause->page.page, "page");
        QTEST(cause->page.target, "target");
        QVERIFY(!cause->clause.isEmpty());
        QCOMPARE(cause->button.isEmpty(), cause->action.isEmpty());
        QVERIFY(cause->severity >= Severity::Caution);
    }

    void anActNamesItsSessionWhole() {
        CauseFacts facts;
        facts.blocking = blocking();
        const auto cause = likelyCause(
            twoInstances(), verdictOf(hop("primary", "postgres/primary", HopRole::Primary, Trouble::LockWaits)), facts);
        QVERIFY(cause);
        QCOMPARE(textOf(cause->parameters, "server"), std::string("primary"));
        QCOMPARE(integerOf(cause->parameters, "pid"), std::optional<std::int64_t>(4711));
        QVERIFY(cause->parameters.contains("backend_start") && cause->parameters.contains("xact_start"));
        QVERIFY2(cause->clause.contains(QStringLiteral("4711 of batch")), qPrintable(cause->clause));
        QVERIFY2(cause->evidence.contains(QStringLiteral("2 sessions wait")), qPrintable(cause->evidence));
        QVERIFY2(cause->evidence.contains(QStringLiteral("it does nothing")), qPrintable(cause->evidence));
    }
    void anIdleTransactionIsEndedAndNotCancelled() {
        CauseFacts facts;
        facts.sessions = sessions(210, "idle in transaction");
        const auto cause = likelyCause(
            twoInstances(),
            verdictOf(hop("primary", "postgres/primary", HopRole::Primary, Trouble::LongTransaction, 210)), facts);
        QCOMPARE(cause->action, QStringLiteral("terminate_session"));
    }
    void withoutTheTablesItLeadsToThePage() {
        for (const auto trouble : {Trouble::LockWaits, Trouble::LongTransaction}) {
            const auto cause = likelyCause(
                twoInstances(), verdictOf(hop("primary", "postgres/primary", HopRole::Primary, trouble)), {});
            QVERIFY(cause && cause->action.isEmpty() && !cause->page.page.isEmpty());
        }
    }
    void theLastInstanceIsNotDrained() {
        auto path = twoInstances();
        path.instances[1].inRotation = false;
        const auto cause =
            likelyCause(path, verdictOf(hop("app-1", "service/app-1", HopRole::Instance, Trouble::OwnErrors)), {});
        QVERIFY(cause->action.isEmpty());
    }
    void whoSuffersIsSaid() {
        PathVerdict verdict =
            verdictOf(hop("pgbouncer", "pgbouncer", HopRole::Bouncer, Trouble::PoolFull, 6, "6 clients wait"));
        auto waiting = hop("app-1", "service/app-1", HopRole::Instance, Trouble::PoolWait, 3);
        waiting.suffers = true;
        verdict.hops.push_back(waiting);
        const auto cause = likelyCause(twoInstances(), verdict, {});
        QCOMPARE(cause->clause, QStringLiteral("pgBouncer: 6 clients wait."));
        QCOMPARE(cause->evidence, QStringLiteral("What is seen at app-1 follows from it."));
    }

    void aTroubleBeganWithItsReadings() {
        PathHistory history;
        PathReading path;
        for (int second = 0; second < 120; ++second) {
            path.at = kNow + std::chrono::seconds(second);
            // A moment's calm within the last minute is no end; one wait long before is no beginning.
            const bool waits = second == 10 || (second >= 60 && second != 80);
            path.bouncerWaiting.value = waits ? 4 : 0;
            path.bouncerWaiting.state = SourceState::Live;
            history.append(path);
        }
        const auto verdict = hop("pgbouncer", "pgbouncer", HopRole::Bouncer, Trouble::PoolFull, 4);
        QCOMPARE(troubleSince(verdict, path, history, SignalStore()), std::optional(TroubleSince{kNow + 60s, false}));
    }
    void aTroubleFromTheFirstReadingOnMayBeOlder() {
        PathHistory history;
        PathReading path;
        path.lockWaits.value = 1;
        path.lockWaits.state = SourceState::Live;
        path.at = kNow;
        history.append(path);
        path.at = kNow + 1s;
        history.append(path);
        const auto verdict = hop("primary", "postgres/primary", HopRole::Primary, Trouble::LockWaits, 1);
        QCOMPARE(troubleSince(verdict, path, history, SignalStore()), std::optional(TroubleSince{kNow, true}));
    }
    void anAgeTellsWhenItBegan() {
        PathReading path;
        path.at = kNow;
        const auto silent = hop("redis", "redis", HopRole::Cache, Trouble::Silent, 90);
        QCOMPARE(troubleSince(silent, path, {}, SignalStore()), std::optional(TroubleSince{kNow - 90s, false}));
        const auto hot = hop("redis", "redis", HopRole::Cache, Trouble::HotKey, 90'000);
        QVERIFY(!troubleSince(hot, path, {}, SignalStore()));
    }
};

QTEST_GUILESS_MAIN(TestLikelyCause)
#include "test_likely_cause.moc"
