// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/deadlock_report.h"
#include "backend/collectors/postgres/log_by_sql.h"
#include "backend/collectors/postgres/relation_tables.h"
#include "backend/collectors/postgres/replication_tables.h"
#include "backend/collectors/postgres/session_tables.h"
#include "backend/collectors/postgres/statement_table.h"
#include "backend/sql/statement_shape.h"

#include <QTest>
#include <algorithm>

using namespace binnacle;
using namespace binnacle::postgres;
using namespace std::chrono_literals;

namespace {

PgRow rowOf(std::initializer_list<const char*> cells) {
    PgRow row;
    for (const auto* text : cells) {
        row.push_back(text != nullptr ? std::optional<std::string>(text) : std::nullopt);
    }
    return row;
}

PgRow sessionRow(const char* pid, const char* waitEvent, const char* queryStart = "t1") {
    return rowOf({pid,        "b",
                  "x",        "client backend",
                  "app",      "shop",
                  "checkout", "local",
                  "active",   waitEvent != nullptr ? "Lock" : nullptr,
                  waitEvent,  "10",
                  "5",        "4",
                  "4",        nullptr,
                  "1",        "update t set a = 'secret'",
                  queryStart, "9"});
}

ReadMoment momentAt(std::chrono::milliseconds at) {
    return {SteadyTime(1h) + at, UtcTime{}, 1000ms};
}

std::vector<std::string> texts(const SnapshotTable& table, std::string_view column) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < table.rowCount(); ++i) {
        all.emplace_back(table.text(i, column));
    }
    return all;
}

std::vector<double> numbers(const SnapshotTable& table, std::string_view column) {
    std::vector<double> all;
    for (std::size_t i = 0; i < table.rowCount(); ++i) {
        all.push_back(table.number(i, column).value_or(-1));
    }
    return all;
}

/// Waits as the server tells them: who waits, and for whom.
std::vector<LockWait> waitsOf(std::initializer_list<std::pair<int, std::vector<int>>> list) {
    std::vector<LockWait> waits;
    for (const auto& [pid, blockers] : list) {
        waits.push_back({pid, blockers, {}, {}, {}, static_cast<double>(pid)});
    }
    return waits;
}

constexpr const char* kDeadlock =
    "{\"timestamp\":\"2026-11-25 18:30:01.123 UTC\",\"user\":\"app_rw\",\"dbname\":\"binnacle\",\"pid\":200,"
    "\"error_severity\":\"ERROR\",\"state_code\":\"40P01\",\"message\":\"deadlock detected\","
    "\"detail\":\"Process 200 waits for ShareLock on transaction 771; blocked by process 100.\\n"
    "Process 100 waits for ShareLock on transaction 772; blocked by process 200.\\n"
    "Process 200: update public.tasks set title = 'secret'\\n where id = 1\\nProcess 100: update public.tasks set "
    "title = 'secret' where id = 2\",\"context\":\"while updating tuple (3,4) in relation \\\"tasks\\\"\","
    "\"statement\":\"update public.tasks set title = 'secret'\\n where id = 1\",\"application_name\":\"app\"}";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

class TestPostgresTables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBlockingTreeHasParentsBeforeChildren() {
        SqlTextCache cache;
        const std::vector<PgRow> sessions{sessionRow("1", nullptr),    sessionRow("2", "relation"),
                                          sessionRow("3", "relation"), sessionRow("4", "relation"),
                                          sessionRow("8", nullptr),    sessionRow("9", "tuple")};
        // 1 <- 2 <- 3, 1 <- 4 (which also waits for 2), 8 <- 9
        const auto waits = waitsOf({{2, {1}}, {3, {2}}, {4, {1, 2}}, {9, {8}}});
        const auto table = blockingTable(sessions, waits, 7, cache, momentAt(0ms));
        QCOMPARE(numbers(*table, "pid"), (std::vector<double>{1, 4, 2, 3, 8, 9}));
        QCOMPARE(numbers(*table, "parent_pid"), (std::vector<double>{-1, 1, 1, 2, -1, 8}));
        QCOMPARE(numbers(*table, "root_pid"), (std::vector<double>{1, 1, 1, 1, 8, 8}));
        QCOMPARE(numbers(*table, "depth"), (std::vector<double>{0, 1, 1, 2, 0, 1}));
        QCOMPARE(numbers(*table, "behind"), (std::vector<double>{3, 0, 2, 0, 1, 0}));
        QCOMPARE(std::string(table->text(1, "blocked_by")), std::string("1, 2"));
        QCOMPARE(std::string(table->text(0, "query")), std::string("update t set a = ?"));
        QCOMPARE(table->omitted, std::uint64_t{7});
    }
    void aRingOfWaitsIsATreeAllTheSame() {
        SqlTextCache cache;
        const auto table =
            blockingTable({}, waitsOf({{1, {2}}, {2, {3}}, {3, {1}}, {4, {3}}}), 0, cache, momentAt(0ms));
        QCOMPARE(table->rowCount(), std::size_t{4});
        QCOMPARE(std::ranges::count(numbers(*table, "parent_pid"), -1.0), std::ptrdiff_t{1});
        auto pids = numbers(*table, "pid");
        std::ranges::sort(pids);
        QCOMPARE(pids, (std::vector<double>{1, 2, 3, 4}));
    }
    void aPreparedTransactionBlocksToo() {
        SqlTextCache cache;
        const auto table = blockingTable({}, waitsOf({{5, {0}}}), 0, cache, momentAt(0ms));
        QCOMPARE(std::string(table->text(0, "state")), std::string("prepared transaction"));
        QCOMPARE(std::string(table->text(1, "blocked_by")), std::string("a prepared transaction"));
    }
    void locksAreReadForNewWaitsOnly() {
        LockWatch watch;
        const auto at = [](int second) { return SteadyTime(1h) + std::chrono::seconds(second); };
        watch.update({sessionRow("2", "transactionid")}, {rowOf({"2", "1 2 1"})}, at(0));
        QVERIFY(watch.wantsDetails());
        watch.addDetails({rowOf({"2", "ExclusiveLock", "tuple", "public.t", nullptr, "1"}),
                          rowOf({"2", "ShareLock", "transactionid", nullptr, "3", "0"}),
                          rowOf({"7", "ShareLock", "relation", "x", "3", "0"})},
                         at(0));
        QVERIFY(!watch.wantsDetails());
        auto waits = watch.waits(at(2));
        QCOMPARE(waits.size(), std::size_t{1});
        QCOMPARE(waits[0].blockers, std::vector<int>{1});
        QCOMPARE(waits[0].mode, std::string("ShareLock"));
        QCOMPARE(waits[0].relation, std::string("public.t"));
        QCOMPARE(waits[0].waited.value(), 5.0);
        // The same wait goes on: nothing to ask. Another statement of the session is another wait.
        watch.update({sessionRow("2", "transactionid")}, {rowOf({"2", "1"})}, at(3));
        QVERIFY(!watch.wantsDetails());
        watch.update({sessionRow("2", "transactionid", "t2")}, {rowOf({"2", "1"})}, at(4));
        QVERIFY(watch.wantsDetails());
        QCOMPARE(watch.waits(at(5))[0].waited.value(), 1.0);
        // Blocked by nobody any more by the time of the second question.
        watch.update({sessionRow("2", "transactionid", "t2")}, {rowOf({"2", ""})}, at(6));
        QVERIFY(watch.waits(at(6)).empty());
    }
    void theLongestWaitingAreAskedFor() {
        auto longest = sessionRow("5", "relation");
        longest[QueryAge] = "99";
        const std::vector<PgRow> rows{sessionRow("1", nullptr), sessionRow("2", "relation"), longest};
        QCOMPARE(waitingPids(rows, 10), (std::vector<int>{5, 2}));
        QCOMPARE(waitingPids(rows, 1), std::vector<int>{5});
    }
    void theSessionsTableCountsWhatItLeavesOut() {
        SqlTextCache cache;
        const auto table = sessionsTable({sessionRow("1", nullptr)}, {}, cache, momentAt(0ms));
        QCOMPARE(table->omitted, std::uint64_t{8});
        QVERIFY(!table->number(0, "xmin_age"));
    }
    void aSessionsRouteIsThatOfACommentOrOfItsClientsName() {
        SqlTextCache cache;
        auto commented = sessionRow("1", nullptr);
        commented[QueryText] = "select 1 /*action='x',route='%2Fv1%2Ftasks'*/";
        auto named = sessionRow("2", nullptr);
        named[Application] = "GET /v1/projects";
        auto neither = sessionRow("3", nullptr);
        neither[Application] = "psql";
        const auto table = sessionsTable({commented, named, neither}, {}, cache, momentAt(0ms));
        QCOMPARE(texts(*table, "route"), (std::vector<std::string>{"/v1/tasks", "GET /v1/projects", ""}));
        QCOMPARE(std::string(table->text(0, "shape")), statementShape("select 2"));
    }

    void ratesOfStatementsAreOfTheTimeBetween() {
        StatementTable statements;
        const auto row = [](const char* id, const char* calls, const char* time) {
            return rowOf({id, "shop", "app", "0", calls, time, "0.5", "10", "100", "5", "0", "0", "4096", "2"});
        };
        statements.update({row("1", "100", "50"), row("2", "10", "1")}, SteadyTime(1h));
        QCOMPARE(statements.unknownIds(), std::string("{1,2}"));
        statements.addTexts({rowOf({"1", "select 'secret'"}), rowOf({"2", "select 2"})});
        QVERIFY(statements.unknownIds().empty());
        auto table = statements.table(momentAt(0ms));
        QVERIFY(!table->number(0, "calls_rate"));
        QCOMPARE(std::string(table->text(0, "query")), std::string("select ?"));
        QCOMPARE(table->number(0, "mean"), std::optional(0.5));
        // 8 s later: the second one was busy, the first one was reset in between, a third one is new.
        statements.update({row("1", "1", "50"), row("2", "90", "5"), row("3", "8", "0.8")}, SteadyTime(1h) + 8s);
        table = statements.table(momentAt(8s));
        QCOMPARE(texts(*table, "query_id"), (std::vector<std::string>{"2", "3", "1"}));
        QCOMPARE(table->number(0, "calls_rate"), std::optional(10.0));
        QCOMPARE(table->number(0, "time_rate"), std::optional(0.5));
        QCOMPARE(table->number(0, "mean_recent"), std::optional(0.05));
        QCOMPARE(table->number(1, "calls_rate"), std::optional(1.0));
        QVERIFY(!table->number(2, "calls_rate"));
        QCOMPARE(statements.unknownIds(), std::string("{3}"));
    }
    void aTableThatIsCutOffTellsNoRateOfRowsThatCameIn() {
        RowDeltas<1> deltas;
        deltas.begin(SteadyTime(1h), false);
        QVERIFY(!deltas.gained("a", {5}));
        deltas.begin(SteadyTime(1h) + 2s, false);
        QCOMPARE(deltas.gained("a", {9}).value()[0], 4.0);
        QVERIFY(!deltas.gained("b", {9})); // may have had nine before as well
        deltas.begin(SteadyTime(1h) + 4s, true);
        QVERIFY(!deltas.gained("c", {9}));
        deltas.begin(SteadyTime(1h) + 6s, true);
        QCOMPARE(deltas.gained("d", {9}).value()[0], 9.0);
        QCOMPARE(deltas.seconds(), 2.0);
    }

    void tablesTellSizesShareOfDeadRowsAndRates() {
        RelationTables relations;
        const auto row = [](const char* scans, const char* updates, const char* hot) {
            return rowOf({"public", "tasks", "8000", "9000", "1000", "300", "100",   "7", "60", nullptr, "30",
                          "0.5",    "1000",  scans,  "500",  "20",   "1",   updates, "0", hot,  "1"});
        };
        auto table = relations.tables({row("10", "40", "30")}, momentAt(0ms));
        QCOMPARE(table->number(0, "size"), std::optional(10000.0));
        QCOMPARE(table->number(0, "dead_share"), std::optional(0.25));
        QCOMPARE(table->number(0, "bloat"), std::optional(2000.0));
        QCOMPARE(table->number(0, "hot_share"), std::optional(0.75));
        QVERIFY(!table->number(0, "autovacuum_age") && !table->number(0, "seq_scans_rate"));
        table = relations.tables({row("30", "60", "30")}, momentAt(10s));
        QCOMPARE(table->number(0, "seq_scans_rate"), std::optional(2.0));
        QCOMPARE(table->number(0, "updates_rate"), std::optional(2.0));
    }
    void databasesTellHitsOfTheWindow() {
        RelationTables relations;
        const auto row = [](const char* hit, const char* fetched) {
            return rowOf({"shop", "1000", "3", "10", "0", hit, fetched, "5", "6", "0", "1", "0", "77"});
        };
        auto table = relations.databases({row("900", "1000")}, momentAt(0ms));
        QVERIFY(!table->number(0, "hit_ratio"));
        table = relations.databases({row("930", "1040")}, momentAt(10s));
        QCOMPARE(table->number(0, "hit_ratio"), std::optional(0.75));
    }
    void anIndexTellsItsDefinition() {
        RelationTables relations;
        SqlTextCache cache;
        const auto table = relations.indexes(
            {rowOf({"public", "i", "t", "8192", "3", "9", "0", "1", "0",
                    "CREATE UNIQUE INDEX i ON public.t USING btree (a) WHERE (b = 'secret'::text)", "1"})},
            cache, momentAt(0ms));
        QCOMPARE(table->number(0, "valid"), std::optional(0.0));
        QCOMPARE(std::string(table->text(0, "definition")),
                 std::string("CREATE UNIQUE INDEX i ON public.t USING btree (a) WHERE (b = ?::text)"));
    }

    void lagIsADistributionOfOurOwnReadings() {
        ReplicationTables replication;
        LagHistory history;
        TablePtr table;
        for (int i = 0; i < 100; ++i) { // a new position each second; the standby stays at the first one
            const auto now = momentAt(std::chrono::seconds(i));
            history.observe(now.steady, static_cast<std::uint64_t>(1000 + i));
            table = replication.standbys({rowOf({"r1", "7", "local", "streaming", "async", nullptr, "0", "0", "0", "9",
                                                 nullptr, nullptr, nullptr, "100", "1000"})},
                                         1000.0 + i, history, now);
        }
        QCOMPARE(table->number(0, "lag"), std::optional(98.0));
        QCOMPARE(table->number(0, "lag_p50"), std::optional(48.0));
        QCOMPARE(table->number(0, "lag_max"), std::optional(98.0));
        const auto& lag = replication.lags().at("r1");
        QCOMPARE(lag.distribution.count(), std::uint64_t{100});
        QCOMPARE(lag.bytes, std::optional(99.0));
        // Five minutes later nothing of it is left in the window.
        const auto later = momentAt(1000s);
        table = replication.standbys({rowOf({"r1", "7", "local", "streaming", "async", nullptr, "0", "0", "0", "0",
                                             nullptr, nullptr, nullptr, "100", "1099"})},
                                     1099.0, history, later);
        QCOMPARE(table->number(0, "lag_max"), std::optional(0.0));
    }
    void slotsAndLongWorkAreTold() {
        const auto slots =
            slotsTable({rowOf({"s", "logical", "pgoutput", "shop", "0", nullptr, "4096", "extended", "1000", "12"})},
                       momentAt(0ms));
        QCOMPARE(slots->number(0, "safe_wal"), std::optional(1000.0));
        QVERIFY(!slots->number(0, "active_pid"));
        const auto progress = progressTable(
            {rowOf({"9", "create index", "shop", "public.t", "building index", "25", "100", "blocks", "3"}),
             rowOf({"8", "copy", "shop", nullptr, "COPY TO", "25", "0", "bytes", "3"})},
            momentAt(0ms));
        QCOMPARE(progress->number(0, "share"), std::optional(0.25));
        QVERIFY(!progress->number(1, "share") && !progress->number(1, "total"));
    }

    void aDeadlockIsReportedWithBothStatements() {
        const auto report = parseDeadlockEntry(kDeadlock);
        QVERIFY(report);
        QCOMPARE(report->at, std::string("2026-11-25T18:30:01.123Z"));
        QCOMPARE(report->kind, std::string("lock order"));
        QCOMPARE(report->sessions.size(), std::size_t{2});
        QCOMPARE(report->sessions[0].mode, std::string("ShareLock"));
        QCOMPARE(report->sessions[0].on, std::string("transaction 771"));
        QCOMPARE(report->sessions[0].blockedBy, 100);
        QCOMPARE(report->sessions[0].statement, std::string("update public.tasks set title = ? where id = ?"));
        QCOMPARE(report->sessions[1].statement, std::string("update public.tasks set title = ? where id = ?"));
        DeadlockReports reports;
        QVERIFY(reports.add(*report));
        QVERIFY(!reports.add(*report)); // read twice
        const auto table = reports.table(momentAt(0ms));
        QCOMPARE(table->rowCount(), std::size_t{2});
        QCOMPARE(numbers(*table, "cancelled"), (std::vector<double>{1, 0}));
        QCOMPARE(texts(*table, "relation"), (std::vector<std::string>{"tasks", ""}));
    }
    void aDeadlocksRouteIsToldByAComment() {
        const auto line = replaced(kDeadlock, "update public", "/*route='%2Fv1%2Ftasks'*/ update public");
        const auto report = parseDeadlockEntry(line);
        QVERIFY(report);
        QCOMPARE(report->sessions[0].route, std::string("/v1/tasks"));
        QCOMPARE(report->sessions[0].statement, std::string("update public.tasks set title = ? where id = ?"));
        DeadlockReports reports;
        QVERIFY(reports.add(*report));
        QCOMPARE(reports.table(momentAt(0ms))->text(0, "route"), std::string_view("/v1/tasks"));
    }
    void deadlocksHaveAClass() {
        const std::string context = "while updating tuple (3,4) in relation \\\"tasks\\\"";
        const auto kindWith = [&](const char* other) {
            return parseDeadlockEntry(replaced(kDeadlock, context, other)).value().kind;
        };
        QCOMPARE(kindWith("SQL statement \\\"SELECT 1 FROM ONLY \\\"public\\\".\\\"a\\\" x WHERE \\\"id\\\" = $1 FOR "
                          "KEY SHARE OF x\\\""),
                 std::string("foreign key"));
        QCOMPARE(kindWith("while inserting index tuple (1,2) in relation \\\"a_pkey\\\""), std::string("index"));
        QCOMPARE(kindWith(""), std::string("lock order"));
    }
    void aReportInAnotherLanguageStillHasTheCancelledStatement() {
        auto line = replaced(kDeadlock, "waits for", "wartet auf");
        const auto report = parseDeadlockEntry(line);
        QVERIFY(report);
        QCOMPARE(report->kind, std::string("other"));
        QCOMPARE(report->sessions.size(), std::size_t{1});
        QCOMPARE(report->sessions[0].pid, 200);
        QCOMPARE(report->sessions[0].statement, std::string("update public.tasks set title = ? where id = ?"));
    }
    void otherLinesAreNoDeadlocks() {
        QVERIFY(!parseDeadlockEntry(""));
        QVERIFY(!parseDeadlockEntry("{\"state_code\":\"40P01\""));
        QVERIFY(!parseDeadlockEntry("{\"state_code\":\"00000\",\"message\":\"\\\"40P01\\\"\"}"));
        QVERIFY(parseDeadlockEntry("{\"state_code\":\"40P01\"}")); // without anything else
    }
    void onlyTheLastReportsAreKept() {
        DeadlockReports reports;
        for (int i = 0; i < 60; ++i) {
            auto report = parseDeadlockEntry(kDeadlock).value();
            report.id = std::to_string(i);
            QVERIFY(reports.add(std::move(report)));
        }
        const auto table = reports.table(momentAt(0ms));
        QCOMPARE(table->rowCount(), std::size_t{100});
        QCOMPARE(table->omitted, std::uint64_t{20});
        QCOMPARE(std::string(table->text(0, "report")), std::string("10"));
    }
    void reportsStandInTheOrderOfTheirTimes() {
        DeadlockReports reports;
        const auto add = [&](int second) {
            auto report = parseDeadlockEntry(kDeadlock).value();
            report.at = "2026-11-25T18:31:" + std::to_string(second) + ".000Z";
            report.id = report.at;
            return reports.add(std::move(report));
        };
        for (int second = 20; second < 50; ++second) {
            QVERIFY(add(second));
        }
        QVERIFY(add(10)); // what was logged before, and is read later
        QVERIFY(!add(30));
        auto table = reports.table(momentAt(0ms));
        QCOMPARE(std::string(table->text(0, "report")), std::string("2026-11-25T18:31:10.000Z"));
        QCOMPARE(table->rowCount(), std::size_t{62});
        for (int second = 50; second < 80; ++second) {
            QVERIFY(add(second)); // the oldest give way
        }
        QVERIFY(!add(10)); // and are not taken for new when they are read again
        table = reports.table(momentAt(0ms));
        QCOMPARE(std::string(table->text(99, "report")), std::string("2026-11-25T18:31:79.000Z"));
        QCOMPARE(table->omitted, std::uint64_t{22});
        reports.leaveOut();
        QCOMPARE(reports.table(momentAt(0ms))->omitted, std::uint64_t{24});
    }
    void anEntryTellsWhenItWasWritten() {
        using std::chrono::sys_days;
        const UtcTime day = sys_days(std::chrono::year(2026) / 11 / 25);
        QCOMPARE(loggedAt(kDeadlock), std::optional<UtcTime>(day + 18h + 30min + 1123ms));
        const auto at = [](const char* time) {
            return loggedAt(std::string("{\"timestamp\":\"") + time + "\",\"pid\":1}");
        };
        QCOMPARE(at("2026-11-25 00:00:00.000 GMT"), std::optional(day));
        for (const char* time :
             {"2026-11-25 18:30:01.123 CET", "2026-02-30 18:30:01.123 UTC", "", "UTC", "2026-11-25 25:30:01.123 UTC",
              "2026-11-25 18:3x:01.123 UTC", "2026-11-25 18:30:01,123 UTC", "-026-11-25 18:30:01.123 UTC"}) {
            QVERIFY2(!at(time), time);
        }
        QVERIFY(!loggedAt("{\"timestamp\":7}"));
        QVERIFY(!loggedAt("1 UTC\"}"));
    }
    void theLogIsSearchedFromTheMarkBeforeTheLast() {
        LogBySql log;
        QVERIFY(!log.toSearch());
        log.mark({rowOf({"log/a.json", "300"})});
        QCOMPARE(log.toSearch()->from, std::uint64_t{0}); // what was before our time
        QVERIFY(!log.toSearch()->isCut());
        log.clear();
        log.mark({rowOf({"log/a.json", "9000000"})});
        QCOMPARE(log.toSearch()->from, 9000000 - LogBySql::kMostBytes);
        QVERIFY(log.toSearch()->isCut());
        log.clear();
        log.mark({rowOf({"log/a.json", "1000"})});
        log.mark({rowOf({"log/a.json", "1500"})});
        log.mark({rowOf({"log/a.json", "1700"})});
        QCOMPARE(log.toSearch()->from, std::uint64_t{1500});
        QCOMPARE(log.toSearch()->bytes, std::uint64_t{200});
        log.mark({rowOf({"log/b.json", "300"})});
        QCOMPARE(log.toSearch()->file, std::string("log/b.json"));
        QCOMPARE(log.toSearch()->from, std::uint64_t{0});
        log.mark({rowOf({"log/b.json", "9000000"})});
        QCOMPARE(log.toSearch()->bytes, LogBySql::kMostBytes);
        log.mark({});
        QVERIFY(!log.toSearch());
    }
};

QTEST_APPLESS_MAIN(TestPostgresTables)
#include "test_postgres_tables.moc"
