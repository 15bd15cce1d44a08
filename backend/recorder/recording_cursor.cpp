// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/recording_cursor.h"

#include "backend/recorder/recording_file.h"

#include <algorithm>
#include <iterator>

namespace binnacle {

void RecordingCursor::seek(SteadyTime time) {
    m_events.clear();
    m_next = 0;
    m_from = time;
    // A minute earlier: UTC may have been set back a little while the recorder ran.
    m_nextMinute = minuteOf(m_reader.utcOf(time)) - 1;
}

bool RecordingCursor::load(SteadyTime until) {
    const auto minute = m_reader.nextMinute(m_nextMinute);
    if (!minute || !*minute || **minute > minuteOf(m_reader.utcOf(until)) + 1) {
        return false;
    }
    m_nextMinute = **minute + 1;
    m_events.clear();
    m_next = 0;
    if (auto events = m_reader.minute(**minute)) {
        m_events = std::move(*events);
        const auto first = std::ranges::lower_bound(m_events, m_from, {}, &RecordedEvent::at);
        m_next = static_cast<std::size_t>(first - m_events.begin());
    } else {
        m_damage = events.error().text;
    }
    return true;
}

std::vector<RecordedEvent> RecordingCursor::upTo(SteadyTime time) {
    std::vector<RecordedEvent> out;
    for (;;) {
        const auto end = std::ranges::upper_bound(m_events.begin() + static_cast<std::ptrdiff_t>(m_next),
                                                  m_events.end(), time, {}, &RecordedEvent::at);
        std::move(m_events.begin() + static_cast<std::ptrdiff_t>(m_next), end, std::back_inserter(out));
        m_next = static_cast<std::size_t>(end - m_events.begin());
        if (m_next < m_events.size() || !load(time)) {
            return out;
        }
    }
}

} // namespace binnacle
