// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres_collector.h"
#include "backend/collectors/windowed_ratio.h"
#include "tests/clients/canned_postgres.h"
#include "tests/collectors/snapshot_checks.h"
#include "tests/support/patience.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace binnacle;
using namespace binnacle::testing;
using namespace std::chrono_literals;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// What a server tells of itself to a role with pg_monitor, and to one without.
const std::vector<std::string> kMonitor{"150014", "console_ro", "shop", "1", "0", "1", "public", "1.10"};
const std::vector<std::string> kLogReader{"150014", "console_ro", "shop", "1", "1", "1", "public", "1.10"};
const std::vector<std::string> kPowerless{"150014", "\"a role\"", "shop", "0", "0", "1", "NULL", "NULL"};

/// "2026-11-25T18:30:01"
std::string isoTime(UtcTime at) {
    return QDateTime::fromSecsSinceEpoch(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(),
                                         Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"))
        .toStdString();
}

/// The same as the server's log writes it.
std::string logTime(UtcTime at) {
    auto text = isoTime(at);
    text[10] = ' ';
    return text + ".000 UTC";
}

/// A line of the log that tells of one.
std::string deadlock(int pid, UtcTime at) {
    return "{\"timestamp\":\"" + logTime(at) + "\",\"pid\":" + std::to_string(pid) + ",\"state_code\":\"40P01\"}\n";
}

SteadyTime soon(std::chrono::milliseconds time = 5s) {
    return std::chrono::steady_clock::now() + time;
}

std::vector<std::string> session(const char* pid, const char* waitClass, const char* waitEvent, const char* query) {
    return {pid,
            "2026-11-25T18:30:01.000001Z",
            "2026-11-25T18:30:02.000002Z",
            "client backend",
            "app",
            "shop",
            "checkout",
            "local",
            "active",
            waitClass,
            waitEvent,
            "10",
            "5",
            "4",
            "4",
            "NULL",
            "991",
            query,
            "2026-11-25 18:30:02+00",
            "2"};
}

std::map<std::string, Rows> primary() {
    return {
        {"binnacle_capabilities", {kMonitor}},
        {"binnacle_pass",
         {{"server", "150000", "0", "1700000000.5", "100"},
          {"position", "NULL", "100000", "NULL", "NULL"},
          {"state", "active", "2", "NULL", "NULL"},
          {"state", "idle", "5", "NULL", "NULL"},
          {"wait", "Lock", "1", "NULL", "NULL"},
          {"lock waits", "NULL", "1", "NULL", "NULL"},
          {"oldest", "NULL", "12.5", "3.5", "NULL"},
          {"database", "NULL", "1000", "20", "3"},
          {"blocks", "NULL", "900", "100", "4096"},
          {"tuples", "inserted", "7", "NULL", "NULL"},
          {"health", "NULL", "2", "500", "NULL"},
          {"archiver", "NULL", "9", "1", "NULL"},
          {"checkpoints", "NULL", "4", "2", "0.5"},
          {"buffers", "NULL", "10", "20", "NULL"},
          {"wal", "NULL", "77", "8", "NULL"}}},
        {"binnacle_sessions",
         {session("41", "NULL", "NULL", "update t set a = 'secret' where id = 1"),
          session("42", "Lock", "transactionid", "update t set a = 'secret' where id = 2")}},
        {"binnacle_blockers", {{"42", "41"}}},
        {"binnacle_lock_details",
         {{"42", "ShareLock", "transactionid", "NULL", "2.5", "0"},
          {"42", "ExclusiveLock", "tuple", "public.t", "NULL", "1"}}},
        {"binnacle_standbys",
         {{"replica-1", "77", "local", "streaming", "quorum", "NULL", "0", "0", "0", "400", "NULL", "NULL", "0.25", "9",
           "99600"}}},
        {"binnacle_slots", {{"replica_1", "physical", "NULL", "NULL", "1", "77", "8192", "reserved", "NULL", "NULL"}}},
        {"binnacle_statements", {{"5", "shop", "app", "0", "10", "2", "0.5", "10", "100", "0", "0", "0", "0", "1"}}},
        {"binnacle_statement_texts", {{"5", "select * from t where a = $1"}}}};
}

} // namespace

class TestPostgresCollector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPrimaryTellsSessionsAndStandbys() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        PostgresCollector collector(fixture.target({"replica-1", "replica-2"}));
        const auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        checkShape(*snapshot);
        const Labels server{{"server", "primary"}};
        QCOMPARE(valueOf(*snapshot, "postgres.connections", server), 7.0);
        QCOMPARE(valueOf(*snapshot, "postgres.sessions", {{"server", "primary"}, {"state", "idle"}}), 5.0);
        QCOMPARE(valueOf(*snapshot, "postgres.blocked", server), 1.0);
        QCOMPARE(valueOf(*snapshot, "postgres.xact.oldest_seconds", server), 12.5);
        QCOMPARE(valueOf(*snapshot, "postgres.deadlocks", server), 3.0);
        const Labels one{{"server", "primary"}, {"standby", "replica-1"}};
        const Labels two{{"server", "primary"}, {"standby", "replica-2"}};
        QCOMPARE(valueOf(*snapshot, "postgres.replication.lag_bytes", one), 400.0);
        QCOMPARE(valueOf(*snapshot, "postgres.replication.lag_seconds", one), 0.25);
        QCOMPARE(valueOf(*snapshot, "postgres.replication.state", one), 1.0);
        QCOMPARE(valueOf(*snapshot, "postgres.replication.state", two), 0.0);
        QCOMPARE(reasonOf(*snapshot, "postgres.replication.lag_seconds", two),
                 std::string("the standby is not connected"));
        QVERIFY(snapshot->find("postgres.recovery.paused", server) == nullptr);
    }
    void aStandbyThatIsLevelIsZeroSecondsBehind() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        fixture.postgres.byStatement["binnacle_standbys"][0][12] = "17.0";
        fixture.postgres.byStatement["binnacle_standbys"][0][14] = "100000";
        PostgresCollector collector(fixture.target({}));
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        const Labels one{{"server", "primary"}, {"standby", "replica-1"}};
        QCOMPARE(valueOf(*snapshot, "postgres.replication.lag_seconds", one), 0.0);
    }
    void aReplicaTellsItsReplay() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = {{"binnacle_capabilities", {kMonitor}},
                                        {"binnacle_pass",
                                         {{"server", "150000", "1", "1700000000", "100"},
                                          {"position", "NULL", "5000", "NULL", "NULL"},
                                          {"database", "NULL", "10", "1", "0"},
                                          {"replay", "NULL", "4000", "1", "NULL"}}}};
        PostgresCollector collector(fixture.target({}));
        auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        checkShape(*snapshot);
        const Labels server{{"server", "primary"}};
        QCOMPARE(valueOf(*snapshot, "postgres.replay.lag_bytes", server), 1000.0);
        QCOMPARE(valueOf(*snapshot, "postgres.recovery.paused", server), 1.0);
        QVERIFY(snapshot->find("postgres.wal.bytes", server) == nullptr);
        QTRY_VERIFY((snapshot = collector.collect(soon())) &&
                    valueOf(*snapshot, "postgres.replay.lag_seconds", server) > 0.02);
    }
    void aDeadlockInTheLogCountsBeforeTheStatisticsTellIt() {
        QTemporaryDir log;
        const auto write = [&](const char* text) {
            QFile file(log.filePath(QStringLiteral("primary.json")));
            QVERIFY(file.open(QIODevice::Append));
            file.write(text);
        };
        write("{\"state_code\":\"40P01\"}\n"); // from before our time
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        auto target = fixture.target({});
        target.logDirectory = log.path().toStdString();
        PostgresCollector collector(std::move(target));
        const Labels server{{"server", "primary"}};
        QCOMPARE(valueOf(collector.collect(soon()).value(), "postgres.deadlocks", server), 3.0);
        write("{\"state_code\":\"00000\"}\n{\"state_code\":\"40P01\"}\n");
        QCOMPARE(valueOf(collector.collect(soon()).value(), "postgres.deadlocks", server), 4.0);
    }
    void whatWasLoggedBeforeTheStartIsReportedOnceAndNotCountedAgain() {
        const auto before = std::chrono::system_clock::now() - 2h;
        QTemporaryDir log;
        const auto write = [&](const std::string& text) {
            QFile file(log.filePath(QStringLiteral("primary.json")));
            QVERIFY(file.open(QIODevice::Append));
            file.write(text.c_str());
        };
        write("{\"timestamp\":\"" + logTime(before) + "\",\"state_code\":\"00000\"}\n" + deadlock(7, before + 1min) +
              deadlock(8, before + 2min));
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        auto target = fixture.target({});
        target.logDirectory = log.path().toStdString();
        const Labels server{{"server", "primary"}};
        for (int start = 0; start < 2; ++start) { // whoever starts anew finds the same
            PostgresCollector collector(target);
            auto snapshot = collector.collect(soon());
            QVERIFY(snapshot);
            checkShape(*snapshot);
            QCOMPARE(valueOf(*snapshot, "postgres.deadlocks", server), 3.0); // they are in the statistics
            auto table = snapshot->table("postgres.deadlock_reports");
            QCOMPARE(table->rowCount(), std::size_t{2});
            QCOMPARE(table->number(0, "pid"), std::optional(7.0));
            QCOMPARE(std::string(table->text(0, "at")).substr(0, 19), isoTime(before + 1min));
            const auto span = valueOf(*snapshot, "postgres.deadlock_reports.span_seconds", server);
            QVERIFY(span >= 7199 && span < 7260);
            snapshot = collector.collect(soon());
            QCOMPARE(snapshot->table("postgres.deadlock_reports")->rowCount(), std::size_t{2});
            if (start == 1) {
                write(deadlock(9, before + 2h));
                snapshot = collector.collect(soon());
                QCOMPARE(valueOf(*snapshot, "postgres.deadlocks", server), 4.0);
                QCOMPARE(snapshot->table("postgres.deadlock_reports")->rowCount(), std::size_t{3});
            }
        }
    }
    void aStormBeforeTheStartCostsNoMoreThanWhatIsKept() {
        const auto before = std::chrono::system_clock::now() - 1h;
        QTemporaryDir log;
        QFile file(log.filePath(QStringLiteral("primary.json")));
        QVERIFY(file.open(QIODevice::Append));
        for (int i = 0; i < 70; ++i) {
            file.write(deadlock(100 + i, before + std::chrono::seconds(i)).c_str());
        }
        file.close();
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        auto target = fixture.target({});
        target.logDirectory = log.path().toStdString();
        PostgresCollector collector(target);
        const auto table = collector.collect(soon())->table("postgres.deadlock_reports");
        QCOMPARE(table->rowCount(), std::size_t{50});
        QCOMPARE(table->number(49, "pid"), std::optional(169.0));
        QCOMPARE(table->omitted, std::uint64_t{40}); // two sessions each
    }
    void withoutAnyLogYetItIsReadFromNowOn() {
        QTemporaryDir log;
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        auto target = fixture.target({});
        target.logDirectory = log.path().toStdString();
        PostgresCollector collector(target);
        const Labels server{{"server", "primary"}};
        QVERIFY(valueOf(collector.collect(soon()).value(), "postgres.deadlock_reports.span_seconds", server) < 5);
        target.logDirectory += "/none";
        PostgresCollector blind(target);
        const auto snapshot = blind.collect(soon());
        QVERIFY(snapshot->find("postgres.deadlock_reports.span_seconds", server) == nullptr);
        QVERIFY(!snapshot->table("postgres.deadlock_reports")->absentReason.empty());
    }
    void throughSqlTheLogIsReadBackOnceAsWell() {
        const auto before = std::chrono::system_clock::now() - 1h;
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        fixture.postgres.byStatement["binnacle_capabilities"] = {kLogReader};
        fixture.postgres.byStatement["binnacle_log_size"] = {{"log/a.json", "3000000"}};
        fixture.postgres.byStatement["binnacle_deadlock_entries"] = {
            {"e of a line", "1"},
            {"{\"timestamp\":\"" + logTime(before) + "\",\"state_code\":\"00000\"}", "2"},
            {deadlock(7, before + 1min), "40"}};
        PostgresCollector collector(fixture.target({}));
        const Labels server{{"server", "primary"}};
        auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        QCOMPARE(valueOf(*snapshot, "postgres.deadlocks", server), 3.0);
        QCOMPARE(snapshot->table("postgres.deadlock_reports")->rowCount(), std::size_t{1});
        QVERIFY(valueOf(*snapshot, "postgres.deadlock_reports.span_seconds", server) >= 3599);
        // Once: what was logged since is looked for when a deadlock is counted.
        fixture.postgres.answerTo("binnacle_deadlock_entries", {{deadlock(8, before + 2min), "1"}});
        QCOMPARE(collector.collect(soon())->table("postgres.deadlock_reports")->rowCount(), std::size_t{1});
        auto pass = primary()["binnacle_pass"];
        pass[7] = {"database", "NULL", "1000", "20", "4"};
        fixture.postgres.answerTo("binnacle_pass", pass);
        snapshot = collector.collect(soon());
        QCOMPARE(valueOf(*snapshot, "postgres.deadlocks", server), 4.0);
        QCOMPARE(snapshot->table("postgres.deadlock_reports")->rowCount(), std::size_t{2});
    }
    void aLogThatCannotBeReadBackBySqlCoversNothing() {
        const auto queriesWith = [](const char* error) {
            PostgresFixture fixture;
            fixture.postgres.byStatement = primary();
            fixture.postgres.byStatement["binnacle_capabilities"] = {kLogReader};
            fixture.postgres.byStatement["binnacle_log_size"] = {{"log/a.json", "3000000"}};
            fixture.postgres.errorByStatement = {{"binnacle_deadlock_entries", error}};
            PostgresCollector collector(fixture.target({}));
            const auto snapshot = collector.collect(soon());
            const Labels server{{"server", "primary"}};
            return snapshot && snapshot->find("postgres.deadlock_reports.span_seconds", server) == nullptr
                       ? valueOf(*snapshot, "monitor.queries", server)
                       : 0;
        };
        // A stretch that begins anywhere is tried from each of a character's bytes, and no more.
        const auto asked = queriesWith("22021");
        QVERIFY(asked > 4);
        QCOMPARE(queriesWith("57014"), asked - 3);
    }
    void anAnswerWithoutTheBasicsIsNotUnderstood() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = {{"binnacle_capabilities", {kMonitor}},
                                        {"binnacle_pass", {{"server", "150000", "NULL", "NULL", "NULL"}}}};
        PostgresCollector collector(fixture.target({}));
        QCOMPARE(collector.collect(soon()).error().code, ErrorCode::Protocol);
    }

    void countersOfTheServerAreToldEachPass() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        PostgresCollector collector(fixture.target({}));
        auto snapshot = collector.collect(soon());
        QVERIFY2(snapshot, snapshot ? "" : snapshot.error().text.c_str());
        const Labels server{{"server", "primary"}};
        QCOMPARE(valueOf(*snapshot, "postgres.archiver.failed", server), 1.0);
        QCOMPARE(valueOf(*snapshot, "postgres.checkpoints", {{"cause", "request"}, {"server", "primary"}}), 2.0);
        QCOMPARE(valueOf(*snapshot, "postgres.tuples", {{"operation", "inserted"}, {"server", "primary"}}), 7.0);
        QCOMPARE(valueOf(*snapshot, "postgres.xact.idle_oldest_seconds", server), 3.5);
        QCOMPARE(valueOf(*snapshot, "postgres.slot.retained_bytes", {{"server", "primary"}, {"slot", "replica_1"}}),
                 8192.0);
        QCOMPARE(reasonOf(*snapshot, "postgres.hit_ratio", server), std::string(kNoLookups));
        // Of the window alone: 30 of 40 blocks, whatever was before.
        auto pass = primary()["binnacle_pass"];
        pass[8] = {"blocks", "NULL", "930", "110", "4096"};
        fixture.postgres.answerTo("binnacle_pass", pass);
        snapshot = collector.collect(soon());
        QCOMPARE(valueOf(*snapshot, "postgres.hit_ratio", server), 0.75);
    }
    void theTablesComeWithTheFirstPasses() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        PostgresCollector collector(fixture.target({}));
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        const auto sessions = snapshot->table("postgres.sessions");
        QVERIFY(sessions != nullptr);
        QCOMPARE(sessions->rowCount(), std::size_t{2});
        QCOMPARE(std::string(sessions->text(1, "xact_start")), std::string("2026-11-25T18:30:02.000002Z"));
        QCOMPARE(std::string(sessions->text(1, "query")), std::string("update t set a = ? where id = ?"));
        QCOMPARE(sessions->number(1, "blocked_by"), std::optional(1.0));
        const auto blocking = snapshot->table("postgres.blocking");
        QCOMPARE(blocking->rowCount(), std::size_t{2});
        QCOMPARE(blocking->number(0, "pid"), std::optional(41.0));
        QCOMPARE(blocking->number(0, "behind"), std::optional(1.0));
        QCOMPARE(std::string(blocking->text(1, "lock_mode")), std::string("ShareLock"));
        QCOMPARE(std::string(blocking->text(1, "relation")), std::string("public.t"));
        QVERIFY(blocking->number(1, "waited").value() >= 2.5);
        // The first of the slow parts has its turn in the first pass, the others in the next ones.
        QVERIFY(snapshot->table("postgres.statements") != nullptr);
        QCOMPARE(std::string(snapshot->table("postgres.statements")->text(0, "query")),
                 std::string("select * from t where a = $1"));
        QVERIFY(snapshot->table("postgres.tables") == nullptr);
        auto later = collector.collect(soon());
        QTRY_VERIFY((later = collector.collect(soon())) && later->tables.size() == 10);
        QVERIFY(later->table("postgres.statements") == snapshot->table("postgres.statements")); // carried over
        QVERIFY(later->table("postgres.sessions") != sessions);
        checkShape(*later);
    }
    void aPartThatIsRefusedSaysSoAndLeavesTheRest() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        fixture.postgres.errorByStatement = {{"binnacle_statements", "42501"}, {"binnacle_slots", "57014"}};
        PostgresCollector collector(fixture.target({}));
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        QVERIFY(snapshot->table("postgres.statements")->absentReason.find("so it is") != std::string::npos);
        QVERIFY(snapshot->table("postgres.slots") == nullptr); // no answer in time is no answer
        QVERIFY(snapshot->table("postgres.sessions") != nullptr);
        QCOMPARE(valueOf(*snapshot, "postgres.up", {{"server", "primary"}}), 1.0);
        QVERIFY(collector.collect(soon()));
        QCOMPARE(fixture.server.connections(), 1);
    }
    void aMissingRightTakesItsRowsAndNamesTheGrant() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        fixture.postgres.byStatement["binnacle_capabilities"] = {kPowerless};
        PostgresCollector collector(fixture.target({"replica-1"}));
        const auto snapshot = collector.collect(soon());
        QVERIFY(snapshot);
        checkShape(*snapshot);
        const std::string grant = "GRANT pg_monitor TO \"a role\";";
        const Labels server{{"server", "primary"}};
        QVERIFY(reasonOf(*snapshot, "postgres.connections", server).find(grant) != std::string::npos);
        QVERIFY(
            reasonOf(*snapshot, "postgres.replication.lag_seconds", {{"server", "primary"}, {"standby", "replica-1"}})
                .find(grant) != std::string::npos);
        QCOMPARE(snapshot->table("postgres.sessions")->rowCount(), std::size_t{0});
        QVERIFY(snapshot->table("postgres.sessions")->absentReason.find(grant) != std::string::npos);
        QVERIFY(snapshot->table("postgres.statements")->absentReason.find("CREATE EXTENSION pg_stat_statements;") !=
                std::string::npos);
        QVERIFY(snapshot->table("postgres.deadlock_reports")->absentReason.find("GRANT EXECUTE") != std::string::npos);
        QCOMPARE(valueOf(*snapshot, "postgres.deadlocks", server), 3.0);
    }
    void aRestartForgetsWhatWasReadBefore() {
        PostgresFixture fixture;
        fixture.postgres.byStatement = primary();
        PostgresCollector collector(fixture.target({}));
        const auto before = collector.collect(soon());
        auto pass = primary()["binnacle_pass"];
        pass[0][3] = "1700000099";
        fixture.postgres.answerTo("binnacle_pass", pass);
        const auto after = collector.collect(soon());
        QVERIFY(before && after);
        QVERIFY(before->header.epoch != after->header.epoch);
        QVERIFY(before->table("postgres.statements") != after->table("postgres.statements"));
    }

private:
    struct PostgresFixture {
        CannedPostgres postgres;
        QTemporaryDir dir;
        CannedServer server{postgres.script(), dir.filePath(QStringLiteral(".s.PGSQL.1")).toStdString()};

        [[nodiscard]] PostgresTarget target(std::vector<std::string> standbys) const {
            return {
                "primary", "host=" + dir.path().toStdString() + " port=1 dbname=x user=x", {}, {}, std::move(standbys)};
        }
    };
};

QTEST_GUILESS_MAIN(TestPostgresCollector)
#include "test_postgres_collector.moc"
