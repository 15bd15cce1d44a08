// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/prometheus_catalogue.h"

#include "backend/domain/signal.h"

#include <array>
#include <set>

namespace binnacle {

namespace {

using enum PrometheusKind;
using enum PrometheusMapping::Take;

constexpr auto kKinds = std::to_array<PrometheusKindInfo>({
    {Service, "service", "", "instance", "role version", "process_start_time_seconds"},
    {Postgres, "postgres", "postgres/primary", "server", "", "pg_postmaster_start_time_seconds"},
    {Redis, "redis", "redis", "", "", ""},
    {Haproxy, "haproxy", "haproxy", "", "", "haproxy_process_start_time_seconds"},
    {PgBouncer, "pgbouncer", "pgbouncer", "", "", ""},
});

// Add a metric of your service or of another exporter as one line. Only what an exporter tells exactly is here: where
// it says 0 for "does not apply" (postgres_exporter's lag of a primary) the signal stays absent.
constexpr auto kMappings = std::to_array<PrometheusMapping>({
    // binnacle-service
    {"binnacle_cache_errors_total", "cache.errors", Service, "level"},
    {"binnacle_cache_hits_total", "cache.hits", Service, "level route"},
    {"binnacle_cache_invalidations_total", "cache.invalidations", Service, "level"},
    {"binnacle_cache_misses_total", "cache.misses", Service, "level route"},
    {"binnacle_db_errors_total", "db.errors", Service},
    {"binnacle_degradation_generation", "degradation.generation", Service},
    {"binnacle_degradation_level", "degradation.level", Service},
    {"binnacle_dependency_up", "dependency.up", Service, "dependency"},
    {"binnacle_pool_app_acquired_total", "pool.app.acquired", Service},
    {"binnacle_pool_app_idle", "pool.app.idle", Service},
    {"binnacle_pool_app_in_use", "pool.app.in_use", Service},
    {"binnacle_pool_app_size", "pool.app.size", Service},
    {"binnacle_pool_app_timeouts_total", "pool.app.timeouts", Service},
    {"binnacle_pool_app_wait_seconds", "pool.app.wait", Service},
    {"binnacle_pool_app_waiting", "pool.app.waiting", Service},
    {"binnacle_process_cpu_seconds_total", "process.cpu_seconds", Service},
    {"binnacle_process_rss_bytes", "process.rss_bytes", Service},
    {"binnacle_service_fault_error_share", "service.fault.error_share", Service},
    {"binnacle_service_fault_injected_total", "service.fault.injected", Service},
    {"binnacle_service_fault_latency_seconds", "service.fault.latency_seconds", Service},
    {"binnacle_service_http_degraded_total", "service.http.degraded", Service, "route"},
    {"binnacle_service_http_errors_total", "service.http.errors", Service, "route"},
    {"binnacle_service_http_in_flight", "service.http.in_flight", Service},
    {"binnacle_service_http_latency_seconds", "service.http.latency", Service, "route status_class"},
    {"binnacle_service_http_requests_total", "service.http.requests", Service, "route status_class"},
    {"binnacle_service_shed_total", "service.shed", Service, "reason"},
    // HAProxy's own exporter
    {"haproxy_backend_current_queue", "haproxy.queue", Haproxy, "proxy"},
    {"haproxy_backend_current_sessions", "haproxy.sessions", Haproxy, "proxy"},
    {"haproxy_backend_http_requests_total", "haproxy.requests", Haproxy, "proxy"},
    {"haproxy_backend_http_responses_total", "haproxy.responses", Haproxy, "class=code proxy"},
    {"haproxy_backend_redispatch_warnings_total", "haproxy.redispatches", Haproxy, "proxy"},
    {"haproxy_backend_retry_warnings_total", "haproxy.retries", Haproxy, "proxy"},
    {"haproxy_frontend_current_sessions", "haproxy.sessions", Haproxy, "proxy"},
    {"haproxy_frontend_http_requests_total", "haproxy.requests", Haproxy, "proxy"},
    {"haproxy_frontend_http_responses_total", "haproxy.responses", Haproxy, "class=code proxy"},
    {"haproxy_server_status", "haproxy.server.up", Haproxy, "proxy server", "state=DOWN", 1, ZeroIfSet},
    {"haproxy_server_status", "haproxy.server.up", Haproxy, "proxy server", "state=DRAIN", 1, OneIfSet},
    {"haproxy_server_status", "haproxy.server.up", Haproxy, "proxy server", "state=UP", 1, OneIfSet},
    // postgres_exporter
    {"pg_settings_max_connections", "postgres.max_connections", Postgres},
    {"pg_stat_activity_count", "postgres.connections", Postgres},
    {"pg_stat_activity_count", "postgres.sessions", Postgres, "state"},
    {"pg_stat_activity_max_tx_duration", "postgres.xact.oldest_seconds", Postgres, "", "", 1, Max},
    {"pg_stat_database_deadlocks", "postgres.deadlocks", Postgres},
    {"pg_stat_database_xact_commit", "postgres.transactions", Postgres, "outcome:commit"},
    {"pg_stat_database_xact_rollback", "postgres.transactions", Postgres, "outcome:rollback"},
    {"pg_stat_replication_pg_current_wal_lsn_bytes", "postgres.wal.bytes", Postgres, "", "", 1, Max},
    {"pg_stat_replication_pg_wal_lsn_diff", "postgres.replication.lag_bytes", Postgres, "standby=application_name", "",
     1, Max},
    {"pg_up", "postgres.up", Postgres},
    // pgbouncer_exporter
    {"pgbouncer_databases_pool_size", "pgbouncer.pool_size", PgBouncer, "pool=name"},
    {"pgbouncer_pools_client_active_connections", "pgbouncer.clients_active", PgBouncer, "pool=database/user"},
    {"pgbouncer_pools_client_maxwait_seconds", "pgbouncer.max_wait_seconds", PgBouncer, "pool=database/user"},
    {"pgbouncer_pools_client_waiting_connections", "pgbouncer.clients_waiting", PgBouncer, "pool=database/user"},
    {"pgbouncer_pools_server_active_connections", "pgbouncer.servers_active", PgBouncer, "pool=database/user"},
    {"pgbouncer_pools_server_idle_connections", "pgbouncer.servers_idle", PgBouncer, "pool=database/user"},
    {"pgbouncer_stats_client_wait_seconds_total", "pgbouncer.wait_seconds", PgBouncer, "pool=database"},
    {"pgbouncer_stats_queries_pooled_total", "pgbouncer.queries", PgBouncer, "pool=database"},
    // redis_exporter
    {"redis_commands_processed_total", "redis.commands", Redis},
    {"redis_connected_clients", "redis.clients", Redis},
    {"redis_db_keys", "redis.keys", Redis},
    {"redis_evicted_keys_total", "redis.evictions", Redis},
    {"redis_keyspace_hits_total", "redis.hits", Redis},
    {"redis_keyspace_misses_total", "redis.misses", Redis},
    {"redis_memory_max_bytes", "redis.memory_limit_bytes", Redis},
    {"redis_memory_used_bytes", "redis.memory_bytes", Redis},
});

} // namespace

const PrometheusKindInfo& prometheusKind(PrometheusKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::span<const PrometheusMapping> prometheusMappings() {
    return kMappings;
}

std::string prometheusMetricNames(bool withBuckets) {
    std::set<std::string> names;
    for (const auto& mapping : kMappings) {
        const auto* const signal = findSignal(mapping.signal);
        const std::string metric(mapping.metric);
        if (signal != nullptr && signal->kind == SignalKind::Histogram) {
            names.insert(metric + (withBuckets ? "_(bucket|sum)" : "_sum"));
        } else {
            names.insert(metric);
        }
    }
    for (const auto& kind : kKinds) {
        if (withBuckets && !kind.startMetric.empty()) {
            names.emplace(kind.startMetric);
        }
    }
    std::string out;
    for (const auto& name : names) {
        out += (out.empty() ? "" : "|") + name;
    }
    return out;
}

} // namespace binnacle
