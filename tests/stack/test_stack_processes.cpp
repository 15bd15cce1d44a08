// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/component.h"
#include "backend/stack/process_tree.h"
#include "tests/support/patience.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace binnacle;
using namespace binnacle::stack;
using namespace std::chrono_literals;

namespace {

/// A loop with one component, a shell that runs `script`.
struct Stage {
    explicit Stage(const std::string& script) {
        ComponentPlan plan;
        plan.name = "shell";
        plan.role = "service";
        plan.program.program = "/bin/sh";
        plan.program.arguments = {"-c", script};
        plan.program.directory = dir.path().toStdString();
        plan.program.log = plan.program.directory / "log";
        plan.stopPatience = 300ms;
        ComponentContext context{loop, reaper, board, account, [](const std::string&) {}};
        component = std::make_unique<Component>(std::move(context), std::move(plan));
    }

    /// Turns the loop until the condition holds; false after 10 s.
    template <typename Condition>
    bool runUntil(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        bool held = false;
        std::function<void()> look = [&] {
            held = condition();
            if (held || std::chrono::steady_clock::now() > deadline) {
                loop.stop();
            } else {
                loop.after(5ms, look);
            }
        };
        loop.after(0ms, look);
        loop.run();
        return held;
    }

    QTemporaryDir dir;
    EventLoop loop;
    ChildReaper reaper{loop};
    StatusBoard board;
    Account account;
    std::unique_ptr<Component> component;
};

} // namespace

class TestStackProcesses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDeathDuringTheStartIsFinalAndSaysWhy();
    void aDeathAfterTheStartIsCountedAndMended();
    void whoIgnoresTheSignalIsKilledWithItsChildren();
    void aStartDuringAStopFollowsTheExit();
    void aStopTakesBackAStartThatWaits();
    void aMissingProgramIsNamed();
    void timersRunInTheOrderOfTheirTime();
};

void TestStackProcesses::aDeathDuringTheStartIsFinalAndSaysWhy() {
    Stage stage("echo 'FATAL: no luck today' >&2; exit 3");
    stage.component->start();
    QVERIFY(stage.runUntil([&] { return stage.component->status().state == ComponentState::Failed; }));
    QCOMPARE(stage.component->status().message, std::string("shell ended with status 3: FATAL: no luck today"));
    QVERIFY(!stage.board.waitUntilRunning("shell", deadlineIn(1ms)));
}

void TestStackProcesses::aDeathAfterTheStartIsCountedAndMended() {
    Stage stage("exec sleep 1000");
    stage.component->setRestarts(true);
    stage.component->start();
    const pid_t first = stage.component->status().pid;
    QVERIFY(first > 0);
    ::kill(first, SIGKILL);
    QVERIFY(stage.runUntil([&] { return stage.component->status().restarts == 1; }));
    QVERIFY(stage.component->status().state == ComponentState::Backoff);
}

void TestStackProcesses::whoIgnoresTheSignalIsKilledWithItsChildren() {
    Stage stage("trap '' TERM; sleep 1000 & echo $! > child; wait; sleep 1000");
    stage.component->start();
    const auto childFile = std::filesystem::path(stage.dir.path().toStdString()) / "child";
    QTRY_VERIFY(QFileInfo(QString::fromStdString(childFile.string())).size() > 0);
    const pid_t shell = stage.component->status().pid;
    const auto tree = ProcessTable::read().treeOf(shell);
    QCOMPARE(tree.size(), 2U);
    bool stopped = false;
    stage.component->stop([&] {
        stopped = true;
        stage.loop.stop();
    });
    stage.loop.run();
    QVERIFY(stopped);
    QVERIFY(stage.component->status().state == ComponentState::Stopped);
    QTRY_VERIFY(processState(tree.back()) == '?' || processState(tree.back()) == 'Z');
}

void TestStackProcesses::aStartDuringAStopFollowsTheExit() {
    Stage stage("exec sleep 1000");
    stage.component->start();
    const pid_t first = stage.component->status().pid;
    QVERIFY(first > 0);
    bool stopped = false;
    stage.component->stop([&] { stopped = true; });
    QVERIFY(stage.component->status().state == ComponentState::Running);
    QCOMPARE(stage.component->status().message, std::string("stopping"));
    stage.component->start();
    QCOMPARE(stage.component->status().pid, first);
    QVERIFY(stage.runUntil([&] { return stopped; }));
    const pid_t second = stage.component->status().pid;
    QVERIFY(second > 0 && second != first);
    QVERIFY(stage.component->status().state == ComponentState::Running);
    QVERIFY(stage.component->status().message.empty());
    ::kill(second, SIGKILL);
}

void TestStackProcesses::aStopTakesBackAStartThatWaits() {
    Stage stage("exec sleep 1000");
    stage.component->start();
    int stopped = 0;
    stage.component->stop([&] { ++stopped; });
    stage.component->start();
    stage.component->stop([&] { ++stopped; });
    QVERIFY(stage.runUntil([&] { return stopped == 2; }));
    QCOMPARE(stage.component->status().pid, 0);
    QVERIFY(stage.component->status().state == ComponentState::Stopped);
}

void TestStackProcesses::aMissingProgramIsNamed() {
    const QTemporaryDir dir;
    ProgramSpec spec;
    spec.program = "/nonexistent/program";
    spec.directory = dir.path().toStdString();
    spec.log = spec.directory / "log";
    const auto started = startProcess(spec, Account{});
    QVERIFY(!started);
    QVERIFY(started.error().text.find("/nonexistent/program") != std::string::npos);
}

void TestStackProcesses::timersRunInTheOrderOfTheirTime() {
    EventLoop loop;
    std::string order;
    loop.after(20ms, [&] {
        order += "c";
        loop.stop();
    });
    const auto cancelled = loop.after(5ms, [&] { order += "x"; });
    loop.after(10ms, [&] { order += "b"; });
    loop.post([&] { order += "a"; });
    loop.cancel(cancelled);
    loop.run();
    QCOMPARE(order, std::string("abc"));
}

QTEST_GUILESS_MAIN(TestStackProcesses)
#include "test_stack_processes.moc"
