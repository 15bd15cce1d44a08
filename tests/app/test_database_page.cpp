// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/blocking_view.h"
#include "app/pages/database_page.h"
#include "tests/app/console_bench.h"
#include "tests/app/fake_tables.h"
#include "widgets/key_button.h"
#include "widgets/lane_view.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/state_overlay.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kStart = "2026-11-25T18:30:01.000000Z";
constexpr const char* kPrimary = "postgres/primary";
constexpr const char* kUpdate = "UPDATE orders SET status = $1 WHERE id = $2";

SnapshotTable sessions() {
    return fakeTable("postgres.sessions", {{{"pid", 101.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"type", "client backend"},
                                            {"user", "svc"},
                                            {"application", "app-1"},
                                            {"database", "binnacle"},
                                            {"state", "idle in transaction"},
                                            {"xact_age", 90.0},
                                            {"state_age", 80.0},
                                            {"query_age", 81.0},
                                            {"query_id", "7"},
                                            {"query", kUpdate}},
                                           {{"pid", 102.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"type", "client backend"},
                                            {"user", "svc"},
                                            {"application", "app-2"},
                                            {"database", "binnacle"},
                                            {"state", "active"},
                                            {"wait_class", "Lock"},
                                            {"wait_event", "transactionid"},
                                            {"xact_age", 12.0},
                                            {"query_age", 12.0},
                                            {"blocked_by", 1.0},
                                            {"query_id", "7"},
                                            {"query", kUpdate}},
                                           {{"pid", 103.0},
                                            {"backend_start", kStart},
                                            {"type", "client backend"},
                                            {"user", "svc"},
                                            {"application", "app-3"},
                                            {"database", "binnacle"},
                                            {"state", "idle"},
                                            {"query_id", "8"},
                                            {"query", "SELECT 1"}}});
}

SnapshotTable blocking() {
    return fakeTable("postgres.blocking", {{{"pid", 101.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"depth", 0.0},
                                            {"behind", 1.0},
                                            {"state", "idle in transaction"},
                                            {"query", kUpdate}},
                                           {{"pid", 102.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"parent_pid", 101.0},
                                            {"depth", 1.0},
                                            {"waited", 12.0},
                                            {"state", "active"},
                                            {"query", kUpdate}}});
}

SnapshotTable statements() {
    return fakeTable("postgres.statements", {{{"query_id", "7"},
                                              {"database", "binnacle"},
                                              {"user", "svc"},
                                              {"nested", 0.0},
                                              {"time_rate", 0.9},
                                              {"calls_rate", 61.0},
                                              {"mean_recent", 0.0036},
                                              {"query", kUpdate}},
                                             {{"query_id", "8"},
                                              {"database", "binnacle"},
                                              {"user", "svc"},
                                              {"nested", 0.0},
                                              {"time_rate", 0.1},
                                              {"calls_rate", 212.0},
                                              {"mean_recent", 0.0001},
                                              {"query", "SELECT 1"}}});
}

struct DatabaseBench : Bench {
    explicit DatabaseBench(QSize size = {1600, 1000}) {
        LaunchOptions options;
        options.page = QStringLiteral("database");
        options.size = size;
        open(options);
    }
    [[nodiscard]] DatabasePage& page() const {
        return *qobject_cast<DatabasePage*>(window().page(QStringLiteral("database")));
    }
    [[nodiscard]] QString sentence() const { return page().findChild<SituationSentence*>()->spokenValue(); }
    /// The table of that id in the section that is open.
    [[nodiscard]] QTableView* table(const char* id) const {
        for (auto* view : page().findChildren<QTableView*>(QLatin1String(id))) {
            if (view->isVisible()) {
                return view;
            }
        }
        return nullptr;
    }
    [[nodiscard]] int rows(const char* id) const {
        const auto* view = table(id);
        return view == nullptr ? -1 : view->model()->rowCount();
    }
    [[nodiscard]] KeyButton& button(const char* name) const {
        return *page().findChild<KeyButton*>(QLatin1String(name));
    }
    /// What the visible panels say of themselves.
    [[nodiscard]] QString said() const {
        QString all = sentence();
        for (const auto* head : page().findChildren<SectionHead*>()) {
            all += head->isVisible() ? head->spokenValue() + QLatin1Char('\n') : QString();
        }
        for (const auto* overlay : page().findChildren<StateOverlay*>()) {
            all += overlay->isVisible() ? overlay->spokenValue() + QLatin1Char('\n') : QString();
        }
        return all;
    }
    void fill() const {
        stack->setTable(kPrimary, sessions());
        stack->setTable(kPrimary, blocking());
        stack->setTable(kPrimary, statements());
        stack->setTable(kPrimary, fakeTable("postgres.tables", {{{"schema", "public"},
                                                                 {"table", "orders"},
                                                                 {"size", 211e6},
                                                                 {"live", 1.2e6},
                                                                 {"dead_share", 0.31},
                                                                 {"vacuum_due", 2.4},
                                                                 {"vacuum_age", 3e5}}}));
        stack->setTable(kPrimary, fakeTable("postgres.indexes", {{{"schema", "public"},
                                                                  {"index", "orders_pkey"},
                                                                  {"table", "orders"},
                                                                  {"size", 21e6},
                                                                  {"valid", 1.0},
                                                                  {"unique", 1.0}}}));
        stack->setTable(kPrimary, fakeTable("postgres.replication", {{{"standby", "replica-1"},
                                                                      {"pid", 7.0},
                                                                      {"state", "streaming"},
                                                                      {"lag", 0.02},
                                                                      {"lag_p50", 0.01},
                                                                      {"lag_p95", 0.05},
                                                                      {"lag_max", 0.4}}}));
        stack->setTable(kPrimary, fakeTable("postgres.slots", {}));
        stack->setTable(kPrimary, fakeTable("postgres.progress", {}));
        stack->setTable(kPrimary, fakeTable("postgres.databases", {{{"database", "binnacle"}, {"size", 3e8}}}));
        for (const auto* state : {"active", "idle in transaction"}) {
            stack->setReading(kPrimary, gauge("postgres.sessions", {{"server", "primary"}, {"state", state}}, 2));
        }
        for (const auto* wait : {"Lock", "IO"}) {
            stack->setReading(kPrimary,
                              gauge("postgres.sessions.waiting", {{"server", "primary"}, {"class", wait}}, 1));
        }
    }
};

} // namespace

class TestDatabasePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySectionShowsItsTables_data() {
        QTest::addColumn<int>("section");
        QTest::addColumn<QStringList>("tables");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, int section, const QStringList& tables, const char* says) {
            QTest::addRow("%s", name) << section << tables << QString(QLatin1String(says));
        };
        row("load", DatabasePage::Load, {QStringLiteral("postgres.sessions")}, "primary, age");
        row("sessions", DatabasePage::Sessions, {QStringLiteral("postgres.sessions")}, "3; primary, age");
        row("statements", DatabasePage::Statements, {QStringLiteral("postgres.statements")}, "2; primary, age");
        row("tables", DatabasePage::Tables, {QStringLiteral("postgres.tables"), QStringLiteral("postgres.indexes")},
            "1; primary, age");
        row("replication", DatabasePage::Replication, {QStringLiteral("postgres.replication")}, "No replication slots");
        row("work", DatabasePage::Work, {QStringLiteral("postgres.databases")}, "No vacuum, index build");
    }
    void everySectionShowsItsTables() {
        QFETCH(int, section);
        QFETCH(QStringList, tables);
        QFETCH(QString, says);
        DatabaseBench bench;
        bench.fill();
        bench.page().openSection(section);
        for (const auto& table : tables) {
            QTRY_VERIFY2(bench.rows(qPrintable(table)) > 0, qPrintable(table + bench.said()));
        }
        QTRY_VERIFY2(bench.said().contains(says), qPrintable(bench.said()));
        QTest::qWait(qEnvironmentVariableIntValue("BINNACLE_TEST_PICTURE_AFTER_MS"));
        bench.picture(qPrintable(QStringLiteral("database-") + QLatin1String(QTest::currentDataTag())));
    }

    void fromAStatementToItsSessionsToTheLockThatHoldsThem() {
        DatabaseBench bench;
        bench.fill();
        bench.page().openSection(DatabasePage::Statements);
        QTRY_COMPARE(bench.rows("postgres.statements"), 2);
        bench.table("postgres.statements")->setCurrentIndex(bench.table("postgres.statements")->model()->index(0, 0));
        QTest::keyClick(bench.table("postgres.statements"), Qt::Key_S);
        QTRY_COMPARE(bench.rows("postgres.sessions"), 2); // the third runs another one
        QVERIFY(bench.button("allSessions").isVisible());
        auto* table = bench.table("postgres.sessions");
        for (int row = 0; row < 2; ++row) {
            if (table->model()->index(row, 0).data().toString() == QStringLiteral("102")) {
                table->setCurrentIndex(table->model()->index(row, 0));
            }
        }
        QVERIFY(bench.button("toBlocker").isEnabled());
        QTest::keyClick(table, Qt::Key_W);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("locks"));
        auto* tree = bench.window().page(QStringLiteral("locks"))->findChild<BlockingView*>();
        QTRY_COMPARE(tree->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("101 root"));
        bench.picture("database-to-locks");
    }

    void aStatementsPlanIsAskedForByAKeyAndNeverWaitedFor() {
        DatabaseBench bench;
        bench.fill();
        bench.page().openSection(DatabasePage::Statements);
        QTRY_COMPARE(bench.rows("postgres.statements"), 2);
        auto* table = bench.table("postgres.statements");
        table->setCurrentIndex(table->model()->index(0, 0));
        const auto* words = bench.page().findChild<QLabel*>(QStringLiteral("planWords"));
        const auto* text = bench.page().findChild<QPlainTextEdit*>(QStringLiteral("planText"));
        const auto* copy = bench.page().findChild<KeyButton*>(QStringLiteral("planCopy"));
        QVERIFY(!words->isVisible() && !text->isVisible());

        QTest::keyClick(table, Qt::Key_P); // nobody answers yet: the window goes on
        QVERIFY(words->isVisible() && words->text().startsWith(QStringLiteral("Asking")));
        bench.awaitReadings(2);
        bench.stack->setPlan(std::string("Update on orders\n  ->  Index Scan using orders_pkey on orders"));
        QTRY_VERIFY(text->isVisible());
        QVERIFY(text->toPlainText().contains(QStringLiteral("\n  ->  Index Scan")));
        QVERIFY(!words->isVisible() && !copy->isVisible());
        const auto asked = bench.stack->planQuestions();
        QCOMPARE(asked.size(), std::size_t{1});
        QCOMPARE(asked.front().source, std::string(kPrimary));
        QCOMPARE(asked.front().database, std::string("binnacle"));
        QCOMPARE(asked.front().statement, std::string(kUpdate));
        bench.picture("database-plan");

        // Another statement has not been asked about; this one's plan comes back with it.
        table->setCurrentIndex(table->model()->index(1, 0));
        QVERIFY(!text->isVisible());
        table->setCurrentIndex(table->model()->index(0, 0));
        QVERIFY(text->isVisible());

        bench.stack->setPlan(fail(ErrorCode::Denied, "permission denied for table orders. EXPLAIN takes the right to "
                                                     "read the tables: GRANT pg_read_all_data TO console_ro;"));
        QTest::keyClick(table, Qt::Key_P);
        QTRY_VERIFY(words->isVisible() && words->text().startsWith(QStringLiteral("Denied")));
        QVERIFY(copy->isVisible() && !text->isVisible());
        QTest::mouseClick(const_cast<KeyButton*>(copy), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("GRANT pg_read_all_data TO console_ro"));
        bench.picture("database-plan-denied");
    }

    void everyStateIsSaid_data() {
        QTest::addColumn<int>("behaviour");
        QTest::addColumn<QString>("word");
        QTest::addRow("late") << int(Behaviour::Hang) << "primary late, age";
        QTest::addRow("lost") << int(Behaviour::Refuse) << "No data since";
        QTest::addRow("denied") << int(Behaviour::Deny) << "pg_monitor";
    }
    void everyStateIsSaid() {
        QFETCH(int, behaviour);
        QFETCH(QString, word);
        DatabaseBench bench;
        bench.fill();
        bench.page().openSection(DatabasePage::Sessions);
        QTRY_COMPARE(bench.rows("postgres.sessions"), 3);
        bench.stack->set(kPrimary, static_cast<Behaviour>(behaviour));
        QTRY_VERIFY2(bench.said().contains(word), qPrintable(bench.said()));
        bench.page().openSection(DatabasePage::Load);
        bench.awaitReadings(2);
        bench.picture(qPrintable(QStringLiteral("database-") + QLatin1String(QTest::currentDataTag())));
    }

    void whatIsNotReadIsSaidAndARefusalNamesItsGrant() {
        DatabaseBench bench;
        bench.page().openSection(DatabasePage::Statements);
        QTRY_VERIFY2(bench.said().contains(QStringLiteral("Not read yet")), qPrintable(bench.said()));
        bench.picture("database-loading");
        bench.stack->setTable(kPrimary, refusedTable("postgres.statements",
                                                     "needs pg_stat_statements: CREATE EXTENSION pg_stat_statements;"));
        QTRY_VERIFY2(bench.said().contains(QStringLiteral("CREATE EXTENSION")), qPrintable(bench.said()));
        bench.picture("database-refused");
        bench.page().openSection(DatabasePage::Sessions);
        bench.stack->setTable(kPrimary, fakeTable("postgres.sessions", {}));
        QTRY_VERIFY2(bench.said().contains(QStringLiteral("No sessions")), qPrintable(bench.said()));
    }

    void pausedItShowsThen() {
        DatabaseBench bench;
        bench.fill();
        bench.page().openSection(DatabasePage::Sessions);
        QTRY_COMPARE(bench.rows("postgres.sessions"), 3);
        bench.awaitReadings(2);
        bench.window().time().pause();
        bench.stack->setTable(kPrimary, fakeTable("postgres.sessions", {}));
        bench.awaitReadings(4);
        QCOMPARE(bench.rows("postgres.sessions"), 3);
        QVERIFY2(bench.said().contains(QStringLiteral("as of")), qPrintable(bench.said()));
        bench.picture("database-paused");
    }

    void replicationShowsTheLagOverTimeAndItsShape() {
        DatabaseBench bench;
        bench.fill();
        LatencyHistogram lags;
        lags.recordMany(20'000'000, 280);
        lags.recordMany(400'000'000, 20);
        bench.stack->setReading(
            kPrimary,
            histogram("postgres.replication.lag", {{"server", "primary"}, {"standby", "replica-1"}}, std::move(lags)));
        bench.page().openSection(DatabasePage::Replication);
        auto* lines = bench.page().findChild<LineChart*>(QStringLiteral("lagBands"));
        auto* shape = bench.page().findChild<LatencyHistogramView*>(QStringLiteral("lagShape"));
        QTRY_COMPARE(shape->total(), std::uint64_t{300}); // as the server told it
        bench.stack->setLag(2.5);
        QTRY_VERIFY2(lines->spokenValue().contains(QStringLiteral("replica 2 2.5")),
                     qPrintable(lines->spokenValue())); // the median of ten seconds
        QVERIFY(lines->spokenValue().contains(QStringLiteral("replica 1 10.0")));
        bench.picture("database-lag");
        bench.window().time().pause();
        QTRY_VERIFY(shape->total() > 0 && shape->total() != 300); // out of what is kept
    }

    void aStandbyTellsItsOwnLag() {
        DatabaseBench bench;
        bench.fill();
        bench.stack->setReading("postgres/replica-1",
                                gauge("postgres.replay.lag_seconds", {{"server", "replica-1"}}, 0.25));
        bench.stack->setReading("postgres/replica-1",
                                gauge("postgres.replay.lag_bytes", {{"server", "replica-1"}}, 4e6));
        auto* lanes = bench.page().findChild<LaneView*>();
        QTRY_VERIFY(lanes->spokenValue().contains(QStringLiteral("Replay lag")));
        QVERIFY(!lanes->spokenValue().contains(QStringLiteral("Not replayed")));
        auto* choice = bench.page().findChild<SegmentedControl*>(QStringLiteral("server"));
        QTRY_COMPARE(choice->segments().size(), std::size_t{3});
        choice->choose(1);
        QTRY_VERIFY2(lanes->spokenValue().contains(QStringLiteral("Not replayed 4.0")),
                     qPrintable(lanes->spokenValue()));
        QVERIFY(lanes->spokenValue().contains(QStringLiteral("Replay lag 250")));
        bench.page().openSection(DatabasePage::Replication);
        const auto* lines = bench.page().findChild<LineChart*>(QStringLiteral("lagBands"));
        QTRY_VERIFY2(lines->spokenValue().contains(QStringLiteral("replica 1 250")), qPrintable(lines->spokenValue()));
        bench.picture("database-standby");
    }

    void whatSeldomHappensHasALaneOnceItDid() {
        DatabaseBench bench;
        bench.fill();
        auto* lanes = bench.page().findChild<LaneView*>();
        const auto wait = [&bench](double sessions) {
            bench.stack->setReading(
                kPrimary, gauge("postgres.sessions.waiting", {{"server", "primary"}, {"class", "LWLock"}}, sessions));
        };
        wait(0);
        bench.awaitReadings(4);
        QVERIFY2(!lanes->spokenValue().contains(QStringLiteral("latch")), qPrintable(lanes->spokenValue()));
        QVERIFY(!lanes->spokenValue().contains(QStringLiteral("Archiving")));
        wait(7);
        QTRY_VERIFY2(lanes->spokenValue().contains(QStringLiteral("Waiting for a latch 7")),
                     qPrintable(lanes->spokenValue()));
        wait(0); // it stays, so that one sees when
        double failed = 0;
        const auto fails = [&] {
            bench.stack->setReading(kPrimary, counter("postgres.archiver.failed", {{"server", "primary"}}, ++failed));
            return bench.sentence().contains(QStringLiteral("cannot archive"));
        };
        bench.stack->setReading(kPrimary,
                                gauge("postgres.sessions.waiting", {{"server", "primary"}, {"class", "Lock"}}, 0));
        QTRY_VERIFY2(fails(), qPrintable(bench.sentence()));
        QTRY_VERIFY(lanes->spokenValue().contains(QStringLiteral("Archiving fails")));
        QVERIFY(lanes->spokenValue().contains(QStringLiteral("Waiting for a latch 0")));
        bench.stack->setReading(kPrimary,
                                counter("postgres.checkpoints", {{"server", "primary"}, {"cause", "time"}}, failed));
        bench.awaitReadings(2);
        bench.stack->setReading(
            kPrimary, counter("postgres.checkpoints", {{"server", "primary"}, {"cause", "time"}}, failed + 1));
        bench.awaitReadings(4);
        bench.picture("database-rare");
    }

    void whereValuesOfStatementsAreShownThePageSaysSo() {
        DatabaseBench bench;
        bench.fill();
        const auto* notice = bench.page().findChild<QLabel*>(QStringLiteral("literalsNotice"));
        bench.awaitReadings(4);
        QVERIFY(!notice->isVisible());
        bench.stack->setShowsLiterals(true);
        QTRY_VERIFY(notice->isVisible());
        QVERIFY(notice->text().contains(QStringLiteral("A recording holds none of them")));
        bench.picture("database-literals");
    }

    void otherServersAreChosen() {
        DatabaseBench bench;
        bench.fill();
        bench.stack->setTable("postgres/replica-1",
                              fakeTable("postgres.sessions", {{{"pid", 9.0}, {"backend_start", kStart}}}));
        bench.page().openSection(DatabasePage::Sessions);
        QTRY_COMPARE(bench.rows("postgres.sessions"), 3);
        auto* choice = bench.page().findChild<SegmentedControl*>(QStringLiteral("server"));
        QVERIFY(choice->isVisible());
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Right);
        QTRY_COMPARE(bench.rows("postgres.sessions"), 1);
    }

    void sectionsTurnByKeyAndHiddenOnesPaintNothing() {
        DatabaseBench bench({1280, 800});
        bench.fill();
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_O);
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_B);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("database"));
        QTRY_VERIFY(bench.rows("postgres.sessions") > 0);
        bench.picture("database-small");
        auto* lanes = bench.page().findChild<LaneView*>();
        QTRY_VERIFY(lanes->paintCount() > 0);
        QTest::keyClick(&bench.window(), Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_VERIFY(bench.rows("postgres.sessions") == 3);
        const auto painted = lanes->paintCount();
        bench.awaitReadings(3);
        QCOMPARE(lanes->paintCount(), painted);
        QCOMPARE(bench.window().size(), QSize(1280, 800));
    }
};

QTEST_MAIN(TestDatabasePage)
#include "test_database_page.moc"
