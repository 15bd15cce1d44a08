// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/redis_collector.h"

#include "backend/collectors/redis_info.h"

#include <array>

namespace binnacle {

namespace {

struct Field {
    const char* name; ///< in INFO
    const char* id;
    SignalKind kind;
};

constexpr auto kFields = std::to_array<Field>({
    {"connected_clients", "redis.clients", SignalKind::Gauge},
    {"evicted_keys", "redis.evictions", SignalKind::Counter},
    {"keyspace_hits", "redis.hits", SignalKind::Counter},
    {"keyspace_misses", "redis.misses", SignalKind::Counter},
    {"maxmemory", "redis.memory_limit_bytes", SignalKind::Gauge},
    {"total_commands_processed", "redis.commands", SignalKind::Counter},
    {"used_memory", "redis.memory_bytes", SignalKind::Gauge},
});

} // namespace

RedisCollector::RedisCollector(RedisTarget target)
    : m_target(target.unixSocket.empty() ? target.host + ":" + std::to_string(target.port) : target.unixSocket)
    , m_client(std::move(target)) {}

Result<Snapshot> RedisCollector::collect(SteadyTime deadline) {
    const auto text = m_client.command({"INFO"}, deadline);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto info = RedisInfo::parse(*text);
    const auto hits = info.number("keyspace_hits");
    const auto misses = info.number("keyspace_misses");
    if (!hits || !misses) {
        return fail(ErrorCode::Protocol, "Redis: INFO tells no keyspace_hits and keyspace_misses");
    }
    Snapshot snapshot;
    snapshot.header.epoch = info.text("run_id");
    for (const auto& field : kFields) {
        if (const auto value = info.number(field.name)) {
            snapshot.readings.push_back({{field.id, {}}, field.kind, value, nullptr, {}});
        }
    }
    snapshot.readings.push_back(gauge("redis.keys", {}, info.keys()));
    if (m_runId != snapshot.header.epoch) {
        m_runId = snapshot.header.epoch;
        m_hitRatio.clear();
    }
    m_hitRatio.update(std::chrono::steady_clock::now(), *hits, *misses);
    const auto value = m_hitRatio.value();
    snapshot.readings.push_back(value ? ratio("redis.hit_ratio", {}, *value)
                                      : absent(SignalKind::Ratio, "redis.hit_ratio", {}, kNoLookups));
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
