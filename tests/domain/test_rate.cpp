// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/rate.h"

#include <QTest>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};
const SeriesKey kKey{"service.http.requests", {{"route", "GET /v1/projects"}}};

Snapshot snapshot(SteadyTime at, const char* epoch, std::vector<Reading> readings,
                  std::optional<std::chrono::nanoseconds> sender = std::nullopt) {
    Snapshot out;
    out.header.steadyAt = at;
    out.header.epoch = epoch;
    out.header.senderMonotonic = sender;
    out.readings = std::move(readings);
    out.sort();
    return out;
}

Snapshot counted(SteadyTime at, const char* epoch, double value,
                 std::optional<std::chrono::nanoseconds> sender = std::nullopt) {
    return snapshot(at, epoch, {counter(kKey.id, kKey.labels, value)}, sender);
}

LatencyHistogram values(std::uint64_t count) {
    LatencyHistogram histogram;
    histogram.recordMany(1'000'000, count);
    return histogram;
}

} // namespace

class TestRate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dividesByTheElapsedTimeOfThatVeryPair() {
        QCOMPARE(counterRate(counted(kStart, "a", 100), counted(kStart + 400ms, "a", 120), kKey).value(), 50.0);
    }
    void prefersTheSendersClock() {
        // Our side was delayed by a second: the sender counted for half a second only.
        const auto rate = counterRate(counted(kStart, "a", 0, 10s), counted(kStart + 1500ms, "a", 50, 10'500ms), kKey);
        QCOMPARE(rate.value(), 100.0);
    }
    void aRestartIsAResetAndNotAJump() {
        QVERIFY(!counterRate(counted(kStart, "a", 100), counted(kStart + 1s, "b", 500), kKey));
        QVERIFY(!counterRate(counted(kStart, "a", 100), counted(kStart + 1s, "a", 50), kKey));
        QVERIFY(!counterRate(counted(kStart, "a", 100), counted(kStart, "a", 150), kKey));
    }
    void aSeriesThatAppearsHasCountedFromZero() {
        QCOMPARE(counterRate(snapshot(kStart, "a", {}), counted(kStart + 1s, "a", 7), kKey).value(), 7.0);
    }
    void aReadingThatIsMissingGivesNoRate() {
        const auto denied = snapshot(kStart, "a", {absent(SignalKind::Counter, kKey.id, kKey.labels, "denied")});
        QVERIFY(!counterRate(denied, counted(kStart + 1s, "a", 7), kKey));
        const auto later = snapshot(kStart + 1s, "a", {absent(SignalKind::Counter, kKey.id, kKey.labels, "denied")});
        QVERIFY(!counterRate(counted(kStart, "a", 7), later, kKey));
        QVERIFY(!counterRate(counted(kStart, "a", 7), snapshot(kStart + 1s, "a", {}), kKey));
    }
    void histogramsSubtractUnderTheSameRules() {
        const auto with = [](SteadyTime at, const char* epoch, std::uint64_t count) {
            return snapshot(at, epoch, {histogram(kKey.id, kKey.labels, values(count))});
        };
        QCOMPARE(histogramSince(with(kStart, "a", 5), with(kStart + 1s, "a", 9), kKey).value().count(),
                 std::uint64_t{4});
        QVERIFY(!histogramSince(with(kStart, "a", 5), with(kStart + 1s, "b", 9), kKey));
        QVERIFY(!histogramSince(with(kStart, "a", 9), with(kStart + 1s, "a", 5), kKey));
        QCOMPARE(histogramSince(snapshot(kStart, "a", {}), with(kStart + 1s, "a", 3), kKey).value().count(),
                 std::uint64_t{3});
    }
    void findNeedsTheExactLabels() {
        const auto one = counted(kStart, "a", 1);
        QVERIFY(one.find(kKey.id, kKey.labels));
        QVERIFY(!one.find(kKey.id, {}));
        QVERIFY(!one.find("service.http.request", kKey.labels));
    }
    void labelsAreSortedAndUnique() {
        Labels labels{{"b", "2"}, {"a", "1"}, {"b", "3"}};
        QCOMPARE(labels.size(), std::size_t{2});
        QCOMPARE(labels.get("b"), std::string_view("3"));
        QVERIFY(labels == (Labels{{"a", "1"}, {"b", "3"}}));
        QVERIFY(labels.get("c").empty());
        QVERIFY(!labels.has("c"));
    }
};

QTEST_APPLESS_MAIN(TestRate)
#include "test_rate.moc"
