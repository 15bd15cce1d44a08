// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/canary_words.h"

#include "app/dialogs/action_words.h"
#include "app/models/share_text.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Canary)
};

QString whoAndWhy(const ResourceView& share) {
    const auto who = plain(share.changedBy);
    const auto why = plain(share.reason);
    return why.isEmpty() ? Words::tr("by %1").arg(who) : Words::tr("by %1: %2").arg(who, why);
}

} // namespace

std::optional<double> wantedPercent(const ResourceView* share) {
    return share == nullptr ? std::nullopt : numberOf(share->wanted, "percent");
}

std::optional<double> heldPercent(const ResourceView& share) {
    for (const auto& target : share.targets) {
        if (const auto held = numberOf(target.held, "percent")) {
            return held;
        }
    }
    return std::nullopt;
}

CanarySentence canarySentence(const ResourceView* share, const QTimeZone& zone) {
    CanarySentence out;
    const auto wanted = wantedPercent(share);
    if (!wanted) {
        out.clause = Words::tr("The share that is wanted is not known.");
        return out;
    }
    const auto text = shareText(*wanted);
    const auto since = share->changedAt ? clockText(*share->changedAt, zone) : QString();
    const auto behind = std::ranges::find(share->targets, false, &TargetView::inEffect);
    if (behind != share->targets.end()) {
        out.severity = Severity::Caution;
        const auto name = plain(behind->name);
        if (const auto held = numberOf(behind->held, "percent")) {
            out.clause = Words::tr("%1 of users is wanted, %2 has %3.").arg(text, name, shareText(*held));
        } else {
            out.clause = Words::tr("%1 of users is wanted, %2 does not answer.").arg(text, name);
        }
        out.detail = worded(behind->problem);
    } else {
        out.clause = *wanted > 0 ? Words::tr("%1 of users go to the canary.").arg(text)
                                 : Words::tr("No user goes to the canary.");
    }
    if (share->changedBy.empty()) {
        out.detail = out.detail.isEmpty() ? Words::tr("Nobody has changed the share yet.") : out.detail;
    } else if (out.detail.isEmpty()) {
        out.detail = behind != share->targets.end()
                         ? Words::tr("Asked for at %1 %2").arg(since, whoAndWhy(*share))
                         : Words::tr("In force since %1, set %2").arg(since, whoAndWhy(*share));
    }
    QStringList aside;
    if (!share->reference.empty()) {
        aside << QLatin1Char('#') + plain(share->reference);
    }
    aside << Words::tr("generation %1").arg(share->generation);
    out.aside = aside.join(QStringLiteral(", "));
    return out;
}

} // namespace binnacle::app
