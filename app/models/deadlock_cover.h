// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/deadlocks.h"
#include "backend/history/signal_store.h"

#include <optional>
#include <string>
#include <vector>

namespace binnacle::app {

/// What may be said of the time before `end` by the reports of deadlocks and by the server's counter, which tells how
/// many there were and nothing else.
struct DeadlockCover {
    std::optional<SteadyTime> since; ///< all reports of what was logged from then on are here; absent: nobody knows
    int counted = 0;                 ///< by the counter, from `countedSince` on
    int reported = 0;                ///< in the same time
    std::optional<SteadyTime> countedSince;

    [[nodiscard]] bool lacksReports() const { return counted > reported; }
};

/// `utcAhead`: what UTC is ahead of the steady clock. `omitted`: there were more reports, all of them older.
[[nodiscard]] DeadlockCover deadlockCover(const SignalStore& store, const std::string& source, SteadyTime end,
                                          const std::vector<Deadlock>& reports, bool omitted,
                                          std::chrono::nanoseconds utcAhead);

} // namespace binnacle::app
