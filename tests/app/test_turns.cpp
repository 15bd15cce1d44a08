// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's thread costs and waits for, told apart: work, waiting in a call, and waiting for the next event.
#include "app/turn_meter.h"
#include "app/wait_watch.h"

#include <QEventLoop>
#include <QTimer>
#include <QtTest>

#include <algorithm>
#include <ctime>
#include <mutex>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace binnacle;
using namespace binnacle::app;
using namespace std::chrono_literals;

// Not in a namespace of this file, nor inlined: the stack is to name them.
[[gnu::noinline]] void waitInARead(int milliseconds) {
    const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    itimerspec once{};
    once.it_value.tv_nsec = milliseconds * 1'000'000L;
    ::timerfd_settime(timer, 0, &once, nullptr);
    std::uint64_t expired = 0;
    QVERIFY(::read(timer, &expired, sizeof expired) == sizeof expired);
    ::close(timer);
}

[[gnu::noinline]] void work(std::chrono::nanoseconds cpu) {
    const auto spent = [] {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
    };
    for (const auto until = spent() + cpu; spent() < until;) {
    }
}

namespace {

/// What was told of an event loop that ran this as one event, then some turns more.
std::vector<BlockingCall> told(const std::function<void()>& event) {
    std::mutex mutex;
    std::vector<BlockingCall> calls;
    {
        const WaitWatch watch(5ms, [&](const BlockingCall& call) {
            const std::lock_guard lock(mutex);
            calls.push_back(call);
        });
        QEventLoop loop;
        QTimer::singleShot(0, &loop, event);
        QTimer::singleShot(60, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return calls;
}

/// That many events, each in a turn of its own.
void turns(
    int count, const std::function<void(int)>& event = [](int) {}) {
    QEventLoop loop;
    QTimer timer;
    int turn = 0;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        event(turn);
        if (++turn == count) {
            loop.quit();
        }
    });
    timer.start(1);
    loop.exec();
}

} // namespace

class TestTurns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCallThatWaitsIsToldWithItsName() {
        const auto calls = told([] { waitInARead(20); });
        QCOMPARE(calls.size(), std::size_t{1});
        QVERIFY2(calls[0].lasted >= 5ms && calls[0].lasted <= 20ms, textOf(calls[0]).c_str());
        const auto& stack = calls[0].stack;
        QVERIFY2(std::ranges::any_of(stack, [](const auto& frame) { return frame.starts_with("waitInARead(int)"); }),
                 textOf(calls[0]).c_str());
    }
    void eachCallOnItsOwn() {
        const auto calls = told([] {
            waitInARead(20);
            work(2ms);
            waitInARead(20);
        });
        QCOMPARE(calls.size(), std::size_t{2});
    }
    void workIsNoWait() {
        QCOMPARE(told([] { work(30ms); }).size(), std::size_t{0});
    }
    void aShortWaitIsNone() {
        QCOMPARE(told([] {
                     waitInARead(1);
                     waitInARead(1);
                 }).size(),
                 std::size_t{0});
    }
    void aCalmLoopIsSilent() {
        QCOMPARE(told([] {}).size(), std::size_t{0});
    }

    void aTurnCostsWhatItsThreadWorked() {
        TurnMeter meter;
        turns(12, [](int turn) { turn == 3 ? work(30ms) : turn == 5 ? waitInARead(20) : void(); });
        const auto seen = meter.recent();
        QVERIFY(seen.count() >= 10);
        // Waiting costs nothing, in a call or for an event.
        QCOMPARE(seen.countBetween(29'000'000, 68'000'000'000), std::uint64_t{1});
        QVERIFY2(*seen.quantile(0.5) < 0.01, qPrintable(QString::number(*seen.quantile(0.5))));
    }
    void onlyTheLastMinutesCount() {
        TurnMeter meter;
        SteadyTime now{100s};
        meter.advance(now);
        turns(5);
        const auto first = meter.recent().count();
        QVERIFY(first > 0);
        meter.advance(now += TurnMeter::kHalf);
        QCOMPARE(meter.recent().count(), first);
        turns(5);
        QVERIFY(meter.recent().count() > first);
        meter.advance(now += TurnMeter::kHalf);
        QVERIFY(meter.recent().count() > 0);
        meter.advance(now += TurnMeter::kHalf);
        QCOMPARE(meter.recent().count(), std::uint64_t{0});
    }
    void itBeginsAnew() {
        TurnMeter meter;
        turns(5);
        meter.forget();
        QVERIFY(meter.recent().empty());
        turns(5);
        QVERIFY(meter.recent().count() > 0);
    }
};

QTEST_GUILESS_MAIN(TestTurns)
#include "test_turns.moc"
