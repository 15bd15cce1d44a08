// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/fault_board.h"

#include <QTest>

using namespace binnacle::stack;
using namespace std::chrono_literals;

class TestFaultBoard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFaultIsToldUntilItsEndOrARestart() {
        FaultBoard board;
        const auto now = std::chrono::steady_clock::now();
        pid_t serving = 71;
        const auto processOf = [&](const std::string&) { return serving; };
        board.note("app-3", 71, {33, 0ms, 20s}, now);
        const auto told = board.current(now + 5s, processOf);
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(told.at("app-3").errorPercent, 33);
        QVERIFY(told.at("app-3").left == 15s);
        QVERIFY(board.current(now + 20s, processOf).empty());
        serving = 72;
        QVERIFY(board.current(now + 5s, processOf).empty());
    }
    void noFaultTakesTheOldOneAway() {
        FaultBoard board;
        const auto now = std::chrono::steady_clock::now();
        board.note("app-3", 71, {33, 0ms, 20s}, now);
        board.note("app-3", 71, {}, now);
        QVERIFY(board.current(now, [](const std::string&) { return pid_t{71}; }).empty());
    }
    void whatIsPassedOnIsWhatWasChecked() {
        const auto wish = parseFaultWish(R"({"role":"canary","fault":{"error_percent":5,"for_s":9,"more":[1]}})");
        QVERIFY(wish);
        QCOMPARE(wish->text, std::string(R"({"fault":{"error_percent":5,"latency_ms":0,"for_s":9}})"));
        QVERIFY(parseFaultWish(R"({"fault":null})")->fault.left == 0ms);
        for (const char* text : {"", "[]", "{}", R"({"fault":5})", R"({"fault":{"error_percent":5}})",
                                 R"({"fault":{"latency_ms":6000,"for_s":1}})"}) {
            QVERIFY2(!parseFaultWish(text), text);
        }
    }
};

QTEST_GUILESS_MAIN(TestFaultBoard)
#include "test_fault_board.moc"
