// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/decimal_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace binnacle {

namespace {
constexpr QChar kThin{0x2009};
constexpr QChar kMinus{0x2212};
} // namespace

QString decimalText(double value, int decimals) {
    QString digits = QString::number(std::abs(value), 'f', decimals);
    const bool zero = std::all_of(digits.begin(), digits.end(),
                                  [](QChar c) { return c == QLatin1Char('0') || c == QLatin1Char('.'); });
    qsizetype point = digits.indexOf(QLatin1Char('.'));
    if (point < 0) {
        point = digits.size();
    } else {
        digits.replace(point, 1, QLocale().decimalPoint());
    }
    for (qsizetype at = point - 3; at > 0; at -= 3) {
        digits.insert(at, kThin);
    }
    return value < 0 && !zero ? kMinus + digits : digits;
}

} // namespace binnacle
