// SPDX-License-Identifier: GPL-3.0-or-later
// The pages Canary and Migrations in the real window, on a control plane that exists only in memory.
#include "app/controllers/action_controller.h"
#include "app/dialogs/action_dialog.h"
#include "app/feed/control_feed.h"
#include "tests/app/console_bench.h"
#include "widgets/environment_band.h"
#include "widgets/key_button.h"
#include "widgets/line_chart.h"
#include "widgets/navigation_rail.h"
#include "widgets/phase_bar.h"
#include "widgets/situation_sentence.h"
#include "widgets/stop_line.h"

#include <QAbstractButton>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;
using State = MigrationStatus::State;
using Phase = ActionDialog::Phase;

namespace {

MigrationStatus index(State state) {
    MigrationStatus out;
    out.id = "20261101120000_tasks_by_assignee";
    out.title = "Index tasks by assignee";
    out.table = "tasks";
    out.statement = "create index concurrently tasks_by_assignee on public.tasks (assignee_id);";
    out.revertStatement = "drop index concurrently public.tasks_by_assignee;";
    out.lock = "ShareUpdateExclusive on tasks: other schema changes wait, reads and writes do not";
    out.state = state;
    out.tableRows = 2'000'000;
    out.tableBytes = 410'000'000;
    return out;
}

MigrationStatus building(std::int64_t done) {
    auto out = index(State::Running);
    out.attempt = 1;
    out.startedAt = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    out.progress = MigrationProgress{"building index: scanning table", 3, 10, done, 8920, "blocks"};
    return out;
}

CohortShares cohorts() {
    CohortShares out;
    out.window = 200s;
    out.users = 2400;
    out.usersSharePercent = 10.4;
    out.requestsSharePercent = 9.8;
    out.age = 400ms;
    out.cohorts = {{"canary", {"app-3"}, {"1.1.0"}, 250, 1200}, {"stable", {"app-1", "app-2"}, {"1.0.0"}, 2150, 11000}};
    return out;
}

/// A console on one of the two pages whose control has answered.
struct PageBench : Bench {
    void openPage(const char* id, QSize size = {1600, 1000}) {
        LaunchOptions options;
        options.page = QLatin1String(id);
        options.size = size;
        open(options);
        QTRY_VERIFY(live() && console->control().hasView());
        QTRY_VERIFY(window().page(QLatin1String(id))->isVisible());
    }
    [[nodiscard]] QWidget& shown() const { return *window().page(window().currentPage()); }
    [[nodiscard]] FakeControl& control() const { return *stack->control(); }
    [[nodiscard]] ActionDialog* dialog() const { return console->actions().dialog(); }
    [[nodiscard]] bool in(Phase phase) const { return dialog() != nullptr && dialog()->phase() == phase; }
    [[nodiscard]] QString sentence() const { return shown().findChild<SituationSentence*>()->spokenValue(); }
    [[nodiscard]] QAbstractButton* button(const char* name) const {
        return shown().findChild<QAbstractButton*>(QLatin1String(name));
    }
    [[nodiscard]] QString wanted() const {
        return shown().findChild<KpiTile*>(QStringLiteral("shareWanted"))->spokenValue();
    }
    [[nodiscard]] QTableView* table(const char* name) const {
        return shown().findChild<QTableView*>(QLatin1String(name));
    }
    [[nodiscard]] QString cellsOf(const char* name) const {
        QStringList out;
        const auto* model = table(name)->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                out << model->index(row, column).data(Qt::AccessibleTextRole).toString();
            }
        }
        return out.join(QLatin1Char('|'));
    }
    void press(const char* name) const { QTest::keyClick(button(name), Qt::Key_Space); }
    [[nodiscard]] QString target() const {
        return dialog()->findChild<QWidget*>(QStringLiteral("target"))->accessibleDescription();
    }
    [[nodiscard]] QString environment() const { return dialog()->findChild<EnvironmentBand*>()->spokenValue(); }
    void confirm() const {
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("a test"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(in(Phase::Done));
    }
    void dismiss() const {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(dialog() == nullptr);
    }
    void showMigrations(std::vector<MigrationStatus> rows) const {
        control().change([rows = std::move(rows)](ControlView& view) {
            view.migrations = {rows, 200ms, {}};
            view.may["stop_migration"] = view.role != "viewer";
        });
    }
    [[nodiscard]] std::string lastAction() const {
        const auto entries = control().entries(FakeControl::kWriter);
        return entries.empty() ? std::string() : entries.back().action;
    }
};

} // namespace

class TestSteeringPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStopOpensThePreviewAndUndoBringsTheShareBack() {
        PageBench bench;
        bench.control().change([](ControlView& view) { view.cohorts = cohorts(); });
        bench.openPage("canary");
        QTRY_VERIFY(bench.wanted().contains(QStringLiteral("10")));
        QVERIFY(!bench.button("stop.10")->isEnabled()); // in force already
        QVERIFY2(bench.sentence().contains(QStringLiteral("10\u2009% of users go to the canary")),
                 qPrintable(bench.sentence()));
        QTest::keyClick(bench.button("stop.5"), Qt::Key_Return);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY2(bench.environment().contains(QStringLiteral("bundled stack in memory")),
                 qPrintable(bench.environment()));
        QVERIFY2(!bench.target().isEmpty(), "the dialog names its target");
        QVERIFY(bench.dialog()->windowTitle().contains(QStringLiteral("5")));
        QCOMPARE(bench.control().acts(), 0);
        bench.confirm();
        QCOMPARE(bench.control().percent(), 5.0);
        bench.dismiss();
        QTRY_VERIFY(!bench.button("stop.5")->isEnabled() && bench.button("stop.10")->isEnabled());
        QVERIFY2(bench.sentence().contains(QStringLiteral("a test")), qPrintable(bench.sentence()));
        QTRY_COMPARE(qobject_cast<KeyButton*>(bench.button("undoShare"))->text(), QStringLiteral("Undo #1\u2026"));
        bench.press("undoShare");
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QCOMPARE(bench.control().percent(), 10.0);
        bench.dismiss();
        bench.picture("canary");
    }

    void anotherShareIsReadOrRefusedWithWhatToWrite() {
        PageBench bench;
        bench.openPage("canary");
        auto* field = bench.shown().findChild<QLineEdit*>(QStringLiteral("otherShare"));
        auto* wrong = bench.shown().findChild<QLabel*>(QStringLiteral("otherShareWrong"));
        QTRY_VERIFY(field->isEnabled());
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("120"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(wrong->text().contains(QStringLiteral("0 to 100")), qPrintable(wrong->text()));
        QVERIFY(bench.dialog() == nullptr);
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("2.5"));
        QVERIFY(wrong->text().isEmpty());
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QCOMPARE(bench.control().percent(), 2.5);
        bench.dismiss();
        QTRY_VERIFY2(bench.wanted().contains(QStringLiteral("2.5")), qPrintable(bench.wanted()));
    }

    void theKeyAAsksForNoShareAtAll() {
        PageBench bench;
        bench.openPage("canary");
        QTest::keyClick(&bench.window(), Qt::Key_A);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QCOMPARE(bench.control().percent(), 0.0);
        bench.dismiss();
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("No user goes to the canary")));
        bench.window().openPage(QStringLiteral("overview"));
        QTest::keyClick(&bench.window(), Qt::Key_A);
        QVERIFY(bench.dialog() == nullptr); // the key belongs to the page
    }

    void theSplitStandsBesideWhatIsWanted() {
        PageBench bench;
        bench.control().change([](ControlView& view) { view.cohorts = cohorts(); });
        bench.openPage("canary");
        QTRY_VERIFY2(bench.cellsOf("cohorts").contains(QStringLiteral("+0.40 points to wanted")),
                     qPrintable(bench.cellsOf("cohorts")));
        for (const auto* part : {"10.4", "chance alone", "app-1, app-2", "app-3", "2\u2009150"}) {
            QVERIFY2(bench.cellsOf("cohorts").contains(QString::fromUtf8(part)), part);
        }
        QTRY_VERIFY(bench.cellsOf("cohorts").contains(QStringLiteral("ms")));
    }

    void aViewerReadsAndIsToldWhichRoleIsMissing() {
        PageBench bench;
        bench.control().setRole("viewer");
        bench.openPage("canary");
        QTRY_VERIFY(!bench.button("stop.5")->isEnabled());
        QTRY_VERIFY2(bench.button("setOtherShare")->text().contains(QStringLiteral("operator")),
                     qPrintable(bench.button("setOtherShare")->text()));
        QVERIFY(!bench.button("setOtherShare")->isEnabled());
        QVERIFY(!bench.button("undoShare")->isEnabled());
        QVERIFY(bench.button("abortCanary")->isEnabled()); // the way out is never barred
        bench.picture("canary-viewer");
        bench.showMigrations({index(State::Pending)});
        bench.window().openPage(QStringLiteral("migrations"));
        QTRY_VERIFY2(bench.button("applyMigration")->text().contains(QStringLiteral("admin")),
                     qPrintable(bench.button("applyMigration")->text()));
        QVERIFY(!bench.button("applyMigration")->isEnabled());
    }

    void withControlGoneTheShareIsADashAndHaproxyStillSpeaks() {
        PageBench bench;
        bench.openPage("canary");
        QTRY_VERIFY(bench.wanted().contains(QStringLiteral("10")));
        bench.control().set(Behaviour::Refuse);
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("Control does not answer")),
                     qPrintable(bench.sentence()));
        QVERIFY2(bench.wanted().startsWith(absentText()), qPrintable(bench.wanted()));
        const auto line = bench.shown().findChild<StopLine*>()->spokenValue();
        QVERIFY2(line.contains(QStringLiteral("HAProxy has 10")), qPrintable(line));
        QVERIFY(bench.button("stop.5")->isEnabled()); // the share still changes, past control
        bench.picture("canary-lost");
        bench.control().set(Behaviour::Answer);
        QTRY_VERIFY(bench.wanted().contains(QStringLiteral("10")));
    }

    void aControlThatHangsIsLateThenLost() {
        PageBench bench;
        bench.showMigrations({building(100)});
        bench.openPage("migrations");
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("it runs")));
        QElapsedTimer since;
        since.start();
        bench.control().set(Behaviour::Hang);
        QTRY_VERIFY_WITH_TIMEOUT(bench.console->control().state() == SourceState::Late, 2500);
        QVERIFY(since.elapsed() < 2500);
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("Control does not answer")),
                     qPrintable(bench.sentence()));
        QTRY_VERIFY2(bench.cellsOf("migrations").contains(QStringLiteral("not known")),
                     qPrintable(bench.cellsOf("migrations")));
        const auto* phases = bench.shown().findChild<PhaseBar*>();
        QVERIFY2(!phases->spokenValue().contains(QStringLiteral("blocks")), qPrintable(phases->spokenValue()));
        QVERIFY(!bench.button("stopMigration")->isEnabled());
        bench.picture("migrations-lost");
    }

    void aMigrationIsAppliedWatchedAndTakenBack() {
        PageBench bench;
        bench.showMigrations({index(State::Pending)});
        bench.openPage("migrations");
        QTRY_VERIFY(bench.button("applyMigration")->isEnabled());
        QVERIFY2(bench.button("stopMigration")->text().contains(QStringLiteral("not running")),
                 qPrintable(bench.button("stopMigration")->text()));
        QVERIFY(bench.shown()
                    .findChild<QPlainTextEdit*>(QStringLiteral("expandStatement"))
                    ->toPlainText()
                    .contains(QStringLiteral("concurrently")));
        bench.press("applyMigration");
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY2(bench.target().contains(QStringLiteral("tasks")), qPrintable(bench.target()));
        bench.confirm();
        QCOMPARE(bench.lastAction(), std::string("apply_migration"));
        QCOMPARE(textOf(bench.control().entries(FakeControl::kWriter).front().parameters, "id"),
                 index(State::Pending).id);
        bench.dismiss();

        bench.showMigrations({building(1204)});
        const auto* phases = bench.shown().findChild<PhaseBar*>();
        QTRY_VERIFY2(phases->spokenValue().contains(QStringLiteral("1\u2009204 of 8\u2009920 blocks")),
                     qPrintable(phases->spokenValue()));
        QVERIFY(!bench.button("applyMigration")->isEnabled());
        bench.showMigrations({building(4460)});
        QTRY_VERIFY2(phases->spokenValue().contains(QStringLiteral("50")), qPrintable(phases->spokenValue()));
        bench.picture("migrations-running");

        auto applied = index(State::Applied);
        applied.reference = "1";
        applied.indexBytes = 61'000'000;
        bench.showMigrations({applied});
        QTRY_VERIFY(bench.button("undoMigration")->isEnabled());
        QVERIFY(bench.sentence().contains(QStringLiteral("applied")));
        bench.picture("migrations-applied");
        bench.press("undoMigration");
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QCOMPARE(bench.control().migrationState(), std::string("pending"));
        bench.dismiss();
    }

    void aMigrationOfUnknownStateShowsNoZeros() {
        PageBench bench;
        auto unknown = index(State::Unknown);
        unknown.tableRows = unknown.tableBytes = 0;
        bench.control().change([unknown](ControlView& view) { view.migrations = {{unknown}, {}, {}}; });
        bench.openPage("migrations");
        QTRY_COMPARE(bench.table("migrations")->model()->rowCount(), 1);
        for (const auto* tile : bench.shown().findChildren<KpiTile*>()) {
            QVERIFY2(tile->spokenValue().startsWith(absentText()), qPrintable(tile->spokenValue()));
        }
    }

    void whatControlReadLongAgoIsLateThenNotKnown() {
        PageBench bench;
        bench.showMigrations({building(1204)});
        bench.openPage("migrations");
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("it runs")));
        const auto* rows = bench.shown().findChild<KpiTile*>();
        bench.control().change([](ControlView& view) { view.migrations->age = 6s; });
        QTRY_VERIFY2(rows->spokenValue().contains(QStringLiteral("late")), qPrintable(rows->spokenValue()));
        bench.control().change([](ControlView& view) { view.migrations->age = 25s; });
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("has not read the primary for 25")),
                     qPrintable(bench.sentence()));
        QVERIFY2(bench.cellsOf("migrations").contains(QStringLiteral("not known")),
                 qPrintable(bench.cellsOf("migrations")));
        QVERIFY2(rows->spokenValue().startsWith(absentText()), qPrintable(rows->spokenValue()));
        bench.picture("migrations-long-ago");
    }

    void whoBlocksIsNamedAndStopAsks() {
        PageBench bench;
        auto waiting = building(0);
        waiting.state = State::Waiting;
        waiting.progress->phase = "waiting for writers before build";
        waiting.progress->phaseNumber = 2;
        waiting.progress->done = 0;
        waiting.progress->total = 1;
        waiting.progress->unit = "lockers";
        waiting.blockers = {{4711, "svc_orders", "psql", "idle in transaction", "update tasks set title = ?", 184s}};
        bench.showMigrations({waiting});
        bench.openPage("migrations");
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("waits for 1 session")), qPrintable(bench.sentence()));
        for (const auto* part : {"4711", "svc_orders", "psql", "3:04", "idle in transaction: update tasks"}) {
            QVERIFY2(bench.cellsOf("blockers").contains(QLatin1String(part)), qPrintable(bench.cellsOf("blockers")));
        }
        QVERIFY(bench.shown().findChild<PhaseBar*>()->spokenValue().contains(QStringLiteral("waits")));
        bench.picture("migrations-blocked");
        QVERIFY(bench.button("stopMigration")->isEnabled());
        bench.press("stopMigration");
        QTRY_VERIFY(bench.dialog() != nullptr);
        QTRY_VERIFY(bench.in(Phase::Preview) || bench.in(Phase::Unreadable));
        bench.dismiss();

        auto stopped = index(State::Stopped);
        stopped.message = "Stopped by m.okafor; the half-built index is dropped.";
        bench.showMigrations({stopped});
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("stopped and cleaned up")));
        QVERIFY(bench.button("applyMigration")->isEnabled());
        QTRY_COMPARE(bench.table("blockers")->model()->rowCount(), 0);
    }

    void beforeAnythingWasDoneTheNextStepIsTold() {
        PageBench bench;
        auto fresh = index(State::Pending);
        fresh.tableRows = 1200;
        bench.showMigrations({fresh});
        bench.openPage("migrations");
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("binnacle-load seed --rows 500000")),
                     qPrintable(bench.sentence()));
        bench.picture("migrations-empty");
        bench.control().change([](ControlView& view) { view.migrations.reset(); });
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("runs no migrations")));
        QVERIFY(!bench.button("applyMigration")->isEnabled());
    }

    void pausedTheyShowThenAndBeforeTheirTimeNothing() {
        PageBench bench;
        bench.showMigrations({building(1204)});
        bench.openPage("migrations");
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("it runs")));
        bench.awaitReadings(4); // two a second, and what is kept of the past is a second apart
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        QCOMPARE(bench.window().time().mode(), TimeContext::Mode::Paused);
        bench.showMigrations({index(State::Applied)});
        QTRY_VERIFY(bench.window().time().behind() > 1500ms);
        QVERIFY2(bench.sentence().contains(QStringLiteral("it runs")), qPrintable(bench.sentence()));
        QVERIFY2(bench.sentence().contains(QStringLiteral("as of")), qPrintable(bench.sentence()));
        bench.window().time().showUntil(bench.console->feed().now() - std::chrono::minutes(30));
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("Nothing is kept")), qPrintable(bench.sentence()));
        QCOMPARE(bench.table("migrations")->model()->rowCount(), 0);
        bench.window().openPage(QStringLiteral("canary"));
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("Nothing is kept")));
        bench.picture("canary-nothing-kept");
    }

    void pausedAtAnotherShareTheStopsAskForWhatIsNotInForceNow() {
        PageBench bench;
        bench.openPage("canary");
        QTRY_VERIFY(bench.wanted().contains(QStringLiteral("10")));
        bench.awaitReadings(2);
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        bench.control().actAs("j.doe", "set_canary_share", {{"percent", std::int64_t{5}}});
        QTRY_VERIFY(bench.button("stop.10")->isEnabled());
        QVERIFY(!bench.button("stop.5")->isEnabled());
        QVERIFY2(bench.wanted().contains(QStringLiteral("10")), qPrintable(bench.wanted()));
        QCOMPARE(bench.button("undoShare")->text(), QStringLiteral("Undo #1\u2026"));
        bench.picture("canary-paused-at-another-share");
    }

    void pagesOpenByKeyAndTheRailTellsThem() {
        PageBench bench;
        bench.showMigrations({building(1204)});
        bench.openPage("overview");
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_N);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("canary"));
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_M);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("migrations"));
    }

    void hiddenPagesPaintNothing() {
        PageBench bench;
        bench.showMigrations({building(1204)});
        bench.openPage("migrations");
        auto* chart = bench.shown().findChild<LineChart*>();
        QTRY_VERIFY(chart->paintCount() > 0);
        bench.window().openPage(QStringLiteral("overview"));
        bench.awaitReadings(1);
        const auto painted = chart->paintCount();
        const auto other = bench.tile("Requests")->paintCount();
        QTRY_VERIFY(bench.tile("Requests")->paintCount() > other + 2);
        QCOMPARE(chart->paintCount(), painted);
    }

    void hostileTextsStayPlainAndKeepTheLayout_data() {
        QTest::addColumn<int>("direction");
        QTest::addRow("left to right") << int(Qt::LeftToRight);
        QTest::addRow("right to left") << int(Qt::RightToLeft);
    }
    void hostileTextsStayPlainAndKeepTheLayout() {
        QFETCH(int, direction);
        const std::string hostile =
            "<b>x</b>\n\t\x1b[31m<img src=file:///etc/passwd>\xe2\x80\xae" + std::string(3000, 'W');
        PageBench bench;
        auto bad = building(1204);
        bad.id = bad.title = bad.table = bad.message = bad.lock = bad.statement = bad.revertStatement = hostile;
        bad.progress->phase = bad.progress->unit = hostile;
        bad.state = State::Waiting;
        bad.blockers = {{1, hostile, hostile, hostile, hostile, 1s}};
        auto split = cohorts();
        split.problem = hostile;
        bench.showMigrations({bad});
        bench.control().change([split](ControlView& view) { view.cohorts = split; });
        bench.stack->setVersion(hostile);
        QGuiApplication::setLayoutDirection(static_cast<Qt::LayoutDirection>(direction));
        bench.openPage("migrations", {1280, 800});
        QTRY_COMPARE(bench.table("migrations")->model()->rowCount(), 1);
        QVERIFY(!bench.sentence().contains(QLatin1Char('\n')));
        QTest::qWait(qEnvironmentVariableIntValue("BINNACLE_TEST_PICTURE_AFTER_MS"));
        bench.picture(direction == Qt::RightToLeft ? "hostile-migrations-rtl" : "hostile-migrations");
        bench.window().openPage(QStringLiteral("canary"));
        bench.awaitReadings(1);
        QCOMPARE(bench.window().size(), QSize(1280, 800));
        bench.picture(direction == Qt::RightToLeft ? "hostile-canary-rtl" : "hostile-canary");
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }
};

QTEST_MAIN(TestSteeringPages)
#include "test_steering_pages.moc"
