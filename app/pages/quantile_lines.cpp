// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/quantile_lines.h"

#include "widgets/time_context.h"

namespace binnacle::app {

using std::chrono::seconds;

namespace {
constexpr seconds kShort{10};
constexpr seconds kLong{30};
constexpr seconds kSettles{1}; ///< all instances have told a slot so long after its end
} // namespace

void QuantileLines::setSelector(const LatencySelector& selector) {
    if (m_selector != selector) {
        m_selector = selector;
        reset();
    }
}

void QuantileLines::follow(const LatencyLog& log, const TimeSpan& window, SteadyTime now) {
    const auto step = window.from < now - LatencyLog::kFine - LatencyLog::kFold ? LatencyLog::kFold : LatencyLog::kSlot;
    const auto from = LatencyLog::slotStart(window.from, step);
    if (step != m_step || from < m_from) {
        m_step = step;
        m_from = from;
        m_next = LatencyLog::slotStart(window.from - kLong, step);
        m_recent.clear();
        m_lines.fill(Series());
    }
    const auto until = LatencyLog::slotStart(now - kSettles, step);
    if (m_next >= until) {
        return;
    }
    for (const auto& slot : log.slots(m_selector, m_next, until, step)) {
        put(slot);
    }
    m_next = until;
}

void QuantileLines::put(const LatencySlot& slot) {
    m_recent.push_back(slot.histogram);
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, kLong / m_step));
    if (m_recent.size() > most) {
        m_recent.pop_front();
    }
    const auto few = static_cast<std::size_t>(std::max<std::int64_t>(1, kShort / m_step));
    LatencyHistogram newest;
    LatencyHistogram all;
    for (std::size_t i = 0; i < m_recent.size(); ++i) {
        all.merge(m_recent[i]);
        if (i + few >= m_recent.size()) {
            newest.merge(m_recent[i]);
        }
    }
    const auto at = slot.from + m_step;
    for (std::size_t i = 0; i < kQuantiles.size(); ++i) {
        const auto& of = i + 1 == kQuantiles.size() ? all : newest;
        if (const auto value = of.supportedQuantile(kQuantiles[i])) {
            m_lines[i].append(at, *value);
        } else {
            m_lines[i].appendGap(at);
        }
    }
}

} // namespace binnacle::app
