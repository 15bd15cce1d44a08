// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/cache/redis_client.h"

#include <cstdint>
#include <string>
#include <vector>

namespace binnacle::service {

/// Which cached values an operator means: one key, or all that belong to a tag of cache_keys.
struct CacheWish {
    CacheWish(std::string wantedKey, std::string wantedTag, bool andRemove)
        : key(std::move(wantedKey))
        , tag(std::move(wantedTag))
        , remove(andRemove) {}
    std::string key;
    std::string tag;
    bool remove;
};

struct CacheFound {
    bool reachable = false;
    bool complete = true;  ///< false: there are more keys than were looked at
    std::int64_t keys = 0; ///< that are meant
    std::int64_t removed = 0;
    std::int64_t present = 0;        ///< of the removed: there again right after, filled by a read
    std::vector<std::string> sample; ///< some of the keys
};

/// Looks for them, and removes them if wished. Looks at a bounded number of keys, in small steps that hold up neither
/// Redis nor the loop, never with KEYS. On the client's thread.
[[nodiscard]] Awaitable<CacheFound> sweepCache(RedisClient& redis, CacheWish wish);

} // namespace binnacle::service
