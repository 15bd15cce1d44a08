// SPDX-License-Identifier: GPL-3.0-or-later
// The acts of the console through the real window, by keyboard alone, on a control plane that exists only in memory.
#include "app/controllers/action_controller.h"
#include "app/dialogs/action_dialog.h"
#include "app/dialogs/lease_choice.h"
#include "app/dialogs/typed_confirmation.h"
#include "app/notice_bar.h"
#include "tests/app/console_bench.h"
#include "widgets/act_stages.h"
#include "widgets/environment_band.h"
#include "widgets/key_button.h"
#include "widgets/now_after_table.h"
#include "widgets/sql_view.h"
#include "widgets/status_line.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

using Phase = ActionDialog::Phase;

const Values kLevel1{{"level", std::int64_t{1}}};
const Values kLevel2{{"level", std::int64_t{2}}};
const Values kLevel3{{"level", std::int64_t{3}}};
const Values kPool{{"pool", std::string("orders")}};

/// A console whose control has answered.
struct ActBench : Bench {
    void openReady() {
        open();
        QTRY_VERIFY(live() && console->control().hasView());
    }
    [[nodiscard]] ActionController& actions() const { return console->actions(); }
    [[nodiscard]] ActionDialog* dialog() const { return actions().dialog(); }
    [[nodiscard]] FakeControl& control() const { return *stack->control(); }
    [[nodiscard]] bool in(Phase phase) const { return dialog() != nullptr && dialog()->phase() == phase; }
    [[nodiscard]] QString described(const char* name) const {
        const auto* widget = dialog()->findChild<QWidget*>(QLatin1String(name));
        return widget != nullptr ? widget->accessibleDescription() : QString();
    }
    [[nodiscard]] QString message() const {
        const auto* label = dialog()->findChild<QLabel*>(QStringLiteral("message"));
        return label->isHidden() ? QString() : label->text();
    }
    [[nodiscard]] QString stages() const { return dialog()->findChild<ActStages*>()->spokenValue(); }
    [[nodiscard]] KeyButton* button(const char* name) const {
        return dialog()->findChild<KeyButton*>(QLatin1String(name));
    }
    [[nodiscard]] QString ended() const {
        return window().findChild<NoticeBar*>(QStringLiteral("endedActs"))->notice();
    }
    /// What a person does who has read the dialog: the reason, then Ctrl+Enter.
    void confirm(const char* reason = "a test") const {
        QTest::keyClicks(QApplication::focusWidget(), QLatin1String(reason));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    }
};

} // namespace

class TestConsoleActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDialogNamesTargetEnvironmentAndBlastRadius() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY2(bench.described("target").contains(QStringLiteral("app-1, app-2, app-3")),
                 qPrintable(bench.described("target")));
        const auto environment = bench.dialog()->findChild<EnvironmentBand*>()->spokenValue();
        QVERIFY2(environment.contains(QStringLiteral("Development")) &&
                     environment.contains(QStringLiteral("bundled stack in memory")),
                 qPrintable(environment));
        QVERIFY2(bench.described("affects").contains(QStringLiteral("3 instances")),
                 qPrintable(bench.described("affects")));
        QVERIFY(!bench.dialog()->findChild<SqlView*>()->isVisible());
        QVERIFY(bench.described("undo").contains(QStringLiteral("Possible")));
        QVERIFY(bench.described("otherwise").contains(QStringLiteral("Ends at")));
        QVERIFY(bench.dialog()->windowTitle().contains(QStringLiteral("Set degradation level 2 on 3 instances")));
        QCOMPARE(bench.button("confirm")->text(), QStringLiteral("Set level 2"));
        QCOMPARE(bench.button("keep")->text(), QStringLiteral("Keep level 0"));
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("reason"));
        bench.picture("dialog");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(bench.dialog() == nullptr);
        QCOMPARE(bench.control().acts(), 0);
    }

    void enterAloneNeverConfirmsAndAReasonIsRequired() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(bench.in(Phase::Preview));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("queue grows"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        bench.button("confirm")->setFocus();
        QTest::keyClick(bench.button("confirm"), Qt::Key_Return);
        QVERIFY(bench.in(Phase::Preview));
        QCOMPARE(bench.control().acts(), 0);
    }

    void aLevelIsSetObservedAndTakenBackByKeyboard() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm("INC-41: pool saturated");
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().level(), 2);
        QTRY_VERIFY2(bench.stages().contains(QStringLiteral("accepted by control, #1, done")) &&
                         bench.stages().contains(QStringLiteral("observed")),
                     qPrintable(bench.stages()));
        bench.picture("dialog-done");
        const auto entries = bench.control().entries(FakeControl::kWriter);
        QCOMPARE(entries.front().reason, std::string("INC-41: pool saturated"));
        // Ctrl+Z in the dialog opens the way back, which is previewed like everything else.
        QTest::keyClick(bench.dialog(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY2(bench.dialog()->windowTitle().startsWith(QStringLiteral("Take back #1")),
                 qPrintable(bench.dialog()->windowTitle()));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().level(), 0);
        QCOMPARE(bench.control().acts(), 2);
    }

    void theLastActIsTakenBackFromTheWindow() {
        ActBench bench;
        bench.openReady();
        bench.control().actAs("j.doe", "set_canary_share", {{"percent", std::int64_t{25}}});
        QTRY_COMPARE(bench.actions().lastUndoable(), QStringLiteral("1"));
        QTest::keyClick(&bench.window(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().percent(), 10.0);
    }

    void aMigrationIsAppliedAndTakenBack() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("apply_migration"), {{"id", std::string("20261101120000_tasks")}});
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY(bench.described("target").contains(QStringLiteral("table tasks")));
        const auto* statement = bench.dialog()->findChild<SqlView*>(QStringLiteral("statement"));
        QVERIFY(statement->isVisible());
        QCOMPARE(statement->toPlainText(), QStringLiteral("CREATE INDEX CONCURRENTLY tasks_done ON tasks (done)"));
        const auto touches = bench.dialog()->findChild<QLabel*>(QStringLiteral("touches"))->text();
        QVERIFY2(touches.contains(QStringLiteral("SHARE UPDATE EXCLUSIVE")) &&
                     touches.contains(QStringLiteral("table 612")) && !touches.contains(QStringLiteral("indexes")),
                 qPrintable(touches));
        bench.picture("dialog-migration");
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().migrationState(), std::string("applied"));
        bench.dialog()->reject();
        bench.actions().requestUndo(QStringLiteral("1"));
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().migrationState(), std::string("pending"));
    }

    void pressingTwiceActsOnce() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTest::keyClick(bench.dialog(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.in(Phase::Done));
        QTest::keyClick(bench.dialog(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.control().acts(), 1);
    }

    void whatSomebodyElseDidMeanwhileIsShownAndNotOverwritten() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.control().actAs("j.doe", "set_degradation_level", kLevel1);
        // Confirmed before the window could know: control refuses, and says who and what.
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Refused));
        QVERIFY2(bench.message().contains(QStringLiteral("j.doe")), qPrintable(bench.message()));
        QCOMPARE(bench.control().level(), 1);
        bench.picture("dialog-refused");
        QTest::keyClick(bench.dialog(), Qt::Key_F5);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QCOMPARE(bench.button("keep")->text(), QStringLiteral("Keep level 1"));
    }

    void aReadingThatComesAfterConfirmingLeavesReadAgainAlive() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.control().holdPreviews(true);
        bench.control().actAs("j.doe", "set_degradation_level", kLevel1);
        QTRY_COMPARE(bench.control().waiting(), 1);
        bench.confirm();
        QVERIFY(bench.in(Phase::Acting));
        bench.control().holdPreviews(false);
        QTRY_VERIFY(bench.in(Phase::Refused));
        QTest::keyClick(bench.dialog(), Qt::Key_F5);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QCOMPARE(bench.button("keep")->text(), QStringLiteral("Keep level 1"));
    }

    void anActGoesTheWayOfThePreviewThatIsShown() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        // The next reading, still under way when this one is confirmed, goes by break-glass.
        bench.control().holdPreviews(true);
        bench.control().set(Behaviour::Refuse);
        QTRY_COMPARE(bench.control().waiting(), 1);
        bench.confirm();
        QVERIFY(bench.in(Phase::Acting));
        bench.control().holdPreviews(false);
        QTRY_VERIFY(bench.in(Phase::Refused));
        QCOMPARE(bench.control().acts(), 0);
        QVERIFY(bench.control().entries(FakeControl::kGlassWriter).empty());
    }

    void aChangeUnderTheOpenDialogIsReadAgainAndSaid() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.control().actAs("j.doe", "set_degradation_level", kLevel1);
        QTRY_VERIFY(bench.message().contains(QStringLiteral("changed while you looked")));
        QCOMPARE(bench.button("keep")->text(), QStringLiteral("Keep level 1"));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("yes"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.control().acts(), 1); // the final button rests for a moment
        QTRY_VERIFY(bench.button("confirm")->isEnabled());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().level(), 2);
    }

    void countsThatJitterMoveNothing() {
        ActBench bench;
        bench.openReady();
        bench.control().setClientsWaiting(3);
        bench.actions().request(QStringLiteral("pause_pool"), kPool);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("rehearsal"));
        QVERIFY(bench.button("confirm")->isEnabled());
        bench.control().setClientsWaiting(9);
        bench.control().actAs("j.doe", "set_canary_share", {{"percent", std::int64_t{25}}}); // lets it be read again
        QTRY_VERIFY(bench.described("warnings").contains(QStringLiteral("9 clients")));
        QVERIFY2(bench.message().isEmpty(), qPrintable(bench.message()));
        QVERIFY(bench.button("confirm")->isEnabled());
        // What is guarded moves: it is said, and no longer once it stands still again.
        bench.control().actAs("j.doe", "pause_pool", kPool);
        QTRY_VERIFY(bench.message().contains(QStringLiteral("changed while you looked")));
        QVERIFY(!bench.button("confirm")->isEnabled());
        bench.control().setClientsWaiting(4);
        QTRY_VERIFY(bench.message().isEmpty());
        QVERIFY(bench.described("warnings").contains(QStringLiteral("4 clients")));
        QVERIFY(bench.button("confirm")->isEnabled());
    }

    void productionAsksForTheNameOfWhatIsGrave() {
        ActBench bench;
        bench.openReady();
        bench.actions().setWindow(&bench.window(), Environment::Production);
        bench.actions().request(QStringLiteral("terminate_session"),
                                {{"server", std::string("primary")},
                                 {"pid", std::int64_t{41907}},
                                 {"backend_start", std::string("2026-11-30T18:30:01.123456Z")}});
        QTRY_VERIFY(bench.in(Phase::Preview));
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("reason"));
        bench.confirm("blocks all");
        QVERIFY(bench.in(Phase::Preview));
        QVERIFY2(bench.described("confirm").contains(QStringLiteral("41907")), qPrintable(bench.described("confirm")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("typed"));
        QVERIFY(QApplication::focusWidget()->accessibleName().contains(QStringLiteral("41907")));
        bench.confirm("4190");
        QVERIFY(bench.in(Phase::Preview));
        bench.picture("dialog-production");
        bench.confirm("7");
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().acts(), 1);
    }

    void whatIsNotGraveIsTheSameInProduction() {
        ActBench bench;
        bench.openReady();
        bench.actions().setWindow(&bench.window(), Environment::Production);
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
    }

    void whichActsAreGrave() {
        QStringList grave;
        for (const auto& entry : actionCatalogue()) {
            ActionPreview preview;
            preview.action = entry.spec.id;
            preview.risk = entry.spec.risk;
            preview.reversibility = entry.spec.reversibility;
            for (const auto& parameter : entry.spec.parameters) {
                preview.parameters.emplace(parameter.name, "a " + parameter.name);
            }
            QVERIFY(wordToType(preview, Environment::Staging).isEmpty());
            QVERIFY(wordToType(preview, Environment::Development).isEmpty());
            if (const auto word = wordToType(preview, Environment::Production); !word.isEmpty()) {
                grave << QString::fromStdString(entry.spec.id) + QStringLiteral(": ") + word;
            }
            preview.typeToConfirm = "emergency"; // control's own word is asked for instead, everywhere
            QCOMPARE(wordToType(preview, Environment::Production), QStringLiteral("emergency"));
            QCOMPARE(wordToType(preview, Environment::Development), QStringLiteral("emergency"));
        }
        QCOMPARE(grave, (QStringList{QStringLiteral("cancel_query: a pid"), QStringLiteral("terminate_session: a pid"),
                                     QStringLiteral("pause_pool: a pool")}));
        ActionPreview nameless;
        nameless.action = "something_new";
        nameless.risk = Risk::High;
        QCOMPARE(wordToType(nameless, Environment::Production), QStringLiteral("something_new"));
    }

    void theLeaseIsChosenInTheDialogAndPreviewedAnew() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("queue grows"));
        QVERIFY(bench.button("confirm")->isEnabled());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab, Qt::ShiftModifier);
        auto* leases = qobject_cast<SegmentedControl*>(QApplication::focusWidget());
        QVERIFY(leases != nullptr);
        QVERIFY(!leases->accessibleName().isEmpty());
        QVERIFY2(leases->accessibleDescription().startsWith(QStringLiteral("30 min, 3 of 4")), // as without a choice
                 qPrintable(leases->accessibleDescription()));
        const auto until = bench.described("otherwise");
        bench.control().holdPreviews(true);
        QTest::keyClick(leases, Qt::Key_Left);
        QTest::keyClick(leases, Qt::Key_Left);
        QVERIFY2(!bench.button("confirm")->isEnabled(), "what is shown is of another lease");
        QTest::keyClick(leases, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(bench.in(Phase::Preview));
        bench.control().holdPreviews(false);
        QTRY_VERIFY(bench.button("confirm")->isEnabled());
        QCOMPARE(leases->accessibleDescription(), QStringLiteral("5 min, 1 of 4"));
        QVERIFY(bench.described("otherwise") != until);
        QVERIFY(bench.message().isEmpty()); // the operator's own wish is no surprise
        bench.picture("dialog-lease");
        QTest::keyClick(leases, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(*integerOf(bench.control().entries(FakeControl::kWriter).front().parameters, "lease_s"), 300);
        // What was left of it is not asked for again.
        bench.dialog()->reject();
        bench.actions().requestUndo(QStringLiteral("1"));
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY(!bench.dialog()->findChild<QWidget*>(QStringLiteral("leases"))->isVisible());
    }

    void whatLeasesAreOffered() {
        ActionPreview preview;
        preview.action = "pause_pool";
        preview.parameters = {{"pool", std::string("orders")}};
        auto choice = leaseChoiceOf(preview);
        QCOMPARE(choice.offered, (std::vector<std::chrono::seconds>{15s, 30s, 60s}));
        QCOMPARE(choice.current, 2);
        preview.parameters["lease_s"] = std::int64_t{40}; // asked for elsewhere: it stays among them
        choice = leaseChoiceOf(preview);
        QCOMPARE(choice.offered, (std::vector<std::chrono::seconds>{15s, 30s, 40s, 60s}));
        QCOMPARE(choice.current, 2);
        preview.reverses = "7";
        QVERIFY(leaseChoiceOf(preview).offered.empty());
        preview = {};
        preview.action = "set_degradation_level";
        for (const auto& [level, current] : std::map<std::int64_t, int>{{0, -1}, {1, 3}, {2, 2}, {3, 1}}) {
            preview.parameters = {{"level", level}};
            QCOMPARE(leaseChoiceOf(preview).current, current);
            for (const auto lease : leaseChoiceOf(preview).offered) {
                auto chosen = preview.parameters;
                chosen["lease_s"] = lease.count();
                QVERIFY(planAction("set_degradation_level", chosen)); // within what control takes
            }
        }
        preview.action = "set_canary_share";
        QVERIFY(leaseChoiceOf(preview).offered.empty());
    }

    void whereNothingCanBeDoneEveryKeySaysWhy() {
        ActBench bench;
        bench.openReady();
        bench.control().actAs("j.doe", "set_canary_share", {{"percent", std::int64_t{25}}});
        QTRY_COMPARE(bench.actions().lastUndoable(), QStringLiteral("1"));
        const auto why = QStringLiteral("This profile only reads");
        bench.actions().refuseAll(why);
        for (int i = 0; i < 2; ++i) { // whoever presses it again is not told twice
            QTest::keyClick(&bench.window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
            QCOMPARE(bench.ended(), QStringLiteral("Panic: This profile only reads."));
        }
        QTest::keyClick(&bench.window(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY2(bench.ended().contains(QStringLiteral("Undo: This profile only reads.")), qPrintable(bench.ended()));
        bench.window().openPage(QStringLiteral("canary"));
        QTRY_VERIFY(bench.window().page(QStringLiteral("canary"))->isVisible());
        QTest::keyClick(&bench.window(), Qt::Key_A);
        QTRY_VERIFY2(bench.ended().contains(QStringLiteral("Set the canary share: This profile only reads.")),
                     qPrintable(bench.ended()));
        QVERIFY(bench.dialog() == nullptr);
        auto* abort = bench.window().findChild<KeyButton*>(QStringLiteral("abortCanary"));
        QTRY_VERIFY(!abort->isEnabled() && abort->text().contains(why) && abort->toolTip() == why);
        bench.window().openPage(QStringLiteral("overview"));
        const auto* undo = bench.window().findChild<KeyButton*>(QStringLiteral("undoLast"));
        QTRY_VERIFY(undo->isVisible() && !undo->isEnabled() && undo->text().contains(why));
        const auto* panic = bench.window().findChild<KeyButton*>(QStringLiteral("panic"));
        QVERIFY(panic->isVisible() && !panic->isEnabled());
        QCOMPARE(panic->toolTip(), why);
        QCOMPARE(panic->accessibleDescription(), why);
        bench.picture("read-only");
    }

    void withNothingToTakeBackCtrlZSaysSo() {
        ActBench bench;
        bench.openReady();
        QTest::keyClick(&bench.window(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.ended(), QStringLiteral("Undo: Nothing can be taken back."));
    }

    void levelThreeWantsItsWordTyped() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel3);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("all else failed"));
        QVERIFY(!bench.button("confirm")->isEnabled());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("typed"));
        bench.picture("dialog-level-3");
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("emergency"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().level(), 3);
    }

    void aStragglerIsNamedAndTheActIsInDoubt() {
        ActBench bench;
        bench.openReady();
        bench.control().setStraggler("app-2");
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::InDoubt));
        QVERIFY2(bench.message().contains(QStringLiteral("app-2")), qPrintable(bench.message()));
        bench.picture("dialog-in-doubt");
    }

    void anAnswerThatNeverCameIsInDoubtAndAskedForWithoutActingAgain() {
        ActBench bench;
        bench.openReady();
        bench.control().setActsUnanswered(true);
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::InDoubt));
        bench.control().setActsUnanswered(false);
        QTest::keyClick(bench.dialog(), Qt::Key_F5);
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().acts(), 1);
    }

    void withControlDownLevelGoesByBreakGlassAndSaysSo() {
        ActBench bench;
        bench.openReady();
        bench.control().set(Behaviour::Refuse);
        QTRY_COMPARE(bench.console->control().state(), SourceState::Lost);
        QVERIFY(bench.actions().whyNot("set_level").isEmpty());
        QVERIFY(bench.actions().whyNot("apply_migration").contains(QStringLiteral("does not answer")));
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        const auto* warnings = bench.dialog()->findChild<QWidget*>(QStringLiteral("warnings"));
        QVERIFY(warnings != nullptr);
        QVERIFY2(warnings->accessibleDescription().contains(QStringLiteral("break-glass")),
                 qPrintable(warnings->accessibleDescription()));
        bench.picture("dialog-break-glass");
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().level(), 1);
        QCOMPARE(bench.control().entries(FakeControl::kGlassWriter).size(), std::size_t{2});
        // What was done past control is on the time axis at once.
        QTRY_COMPARE(bench.console->control().entries().size(), std::size_t{2});
    }

    void panicIsAlwaysThereAndTakesTheShareToZero() {
        ActBench bench;
        bench.openReady();
        QTest::keyClick(&bench.window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().percent(), 0.0);
    }

    void panicWithoutControlDoesTheHalfThatItCanAndSaysSo() {
        ActBench bench;
        bench.openReady();
        bench.control().set(Behaviour::Hang);
        QTest::keyClick(&bench.window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY2(bench.dialog()->windowTitle().contains(QStringLiteral("without control")),
                 qPrintable(bench.dialog()->windowTitle()));
        QVERIFY(bench.dialog()
                    ->findChild<QWidget*>(QStringLiteral("warnings"))
                    ->accessibleDescription()
                    .contains(QStringLiteral("migration can't be reached")));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().percent(), 0.0);
    }

    void panicOpensWhileAnActHangsAndHowThatEndedIsSaid() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.control().holdActs(true);
        bench.confirm();
        QTRY_COMPARE(bench.control().waiting(), 1);
        QVERIFY(bench.in(Phase::Acting));
        QTest::keyClick(bench.dialog(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QVERIFY2(bench.dialog()->windowTitle().startsWith(QStringLiteral("Panic")),
                 qPrintable(bench.dialog()->windowTitle()));
        QCOMPARE(bench.control().waiting(), 1);
        QCOMPARE(bench.control().acts(), 0);
        bench.control().holdActs(false);
        const auto* ended = bench.window().findChild<NoticeBar*>(QStringLiteral("endedActs"));
        QTRY_VERIFY(ended->isVisible());
        QVERIFY2(ended->notice().contains(QStringLiteral("Done and observed: Set degradation level 1")),
                 qPrintable(ended->notice()));
        QVERIFY(bench.in(Phase::Preview));
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Done));
        QCOMPARE(bench.control().percent(), 0.0);
        QCOMPARE(bench.control().level(), 1);
    }

    void anOutcomeAfterClosingTheDialogIsSaidUntilPutAway() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.control().holdActs(true);
        bench.confirm();
        QTRY_COMPARE(bench.control().waiting(), 1);
        bench.dialog()->reject();
        QVERIFY(bench.dialog() == nullptr);
        bench.control().holdActs(false);
        auto* ended = bench.window().findChild<NoticeBar*>(QStringLiteral("endedActs"));
        QTRY_VERIFY(ended->isVisible());
        QVERIFY2(ended->notice().contains(QStringLiteral("Set degradation level 2")), qPrintable(ended->notice()));
        bench.picture("ended-unseen");
        ended->findChild<KeyButton*>()->click();
        QVERIFY(!ended->isVisible());
    }

    void aViewerIsToldWhatIsMissing() {
        ActBench bench;
        bench.control().setRole("viewer");
        bench.openReady();
        const auto why = bench.actions().whyNot("set_level");
        QVERIFY2(why.contains(QStringLiteral("operator")) && why.contains(QStringLiteral("viewer")), qPrintable(why));
        QVERIFY(bench.actions().whyNot("panic").isEmpty());
    }

    void aFullAuditDiskIsSaidByTheWindow() {
        ActBench bench;
        bench.openReady();
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QTRY_VERIFY(bench.in(Phase::Preview));
        bench.control().setAuditProblem("The audit can't be written: No space left on device");
        bench.confirm();
        QTRY_VERIFY(bench.in(Phase::Refused));
        QVERIFY2(bench.message().contains(QStringLiteral("No space left")), qPrintable(bench.message()));
        QCOMPARE(bench.control().level(), 0);
        bench.dialog()->reject();
        auto* notice = bench.window().findChild<NoticeBar*>();
        QTRY_VERIFY(notice->isVisible() && notice->notice().contains(QStringLiteral("No space left")));
        QVERIFY(bench.actions().whyNot("set_level").contains(QStringLiteral("No space left")));
        bench.picture("audit-full");
    }

    void controlIsAmongTheSourcesAndLateWithinTwoSeconds() {
        ActBench bench;
        bench.openReady();
        const auto* status = bench.window().findChild<StatusLine*>();
        QTRY_VERIFY2(status->spokenValue().contains(QStringLiteral("control")), qPrintable(status->spokenValue()));
        bench.control().set(Behaviour::Hang);
        QTRY_COMPARE_WITH_TIMEOUT(bench.console->control().state(), SourceState::Late, 2000);
        QTRY_COMPARE(bench.console->control().state(), SourceState::Lost);
        bench.control().set(Behaviour::Answer);
        QTRY_COMPARE(bench.console->control().state(), SourceState::Live);
    }

    void aHangingControlFreezesNothingAndQuittingTakesTwoSeconds() {
        ActBench bench;
        bench.openReady();
        bench.control().set(Behaviour::Hang);
        QTRY_VERIFY(bench.console->control().state() != SourceState::Live);
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel1);
        QElapsedTimer since;
        since.start();
        QVERIFY(bench.dialog() != nullptr && bench.dialog()->isVisible());
        QVERIFY2(since.elapsed() < 1000, "opening the dialog waited for control"); // which is waited for for three
        QSignalSpy finished(bench.console.get(), &Console::finished);
        since.restart();
        bench.dialog()->reject();
        bench.window().close();
        QTRY_COMPARE(finished.count(), 1);
        bench.console->shutDown();
        bench.console.reset();
        QVERIFY2(since.elapsed() < 2000, qPrintable(QString::number(since.elapsed())));
    }

    void hostileTextStaysPlain() {
        ActBench bench;
        const std::string hostile = "<b>bold</b><img src=file:///etc/passwd>\n\t\x1b[31m" + std::string(3000, 'W');
        bench.control().change([&](ControlView& view) {
            view.environment = hostile;
            view.operatorName = hostile;
        });
        bench.openReady();
        bench.control().actAs(hostile.substr(0, 300), "set_degradation_level", kLevel1);
        bench.actions().request(QStringLiteral("set_degradation_level"), kLevel2);
        QTRY_VERIFY(bench.in(Phase::Preview));
        QCOMPARE(bench.dialog()->width(), 808);
        for (const auto* label : bench.dialog()->findChildren<QLabel*>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY(!label->text().contains(QLatin1Char('\x1b')));
        }
        bench.picture("dialog-hostile");
    }
};

QTEST_MAIN(TestConsoleActions)
#include "test_console_actions.moc"
