// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/windowed_ratio.h"
#include "backend/domain/snapshot.h"

#include <map>
#include <string>

namespace binnacle {

/// The hit ratio of each cache level of one service, over the last seconds, worked out from its counters.
class CacheHitRatios {
public:
    /// Adds `cache.hit_ratio` by level to a snapshot with `cache.hits` and `cache.misses`; it is no longer sorted then.
    void add(Snapshot& snapshot, const std::string& instance, SteadyTime at);
    /// Forgets everything: the source restarted.
    void clear() { m_levels.clear(); }

private:
    std::map<std::string, WindowedRatio, std::less<>> m_levels;
};

} // namespace binnacle
