// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/domain/snapshot_table.h"
#include "backend/domain/table_columns_postgres.h"

#include <algorithm>
#include <array>

namespace binnacle {

namespace {
using enum ColumnKind;

// A table is its columns here and one line in the catalogue below. Times of servers that name something (the start of
// a session) are text as the server wrote it, because they must come back exactly; durations are numbers.

constexpr auto kHaproxyProxies = std::to_array<TableColumn>({
    {"proxy", "Proxy", ""},
    {"side", "Side", ""}, // "frontend", "backend"
    {"status", "Status", ""},
    {"mode", "Mode", ""},
    {"sessions", "Sessions", "1", Number},
    {"session_limit", "Session limit", "1", Number},
    {"session_rate", "Sessions in the last second", "1/s", Number},
    {"queue", "Queue", "1", Number},
    {"queue_max", "Longest queue", "1", Number},
    {"requests", "Requests", "1", Number}, // cumulative, as the other counts
    {"request_rate", "Requests per second", "1/s", Number},
    {"in_rate", "Received", "bytes/s", Number},
    {"out_rate", "Sent", "bytes/s", Number},
    {"responses_1xx", "1xx", "1", Number},
    {"responses_2xx", "2xx", "1", Number},
    {"responses_3xx", "3xx", "1", Number},
    {"responses_4xx", "4xx", "1", Number},
    {"responses_5xx", "5xx", "1", Number},
    {"responses_other", "Other", "1", Number},
    {"denied", "Denied", "1", Number},
    {"request_errors", "Unreadable requests", "1", Number},
    {"connection_errors", "Failed connections", "1", Number},
    {"response_errors", "Failed responses", "1", Number},
    {"retries", "Retries", "1", Number},
    {"redispatches", "Redispatches", "1", Number},
    {"servers_up", "Servers up", "1", Number},
    {"downs", "Times down", "1", Number},
    {"last_change", "In this state", "s", Number},
    {"response_time", "Response time (mean of the last 1024)", "s", Number},
});

constexpr auto kHaproxyServers = std::to_array<TableColumn>({
    {"proxy", "Proxy", ""},
    {"server", "Server", ""},
    {"status", "Status", ""},
    {"weight", "Weight in force", "1", Number},
    {"weight_set", "Weight set", "1", Number}, // differs while a slow start or an agent holds it back
    {"sessions", "Sessions", "1", Number},
    {"session_limit", "Session limit", "1", Number},
    {"session_rate", "Sessions in the last second", "1/s", Number},
    {"queue", "Queue", "1", Number},
    {"requests", "Requests", "1", Number}, // cumulative, as the other counts
    {"request_rate", "Requests per second", "1/s", Number},
    {"responses_1xx", "1xx", "1", Number},
    {"responses_2xx", "2xx", "1", Number},
    {"responses_3xx", "3xx", "1", Number},
    {"responses_4xx", "4xx", "1", Number},
    {"responses_5xx", "5xx", "1", Number},
    {"responses_other", "Other", "1", Number},
    {"connection_errors", "Failed connections", "1", Number},
    {"response_errors", "Failed responses", "1", Number},
    {"retries", "Retries", "1", Number},
    {"redispatches", "Redispatches", "1", Number},
    {"check", "Check", ""}, // "L7OK", "L4CON" …
    {"check_code", "Check code", "1", Number},
    {"check_duration", "Check took", "s", Number},
    {"check_failures", "Failed checks", "1", Number},
    {"downs", "Times ejected", "1", Number},
    {"downtime", "Time out of rotation", "s", Number},
    {"last_change", "In this state", "s", Number},
    {"response_time", "Response time (mean of the last 1024)", "s", Number},
    {"address", "Address", ""},
});

constexpr auto kPgBouncerClients = std::to_array<TableColumn>({
    {"id", "Client", ""},
    {"database", "Database", ""},
    {"user", "User", ""},
    {"state", "State", ""},
    {"address", "Address", ""},
    {"application", "Application", ""},
    {"wait", "Waiting for", "s", Number},
    {"connected_at", "Connected", ""},
    {"requested_at", "Last request", ""},
    {"server", "Server", ""}, // the id of the server connection it holds
    {"tls", "TLS", ""},
});

constexpr auto kPgBouncerDatabases = std::to_array<TableColumn>({
    {"name", "Database", ""},
    {"host", "Host", ""},
    {"port", "Port", "1", Number},
    {"database", "Database on the server", ""},
    {"force_user", "Forced user", ""},
    {"pool_mode", "Pool mode", ""},
    {"pool_size", "Pool size", "1", Number},
    {"min_pool_size", "Least pool size", "1", Number},
    {"reserve", "Reserve", "1", Number},
    {"max_connections", "Connection limit", "1", Number},
    {"connections", "Connections", "1", Number},
    {"paused", "Paused", ""}, // "yes" or "no"
    {"disabled", "Disabled", ""},
    {"xact_rate", "Transactions per second", "1/s", Number}, // rates and means since the reading before
    {"query_rate", "Queries per second", "1/s", Number},
    {"in_rate", "Received from clients", "bytes/s", Number},
    {"out_rate", "Sent to clients", "bytes/s", Number},
    {"xact_time", "Mean transaction", "s", Number},
    {"query_time", "Mean query", "s", Number},
    {"wait_time", "Mean wait for a server", "s", Number},
});

constexpr auto kPgBouncerPools = std::to_array<TableColumn>({
    {"database", "Database", ""},
    {"user", "User", ""},
    {"cl_active", "Clients with a server", "1", Number},
    {"cl_waiting", "Clients waiting", "1", Number},
    {"sv_active", "Servers busy", "1", Number},
    {"sv_idle", "Servers idle", "1", Number},
    {"sv_used", "Servers to be checked", "1", Number},
    {"sv_tested", "Servers being checked", "1", Number},
    {"sv_login", "Servers logging in", "1", Number},
    {"maxwait", "Longest wait", "s", Number},
    {"pool_mode", "Pool mode", ""},
    {"pool_size", "Pool size", "1", Number},
    {"reserve", "Reserve", "1", Number},
});

constexpr auto kPgBouncerServers = std::to_array<TableColumn>({
    {"id", "Server connection", ""},
    {"database", "Database", ""},
    {"user", "User", ""},
    {"state", "State", ""},
    {"address", "Address", ""},
    {"pid", "PID at the server", "1", Number},
    {"connected_at", "Connected", ""},
    {"requested_at", "Last request", ""},
    {"client", "Client", ""}, // the id of the client that holds it
    {"application", "Application", ""},
    {"tls", "TLS", ""},
});

constexpr auto kRedisClients = std::to_array<TableColumn>({
    {"id", "Client", "1", Number},
    {"name", "Name", ""},
    {"address", "Address", ""},
    {"user", "User", ""},
    {"db", "Database", "1", Number},
    {"age", "Connected for", "s", Number},
    {"idle", "Idle for", "s", Number},
    {"command", "Last command", ""},
    {"flags", "Flags", ""},
    {"subscriptions", "Subscriptions", "1", Number},
    {"memory", "Memory", "bytes", Number},
});

constexpr auto kRedisCommands = std::to_array<TableColumn>({
    {"command", "Command", ""},
    {"calls", "Calls", "1", Number},
    {"rate", "Calls per second", "1/s", Number}, // rate and mean since the reading before
    {"mean", "Mean time", "s", Number},
    {"p50", "p50 since start", "s", Number}, // of INFO latencystats, which Redis keeps since it started
    {"p99", "p99 since start", "s", Number},
    {"p999", "p99.9 since start", "s", Number},
    {"rejected", "Rejected", "1", Number},
    {"failed", "Failed", "1", Number},
});

// The cells of LATENCY HISTOGRAM: how many calls took at most `upto` and more than the cell before.
constexpr auto kRedisHistogram = std::to_array<TableColumn>({
    {"command", "Command", ""},
    {"upto", "Up to", "s", Number},
    {"count", "Calls since start", "1", Number},
    {"recent", "Calls since the reading before", "1", Number},
});

constexpr auto kRedisLatencyEvents = std::to_array<TableColumn>({
    {"event", "Event", ""},
    {"at", "Last seen", ""},
    {"latest", "Latest", "s", Number},
    {"max", "Longest", "s", Number},
});

// Arguments after the key are dropped before they get here: they are users' data.
constexpr auto kRedisSlowLog = std::to_array<TableColumn>({
    {"id", "Entry", "1", Number},
    {"at", "At", ""},
    {"duration", "Took", "s", Number},
    {"command", "Command", ""},
    {"key", "Key", ""},
    {"arguments", "Arguments", "1", Number}, // how many there were, the key included
    {"client", "Client", ""},
    {"client_name", "Client name", ""},
});

// Cumulative counts are those of the service's start; rates and shares are of the last 15 s.
constexpr auto kServiceRouteStatements = std::to_array<TableColumn>({
    {"route", "Route", ""},
    {"statement", "Statement", ""}, // the service's name for it
    {"calls", "Calls", "calls", Number},
    {"calls_rate", "Calls per second", "1/s", Number},
    {"time", "Time in all", "s", Number},
    {"time_rate", "Load", "s/s", Number},
    {"mean", "Mean", "s", Number},
    {"mean_recent", "Mean lately", "s", Number},
    {"route_time_rate", "Load of the route", "s/s", Number}, // all of its requests' time
    {"share", "Share of the route's time", "1", Number},
    {"shape", "Statement shape", ""}, // as in postgres.statements and postgres.sessions
    {"query", "Text", "", Sql},
});

constexpr auto kStackProcesses = std::to_array<TableColumn>({
    {"name", "Process", ""},
    {"role", "Role", ""},
    {"state", "State", ""},
    {"pid", "PID", "1", Number},
    {"restarts", "Restarts", "1", Number},
    {"pss", "Memory", "bytes", Number},
    {"cpu", "CPU", "1", Number}, // share of one core since the pass before
    {"message", "Message", ""},
});

// Sorted by id (a unit test holds it to that).
constexpr auto kCatalogue = std::to_array<TableSpec>({
    {"haproxy.proxies", "Frontends and backends", kHaproxyProxies, 2},
    {"haproxy.servers", "Servers behind HAProxy", kHaproxyServers, 2},
    {"pgbouncer.clients", "Clients of pgBouncer", kPgBouncerClients, 1},
    {"pgbouncer.databases", "Databases of pgBouncer", kPgBouncerDatabases, 1},
    {"pgbouncer.pools", "Pools of pgBouncer", kPgBouncerPools, 2},
    {"pgbouncer.servers", "Server connections of pgBouncer", kPgBouncerServers, 1},
    {"postgres.blocking", "Blocking tree", columns::kPostgresBlocking, 2},
    {"postgres.databases", "Databases", columns::kPostgresDatabases, 1},
    {"postgres.deadlock_reports", "Deadlocks", columns::kPostgresDeadlockReports, 2},
    {"postgres.indexes", "Indexes", columns::kPostgresIndexes, 2},
    {"postgres.progress", "Long work under way", columns::kPostgresProgress, 2},
    {"postgres.replication", "Standbys", columns::kPostgresReplication, 2},
    {"postgres.sessions", "Sessions", columns::kPostgresSessions, 2},
    {"postgres.slots", "Replication slots", columns::kPostgresSlots, 1},
    {"postgres.statements", "Statements", columns::kPostgresStatements, 4},
    {"postgres.tables", "Tables", columns::kPostgresTables, 2},
    {"redis.clients", "Clients of Redis", kRedisClients, 1},
    {"redis.commands", "Commands of Redis", kRedisCommands, 1},
    {"redis.histogram", "Latency by command", kRedisHistogram, 2},
    {"redis.latency_events", "Latency events", kRedisLatencyEvents, 1},
    {"redis.slowlog", "Slow commands", kRedisSlowLog, 1},
    {"service.route_statements", "Statements by route", kServiceRouteStatements, 2},
    {"stack.processes", "Processes of the stack", kStackProcesses, 1},
});
} // namespace

std::span<const TableSpec> tableCatalogue() {
    return kCatalogue;
}

const TableSpec* findTable(std::string_view id) {
    const auto it = std::ranges::lower_bound(kCatalogue, id, {}, &TableSpec::id);
    return it != kCatalogue.end() && it->id == id ? &*it : nullptr;
}

} // namespace binnacle
