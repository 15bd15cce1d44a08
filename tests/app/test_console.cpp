// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notice_bar.h"
#include "app/pages/overview_page.h"
#include "tests/app/console_bench.h"
#include "widgets/key_button.h"
#include "widgets/key_help.h"
#include "widgets/kpi_tile.h"
#include "widgets/line_chart.h"
#include "widgets/request_path_view.h"
#include "widgets/situation_sentence.h"
#include "widgets/status_line.h"

#include <QAbstractButton>
#include <QDialog>
#include <QElapsedTimer>
#include <QPointer>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

template <typename T>
T* find(QWidget& root) {
    return root.findChild<T*>();
}

} // namespace

class TestConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsLiveValuesOfEveryHop() {
        Bench bench;
        bench.open();
        QTRY_VERIFY(bench.live() && bench.console->feed().path().requestsPerSecond.value.value_or(0) > 500);
        QTRY_VERIFY2(bench.said("p99").contains(QStringLiteral("ms")), qPrintable(bench.said("p99")));
        QTRY_VERIFY2(bench.said("Cache hits").contains(QStringLiteral("92")), qPrintable(bench.said("Cache hits")));
        QVERIFY2(bench.said("Lag").contains(QStringLiteral("20")), qPrintable(bench.said("Lag")));
        QVERIFY(bench.tile("Lag")->toolTip().contains(QStringLiteral("PostgreSQL primary")));
        const auto* picture = find<RequestPathView>(bench.window());
        QVERIFY(picture != nullptr);
        for (const auto* node :
             {"clients", "haproxy", "app-1", "app-3", "pgbouncer", "redis", "primary", "replica-2"}) {
            QVERIFY2(!picture->nodeRect(QLatin1String(node)).isEmpty(), node);
        }
        const auto* status = find<StatusLine>(bench.window());
        QTRY_VERIFY2(status->spokenValue().contains(QStringLiteral("app 3/3")), qPrintable(status->spokenValue()));
        QTRY_VERIFY(status->spokenValue().contains(QStringLiteral("CPU")));
        QTest::qWait(qEnvironmentVariableIntValue("BINNACLE_TEST_PICTURE_AFTER_MS"));
        bench.picture("overview");
    }

    void theBudgetIsSpentByRequestsThatReachNoInstance() {
        Bench bench;
        double failed = 0;
        const auto tell = [&] {
            bench.stack->setReading("haproxy", counter("haproxy.own_errors", {}, failed));
            bench.stack->setReading(
                "haproxy", counter("haproxy.server.requests", {{"proxy", "be_stable"}, {"server", "app-1"}}, 1000));
        };
        tell();
        bench.open();
        // All of it is left, over the seconds that were seen.
        QTRY_VERIFY2_WITH_TIMEOUT(bench.said("Budget").contains(QStringLiteral("100\u2009% left")),
                                  qPrintable(bench.said("Budget")), 10000);
        QVERIFY2(bench.said("Budget").contains(QRegularExpression(QStringLiteral("over \\d+ s"))),
                 qPrintable(bench.said("Budget")));
        const auto tip = bench.tile("Budget")->toolTip();
        for (const auto* said : {"99.9\u2009% of requests", "500\u2009ms", "all instances", "HAProxy"}) {
            QVERIFY2(tip.contains(QString::fromUtf8(said)), qPrintable(tip));
        }
        for (const auto* instance : {"service/app-1", "service/app-2", "service/app-3"}) {
            bench.stack->set(instance, Behaviour::Refuse);
        }
        QTRY_VERIFY2_WITH_TIMEOUT((failed += 50, tell(), bench.said("Budget").contains(QStringLiteral("spent \u00d7"))),
                                  qPrintable(bench.said("Budget")), 10000);
        QVERIFY2(bench.said("Budget").contains(QStringLiteral("0\u2009% left")), qPrintable(bench.said("Budget")));
        QVERIFY(bench.tile("Budget")->toolTip().contains(QStringLiteral("From HAProxy")));
        bench.picture("budget-spent");
        // Nobody tells any more: the number goes, and what it was stays.
        bench.stack->set("haproxy", Behaviour::Refuse);
        QTRY_VERIFY2_WITH_TIMEOUT(bench.said("Budget").contains(QStringLiteral("was 0\u2009%")),
                                  qPrintable(bench.said("Budget")), 10000);
    }

    void aStoppedSourceIsLateWithinTwoSecondsThenLostAndReturns() {
        Bench bench;
        bench.open();
        QTRY_VERIFY(bench.stateOf("redis") == SourceState::Live);
        QElapsedTimer since;
        since.start();
        bench.stack->set("redis", Behaviour::Hang);
        QTRY_VERIFY_WITH_TIMEOUT(bench.stateOf("redis") == SourceState::Late, 2000);
        QVERIFY2(since.elapsed() <= 2000, qPrintable(QString::number(since.elapsed())));
        QTRY_VERIFY(bench.stateOf("redis") == SourceState::Lost);
        const auto* sentence = find<SituationSentence>(*bench.window().page(QStringLiteral("overview")));
        QTRY_VERIFY2(sentence->spokenValue().contains(QStringLiteral("Redis stopped answering")),
                     qPrintable(sentence->spokenValue()));
        bench.picture("redis-lost");
        bench.stack->set("redis", Behaviour::Answer);
        QTRY_VERIFY(bench.stateOf("redis") == SourceState::Live);
        QTRY_VERIFY(!sentence->spokenValue().contains(QStringLiteral("Redis")));
    }

    void aClosedSourceIsLostAtOnceAndItsValuesAreGone() {
        Bench bench;
        bench.open();
        QTRY_VERIFY(bench.said("Lag").contains(QStringLiteral("20")));
        bench.stack->set("postgres/primary", Behaviour::Refuse);
        QTRY_VERIFY_WITH_TIMEOUT(bench.stateOf("postgres/primary") == SourceState::Lost, 2000);
        QTRY_VERIFY2(bench.said("Lag").contains(QStringLiteral("was 20")), qPrintable(bench.said("Lag")));
        bench.picture("primary-lost");
    }

    void aSourceThatRefusesSaysWhichRightIsMissing() {
        Bench bench;
        bench.open();
        QTRY_VERIFY(bench.said("Lag").contains(QStringLiteral("20")));
        bench.stack->set("postgres/primary", Behaviour::Deny);
        QTRY_COMPARE(bench.stateOf("postgres/primary"), SourceState::Denied);
        QTRY_VERIFY2(bench.said("Lag").contains(QStringLiteral("pg_monitor")), qPrintable(bench.said("Lag")));
        bench.picture("denied");
    }

    void quitsWithinTwoSecondsWhileEveryBackendHangs() {
        Bench bench;
        bench.open();
        QTRY_VERIFY(bench.live());
        bench.stack->setAll(Behaviour::Hang);
        QTRY_VERIFY(bench.stateOf("haproxy") != SourceState::Live &&
                    bench.stateOf("postgres/replica-1") != SourceState::Live);
        QSignalSpy finished(bench.console.get(), &Console::finished);
        QElapsedTimer since;
        since.start();
        bench.window().close();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2000);
        bench.console->shutDown();
        bench.console.reset();
        QVERIFY2(since.elapsed() < 2000, qPrintable(QString::number(since.elapsed())));
    }

    void hostileTextStaysPlainAndKeepsTheLayout() {
        Bench bench;
        const std::string hostile =
            "GET <b>/x</b><img src=file:///etc/passwd>\n\t\x1b[31m\u202e" + std::string(3000, 'W');
        bench.stack->setRoute(hostile);
        bench.stack->setVersion("<h1>9</h1>\n" + std::string(500, 'v'));
        LaunchOptions options;
        options.size = QSize(1280, 800);
        options.page = QStringLiteral("latency");
        bench.open(options);
        QTRY_VERIFY(bench.live());
        auto* table = bench.window().findChild<QTableView*>(QStringLiteral("routes"));
        QVERIFY(table != nullptr);
        QTRY_COMPARE(table->model()->rowCount(), 3);
        for (int row = 0; row < 3; ++row) {
            const auto text = table->model()->index(row, 0).data().toString();
            QVERIFY(text.size() <= 210);
            QVERIFY(!text.contains(QLatin1Char('\n')) && !text.contains(QLatin1Char('\x1b')));
        }
        bench.picture("hostile-latency");
        bench.window().openPage(QStringLiteral("overview"));
        bench.awaitReadings(1);
        QCOMPARE(bench.window().size(), QSize(1280, 800));
        bench.picture("hostile-overview");
    }

    void pagesOpenByKeyboard() {
        Bench bench;
        bench.open();
        QCOMPARE(bench.window().currentPage(), QStringLiteral("overview"));
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_L);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("latency"));
        QTest::keyClick(&bench.window(), Qt::Key_G);
        QTest::keyClick(&bench.window(), Qt::Key_O);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("overview"));
        QTest::keyClick(&bench.window(), Qt::Key_F1);
        QTRY_VERIFY(find<KeyHelp>(bench.window()) != nullptr && find<KeyHelp>(bench.window())->isVisible());
        bench.picture("keys");
    }

    void spacePausesTheViewAndRecordingGoesOn() {
        Bench bench;
        bench.open();
        QTRY_VERIFY(bench.said("p99").contains(QStringLiteral("ms")));
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        QCOMPARE(bench.window().time().mode(), TimeContext::Mode::Paused);
        const auto frozen = bench.said("Requests");
        const auto sequence = bench.console->feed().path().at;
        QTRY_VERIFY(bench.window().time().behind() > 1500ms);
        QCOMPARE(bench.said("Requests"), frozen);
        QVERIFY2(frozen.contains(QStringLiteral("paused")), qPrintable(frozen));
        QVERIFY(bench.console->feed().path().at > sequence);
        QVERIFY(bench.console->feed().history().line(PathLine::Requests).last()->at > sequence);
        bench.picture("paused");
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        QCOMPARE(bench.window().time().mode(), TimeContext::Mode::Live);
        QVERIFY(!bench.said("Requests").contains(QStringLiteral("paused")));
    }

    void spaceStaysWithAFocusedButton() {
        Bench bench;
        bench.open();
        QTRY_VERIFY(bench.live());
        auto* button = bench.window().findChild<KeyButton*>(QStringLiteral("demoTraffic"));
        QTRY_VERIFY(button != nullptr && button->isVisible());
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QTRY_VERIFY(!bench.stack->traffic());
        QCOMPARE(bench.window().time().mode(), TimeContext::Mode::Live);
        QTRY_VERIFY(button->text().startsWith(QStringLiteral("Start")) && button->isEnabled());
    }

    void aHiddenPageCostsNothing() {
        Bench bench;
        LaunchOptions options;
        options.page = QStringLiteral("latency");
        bench.open(options);
        QTRY_VERIFY(bench.live());
        auto* chart = find<LineChart>(*bench.window().page(QStringLiteral("latency")));
        QTRY_VERIFY(chart->paintCount() > 0);
        QTest::qWait(qEnvironmentVariableIntValue("BINNACLE_TEST_PICTURE_AFTER_MS"));
        bench.picture("latency");
        bench.window().openPage(QStringLiteral("overview"));
        bench.awaitSteps();
        const auto painted = chart->paintCount();
        const auto ribbon = bench.tile("Requests")->paintCount();
        QTRY_VERIFY(bench.tile("Requests")->paintCount() > ribbon + 2);
        QCOMPARE(chart->paintCount(), painted);
    }

    void instancesComeAndGo() {
        Bench bench;
        bench.open();
        QTRY_COMPARE(bench.console->feed().path().instances.size(), std::size_t{3});
        bench.stack->addInstance("app-4", "baseline");
        QTRY_COMPARE(bench.console->feed().path().instances.size(), std::size_t{4});
        bench.stack->removeInstance("app-4");
        QTRY_COMPARE(bench.console->feed().path().instances.size(), std::size_t{3});
    }

    void whileTheStackStartsTheStepIsShown() {
        Bench bench;
        bench.stack->setState("starting", "PostgreSQL: copying replica 2");
        bench.open();
        QTRY_COMPARE(bench.console->stack().text(), QStringLiteral("PostgreSQL: copying replica 2"));
        QCOMPARE(bench.console->stack().phase(), StackController::Phase::Starting);
        bench.picture("starting");
        bench.stack->setState("running");
        QTRY_VERIFY(bench.live());
    }

    void aMissingProgramIsSaidAndRetryIsOffered() {
        Bench bench;
        bench.stack->set("stack", Behaviour::Refuse);
        auto parts = FakeStack::parts(bench.stack, bench.settings);
        parts.stack.mayStart = true;
        bench.console = std::make_unique<Console>(std::move(parts));
        bench.console->show();
        QTRY_COMPARE(bench.console->stack().phase(), StackController::Phase::Failed);
        QVERIFY(bench.console->stack().text().contains(QStringLiteral("binnacle-stack")));
        bench.picture("failed");
        bench.stack->set("stack", Behaviour::Answer);
        bench.window().activateWindow();
        QTest::keyClick(&bench.window(), Qt::Key_F5);
        QTRY_COMPARE(bench.console->stack().phase(), StackController::Phase::Attached);
    }

    void aProgramThatFailsIsQuoted() {
        Bench bench;
        bench.stack->set("stack", Behaviour::Refuse);
        auto parts = FakeStack::parts(bench.stack, bench.settings);
        parts.stack.mayStart = true;
        parts.stack.program = bench.settings.filePath(QStringLiteral("stack.sh"));
        QFile script(parts.stack.program);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\necho 'binnacle-stack: port 15000 is in use by another program' >&2\nexit 1\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        bench.console = std::make_unique<Console>(std::move(parts));
        bench.console->show();
        QTRY_COMPARE(bench.console->stack().phase(), StackController::Phase::Failed);
        QCOMPARE(bench.console->stack().text(), QStringLiteral("port 15000 is in use by another program"));
    }

    void aStartIsCancelled() {
        Bench bench;
        bench.stack->set("stack", Behaviour::Refuse);
        auto parts = FakeStack::parts(bench.stack, bench.settings);
        parts.stack.mayStart = true;
        parts.stack.program = bench.settings.filePath(QStringLiteral("stack.sh"));
        QFile script(parts.stack.program);
        QVERIFY(script.open(QIODevice::WriteOnly));
        // As `up`: ends when the stack is stopped, not before.
        script.write("#!/bin/sh\nuntil [ -e \"$0.stopped\" ]; do sleep 0.05; done\nexit 1\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        bench.console = std::make_unique<Console>(std::move(parts));
        bench.console->show();
        QTRY_COMPARE(bench.console->stack().phase(), StackController::Phase::Starting);
        auto* cancel = bench.window().findChild<KeyButton*>(QStringLiteral("cancelStart"));
        QTRY_VERIFY(cancel != nullptr && cancel->isVisible());
        bench.picture("starting-cancel");
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(bench.console->stack().phase(), StackController::Phase::Stopping);
        QVERIFY(!cancel->isVisible());
        QTRY_COMPARE(bench.stack->downs(), 1);
        QFile stopped(bench.settings.filePath(QStringLiteral("stack.sh.stopped")));
        QVERIFY(stopped.open(QIODevice::WriteOnly));
        QTRY_COMPARE(bench.console->stack().phase(), StackController::Phase::Absent); // and not "failed"
        QVERIFY(!bench.console->stack().startedByUs());
        // It starts again when it is asked to, and not by itself.
        QTRY_VERIFY(
            (bench.console->stack().startStack(), bench.console->stack().phase() == StackController::Phase::Starting));
        QTRY_COMPARE(bench.console->stack().phase(), StackController::Phase::Failed);
    }

    void askedOnQuitTheAnswerStopsTheStackAndIsRemembered() {
        Bench bench;
        bench.stack->set("stack", Behaviour::Refuse);
        auto parts = FakeStack::parts(bench.stack, bench.settings);
        parts.stack.mayStart = true;
        parts.stack.program = bench.settings.filePath(QStringLiteral("stack.sh"));
        QFile script(parts.stack.program);
        QVERIFY(script.open(QIODevice::WriteOnly));
        // As `up`: ends when the stack answers, not before.
        script.write("#!/bin/sh\nuntil [ -e \"$0.answers\" ]; do sleep 0.05; done\n: >\"$0.ended\"\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        bench.console = std::make_unique<Console>(std::move(parts));
        bench.console->show();
        QTRY_VERIFY(bench.console->stack().startedByUs());
        bench.stack->set("stack", Behaviour::Answer);
        QTRY_COMPARE(bench.console->stack().phase(), StackController::Phase::Attached);
        QFile answers(bench.settings.filePath(QStringLiteral("stack.sh.answers")));
        QVERIFY(answers.open(QIODevice::WriteOnly));
        QTRY_VERIFY(QFile::exists(bench.settings.filePath(QStringLiteral("stack.sh.ended"))));
        QSignalSpy finished(bench.console.get(), &Console::finished);
        bench.window().close();
        auto* dialog = find<QDialog>(bench.window());
        QVERIFY(dialog != nullptr && dialog->isVisible());
        bench.picture("quit");
        if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
            dialog->grab().save(folder + QStringLiteral("/quit-dialog.png"));
        }
        QCOMPARE(finished.count(), 0);
        dialog->findChild<QAbstractButton*>(QStringLiteral("remember"))->click();
        dialog->findChild<KeyButton*>(QStringLiteral("stop"))->click();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(bench.stack->downs(), 1);
        QCOMPARE(bench.console->settings().quitChoice(), QuitChoice::Stop);
    }

    void aPictureHasExactlyTheSizeAskedForAndAsksNothing() {
        Bench bench;
        LaunchOptions options;
        options.size = QSize(1280, 800);
        options.screenshot = bench.settings.filePath(QStringLiteral("picture.png"));
        options.after = 800ms;
        bench.open(options);
        QSignalSpy finished(bench.console.get(), &Console::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().toInt(), 0);
        const QImage picture(*options.screenshot);
        QCOMPARE(picture.size(), QSize(1280, 800) * bench.window().devicePixelRatioF());
        QCOMPARE(bench.stack->downs(), 0);
        QVERIFY(!QFile::exists(bench.settings.filePath(QStringLiteral("binnacle.ini"))));
    }

    void afterAPictureAStackOfOursIsWaitedFor() {
        Bench bench;
        auto parts = FakeStack::parts(bench.stack, bench.settings);
        parts.stack.ours = true;
        parts.options.screenshot = bench.settings.filePath(QStringLiteral("picture.png"));
        parts.options.after = 100ms;
        bench.console = std::make_unique<Console>(std::move(parts));
        QSignalSpy finished(bench.console.get(), &Console::finished);
        bench.console->show();
        QTRY_COMPARE(bench.stack->downs(), 1);
        bench.stack->setState("stopping");
        QTest::qWait(2000); // longer than who quits the window would be made to wait
        QCOMPARE(finished.count(), 0);
        bench.stack->set("stack", Behaviour::Refuse); // its supervisor is gone
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().toInt(), 0);
    }

    void aPictureThatCannotBeWrittenIsAnError() {
        Bench bench;
        LaunchOptions options;
        options.screenshot = QStringLiteral("/nowhere/at/all.png");
        options.after = 100ms;
        bench.open(options);
        QSignalSpy finished(bench.console.get(), &Console::finished);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(finished.first().first().toInt(), 1);
    }

    void damagedSettingsAreSetAsideAndSaid() {
        Bench bench;
        QFile file(bench.settings.filePath(QStringLiteral("binnacle.ini")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("\0\x01\x02[[[garbage", 14));
        file.close();
        bench.open();
        auto* notice = find<NoticeBar>(bench.window());
        QVERIFY(notice->isVisible());
        QVERIFY(notice->notice().contains(QStringLiteral("binnacle.ini.damaged")));
        QVERIFY(QFile::exists(bench.settings.filePath(QStringLiteral("binnacle.ini.damaged"))));
        QTRY_VERIFY(bench.live());
    }

    void pageAndSpanAreRemembered() {
        Bench bench;
        bench.open();
        bench.window().openPage(QStringLiteral("latency"));
        QCOMPARE(bench.window().time().span(), SteadyTime::duration(1min)); // nothing seen and nothing chosen yet
        QTest::keyClick(&bench.window(), Qt::Key_2);
        QCOMPARE(bench.window().time().span(), SteadyTime::duration(5min));
        bench.window().close();
        bench.console.reset();
        bench.open();
        QCOMPARE(bench.window().currentPage(), QStringLiteral("latency"));
        QCOMPARE(bench.window().time().span(), SteadyTime::duration(5min));
    }
};

QTEST_MAIN(TestConsole)
#include "test_console.moc"
