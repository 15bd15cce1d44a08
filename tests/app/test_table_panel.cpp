// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/table_order.h"
#include "app/pages/table_panel.h"
#include "tests/app/console_bench.h"
#include "widgets/situation_sentence.h"
#include "widgets/state_overlay.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

struct FakeSession {
    double pid;
    std::string application;
    double age;
    std::string query = "SELECT 1";
};

SnapshotTable sessions(const std::vector<FakeSession>& rows) {
    const auto& spec = *findTable("postgres.sessions");
    SnapshotTable table(spec);
    for (const auto& row : rows) {
        std::vector<binnacle::TableCell> cells(spec.columns.size());
        const auto put = [&](std::string_view column, binnacle::TableCell cell) {
            cells[*spec.column(column)] = std::move(cell);
        };
        put("pid", row.pid);
        put("backend_start", "2026-11-25T18:30:01.000000Z");
        put("application", row.application);
        put("session_age", row.age);
        put("query", row.query);
        table.add(std::move(cells));
    }
    return table;
}

TablePtr shared(SnapshotTable table) {
    return std::make_shared<const SnapshotTable>(std::move(table));
}

const std::vector<ShownColumn> kColumns = {{"pid"}, {"application"}, {"session_age"}, {"query"}, {"no_such_column"}};

/// A panel over the sessions of the fake primary, in the place of a page.
struct PanelBench : Bench {
    TablePanel* panel = nullptr;

    explicit PanelBench(std::vector<std::string> sources = {"postgres/primary"}) {
        open();
        TableLook look;
        look.title = QStringLiteral("Sessions");
        look.table = "postgres.sessions";
        look.columns = kColumns;
        look.none = QStringLiteral("No sessions");
        look.sortBy = "session_age";
        look.names = sources.size() > 1;
        const PageContext context{console->feed(),    window().time(),    console->stack(),
                                  console->control(), console->actions(), console->connections()};
        panel = new TablePanel(context, look, window().centralWidget());
        panel->setSources(std::move(sources));
        panel->setGeometry(204, 200, 1100, 400);
        panel->show();
        binnacle::applyTheme(*panel, Theme());
        QObject::connect(&console->feed(), &SnapshotFeed::pathRead, panel, &TablePanel::showReadings);
    }
    [[nodiscard]] QString cell(int row, int column) const {
        return panel->view()->model()->index(row, column).data().toString();
    }
    [[nodiscard]] int rows() const { return panel->view()->model()->rowCount(); }
    [[nodiscard]] QString head() const { return panel->findChild<SectionHead*>()->spokenValue(); }
    [[nodiscard]] StateOverlay& overlay() const { return *panel->findChild<StateOverlay*>(); }
    [[nodiscard]] QString words() const { return overlay().isVisible() ? overlay().spokenValue() : QString(); }
    [[nodiscard]] QPushButton* button() const { return overlay().findChild<QPushButton*>(); }
};

} // namespace

class TestTablePanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aModelChangesOnlyTheRowsThatChanged() {
        SnapshotTableModel model(*findTable("postgres.sessions"), kColumns, false);
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.columnCount(), 4);
        const auto first = shared(sessions({{1, "a", 5}, {2, "b", 6}, {3, "c", 7}, {4, "d", 8}}));
        model.showTables({{"postgres/primary", QStringLiteral("primary"), first}});
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QPersistentModelIndex fourth = model.index(3, 0);
        model.showTables({{"postgres/primary", QStringLiteral("primary"), first}});
        model.showTables({{"postgres/primary", QStringLiteral("primary"),
                           shared(sessions({{1, "a", 5}, {2, "b", 6}, {3, "c", 7}, {4, "d", 8}}))}});
        QCOMPARE(changed.count(), 0);
        model.showTables({{"postgres/primary", QStringLiteral("primary"),
                           shared(sessions({{9, "new", 1}, {4, "d", 8}, {1, "a", 9}}))}});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 0);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(fourth.row(), 1);
        QCOMPARE(fourth.data().toString(), QStringLiteral("4"));
        model.showTables({});
        QCOMPARE(model.rowCount(), 0);
    }

    void cellsAreWrittenByUnit_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("column");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const auto with = [](const char* digits, const char* unit) {
            return QString(QLatin1String(digits) + QChar(0x2009) + QLatin1String(unit));
        };
        QTest::addRow("pid") << "postgres.sessions"
                             << "pid" << 41907.0 << "41907";
        QTest::addRow("age") << "postgres.sessions"
                             << "xact_age" << 187.0 << ageText(187s);
        QTest::addRow("bytes") << "postgres.tables"
                               << "size" << 211e6 << with("211", "MB");
        QTest::addRow("share") << "postgres.tables"
                               << "dead_share" << 0.124 << with("12.4", "%");
        QTest::addRow("rate") << "postgres.statements"
                              << "calls_rate" << 212.0 << "212";
        QTest::addRow("load") << "postgres.statements"
                              << "time_rate" << 0.25 << with("250", "ms/s");
        QTest::addRow("count") << "postgres.statements"
                               << "calls" << 1204.0 << with("1", "204");
    }
    void cellsAreWrittenByUnit() {
        QFETCH(QString, table);
        QFETCH(QString, column);
        QFETCH(double, value);
        QFETCH(QString, text);
        const auto& spec = *findTable(table.toStdString());
        QCOMPARE(cellText(spec.columns[*spec.column(column.toStdString())], value), text);
        QCOMPARE(cellText(spec.columns.front(), std::monostate()), absentText());
    }

    void csvKeepsNumbersExactAndTextsHarmless() {
        SnapshotTableModel model(*findTable("postgres.sessions"), kColumns, false);
        model.showTables({{"postgres/primary", QStringLiteral("primary"),
                           shared(sessions({{7, "=cmd|' /C calc'!A0", 0.1, "SELECT \"a\",\n  1"}}))}});
        const int row = 0;
        const auto csv = model.csv({&row, 1});
        QVERIFY(csv.startsWith("source,read_at,pid,backend_start,xact_start,"));
        QVERIFY2(csv.contains(",session_age (s),"), csv.constData());
        QVERIFY2(csv.contains(",'=cmd|' /C calc'!A0,"), csv.constData());
        QVERIFY2(csv.contains(",\"SELECT \"\"a\"\",\n  1\"\r\n"), csv.constData());
        QVERIFY2(csv.contains(",0.1,"), csv.constData());
    }

    void showsRowsWithCountSourceAndAge() {
        PanelBench bench;
        auto table = sessions({{41907, "app-1", 5}, {41911, "app-2", 6}});
        table.omitted = 12;
        bench.stack->setTable("postgres/primary", table);
        QTRY_COMPARE(bench.rows(), 2);
        QCOMPARE(bench.cell(0, 0), QStringLiteral("41911")); // the oldest first
        QVERIFY2(bench.head().startsWith(QStringLiteral("2; 12 more are not read; primary, age ")),
                 qPrintable(bench.head()));
        QVERIFY(!bench.overlay().isVisible());
        bench.picture("table-live");
    }

    void aFilterAndAnOrderAndASelectionSurviveReadings() {
        PanelBench bench;
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}, {2, "app-2", 6}, {3, "job", 7}}));
        QTRY_COMPARE(bench.rows(), 3);
        QVERIFY(bench.panel->selectWhere([](const auto& t, std::size_t row) { return t.number(row, "pid") == 1; }));
        bench.panel->setFilterText(QStringLiteral("APP"));
        QCOMPARE(bench.rows(), 2);
        QVERIFY2(bench.head().startsWith(QStringLiteral("2 of 3")), qPrintable(bench.head()));
        bench.stack->setTable("postgres/primary", sessions({{4, "app-4", 1}, {1, "app-1", 9}, {2, "app-2", 8}}));
        QTRY_COMPARE(bench.rows(), 3);
        QTRY_COMPARE(bench.cell(0, 0), QStringLiteral("1"));
        QCOMPARE(bench.panel->selected()->number("pid"), 1.0);
        bench.panel->view()->setFocus();
        bench.stack->setTable("postgres/primary", sessions({{4, "app-4", 1}, {1, "app-1", 9}, {2, "app-2", 99}}));
        QTRY_COMPARE(bench.panel->model()->rowAt(bench.panel->model()->rowCount() - 1) ? 3 : 0, 3);
        bench.awaitReadings(4);
        QCOMPARE(bench.cell(0, 0), QStringLiteral("1")); // somebody reads: nothing moves
        bench.panel->setFilterText(QStringLiteral("nobody"));
        QTRY_VERIFY2(bench.words().contains(QStringLiteral("No row holds")), qPrintable(bench.words()));
    }

    void everyStateSaysWhatItIs() {
        PanelBench bench;
        QTRY_VERIFY2(bench.words().contains(QStringLiteral("Not read yet")), qPrintable(bench.words()));
        bench.stack->setTable("postgres/primary", sessions({}));
        QTRY_VERIFY2(bench.words().contains(QStringLiteral("No sessions")), qPrintable(bench.words()));
        auto refused = sessions({});
        refused.absentReason = "needs pg_monitor: GRANT pg_monitor TO console_ro";
        bench.stack->setTable("postgres/primary", refused);
        QTRY_VERIFY2(bench.words().contains(QStringLiteral("needs pg_monitor")), qPrintable(bench.words()));
        bench.picture("table-denied");
        QCOMPARE(bench.button()->text(), QStringLiteral("Copy GRANT"));
        bench.button()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("GRANT pg_monitor TO console_ro"));
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}}), std::chrono::steady_clock::now() - 3s);
        QTRY_VERIFY2(bench.head().contains(QStringLiteral("primary late, age")), qPrintable(bench.head()));
        QCOMPARE(bench.panel->model()->index(0, 0).data(InkRole).toInt(), int(Token::Ink3));
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}}), std::chrono::steady_clock::now() - 60s);
        QTRY_VERIFY2(bench.words().contains(QStringLiteral("No data since")), qPrintable(bench.words()));
        QCOMPARE(bench.rows(), 0);
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}}));
        QTRY_COMPARE(bench.rows(), 1);
        bench.stack->set("postgres/primary", Behaviour::Refuse);
        QTRY_VERIFY2(bench.words().contains(QStringLiteral("No data since")), qPrintable(bench.words()));
        QCOMPARE(bench.button()->text(), QStringLiteral("Retry now"));
        bench.picture("table-lost");
        bench.stack->set("postgres/primary", Behaviour::Garble);
        QTRY_COMPARE_WITH_TIMEOUT(bench.button()->text(), QStringLiteral("Copy report"), 10000);
        bench.button()->click();
        const auto report = QGuiApplication::clipboard()->text();
        QVERIFY2(report.contains(QStringLiteral("source: postgres/primary")), qPrintable(report));
        QVERIFY2(report.contains(QStringLiteral("\nsaid: ")), qPrintable(report));
    }

    void whoIsDeniedIsLedToTheConnections() {
        Bench bench;
        bench.open();
        QTRY_VERIFY_WITH_TIMEOUT(bench.live(), 10000);
        bench.stack->set("haproxy", Behaviour::Deny);
        bench.window().openPage(QStringLiteral("traffic"));
        QPushButton* shown = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto all = bench.window().page(QStringLiteral("traffic"))->findChildren<QPushButton*>();
                const auto found = std::ranges::find_if(all, [](const QPushButton* button) {
                    return button->isVisible() && button->text() == QStringLiteral("Connections\u2026");
                });
                shown = found == all.end() ? nullptr : *found;
                return shown != nullptr;
            }(),
            10000);
        shown->click();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("connections"));
    }

    void pausedItShowsThenForAsLongAsItIsLookedAt() {
        PanelBench bench;
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}}));
        QTRY_COMPARE(bench.rows(), 1);
        bench.window().time().pause();
        bench.panel->showReadings();
        QVERIFY2(bench.head().contains(QStringLiteral("as of")), qPrintable(bench.head()));
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}, {2, "app-2", 5}}));
        QTRY_COMPARE(
            bench.console->feed().store().source("postgres/primary")->snapshot->table("postgres.sessions")->rowCount(),
            std::size_t(2));
        bench.panel->showReadings();
        QCOMPARE(bench.rows(), 1);
        bench.window().time().showUntil(bench.console->feed().now() - 1h);
        bench.panel->showReadings();
        QVERIFY2(bench.words().contains(QStringLiteral("Nothing is kept")), qPrintable(bench.words()));
        bench.window().time().goLive();
        bench.panel->showReadings();
        QCOMPARE(bench.rows(), 2);
    }

    void whereNothingIsKeptTheRecordingIsOffered() {
        PanelBench bench;
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}}));
        QTRY_COMPARE(bench.rows(), 1);
        const auto& feed = bench.console->feed();
        auto& recording = bench.console->stack().recording();
        bench.window().time().showUntil(feed.now() - 20min);
        bench.panel->showReadings();
        QVERIFY2(bench.words().contains(QStringLiteral("nothing records this place")), qPrintable(bench.words()));
        QVERIFY(!bench.button()->isVisible());
        // The recorder began too late, or its oldest minutes are gone.
        int opened = 0;
        recording.open = [&opened] { ++opened; };
        recording.from = feed.utcNow() - 10min;
        bench.panel->showReadings();
        QVERIFY2(bench.words().contains(QStringLiteral("the recording begins at")), qPrintable(bench.words()));
        QVERIFY(!bench.button()->isVisible());
        recording.from = feed.utcNow() - 40min;
        bench.panel->showReadings();
        QVERIFY2(bench.words().contains(QStringLiteral("recording has them for longer")), qPrintable(bench.words()));
        QVERIFY(bench.button()->isVisible());
        QCOMPARE(bench.button()->text(), QStringLiteral("Replay from here (Shift+R)"));
        bench.picture("table-replay-from-here");
        bench.button()->setFocus();
        QTest::keyClick(bench.button(), Qt::Key_Space);
        QCOMPARE(opened, 1);
        // What is shown is a recording already.
        recording.open = {};
        recording.isReplay = true;
        bench.panel->showReadings();
        QVERIFY2(bench.words().contains(QStringLiteral("plays from there")), qPrintable(bench.words()));
        QVERIFY(!bench.button()->isVisible());
        bench.window().time().goLive();
        bench.panel->showReadings();
        QVERIFY(!bench.overlay().isVisible());
    }

    void severalSourcesAreToldApart() {
        PanelBench bench({"postgres/primary", "postgres/replica-1"});
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}}));
        bench.stack->setTable("postgres/replica-1", sessions({{1, "app-1", 4}}));
        QTRY_COMPARE(bench.rows(), 2);
        QCOMPARE(bench.cell(0, 0), QStringLiteral("primary"));
        QCOMPARE(bench.cell(1, 0), QStringLiteral("replica 1"));
        bench.stack->set("postgres/replica-1", Behaviour::Refuse);
        QTRY_COMPARE(bench.rows(), 1);
        QVERIFY2(bench.head().contains(QStringLiteral("replica 1 no data")), qPrintable(bench.head()));
    }

    void rowsAreCopiedAndSavedWithoutWaiting() {
        PanelBench bench;
        bench.stack->setTable("postgres/primary", sessions({{1, "app-1", 5}, {2, "app-2", 6}}));
        QTRY_COMPARE(bench.rows(), 2);
        bench.panel->view()->setCurrentIndex(bench.panel->view()->model()->index(0, 0));
        bench.panel->view()->setFocus();
        const QSignalSpy details(bench.panel, &TablePanel::detailsRequested);
        QTest::keyClick(bench.panel->view(), Qt::Key_Return);
        QCOMPARE(details.count(), 1);
        QTest::keyClick(bench.panel->view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().count(QStringLiteral("\r\n")), 2);
        QTest::keyClick(bench.panel->view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().count(QStringLiteral("\r\n")), 3);
        QVERIFY2(bench.head().contains(QStringLiteral("copied")), qPrintable(bench.head()));
        const auto file = bench.settings.filePath(QStringLiteral("sessions.csv"));
        bench.panel->saveCsv(file, bench.panel->csv());
        QTRY_VERIFY2(bench.head().contains(QStringLiteral("Saved as")), qPrintable(bench.head()));
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), bench.panel->csv());
        bench.panel->saveCsv(bench.settings.filePath(QStringLiteral("no/such/folder.csv")), bench.panel->csv());
        QTRY_VERIFY2(bench.head().contains(QStringLiteral("was not written")), qPrintable(bench.head()));
        QTest::keyClick(bench.panel->view(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(bench.panel->findChild<QLineEdit*>()->hasFocus());
    }
};

QTEST_MAIN(TestTablePanel)
#include "test_table_panel.moc"
