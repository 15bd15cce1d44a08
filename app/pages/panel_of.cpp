// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/panel_of.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "widgets/draw.h"
#include "widgets/time_context.h"

#include <QCoreApplication>

#include <algorithm>

namespace binnacle::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Panel)
};

/// What the source itself, or one of all instances, said when it refused or was not understood.
QString refusalOf(const std::string& source, const PathReading& path) {
    const auto prefix = source.ends_with('*') ? source.substr(0, source.size() - 1) : source;
    for (const auto& health : path.sources) {
        if (health.name.starts_with(prefix) && !health.error.empty()) {
            return worded(health.error);
        }
    }
    return {};
}

/// Counted over all of a selection, and not as of its end.
bool isCounted(const Figure& figure, const PageContext& context) {
    const auto& path = context.path();
    return &figure == &path.requestsPerSecond || &figure == &path.errorShare || &figure == &path.p50 ||
           &figure == &path.p95 || &figure == &path.p99 || &figure == &path.p999;
}

/// "next try in 6 s"; empty while one is under way.
QString nextTryText(const std::string& source, const PathReading& path) {
    const auto known = std::ranges::find(path.sources, source, &SourceHealth::name);
    const bool waits = known != path.sources.end() && known->nextTryIn && known->nextTryIn->count() > 0;
    return waits ? Words::tr("next try in %1").arg(ageText(*known->nextTryIn)) : QString();
}

PanelStatus statusFor(const std::string& source, SourceState state, std::chrono::nanoseconds age,
                      const PageContext& context) {
    PanelStatus status;
    if (!context.hasReading()) {
        status.state = PanelState::Empty; // nobody waits for an answer from the past, hence not Loading
        status.title = nothingThenText();
        return status;
    }
    status.state = panelStateOf(state);
    status.age = age;
    const auto at = context.path().at;
    if (status.state != PanelState::Live && status.state != PanelState::Loading) {
        status.lastAt = at - std::chrono::duration_cast<SteadyTime::duration>(age);
    }
    if (status.state == PanelState::Live && !context.live()) {
        status.state = PanelState::Paused;
        status.lastAt = context.time.end();
        status.detail = Words::tr("as of %1").arg(context.time.clock(context.time.end()));
    } else if (status.state == PanelState::Live && context.time.recording()) {
        status.state = PanelState::Replay;
    } else if (status.state == PanelState::Late) {
        status.detail = Words::tr("still trying");
    } else if (status.state == PanelState::Denied || status.state == PanelState::Error) {
        status.detail = refusalOf(source, context.path());
    }
    return status;
}

} // namespace

Severity severityOf(Concern concern) {
    switch (concern) {
    case Concern::Normal:
        return Severity::Normal;
    case Concern::Caution:
        return Severity::Caution;
    case Concern::Critical:
        break;
    }
    return Severity::Critical;
}

QString plain(std::string_view text, std::size_t most) {
    // A label of any length must not cost layout time.
    return draw::oneLine(QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), most))));
}

PanelStatus panelOf(const Figure& figure, const PageContext& context, PathLine line, Quantity quantity) {
    return panelOf(figure, context, context.feed.history().line(line), quantity);
}

PanelStatus panelOf(const Figure& figure, const PageContext& context, const Series& line, Quantity quantity) {
    auto status = statusFor(figure.source, figure.state, figure.age, context);
    if (status.state == PanelState::Paused && context.time.isSelected() && isCounted(figure, context)) {
        status.detail = context.countedOver();
    }
    if (figure.live() && !figure.value && figure.reason == kNeedsTwoReadings) {
        status.state = PanelState::Loading;
        status.detail = worded(figure.reason);
    }
    if (status.state == PanelState::Lost) {
        const auto last = line.at(*status.lastAt);
        const auto known = last ? last : line.last();
        status.detail = known && known->at <= context.path().at ? Words::tr("was %1 at %2")
                                                                      .arg(numberText(known->value, quantity).joined(),
                                                                           context.time.clock(known->at, false))
                                                                : Words::tr("no value before");
    }
    return status;
}

PanelStatus panelOf(const HopBase& hop, const PageContext& context) {
    auto status = statusFor(hop.source, hop.state, hop.age, context);
    if (status.state == PanelState::Paused) {
        status.age.reset(); // the top bar says how far behind; a node has no room to say it again
    } else if (status.state == PanelState::Lost) {
        status.detail = nextTryText(hop.source, context.path());
    }
    return status;
}

QString nothingThenText() {
    return Words::tr("Nothing is kept of that time");
}

QString provenance(const Figure& figure) {
    if (figure.source.empty()) {
        return worded(figure.reason); // of no source, hence of no age
    }
    auto text = Words::tr("From %1, %2 old").arg(worded(displayName(figure.source)), ageText(figure.age));
    if (!figure.value && !figure.reason.empty()) {
        text += QStringLiteral("\n") + worded(figure.reason);
    }
    return text;
}

} // namespace binnacle::app
