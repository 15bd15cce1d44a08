// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/heat_feeder.h"

#include "widgets/heatmap_view.h"
#include "widgets/time_context.h"

namespace binnacle::app {

using std::chrono::seconds;

HeatFeeder::HeatFeeder(HeatmapView& view, TimeContext& time)
    : m_view(view)
    , m_time(time) {}

seconds HeatFeeder::stepFor(SteadyTime::duration span, SteadyTime::duration behind) {
    if (span > std::chrono::hours(1)) {
        return seconds(32);
    }
    if (span + behind > LatencyLog::kFine) {
        return LatencyLog::kFold;
    }
    return span > std::chrono::minutes(5) ? seconds(4) : LatencyLog::kSlot;
}

void HeatFeeder::feed(const LatencyLog& log, const LatencySelector& selector) {
    if (m_selector != selector) {
        m_selector = selector;
        reset();
    }
    const auto window = m_time.window();
    const auto step = stepFor(window.length(), m_time.behind());
    // Grids nest, so that a column never begins before its step.
    const auto first = LatencyLog::slotStart(window.from, step);
    if (step != m_step || first < m_from) {
        m_view.setStep(step);
        m_step = step;
        m_from = first;
        m_newestSlot = first;
        m_newest = {};
    }
    if (m_newestSlot < first) {
        m_newestSlot = first; // hidden for longer than a window
        m_newest = {};
    }
    for (const auto& slot : log.slots(m_selector, m_newestSlot, m_time.now() + LatencyLog::kSlot, LatencyLog::kSlot)) {
        const bool grown = slot.from == m_newestSlot;
        const auto recorded = grown ? slot.histogram.since(m_newest) : std::optional(slot.histogram);
        if (recorded && !recorded->empty()) {
            m_view.addColumn(LatencyLog::slotStart(slot.from, step), *recorded);
            m_newestSlot = slot.from;
            m_newest = slot.histogram;
        }
    }
    m_view.refresh();
}

} // namespace binnacle::app
