// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/path_history.h"

#include <string>

namespace binnacle {

/// The sentence that opens a page: what is wrong, then the detail. When nothing is wrong it says the plain state.
struct Situation {
    Concern concern = Concern::Normal;
    std::string clause; ///< "Redis stopped answering 12 s ago."
    std::string detail; ///< "Reads that were cached go to PostgreSQL."
    std::string source; ///< the evidence: a source or a signal's source; empty for the plain state

    friend bool operator==(const Situation&, const Situation&) = default;
};

/// Applies the rules in the order of their weight: a source that is gone, a replica that does not replay, errors,
/// waiting for a pool, the tail's latency, a late source. The first that fits is the clause; the next one is named in
/// the detail.
[[nodiscard]] Situation situationOf(const PathReading& path, const PathHistory& history, const PathLimits& limits = {});

/// The same for the latencies alone.
[[nodiscard]] Situation tailSituation(const PathReading& path, const PathHistory& history,
                                      const PathLimits& limits = {});

/// What p99 is compared with: its median over up to 15 minutes that end a minute before `path`. Absent at first.
[[nodiscard]] std::optional<double> baselineP99(const PathHistory& history, SteadyTime now);

} // namespace binnacle
