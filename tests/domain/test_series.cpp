// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/series.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <tuple>
#include <vector>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {
constexpr SteadyTime kStart{std::chrono::hours(1)};

Series seconds(int count, Series::Bounds bounds = {}) {
    Series series(bounds);
    for (int i = 0; i < count; ++i) {
        series.append(kStart + i * 1s, i);
    }
    return series;
}
} // namespace

class TestSeries : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void samplesOfAnyWindowAreThoseWithin() {
        Series series(Series::Bounds{200, 50, 10s});
        std::vector<Sample> all;
        std::optional<SteadyTime> before;
        for (int i = 0; i < 150; ++i) {
            const auto at = kStart + i * 1s;
            if (i % 11 == 0) {
                series.appendGap(at);
            } else {
                series.append(at, i);
                all.push_back({at, double(i), before});
            }
            before = i == 0 ? std::nullopt : std::optional(at); // a gap before everything is not kept
        }
        for (auto from = -2; from < 152; from += 3) { // also far beyond the last few
            for (auto to = from - 1; to < 153; to += 7) {
                std::vector<Sample> wanted;
                std::ranges::copy_if(all, std::back_inserter(wanted), [&](const Sample& sample) {
                    return sample.at >= kStart + from * 1s && sample.at <= kStart + to * 1s;
                });
                const auto got = series.samples(kStart + from * 1s, kStart + to * 1s);
                QCOMPARE(got.size(), wanted.size());
                for (std::size_t i = 0; i < got.size(); ++i) {
                    QVERIFY(got[i].at == wanted[i].at && got[i].value == wanted[i].value &&
                            got[i].since == wanted[i].since);
                }
            }
        }
    }
    void decimationKeepsTheExtremesOfEachColumn() {
        Series series;
        for (int i = 0; i < 1000; ++i) {
            series.append(kStart + i * 100ms, i == 555 ? 1e6 : std::sin(i));
        }
        const auto columns = series.columns(kStart, kStart + 100s, 50);
        QCOMPARE(columns.size(), std::size_t{50});
        int spikes = 0;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            QVERIFY(columns[c].present);
            QVERIFY(!columns[c].gapBefore);
            spikes += columns[c].max == 1e6 ? 1 : 0;
            for (std::size_t i = c * 20; i < c * 20 + 20; ++i) {
                if (i != 555) {
                    QVERIFY(columns[c].min <= std::sin(i));
                    QVERIFY(columns[c].max >= std::sin(i));
                }
            }
        }
        QCOMPARE(spikes, 1);
        QCOMPARE(columns[27].max, 1e6);
    }

    void aGapCutsTheLine() {
        Series series;
        series.append(kStart, 1);
        series.appendGap(kStart + 1s);
        series.append(kStart + 10s, 2);
        const auto columns = series.columns(kStart, kStart + 20s, 20);
        QVERIFY(columns[0].present);
        QVERIFY(!columns[5].present);
        QVERIFY(columns[10].present);
        QVERIFY(columns[10].gapBefore);
        QVERIFY(series.at(kStart + 500ms));
        QVERIFY(!series.at(kStart + 5s));
        QCOMPARE(series.at(kStart + 11s).value().value, 2.0);
        QCOMPARE(series.samples(kStart, kStart + 20s).size(), std::size_t{2});
    }

    void notANumberIsAGap() {
        Series series;
        series.append(kStart, 1);
        series.append(kStart + 1s, std::numeric_limits<double>::quiet_NaN());
        series.append(kStart + 2s, 3);
        QVERIFY(series.columns(kStart, kStart + 3s, 3)[2].gapBefore);
        QCOMPARE(series.last().value().value, 3.0);
    }

    void aRepeatedSampleIsIgnored() {
        Series series;
        series.append(kStart, 1);
        series.append(kStart, 2);
        series.append(kStart - 1s, 3);
        QCOMPARE(series.size(), std::size_t{1});
        QCOMPARE(series.last().value().value, 1.0);
    }

    void oldSamplesAreFoldedAndTheOldestDropped() {
        const auto series = seconds(1000, {.rawCapacity = 100, .foldedCapacity = 20, .foldSpan = 10s});
        QVERIFY(series.size() <= 120);
        // 900 samples were folded into steps of 10; the newest 20 steps stay: 700 to 899.
        const auto range = series.range(kStart, kStart + 1000s);
        QCOMPARE(range.value().first, 700.0);
        QCOMPARE(range.value().second, 999.0);
        const auto columns = series.columns(kStart + 700s, kStart + 1000s, 30);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            QVERIFY(columns[c].present);
            QCOMPARE(columns[c].min, 700.0 + static_cast<double>(c) * 10);
            QCOMPARE(columns[c].max, 709.0 + static_cast<double>(c) * 10);
            QCOMPARE(columns[c].first, columns[c].min);
            QCOMPARE(columns[c].last, columns[c].max);
        }
    }

    void aFoldedStepTellsNoValueFromItsFuture() {
        const auto series = seconds(30, {.rawCapacity = 10, .foldedCapacity = 20, .foldSpan = 10s});
        QCOMPARE(series.at(kStart + 4s).value().value, 0.0);
        QCOMPARE(series.at(kStart + 9s).value().value, 9.0);
        QCOMPARE(series.at(kStart + 9500ms).value().value, 9.0);
        QVERIFY(!series.at(kStart - 1s));
    }

    void foldsKeepSevenDigitsAndTheMicrosecond() {
        const Series::Bounds bounds{.rawCapacity = 1, .foldedCapacity = 4, .foldSpan = 10s};
        Series series(bounds);
        const auto odd = 1234567ns; // no whole microseconds
        series.append(kStart + odd, 0.1234567);
        series.append(kStart + 9s + odd, 123456.7);
        series.append(kStart + 10s + odd, 1); // keeps its digits: it is not folded
        QVERIFY(!series.at(kStart));
        const auto first = series.at(kStart + odd).value();
        QCOMPARE(first.at, kStart + odd);
        QVERIFY(std::abs(first.value / 0.1234567 - 1) < 1e-7);
        const auto last = series.at(kStart + 9s + odd).value();
        QVERIFY(kStart + 9s + odd - last.at < 1us);
        QVERIFY(std::abs(last.value / 123456.7 - 1) < 1e-7);
        QCOMPARE(series.last().value().value, 1.0);
    }

    void aFullRunGoesOnForEver() {
        Series series({.rawCapacity = 50, .foldedCapacity = 3, .foldSpan = 10s});
        for (int i = 0; i < 5000; ++i) {
            series.append(kStart + i * 1s, i);
            QCOMPARE(series.last().value().value, static_cast<double>(i));
            QVERIFY(series.size() <= 53);
        }
        QCOMPARE(series.samples(kStart, kStart + 5000s).front().value, 4950.0);
        QCOMPARE(series.firstAt().value(), kStart + 4920s);
    }

    void aGapSurvivesFolding() {
        const Series::Bounds bounds{.rawCapacity = 10, .foldedCapacity = 20, .foldSpan = 10s};
        Series series(bounds);
        series.append(kStart, 1);
        series.appendGap(kStart + 1s);
        // The gap itself has been folded, the sample behind it is still raw.
        for (int i = 0; i < 10; ++i) {
            series.append(kStart + 60s + i * 1s, 2);
        }
        QVERIFY(!series.at(kStart + 30s));
        QVERIFY(series.columns(kStart, kStart + 100s, 100)[60].gapBefore);
        // Now the sample behind it is folded, too.
        for (int i = 10; i < 30; ++i) {
            series.append(kStart + 60s + i * 1s, 2);
        }
        QVERIFY(!series.at(kStart + 30s));
        QVERIFY(series.columns(kStart, kStart + 100s, 100)[60].gapBefore);
    }

    void lastSkipsGapsAndNothingIsAbsent() {
        Series series;
        QVERIFY(series.empty());
        QVERIFY(!series.last());
        QVERIFY(!series.range(kStart, kStart + 1s));
        series.appendGap(kStart);
        QVERIFY(series.empty());
        series.append(kStart, 5);
        series.appendGap(kStart + 1s);
        QCOMPARE(series.last().value().value, 5.0);
        QVERIFY(series.columns(kStart, kStart, 5)[0].present == false);
        QVERIFY(series.columns(kStart, kStart + 1s, 0).empty());
    }

    void aLongRunDrawsWhatItsPointsDraw() {
        // Summaries begin beyond 16384 points: one of these has them, the other walks.
        const auto value = [](int i) { return std::sin(i * 0.37) * (1 + i % 97) + (i % 4001 == 0 ? 500 : 0); };
        const auto fill = [&](Series& series, int from, int to) {
            for (int i = from; i < to; ++i) {
                const SteadyTime at{std::chrono::milliseconds(i)};
                if (i % 733 < 3 || (i > 9000 && i < 9200) || i % 64 == 0) {
                    series.appendGap(at);
                } else {
                    series.append(at, value(i));
                }
            }
        };
        const auto same = [](const Series& a, const Series& b, int from, int to, std::size_t count) {
            const SteadyTime begin{std::chrono::milliseconds(from)};
            const SteadyTime end{std::chrono::milliseconds(to)};
            const auto left = a.columns(begin, end, count);
            const auto right = b.columns(begin, end, count);
            for (std::size_t i = 0; i < count; ++i) {
                // What lies before the window is folded in one of them and unknown to the other.
                const auto tie = [i](const SeriesColumn& c) {
                    return std::tuple(c.present, c.min, c.max, c.first, c.last, i > 0 && c.gapBefore);
                };
                if (tie(left[i]) != tie(right[i])) {
                    return false;
                }
            }
            return a.range(begin, end) == b.range(begin, end);
        };
        Series summarised({.rawCapacity = 20000});
        Series walked({.rawCapacity = 16384});
        fill(summarised, 1, 16000);
        fill(walked, 1, 16000);
        for (const std::size_t count : {1, 3, 7, 20}) {
            for (const auto& [from, to] : {std::pair{0, 16000}, {1, 15999}, {777, 12345}, {8999, 16001}, {64, 8192}}) {
                QVERIFY2(same(summarised, walked, from, to, count), qPrintable(QString::number(from)));
            }
        }
        // The same when the oldest points have long gone.
        fill(summarised, 16000, 60000);
        Series newest({.rawCapacity = 16384});
        fill(newest, 45000, 60000);
        for (const auto& [from, to] : {std::pair{45100, 60001}, {50001, 59000}, {46000, 58765}}) {
            QVERIFY2(same(summarised, newest, from, to, 5), qPrintable(QString::number(from)));
        }
    }
};

QTEST_APPLESS_MAIN(TestSeries)
#include "test_series.moc"
