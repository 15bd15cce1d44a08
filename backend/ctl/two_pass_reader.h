// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/collector.h"

#include <chrono>
#include <memory>
#include <vector>

namespace binnacle::ctl {

/// What two passes over one source gave: rates and windows come from the pair.
struct SourcePasses {
    SnapshotPtr first; ///< null when the first pass failed
    SourceUpdate last;
};

/// Reads all sources at the same time, twice, `apart` from one another. Never takes longer than twice that.
[[nodiscard]] std::vector<SourcePasses> readTwice(std::vector<std::unique_ptr<Collector>> collectors,
                                                  std::chrono::milliseconds apart = std::chrono::milliseconds(1000));

} // namespace binnacle::ctl
