// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/backoff.h"

#include <algorithm>

namespace binnacle::stack {

void Backoff::noteHealthy(TimePoint now) {
    if (m_healthySince == TimePoint{}) {
        m_healthySince = now;
    }
}

std::chrono::milliseconds Backoff::noteDeath(TimePoint now) {
    if (m_healthySince != TimePoint{} && now - m_healthySince >= healthyForReset) {
        m_next = first;
    }
    m_healthySince = {};
    const auto wait = m_next;
    m_next = std::min(m_next * 2, longest);
    return wait;
}

} // namespace binnacle::stack
