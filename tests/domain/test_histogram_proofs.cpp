// SPDX-License-Identifier: GPL-3.0-or-later
// What the histogram promises, shown on many values rather than on chosen ones.
#include "backend/domain/latency_histogram.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <rapidcheck.h>
#include <vector>

using binnacle::LatencyHistogram;

namespace {

using Values = std::vector<std::int64_t>;

LatencyHistogram recorded(const Values& values) {
    LatencyHistogram histogram;
    for (const auto ns : values) {
        histogram.recordMany(ns, 1);
    }
    return histogram;
}

enum class Shape { Uniform, Lognormal, Bimodal, Pareto };

/// Durations in nanoseconds within the range of the histogram.
Values draw(Shape shape, std::size_t count) {
    std::mt19937_64 random(count + static_cast<std::size_t>(shape));
    std::uniform_real_distribution<double> uniform(0, 1);
    std::lognormal_distribution<double> lognormal(std::log(2e6), 0.9);
    std::normal_distribution<double> hit(4e5, 3e4);
    std::normal_distribution<double> miss(2e7, 2e6);
    const auto one = [&]() -> double {
        switch (shape) {
        case Shape::Uniform:
            return 1e3 + uniform(random) * 1e8;
        case Shape::Lognormal:
            return lognormal(random);
        case Shape::Bimodal:
            return uniform(random) < 0.9 ? hit(random) : miss(random);
        case Shape::Pareto: // alpha 1.1: the mean hardly exists, one in a million waits a minute
            break;
        }
        return 2e5 * std::pow(1 - uniform(random), -1 / 1.1);
    };
    Values values(count);
    for (auto& ns : values) {
        ns = static_cast<std::int64_t>(std::clamp(one(), 600.0, 6.8e10));
    }
    return values;
}

/// Latencies of all magnitudes, and some out of the range on both sides.
rc::Gen<std::int64_t> anyLatency() {
    return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 42), rc::gen::arbitrary<std::uint64_t>()),
                        [](const std::pair<int, std::uint64_t>& drawn) {
                            const auto octave = std::uint64_t{1} << drawn.first;
                            return static_cast<std::int64_t>(octave + drawn.second % octave) - 1;
                        });
}

rc::Gen<std::vector<Values>> anyInstances() {
    return rc::gen::container<std::vector<Values>>(rc::gen::container<Values>(anyLatency()));
}

Values together(const std::vector<Values>& instances) {
    Values all;
    for (const auto& values : instances) {
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

} // namespace

class TestHistogramProofs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quantilesOfManyValuesAreWithinOnePercent_data() {
        QTest::addColumn<int>("shape");
        QTest::newRow("uniform") << static_cast<int>(Shape::Uniform);
        QTest::newRow("lognormal") << static_cast<int>(Shape::Lognormal);
        QTest::newRow("bimodal") << static_cast<int>(Shape::Bimodal);
        QTest::newRow("heavy tail (Pareto)") << static_cast<int>(Shape::Pareto);
    }
    /// A million values; BINNACLE_HISTOGRAM_VALUES (the benchmark's run: ten million) says otherwise.
    void quantilesOfManyValuesAreWithinOnePercent() {
        QFETCH(int, shape);
        const int asked = qEnvironmentVariableIntValue("BINNACLE_HISTOGRAM_VALUES");
        const auto count = asked > 0 ? static_cast<std::size_t>(asked) : std::size_t{1'000'000};
        auto values = draw(static_cast<Shape>(shape), count);
        const auto histogram = recorded(values);
        QCOMPARE(histogram.count(), std::uint64_t{count});
        double worst = 0;
        auto sorted = values.begin(); // what lies before it is in its place: ranks ascend
        for (const double q : {0.0001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 1.0}) {
            const auto rank =
                std::max(std::size_t{1}, static_cast<std::size_t>(std::ceil(q * static_cast<double>(count))));
            const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
            std::nth_element(sorted, at, values.end());
            sorted = at;
            const double exact = static_cast<double>(*at) * 1e-9;
            const double told = histogram.quantile(q).value();
            const double error = std::abs(told - exact) / exact;
            QVERIFY2(error <= 0.01, qPrintable(QStringLiteral("q %1: %2 s, exactly %3 s").arg(q).arg(told).arg(exact)));
            worst = std::max(worst, error);
        }
        qInfo("%zu values, largest error of a quantile %.3f %%", count, worst * 100);
    }

    void mergingInstancesEqualsRecordingTogether() {
        QVERIFY(rc::check("merging instances equals recording together", [] {
            const auto instances = *anyInstances();
            LatencyHistogram merged;
            for (const auto& values : instances) {
                merged.merge(recorded(values));
            }
            RC_ASSERT(merged == recorded(together(instances)));
        }));
    }
    void cellsInOneGoAreCellsOneByOne() {
        QVERIFY(rc::check("cells that are added in one go are as those that are added one by one", [] {
            const auto before = *rc::gen::container<Values>(anyLatency());
            std::map<std::uint16_t, std::uint32_t> counts; // ascending
            for (const auto ns : *rc::gen::container<Values>(anyLatency())) {
                ++counts[static_cast<std::uint16_t>(LatencyHistogram::bucketIndex(ns))];
            }
            auto one = recorded(before);
            auto other = recorded(before);
            const std::vector<std::pair<std::uint16_t, std::uint32_t>> cells(counts.begin(), counts.end());
            one.addCells(cells);
            for (const auto& [index, count] : cells) {
                RC_ASSERT(other.addToCell(index, count));
            }
            RC_ASSERT(one == other);
            RC_ASSERT(one.count() == other.count());
        }));
    }
    void theOrderOfMergingDoesNotMatter() {
        QVERIFY(rc::check("the order of merging does not matter", [] {
            auto instances = *anyInstances();
            LatencyHistogram forth;
            LatencyHistogram back;
            for (const auto& values : instances) {
                forth.merge(recorded(values));
            }
            std::ranges::reverse(instances);
            for (const auto& values : instances) {
                back.merge(recorded(values));
            }
            RC_ASSERT(forth == back);
        }));
    }
    void whatIsSinceIsWhatWasRecordedSince() {
        QVERIFY(rc::check("a later reading minus an earlier one is what came between", [] {
            const auto before = *rc::gen::container<Values>(anyLatency());
            const auto between = *rc::gen::container<Values>(anyLatency());
            const auto earlier = recorded(before);
            const auto later = recorded(together({before, between}));
            const auto since = later.since(earlier);
            RC_ASSERT(since.has_value());
            RC_ASSERT(*since == recorded(between));
        }));
    }
};

QTEST_APPLESS_MAIN(TestHistogramProofs)
#include "test_histogram_proofs.moc"
