// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/alerts/alert_words.h"

#include "app/alerts/alert_notifier.h"
#include "app/models/worded.h"
#include "widgets/axis_scale.h"
#include "widgets/decimal_text.h"
#include "widgets/number_text.h"
#include "widgets/time_context.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

QString said(std::string_view text) {
    const auto utf8 = QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    return QCoreApplication::translate("Alert", utf8.constData());
}

/// "10 s", "5 min".
QString spanText(std::chrono::seconds span) {
    return span < std::chrono::minutes(2) ? Words::tr("%1 s").arg(span.count())
                                          : Words::tr("%1 min").arg(span.count() / 60);
}

/// A limit is a round figure that somebody chose: "10 s", not "10.0 s".
QString roundText(const AlertRule& rule, double value) {
    switch (rule.unit) {
    case AlertUnit::Seconds:
        return axisLabel(value, Quantity::Duration, true);
    case AlertUnit::Share:
        return axisLabel(value, Quantity::Share, true);
    case AlertUnit::Bytes:
        return axisLabel(value, Quantity::Bytes, true);
    default:
        return valueText(rule, value);
    }
}

} // namespace

QString nameOf(const AlertRule& rule) {
    return said(rule.name);
}

QString meaningOf(const AlertRule& rule) {
    return said(rule.text);
}

QString titleOf(const AlertRule& rule, const std::string& subject) {
    return subject.empty() ? nameOf(rule) : Words::tr("%1: %2").arg(nameOf(rule), worded(displayName(subject)));
}

QString severityWord(AlertSeverity severity) {
    return markWord(markOf(severity));
}

Mark markOf(AlertSeverity severity) {
    return severity == AlertSeverity::Critical ? Mark::Critical : Mark::Caution;
}

QString valueText(const AlertRule& rule, double value) {
    switch (rule.unit) {
    case AlertUnit::State:
        return said(rule.state);
    case AlertUnit::Count:
        return numberText(value, Quantity::Count).joined();
    case AlertUnit::Seconds:
        return numberText(value, Quantity::Duration).joined();
    case AlertUnit::Share:
        return numberText(value, Quantity::Share).joined();
    case AlertUnit::Bytes:
        return numberText(value, Quantity::Bytes).joined();
    case AlertUnit::Factor:
        return QChar(0xD7) + decimalText(value, 1);
    }
    return {};
}

QString limitText(const AlertRule& rule, AlertSeverity severity) {
    if (rule.unit == AlertUnit::State) {
        return {};
    }
    const auto& limits = rule.limits;
    const bool worst = severity == AlertSeverity::Critical && limits.critical;
    return roundText(rule, worst ? *limits.critical : limits.raise);
}

QString limitsText(const AlertRule& rule) {
    const auto& limits = rule.limits;
    const auto calm = spanText(limits.clearFor);
    if (rule.unit == AlertUnit::State) {
        return Words::tr("Raised after %1, cleared after %2.").arg(spanText(limits.raiseFor), calm);
    }
    const auto from = roundText(rule, limits.raise);
    const auto cleared = Words::tr("; cleared at %1 for %2.").arg(roundText(rule, limits.clear), calm);
    if (limits.falling) {
        const auto worse =
            limits.critical ? Words::tr(", critical at %1 or less").arg(roundText(rule, *limits.critical)) : QString();
        return Words::tr("Raised at %1 or less for %2").arg(from, spanText(limits.raiseFor)) + worse + cleared;
    }
    const auto raised = limits.raiseFor.count() == 0
                            ? Words::tr("Raised from %1 at once").arg(from)
                            : Words::tr("Raised from %1 for %2").arg(from, spanText(limits.raiseFor));
    const auto worse =
        limits.critical ? Words::tr(", critical from %1").arg(roundText(rule, *limits.critical)) : QString();
    return raised + worse + cleared;
}

QString untilText(UtcTime until, const TimeContext& time) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(until).time_since_epoch().count();
    const auto at = QDateTime::fromMSecsSinceEpoch(ms, time.zone());
    const auto nowMs = std::chrono::floor<std::chrono::milliseconds>(time.utcOf(time.now())).time_since_epoch().count();
    const auto clock = at.toString(QStringLiteral("HH:mm"));
    return at.date() == QDateTime::fromMSecsSinceEpoch(nowMs, time.zone()).date()
               ? clock
               : QLocale().toString(at.date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

QString stateText(const Alert& alert, const TimeContext& time) {
    QStringList parts;
    switch (alert.state) {
    case AlertState::Pending:
        parts << Words::tr("pending, raised after %1").arg(spanText(alert.rule->limits.raiseFor));
        break;
    case AlertState::Raised:
        parts << Words::tr("raised");
        break;
    case AlertState::Acknowledged:
        parts << Words::tr("acknowledged");
        break;
    case AlertState::Cleared:
        parts << Words::tr("cleared %1").arg(time.clock(alert.clearedAt.value_or(time.now())));
        break;
    }
    if (alert.silencedUntil) {
        parts << Words::tr("silenced until %1").arg(untilText(*alert.silencedUntil, time));
    }
    if (alert.flapping) {
        parts << Words::tr("comes and goes");
    }
    if (alert.unknownSince) {
        parts << Words::tr("unknown since %1").arg(time.clock(*alert.unknownSince));
    }
    return parts.join(QStringLiteral(", "));
}

AlertNotice noticeOf(const std::vector<Alert>& alerts, const QString& place) {
    constexpr std::size_t kMostLines = 5;
    AlertNotice notice;
    QStringList lines;
    for (const auto& alert : alerts) {
        notice.critical = notice.critical || alert.severity == AlertSeverity::Critical;
        if (lines.size() >= qsizetype(kMostLines)) {
            continue;
        }
        const auto title = titleOf(*alert.rule, alert.subject);
        const auto limit = limitText(*alert.rule, alert.severity);
        const auto value = alert.value ? valueText(*alert.rule, *alert.value) : absentText();
        lines << severityWord(alert.severity) + QStringLiteral(": ") +
                     (limit.isEmpty() ? title : Words::tr("%1, %2, limit %3").arg(title, value, limit));
    }
    if (alerts.size() > kMostLines) {
        lines << Words::tr("and %n more", "", static_cast<int>(alerts.size() - kMostLines));
    }
    notice.title = Words::tr("%n alert(s) on %1", "", static_cast<int>(alerts.size())).arg(place);
    notice.body = lines.join(QLatin1Char('\n'));
    return notice;
}

} // namespace binnacle::app
