// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/number_text.h"

#include "widgets/decimal_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

constexpr QChar kThin{0x2009};
constexpr QChar kTimes{0x00d7};
constexpr QChar kMinus{0x2212};
constexpr double kRoundsToMinute = 59.95; ///< seconds: with one decimal it would read 60.0 s

struct Words {
    Q_DECLARE_TR_FUNCTIONS(NumberText)
};

/// Decimals that give three significant digits to a number under 1 000, judged after rounding.
int decimalsFor(double value, int most = 2) {
    const double size = std::abs(value);
    int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return std::min(decimals, most);
}

NumberText duration(double seconds) {
    const double size = std::abs(seconds);
    const auto sign = seconds < 0 ? QString(kMinus) : QString();
    if (size >= 3600) {
        const auto minutes = static_cast<long long>(std::floor(size / 60));
        return {sign + QStringLiteral("%1 h %2").arg(minutes / 60).arg(minutes % 60), Words::tr("min")};
    }
    if (size >= kRoundsToMinute) {
        const auto whole = static_cast<long long>(std::floor(std::max(size, 60.0)));
        return {sign + QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0')),
                Words::tr("min")};
    }
    if (size == 0) {
        return {QStringLiteral("0"), Words::tr("ms")};
    }
    if (size < 0.0009995) {
        return {decimalText(seconds * 1e6, 0), QStringLiteral("\u00b5s")};
    }
    if (size < 0.9995) {
        const double ms = seconds * 1e3;
        return {decimalText(ms, decimalsFor(ms, std::abs(ms) < 9.95 ? 1 : 1)), Words::tr("ms")};
    }
    return {decimalText(seconds, decimalsFor(seconds)), Words::tr("s")};
}

NumberText bytes(double value) {
    static constexpr std::array kUnits{"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    double scaled = value;
    while (std::abs(scaled) >= 999.5 && unit + 1 < kUnits.size()) {
        scaled /= 1000;
        ++unit;
    }
    return {decimalText(scaled, unit == 0 ? 0 : decimalsFor(scaled, 1)), QLatin1String(kUnits[unit])};
}

NumberText rate(double value) {
    const double size = std::abs(value);
    if (size >= 99999.5) {
        return {decimalText(value / 1000, 0) + QStringLiteral(" k"), QStringLiteral("/s")};
    }
    return {size > 0 && size < 9.95 ? decimalText(value, 1) : decimalText(value, 0), QStringLiteral("/s")};
}

NumberText share(double zeroToOne) {
    const double percent = zeroToOne * 100;
    const double size = std::abs(percent);
    if (size == 0 || percent == 100) {
        return {decimalText(percent, 0), QStringLiteral("%")};
    }
    // A share that is not quite all must not read as all.
    const double shown = size < 100 && size > 99.9 ? std::copysign(99.9, percent) : percent;
    return {decimalText(shown, size < 0.995 ? 2 : 1), QStringLiteral("%")};
}

} // namespace

QString NumberText::joined() const {
    return unit.isEmpty() ? value : value + kThin + unit;
}

NumberText numberText(double value, Quantity quantity) {
    if (!std::isfinite(value)) {
        return {absentText(), {}};
    }
    switch (quantity) {
    case Quantity::Duration:
        return duration(value);
    case Quantity::Rate:
        return rate(value);
    case Quantity::Share:
        return share(value);
    case Quantity::Bytes:
        return bytes(value);
    case Quantity::ByteRate: {
        auto text = bytes(value);
        text.unit += QStringLiteral("/s");
        return text;
    }
    case Quantity::Count:
        return {countText(value), {}};
    }
    return {absentText(), {}};
}

NumberText numberText(std::optional<double> value, Quantity quantity) {
    return value ? numberText(*value, quantity) : NumberText{absentText(), {}};
}

std::optional<std::chrono::nanoseconds> shownAge(std::optional<std::chrono::nanoseconds> age) {
    if (!age) {
        return age;
    }
    using Tenths = std::chrono::duration<long long, std::deci>;
    if (*age < std::chrono::milliseconds(9950)) {
        return std::chrono::round<Tenths>(*age);
    }
    return std::max<std::chrono::nanoseconds>(std::chrono::floor<std::chrono::seconds>(*age), std::chrono::seconds(10));
}

QString ageText(std::chrono::nanoseconds age) {
    const double seconds = std::max(0.0, std::chrono::duration<double>(*shownAge(age)).count());
    if (seconds < 9.95) {
        return QStringLiteral("%1 %2").arg(decimalText(seconds, 1), Words::tr("s"));
    }
    const auto whole = static_cast<long long>(seconds);
    if (seconds < 60) {
        return QStringLiteral("%1 %2").arg(whole).arg(Words::tr("s"));
    }
    if (seconds < 3600) {
        return QStringLiteral("%1:%2 %3")
            .arg(whole / 60)
            .arg(whole % 60, 2, 10, QLatin1Char('0'))
            .arg(Words::tr("min"));
    }
    return QStringLiteral("%1 h %2 %3").arg(whole / 3600).arg(whole / 60 % 60).arg(Words::tr("min"));
}

QString changeText(double current, std::optional<double> reference) {
    if (!reference || !std::isfinite(current) || !std::isfinite(*reference)) {
        return {};
    }
    if (*reference == 0) {
        return current == 0 ? Words::tr("unchanged") : Words::tr("new");
    }
    if (current == 0) {
        return QStringLiteral("\u2192 0");
    }
    const double ratio = current / *reference;
    if (std::abs(ratio - 1) <= 0.08) {
        return Words::tr("unchanged");
    }
    if (ratio >= 1.95) {
        return kTimes + decimalText(ratio, ratio < 9.95 ? 1 : 0);
    }
    const double percent = (ratio - 1) * 100;
    return (percent > 0 ? QStringLiteral("+") : QString()) + decimalText(percent, 0) + kThin + QLatin1Char('%');
}

QString countText(double value) {
    return std::isfinite(value) ? decimalText(std::round(value), 0) : absentText();
}

} // namespace binnacle
