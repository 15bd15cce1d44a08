// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/cache_hit_ratios.h"

#include <utility>

namespace binnacle {

void CacheHitRatios::add(Snapshot& snapshot, const std::string& instance, SteadyTime at) {
    struct Lookups {
        double hits = 0;
        double misses = 0;
    };
    std::map<std::string, Lookups, std::less<>> levels;
    for (const auto& reading : snapshot.readings) {
        if (!reading.value) {
            continue;
        }
        if (reading.key.id == "cache.hits") {
            levels[std::string(reading.key.labels.get("level"))].hits += *reading.value;
        } else if (reading.key.id == "cache.misses") {
            levels[std::string(reading.key.labels.get("level"))].misses += *reading.value;
        }
    }
    for (const auto& [level, lookups] : levels) {
        auto& window = m_levels[level];
        window.update(at, lookups.hits, lookups.misses);
        Labels labels{{"instance", instance}, {"level", level}};
        const auto value = window.value();
        snapshot.readings.push_back(value
                                        ? ratio("cache.hit_ratio", std::move(labels), *value)
                                        : absent(SignalKind::Ratio, "cache.hit_ratio", std::move(labels), kNoLookups));
    }
}

} // namespace binnacle
