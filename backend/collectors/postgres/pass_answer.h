// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/deadlock_count.h"
#include "backend/collectors/lag_history.h"
#include "backend/collectors/postgres/cells.h"
#include "backend/collectors/windowed_ratio.h"
#include "backend/domain/snapshot.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::postgres {

/// The answer to Queries::pass: rows of (metric, key, a, b, c), by metric.
class PassAnswer {
public:
    struct Cells {
        std::string key;
        std::optional<double> a;
        std::optional<double> b;
        std::optional<double> c;
    };

    /// Protocol when it lacks what every server tells.
    [[nodiscard]] static Result<PassAnswer> parse(const std::vector<PgRow>& rows);

    [[nodiscard]] const Cells* one(std::string_view metric) const {
        const auto it = m_rows.find(metric);
        return it != m_rows.end() ? &it->second : nullptr;
    }
    [[nodiscard]] auto all(std::string_view metric) const { return m_rows.equal_range(metric); }
    [[nodiscard]] bool isStandby() const { return one("server")->a.value_or(0) != 0; }
    /// Changes with a restart, and with a promotion, which changes what the counters mean (where WAL is written).
    [[nodiscard]] std::string epoch() const;
    /// Where the WAL stands in bytes: written on a primary, received on a standby.
    [[nodiscard]] std::optional<double> position() const;
    /// Deadlocks by pg_stat_database, summed over the databases.
    [[nodiscard]] double deadlocks() const { return one("database")->c.value_or(0); }

private:
    std::multimap<std::string, Cells, std::less<>> m_rows;
};

/// What stays from pass to pass for the readings.
struct PassMemory {
    LagHistory positions;
    WindowedRatio cacheHits;
};

/// Readings of sessions, counters and replay. `missingRight` says what our role lacks to see other sessions; empty when
/// it sees them.
void addReadings(const PassAnswer& answer, const std::string& server, const std::string& missingRight,
                 PassMemory& memory, SteadyTime now, std::vector<Reading>& readings);

} // namespace binnacle::postgres
