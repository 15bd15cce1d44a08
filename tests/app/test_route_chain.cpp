// SPDX-License-Identifier: GPL-3.0-or-later
// From a slow route to its statements, to the sessions that run one, to the lock that holds them: one key or click
// each.
#include "app/models/trail.h"
#include "app/pages/blocking_view.h"
#include "tests/app/console_bench.h"
#include "tests/app/fake_tables.h"
#include "widgets/key_button.h"
#include "widgets/situation_sentence.h"
#include "widgets/state_overlay.h"
#include "widgets/table_delegate.h"

#include <QLabel>
#include <QTableView>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kStart = "2026-11-25T18:30:01.000000Z";
constexpr const char* kPrimary = "postgres/primary";
constexpr const char* kRoute = "POST /v1/tasks"; // the slowest of the fake stack
constexpr const char* kShape = "0123456789abcdef";
constexpr const char* kText = "select id from projects where owner_id = $1";

SnapshotTable routeStatements(double seconds) {
    return fakeTable("service.route_statements", {{{"route", kRoute},
                                                   {"statement", "projects_page"},
                                                   {"calls", 400.0},
                                                   {"calls_rate", 20.0},
                                                   {"time", seconds},
                                                   {"time_rate", 0.6},
                                                   {"route_time_rate", 0.8},
                                                   {"shape", kShape},
                                                   {"query", kText}},
                                                  {{"route", kRoute},
                                                   {"statement", "project_exists"},
                                                   {"calls", 400.0},
                                                   {"calls_rate", 20.0},
                                                   {"time", 0.1},
                                                   {"time_rate", 0.04},
                                                   {"route_time_rate", 0.8},
                                                   {"shape", "fedcba9876543210"},
                                                   {"query", "select id from projects where id = $1"}},
                                                  {{"route", "GET /v1/tasks/{id}"},
                                                   {"statement", "tasks_page"},
                                                   {"calls", 1.0},
                                                   {"time", 0.1},
                                                   {"shape", "00000000000000aa"},
                                                   {"query", "select id from tasks"}}});
}

SnapshotTable sessions() {
    return fakeTable("postgres.sessions", {{{"pid", 100.0},
                                            {"backend_start", kStart},
                                            {"type", "client backend"},
                                            {"application", "app-1"},
                                            {"state", "idle"},
                                            {"shape", kShape},
                                            {"query", kText}},
                                           {{"pid", 101.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"type", "client backend"},
                                            {"application", "nightly"},
                                            {"state", "idle in transaction"},
                                            {"xact_age", 90.0},
                                            {"shape", "00000000000000bb"},
                                            {"query", "lock table projects"}},
                                           {{"pid", 102.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"type", "client backend"},
                                            {"application", "app-1"},
                                            {"state", "active"},
                                            {"wait_class", "Lock"},
                                            {"wait_event", "relation"},
                                            {"xact_age", 12.0},
                                            {"blocked_by", 1.0},
                                            {"shape", kShape},
                                            {"query", kText}},
                                           {{"pid", 103.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"type", "client backend"},
                                            {"application", "app-2"},
                                            {"state", "active"},
                                            {"xact_age", 99.0},
                                            {"blocked_by", 0.0},
                                            {"shape", kShape},
                                            {"query", kText}}});
}

SnapshotTable blocking() {
    return fakeTable("postgres.blocking", {{{"pid", 101.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"depth", 0.0},
                                            {"behind", 1.0},
                                            {"state", "idle in transaction"},
                                            {"query", "lock table projects"}},
                                           {{"pid", 102.0},
                                            {"backend_start", kStart},
                                            {"xact_start", kStart},
                                            {"parent_pid", 101.0},
                                            {"depth", 1.0},
                                            {"blocked_by", "101"},
                                            {"waited", 12.0},
                                            {"state", "active"},
                                            {"query", kText}}});
}

struct ChainBench : Bench {
    ChainBench() {
        LaunchOptions options;
        options.page = QStringLiteral("latency");
        options.size = QSize(1600, 1000);
        open(options);
    }
    void fill() const {
        for (const auto* instance : {"service/app-1", "service/app-2"}) {
            stack->setTable(instance, routeStatements(8));
        }
        stack->setTable(kPrimary, sessions());
        stack->setTable(kPrimary, blocking());
    }
    [[nodiscard]] QWidget& page(const char* id) const { return *window().page(QLatin1String(id)); }
    [[nodiscard]] QTableView* table(const char* id) const {
        for (auto* view : window().findChildren<QTableView*>(QLatin1String(id))) {
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
    /// The text of the current row's first cell.
    [[nodiscard]] QString current(const char* id) const {
        const auto* view = table(id);
        return view == nullptr ? QString() : view->currentIndex().siblingAtColumn(0).data().toString();
    }
    /// A cell of the row whose first cell holds that text, by the head of its column.
    [[nodiscard]] QModelIndex cell(const char* id, const QString& first, const QString& head) const {
        const auto* view = table(id);
        for (int row = 0; view != nullptr && row < view->model()->rowCount(); ++row) {
            for (int column = 0; column < view->model()->columnCount(); ++column) {
                if (view->model()->index(row, 0).data().toString() == first &&
                    view->model()->headerData(column, Qt::Horizontal).toString().startsWith(head)) {
                    return view->model()->index(row, column);
                }
            }
        }
        return {};
    }
    void clickOn(const char* id, const QModelIndex& index) const {
        QVERIFY(index.isValid());
        auto* view = table(id);
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    }
    void pressInFocus(Qt::Key key) const {
        QVERIFY(QApplication::focusWidget() != nullptr);
        QTest::keyClick(QApplication::focusWidget(), key);
    }
    [[nodiscard]] QString trail(const char* id) const {
        const auto* bar = window().findChild<QWidget*>(QLatin1String(id));
        QString said;
        if (bar != nullptr && bar->isVisible()) {
            for (const auto* button : bar->findChildren<KeyButton*>()) {
                said += button->isVisible() ? button->text() + QLatin1Char('|') : QString();
            }
            said += bar->findChild<QLabel*>(QStringLiteral("trailHere"))->text();
        }
        return said;
    }
    [[nodiscard]] QString root() const {
        auto* tree = page("locks").findChild<BlockingView*>();
        return tree->currentIndex().siblingAtColumn(0).data().toString();
    }
    [[nodiscard]] bool at(const char* id) const { return window().currentPage() == QLatin1String(id); }
};

} // namespace

class TestRouteChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byOneKeyEach() {
        ChainBench bench;
        bench.fill();
        QTRY_VERIFY(bench.rows("routes") > 0);
        bench.awaitReadings(2);
        QTest::keyClick(&bench.window(), Qt::Key_S);
        QTRY_COMPARE(bench.rows("route_statements"), 2);
        // Of both instances together; the one whose sessions wait is chosen and marked.
        QCOMPARE(bench.current("route_statements"), QStringLiteral("projects_page"));
        const QString first = QStringLiteral("projects_page");
        QCOMPARE(bench.cell("route_statements", first, QStringLiteral("Run it now")).data().toString(),
                 QStringLiteral("2"));
        const auto waiting = bench.cell("route_statements", first, QStringLiteral("Wait for a lock"));
        QCOMPARE(waiting.data().toString(), QStringLiteral("1"));
        QCOMPARE(waiting.data(MarkRole).toInt(), int(Mark::Caution));
        QVERIFY(bench.cell("route_statements", first, QStringLiteral("Of its time"))
                    .data()
                    .toString()
                    .startsWith(QStringLiteral("75")));
        bench.picture("route-statements");

        bench.pressInFocus(Qt::Key_S);
        QTRY_VERIFY(bench.at("database"));
        QTRY_COMPARE(bench.rows("postgres.sessions"), 2);                    // not the idle one
        QCOMPARE(bench.current("postgres.sessions"), QStringLiteral("102")); // which waits
        QCOMPARE(
            bench.cell("postgres.sessions", QStringLiteral("102"), QStringLiteral("Blocked by")).data(MarkRole).toInt(),
            int(Mark::Caution));
        QVERIFY2(bench.trail("databaseTrail").startsWith(QStringLiteral("POST /v1/tasks|")),
                 qPrintable(bench.trail("databaseTrail")));
        QVERIFY(bench.trail("databaseTrail").contains(QStringLiteral("projects_page")));
        bench.picture("route-sessions");

        bench.pressInFocus(Qt::Key_W);
        QTRY_VERIFY(bench.at("locks"));
        QTRY_COMPARE(bench.root(), QStringLiteral("101 root"));
        QTRY_COMPARE(bench.trail("locksTrail"),
                     QStringLiteral("POST /v1/tasks|projects_page|\u203a session 102 waits for 101"));
        bench.picture("route-locks");

        // Back the same way.
        bench.pressInFocus(Qt::Key_U);
        QTRY_VERIFY(bench.at("database"));
        QTRY_COMPARE(bench.current("postgres.sessions"), QStringLiteral("102"));
        bench.pressInFocus(Qt::Key_U);
        QTRY_VERIFY(bench.at("latency"));
        QTRY_COMPARE(bench.current("route_statements"), QStringLiteral("projects_page"));
        bench.pressInFocus(Qt::Key_Escape);
        QTRY_VERIFY(bench.rows("routes") > 0);
    }

    void byEnterAndByOneClickEach() {
        for (const bool click : {false, true}) {
            ChainBench bench;
            bench.fill();
            QTRY_VERIFY(bench.rows("routes") > 0);
            bench.awaitReadings(2);
            const auto go = [&](const char* table, const QModelIndex& link) {
                if (click) {
                    bench.clickOn(table, link);
                } else {
                    bench.table(table)->setFocus();
                    bench.pressInFocus(Qt::Key_Return);
                }
            };
            bench.table("routes")->setCurrentIndex(bench.table("routes")->model()->index(0, 0));
            go("routes", bench.table("routes")->model()->index(0, 0));
            QTRY_COMPARE(bench.rows("route_statements"), 2);
            const auto statement =
                bench.cell("route_statements", QStringLiteral("projects_page"), QStringLiteral("Statement"));
            QVERIFY(statement.data(LinkRole).toBool());
            go("route_statements", statement);
            QTRY_COMPARE(bench.rows("postgres.sessions"), 2);
            const auto blocked = bench.cell("postgres.sessions", QStringLiteral("102"), QStringLiteral("Blocked by"));
            QVERIFY(blocked.data(LinkRole).toBool());
            QVERIFY(!bench.cell("postgres.sessions", QStringLiteral("103"), QStringLiteral("Blocked by"))
                         .data(LinkRole)
                         .toBool());
            go("postgres.sessions", blocked);
            QTRY_VERIFY(bench.at("locks"));
            QTRY_COMPARE(bench.root(), QStringLiteral("101 root"));
        }
    }

    void theWayIsForgottenByWhoComesByAnother() {
        ChainBench bench;
        bench.fill();
        QTRY_VERIFY(bench.rows("routes") > 0);
        bench.window().openTarget(
            QStringLiteral("locks"),
            withTrail(QStringLiteral("postgres/primary 102"), {QLatin1String(kRoute), QStringLiteral("projects_page"),
                                                               QLatin1String(kShape), QStringLiteral("102")}));
        QTRY_VERIFY(!bench.trail("locksTrail").isEmpty());
        bench.window().openPage(QStringLiteral("latency"));
        bench.window().openPage(QStringLiteral("locks"));
        QVERIFY(bench.trail("locksTrail").isEmpty());
    }

    void aRouteWithoutTellersSaysSo() {
        ChainBench bench;
        QTRY_VERIFY(bench.rows("routes") > 0);
        bench.awaitReadings(2);
        QTest::keyClick(&bench.window(), Qt::Key_S);
        const auto said = [&] {
            QString all;
            for (const auto* overlay : bench.page("latency").findChildren<StateOverlay*>()) {
                all += overlay->isVisible() ? overlay->spokenValue() : QString();
            }
            return all;
        };
        QTRY_VERIFY2(said().contains(QStringLiteral("route_statements")), qPrintable(said()));
        bench.picture("route-untold");
        // A comment in the statements of the database tells it, too.
        bench.stack->setTable(kPrimary, fakeTable("postgres.statements", {{{"query_id", "7"},
                                                                           {"database", "shop"},
                                                                           {"user", "app"},
                                                                           {"nested", 0.0},
                                                                           {"calls", 10.0},
                                                                           {"time", 1.0},
                                                                           {"route", "/v1/tasks"},
                                                                           {"shape", kShape},
                                                                           {"query", kText}}}));
        QTRY_COMPARE(bench.rows("route_statements"), 1);
    }
};

QTEST_MAIN(TestRouteChain)
#include "test_route_chain.moc"
