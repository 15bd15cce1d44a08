// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/data/statement.h"
#include "backend/service/http/route.h"
#include "backend/service/protect/features.h"
#include "backend/service/telemetry/recorders.h"
#include "backend/service/telemetry/user_ring.h"

#include <string_view>

namespace binnacle::service {

/// Why a request was turned away unserved.
enum class ShedReason : std::uint8_t {
    InFlight,    ///< too many requests at once
    PoolTimeout, ///< no database connection came free in time
    PoolFull,    ///< too many were waiting for one already
};
inline constexpr std::array<std::string_view, 3> kShedReasons{"in_flight", "pool_timeout", "pool_full"};

inline constexpr std::array<std::string_view, 5> kStatusClasses{"1xx", "2xx", "3xx", "4xx", "5xx"};
inline constexpr std::size_t kServerErrorClass = 4;

/// How often a route ran a statement, and how long that took in all.
struct StatementUse {
    Counter calls;
    Counter timeNs;
};

/// Everything that one shard counts. The shard's thread writes, any thread reads.
struct ShardMetrics {
    std::array<std::array<LatencyRecorder, kStatusClasses.size()>, kRouteCount> latency;
    std::array<Counter, kRouteCount> degraded; ///< answered with a fallback
    std::array<Counter, kShedReasons.size()> shed;
    std::array<Counter, kRouteCount> cacheHits;
    std::array<Counter, kRouteCount> cacheMisses;
    Counter cacheErrors;
    Counter cacheInvalidations; ///< keys that a write made outdated, asked to be erased
    Counter poolAcquired;
    Counter poolTimeouts;
    Counter databaseErrors;
    LatencyRecorder poolWait;
    std::array<LatencyRecorder, kStatementCount> query;
    std::array<std::array<StatementUse, kStatementCount>, kRouteCount> statementsOf; ///< by the route that ran them
    UserRing users;
    std::array<UserRing, kFeatureCount> usersOf; ///< those who asked for an optional feature
    Gauge inFlight;
    Gauge poolInUse;
    Gauge poolIdle;
    Gauge poolWaiting;
    Gauge poolSize;
    Gauge postgresUp;
    Gauge redisUp;

    /// A user, by the hash of the name, has asked for `route`.
    void countUser(std::uint64_t hash, Route route, UserRing::Time at) noexcept {
        users.add(hash, at);
        for (const FeatureEntry& entry : kFeatures) {
            if (entry.route == route) {
                usersOf[static_cast<std::size_t>(entry.feature)].add(hash, at);
            }
        }
    }
    /// A statement came to its end, whatever that was, `ns` after it was sent for a request of `route`.
    void recordStatement(Route route, Statement statement, std::int64_t ns) noexcept {
        query[static_cast<std::size_t>(statement)].record(ns);
        StatementUse& use = statementsOf[static_cast<std::size_t>(route)][static_cast<std::size_t>(statement)];
        use.calls.add();
        use.timeNs.add(ns > 0 ? static_cast<std::uint64_t>(ns) : 0);
    }
    void countShed(ShedReason reason) noexcept { shed[static_cast<std::size_t>(reason)].add(); }
    /// A request is recorded exactly once, whatever became of it.
    void recordRequest(Route route, int status, std::int64_t ns) noexcept {
        const int statusClass = status >= 100 && status < 600 ? status / 100 - 1 : 4;
        latency[static_cast<std::size_t>(route)][static_cast<std::size_t>(statusClass)].record(ns);
    }
};

} // namespace binnacle::service
