// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panel_status.h"

#include <QCoreApplication>

namespace binnacle {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(PanelState)
};
} // namespace

PanelState panelStateOf(SourceState state) {
    switch (state) {
    case SourceState::Loading:
        return PanelState::Loading;
    case SourceState::Live:
        return PanelState::Live;
    case SourceState::Late:
        return PanelState::Late;
    case SourceState::Lost:
        return PanelState::Lost;
    case SourceState::Denied:
        return PanelState::Denied;
    case SourceState::Error:
        return PanelState::Error;
    }
    return PanelState::Loading;
}

PanelStatus panelStatus(const SourceUpdate& update, SteadyTime now) {
    PanelStatus out;
    out.state = panelStateOf(sourceStateOf(update, now));
    out.age = ageOf(update, now);
    if (update.snapshot) {
        out.lastAt = update.snapshot->header.steadyAt;
    }
    if (update.failure && (out.state == PanelState::Denied || out.state == PanelState::Error)) {
        out.lastAt = update.failure->at;
        out.detail = QString::fromStdString(update.failure->error.text);
    }
    return out;
}

Mark markOf(PanelState state) {
    switch (state) {
    case PanelState::Late:
        return Mark::Late;
    case PanelState::Lost:
        return Mark::Lost;
    case PanelState::Denied:
        return Mark::Denied;
    case PanelState::Error:
        return Mark::Critical;
    case PanelState::Paused:
        return Mark::Held;
    case PanelState::Empty:
    case PanelState::Loading:
    case PanelState::Live:
    case PanelState::Replay:
        break;
    }
    return Mark::None;
}

QString stateWord(PanelState state) {
    switch (state) {
    case PanelState::Empty:
        return Words::tr("nothing to show");
    case PanelState::Loading:
        return Words::tr("waiting for the first answer");
    case PanelState::Live:
        return Words::tr("live");
    case PanelState::Late:
        return Words::tr("late");
    case PanelState::Lost:
        return Words::tr("no data");
    case PanelState::Denied:
        return Words::tr("denied");
    case PanelState::Error:
        return Words::tr("reply not understood");
    case PanelState::Paused:
        return Words::tr("paused");
    case PanelState::Replay:
        return Words::tr("replay");
    }
    return {};
}

} // namespace binnacle
