// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/feed/action_marks.h"

#include "app/dialogs/action_words.h"
#include "app/pages/panel_of.h"

#include <QCoreApplication>

namespace binnacle::app {

std::vector<ChartEvent> actionMarks(const std::vector<AuditEntry>& entries, SteadyTime now, UtcTime utcNow) {
    std::vector<ChartEvent> marks;
    for (const auto& entry : entries) {
        // Taking over what break-glass wrote, or what was found in effect, moves nothing.
        if (entry.phase != AuditPhase::Intent || entry.before == entry.after) {
            continue;
        }
        const bool automatic = entry.operatorName == "control";
        ChartEvent mark;
        mark.at = now - std::chrono::duration_cast<SteadyTime::duration>(utcNow - entry.at);
        mark.kind = automatic ? ChartEvent::Kind::Automatic : ChartEvent::Kind::Operator;
        mark.label =
            automatic
                ? actPhrase(entry)
                : QCoreApplication::translate("Action", "%1 by %2").arg(actPhrase(entry), plain(entry.operatorName));
        marks.push_back(std::move(mark));
    }
    return marks;
}

} // namespace binnacle::app
