// SPDX-License-Identifier: GPL-3.0-or-later
// The page Degradation and what the overview tells of acts, on a control plane that exists only in memory.
#include "app/controllers/action_controller.h"
#include "app/dialogs/action_dialog.h"
#include "app/pages/page.h"
#include "tests/app/console_bench.h"
#include "widgets/key_button.h"
#include "widgets/lease_bar.h"
#include "widgets/level_card.h"
#include "widgets/prediction_bars.h"
#include "widgets/situation_sentence.h"

#include <QLabel>
#include <QTableView>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

using Phase = ActionDialog::Phase;

struct LevelBench : Bench {
    void openPage(QSize size = {1600, 1000}) {
        LaunchOptions options;
        options.size = size;
        open(options);
        QTRY_VERIFY(live() && console->control().hasView());
        QTest::keyClick(&window(), Qt::Key_G);
        QTest::keyClick(&window(), Qt::Key_D);
        QTRY_COMPARE(window().currentPage(), QStringLiteral("degradation"));
    }
    [[nodiscard]] FakeControl& control() const { return *stack->control(); }
    [[nodiscard]] Page& page() const { return *window().page(QStringLiteral("degradation")); }
    [[nodiscard]] QString sentence() const { return page().findChild<SituationSentence*>()->spokenValue(); }
    [[nodiscard]] QString card(int level) const {
        return page().findChild<LevelCard*>(QStringLiteral("level.%1").arg(level))->spokenValue();
    }
    [[nodiscard]] KeyButton* button(int level) const {
        return page().findChild<KeyButton*>(QStringLiteral("setLevel.%1").arg(level));
    }
    [[nodiscard]] QString notice() const {
        const auto* label = page().findChild<QLabel*>(QStringLiteral("notice"));
        return label->isHidden() ? QString() : label->text();
    }
    [[nodiscard]] QString cell(const char* table, int row, int column) const {
        const auto* view = page().findChild<QTableView*>(QLatin1String(table));
        return view->model()->index(row, column).data().toString();
    }
    [[nodiscard]] ActionDialog* dialog() const { return console->actions().dialog(); }
    void setFeatures() const {
        control().change([](ControlView& view) {
            view.features = {
                {"analytics", "Dashboard analytics", {"GET /v1/dashboard"}, 1, "the dashboard without it", 2.8, 280},
                {"suggestions", "Search suggestions", {"GET /v1/suggestions"}, 2, "an empty list", 4.0, {}}};
            view.forecastBasis = "5 min of 3 instances";
            view.forecasts = {
                {2, {{"database_time", "Database time", "s/s", 0.4, 0.3}, {"users", "Users", "users", 0, 386}}}};
        });
    }
};

Effect effectOf(const std::string& reference) {
    Effect effect;
    effect.reference = reference;
    effect.state = Effect::State::Ready;
    effect.summary = "Database time fell by 24 %.";
    effect.forecast = {{"database_time", "Database time", "s/s", 0.4, 0.3}};
    EffectRow row;
    row.id = "database_time";
    row.label = "all routes";
    row.unit = "s/s";
    row.before = 0.41;
    row.after = 0.31;
    row.low = -0.12;
    row.high = -0.08;
    row.change = EffectRow::Change::Fell;
    effect.rows = {row};
    return effect;
}

} // namespace

class TestDegradationPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLevelIsSetFromThePageByKeyboardAndExtended() {
        LevelBench bench;
        bench.openPage();
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("Level 0 is in force on 3 of 3 instances")),
                     qPrintable(bench.sentence()));
        bench.picture("degradation-level-0");
        QTest::keyClick(&bench.window(), Qt::Key_L);
        QTest::keyClick(&bench.window(), Qt::Key_2);
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == Phase::Preview);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("pool saturated"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(bench.dialog()->phase() == Phase::Done);
        QTest::keyClick(bench.dialog(), Qt::Key_Escape);
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("Level 2 is in force on 3 of 3")));
        QVERIFY2(bench.card(2).contains(QStringLiteral("in force since")), qPrintable(bench.card(2)));
        const auto* lease = bench.page().findChild<LeaseBar*>();
        QTRY_VERIFY(lease->isVisible());
        QVERIFY2(lease->spokenValue().contains(QStringLiteral("level 2, 30 min")), qPrintable(lease->spokenValue()));
        QCOMPARE(bench.button(2)->text(), QStringLiteral("Extend lease\u2026"));
        QTRY_VERIFY(bench.cell("instances", 0, 3).contains(QStringLiteral("in effect")));
        bench.window().activateWindow(); // what a window manager does when a dialog goes
        QVERIFY(QTest::qWaitForWindowActive(&bench.window()));
        QTRY_VERIFY(bench.dialog() == nullptr);
        QTest::keyClick(&bench.window(), Qt::Key_E);
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == Phase::Preview);
        QVERIFY(bench.dialog()->windowTitle().startsWith(QStringLiteral("Extend degradation level 2")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    }

    void saysWhatEachLevelTurnsOffAndWhatThatIsExpectedToBring() {
        LevelBench bench;
        bench.setFeatures();
        bench.openPage();
        QTRY_COMPARE(bench.cell("features", 0, 0), QStringLiteral("Dashboard analytics"));
        QCOMPARE(bench.cell("features", 0, 3), QStringLiteral("on"));
        QVERIFY(bench.cell("features", 0, 4).contains(QStringLiteral("off")));
        QCOMPARE(bench.cell("features", 1, 4), QStringLiteral("on"));
        QCOMPARE(bench.cell("features", 1, 2), QStringLiteral("\u2014")); // absent is not zero
        QVERIFY2(bench.card(2).contains(QStringLiteral("database time")) &&
                     bench.card(2).contains(QStringLiteral("386")),
                 qPrintable(bench.card(2)));
        QVERIFY2(bench.card(3).contains(QStringLiteral("nothing more than level 2")), qPrintable(bench.card(3)));
        bench.picture("degradation-features");
    }

    void showsPredictedAgainstMeasuredOnceBothExist() {
        LevelBench bench;
        bench.setFeatures();
        bench.control().actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{2}}});
        bench.openPage();
        const auto* bars = bench.page().findChild<PredictionBars*>();
        QVERIFY(!bars->isVisible());
        bench.control().setEffects({effectOf("1")});
        bench.control().actAs("j.doe", "set_canary_share", {{"percent", std::int64_t{5}}});
        QTRY_VERIFY(bars->isVisible());
        QVERIFY2(bars->spokenValue().contains(QStringLiteral("Database time")), qPrintable(bars->spokenValue()));
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("fell by 24")));
        bench.picture("degradation-effect");
    }

    void aStragglerIsNamed() {
        LevelBench bench;
        bench.control().setStraggler("app-2");
        bench.control().actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{1}}});
        bench.openPage();
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("2 of 3")) &&
                         bench.sentence().contains(QStringLiteral("Behind: app-2")),
                     qPrintable(bench.sentence()));
        bench.picture("degradation-straggler");
    }

    void withControlLostItSaysWhatTheInstancesTellAndStillActs() {
        LevelBench bench;
        bench.setFeatures();
        bench.openPage();
        bench.control().set(Behaviour::Refuse);
        QTRY_VERIFY2(bench.notice().contains(QStringLiteral("break-glass")), qPrintable(bench.notice()));
        QVERIFY(bench.sentence().contains(QStringLiteral("As the instances tell it")));
        QVERIFY(bench.button(1)->isEnabled());
        bench.picture("degradation-control-lost");
        bench.control().set(Behaviour::Answer);
        QTRY_VERIFY(bench.notice().isEmpty());
    }

    void withUsDeniedNoBreakGlassIsPromisedAndNoLeaseIsTold() {
        LevelBench bench;
        bench.control().actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{2}}});
        bench.openPage();
        const auto* lease = bench.page().findChild<LeaseBar*>();
        QTRY_VERIFY(lease->isVisible());
        bench.control().set(Behaviour::Deny);
        QTRY_VERIFY2(bench.notice().contains(QStringLiteral("does not know who you are")), qPrintable(bench.notice()));
        QVERIFY2(!bench.notice().contains(QStringLiteral("break-glass")), qPrintable(bench.notice()));
        QVERIFY2(bench.sentence().contains(QStringLiteral("As the instances tell it")), qPrintable(bench.sentence()));
        QVERIFY(!lease->isVisible());
        QVERIFY(!bench.button(1)->isEnabled());
        bench.picture("degradation-denied");
    }

    void aViewerReadsOnTheButtonsWhyNot() {
        LevelBench bench;
        bench.control().setRole("viewer");
        bench.openPage();
        QTRY_VERIFY(!bench.button(1)->isEnabled());
        QVERIFY2(bench.button(1)->accessibleDescription().contains(QStringLiteral("role operator")),
                 qPrintable(bench.button(1)->accessibleDescription()));
        QVERIFY2(bench.button(1)->text().contains(QStringLiteral("role operator")),
                 qPrintable(bench.button(1)->text()));
        QTest::keyClick(&bench.window(), Qt::Key_L);
        QTest::keyClick(&bench.window(), Qt::Key_1);
        QVERIFY(bench.dialog() == nullptr); // it would stand there at once, even before its preview
        bench.picture("degradation-viewer");
    }

    void anOperatorMayNotSetLevelThree() {
        LevelBench bench;
        bench.control().setRole("operator");
        bench.openPage();
        QTRY_VERIFY(bench.button(2)->isEnabled());
        QVERIFY(!bench.button(3)->isEnabled());
        QVERIFY(bench.button(3)->toolTip().contains(QStringLiteral("admin")));
    }

    void pausedItStandsAsOfThen() {
        LevelBench bench;
        bench.openPage();
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("Level 0")));
        bench.awaitReadings(2);
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        bench.control().actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{1}}});
        QTRY_COMPARE(bench.console->control().entries().size(), std::size_t{2});
        QVERIFY2(bench.sentence().contains(QStringLiteral("Level 0")), qPrintable(bench.sentence()));
        QVERIFY2(bench.notice().contains(QStringLiteral("Paused")), qPrintable(bench.notice()));
        bench.picture("degradation-paused");
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("Level 1")));
    }

    void pausedAtAnotherLevelTheButtonsActOnWhatIsNow() {
        LevelBench bench;
        bench.openPage();
        QTRY_VERIFY(bench.sentence().contains(QStringLiteral("Level 0")));
        bench.awaitReadings(2);
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        bench.control().actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{2}}});
        QTRY_COMPARE(bench.button(2)->text(), QStringLiteral("Extend lease\u2026"));
        QVERIFY2(bench.sentence().contains(QStringLiteral("Level 0")), qPrintable(bench.sentence()));
        QCOMPARE(bench.button(0)->text(), QStringLiteral("Release to 0\u2026"));
        QVERIFY(bench.button(0)->isEnabled());
        QTest::keyClick(&bench.window(), Qt::Key_E);
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == Phase::Preview);
        QVERIFY(bench.dialog()->windowTitle().startsWith(QStringLiteral("Extend degradation level 2")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(bench.dialog() == nullptr);
        bench.window().openPage(QStringLiteral("overview"));
        auto& overview = *bench.window().page(QStringLiteral("overview"));
        const auto* extend = overview.findChild<KeyButton*>(QStringLiteral("extendLevel"));
        QTRY_VERIFY(extend->isVisible());
        QCOMPARE(extend->text(), QStringLiteral("Extend level 2\u2026"));
        bench.picture("overview-paused-at-another-level");
    }

    void aHostileReasonStaysPlainInTips() {
        LevelBench bench;
        bench.control().setAuditProblem("<img src=file:///etc/passwd>" + std::string(3000, 'W'));
        bench.openPage({1280, 800});
        QTRY_VERIFY(!bench.button(1)->isEnabled());
        QVERIFY2(bench.button(1)->toolTip().contains(QStringLiteral("&lt;img")),
                 qPrintable(bench.button(1)->toolTip()));
        QVERIFY2(bench.button(1)->text().contains(QStringLiteral("Nothing runs")), qPrintable(bench.button(1)->text()));
        QCOMPARE(bench.window().size(), QSize(1280, 800));
        for (int level = 0; level < 4; ++level) {
            const auto* button = bench.button(level);
            QVERIFY(bench.window().rect().contains(QRect(button->mapTo(&bench.window(), QPoint()), button->size())));
        }
        bench.picture("degradation-hostile");
    }

    void theOverviewKeepsTheReceiptWithItsUndo() {
        LevelBench bench;
        bench.openPage();
        bench.control().actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{1}}});
        bench.control().setEffects({effectOf("1")});
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_O);
        auto& overview = *bench.window().page(QStringLiteral("overview"));
        auto* what = overview.findChild<QLabel*>(QStringLiteral("lastAction"));
        QTRY_VERIFY2(what->isVisible() && what->text().contains(QStringLiteral("Level 0 to 1, j.doe, #1")),
                     qPrintable(what->text()));
        auto* extend = overview.findChild<KeyButton*>(QStringLiteral("extendLevel"));
        QTRY_VERIFY(extend->isVisible());
        QTest::qWait(qEnvironmentVariableIntValue("BINNACLE_TEST_PICTURE_AFTER_MS"));
        bench.picture("overview-receipt");
        auto* undo = overview.findChild<KeyButton*>(QStringLiteral("undoLast"));
        QVERIFY(undo->isVisible());
        undo->setFocus();
        QTest::keyClick(undo, Qt::Key_Space);
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == Phase::Preview);
        QVERIFY(bench.dialog()->windowTitle().startsWith(QStringLiteral("Take back #1")));
    }

    void aNarrowWindowKeepsEveryLevelAndButton() {
        LevelBench bench;
        bench.setFeatures();
        bench.control().actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{1}}});
        bench.openPage({1280, 800});
        QTRY_VERIFY(bench.button(3)->isVisible());
        QCOMPARE(bench.window().size(), QSize(1280, 800));
        for (int level = 0; level < 4; ++level) {
            const auto* button = bench.button(level);
            const QRect box(button->mapTo(&bench.window(), QPoint()), button->size());
            QVERIFY(bench.window().rect().contains(box));
        }
        bench.picture("degradation-narrow");
    }
};

QTEST_MAIN(TestDegradationPage)
#include "test_degradation_page.moc"
