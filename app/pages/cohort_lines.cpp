// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/cohort_lines.h"

#include <algorithm>
#include <utility>

namespace binnacle::app {

namespace {
/// Series whose two minutes one call merges, over all its points: with hundreds of routes a call makes fewer points.
constexpr std::size_t kMostMerged = 1200;
} // namespace

CohortLine::CohortLine(std::string role)
    : m_role(std::move(role)) {}

bool CohortLine::answered(const PathHistory& history, SteadyTime at) const {
    const auto then = history.readingAt(at);
    return then != nullptr && std::ranges::any_of(then->instances, [this](const InstanceHop& instance) {
               return instance.role == m_role && instance.state == SourceState::Live;
           });
}

void CohortLine::feed(const LatencyLog& log, const PathHistory& history, SteadyTime from, SteadyTime now) {
    const auto begin = std::max(from, now - LatencyLog::kKept);
    if (begin < m_from - LatencyLog::kFold) {
        m_p99 = Series();
        m_from = begin;
        m_next = LatencyLog::slotStart(begin, LatencyLog::kFold);
        m_open = false;
    }
    LatencySelector selector;
    selector.role = m_role;
    // A slot is drawn when it is complete, at its end. Older ones come folded.
    if (m_next + LatencyLog::kSlot > now) {
        return;
    }
    const auto series = std::max<std::size_t>(1, log.series().size());
    const auto most = std::clamp<int>(static_cast<int>(kMostMerged / series), 2, kMostPoints);
    for (int made = 0; made < most; ++made) {
        const bool folded = m_next < now - LatencyLog::kFine;
        const auto end = m_next + (folded ? LatencyLog::kFold : LatencyLog::kSlot);
        if (end > now) {
            break;
        }
        const auto p99 =
            answered(history, end) ? log.merged(selector, end - kWindow, end).supportedQuantile(0.99) : std::nullopt;
        if (p99) {
            m_p99.append(end, *p99);
        } else if (m_open) {
            m_p99.appendGap(end);
        }
        m_open = p99.has_value();
        m_next = end;
    }
}

} // namespace binnacle::app
