// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/deadlock_count.h"
#include "backend/collectors/lag_history.h"
#include "backend/collectors/windowed_ratio.h"

#include <QTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {
constexpr SteadyTime kStart{std::chrono::hours(1)};
}

class TestWindows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRatioIsOfTheWindowAndNotOfAllTime() {
        WindowedRatio ratio(10s);
        ratio.update(kStart, 1'000'000, 0);
        for (int i = 1; i <= 30; ++i) {
            ratio.update(kStart + i * 500ms, 1'000'000, i * 10.0);
        }
        QCOMPARE(ratio.value().value(), 0.0); // a million hits of before the window don't count
    }
    void withoutLookupsThereIsNoRatio() {
        WindowedRatio ratio;
        QVERIFY(!ratio.value());
        ratio.update(kStart, 5, 5);
        QVERIFY(!ratio.value());
        ratio.update(kStart + 1s, 5, 5);
        QVERIFY(!ratio.value());
        ratio.update(kStart + 2s, 8, 6);
        QCOMPARE(ratio.value().value(), 0.75);
        for (int i = 3; i <= 20; ++i) {
            ratio.update(kStart + i * 1s, 8, 6);
        }
        QVERIFY(!ratio.value());
    }
    void countersThatFallBeginANewWindow() {
        WindowedRatio ratio;
        ratio.update(kStart, 100, 100);
        ratio.update(kStart + 1s, 3, 1);
        QVERIFY(!ratio.value());
        ratio.update(kStart + 2s, 4, 1);
        QCOMPARE(ratio.value().value(), 1.0);
    }

    void aPausedFollowersLagGrowsWithTime() {
        LagHistory history;
        history.observe(kStart, 100);
        history.observe(kStart + 1s, 200);
        history.observe(kStart + 2s, 200);
        QCOMPARE(history.secondsBehind(200, {}), 0.0);
        QCOMPARE(history.secondsBehind(100, {}), 1.0); // what it lacks was first seen a second ago
        for (int i = 3; i <= 60; ++i) {
            history.observe(kStart + i * 1s, 200 + static_cast<std::uint64_t>(i));
        }
        QCOMPARE(history.secondsBehind(100, {}), 59.0);
        QCOMPARE(history.secondsBehind(203, {}), 56.0);
    }
    void nothingBehindIsZeroSecondsWhateverTheServerReports() {
        LagHistory history;
        history.observe(kStart, 100);
        QCOMPARE(history.secondsBehind(100, 30.0), 0.0);
        QCOMPARE(history.secondsBehind(120, 30.0), 0.0);
    }
    void theServersReportCountsWithinWhatWasSeen() {
        LagHistory history;
        history.observe(kStart, 100);
        history.observe(kStart + 1s, 200);
        history.observe(kStart + 2s, 300);
        history.observe(kStart + 3s, 300);
        QCOMPARE(history.secondsBehind(100, 2.5), 2.5);  // between 2 s and 3 s
        QCOMPARE(history.secondsBehind(100, 0.01), 2.0); // stands still while replay is paused
        QCOMPARE(history.secondsBehind(100, 99.0), 3.0); // left over from catching up
        QCOMPARE(history.secondsBehind(50, 99.0), 99.0); // from before our first look
        QCOMPARE(history.secondsBehind(50, {}), 3.0);
    }
    void anotherTimelineBeginsAnew() {
        LagHistory history;
        history.observe(kStart, 1000);
        history.observe(kStart + 1s, 500);
        QCOMPARE(history.secondsBehind(500, {}), 0.0);
        QCOMPARE(history.secondsBehind(400, {}), 0.0);
        history.observe(kStart + 5s, 500);
        QCOMPARE(history.secondsBehind(400, {}), 4.0);
    }
    void aDayOfHistoryStaysSmallAndNearlyExact() {
        LagHistory history;
        for (int i = 0; i < 86'400; ++i) {
            history.observe(kStart + i * 1s, static_cast<std::uint64_t>(i) * 100);
        }
        QCOMPARE(history.secondsBehind(86'390 * 100, {}), 8.0);
        const double hour = history.secondsBehind((86'399 - 3600) * 100, {});
        QVERIFY(hour > 3000 && hour <= 3600);
    }

    void aDeadlockCountsOnceFromTheFirstWitness() {
        DeadlockCount count;
        QVERIFY(!count.value());
        count.update(7);
        QCOMPARE(count.value().value(), 7.0);
        count.addLogEntry(); // the log tells at once
        QCOMPARE(count.value().value(), 8.0);
        count.update(8); // the statistics follow
        QCOMPARE(count.value().value(), 8.0);
        count.update(10); // two that the log did not hold
        QCOMPARE(count.value().value(), 10.0);
    }
    void aResetOfTheStatisticsLosesNothing() {
        DeadlockCount count;
        count.update(7);
        count.update(9);
        count.update(1);
        QCOMPARE(count.value().value(), 10.0);
    }
};

QTEST_APPLESS_MAIN(TestWindows)
#include "test_windows.moc"
