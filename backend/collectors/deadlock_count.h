// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace binnacle {

/// One count of deadlocks from two witnesses. The server's log tells each at once, but only since we began to read it;
/// pg_stat_database tells all, but up to 10 s late (a session that goes idle publishes its counts then).
///
/// The rule: the count is that of pg_stat_database at the start, plus the larger of what the log and what
/// pg_stat_database have added since. So each deadlock counts once, as soon as either witness tells of it, and one
/// that only one of them saw still counts.
class DeadlockCount {
public:
    void addLogEntry() { ++m_logged; }
    /// Takes a reading of pg_stat_database (summed over databases); one that fell is a reset of the statistics.
    void update(double statistics) {
        if (!m_base) {
            m_base = statistics;
            m_last = statistics;
        }
        if (statistics < m_last) {
            m_last = 0; // counted from zero again
        }
        m_added += statistics - m_last;
        m_last = statistics;
    }
    /// Cumulative; absent before the first reading of the statistics.
    [[nodiscard]] std::optional<double> value() const {
        return m_base ? std::optional(*m_base + std::max(m_added, static_cast<double>(m_logged))) : std::nullopt;
    }

private:
    std::optional<double> m_base;
    double m_last = 0;
    double m_added = 0;
    std::uint64_t m_logged = 0;
};

} // namespace binnacle
