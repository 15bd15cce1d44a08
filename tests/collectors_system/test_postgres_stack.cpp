// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/bundled_sources.h"
#include "backend/collectors/collector_runner.h"
#include "backend/collectors/postgres/plan_reader.h"
#include "backend/collectors/postgres_collector.h"
#include "backend/domain/freshness.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/wait_for.h"
#include "tests/system/sql_session.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <map>
#include <mutex>
#include <utility>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 30s; // on a crowded machine; what is promised in time is printed and shown by the benchmarks

/// What collectors that run told last, and how long their passes took.
class Watch {
public:
    explicit Watch(std::vector<std::unique_ptr<Collector>> collectors)
        : m_runner([this](SourceUpdate update) {
            const std::scoped_lock lock(m_mutex);
            auto& last = m_last[update.source];
            if (update.failure) {
                ++last.failures;
            } else {
                last.longest = std::max(
                    last.longest, std::chrono::duration_cast<std::chrono::milliseconds>(update.snapshot->header.took));
                ++last.passes;
            }
            last.update = std::move(update);
        }) {
        m_runner.run(std::move(collectors));
    }

    /// The newest that there is: a pass that failed leaves it, and is counted.
    [[nodiscard]] SnapshotPtr snapshot(const std::string& source = "postgres/primary") {
        const std::scoped_lock lock(m_mutex);
        return m_last[source].update.snapshot;
    }
    [[nodiscard]] TablePtr table(const char* id) {
        const auto last = snapshot();
        return last ? last->table(id) : nullptr;
    }
    [[nodiscard]] Freshness freshness(const std::string& source) {
        const std::scoped_lock lock(m_mutex);
        return freshnessOf(m_last[source].update, std::chrono::steady_clock::now());
    }
    struct Account {
        int passes = 0;
        int failures = 0;
        std::chrono::milliseconds longest{0};
    };
    /// Of the passes since the last account.
    [[nodiscard]] Account account(const std::string& source = "postgres/primary") {
        const std::scoped_lock lock(m_mutex);
        auto& last = m_last[source];
        const Account account{last.passes, last.failures, last.longest};
        last.passes = last.failures = 0;
        last.longest = {};
        return account;
    }

private:
    struct Last {
        SourceUpdate update;
        int passes = 0;
        int failures = 0;
        std::chrono::milliseconds longest{0};
    };
    std::mutex m_mutex;
    std::map<std::string, Last> m_last;
    CollectorRunner m_runner; // last: its threads use the others
};

std::optional<std::size_t> rowWith(const TablePtr& table, const char* column, double number) {
    for (std::size_t i = 0; table && i < table->rowCount(); ++i) {
        if (table->number(i, column) == number) {
            return i;
        }
    }
    return std::nullopt;
}

/// A process and those that it started: PostgreSQL's server processes, each in a session of its own.
std::vector<pid_t> withChildren(pid_t parent) {
    std::vector<pid_t> pids{parent};
    const auto entries = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const auto& entry : entries) {
        QFile status(QStringLiteral("/proc/%1/status").arg(entry));
        if (status.open(QIODevice::ReadOnly) &&
            status.readAll().contains("\nPPid:\t" + QByteArray::number(parent) + "\n")) {
            pids.push_back(static_cast<pid_t>(entry.toInt()));
        }
    }
    return pids;
}

} // namespace

/// One stack for all functions; each leaves it as it was, but the last, which takes it down.
class TestPostgresStack : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto result = m_stack.up();
        QVERIFY2(result.exitCode == 0, result.err.constData());
        QVERIFY(readStatus());
        auto application = session("app_rw");
        QVERIFY2(application.run("create temp table warm(); select 1"), qPrintable(application.error()));
        auto owner = session("migrator");
        QVERIFY2(owner.run("create table public.trial (id int primary key, note text);"
                           "insert into public.trial select i, 'x' from generate_series(1, 10) i;"
                           "grant select, insert, update, delete on public.trial to app_rw"),
                 qPrintable(owner.error()));
        m_watch = std::make_unique<Watch>(collectorsFor(m_status));
        QVERIFY(waitFor(kPatience, [&] { return m_watch->table("postgres.databases") != nullptr; }));
    }
    void cleanupTestCase() {
        m_watch.reset();
        QCOMPARE(m_stack.down().exitCode, 0);
    }

    void eachPartHasItsRows() {
        for (const char* id : {"postgres.sessions", "postgres.statements", "postgres.tables", "postgres.indexes",
                               "postgres.replication", "postgres.slots", "postgres.databases"}) {
            const auto table = m_watch->table(id);
            QVERIFY2(table != nullptr && table->rowCount() > 0, id);
            QVERIFY2(table->absentReason.empty(), table->absentReason.c_str());
        }
        const auto standbys = m_watch->table("postgres.replication");
        QCOMPARE(standbys->rowCount(), std::size_t{2});
        QVERIFY(standbys->number(0, "lag_p95"));
        for (const char* id : {"postgres.blocking", "postgres.progress", "postgres.deadlock_reports"}) {
            const auto table = m_watch->table(id);
            QVERIFY2(table != nullptr && table->rowCount() == 0, id);
            QVERIFY2(table->absentReason.empty(), table->absentReason.c_str());
        }
        QVERIFY(waitFor(kPatience, [&] { return m_watch->snapshot("postgres/replica-1") != nullptr; }));
    }

    void aSessionIsNamedByWhatTheServerKnowsItBy() {
        auto one = session("app_rw");
        QVERIFY(one.run("begin; select 'planted secret' from public.trial where id = 4711"));
        const double pid = one.pid();
        TablePtr table;
        QVERIFY(waitFor(kPatience,
                        [&] { return rowWith(table = m_watch->table("postgres.sessions"), "pid", pid).has_value(); }));
        const auto row = rowWith(table, "pid", pid).value();
        QCOMPARE(std::string(table->text(row, "state")), std::string("idle in transaction"));
        QCOMPARE(std::string(table->text(row, "query")), std::string("begin; select ? from public.trial where id = ?"));
        // To the microsecond, in whatever time zone the one who acts has.
        auto admin = session("binnacle_admin");
        QVERIFY(admin.run("set timezone = 'Asia/Kathmandu'"));
        const auto asked =
            "select 1/count(*) from pg_stat_activity where pid = " + std::to_string(static_cast<int>(pid)) +
            " and backend_start = '" + std::string(table->text(row, "backend_start")) + "' and xact_start = '" +
            std::string(table->text(row, "xact_start")) + "'";
        QVERIFY2(admin.run(asked.c_str()), qPrintable(admin.error()));
    }

    void whoBlocksWhomIsATree() {
        auto a = session("app_rw");
        auto b = session("app_rw");
        auto c = session("app_rw");
        for (auto* one : {&a, &b, &c}) {
            QVERIFY(one->run("set lock_timeout = 0; set statement_timeout = 0"));
        }
        QVERIFY(a.run("begin; update public.trial set note = 'a' where id = 1"));
        QVERIFY(b.run("begin; update public.trial set note = 'b' where id = 2"));
        QVERIFY(b.send("update public.trial set note = 'b' where id = 1"));
        QVERIFY(c.run("begin"));
        QVERIFY(c.send("update public.trial set note = 'c' where id = 2"));
        TablePtr table;
        QVERIFY(waitFor(kPatience, [&] {
            table = m_watch->table("postgres.blocking");
            return table && table->rowCount() == 3 && !table->text(1, "lock_mode").empty() &&
                   !table->text(2, "lock_mode").empty();
        }));
        QCOMPARE(table->number(0, "pid"), std::optional<double>(a.pid()));
        QCOMPARE(table->number(1, "pid"), std::optional<double>(b.pid()));
        QCOMPARE(table->number(2, "pid"), std::optional<double>(c.pid()));
        QCOMPARE(table->number(2, "parent_pid"), std::optional<double>(b.pid()));
        QCOMPARE(table->number(2, "root_pid"), std::optional<double>(a.pid()));
        QCOMPARE(table->number(0, "behind"), std::optional(2.0));
        QCOMPARE(std::string(table->text(1, "lock_mode")), std::string("ShareLock"));
        QCOMPARE(std::string(table->text(1, "lock_kind")), std::string("transactionid"));
        QCOMPARE(std::string(table->text(1, "relation")), std::string("public.trial"));
        QVERIFY(waitFor(kPatience, [&] {
            const auto sessions = m_watch->table("postgres.sessions");
            const auto row = rowWith(sessions, "pid", b.pid());
            return row && sessions->number(*row, "blocked_by") == 1.0;
        }));
        QVERIFY(a.run("rollback"));
        QVERIFY(b.finish().isEmpty());
        QVERIFY(b.run("rollback"));
        QVERIFY(c.finish().isEmpty());
        QVERIFY(waitFor(kPatience, [&] { return m_watch->table("postgres.blocking")->rowCount() == 0; }));
    }

    void aDeadlockHasBothStatements() {
        auto a = session("app_rw");
        auto b = session("app_rw");
        QVERIFY(a.run("set lock_timeout = 0; begin; update public.trial set note = 'planted secret' where id = 1"));
        QVERIFY(b.run("set lock_timeout = 0; begin; update public.trial set note = 'planted secret' where id = 2"));
        QVERIFY(a.send("update public.trial set note = 'planted secret' where id = 2 /* of a */"));
        QVERIFY(b.send("update public.trial set note = 'planted secret' where id = 1 /* of b */"));
        const auto ends = QStringList{a.finish(), b.finish()};
        QVERIFY2(ends.contains(QStringLiteral("40P01")), qPrintable(ends.join(QLatin1Char(' '))));
        TablePtr table;
        const auto took = waitFor(kPatience, [&] {
            table = m_watch->table("postgres.deadlock_reports");
            return table && table->rowCount() == 2;
        });
        QVERIFY(took);
        qInfo("the report was there after %lld ms", static_cast<long long>(took->count()));
        QCOMPARE(std::string(table->text(0, "class")), std::string("lock order"));
        for (const double pid : {static_cast<double>(a.pid()), static_cast<double>(b.pid())}) {
            const auto row = rowWith(table, "pid", pid);
            QVERIFY(row);
            QCOMPARE(std::string(table->text(*row, "statement")),
                     std::string("update public.trial set note = ? where id = ?"));
        }
        QCOMPARE(table->number(0, "blocked_by_pid"), table->number(1, "pid"));
        QCOMPARE(table->number(1, "blocked_by_pid"), table->number(0, "pid"));
        QCOMPARE(table->number(0, "cancelled").value() + table->number(1, "cancelled").value(), 1.0);
        QVERIFY(a.run("rollback") && b.run("rollback"));
    }

    void statementsHaveTheirCallsAndRates() {
        auto one = session("app_rw");
        const auto find = [&](const TablePtr& table) -> std::optional<std::size_t> {
            for (std::size_t i = 0; table && i < table->rowCount(); ++i) {
                if (table->text(i, "query").starts_with("select note as counted")) {
                    return i;
                }
            }
            return std::nullopt;
        };
        const auto run = [&](int times) {
            for (int i = 0; i < times; ++i) {
                QVERIFY(one.run("select note as counted from public.trial where id = 7"));
            }
        };
        const auto calls = [&](const TablePtr& table) {
            const auto row = find(table);
            return row ? table->number(*row, "calls").value_or(0) : 0;
        };
        run(10);
        TablePtr first;
        QVERIFY(waitFor(kPatience, [&] { return calls(first = m_watch->table("postgres.statements")) == 10; }));
        run(200);
        // One may have been read in the middle of them: the rate is of what came since the one before.
        TablePtr second = first;
        QVERIFY(waitFor(kPatience, [&] {
            if (const auto now = m_watch->table("postgres.statements"); now != second) {
                first = std::exchange(second, now);
            }
            return calls(second) == 210;
        }));
        const auto row = find(second).value();
        const auto elapsed = toSeconds(second->readAt - first->readAt);
        QVERIFY(std::abs(second->number(row, "calls_rate").value() * elapsed - (210 - calls(first))) < 1e-6);
        QVERIFY(second->number(row, "mean_recent").value() > 0);
    }

    /// What a route runs by the service's own telemetry is what PostgreSQL calls the same statement.
    void theServerKnowsTheStatementsOfARouteByTheirShape() {
        const auto load = runProgram(QStringLiteral("binnacle-load"),
                                     {QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("60"),
                                      QStringLiteral("--duration"), QStringLiteral("4"), QStringLiteral("--state-dir"),
                                      m_stack.stateDir()});
        QVERIFY2(load.exitCode == 0, load.err.constData());
        std::map<std::string, std::string> shapes; // by name
        const auto readRoutes = [&] {
            for (const auto& instance : m_status.endpoints.instances) {
                const auto snapshot = m_watch->snapshot("service/" + instance.name);
                const auto table = snapshot ? snapshot->table("service.route_statements") : nullptr;
                for (std::size_t i = 0; table && i < table->rowCount(); ++i) {
                    if (table->text(i, "route") == "GET /v1/projects/{id}/tasks") {
                        shapes[std::string(table->text(i, "statement"))] = table->text(i, "shape");
                    }
                }
            }
        };
        QVERIFY(waitFor(kPatience, [&] {
            readRoutes();
            return shapes.contains("project_tasks_page");
        }));
        QCOMPARE(shapes["project_tasks_page"].size(), std::size_t{16});
        const auto known = [&](const std::string& shape) {
            const auto table = m_watch->table("postgres.statements");
            for (std::size_t i = 0; table && i < table->rowCount(); ++i) {
                if (table->text(i, "shape") == shape) {
                    return true;
                }
            }
            return false;
        };
        QVERIFY(waitFor(kPatience, [&] { return known(shapes["project_tasks_page"]); }));
        // Its literals are parameters there and here.
        const auto snapshot = m_watch->snapshot("service/" + m_status.endpoints.instances.front().name);
        QVERIFY(snapshot);
        const auto table = snapshot->table("service.route_statements");
        QVERIFY(table && table->rowCount() > 0);
        for (std::size_t i = 0; i < table->rowCount(); ++i) {
            QVERIFY(table->text(i, "query").find('\'') == std::string_view::npos);
            QVERIFY(table->text(i, "query").find("$$") == std::string_view::npos);
            const auto shape = std::string(table->text(i, "shape"));
            QVERIFY2(waitFor(kPatience, [&] { return known(shape); }), std::string(table->text(i, "query")).c_str());
            QVERIFY(table->number(i, "calls").value() >= 1);
            QVERIFY(table->number(i, "time").value() > 0);
        }
    }

    /// The text is the one that the table of statements tells, parameters and all.
    void aStatementHasItsPlan() {
        const auto load = runProgram(QStringLiteral("binnacle-load"),
                                     {QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("40"),
                                      QStringLiteral("--duration"), QStringLiteral("2"), QStringLiteral("--state-dir"),
                                      m_stack.stateDir()});
        QVERIFY2(load.exitCode == 0, load.err.constData());
        PlanWish wish{m_status.endpoints.postgresPrimary, m_status.credentials.pgpassFile, {}, {}};
        const auto find = [&] {
            const auto table = m_watch->table("postgres.statements");
            for (std::size_t i = 0; table && i < table->rowCount(); ++i) {
                if (table->text(i, "query").find("from public.tasks where organisation_id = $1 and project_id = $2") !=
                    std::string_view::npos) {
                    wish.statement = table->text(i, "query");
                    wish.database = table->text(i, "database");
                    return true;
                }
            }
            return false;
        };
        QVERIFY(waitFor(kPatience, find));
        const auto within = [] { return std::chrono::steady_clock::now() + kPatience; };
        const auto plan = readPlan(wish, within());
        QVERIFY2(plan, plan ? "" : plan.error().text.c_str());
        QVERIFY2(plan->find("Limit") != std::string::npos && plan->find("tasks") != std::string::npos, plan->c_str());
        QVERIFY2(plan->find("$1") != std::string::npos, plan->c_str()); // for any value, not for one
        QVERIFY2(plan->find("\n") != std::string::npos && plan->find("actual") == std::string::npos, plan->c_str());

        // What is no single statement is not even sent: nobody listens there.
        const auto refused = readPlan({"host=/nowhere", {}, {}, "select 1; drop table public.tasks"}, within());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Invalid);

        // The reader must not write, so it learns no plan of what writes; and nothing is written.
        wish.statement = "insert into public.trial (id) values ($1)";
        const auto writes = readPlan(wish, within());
        QVERIFY(!writes);
        QCOMPARE(writes.error().code, ErrorCode::Denied);

        // A table that somebody locks is given up soon: its own limit ends it, long before the deadline.
        auto owner = session("migrator");
        QVERIFY(owner.run("begin") && owner.run("lock table public.trial in access exclusive mode"));
        wish.statement = "select note from public.trial where id = $1";
        const auto began = std::chrono::steady_clock::now();
        const auto locked = readPlan(wish, within());
        QVERIFY(!locked);
        QVERIFY2(std::chrono::steady_clock::now() - began < 10s, locked.error().text.c_str());
        QVERIFY(owner.run("rollback"));
    }

    void aPlanWithoutTheRightIsDeniedWithItsGrant() {
        auto admin = session("binnacle_admin");
        QVERIFY2(admin.connected() && admin.run("revoke pg_read_all_data from console_ro"), qPrintable(admin.error()));
        const PlanWish wish{m_status.endpoints.postgresPrimary, m_status.credentials.pgpassFile, "binnacle",
                            "select note from public.trial where id = $1"};
        const auto within = [] { return std::chrono::steady_clock::now() + kPatience; };
        const auto denied = readPlan(wish, within());
        QVERIFY(!denied);
        QCOMPARE(denied.error().code, ErrorCode::Denied);
        QVERIFY2(denied.error().text.find("GRANT pg_read_all_data TO console_ro;") != std::string::npos,
                 denied.error().text.c_str());
        // The grant that it names is what brings it.
        QVERIFY(admin.run("GRANT pg_read_all_data TO console_ro;"));
        const auto plan = readPlan(wish, within());
        QVERIFY2(plan, plan ? "" : plan.error().text.c_str());
    }

    void withoutTheRightRowsGiveWayToTheGrant() {
        QTemporaryDir dir;
        QFile secret(m_stack.stateDir() + QStringLiteral("/credentials/app_ro.password"));
        QFile passfile(dir.filePath(QStringLiteral("pgpass")));
        QVERIFY(secret.open(QIODevice::ReadOnly) && passfile.open(QIODevice::WriteOnly));
        passfile.write("*:*:*:app_ro:" + secret.readAll().trimmed() + "\n");
        passfile.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        passfile.close();
        auto conninfo = m_status.endpoints.postgresPrimary;
        conninfo.replace(conninfo.find("console_ro"), 10, "app_ro");
        PostgresCollector collector({"primary", conninfo, passfile.fileName().toStdString(), {}, {"replica-1"}});
        Result<Snapshot> snapshot = fail(ErrorCode::Io, "not read");
        QVERIFY(waitFor(kPatience, [&] {
            snapshot = collector.collect(std::chrono::steady_clock::now() + 5s);
            return snapshot && snapshot->tables.size() == 10;
        }));
        for (const char* id : {"postgres.sessions", "postgres.blocking", "postgres.replication", "postgres.statements",
                               "postgres.progress"}) {
            const auto table = snapshot->table(id);
            QCOMPARE(table->rowCount(), std::size_t{0});
            QVERIFY2(table->absentReason.find("GRANT pg_monitor TO app_ro;") != std::string::npos, id);
        }
        const auto reports = snapshot->table("postgres.deadlock_reports");
        QVERIFY(reports->absentReason.find("GRANT EXECUTE ON FUNCTION pg_current_logfile(text)") != std::string::npos);
        QVERIFY(snapshot->table("postgres.tables")->rowCount() > 0); // these need no right
        QVERIFY(snapshot->find("postgres.deadlocks", {{"server", "primary"}})->value);
    }

    void throughSqlTheReportNeedsTheGrantAndNoFile() {
        auto admin = session("binnacle_admin");
        QVERIFY2(admin.run("grant execute on function pg_current_logfile(text), "
                           "pg_read_file(text, bigint, bigint, boolean) to console_ro"),
                 qPrintable(admin.error()));
        PostgresCollector collector(
            {"primary", m_status.endpoints.postgresPrimary, m_status.credentials.pgpassFile, {}, {}});
        const auto pass = [&] { return collector.collect(std::chrono::steady_clock::now() + 5s); };
        QVERIFY(pass());
        auto a = session("app_rw");
        auto b = session("app_rw");
        QVERIFY(a.run("set lock_timeout = 0; begin; select 1 from public.trial where id = 3 for update"));
        QVERIFY(b.run("set lock_timeout = 0; begin; select 1 from public.trial where id = 4 for update"));
        QVERIFY(a.send("select 1 from public.trial where id = 4 for update"));
        QVERIFY(b.send("select 1 from public.trial where id = 3 for update"));
        QVERIFY((QStringList{a.finish(), b.finish()}).contains(QStringLiteral("40P01")));
        QVERIFY(a.run("rollback") && b.run("rollback"));
        // The server counts it when the cancelled session publishes its statistics, up to ten seconds later.
        TablePtr table;
        QVERIFY(waitFor(kPatience, [&] {
            const auto snapshot = pass();
            table = snapshot ? snapshot->table("postgres.deadlock_reports") : nullptr;
            return rowWith(table, "pid", a.pid()).has_value();
        }));
        QVERIFY(rowWith(table, "pid", b.pid()));
        QVERIFY(admin.run("revoke execute on function pg_current_logfile(text), "
                          "pg_read_file(text, bigint, bigint, boolean) from console_ro"));
    }

    void aStoppedServerIsLateThenLostAndReturns() {
        const std::string source = "postgres/replica-1";
        const auto pids = withChildren(m_stack.pidOf(QStringLiteral("replica-1")));
        QVERIFY(pids.size() > 1);
        for (const auto pid : pids) {
            ::kill(pid, SIGSTOP);
        }
        const bool late = waitFor(kPatience, [&] { return m_watch->freshness(source) == Freshness::Late; }).has_value();
        const bool lost = waitFor(kPatience, [&] { return m_watch->freshness(source) == Freshness::Lost; }).has_value();
        for (const auto pid : pids) {
            ::kill(pid, SIGCONT);
        }
        const auto back = waitFor(kPatience, [&] { return m_watch->freshness(source) == Freshness::Fresh; });
        QVERIFY(late);
        QVERIFY(lost);
        QVERIFY(back);
        qInfo("back after %lld ms", static_cast<long long>(back->count()));
    }

    /// Last, because it starts the servers anew with room for so many locks.
    void fiftyThousandLocksDoNotHoldUpAPass() {
        m_watch.reset();
        for (const auto& conninfo : {m_status.endpoints.postgresPrimary, m_status.endpoints.postgresReplicas.at(0),
                                     m_status.endpoints.postgresReplicas.at(1)}) {
            SqlSession admin(QString::fromStdString(conninfo), m_stack.stateDir(), QStringLiteral("binnacle_admin"));
            QVERIFY2(admin.run("alter system set max_locks_per_transaction = 1000"), qPrintable(admin.error()));
        }
        QCOMPARE(m_stack.down().exitCode, 0);
        const auto up = m_stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        QVERIFY(readStatus());

        auto holder = session("app_rw");
        QVERIFY2(holder.run("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; begin;"
                            "select count(pg_advisory_xact_lock(i)) from generate_series(1, 50000) i"),
                 qPrintable(holder.error()));
        auto admin = session("binnacle_admin");
        QVERIFY2(admin.run("create database pgbench"), qPrintable(admin.error()));
        const auto filled = pgbench({QStringLiteral("--initialize"), QStringLiteral("--quiet")});
        QVERIFY2(filled->waitForFinished(60'000) && filled->exitCode() == 0, filled->readAll().constData());
        // Until it is stopped. Four clients, each as fast as the server lets it.
        const auto traffic = pgbench({QStringLiteral("--client=4"), QStringLiteral("--jobs=1"),
                                      QStringLiteral("--time=600"), QStringLiteral("--progress=1")});
        QVERIFY2(traffic->waitForStarted(), qPrintable(traffic->errorString()));
        auto waiter = session("app_rw");
        QVERIFY(waiter.run("set lock_timeout = 0; set statement_timeout = 0; begin"));
        QVERIFY(waiter.send("select pg_advisory_xact_lock(77)"));

        m_watch = std::make_unique<Watch>(collectorsFor(m_status));
        TablePtr table;
        QVERIFY(waitFor(kPatience, [&] {
            table = m_watch->table("postgres.blocking");
            return table && table->rowCount() == 2 && !table->text(1, "lock_mode").empty();
        }));
        QCOMPARE(table->number(0, "pid"), std::optional<double>(holder.pid()));
        QCOMPARE(std::string(table->text(1, "lock_kind")), std::string("advisory"));
        QVERIFY(waitFor(kPatience, [&] { return m_watch->table("postgres.databases") != nullptr; }));
        std::ignore = m_watch->account();
        Watch::Account account;
        QVERIFY(waitFor(kPatience, [&] {
            const auto more = m_watch->account();
            account = {account.passes + more.passes, account.failures + more.failures,
                       std::max(account.longest, more.longest)};
            return account.passes >= 10;
        }));
        QVERIFY2(traffic->state() == QProcess::Running, traffic->readAll().constData());
        const auto transactions = admin.number("select xact_commit from pg_stat_database where datname = 'pgbench'");
        qInfo("%d passes, the longest %lld ms, %d failed; pgbench committed %d transactions", account.passes,
              static_cast<long long>(account.longest.count()), account.failures, transactions);
        QVERIFY(transactions > 100);
        QCOMPARE(account.failures, 0);
        QVERIFY(account.longest < 1000ms);
        traffic->terminate();
        QVERIFY(traffic->waitForFinished(20'000));
        QVERIFY(holder.run("rollback"));
        QVERIFY(waiter.finish().isEmpty());
    }

private:
    bool readStatus() {
        const auto document = m_stack.stack({QStringLiteral("status"), QStringLiteral("--json")}).out;
        auto status = parseStackStatus(document.toStdString());
        if (status) {
            m_status = std::move(*status);
        }
        return status.has_value();
    }
    [[nodiscard]] SqlSession session(const char* role) const {
        return {QString::fromStdString(m_status.endpoints.postgresPrimary), m_stack.stateDir(),
                QString::fromLatin1(role)};
    }

    /// pgbench against a database of its own on the primary, with its password from the environment.
    [[nodiscard]] std::unique_ptr<QProcess> pgbench(QStringList arguments) const {
        auto process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        const auto folder = m_stack.stateDir() + QStringLiteral("/credentials/binnacle_admin.password");
        QFile secret(folder);
        if (secret.open(QIODevice::ReadOnly)) {
            environment.insert(QStringLiteral("PGPASSWORD"), QString::fromUtf8(secret.readAll()).trimmed());
        }
        process->setProcessEnvironment(environment);
        process->setProcessChannelMode(QProcess::MergedChannels);
        arguments << QString::fromStdString(m_status.endpoints.postgresPrimary) +
                         QStringLiteral(" dbname=pgbench user=binnacle_admin");
        process->start(QStringLiteral("pgbench"), arguments);
        return process;
    }

    BundledStack m_stack;
    StackStatus m_status;
    std::unique_ptr<Watch> m_watch;
};

QTEST_GUILESS_MAIN(TestPostgresStack)
#include "test_postgres_stack.moc"
