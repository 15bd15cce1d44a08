// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/freshness.h"

#include <QTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};

SourceUpdate answered(std::chrono::milliseconds interval = 500ms) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->header.source = "redis";
    snapshot->header.steadyAt = kStart;
    return {"redis", interval, kStart - 1s, snapshot, std::nullopt};
}

SourceUpdate failed(SourceUpdate update, ErrorCode code) {
    update.failure = SourceFailure{{code, "said so"}, kStart + 400ms, {}, 1, kStart + 1s};
    return update;
}

SourceUpdate silent() {
    return {"redis", 500ms, kStart, nullptr, std::nullopt};
}

} // namespace

class TestFreshness : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isLateAfterTwoIntervalsAndLostAfterTen() {
        const auto update = answered();
        QCOMPARE(freshnessOf(update, kStart + 1000ms), Freshness::Fresh);
        QCOMPARE(freshnessOf(update, kStart + 1001ms), Freshness::Late);
        QCOMPARE(freshnessOf(update, kStart + 5000ms), Freshness::Late);
        QCOMPARE(freshnessOf(update, kStart + 5001ms), Freshness::Lost);
    }
    void sourcesReadEverySecondAreLateAfterOneAndAHalf() {
        const auto update = answered(1000ms);
        QCOMPARE(freshnessOf(update, kStart + 1500ms), Freshness::Fresh);
        QCOMPARE(freshnessOf(update, kStart + 1501ms), Freshness::Late);
        QCOMPARE(freshnessOf(update, kStart + 10'001ms), Freshness::Lost);
    }
    void slowSourcesAreLateTwoSecondsAfterTheirAnswerWasDue() {
        QCOMPARE(lateAfter(10s), 12'000ms);
        QCOMPARE(lateAfter(60s), 62'000ms);
    }
    void aClosedConnectionIsLostAtOnce() {
        for (const auto code : {ErrorCode::Closed, ErrorCode::Refused}) {
            const auto update = failed(answered(), code);
            QCOMPARE(freshnessOf(update, kStart + 400ms), Freshness::Lost);
            QCOMPARE(sourceStateOf(update, kStart + 400ms), SourceState::Lost);
        }
    }
    void ourOwnDeadlineIsLateFirst() {
        const auto update = failed(answered(), ErrorCode::Timeout);
        QCOMPARE(freshnessOf(update, kStart + 400ms), Freshness::Late);
        QCOMPARE(sourceStateOf(update, kStart + 400ms), SourceState::Late);
        QCOMPARE(sourceStateOf(update, kStart + 5001ms), SourceState::Lost);
    }
    void beforeTheFirstAnswerItLoadsForTwoSeconds() {
        QCOMPARE(sourceStateOf(silent(), kStart + 1s), SourceState::Loading);
        QCOMPARE(sourceStateOf(silent(), kStart + 2001ms), SourceState::Lost);
        const auto stopped = failed(silent(), ErrorCode::Timeout);
        QCOMPARE(sourceStateOf(stopped, kStart + 1s), SourceState::Loading);
        QCOMPARE(sourceStateOf(stopped, kStart + 2001ms), SourceState::Lost);
        QCOMPARE(sourceStateOf(failed(silent(), ErrorCode::Refused), kStart + 1s), SourceState::Lost);
    }
    void refusalsAndNonsenseHaveStatesOfTheirOwn() {
        QCOMPARE(sourceStateOf(failed(answered(), ErrorCode::Denied), kStart), SourceState::Denied);
        QCOMPARE(sourceStateOf(failed(answered(), ErrorCode::Protocol), kStart), SourceState::Error);
    }
    void ageIsOfTheAnswerOrOfTheTrying() {
        QCOMPARE(ageOf(answered(), kStart + 3s), std::chrono::nanoseconds(3s));
        QCOMPARE(ageOf(silent(), kStart + 2s), std::chrono::nanoseconds(2s));
        QCOMPARE(ageOf(answered(), kStart - 3s), std::chrono::nanoseconds(0));
    }
    void aSumIsAsItsBestSourceAndLateWithALateOne() {
        SumState sum;
        QCOMPARE(sum.state(), SourceState::Loading); // nobody has said anything yet
        QVERIFY(!sum.shows());
        sum.add(SourceState::Lost, 40s);
        sum.add(SourceState::Lost, 20s);
        QCOMPARE(sum.state(), SourceState::Lost);
        QCOMPARE(sum.age(), std::chrono::nanoseconds(20s));
        sum.add(SourceState::Live, 1s);
        sum.add(SourceState::Live, 2s);
        sum.add(SourceState::Error, 9s);
        QCOMPARE(sum.state(), SourceState::Live);
        QCOMPARE(sum.age(), std::chrono::nanoseconds(2s));
        sum.add(SourceState::Late, 4s);
        sum.add(SourceState::Late, 3s);
        QCOMPARE(sum.state(), SourceState::Late);
        QCOMPARE(sum.age(), std::chrono::nanoseconds(4s));
        QVERIFY(sum.shows());
    }
    void namesAreThoseOfTheInterface() {
        QCOMPARE(freshnessName(Freshness::Fresh), std::string_view("fresh"));
        QCOMPARE(freshnessName(Freshness::Late), std::string_view("late"));
        QCOMPARE(freshnessName(Freshness::Lost), std::string_view("lost"));
        QCOMPARE(sourceStateName(SourceState::Denied), std::string_view("denied"));
    }
};

QTEST_APPLESS_MAIN(TestFreshness)
#include "test_freshness.moc"
