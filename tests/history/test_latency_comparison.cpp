// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/latency_comparison.h"

#include <QTest>
#include <cmath>
#include <random>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

SteadyTime at(std::chrono::seconds time) {
    return SteadyTime(10000s + time);
}

/// Lognormal requests around `medianMs`, so many each 2 s, for a minute, `errors` of them 5xx.
void fill(LatencyLog& log, const char* instance, double medianMs, int perSlot, std::uint64_t seed, int errors = 0) {
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> latency(std::log(medianMs * 1e6), 0.5);
    for (int second = 0; second < 60; second += 2) {
        LatencyHistogram good;
        LatencyHistogram bad;
        for (int i = 0; i < perSlot; ++i) {
            (i < errors ? bad : good).recordMany(static_cast<std::int64_t>(latency(random)), 1);
        }
        QVERIFY(log.add({{"instance", instance}, {"route", "r"}, {"status_class", "2xx"}}, at(1s * second), good));
        QVERIFY(log.add({{"instance", instance}, {"route", "r"}, {"status_class", "5xx"}}, at(1s * second), bad));
    }
}

LatencySide sideOf(const LatencyLog& log, const char* instance) {
    LatencySelector selector;
    selector.instance = instance;
    return latencySide(log, selector, at(0s), at(60s), at(60s));
}

} // namespace

class TestLatencyComparison : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSideIsWhatItsBucketsHold() {
        LatencyLog log;
        fill(log, "a", 4, 100, 1, 2);
        const auto side = sideOf(log, "a");
        QCOMPARE(side.latency.count(), std::uint64_t{3000});
        QCOMPARE(side.errors, std::uint64_t{60});
        QCOMPARE(*side.errorShare(), 0.02);
        QVERIFY(side.spread >= 1 && side.spread < 2);
        QVERIFY(!LatencySide().errorShare());
        const auto twice = together(side, side);
        QCOMPARE(twice.latency.count(), std::uint64_t{6000});
        QCOMPARE(twice.errors, std::uint64_t{120});
    }

    void aRealDifferenceIsMeasurableAndNoneIsNot() {
        int found = 0;
        int invented = 0;
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            LatencyLog log;
            fill(log, "a", 4, 100, seed);
            fill(log, "b", 4, 100, seed + 1000);
            fill(log, "c", 5, 100, seed + 2000);
            const auto same = quantileChange(sideOf(log, "a"), sideOf(log, "b"), 0.99);
            const auto slower = quantileChange(sideOf(log, "a"), sideOf(log, "c"), 0.99);
            QVERIFY(same.before && same.after && same.difference95);
            invented += same.measurable() ? 1 : 0;
            found += slower.measurable() && *slower.after > *slower.before ? 1 : 0;
        }
        QVERIFY2(found >= 80, qPrintable(QString::number(found)));
        QVERIFY2(invented <= 8, qPrintable(QString::number(invented)));
    }

    void fromTooFewThereIsNoFigure() {
        LatencyLog log;
        fill(log, "a", 4, 100, 1);
        fill(log, "b", 4, 1, 2); // 30 requests: a median and a p95, no p99
        const auto few = sideOf(log, "b");
        QVERIFY(quantileChange(sideOf(log, "a"), few, 0.5).after);
        const auto tail = quantileChange(sideOf(log, "a"), few, 0.99);
        QVERIFY(tail.before && !tail.after && !tail.difference95 && !tail.measurable());
        const auto none = quantileChange(LatencySide(), LatencySide(), 0.5);
        QVERIFY(!none.before && !none.after && !none.measurable());
    }

    void burstsMakeTheIntervalWider() {
        LatencyLog even;
        LatencyLog bursty;
        for (int second = 0; second < 60; second += 2) {
            LatencyHistogram histogram;
            histogram.recordMany(4'000'000, 90);
            histogram.recordMany(40'000'000, 10);
            QVERIFY(even.add({{"instance", "a"}}, at(1s * second), histogram));
            LatencyHistogram clumped;
            clumped.recordMany(4'000'000, second % 10 == 0 ? 50 : 100);
            clumped.recordMany(40'000'000, second % 10 == 0 ? 50 : 0);
            QVERIFY(bursty.add({{"instance", "a"}}, at(1s * second), clumped));
        }
        const auto wide = sideOf(bursty, "a");
        QVERIFY(wide.spread > 10);
        QVERIFY(sideOf(even, "a").spread < 2);
    }

    void errorsAreComparedAsShares() {
        LatencyLog log;
        fill(log, "a", 4, 100, 1, 0);
        fill(log, "b", 4, 100, 2, 3);
        const auto change = errorChange(sideOf(log, "a"), sideOf(log, "b"));
        QCOMPARE(*change.before, 0.0);
        QCOMPARE(*change.after, 0.03);
        QVERIFY(change.measurable());
        QVERIFY(!errorChange(sideOf(log, "a"), sideOf(log, "a")).measurable());
    }
};

QTEST_APPLESS_MAIN(TestLatencyComparison)
#include "test_latency_comparison.moc"
