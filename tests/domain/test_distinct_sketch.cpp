// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/base64.h"
#include "backend/domain/distinct_sketch.h"

#include <QTest>
#include <cmath>
#include <random>

using namespace binnacle;

namespace {

std::vector<std::uint64_t> randomHashes(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> hashes(count);
    for (auto& hash : hashes) {
        hash = random();
    }
    return hashes;
}

DistinctSketch sketchOf(std::span<const std::uint64_t> hashes) {
    DistinctSketch sketch;
    for (const auto hash : hashes) {
        sketch.add(hash);
    }
    return sketch;
}

} // namespace

class TestDistinctSketch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsNothingAndAFewExactly() {
        QCOMPARE(DistinctSketch().estimate(), 0.0);
        for (const std::size_t count : {1U, 2U, 7U, 20U}) {
            QCOMPARE(std::lround(sketchOf(randomHashes(count, count)).estimate()), static_cast<long>(count));
        }
    }
    void theSameThingTwiceCountsOnce() {
        const auto hashes = randomHashes(3, 500);
        auto sketch = sketchOf(hashes);
        const auto once = sketch;
        for (const auto hash : hashes) {
            sketch.add(hash);
        }
        QVERIFY(sketch == once);
    }
    void theErrorKeepsToItsBoundOverManySeeds_data() {
        QTest::addColumn<int>("count");
        // 10 000 and 16 000 are where the estimator of the original paper is biased.
        for (const int count : {100, 1000, 5000, 10'000, 16'000, 50'000, 500'000}) {
            QTest::addRow("%d", count) << count;
        }
    }
    void theErrorKeepsToItsBoundOverManySeeds() {
        QFETCH(int, count);
        const int seeds = count > 100'000 ? 60 : 300;
        double sum = 0;
        double squares = 0;
        int beyondThree = 0;
        for (int seed = 0; seed < seeds; ++seed) {
            const auto hashes =
                randomHashes(static_cast<std::uint64_t>(seed) * 7919 + 1, static_cast<std::size_t>(count));
            const double error = sketchOf(hashes).estimate() / count - 1;
            sum += error;
            squares += error * error;
            beyondThree += std::abs(error) > 3 * DistinctSketch::kStandardError ? 1 : 0;
        }
        const double deviation = std::sqrt(squares / seeds);
        QVERIFY2(deviation < 1.15 * DistinctSketch::kStandardError, qPrintable(QString::number(deviation)));
        // Without bias the mean of so many lies within four of its own standard errors.
        QVERIFY2(std::abs(sum / seeds) < 4 * DistinctSketch::kStandardError / std::sqrt(seeds),
                 qPrintable(QString::number(sum / seeds)));
        QVERIFY2(beyondThree <= seeds / 50, qPrintable(QString::number(beyondThree)));
    }
    void mergingIsTheSameAsHavingSeenAll() {
        const auto hashes = randomHashes(11, 30'000);
        const auto all = std::span(hashes);
        auto left = sketchOf(all.first(20'000));
        const auto right = sketchOf(all.last(20'000)); // ten thousand were seen by both
        left.merge(right);
        QVERIFY(left == sketchOf(hashes));
    }
    void aShareOfTwoCohortsIsWithinTheSketchsError() {
        int far = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const auto hashes = randomHashes(seed + 1000, 10'000);
            const double canary = sketchOf(std::span(hashes).first(500)).estimate();
            const double stable = sketchOf(std::span(hashes).last(9500)).estimate();
            far += std::abs(100 * canary / (canary + stable) - 5) > 0.3 ? 1 : 0;
        }
        QVERIFY2(far <= 2, qPrintable(QString::number(far)));
    }
    void hashesWithoutASetBitHaveTheHighestRank() {
        QCOMPARE(DistinctSketch::placeOf(0).rank, DistinctSketch::kHighestRank);
        QCOMPARE(DistinctSketch::placeOf(~std::uint64_t{0}).rank, std::uint8_t{1});
        QCOMPARE(DistinctSketch::placeOf(~std::uint64_t{0}).index, DistinctSketch::kRegisterCount - 1);
    }
    void registersSurviveTheWire() {
        const auto sketch = sketchOf(randomHashes(5, 4000));
        std::string text;
        appendBase64(text, sketch.registers());
        const auto bytes = decodeBase64(text);
        QVERIFY(bytes.has_value());
        QVERIFY(DistinctSketch::fromRegisters(*bytes) == sketch);
        QVERIFY(!DistinctSketch::fromRegisters(std::span(*bytes).first(100)));
        auto wrong = *bytes;
        wrong[7] = DistinctSketch::kHighestRank + 1;
        QVERIFY(!DistinctSketch::fromRegisters(wrong));
    }
    void base64IsThatOfTheStandard() {
        const std::string words = "foobar";
        for (const auto& [count, expected] : std::vector<std::pair<std::size_t, std::string>>{
                 {0, ""}, {1, "Zg=="}, {2, "Zm8="}, {3, "Zm9v"}, {5, "Zm9vYmE="}, {6, "Zm9vYmFy"}}) {
            const std::vector<std::uint8_t> bytes(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
            std::string text;
            appendBase64(text, bytes);
            QCOMPARE(text, expected);
            QVERIFY(decodeBase64(text) == bytes);
        }
        for (const char* wrong : {"Zg", "Z===", "Zg=a", "Zm9*", "===="}) {
            QVERIFY2(!decodeBase64(wrong), wrong);
        }
    }
};

QTEST_APPLESS_MAIN(TestDistinctSketch)
#include "test_distinct_sketch.moc"
