// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/axis_scale.h"
#include "widgets/number_text.h"
#include "widgets/time_context.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace binnacle;
using namespace std::chrono_literals;

namespace {

/// Thin spaces as plain ones, for readable expectations.
QString plain(QString text) {
    return text.replace(QChar(0x2009), QLatin1Char(' '));
}

QStringList labels(const std::vector<AxisTick>& ticks) {
    QStringList out;
    for (const auto& tick : ticks) {
        out << plain(tick.label);
    }
    return out;
}

} // namespace

class TestNumbers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersAreWrittenByTheRules_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("quantity");
        QTest::addColumn<QString>("text");
        const auto row = [](double value, Quantity quantity, const char* text) {
            QTest::newRow(text) << value << static_cast<int>(quantity) << QString::fromUtf8(text);
        };
        row(0.0091, Quantity::Duration, "9.1 ms");
        row(0.142, Quantity::Duration, "142 ms");
        row(0.99949, Quantity::Duration, "999 ms");
        row(0.9996, Quantity::Duration, "1.00 s");
        row(1.24, Quantity::Duration, "1.24 s");
        row(12.44, Quantity::Duration, "12.4 s");
        row(59.94, Quantity::Duration, "59.9 s");
        row(59.97, Quantity::Duration, "1:00 min");
        row(568, Quantity::Duration, "9:28 min");
        row(-90, Quantity::Duration, "\u22121:30 min");
        row(-7260, Quantity::Duration, "\u22122 h 1 min");
        row(8640, Quantity::Duration, "2 h 24 min");
        row(0.00045, Quantity::Duration, "450 \u00b5s");
        row(0, Quantity::Duration, "0 ms");
        row(1842, Quantity::Rate, "1 842 /s");
        row(99999, Quantity::Rate, "99 999 /s");
        row(240000, Quantity::Rate, "240 k /s");
        row(0.2, Quantity::Rate, "0.2 /s");
        row(0.0042, Quantity::Share, "0.42 %");
        row(0.924, Quantity::Share, "92.4 %");
        row(1, Quantity::Share, "100 %");
        row(0.99999, Quantity::Share, "99.9 %");
        row(0, Quantity::Share, "0 %");
        row(612e6, Quantity::Bytes, "612 MB");
        row(9.8e9, Quantity::Bytes, "9.8 GB");
        row(999600, Quantity::Bytes, "1.0 MB");
        row(512, Quantity::Bytes, "512 B");
        row(1.1e6, Quantity::ByteRate, "1.1 MB/s");
        row(1204, Quantity::Count, "1 204");
        row(-1204, Quantity::Count, "\u22121 204");
        row(-0.2, Quantity::Count, "0");
    }
    void numbersAreWrittenByTheRules() {
        QFETCH(double, value);
        QFETCH(int, quantity);
        QFETCH(QString, text);
        QCOMPARE(plain(numberText(value, static_cast<Quantity>(quantity)).joined()), text);
    }

    void absentIsADashAndNeverZero() {
        QCOMPARE(numberText(std::optional<double>(), Quantity::Duration).joined(), absentText());
        QCOMPARE(numberText(std::numeric_limits<double>::quiet_NaN(), Quantity::Rate).joined(), absentText());
    }

    void agesKeepOneDecimalUnderTenSeconds() {
        QCOMPARE(ageText(400ms), QStringLiteral("0.4 s"));
        QCOMPARE(ageText(9940ms), QStringLiteral("9.9 s"));
        QCOMPARE(ageText(9960ms), QStringLiteral("10 s"));
        QCOMPARE(ageText(45s), QStringLiteral("45 s"));
        QCOMPARE(ageText(120s), QStringLiteral("2:00 min"));
        QCOMPARE(ageText(2h + 24min), QStringLiteral("2 h 24 min"));
    }

    void agesThatReadAlikeCompareEqual() {
        QCOMPARE(shownAge(410ms), shownAge(440ms));
        QVERIFY(shownAge(410ms) != shownAge(510ms));
        for (int ms = 0; ms < 12000; ms += 7) {
            QCOMPARE(ageText(*shownAge(std::chrono::milliseconds(ms))), ageText(std::chrono::milliseconds(ms)));
        }
    }

    void changesSayTheirDirectionAndKind() {
        QCOMPARE(changeText(105, 100), QStringLiteral("unchanged"));
        QCOMPARE(plain(changeText(138, 100)), QStringLiteral("+38 %"));
        QCOMPARE(plain(changeText(76, 100)), QStringLiteral("\u221224 %"));
        QCOMPARE(changeText(410, 100), QStringLiteral("\u00d74.1"));
        QCOMPARE(changeText(3, 0), QStringLiteral("new"));
        QCOMPARE(changeText(0, 3), QStringLiteral("\u2192 0"));
        QCOMPARE(changeText(3, std::nullopt), QString());
    }

    void axesHaveRoundTicks() {
        QCOMPARE(labels(AxisScale(AxisScale::Kind::Log, 0.005, 5).ticks(Quantity::Duration, 140)),
                 QStringList({QStringLiteral("5 ms"), QStringLiteral("10"), QStringLiteral("50"), QStringLiteral("100"),
                              QStringLiteral("500"), QStringLiteral("1 s"), QStringLiteral("5 s")}));
        QCOMPARE(labels(AxisScale(AxisScale::Kind::Linear, 0, 0.5).ticks(Quantity::Duration, 90)).last(),
                 QStringLiteral("400 ms"));
        const auto shares = AxisScale(AxisScale::Kind::SquareRoot, 0, 0.08).ticks(Quantity::Share, 150);
        QCOMPARE(plain(shares.back().label), QStringLiteral("8 %"));
        QCOMPARE(shares.back().place, 1.0);
    }

    void aScaleGrowsAtOnceAndShrinksAfterPatience() {
        SteadyTop top;
        QCOMPARE(top.follow(3, 0), 5.0);
        QCOMPARE(top.follow(7, 1), 10.0);
        QCOMPARE(top.follow(3, 2), 10.0);
        QCOMPARE(top.follow(3, 500), 10.0);
        QCOMPARE(top.follow(3, 700), 5.0);
    }

    void samplesKeepTheirColumnWhileTimeScrolls() {
        TimeContext context;
        context.setSpan(15min);
        const SteadyTime sample{99999s + 123ms};
        std::optional<double> before;
        for (int i = 0; i < 200; ++i) {
            const SteadyTime now{100000s + i * 37ms};
            context.advance(now, UtcTime{});
            const auto window = context.window(500);
            QVERIFY(window.to > now);
            QVERIFY(window.to - now <= window.length() / 500 + 1ns);
            const double x = TimeContext::x(sample, window, 0, 500);
            if (before) {
                const double moved = *before - x;
                QVERIFY(std::abs(moved - std::round(moved)) < 1e-3);
            }
            before = x;
        }
    }

    void pausingKeepsTheWindowWhileNowGoesOn() {
        TimeContext context;
        context.advance(SteadyTime{100s}, UtcTime{});
        QSignalSpy changed(&context, &TimeContext::modeChanged);
        context.pause();
        context.advance(SteadyTime{142s}, UtcTime{42s});
        QCOMPARE(changed.count(), 1);
        QVERIFY(context.end() == SteadyTime{100s});
        QVERIFY(context.behind() == 42s);
        context.goLive();
        QVERIFY(context.behind() == 0s);
        QCOMPARE(changed.count(), 2);
    }

    void timeTicksStandOnRoundClockTimes() {
        TimeContext context;
        context.advance(SteadyTime{1000s + 8s}, UtcTime{std::chrono::seconds(14 * 3600 + 12 * 60 + 8)});
        context.setSpan(15min);
        const auto ticks = context.ticks(context.window(), 8);
        QVERIFY(ticks.size() >= 5);
        QCOMPARE(ticks.back().label, QStringLiteral("14:12"));
        QVERIFY(ticks.back().at == SteadyTime{1000s});
        QCOMPARE(context.clock(context.now()), QStringLiteral("14:12:08"));
    }
};

QTEST_MAIN(TestNumbers)
#include "test_numbers.moc"
