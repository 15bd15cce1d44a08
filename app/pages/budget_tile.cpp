// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/budget_tile.h"

#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "widgets/decimal_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace binnacle::app {

namespace {

using std::chrono::seconds;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Budget)
};

constexpr double kAsGoodAsAll = 0.95; ///< of a window: the last reading is always a little old

/// "40 s", "42 min", "2:05 h", "24 h".
QString spanText(seconds span) {
    if (span < std::chrono::minutes(1)) {
        return Words::tr("%1 s").arg(span.count());
    }
    const auto minutes = span.count() / 60;
    if (minutes < 60) {
        return Words::tr("%1 min").arg(minutes);
    }
    return minutes % 60 == 0
               ? Words::tr("%1 h").arg(minutes / 60)
               : Words::tr("%1 h").arg(
                     QStringLiteral("%1:%2").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0')));
}

QString seenText(const PathBudget& budget, const Objective& objective) {
    const bool whole = budget.over.seen >= kAsGoodAsAll * seconds(objective.window);
    return spanText(whole ? seconds(objective.window) : budget.over.seen);
}

QString timesText(double times) {
    return QChar(0x00d7) + decimalText(times, times >= 0.05 && times < 99.95 ? 1 : 0);
}

/// "99.9 %", with as many decimals as somebody wrote.
QString percentText(double share) {
    const auto percent = share * 100;
    int decimals = 0;
    for (double scale = 1; decimals < 3 && std::abs(std::round(percent * scale) / scale - percent) > 1e-9;
         scale *= 10) {
        ++decimals;
    }
    return decimalText(percent, decimals) + QStringLiteral("\u2009%");
}

/// One decimal, but for nothing and all of it; what is not quite all must not read as all.
NumberText leftText(std::optional<double> left) {
    if (!left) {
        return {absentText(), {}};
    }
    const bool exact = *left <= 0 || *left >= 1;
    const auto percent = exact ? std::clamp(*left, 0.0, 1.0) * 100 : std::min(*left * 100, 99.9);
    return {decimalText(percent, exact ? 0 : 1), Words::tr("% left")};
}

QString caption(const PathBudget& budget, const Objective& objective) {
    const auto beyond = [](const BudgetFigure& quick, const BudgetFigure& lasting, const BurnLimit& limit) {
        return quick.value.value_or(0) >= limit.rate && lasting.value.value_or(0) >= limit.rate;
    };
    const auto burning = [](double rate, const BurnLimit& limit) {
        return Words::tr("burn %1, limit %2").arg(timesText(rate), timesText(limit.rate));
    };
    if (beyond(budget.fastQuick, budget.fastLasting, kFastBurn)) {
        return burning(*budget.fastQuick.value, kFastBurn);
    }
    if (beyond(budget.slowQuick, budget.slowLasting, kSlowBurn)) {
        return burning(*budget.slowQuick.value, kSlowBurn);
    }
    const auto over = seenText(budget, objective);
    if (budget.spent.value_or(0) > 1) {
        return Words::tr("spent %1, %2").arg(timesText(*budget.spent), over);
    }
    return budget.fastQuick.value ? Words::tr("burn %1, %2").arg(timesText(*budget.fastQuick.value), over)
                                  : Words::tr("over %1").arg(over);
}

/// The same where room is short: how many times as fast as it may, or how many times too much was spent.
QString shortly(const PathBudget& budget, const Objective& objective) {
    const auto over = seenText(budget, objective);
    const auto& times = budget.spent && *budget.spent > 1 ? budget.spent : budget.fastQuick.value;
    return times ? Words::tr("%1 in %2").arg(timesText(*times), over) : Words::tr("over %1").arg(over);
}

} // namespace

KpiReading budgetReading(const PathBudget& budget, const Objective& objective, const PageContext& context) {
    KpiReading reading;
    reading.label = QCoreApplication::translate("Tile", "Budget");
    reading.number = leftText(budget.left.value);
    reading.severity = severityOf(budget.left.concern);
    Series last;
    if (budget.lastLeft) {
        last.append(*budget.lastSeen, *budget.lastLeft);
    }
    reading.status = panelOf(budget.left, context, last, Quantity::Share);
    reading.bar = budget.left.value;
    reading.comparison = !reading.status.hasValue() ? reading.status.detail
                         : budget.left.value        ? caption(budget, objective)
                                                    : worded(budget.left.reason);
    if (reading.status.hasValue() && budget.left.value) {
        reading.shortComparison = shortly(budget, objective);
    }
    return reading;
}

QString budgetTip(const PathBudget& budget, const ErrorBudget& counted) {
    const auto& objective = counted.objective();
    const auto slowest = std::chrono::duration<double>(objective.slowerThan).count();
    const auto rate = [](const BudgetFigure& burn, seconds window) {
        return Words::tr("%1: %2").arg(spanText(window), burn.value ? timesText(*burn.value) : worded(burn.reason));
    };
    QStringList lines;
    lines << Words::tr("Error budget. Objective: %1 of requests neither 5xx nor over %2 in %3")
                 .arg(percentText(objective.goodShare), numberText(slowest, Quantity::Duration).joined(),
                      spanText(objective.window));
    lines << provenance(budget.left);
    lines << Words::tr("Seen over %1: requests %2, bad %3")
                 .arg(seenText(budget, objective), countText(static_cast<double>(budget.over.requests)),
                      countText(static_cast<double>(budget.over.bad)));
    lines << Words::tr("Burn rate; 1 spends it all in %1:").arg(spanText(objective.window));
    const auto limit = [](const BurnLimit& of) { return Words::tr("limit %1").arg(timesText(of.rate)); };
    lines << QStringList{rate(budget.fastQuick, kFastBurn.quick), rate(budget.fastLasting, kFastBurn.lasting),
                         limit(kFastBurn)}
                 .join(QStringLiteral(" \u00b7 "));
    lines << QStringList{rate(budget.slowQuick, kSlowBurn.quick), rate(budget.slowLasting, kSlowBurn.lasting),
                         limit(kSlowBurn)}
                 .join(QStringLiteral(" \u00b7 "));
    lines << (counted.countsProxy()
                  ? Words::tr("With the 5xx that HAProxy answered by itself")
                  : Words::tr("HAProxy does not tell its own 5xx: requests that reach no instance are missing"));
    return lines.join(QLatin1Char('\n'));
}

} // namespace binnacle::app
