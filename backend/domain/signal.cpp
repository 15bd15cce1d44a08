// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/signal.h"

#include <algorithm>
#include <array>

namespace binnacle {

namespace {
using enum SignalKind;
using enum GoodDirection;

// Sorted by id (a unit test holds it to that): add a signal as one line in its place.
constexpr auto kCatalogue = std::to_array<Signal>({
    {"cache.errors", "Cache errors", "calls", Counter, Down},
    {"cache.hit_ratio", "Cache hits", "1", Ratio, Up},
    {"cache.hits", "Cache hits", "lookups", Counter, Up},
    {"cache.invalidations", "Cache invalidations", "keys", Counter, Neither},
    {"cache.misses", "Cache misses", "lookups", Counter, Down},
    {"canary.share_percent", "Canary share", "%", Gauge, Neither},
    {"control.audit.entries", "Entries of the audit", "entries", Counter, Neither},
    {"control.audit.writable", "The audit can be written", "1", Gauge, Up},
    {"control.generation", "Generation of what is wanted", "1", Gauge, Neither},
    {"control.instance_drained", "Drained by an operator", "1", Gauge, Neither},
    {"control.lease_left_seconds", "Left of the lease", "s", Gauge, Neither},
    {"control.migrations_running", "Migrations under way", "migrations", Gauge, Neither},
    {"control.wanted_level", "Wanted degradation level", "level", Gauge, Neither},
    {"control.wanted_share_percent", "Wanted canary share", "%", Gauge, Neither},
    {"db.errors", "Database errors", "calls", Counter, Down},
    {"db.query", "Query time", "s", Histogram, Down},
    {"degradation.generation", "Degradation generation", "1", Gauge, Neither},
    {"degradation.level", "Degradation level", "level", Gauge, Down},
    {"dependency.up", "Dependency reachable", "1", Gauge, Up},
    {"haproxy.bytes_in", "Received by HAProxy", "bytes", Counter, Neither},
    {"haproxy.bytes_out", "Sent by HAProxy", "bytes", Counter, Neither},
    {"haproxy.connection_errors", "Connections to servers that failed", "requests", Counter, Down},
    {"haproxy.denied", "Requests denied", "requests", Counter, Down},
    {"haproxy.own_errors", "Failures by the load balancer itself", "responses", Counter, Down},
    {"haproxy.own_responses", "Answers by the load balancer itself", "responses", Counter, Down},
    {"haproxy.queue", "HAProxy queue", "requests", Gauge, Down},
    {"haproxy.redispatches", "Redispatches", "requests", Counter, Down},
    {"haproxy.requests", "Requests at HAProxy", "requests", Counter, Neither},
    {"haproxy.response_errors", "Responses that failed", "responses", Counter, Down},
    {"haproxy.response_seconds", "Mean response time (last 1024)", "s", Gauge, Down},
    {"haproxy.responses", "Responses at HAProxy", "responses", Counter, Neither},
    {"haproxy.retries", "Retries", "requests", Counter, Down},
    {"haproxy.server.check_seconds", "Duration of the last check", "s", Gauge, Down},
    {"haproxy.server.downs", "Times a server was ejected", "times", Counter, Down},
    {"haproxy.server.errors", "5xx of a server", "responses", Counter, Down},
    {"haproxy.server.queue", "Queue of a server", "requests", Gauge, Down},
    {"haproxy.server.requests", "Requests to a server", "requests", Counter, Neither},
    {"haproxy.server.retries", "Retries on a server", "requests", Counter, Down},
    {"haproxy.server.up", "Server in rotation", "1", Gauge, Up},
    {"haproxy.servers_up", "Servers in rotation", "servers", Gauge, Up},
    {"haproxy.sessions", "Sessions at HAProxy", "sessions", Gauge, Neither},
    {"haproxy.sessions_limit", "Session limit", "sessions", Gauge, Neither},
    {"haproxy.weight", "Server weight", "1", Gauge, Neither},
    {"monitor.bytes", "Received by the reader", "bytes", Counter, Neither},
    {"monitor.queries", "Own queries", "queries", Counter, Neither},
    {"monitor.query_seconds", "Waiting for own queries", "s", Counter, Down},
    {"pgbouncer.bytes_in", "Received from clients", "bytes", Counter, Neither},
    {"pgbouncer.bytes_out", "Sent to clients", "bytes", Counter, Neither},
    {"pgbouncer.clients_active", "Clients with a server", "clients", Gauge, Neither},
    {"pgbouncer.clients_waiting", "Clients waiting", "clients", Gauge, Down},
    {"pgbouncer.max_wait_seconds", "Longest wait for a server", "s", Gauge, Down},
    {"pgbouncer.paused", "Database paused", "1", Gauge, Down},
    {"pgbouncer.pool_size", "Server pool size", "servers", Gauge, Neither},
    {"pgbouncer.queries", "Queries through pgBouncer", "queries", Counter, Neither},
    {"pgbouncer.query_seconds", "Time spent in queries", "s", Counter, Neither},
    {"pgbouncer.servers_active", "Servers busy", "servers", Gauge, Neither},
    {"pgbouncer.servers_idle", "Servers idle", "servers", Gauge, Neither},
    {"pgbouncer.servers_login", "Servers logging in", "servers", Gauge, Down},
    {"pgbouncer.servers_used", "Servers to be checked", "servers", Gauge, Neither},
    {"pgbouncer.transaction_seconds", "Time spent in transactions", "s", Counter, Neither},
    {"pgbouncer.transactions", "Transactions through pgBouncer", "transactions", Counter, Neither},
    {"pgbouncer.version", "Version of pgBouncer", "1", Gauge, Neither},
    {"pgbouncer.wait_seconds", "Time clients waited", "s", Counter, Down},
    {"pool.app.acquired", "Pool slots taken", "slots", Counter, Neither},
    {"pool.app.idle", "App pool idle", "connections", Gauge, Neither},
    {"pool.app.in_use", "App pool in use", "connections", Gauge, Neither},
    {"pool.app.size", "App pool size", "connections", Gauge, Neither},
    {"pool.app.timeouts", "Pool wait timeouts", "requests", Counter, Down},
    {"pool.app.wait", "Wait for a pool slot", "s", Histogram, Down},
    {"pool.app.waiting", "Waiting for a pool slot", "requests", Gauge, Down},
    {"postgres.archiver.archived", "WAL files archived", "files", Counter, Neither},
    {"postgres.archiver.failed", "Archiving failed", "attempts", Counter, Down},
    {"postgres.blocked", "Sessions waiting for a lock", "sessions", Gauge, Down},
    {"postgres.blocks.hit", "Blocks from the cache", "blocks", Counter, Neither},
    {"postgres.blocks.read", "Blocks read", "blocks", Counter, Neither},
    {"postgres.buffers_written", "Buffers written", "buffers", Counter, Neither},
    {"postgres.checkpoint.seconds", "Time in checkpoints", "s", Counter, Down},
    {"postgres.checkpoints", "Checkpoints", "checkpoints", Counter, Neither},
    {"postgres.conflicts", "Cancelled by replay", "statements", Counter, Down},
    {"postgres.connections", "Connections", "connections", Gauge, Neither},
    {"postgres.deadlock_reports.span_seconds", "Time that deadlock reports cover", "s", Gauge, Up},
    {"postgres.deadlocks", "Deadlocks", "deadlocks", Counter, Down},
    {"postgres.hit_ratio", "Blocks from the cache", "1", Ratio, Up},
    {"postgres.max_connections", "Connection limit", "connections", Gauge, Neither},
    {"postgres.recovery.paused", "Replay paused", "1", Gauge, Down},
    {"postgres.replay.lag_bytes", "Received and not replayed", "bytes", Gauge, Down},
    {"postgres.replay.lag_seconds", "Age of the replayed state", "s", Gauge, Down},
    {"postgres.replication.lag", "Replication lag", "s", Histogram, Down},
    {"postgres.replication.lag_bytes", "Replication lag", "bytes", Gauge, Down},
    {"postgres.replication.lag_seconds", "Replication lag", "s", Gauge, Down},
    {"postgres.replication.state", "Standby streams", "1", Gauge, Up},
    {"postgres.sessions", "Sessions", "sessions", Gauge, Neither},
    {"postgres.sessions.waiting", "Sessions by wait", "sessions", Gauge, Down},
    {"postgres.slot.active", "Slot in use", "1", Gauge, Up},
    {"postgres.slot.retained_bytes", "WAL kept for a slot", "bytes", Gauge, Down},
    {"postgres.temp_bytes", "Temporary files", "bytes", Counter, Down},
    {"postgres.transactions", "Transactions", "transactions", Counter, Neither},
    {"postgres.tuples", "Rows", "rows", Counter, Neither},
    {"postgres.up", "Server answers", "1", Gauge, Up},
    {"postgres.wal.bytes", "WAL written", "bytes", Counter, Neither},
    {"postgres.wal.full_pages", "Full pages in WAL", "pages", Counter, Neither},
    {"postgres.wal.records", "WAL records", "records", Counter, Neither},
    {"postgres.xact.idle_oldest_seconds", "Longest idle in transaction", "s", Gauge, Down},
    {"postgres.xact.oldest_seconds", "Oldest transaction", "s", Gauge, Down},
    {"postgres.xid_age", "Age of the oldest row", "transactions", Gauge, Down},
    {"process.cpu_seconds", "CPU time", "s", Counter, Down},
    {"process.rss_bytes", "Resident memory", "bytes", Gauge, Down},
    {"prometheus.targets", "Scraped targets", "targets", Gauge, Neither},
    {"redis.blocked_clients", "Redis clients that wait", "clients", Gauge, Neither},
    {"redis.bytes_in", "Received by Redis", "bytes", Counter, Neither},
    {"redis.bytes_out", "Sent by Redis", "bytes", Counter, Neither},
    {"redis.clients", "Redis clients", "clients", Gauge, Neither},
    {"redis.clients_limit", "Redis client limit", "clients", Gauge, Neither},
    {"redis.commands", "Redis commands", "commands", Counter, Neither},
    {"redis.connections", "Connections to Redis", "connections", Counter, Neither},
    {"redis.connections_rejected", "Connections that Redis refused", "connections", Counter, Down},
    {"redis.cpu_seconds", "CPU time of Redis", "s", Counter, Down},
    {"redis.error_replies", "Error replies of Redis", "replies", Counter, Down},
    {"redis.evictions", "Redis evictions", "keys", Counter, Down},
    {"redis.expired", "Keys expired", "keys", Counter, Neither},
    {"redis.fragmentation", "Memory fragmentation", "1", Gauge, Down},
    {"redis.hit_ratio", "Redis hits", "1", Ratio, Up},
    {"redis.hits", "Redis hits", "lookups", Counter, Up},
    {"redis.keys", "Keys", "keys", Gauge, Neither},
    {"redis.memory_bytes", "Redis memory", "bytes", Gauge, Neither},
    {"redis.memory_limit_bytes", "Redis memory limit", "bytes", Gauge, Neither},
    {"redis.memory_peak_bytes", "Redis memory, peak", "bytes", Gauge, Neither},
    {"redis.memory_rss_bytes", "Redis resident memory", "bytes", Gauge, Neither},
    {"redis.misses", "Redis misses", "lookups", Counter, Down},
    {"redis.persistence.ok", "Last save succeeded", "1", Gauge, Up},
    {"redis.persistence.unsaved", "Changes not saved", "changes", Gauge, Neither},
    {"redis.replica.lag_seconds", "Time since the primary was heard", "s", Gauge, Down},
    {"redis.replica.link_up", "Connected to its primary", "1", Gauge, Up},
    {"redis.replicas", "Connected replicas of Redis", "replicas", Gauge, Neither},
    {"redis.role", "Role in replication", "1", Gauge, Neither},
    {"redis.slow_commands", "Slow commands", "commands", Counter, Down},
    {"redis.uptime_seconds", "Redis up for", "s", Gauge, Neither},
    {"service.fault.error_share", "Errors made on purpose", "1", Gauge, Down},
    {"service.fault.injected", "Requests failed on purpose", "requests", Counter, Down},
    {"service.fault.latency_seconds", "Latency added on purpose", "s", Gauge, Down},
    {"service.http.degraded", "Answered by a fallback", "requests", Counter, Down},
    {"service.http.errors", "Errors", "requests", Counter, Down},
    {"service.http.in_flight", "In flight", "requests", Gauge, Down},
    {"service.http.latency", "Latency", "s", Histogram, Down},
    {"service.http.requests", "Requests", "requests", Counter, Neither},
    {"service.shed", "Requests shed", "requests", Counter, Down},
    {"stack.cpu_seconds", "CPU time of a process", "s", Counter, Neither},
    {"stack.disk_free_bytes", "Free on the disk of the stack", "bytes", Gauge, Up},
    {"stack.disk_quota_bytes", "Disk quota of the stack", "bytes", Gauge, Neither},
    {"stack.disk_used_bytes", "Disk used by the stack", "bytes", Gauge, Neither},
    {"stack.pss_bytes", "Memory of a process", "bytes", Gauge, Neither},
    {"stack.recording_bytes", "Recording of the stack", "bytes", Gauge, Neither},
    {"stack.recording_limit_bytes", "Limit of the recording", "bytes", Gauge, Neither},
    {"stack.restarts", "Restarts of a process", "restarts", Counter, Down},
    {"stack.running", "Process runs", "1", Gauge, Up},
});
} // namespace

std::span<const Signal> signalCatalogue() {
    return kCatalogue;
}

const Signal* findSignal(std::string_view id) {
    const auto it = std::ranges::lower_bound(kCatalogue, id, {}, &Signal::id);
    return it != kCatalogue.end() && it->id == id ? &*it : nullptr;
}

std::string_view kindName(SignalKind kind) {
    switch (kind) {
    case Counter:
        return "counter";
    case Gauge:
        return "gauge";
    case Ratio:
        return "ratio";
    case Histogram:
        return "histogram";
    }
    return "gauge";
}

} // namespace binnacle
