// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/latency_histogram.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

using binnacle::LatencyHistogram;
using std::chrono::nanoseconds;

namespace {

using Draw = std::function<double(std::mt19937_64&)>;

std::vector<std::int64_t> draw(const Draw& shape, std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(static_cast<std::int64_t>(std::clamp(shape(random), 600.0, 6e10)));
    }
    return values;
}

LatencyHistogram recorded(const std::vector<std::int64_t>& values) {
    LatencyHistogram histogram;
    for (const auto value : values) {
        histogram.record(nanoseconds(value));
    }
    return histogram;
}

} // namespace

class TestLatencyHistogram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quantilesAreWithinOnePercentOfExact_data() {
        QTest::addColumn<int>("shape");
        QTest::newRow("lognormal, as requests are") << 0;
        QTest::newRow("exponential") << 1;
        QTest::newRow("two humps: hits and misses") << 2;
        QTest::newRow("log-uniform over the whole range") << 3;
    }
    void quantilesAreWithinOnePercentOfExact() {
        QFETCH(int, shape);
        const std::array<Draw, 4> shapes{
            [](auto& random) { return std::lognormal_distribution(15.0, 1.0)(random); },
            [](auto& random) { return 1000 + std::exponential_distribution(1e-7)(random); },
            [](auto& random) {
                const bool hit = std::bernoulli_distribution(0.9)(random);
                return std::normal_distribution(hit ? 4e5 : 2e7, hit ? 3e4 : 2e6)(random);
            },
            [](auto& random) {
                return std::exp(std::uniform_real_distribution(std::log(1e3), std::log(6e10))(random));
            },
        };
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            auto values = draw(shapes[static_cast<std::size_t>(shape)], 50'000, seed);
            const auto histogram = recorded(values);
            std::ranges::sort(values);
            QCOMPARE(histogram.count(), std::uint64_t{50'000});
            for (const double q : {0.001, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
                const auto rank = static_cast<std::size_t>(std::ceil(q * 50'000 - 1e-9));
                const double exact = static_cast<double>(values[rank - 1]) * 1e-9;
                const double told = histogram.quantile(q).value();
                QVERIFY2(std::abs(told - exact) <= 0.01 * exact,
                         qPrintable(QStringLiteral("q %1: %2 instead of %3").arg(q).arg(told).arg(exact)));
            }
        }
    }

    void everyValueFallsIntoTheBucketThatHoldsIt() {
        std::mt19937_64 random(7);
        std::uniform_int_distribution<std::int64_t> values(512, (std::int64_t{1} << 36) - 1);
        for (int i = 0; i < 100'000; ++i) {
            const auto value = values(random) >> (i % 28);
            const auto index = LatencyHistogram::bucketIndex(value);
            if (value < 512) {
                QCOMPARE(index, LatencyHistogram::kBelowIndex);
                continue;
            }
            QVERIFY(LatencyHistogram::bucketLowNs(index) <= value);
            QVERIFY(value < LatencyHistogram::bucketHighNs(index));
        }
        QCOMPARE(LatencyHistogram::bucketIndex(512), std::size_t{0});
        QCOMPARE(LatencyHistogram::bucketIndex((std::int64_t{1} << 36) - 1), LatencyHistogram::kBucketCount - 1);
        QCOMPARE(LatencyHistogram::bucketIndex(std::int64_t{1} << 36), LatencyHistogram::kAboveIndex);
        QCOMPARE(LatencyHistogram::bucketIndex(-5), LatencyHistogram::kBelowIndex);
    }

    void mergingEqualsRecordingTogether() {
        const Draw shape = [](auto& random) { return std::lognormal_distribution(14.0, 2.0)(random); };
        auto one = draw(shape, 3000, 1);
        const auto two = draw(shape, 5000, 2);
        auto merged = recorded(one);
        merged.merge(recorded(two));
        one.insert(one.end(), two.begin(), two.end());
        QVERIFY(merged == recorded(one));
        QCOMPARE(merged.sumNs(), recorded(one).sumNs());
    }

    void sinceIsWhatWasAddedInBetween() {
        const Draw shape = [](auto& random) { return std::exponential_distribution(1e-6)(random); };
        const auto before = recorded(draw(shape, 1000, 3));
        const auto added = recorded(draw(shape, 700, 4));
        auto after = before;
        after.merge(added);
        QVERIFY(after.since(before).value() == added);
        QVERIFY(after.since(after).value().empty());
        QVERIFY(after.since({}).value() == after);
    }

    void sinceOfARestartIsAbsent() {
        LatencyHistogram before;
        before.recordMany(1'000'000, 10);
        LatencyHistogram smaller;
        smaller.recordMany(1'000'000, 9);
        QVERIFY(!smaller.since(before));
        LatencyHistogram elsewhere; // as many values and more, but not those
        elsewhere.recordMany(5'000'000, 20);
        QVERIFY(!elsewhere.since(before));
    }

    void valuesOutOfRangeAreCountedApart() {
        LatencyHistogram histogram;
        histogram.record(nanoseconds(100));
        histogram.record(std::chrono::seconds(100));
        histogram.record(std::chrono::milliseconds(1));
        QCOMPARE(histogram.count(), std::uint64_t{3});
        QCOMPARE(histogram.below(), std::uint64_t{1});
        QCOMPARE(histogram.above(), std::uint64_t{1});
        QCOMPARE(histogram.quantile(0.01).value(), 512e-9);
        QCOMPARE(histogram.quantile(1.0).value(), static_cast<double>(std::int64_t{1} << 36) * 1e-9);
        QVERIFY(!histogram.addToCell(LatencyHistogram::kCellCount, 1));
    }

    void aQuantileOfNothingIsAbsentAndOfFewUnsupported() {
        LatencyHistogram histogram;
        QVERIFY(!histogram.quantile(0.5));
        QVERIFY(!histogram.meanSeconds());
        histogram.recordMany(1'000'000, 99);
        QVERIFY(histogram.supportedQuantile(0.95));
        QVERIFY(!histogram.supportedQuantile(0.99));
        histogram.recordMany(1'000'000, 1);
        QVERIFY(histogram.supportedQuantile(0.99));
        QVERIFY(!histogram.supportedQuantile(0.999));
    }

    void cellsAddUpToTheCount() {
        const Draw shape = [](auto& random) { return std::lognormal_distribution(13.0, 3.0)(random); };
        const auto histogram = recorded(draw(shape, 20'000, 9));
        const auto [first, last] = histogram.usedRange();
        std::uint64_t sum = histogram.below() + histogram.above();
        for (auto i = first; i < last; ++i) {
            sum += histogram.cell(i);
        }
        QCOMPARE(sum, histogram.count());
        QVERIFY(histogram.cell(first) > 0);
        QVERIFY(histogram.cell(last - 1) > 0);
        QCOMPARE(histogram.countBetween(0, std::int64_t{1} << 36), histogram.count());
    }
    void countsFromADurationOnAgreeWithCountsBetween() {
        LatencyHistogram histogram;
        histogram.recordMany(100, 1); // below the range
        histogram.recordMany(5'000'000, 20);
        histogram.recordMany(499'000'000, 3);
        histogram.recordMany(510'000'000, 4);
        histogram.recordMany(std::int64_t{1} << 40, 5); // above it
        QCOMPARE(histogram.countFrom(500'000'000), std::uint64_t{9});
        QCOMPARE(histogram.countFrom(1'000'000), std::uint64_t{32});
        QCOMPARE(histogram.countFrom(10), std::uint64_t{33});
        QCOMPARE(histogram.countFrom(std::int64_t{1} << 38), std::uint64_t{5});
        for (std::int64_t ns = 600; ns < 1'000'000'000; ns += ns / 3) {
            QCOMPARE(histogram.countFrom(ns), histogram.countBetween(ns, std::int64_t{1} << 37) + histogram.above());
        }
    }
};

QTEST_APPLESS_MAIN(TestLatencyHistogram)
#include "test_latency_histogram.moc"
