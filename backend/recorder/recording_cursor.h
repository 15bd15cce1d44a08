// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/recorder/recording_reader.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace binnacle {

/// Walks through a recording in the order of its steady times, a minute in memory at a time. What is damaged is left
/// out, as if it had not been recorded, and told.
class RecordingCursor {
public:
    /// `reader` must outlive this.
    explicit RecordingCursor(RecordingReader& reader)
        : m_reader(reader) {}

    /// The next events are those from `time` on.
    void seek(SteadyTime time);
    /// All events up to and with `time` that were not handed out since the last seek.
    [[nodiscard]] std::vector<RecordedEvent> upTo(SteadyTime time);
    /// Why a minute was left out, the last time that one was; empty if none was.
    [[nodiscard]] const std::string& damage() const { return m_damage; }

private:
    [[nodiscard]] bool load(SteadyTime until);

    RecordingReader& m_reader;
    std::vector<RecordedEvent> m_events; // of the minute at hand
    std::size_t m_next = 0;
    SteadyTime m_from = SteadyTime::min(); // what was before is left out
    std::int64_t m_nextMinute = 0;
    std::string m_damage;
};

} // namespace binnacle
