// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/page.h"

#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "widgets/time_context.h"

namespace binnacle::app {

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
    if (const auto then = feed.history().readingAt(time.end())) {
        return *then; // kept by the history for longer than this turn of the event loop
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

Page::Page(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {}

} // namespace binnacle::app
