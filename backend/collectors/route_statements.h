// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/telemetry_document.h"
#include "backend/collectors/windowed_rate.h"
#include "backend/domain/snapshot_table.h"
#include "backend/sql/sql_text.h"

#include <map>
#include <string>
#include <utility>

namespace binnacle {

/// Makes the table of the statements that each route runs, from what an instance tells of them: rates over the last
/// seconds, and what share of the route's time they are. One thread.
class RouteStatements {
public:
    /// At most so many rows; the others are counted as omitted.
    static constexpr std::size_t kRowLimit = 500;

    /// `document.routeStatements` is told.
    [[nodiscard]] SnapshotTable build(const TelemetryDocument& document, SteadyTime at);
    /// The instance restarted: its counts began anew.
    void clear() { *this = {}; }

private:
    static constexpr std::chrono::seconds kWindow{15};
    struct Rates {
        WindowedRate calls{kWindow};
        WindowedRate seconds{kWindow};
    };
    std::map<std::pair<std::string, std::string>, Rates> m_rates; ///< by route and statement
    std::map<std::string, WindowedRate, std::less<>> m_routes;    ///< seconds of all its requests
    SqlTextCache m_texts{2 * kRowLimit};
};

} // namespace binnacle
