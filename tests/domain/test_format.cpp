// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/format.h"

#include <QTest>
#include <limits>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {
std::string shown(const FormattedNumber& quantity) {
    return quantity.text(" ");
}
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
} // namespace

#define SHOWS(quantity, expected) QCOMPARE(shown(quantity), std::string(expected))

class TestFormat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timesHaveThreeSignificantDigits() {
        SHOWS(formatSeconds(0), "0 s");
        SHOWS(formatSeconds(9.1e-3), "9.1 ms");
        SHOWS(formatSeconds(9.123e-3), "9.12 ms");
        SHOWS(formatSeconds(0.142), "142 ms");
        SHOWS(formatSeconds(1.2449), "1.24 s");
        SHOWS(formatSeconds(12.34), "12.3 s");
        SHOWS(formatSeconds(512e-9), "512 ns");
        SHOWS(formatSeconds(88.8e-6), "88.8 \u00b5s");
    }
    void theUnitOfTimeChangesAtAThousand() {
        SHOWS(formatSeconds(0.9994), "999 ms");
        SHOWS(formatSeconds(0.99951), "1 s");
        SHOWS(formatSeconds(999.4e-6), "999 \u00b5s");
        SHOWS(formatSeconds(999.6e-6), "1 ms");
        SHOWS(formatSeconds(9.996e-3), "10 ms");
        SHOWS(formatSeconds(59.9), "59.9 s");
        SHOWS(formatSeconds(59.96), "1:00 min");
        SHOWS(formatSeconds(568), "9:28 min");
        SHOWS(formatSeconds(3599.4), "59:59 min");
        SHOWS(formatSeconds(3599.6), "1\u202fh 0 min");
        SHOWS(formatSeconds(8640), "2\u202fh 24 min");
    }
    void ratesAreGroupedAndShortenedOnlyWhenLong() {
        SHOWS(formatRate(1842), "1\u202f842 /s");
        SHOWS(formatRate(0.2), "0.2 /s");
        SHOWS(formatRate(0), "0 /s");
        SHOWS(formatRate(99'999.4), "99\u202f999 /s");
        SHOWS(formatRate(184'000), "184 k/s");
        SHOWS(formatRate(999'600), "1 M/s");
        SHOWS(formatCount(612), "612");
        SHOWS(formatCount(1'234'567), "1.23 M");
    }
    void measuresAreShownByTheirUnit() {
        SHOWS(formatMeasure("s", 0.142), "142 ms");
        SHOWS(formatMeasure("s/s", 0.0315), "31.5 ms/s");
        SHOWS(formatMeasure("1/s", 12), "12 /s");
        SHOWS(formatMeasure("1", 0.0042), "0.42 %");
        SHOWS(formatMeasure("users", 212), "212 users");
    }
    void sharesHaveTwoDigitsUnderOnePercentAndOneAbove() {
        SHOWS(formatShare(0.0042), "0.42 %");
        SHOWS(formatShare(0.924), "92.4 %");
        SHOWS(formatShare(0.999), "99.9 %");
        SHOWS(formatShare(1), "100 %");
        SHOWS(formatShare(0), "0 %");
        SHOWS(formatShare(0.00998), "1 %");
    }
    void bytesAreDecimal() {
        SHOWS(formatBytes(0), "0 B");
        SHOWS(formatBytes(999), "999 B");
        SHOWS(formatBytes(211e6), "211 MB");
        SHOWS(formatBytes(1.236e9), "1.24 GB");
        SHOWS(formatBytes(999.6e3), "1 MB");
    }
    void negativeNumbersHaveATrueMinus() {
        SHOWS(formatSeconds(-0.25), "\u2212250 ms");
        SHOWS(formatBytes(-5), "\u22125 B");
        SHOWS(formatCount(-0.0), "0");
    }
    void whatIsNotANumberIsADash() {
        SHOWS(formatSeconds(kNan), "\u2014");
        SHOWS(formatRate(std::numeric_limits<double>::infinity()), "\u2014");
        SHOWS(formatShare(kNan), "\u2014");
        QCOMPARE(formatChange(kNan, 1), std::string("\u2014"));
        QVERIFY(!formatSeconds(1e300).number.empty());
        QVERIFY(!formatCount(1e308).number.empty());
    }
    void changesAreWordsPercentOrFactors() {
        QCOMPARE(formatChange(100, 107), std::string("unchanged"));
        QCOMPARE(formatChange(0, 0), std::string("unchanged"));
        QCOMPARE(formatChange(0, 3), std::string("new"));
        QCOMPARE(formatChange(3, 0), std::string("\u2192 0"));
        QCOMPARE(formatChange(100, 115), std::string("+15\u202f%"));
        QCOMPARE(formatChange(100, 84), std::string("\u221216\u202f%"));
        QCOMPARE(formatChange(100, 194), std::string("+94\u202f%"));
        QCOMPARE(formatChange(100, 410), std::string("\u00d74.1"));
        QCOMPARE(formatPoints(0.931, 0.924), std::string("\u22120.7\u202fpoints"));
    }
    void agesHaveOneDecimalUnderTenSeconds() {
        QCOMPARE(formatAge(400ms), std::string("0.4\u202fs"));
        QCOMPARE(formatAge(9940ms), std::string("9.9\u202fs"));
        QCOMPARE(formatAge(9960ms), std::string("10\u202fs"));
        QCOMPARE(formatAge(42s), std::string("42\u202fs"));
        QCOMPARE(formatAge(62s), std::string("1:02"));
        QCOMPARE(formatAge(3725s), std::string("1:02:05"));
        QCOMPARE(formatAge(-5s), std::string("0.0\u202fs"));
    }
    void valuesAreToldByTheUnitOfTheirSignal() {
        SHOWS(formatValue("s", false, 0.5), "500 ms");
        SHOWS(formatValue("bytes", false, 2000), "2 kB");
        SHOWS(formatValue("%", false, 2.5), "2.5 %");
        SHOWS(formatValue("1", true, 0.5), "50 %");
        SHOWS(formatValue("requests", false, 3), "3 requests");
        SHOWS(formatValue("1", false, 3), "3");
    }
};

QTEST_APPLESS_MAIN(TestFormat)
#include "test_format.moc"
