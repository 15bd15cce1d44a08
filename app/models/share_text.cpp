// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/share_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace binnacle::app {

namespace {
constexpr double kStepsPerPercent = 100; ///< the load balancer's map holds basis points
} // namespace

std::expected<double, QString> readShare(const QString& text) {
    const auto wrong = [] {
        return std::unexpected(QCoreApplication::translate(
            "Share", "Write a number from 0 to 100 with at most two digits after the point, such as 2.5."));
    };
    QString number = text.trimmed();
    if (number.endsWith(QLatin1Char('%'))) {
        number = number.chopped(1).trimmed();
    }
    number.replace(QLatin1Char(','), QLatin1Char('.'));
    // What toDouble() takes is more than a share: "1e2", "+5", "0x1", "nan".
    const bool plainDigits = !number.isEmpty() && number.size() <= 12 && std::ranges::all_of(number, [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.');
    });
    bool read = false;
    const double percent = plainDigits ? number.toDouble(&read) : 0;
    const double steps = percent * kStepsPerPercent;
    if (!read || percent > 100 || std::abs(steps - std::round(steps)) > 1e-6) {
        return wrong();
    }
    return std::round(steps) / kStepsPerPercent;
}

QString shareText(double percent) {
    return QString::number(percent, 'g', 6).replace(QLatin1Char('.'), QLocale().decimalPoint()) + QChar(0x2009) +
           QLatin1Char('%');
}

} // namespace binnacle::app
