// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/redis_collector.h"

#include "backend/collectors/parse_number.h"
#include "backend/collectors/redis_info.h"

#include <algorithm>
#include <array>
#include <utility>

namespace binnacle {

using std::chrono::milliseconds;

namespace {

struct Field {
    const char* name; ///< in INFO
    const char* id;
    SignalKind kind;
};

constexpr auto kFields = std::to_array<Field>({
    {"blocked_clients", "redis.blocked_clients", SignalKind::Gauge},
    {"connected_clients", "redis.clients", SignalKind::Gauge},
    {"connected_slaves", "redis.replicas", SignalKind::Gauge},
    {"evicted_keys", "redis.evictions", SignalKind::Counter},
    {"expired_keys", "redis.expired", SignalKind::Counter},
    {"keyspace_hits", "redis.hits", SignalKind::Counter},
    {"keyspace_misses", "redis.misses", SignalKind::Counter},
    {"master_last_io_seconds_ago", "redis.replica.lag_seconds", SignalKind::Gauge},
    {"maxclients", "redis.clients_limit", SignalKind::Gauge},
    {"maxmemory", "redis.memory_limit_bytes", SignalKind::Gauge},
    {"mem_fragmentation_ratio", "redis.fragmentation", SignalKind::Gauge},
    {"rdb_changes_since_last_save", "redis.persistence.unsaved", SignalKind::Gauge},
    {"rejected_connections", "redis.connections_rejected", SignalKind::Counter},
    {"total_commands_processed", "redis.commands", SignalKind::Counter},
    {"total_connections_received", "redis.connections", SignalKind::Counter},
    {"total_error_replies", "redis.error_replies", SignalKind::Counter},
    {"total_net_input_bytes", "redis.bytes_in", SignalKind::Counter},
    {"total_net_output_bytes", "redis.bytes_out", SignalKind::Counter},
    {"uptime_in_seconds", "redis.uptime_seconds", SignalKind::Gauge},
    {"used_memory", "redis.memory_bytes", SignalKind::Gauge},
    {"used_memory_peak", "redis.memory_peak_bytes", SignalKind::Gauge},
    {"used_memory_rss", "redis.memory_rss_bytes", SignalKind::Gauge},
});

constexpr milliseconds kWhenDenied{60'000}; // a refusal is an entry in the server's ACL log: not twice a second
/// Redis lists all clients or none, and answers nobody else meanwhile.
constexpr double kMostClientsListed = 1000;

} // namespace

struct RedisCollector::Request {
    const char* table; ///< whose rows it brings
    RedisCommand command;
    const char* rule; ///< of an access list, that allows it
    int sinceMajor;   ///< version of Redis that has it
    milliseconds interval;
    bool isFirstHalf = false; ///< the next request completes the table
};

const std::vector<RedisCollector::Request>& RedisCollector::requests() {
    static const std::vector<Request> all{
        {"redis.slowlog", {"SLOWLOG", "GET", "64"}, "+slowlog|get", 2, milliseconds(2000)},
        {"redis.latency_events", {"LATENCY", "LATEST"}, "+latency|latest", 3, milliseconds(2000)},
        {"redis.commands", {"INFO", "commandstats"}, "+info", 2, milliseconds(5000), true},
        {"redis.commands", {"INFO", "latencystats"}, "+info", 2, milliseconds(5000)},
        {"redis.histogram", {"LATENCY", "HISTOGRAM"}, "+latency|histogram", 7, milliseconds(5000)},
        {"redis.clients", {"CLIENT", "LIST"}, "+client|list", 2, milliseconds(5000)},
    };
    return all;
}

RedisCollector::RedisCollector(RedisTarget target, std::string source)
    : m_source(std::move(source))
    , m_target(target.text())
    , m_user(target.user.empty() ? "default" : target.user)
    , m_client(std::move(target)) {}

std::string RedisCollector::reasonFor(const Request& request, const RedisReply& error) const {
    const auto major = parseNumber(std::string_view(m_version).substr(0, m_version.find('.')));
    if (errorOf(error).code == ErrorCode::Denied) {
        return "denied: ACL SETUSER " + m_user + " " + request.rule + " would bring it";
    }
    if (major && *major < request.sinceMajor) {
        return "needs Redis " + std::to_string(request.sinceMajor) + ".0 or later; this is " + m_version;
    }
    return error.isError() ? "the server answered: " + error.text.substr(0, 200) : "not understood";
}

void RedisCollector::take(const Request& request, const RedisReply& reply, SteadyTime began) {
    const std::string_view id = request.table;
    const auto& asked = request.command;
    const bool fits =
        asked[0] == "INFO" || asked[0] == "CLIENT" ? reply.type == RedisReply::Type::Text : reply.isList();
    if (request.isFirstHalf) {
        m_commandStats = fits ? reply.text : std::string();
        return;
    }
    if (!fits) {
        m_tables.putAbsent(id, reasonFor(request, reply), began, kWhenDenied);
        return;
    }
    const auto table = [&] {
        if (id == "redis.slowlog") {
            return redisSlowLog(reply, m_newestSlow);
        }
        if (id == "redis.latency_events") {
            return redisLatencyEvents(reply);
        }
        if (id == "redis.commands") {
            return m_commandTables.commands(std::exchange(m_commandStats, {}), reply.text,
                                            std::chrono::steady_clock::now());
        }
        return id == "redis.histogram" ? m_commandTables.histogram(reply) : redisClients(reply.text);
    };
    m_tables.put(table(), began, request.interval);
}

void RedisCollector::addReadings(const RedisInfo& info, Snapshot& snapshot) {
    auto& readings = snapshot.readings;
    for (const auto& field : kFields) {
        const auto value = info.number(field.name);
        if (value && *value >= 0) { // below it stands for "not yet"
            readings.push_back({{field.id, {}}, field.kind, value, nullptr, {}});
        }
    }
    readings.push_back(gauge("redis.keys", {}, info.keys()));
    if (const auto system = info.number("used_cpu_sys"), user = info.number("used_cpu_user"); system && user) {
        readings.push_back(counter("redis.cpu_seconds", {}, *system + *user));
    }
    if (const auto role = info.text("role"); !role.empty()) {
        readings.push_back(gauge("redis.role", {{"role", std::string(role == "slave" ? "replica" : role)}}, 1));
        if (role == "slave") {
            readings.push_back(gauge("redis.replica.link_up", {}, info.text("master_link_status") == "up" ? 1 : 0));
        }
    }
    if (const auto saved = info.text("rdb_last_bgsave_status"); !saved.empty()) {
        const bool appends = info.text("aof_enabled") != "1" || info.text("aof_last_write_status") == "ok";
        readings.push_back(gauge("redis.persistence.ok", {}, saved == "ok" && appends ? 1 : 0));
    }
    if (m_newestSlow) { // numbered from 0 on since the start
        readings.push_back(counter("redis.slow_commands", {}, static_cast<double>(*m_newestSlow) + 1));
    }
}

Result<Snapshot> RedisCollector::collect(SteadyTime deadline) {
    const auto began = std::chrono::steady_clock::now();
    std::vector<RedisCommand> commands{{"INFO"}};
    std::vector<const Request*> asked;
    for (const auto& request : requests()) {
        const bool mayAsk = std::string_view(request.table) != "redis.clients" || m_clientCount <= kMostClientsListed;
        if (m_tables.isDue(request.table, began) && m_clientCount && mayAsk) {
            commands.push_back(request.command);
            asked.push_back(&request);
        }
    }
    const auto answers = m_client.pipeline(commands, deadline);
    if (!answers) {
        return std::unexpected(answers.error());
    }
    if (answers->front().isError()) {
        m_client.disconnect();
        return std::unexpected(errorOf(answers->front()));
    }
    const auto info = RedisInfo::parse(answers->front().text);
    const auto hits = info.number("keyspace_hits");
    const auto misses = info.number("keyspace_misses");
    if (!hits || !misses) {
        return fail(ErrorCode::Protocol, "Redis: INFO tells no keyspace_hits and keyspace_misses");
    }
    Snapshot snapshot;
    snapshot.header.epoch = info.text("run_id");
    if (m_runId != snapshot.header.epoch) {
        m_runId = snapshot.header.epoch;
        m_hitRatio.clear();
        m_tables.clear();
        m_commandTables = {};
        m_newestSlow.reset();
    }
    m_version = info.text("redis_version");
    m_clientCount = info.number("connected_clients");
    for (std::size_t i = 0; i < asked.size(); ++i) {
        take(*asked[i], (*answers)[i + 1], began);
    }
    if (m_clientCount.value_or(0) > kMostClientsListed) {
        m_tables.putAbsent("redis.clients",
                           "not listed: with over " + std::to_string(static_cast<int>(kMostClientsListed)) +
                               " clients the list would hold up the server",
                           began, milliseconds(5000));
    }
    addReadings(info, snapshot);
    m_hitRatio.update(std::chrono::steady_clock::now(), *hits, *misses);
    const auto value = m_hitRatio.value();
    snapshot.readings.push_back(value ? ratio("redis.hit_ratio", {}, *value)
                                      : absent(SignalKind::Ratio, "redis.hit_ratio", {}, kNoLookups));
    m_tables.addTo(snapshot);
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
