// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/onset.h"

#include <QTest>

#include <random>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};

SteadyTime at(int second) {
    return kStart + std::chrono::seconds(second);
}

/// Calm around `middle` for `seconds`, a little uneven.
void calm(OnsetWatch& watch, int seconds, double middle, double spread) {
    std::minstd_rand random(7);
    std::normal_distribution<double> noise(middle, spread);
    for (int i = 0; i < seconds; ++i) {
        watch.see(at(i), noise(random));
    }
}

} // namespace

class TestOnset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noiseIsNoMove() {
        OnsetWatch watch({1, {}});
        calm(watch, 3000, 50, 3);
        QVERIFY(!watch.onset());
    }
    void aStepIsFoundWithItsBeginning() {
        OnsetWatch watch({1, {}});
        calm(watch, 60, 50, 3);
        for (int i = 60; i < 64; ++i) {
            watch.see(at(i), 150);
        }
        QCOMPARE(watch.onset(), std::optional(at(60)));
    }
    void aSlowRiseBeginsWhereItBegan() {
        OnsetWatch watch({0.2, 10});
        for (int i = 0; i < 30; ++i) {
            watch.see(at(i), 0);
        }
        for (int i = 30; i < 40; ++i) {
            watch.see(at(i), i - 29); // a second of lag each second
        }
        QVERIFY(watch.onset());
        QVERIFY(*watch.onset() >= at(29) && *watch.onset() <= at(31));
    }
    void whatGoesNoFarWayToItsLimitDoesNotCount() {
        OnsetWatch watch({0.01, 0.25});
        for (int i = 0; i < 30; ++i) {
            watch.see(at(i), 0.01);
        }
        for (int i = 30; i < 50; ++i) {
            watch.see(at(i), 0.04); // many spreads, and far from 250 ms
        }
        QVERIFY(!watch.onset());
    }
    void theEpisodeEndsWhenAllIsCalmAgain() {
        OnsetWatch watch({0.5, {}});
        for (int i = 0; i < 30; ++i) {
            watch.see(at(i), 0);
        }
        for (int i = 30; i < 400; ++i) {
            watch.see(at(i), 12); // long: what is usual must not become this
        }
        QCOMPARE(watch.onset(), std::optional(at(30)));
        for (int i = 400; i < 410; ++i) {
            watch.see(at(i), 0);
        }
        QVERIFY(!watch.onset());
        for (int i = 410; i < 415; ++i) {
            watch.see(at(i), 12);
        }
        QCOMPARE(watch.onset(), std::optional(at(410)));
    }
    void withoutAPastNothingIsUnusual() {
        OnsetWatch watch({0.5, {}});
        for (int i = 0; i < 7; ++i) {
            watch.see(at(i), 12);
        }
        QVERIFY(!watch.onset());
    }
    void aLineIsFollowedFromItsPast() {
        Series line({2400, 720, 10s});
        for (int i = 0; i < 120; ++i) {
            line.append(at(0) + i * 500ms, i < 100 ? 0 : 9);
        }
        LineOnset onset({0.5, {}});
        onset.follow(line, at(60));
        QCOMPARE(onset.onset(), std::optional(at(50)));
        line.append(at(60), 9);
        onset.follow(line, at(60)); // goes on where it was
        QCOMPARE(onset.onset(), std::optional(at(50)));
    }
    void whatMovedFirstIsNumberOne() {
        const std::array<std::optional<SteadyTime>, 5> onsets{at(20), std::nullopt, at(5), at(6), at(9)};
        const auto order = onsetOrder(onsets);
        QVERIFY(order[2] == 1);
        QVERIFY(order[3] == 1); // a second later: not to be told apart
        QVERIFY(order[4] == 3);
        QVERIFY(order[0] == 4);
        QVERIFY(!order[1]);
    }
};

QTEST_GUILESS_MAIN(TestOnset)
#include "test_onset.moc"
