// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/blocking_tree.h"
#include "app/models/deadlock_cover.h"
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

/// Four sessions that wait for each other: 101 for 103, 103 for 102, 102 for 104, and that for 101.
SnapshotTable ring() {
    const auto at = secondsAgo(10);
    SnapshotTable table(*findTable("postgres.deadlock_reports"));
    for (const auto& [pid, waitsFor] : {std::pair(101, 103), {102, 104}, {103, 102}, {104, 101}}) {
        const auto one = fakeTable("postgres.deadlock_reports", {{{"report", "r"},
                                                                  {"pid", double(pid)},
                                                                  {"at", at},
                                                                  {"class", "lock order"},
                                                                  {"cancelled", pid == 101 ? 1.0 : 0.0},
                                                                  {"waits_mode", "ShareLock"},
                                                                  {"waits_on", "transaction 9"},
                                                                  {"blocked_by_pid", double(waitsFor)},
                                                                  {"application", "app-1"},
                                                                  {"statement", "SELECT " + std::to_string(pid)}}});
        table.add({one.row(0).begin(), one.row(0).end()});
    }
    return table;
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
        // Each of a ring can be selected, and is drawn then; all are told, drawn or not.
        const QSignalSpy selected(&graph, &WaitForGraph::selectionChanged);
        for (int i = 0; i < sessions; ++i) {
            QVERIFY(graph.spokenValue().contains(QStringLiteral("%1 waits").arg(i)));
            if (sessions > 2) {
                QCOMPARE(graph.selected(), i);
                QVERIFY(QRectF(graph.rect()).contains(graph.nodeRect(i)) && !graph.nodeRect(i).isEmpty());
                QVERIFY(graph.spokenValue().contains(QStringLiteral("%1 is selected").arg(i)));
            }
            QTest::keyClick(&graph, Qt::Key_Right);
        }
        QCOMPARE(graph.selected(), 0); // round the ring, or nothing to choose
        QCOMPARE(selected.count(), sessions > 2 ? sessions : 0);
        QTest::keyClick(&graph, Qt::Key_Left);
        QCOMPARE(graph.selected(), sessions > 2 ? sessions - 1 : 0);
    }

    void whatTheReportsCover_data() {
        QTest::addColumn<int>("span");           // seconds that the reports cover; -1: not told
        QTest::addColumn<QList<int>>("count");   // when the counter went up by one, seconds ago
        QTest::addColumn<QList<int>>("reports"); // when they were, seconds ago
        QTest::addColumn<bool>("omitted");
        QTest::addColumn<int>("counted");
        QTest::addColumn<int>("reported");
        QTest::newRow("none") << 7200 << QList<int>{} << QList<int>{} << false << 0 << 0;
        QTest::newRow("each is reported") << 7200 << QList<int>{50, 90} << QList<int>{58, 99} << false << 2 << 2;
        QTest::newRow("two are missing") << 7200 << QList<int>{50, 90, 300} << QList<int>{99} << false << 3 << 1;
        QTest::newRow("reported at once") << 7200 << QList<int>{5} << QList<int>{5} << false << 1 << 1;
        QTest::newRow("before the log was read") << 100 << QList<int>{300, 50} << QList<int>{50} << false << 1 << 1;
        QTest::newRow("counted late, of before") << 100 << QList<int>{92} << QList<int>{} << false << 0 << 0;
        QTest::newRow("reported before it was counted") << 7200 << QList<int>{} << QList<int>{5000} << false << 0 << 0;
        QTest::newRow("nobody knows how far") << -1 << QList<int>{300} << QList<int>{} << false << 1 << 0;
        QTest::newRow("older ones were dropped")
            << 7200 << QList<int>{500, 80} << QList<int>{85, 100} << true << 1 << 2;
    }
    void whatTheReportsCover() {
        QFETCH(int, span);
        QFETCH(QList<int>, count);
        QFETCH(QList<int>, reports);
        QFETCH(bool, omitted);
        const SteadyTime end{std::chrono::hours(30)};
        const std::chrono::nanoseconds ahead = std::chrono::hours(400'000);
        SignalStore store;
        for (int ago = 600; ago >= 0; --ago) { // ten minutes of readings
            Snapshot snapshot;
            snapshot.header.source = kPrimary;
            snapshot.header.steadyAt = end - std::chrono::seconds(ago);
            snapshot.header.epoch = "one";
            snapshot.readings = {counter(
                "postgres.deadlocks", {{"server", "primary"}},
                7.0 + static_cast<double>(std::ranges::count_if(count, [&](int when) { return when >= ago; })))};
            if (span >= 0) {
                snapshot.readings.push_back(
                    gauge("postgres.deadlock_reports.span_seconds", {{"server", "primary"}}, span - ago));
            }
            snapshot.sort();
            SourceUpdate update;
            update.source = kPrimary;
            update.interval = 1s;
            update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
            store.apply(update);
        }
        std::vector<Deadlock> known;
        for (const int ago : reports) {
            Deadlock deadlock;
            deadlock.at = UtcTime(end.time_since_epoch() + ahead - std::chrono::seconds(ago));
            known.push_back(deadlock);
        }
        const auto cover = deadlockCover(store, kPrimary, end, known, omitted, ahead);
        QTEST(cover.counted, "counted");
        QTEST(cover.reported, "reported");
        QCOMPARE(cover.since.has_value(), span >= 0);
        if (span >= 0 && !omitted) {
            QCOMPARE(end - *cover.since, std::chrono::seconds(span));
        }
        QCOMPARE(deadlockCover(store, "postgres/replica-1", end, known, omitted, ahead).counted, 0);
    }

    void everySessionOfARingIsReachable() {
        LocksBench bench;
        bench.stack->setTable(kPrimary, ring());
        auto* graph = bench.page().findChild<WaitForGraph*>();
        QTRY_VERIFY(graph->isVisible());
        const auto shown = [&](int box) {
            return bench.page().findChild<SqlView*>(QStringLiteral("deadlockStatement%1").arg(box))->toPlainText();
        };
        // Whoever is selected, and whom it waits for.
        QTRY_COMPARE(shown(0), QStringLiteral("SELECT 101"));
        QCOMPARE(shown(1), QStringLiteral("SELECT 103"));
        bench.picture("locks-ring");
        graph->setFocus();
        QTest::keyClick(graph, Qt::Key_Right);
        QCOMPARE(shown(0), QStringLiteral("SELECT 102"));
        QCOMPARE(shown(1), QStringLiteral("SELECT 104"));
        QTest::mouseClick(graph, Qt::LeftButton, {}, graph->nodeRect(3).center().toPoint());
        QCOMPARE(shown(0), QStringLiteral("SELECT 104"));
        QCOMPARE(shown(1), QStringLiteral("SELECT 101"));
        QCOMPARE(bench.page().findChild<SqlView*>(QStringLiteral("deadlockStatement0"))->accessibleName(),
                 QStringLiteral("Statement of session 104"));
        bench.awaitReadings(2); // it stays, though the table is read anew
        QCOMPARE(shown(0), QStringLiteral("SELECT 104"));
        bench.picture("locks-ring-selected");
        for (const auto* pid : {"101", "102", "103", "104"}) {
            QVERIFY(graph->spokenValue().contains(QLatin1String(pid)));
        }
        // Another deadlock begins with its own first.
        bench.stack->setTable(kPrimary, deadlocks());
        QTRY_VERIFY(shown(0).startsWith(QStringLiteral("UPDATE orders SET status")));
        QVERIFY(shown(1).startsWith(QStringLiteral("UPDATE orders SET total")));
    }

    void aCounterThatSawMoreThanWasReportedIsBelieved() {
        LocksBench bench;
        bench.stack->setTable(kPrimary, fakeTable("postgres.deadlock_reports", {}));
        bench.stack->setTable(kPrimary, fakeTable("postgres.blocking", {}));
        const Labels server{{"server", "primary"}};
        bench.stack->setReading(kPrimary, gauge("postgres.deadlock_reports.span_seconds", server, 7800));
        QTRY_VERIFY2(bench.words("deadlockState").contains(QStringLiteral("No deadlocks in 2 h 10 min")),
                     qPrintable(bench.words("deadlockState")));
        bench.awaitReadings(2);
        bench.stack->setReading(kPrimary, counter("postgres.deadlocks", server, 3));
        QTRY_VERIFY2(bench.words("deadlockState").startsWith(QStringLiteral("3 counted in")),
                     qPrintable(bench.words("deadlockState")));
        QVERIFY(bench.words("deadlockState").contains(QStringLiteral("0 reports read")));
        QVERIFY(!bench.words("deadlockState").contains(QStringLiteral("fact")));
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("Deadlocks were counted that no report tells of")),
                     qPrintable(bench.sentence()));
        bench.picture("locks-counted");
        bench.stack->setTable(kPrimary, fakeTable("postgres.deadlock_reports", {{{"report", "1"},
                                                                                 {"pid", 51.0},
                                                                                 {"at", secondsAgo(0)},
                                                                                 {"class", "lock order"},
                                                                                 {"cancelled", 1.0},
                                                                                 {"statement", "SELECT 1"}}}));
        const auto head = [&] {
            QString all;
            for (const auto* one : bench.page().findChildren<SectionHead*>()) {
                all += one->spokenValue() + QLatin1Char('\n');
            }
            return all;
        };
        QTRY_VERIFY2(head().contains(QStringLiteral("1 report read")), qPrintable(head()));
        QVERIFY2(head().contains(QStringLiteral("3 counted in")), qPrintable(head()));
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
        // Nobody says since when: then nothing is claimed.
        QTRY_VERIFY2(bench.words("deadlockState").contains(QStringLiteral("No report of a deadlock was read")),
                     qPrintable(bench.words("deadlockState")));
        bench.stack->setReading(kPrimary,
                                gauge("postgres.deadlock_reports.span_seconds", {{"server", "primary"}}, 300));
        QTRY_VERIFY2(bench.words("deadlockState").contains(QStringLiteral("No deadlocks in 5:0")),
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
