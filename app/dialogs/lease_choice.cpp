// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dialogs/lease_choice.h"

#include "backend/actions/action_catalogue.h"
#include "backend/actions/session_actions.h"

#include <QCoreApplication>

#include <algorithm>

namespace binnacle::app {

using std::chrono::minutes;
using std::chrono::seconds;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Action)
};

} // namespace

LeaseChoice leaseChoiceOf(const ActionPreview& preview) {
    LeaseChoice choice;
    seconds usual{0};
    if (!preview.reverses.empty()) {
        return choice;
    }
    if (preview.action == "set_degradation_level") {
        usual = defaultLease(Resource::DegradationLevel, integerOf(preview.parameters, "level").value_or(0));
        choice.offered = {minutes(5), minutes(15), minutes(30), minutes(60)};
    } else if (preview.action == "pause_pool") {
        usual = usualPause;
        choice.offered = {seconds(15), seconds(30), seconds(60)};
    }
    if (usual.count() == 0) {
        return {};
    }
    const auto asked = integerOf(preview.parameters, "lease_s");
    const auto lease = asked ? seconds(*asked) : usual;
    auto place = std::ranges::lower_bound(choice.offered, lease);
    if (place == choice.offered.end() || *place != lease) {
        place = choice.offered.insert(place, lease);
    }
    choice.current = static_cast<int>(place - choice.offered.begin());
    return choice;
}

QString leaseText(seconds lease) {
    return lease.count() % 60 == 0 && lease > seconds(60) ? Words::tr("%1 min").arg(lease.count() / 60)
                                                          : Words::tr("%1 s").arg(lease.count());
}

} // namespace binnacle::app
