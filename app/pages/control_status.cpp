// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/control_status.h"

#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
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

} // namespace binnacle::app
