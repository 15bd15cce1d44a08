// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/lag_history.h"
#include "backend/collectors/postgres/cells.h"
#include "backend/domain/latency_histogram.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace binnacle::postgres {

/// How far one standby is behind.
struct StandbyLag {
    bool streaming = false;
    std::optional<double> bytes;   ///< absent: nothing is known of what it has replayed
    double seconds = 0;            ///< of meaning where bytes is there
    LatencyHistogram distribution; ///< of `seconds`, one reading a pass, cumulative
};

/// Standbys and their lag, as it is and as a distribution of our own readings.
class ReplicationTables {
public:
    /// Rows of Queries::standbys; the leader stood at `position`, in bytes, and `history` knows when it was where.
    [[nodiscard]] TablePtr standbys(const std::vector<PgRow>& rows, std::optional<double> position,
                                    const LagHistory& history, const ReadMoment& moment);
    /// By name, as of the last standbys(). Two senders may serve one name for a moment, while a standby reconnects:
    /// the one further on counts.
    [[nodiscard]] const std::map<std::string, StandbyLag>& lags() const { return m_lags; }
    void clear();

private:
    struct Recent {
        std::deque<std::pair<SteadyTime, double>> readings;
        LatencyHistogram distribution;
    };
    std::map<std::string, StandbyLag> m_lags;
    std::map<std::string, Recent> m_recent;
};

/// Rows of Queries::slots and of Queries::progress.
[[nodiscard]] TablePtr slotsTable(const std::vector<PgRow>& rows, const ReadMoment& moment);
[[nodiscard]] TablePtr progressTable(const std::vector<PgRow>& rows, const ReadMoment& moment);

} // namespace binnacle::postgres
