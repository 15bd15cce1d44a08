// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/blocking_tree.h"
#include "app/models/deadlocks.h"
#include "app/pages/blocking_view.h"
#include "app/pages/page.h"
#include "tests/app/console_bench.h"
#include "tests/app/fake_tables.h"
#include "widgets/key_button.h"
#include "widgets/lane_view.h"
#include "widgets/navigation_rail.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/state_overlay.h"
#include "widgets/wait_for_graph.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QTableView>

#include <algorithm>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kStart = "2026-11-25T18:30:01.000000Z";
constexpr const char* kPrimary = "postgres/primary";

/// An idle transaction, and who waits behind it.
SnapshotTable chain(double waited = 46) {
    return fakeTable("postgres.blocking", {{{"pid", 41907.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"root_pid", 41907.0},
                                            {"depth", 0.0},
                                            {"behind", 3.0},
                                            {"user", "svc_orders"},
                                            {"application", "app-2"},
                                            {"state", "idle in transaction"},
                                            {"xact_age", 187.0},
                                            {"query", "UPDATE orders SET status = $1 WHERE id = ANY($2)"}},
                                           {{"pid", 41911.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"parent_pid", 41907.0},
                                            {"root_pid", 41907.0},
                                            {"depth", 1.0},
                                            {"blocked_by", "41907"},
                                            {"behind", 1.0},
                                            {"waited", waited},
                                            {"lock_mode", "ShareLock"},
                                            {"lock_kind", "transactionid"},
                                            {"user", "svc_orders"},
                                            {"application", "app-1"},
                                            {"state", "active"},
                                            {"xact_age", waited + 2},
                                            {"query", "UPDATE orders SET total_cents = $1 WHERE id = $2"}},
                                           {{"pid", 41935.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"parent_pid", 41911.0},
                                            {"root_pid", 41907.0},
                                            {"depth", 2.0},
                                            {"blocked_by", "41911"},
                                            {"behind", 0.0},
                                            {"waited", 12.0},
                                            {"lock_mode", "ExclusiveLock"},
                                            {"lock_kind", "tuple"},
                                            {"relation", "public.orders"},
                                            {"user", "svc_orders"},
                                            {"application", "app-1"},
                                            {"state", "active"},
                                            {"xact_age", 13.0},
                                            {"query", "SELECT 1"}},
                                           {{"pid", 41928.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"parent_pid", 41907.0},
                                            {"root_pid", 41907.0},
                                            {"depth", 1.0},
                                            {"blocked_by", "41907"},
                                            {"behind", 0.0},
                                            {"waited", 30.0},
                                            {"lock_mode", "ShareLock"},
                                            {"lock_kind", "transactionid"},
                                            {"user", "svc_jobs"},
                                            {"application", "app-4"},
                                            {"state", "active"},
                                            {"xact_age", 31.0},
                                            {"query", "DELETE FROM order_lines WHERE order_id = $1"}}});
}

std::string secondsAgo(int seconds) {
    return QDateTime::currentDateTimeUtc().addSecs(-seconds).toString(Qt::ISODateWithMs).toStdString();
}

SnapshotTable deadlocks() {
    const auto first = secondsAgo(40);
    const auto second = secondsAgo(20);
    const auto a = "UPDATE orders SET total_cents = $1 WHERE id = $2";
    const auto b = "UPDATE orders SET status = $1 WHERE id = $2";
    return fakeTable("postgres.deadlock_reports", {{{"report", "1"},
                                                    {"pid", 41911.0},
                                                    {"at", first},
                                                    {"class", "lock order"},
                                                    {"cancelled", 1.0},
                                                    {"waits_mode", "ShareLock"},
                                                    {"waits_on", "transaction 771"},
                                                    {"blocked_by_pid", 41952.0},
                                                    {"relation", "orders"},
                                                    {"application", "app-1"},
                                                    {"route", "POST /v1/orders/{id}/total"},
                                                    {"statement", a}},
                                                   {{"report", "1"},
                                                    {"pid", 41952.0},
                                                    {"at", first},
                                                    {"class", "lock order"},
                                                    {"cancelled", 0.0},
                                                    {"waits_mode", "ShareLock"},
                                                    {"waits_on", "transaction 770"},
                                                    {"blocked_by_pid", 41911.0},
                                                    {"relation", "orders"},
                                                    {"statement", b}},
                                                   {{"report", "2"},
                                                    {"pid", 51.0},
                                                    {"at", second},
                                                    {"class", "lock order"},
                                                    {"cancelled", 0.0},
                                                    {"waits_mode", "ShareLock"},
                                                    {"waits_on", "transaction 91"},
                                                    {"blocked_by_pid", 52.0},
                                                    {"relation", "orders"},
                                                    {"statement", b}},
                                                   {{"report", "2"},
                                                    {"pid", 52.0},
                                                    {"at", second},
                                                    {"class", "lock order"},
                                                    {"cancelled", 1.0},
                                                    {"waits_mode", "ShareLock"},
                                                    {"waits_on", "transaction 90"},
                                                    {"blocked_by_pid", 51.0},
                                                    {"relation", "orders"},
                                                    {"application", "app-2"},
                                                    {"statement", a}}});
}

struct LocksBench : Bench {
    explicit LocksBench(QSize size = {1600, 1000}) {
        LaunchOptions options;
        options.page = QStringLiteral("locks");
        options.size = size;
        open(options);
    }
    [[nodiscard]] Page& page() const { return *window().page(QStringLiteral("locks")); }
    [[nodiscard]] BlockingView& tree() const { return *page().findChild<BlockingView*>(); }
    [[nodiscard]] QString sentence() const { return page().findChild<SituationSentence*>()->spokenValue(); }
    [[nodiscard]] KeyButton& button(const char* name) const {
        return *page().findChild<KeyButton*>(QLatin1String(name));
    }
    [[nodiscard]] QString words(const char* name) const {
        const auto* overlay = page().findChild<StateOverlay*>(QLatin1String(name));
        return overlay->isVisible() ? overlay->spokenValue() : QString();
    }
    [[nodiscard]] QString cell(const QModelIndex& index, int column) const {
        return index.siblingAtColumn(column).data().toString();
    }
};

} // namespace

class TestLocksPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTreeFollowsItsTableByKey() {
        BlockingTree tree;
        const QAbstractItemModelTester tester(&tree);
        tree.showTable(std::make_shared<const SnapshotTable>(chain()));
        QCOMPARE(tree.rowCount(), 1);
        const auto root = tree.index(0, 0);
        QCOMPARE(root.data().toString(), QStringLiteral("41907 root"));
        QCOMPARE(tree.rowCount(root), 2);
        const QPersistentModelIndex last = tree.indexOfPid(41928);
        QCOMPARE(last.row(), 1);
        QCOMPARE(QModelIndex(tree.indexOfPid(41935)).parent().data().toString(), QStringLiteral("41911"));
        const QSignalSpy reset(&tree, &QAbstractItemModel::modelReset);
        // The first of the waiters is gone, and who waited behind it now waits for the root.
        tree.showTable(std::make_shared<const SnapshotTable>(fakeTable(
            "postgres.blocking",
            {{{"pid", 41907.0}, {"backend_start", kStart}, {"depth", 0.0}, {"behind", 2.0}},
             {{"pid", 41935.0}, {"backend_start", kStart}, {"depth", 1.0}, {"waited", 13.0}, {"parent_pid", 41907.0}},
             {{"pid", 41928.0}, {"backend_start", kStart}, {"depth", 1.0}, {"waited", 31.0}}})));
        QVERIFY(last.isValid());
        QCOMPARE(last.data().toString(), QStringLiteral("41928"));
        QCOMPARE(tree.rowCount(tree.index(0, 0)), 2);
        QCOMPARE(reset.count(), 0);
        tree.showTable(nullptr);
        QCOMPARE(tree.rowCount(), 0);
    }

    void deadlocksAreToldTogetherWithTheirPairs() {
        const auto found = deadlocksOf(deadlocks());
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found.front().report, QStringLiteral("2")); // the newest first
        QVERIFY(found.front().at.has_value());
        QCOMPARE(found.front().sessions.size(), std::size_t(2));
        const auto now = std::chrono::system_clock::now();
        const auto pairs = pairsOf(found, now);
        QCOMPARE(pairs.size(), std::size_t(1)); // the same two statements, whoever was first
        QCOMPARE(pairs.front().count, 2);
        QCOMPARE(pairs.front().perHour.back(), 2);
        QCOMPARE(pairsOf(found, now + std::chrono::minutes(130)).front().perHour[21], 2);
        QCOMPARE(std::ranges::count(pairsOf(found, now + std::chrono::hours(25)).front().perHour, 0), 24);
        QCOMPARE(found.back().sessions.front().route, QStringLiteral("POST /v1/orders/{id}/total"));
        QVERIFY(adviceFor(found.front()).sql.contains(QStringLiteral("ORDER BY id FOR UPDATE")));
        const auto micro = fakeTable("postgres.deadlock_reports",
                                     {{{"report", "9"}, {"pid", 1.0}, {"at", "2026-11-25T18:30:01.123456Z"}}});
        QVERIFY(deadlocksOf(micro).front().at.has_value());
    }

    void aGraphKeepsItsNodesApartAndIgnoresWhatIsNotThere_data() {
        QTest::addColumn<int>("sessions");
        for (const int sessions : {0, 1, 2, 3, 8, 20}) {
            QTest::addRow("%d", sessions) << sessions;
        }
    }
    void aGraphKeepsItsNodesApartAndIgnoresWhatIsNotThere() {
        QFETCH(int, sessions);
        WaitForGraph graph;
        graph.resize(420, 320);
        std::vector<WaitForNode> nodes;
        std::vector<WaitForEdge> edges{{0, 99, QStringLiteral("to nobody"), {}}, {-1, 0, {}, {}}};
        for (int i = 0; i < sessions; ++i) {
            nodes.push_back({QString::number(i), {QStringLiteral("app")}, i == 0});
            edges.push_back({i, (i + 1) % sessions, QStringLiteral("waits"), {}});
        }
        graph.setGraph(std::move(nodes), std::move(edges));
        QVERIFY(!graph.grab().isNull());
        for (int i = 0; i < std::min(sessions, 3); ++i) {
            QVERIFY(QRectF(graph.rect()).contains(graph.nodeRect(i)));
            for (int j = 0; j < i; ++j) {
                QVERIFY(!graph.nodeRect(i).intersects(graph.nodeRect(j)));
            }
        }
        QVERIFY(!graph.spokenValue().contains(QStringLiteral("nobody")));
    }

    void nobodyWaitsAndNoDeadlockAreFacts() {
        LocksBench bench;
        QTRY_VERIFY2(bench.words("blockingState").contains(QStringLiteral("Not read yet")),
                     qPrintable(bench.words("blockingState")));
        bench.picture("locks-loading");
        bench.stack->setTable(kPrimary, fakeTable("postgres.blocking", {}));
        bench.stack->setTable(kPrimary, fakeTable("postgres.deadlock_reports", {}));
        QTRY_VERIFY2(bench.words("blockingState").contains(QStringLiteral("Nobody waits for a lock")),
                     qPrintable(bench.words("blockingState")));
        QTRY_VERIFY2(bench.words("deadlockState").contains(QStringLiteral("No deadlocks in")),
                     qPrintable(bench.words("deadlockState")));
        QVERIFY2(bench.sentence().startsWith(QStringLiteral("Nobody waits")), qPrintable(bench.sentence()));
        QVERIFY(!bench.button("terminateSession").isEnabled());
        QCOMPARE(bench.button("terminateSession").text(), QStringLiteral("Terminate: no session selected"));
        bench.picture("locks-empty");
    }

    void theRootIsSelectedAndActedOn() {
        LocksBench bench;
        bench.stack->setTable(kPrimary, chain());
        bench.stack->setTable(kPrimary, deadlocks());
        bench.stack->setReading(kPrimary, gauge("postgres.blocked", {{"server", "primary"}}, 3));
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("One idle transaction blocks 3")),
                     qPrintable(bench.sentence()));
        QVERIFY2(bench.sentence().contains(QStringLiteral("41907 of app-2")), qPrintable(bench.sentence()));
        QCOMPARE(bench.cell(bench.tree().currentIndex(), 0), QStringLiteral("41907 root"));
        QCOMPARE(bench.button("cancelQuery").text(), QStringLiteral("Cancel: no query runs"));
        const auto* sql = bench.page().findChild<SqlView*>(QStringLiteral("blockingStatement"));
        QVERIFY(sql->isVisible() && sql->toPlainText().startsWith(QStringLiteral("UPDATE orders SET status")));
        QTest::keyClick(&bench.tree(), Qt::Key_Down);
        QCOMPARE(bench.cell(bench.tree().currentIndex(), 0), QStringLiteral("41911"));
        QVERIFY(bench.button("cancelQuery").text() != QStringLiteral("Cancel: no query runs"));
        // It stays selected while its wait grows.
        bench.stack->setTable(kPrimary, chain(99));
        QTRY_COMPARE(bench.cell(bench.tree().currentIndex(), BlockingTree::Waited), ageText(99s));
        QCOMPARE(bench.cell(bench.tree().currentIndex(), 0), QStringLiteral("41911"));
        auto* graph = bench.page().findChild<WaitForGraph*>();
        QVERIFY(graph->isVisible());
        QVERIFY2(graph->spokenValue().contains(QStringLiteral("52 waits for transaction 90")),
                 qPrintable(graph->spokenValue()));
        QCOMPARE(bench.page().findChild<QTableView*>(QStringLiteral("deadlockPairs"))->model()->rowCount(), 1);
        QTest::qWait(qEnvironmentVariableIntValue("BINNACLE_TEST_PICTURE_AFTER_MS"));
        bench.picture("locks-live");
    }

    void everyStateOfTheSourceIsSaid_data() {
        QTest::addColumn<int>("behaviour");
        QTest::addColumn<QString>("word");
        QTest::addRow("late") << int(Behaviour::Hang) << "late";
        QTest::addRow("lost") << int(Behaviour::Refuse) << "No data since";
        QTest::addRow("denied") << int(Behaviour::Deny) << "pg_monitor";
    }
    void everyStateOfTheSourceIsSaid() {
        QFETCH(int, behaviour);
        QFETCH(QString, word);
        LocksBench bench;
        bench.stack->setTable(kPrimary, chain());
        QTRY_COMPARE(bench.tree().model()->rowCount(), 1);
        bench.stack->set(kPrimary, static_cast<Behaviour>(behaviour));
        const auto said = [&] {
            QString all = bench.words("blockingState") + bench.sentence();
            for (const auto* head : bench.page().findChildren<SectionHead*>()) {
                all += head->spokenValue();
            }
            return all;
        };
        QTRY_VERIFY2(said().contains(word), qPrintable(said()));
        bench.picture(qPrintable(QStringLiteral("locks-") + QLatin1String(QTest::currentDataTag())));
    }

    void aRefusedTableNamesItsGrant() {
        LocksBench bench;
        bench.stack->setTable(kPrimary,
                              refusedTable("postgres.blocking", "needs pg_monitor: GRANT pg_monitor TO console_ro;"));
        QTRY_VERIFY2(bench.words("blockingState").contains(QStringLiteral("needs pg_monitor")),
                     qPrintable(bench.words("blockingState")));
        bench.picture("locks-refused");
    }

    void pausedItShowsThen() {
        LocksBench bench;
        bench.stack->setTable(kPrimary, chain());
        QTRY_COMPARE(bench.tree().model()->rowCount(), 1);
        bench.window().time().pause();
        bench.stack->setTable(kPrimary, fakeTable("postgres.blocking", {}));
        QTRY_VERIFY(bench.console->feed().store().source(kPrimary)->snapshot->table("postgres.blocking")->rowCount() ==
                    0);
        bench.awaitReadings(2);
        QCOMPARE(bench.tree().model()->rowCount(), 1);
        bench.picture("locks-paused");
        bench.window().time().goLive();
        QTRY_COMPARE(bench.tree().model()->rowCount(), 0);
    }

    void opensByKeyAndTheRailTellsOfIt() {
        LocksBench bench({1280, 800});
        bench.stack->setTable(kPrimary, chain());
        bench.stack->setTable(kPrimary, deadlocks());
        bench.window().openPage(QStringLiteral("overview"));
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_K);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("locks"));
        QTRY_COMPARE(bench.tree().model()->rowCount(), 1);
        QCOMPARE(bench.window().size(), QSize(1280, 800));
        bench.picture("locks-small");
    }

    void hostileTextsStayPlain() {
        const std::string hostile = "<b>x</b>\n\x1b[31m<img src=file:///etc/passwd>" + std::string(3000, 'W');
        LocksBench bench({1280, 800});
        bench.stack->setTable(kPrimary, fakeTable("postgres.blocking", {{{"pid", 1.0},
                                                                         {"backend_start", kStart},
                                                                         {"depth", 0.0},
                                                                         {"behind", 1.0},
                                                                         {"user", hostile},
                                                                         {"application", hostile},
                                                                         {"relation", hostile},
                                                                         {"state", hostile},
                                                                         {"query", hostile}}}));
        bench.stack->setTable(kPrimary, fakeTable("postgres.deadlock_reports", {{{"report", hostile},
                                                                                 {"pid", 1.0},
                                                                                 {"class", hostile},
                                                                                 {"at", hostile},
                                                                                 {"blocked_by_pid", 1.0},
                                                                                 {"waits_on", hostile},
                                                                                 {"relation", hostile},
                                                                                 {"application", hostile},
                                                                                 {"statement", hostile}}}));
        QTRY_COMPARE(bench.tree().model()->rowCount(), 1);
        QVERIFY(!bench.sentence().contains(QLatin1Char('\n')));
        bench.awaitReadings(2);
        QCOMPARE(bench.window().size(), QSize(1280, 800));
        bench.picture("locks-hostile");
    }
};

QTEST_MAIN(TestLocksPage)
#include "test_locks_page.moc"
