// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/page.h"

#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "backend/history/path_span.h"
#include "widgets/number_text.h"
#include "widgets/time_context.h"

#include <QCoreApplication>

namespace binnacle::app {

struct SelectedReading {
    std::shared_ptr<const PathReading> end; ///< what it was made of
    SteadyTime from{};
    SteadyTime madeAt{};
    PathReading reading;
};

std::shared_ptr<SelectedReading> PageContext::makeSelected() {
    return std::make_shared<SelectedReading>();
}

bool PageContext::live() const {
    return time.mode() == TimeContext::Mode::Live;
}

bool PageContext::hasReading() const {
    return live() || feed.history().readingAt(time.end()) != nullptr;
}

const PathReading& PageContext::path() const {
    if (live()) {
        return feed.path();
    }
    if (auto then = feed.history().readingAt(time.end())) {
        if (!time.isSelected()) {
            return *then; // kept by the history for longer than this turn of the event loop
        }
        // Merging hours of histograms is not for each glance; what arrives late, such as the hours before the start,
        // is seen a second later.
        auto& made = *selected;
        const auto from = time.window().from;
        if (made.end != then || made.from != from || feed.now() - made.madeAt >= std::chrono::seconds(1)) {
            made.reading = readingOver(*then, from, feed.store(), feed.history());
            made.end = std::move(then);
            made.from = from;
            made.madeAt = feed.now();
        }
        return made.reading;
    }
    // Before the console began, or longer ago than the history reaches: the present under a clock of the past would be
    // a lie.
    static const PathReading nothing{};
    return nothing;
}

std::shared_ptr<const ControlView> PageContext::controlView() const {
    if (!live()) {
        return control.viewAt(time.end());
    }
    return control.hasView() ? control.sharedView() : nullptr;
}

QString PageContext::countedOver() const {
    if (!live() && time.isSelected()) {
        const auto window = time.window();
        return QCoreApplication::translate("Panel", "%1 to %2").arg(time.clock(window.from), time.clock(window.to));
    }
    return QCoreApplication::translate("Panel", "last %1").arg(ageText(PathReading::kLatencyWindow));
}

Page::Page(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {}

} // namespace binnacle::app
