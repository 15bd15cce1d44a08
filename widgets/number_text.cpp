// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

namespace {

constexpr QChar kThin{0x2009};
constexpr QChar kMinus{0x2212};
constexpr QChar kTimes{0x00d7};

QString words(const char* text) {
    return QCoreApplication::translate("binnacle::NumberText", text);
}

/// Digits with `decimals`, a true minus, thin spaces in thousands.
QString fixed(double value, int decimals) {
    QString digits = QString::number(std::abs(value), 'f', decimals);
    qsizetype point = digits.indexOf(QLatin1Char('.'));
    if (point < 0) {
        point = digits.size();
    }
    for (qsizetype at = point - 3; at > 0; at -= 3) {
        digits.insert(at, kThin);
    }
    const bool zero = std::all_of(digits.begin(), digits.end(),
                                  [](QChar c) { return c == QLatin1Char('0') || c == QLatin1Char('.'); });
    return value < 0 && !zero ? kMinus + digits : digits;
}

/// Decimals that give three significant digits to a number under 1 000, judged after rounding.
int decimalsFor(double value, int most = 2) {
    const double size = std::abs(value);
    int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return std::min(decimals, most);
}

NumberText duration(double seconds) {
    const double size = std::abs(seconds);
    if (size >= 3600) {
        const auto minutes = static_cast<long long>(std::floor(size / 60));
        return {QStringLiteral("%1 h %2").arg(minutes / 60).arg(minutes % 60), words("min")};
    }
    if (size >= 59.95) {
        const auto whole = static_cast<long long>(std::floor(size));
        return {QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0')), words("min")};
    }
    if (size == 0) {
        return {QStringLiteral("0"), words("ms")};
    }
    if (size < 0.0009995) {
        return {fixed(seconds * 1e6, 0), QStringLiteral("\u00b5s")};
    }
    if (size < 0.9995) {
        const double ms = seconds * 1e3;
        return {fixed(ms, decimalsFor(ms, std::abs(ms) < 9.95 ? 1 : 1)), words("ms")};
    }
    return {fixed(seconds, decimalsFor(seconds)), words("s")};
}

NumberText bytes(double value) {
    static constexpr std::array kUnits{"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    double scaled = value;
    while (std::abs(scaled) >= 999.5 && unit + 1 < kUnits.size()) {
        scaled /= 1000;
        ++unit;
    }
    return {fixed(scaled, unit == 0 ? 0 : decimalsFor(scaled, 1)), QLatin1String(kUnits[unit])};
}

NumberText rate(double value) {
    const double size = std::abs(value);
    if (size >= 99999.5) {
        return {fixed(value / 1000, 0) + QStringLiteral(" k"), QStringLiteral("/s")};
    }
    return {size > 0 && size < 9.95 ? fixed(value, 1) : fixed(value, 0), QStringLiteral("/s")};
}

NumberText share(double zeroToOne) {
    const double percent = zeroToOne * 100;
    const double size = std::abs(percent);
    if (size == 0 || percent == 100) {
        return {fixed(percent, 0), QStringLiteral("%")};
    }
    // A share that is not quite all must not read as all.
    const double shown = size < 100 && size > 99.9 ? std::copysign(99.9, percent) : percent;
    return {fixed(shown, size < 0.995 ? 2 : 1), QStringLiteral("%")};
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
        return QStringLiteral("%1 %2").arg(QString::number(seconds, 'f', 1), words("s"));
    }
    const auto whole = static_cast<long long>(seconds);
    if (seconds < 60) {
        return QStringLiteral("%1 %2").arg(whole).arg(words("s"));
    }
    if (seconds < 3600) {
        return QStringLiteral("%1:%2 %3").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0')).arg(words("min"));
    }
    return QStringLiteral("%1 h %2 %3").arg(whole / 3600).arg(whole / 60 % 60).arg(words("min"));
}

QString changeText(double current, std::optional<double> reference) {
    if (!reference || !std::isfinite(current) || !std::isfinite(*reference)) {
        return {};
    }
    if (*reference == 0) {
        return current == 0 ? words("unchanged") : words("new");
    }
    if (current == 0) {
        return QStringLiteral("\u2192 0");
    }
    const double ratio = current / *reference;
    if (std::abs(ratio - 1) <= 0.08) {
        return words("unchanged");
    }
    if (ratio >= 1.95) {
        return kTimes + fixed(ratio, ratio < 9.95 ? 1 : 0);
    }
    const double percent = (ratio - 1) * 100;
    return (percent > 0 ? QStringLiteral("+") : QString()) + fixed(percent, 0) + kThin + QLatin1Char('%');
}

QString countText(double value) {
    return std::isfinite(value) ? fixed(std::round(value), 0) : absentText();
}

} // namespace binnacle
