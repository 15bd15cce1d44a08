// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/lag_history.h"

#include <algorithm>
#include <limits>

namespace binnacle {

namespace {
constexpr std::size_t kSpanCap = 4096; // over an hour at a reading a second; older ones are thinned, not lost
}

void LagHistory::observe(SteadyTime at, std::uint64_t position) {
    if (!m_spans.empty() && position < m_spans.back().position) {
        m_spans.clear();
    }
    if (!m_spans.empty() && m_spans.back().position == position) {
        m_spans.back().last = at;
        return;
    }
    m_spans.push_back({at, at, position});
    if (m_spans.size() > kSpanCap) {
        // Every second span of the older half goes: a lag of an hour is then told to within seconds.
        std::deque<Span> thinned;
        for (std::size_t i = 0; i < m_spans.size(); ++i) {
            if (i >= kSpanCap / 2 || i % 2 == 0) {
                thinned.push_back(m_spans[i]);
            }
        }
        m_spans = std::move(thinned);
    }
}

double LagHistory::secondsBehind(std::uint64_t position, std::optional<double> reported) const {
    if (m_spans.empty()) {
        return std::max(0.0, reported.value_or(0));
    }
    if (position >= m_spans.back().position) {
        return 0;
    }
    const auto now = m_spans.back().last;
    const auto missing = std::ranges::upper_bound(m_spans, position, {}, &Span::position);
    const double atLeast = toSeconds(now - missing->first);
    const double atMost = missing == m_spans.begin() ? std::numeric_limits<double>::infinity()
                                                     : toSeconds(now - std::prev(missing)->last);
    return std::clamp(reported.value_or(atLeast), atLeast, std::max(atLeast, atMost));
}

} // namespace binnacle
