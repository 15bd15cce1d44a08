// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/control_status.h"

#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/models/degradation_words.h"
#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "widgets/number_text.h"
#include "widgets/time_context.h"

#include <QCoreApplication>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ControlStatus)
};

} // namespace

PanelStatus controlStatus(const PageContext& context) {
    PanelStatus status;
    if (!context.live()) {
        status.state = context.controlView() == nullptr ? PanelState::Empty : PanelState::Paused;
        status.lastAt = context.time.end();
        if (status.state == PanelState::Empty) {
            status.title = nothingThenText();
        } else {
            status.detail = Words::tr("as of %1").arg(context.time.clock(context.time.end()));
        }
        return status;
    }
    const auto& control = context.control;
    status.state = panelStateOf(control.state());
    if (!control.hasView() && status.state == PanelState::Live) {
        status.state = PanelState::Loading;
    }
    if (control.hasView()) {
        status.age = control.age();
        status.lastAt = context.feed.now() - std::chrono::duration_cast<SteadyTime::duration>(control.age());
    }
    switch (status.state) {
    case PanelState::Late:
        status.detail = Words::tr("still trying");
        break;
    case PanelState::Denied:
        status.title = Words::tr("Control does not know who you are");
        status.detail = worded(control.problem().toStdString());
        break;
    case PanelState::Lost:
        if (context.time.recording()) {
            status.state = PanelState::Empty;
            status.title = Words::tr("Not in a recording");
            status.detail = Words::tr("What is wanted and who did what is kept by control.");
            break;
        }
        status.title = Words::tr("Control does not answer");
        status.detail = worded(control.problem().toStdString());
        break;
    case PanelState::Error:
        status.detail = worded(control.problem().toStdString());
        break;
    default:
        break;
    }
    return status;
}

QString controlAge(const PageContext& context) {
    if (!context.live()) {
        return Words::tr("as of %1").arg(context.time.clock(context.time.end()));
    }
    if (!context.control.hasView()) {
        return {};
    }
    const auto age = ageText(context.control.age());
    return context.control.state() == SourceState::Live ? Words::tr("age %1").arg(age)
                                                        : Words::tr("no answer for %1").arg(age);
}

const ControlView* controlNow(const PageContext& context) {
    const auto& control = context.control;
    return control.hasView() && control.state() == SourceState::Live ? &control.view() : nullptr;
}

bool controlAway(const PageContext& context) {
    const auto state = context.control.state();
    return context.live() && state != SourceState::Live && state != SourceState::Late && state != SourceState::Loading;
}

std::optional<LeaseReading> leaseOfLevel(const PageContext& context) {
    const auto held = context.controlView();
    const auto* resource = held != nullptr ? held->resource("degradation_level") : nullptr;
    const bool live = context.live();
    const bool lost = live && context.control.state() == SourceState::Lost;
    // A control that runs and tells us nothing may have ended it, or begun another.
    if (resource == nullptr || (!lost && controlAway(context))) {
        return std::nullopt;
    }
    const auto now = live ? context.feed.utcNow() : context.time.utcOf(context.time.end());
    const auto age = live ? context.control.age() : std::chrono::nanoseconds(0);
    return leaseReading(*resource, now, age, lost, context.time.zone());
}

} // namespace binnacle::app
