// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/time.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace binnacle::postgres {

/// What counters of rows have gained since the table was read before, row by row. A row whose counter fell counts
/// from zero again, so it has no gain this time.
template <std::size_t N>
class RowDeltas {
public:
    using Counters = std::array<double, N>;

    /// A new reading begins. `complete` says that it holds all rows of the source: one that was not there before has
    /// then counted from zero.
    void begin(SteadyTime at, bool complete) {
        m_before = std::exchange(m_now, {});
        m_newRowsFromZero = m_complete && m_begun;
        m_seconds = m_begun ? toSeconds(at - m_at) : 0;
        m_at = at;
        m_complete = complete;
        m_begun = true;
    }
    /// Forgets everything: another server, or the same after a restart.
    void clear() { *this = {}; }

    /// What the row gained; absent the first time.
    [[nodiscard]] std::optional<Counters> gained(const std::string& key, const Counters& counters) {
        m_now[key] = counters;
        const auto before = m_before.find(key);
        if (m_seconds <= 0 || (before == m_before.end() && !m_newRowsFromZero)) {
            return std::nullopt;
        }
        Counters gain = counters;
        if (before != m_before.end()) {
            for (std::size_t i = 0; i < N; ++i) {
                gain[i] -= before->second[i];
                if (gain[i] < 0) {
                    return std::nullopt;
                }
            }
        }
        return gain;
    }
    /// Seconds between this reading and the one before.
    [[nodiscard]] double seconds() const { return m_seconds; }

private:
    std::unordered_map<std::string, Counters> m_before;
    std::unordered_map<std::string, Counters> m_now;
    SteadyTime m_at;
    double m_seconds = 0;
    bool m_complete = false;
    bool m_newRowsFromZero = false;
    bool m_begun = false;
};

} // namespace binnacle::postgres
