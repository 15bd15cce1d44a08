// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/alert_book.h"
#include "widgets/mark.h"

#include <QString>

#include <vector>

namespace binnacle {
class TimeContext;
}

namespace binnacle::app {

struct AlertNotice;

/// "Replica behind".
[[nodiscard]] QString nameOf(const AlertRule& rule);
/// What it means, in a sentence.
[[nodiscard]] QString meaningOf(const AlertRule& rule);
/// "Replica behind: Replica 2"; the name alone of what concerns the whole path.
[[nodiscard]] QString titleOf(const AlertRule& rule, const std::string& subject);
[[nodiscard]] QString severityWord(AlertSeverity severity);
[[nodiscard]] Mark markOf(AlertSeverity severity);
/// A value of the rule, with its unit: "2.00 s", "no answer".
[[nodiscard]] QString valueText(const AlertRule& rule, double value);
/// The limit that was crossed: "1.00 s"; empty for what is so or not.
[[nodiscard]] QString limitText(const AlertRule& rule, AlertSeverity severity);
/// "Raised from 1.00 s for 10 s, critical from 10.0 s; cleared at 500 ms for 15 s."
[[nodiscard]] QString limitsText(const AlertRule& rule);
/// "raised", "pending 4 s of 10 s", "acknowledged", "silenced until 15:00", "cleared 14:02:03", with what is not known.
[[nodiscard]] QString stateText(const Alert& alert, const TimeContext& time);
/// "15:00", with the day when it is not today.
[[nodiscard]] QString untilText(UtcTime until, const TimeContext& time);
/// What is told outside of the window about these. Names, values and limits; nothing that a server said.
[[nodiscard]] AlertNotice noticeOf(const std::vector<Alert>& alerts, const QString& place);

} // namespace binnacle::app
