// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/interval.h"

#include <QTest>
#include <cmath>
#include <random>

using namespace binnacle;

namespace {

bool contains(const Interval& interval, double value) {
    return interval.low <= value && value <= interval.high;
}

LatencyHistogram exponential(std::mt19937_64& random, int count, double meanNs) {
    LatencyHistogram histogram;
    for (int i = 0; i < count; ++i) {
        const double uniform = static_cast<double>(random() >> 11) * 0x1.0p-53;
        histogram.recordMany(static_cast<std::int64_t>(-meanNs * std::log1p(-uniform)), 1);
    }
    return histogram;
}

int poisson(std::mt19937_64& random, double mean) {
    const double limit = std::exp(-mean);
    int count = 0;
    for (double product = 1;; ++count) {
        product *= static_cast<double>((random() >> 11) + 1) * 0x1.0p-53;
        if (product <= limit) {
            return count;
        }
    }
}

} // namespace

class TestInterval : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void poissonIntervalsAreThoseOfTheTables() {
        // Exact 99 % limits (Garwood): 0: [0, 5.30], 1: [0.005, 7.43], 10: [3.72, 21.40], 100: [76.12, 128.76].
        const auto near = [](double value, double exact, double relative) {
            return std::abs(value - exact) <= relative * exact + 0.06;
        };
        QCOMPARE(poissonInterval(0, kNormal99).low, 0.0);
        QVERIFY(near(poissonInterval(0, kNormal99).high, 5.30, 0.02));
        QVERIFY(near(poissonInterval(1, kNormal99).high, 7.43, 0.02));
        QVERIFY(near(poissonInterval(10, kNormal99).low, 3.72, 0.02));
        QVERIFY(near(poissonInterval(10, kNormal99).high, 21.40, 0.02));
        QVERIFY(near(poissonInterval(100, kNormal99).low, 76.12, 0.01));
        QVERIFY(near(poissonInterval(100, kNormal99).high, 128.76, 0.01));
    }
    void aShareOfNoneOrAllIsNoCertainty() {
        const auto none = wilsonInterval(0, 100, kNormal99);
        QCOMPARE(none.low, 0.0);
        QVERIFY(none.high > 0.05 && none.high < 0.08);
        const auto all = wilsonInterval(100, 100, kNormal99);
        QVERIFY(all.low < 0.95 && all.high > 0.999);
    }
    void anEndBeyondTheValuesSeenIsOpen() {
        std::mt19937_64 random(1);
        const auto few = exponential(random, 300, 1e6);
        QVERIFY(few.supportedQuantile(0.99).has_value());
        const auto open = quantileInterval(few, 0.99, 300, kNormal99);
        QVERIFY(open && std::isinf(open->high) && open->low > 0);
        const auto blind = quantileInterval(few, 0.5, 2, kNormal99);
        QVERIFY(blind && blind->low == 0 && std::isinf(blind->high));
        QVERIFY(std::isfinite(quantileInterval(few, 0.5, 300, kNormal99)->high));
        QVERIFY(!quantileInterval(LatencyHistogram(), 0.5, 0, kNormal99));
    }
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        std::mt19937_64 random(7);
        constexpr int kRuns = 2000;
        int outsideQuantile = 0;
        int outsidePoisson = 0;
        int outsideDifference = 0;
        int outsideMean = 0;
        for (int run = 0; run < kRuns; ++run) {
            const auto histogram = exponential(random, 2000, 2e6);
            const double truth = 2e-3 * std::log(20); // p95 of an exponential law with mean 2 ms
            outsideQuantile += contains(*quantileInterval(histogram, 0.95, 2000, kNormal99), truth) ? 0 : 1;
            const int one = poisson(random, 20);
            const int other = poisson(random, 30);
            outsidePoisson += contains(poissonInterval(one, kNormal99), 20) ? 0 : 1;
            const auto difference =
                differenceInterval(one, poissonInterval(one, kNormal99), other, poissonInterval(other, kNormal99));
            outsideDifference += contains(difference, 10) ? 0 : 1;
            std::vector<double> values(12);
            for (auto& value : values) {
                value = poisson(random, 50);
            }
            outsideMean += contains(*meanInterval99(values), 50) ? 0 : 1;
        }
        for (const int outside : {outsideQuantile, outsidePoisson, outsideDifference, outsideMean}) {
            QVERIFY2(outside <= kRuns * 18 / 1000, qPrintable(QString::number(outside))); // 1 % and four of its errors
        }
    }
    void burstsWidenByWhatTheyVaryMore() {
        std::mt19937_64 random(3);
        std::vector<double> single(600);
        std::vector<double> inTens(600);
        const std::vector<double> exposures(600, 5);
        for (std::size_t i = 0; i < single.size(); ++i) {
            single[i] = poisson(random, 40);
            inTens[i] = 10.0 * poisson(random, 4);
        }
        QVERIFY(overdispersion(single, exposures) < 1.25);
        const double bursts = overdispersion(inTens, exposures);
        QVERIFY2(bursts > 8 && bursts < 12, qPrintable(QString::number(bursts)));
        QCOMPARE(overdispersion({}, {}), 1.0);
        const std::vector<double> none(12, 0);
        const std::vector<double> many(12, 100);
        QCOMPARE(overdispersionOfShare(none, many), 1.0);
        std::vector<double> together(12, 0);
        together[4] = 100; // all in one span
        QVERIFY(overdispersionOfShare(together, many) > 50);
    }
};

QTEST_APPLESS_MAIN(TestInterval)
#include "test_interval.moc"
