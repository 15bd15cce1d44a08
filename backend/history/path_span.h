// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/path_history.h"
#include "backend/history/request_path.h"
#include "backend/history/signal_store.h"

namespace binnacle {

/// A reading of the past with what is counted over a while counted from `from` to the reading: requests, errors and
/// latencies. What stands at a moment (queues, lag, pools) stays as it was at the end. Not before the first reading.
[[nodiscard]] PathReading readingOver(const PathReading& end, SteadyTime from, const SignalStore& store,
                                      const PathHistory& history, const PathLimits& limits = {});

} // namespace binnacle
