// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/redis_reply.h"
#include "backend/collectors/redis_info.h"
#include "backend/collectors/windowed_rate.h"
#include "backend/domain/snapshot_table.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace binnacle {

/// Of a slow command: what it is and the first key it touches. Everything else of it is users' data or a secret, and
/// goes no further than this function.
struct SlowCommand {
    std::string command; ///< in small letters, with its subcommand: "config set"
    std::string key;     ///< empty where the command is not known to begin with a key
};
[[nodiscard]] SlowCommand slowCommand(const RedisReply& arguments);

/// redis.slowlog, from SLOWLOG GET. `newest` becomes the highest id, if there is an entry.
[[nodiscard]] SnapshotTable redisSlowLog(const RedisReply& entries, std::optional<std::int64_t>& newest);
/// redis.latency_events, from LATENCY LATEST.
[[nodiscard]] SnapshotTable redisLatencyEvents(const RedisReply& events);
/// redis.clients, from the lines of CLIENT LIST.
[[nodiscard]] SnapshotTable redisClients(std::string_view list);

/// The tables by command, which tell what happened since the reading before as well.
class RedisCommandTables {
public:
    /// redis.commands, from INFO commandstats and INFO latencystats (which may be empty).
    [[nodiscard]] SnapshotTable commands(std::string_view commandStats, std::string_view latencyStats, SteadyTime at);
    /// redis.histogram, from LATENCY HISTOGRAM.
    [[nodiscard]] SnapshotTable histogram(const RedisReply& commands);

private:
    struct Rates {
        WindowedRate calls{std::chrono::seconds(4)}; // shorter than the time between two readings
        WindowedRate microseconds{std::chrono::seconds(4)};
    };
    std::map<std::string, Rates, std::less<>> m_rates;
    std::map<std::pair<std::string, std::int64_t>, double> m_cells; ///< count by command and bound
};

} // namespace binnacle
