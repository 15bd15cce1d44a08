// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/recorder/generated_stack.h"

#include <array>
#include <cmath>

namespace binnacle::test {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

const std::array<std::string, 9> kSources{
    "haproxy", "pgbouncer",     "postgres/primary", "postgres/replica-1", "postgres/replica-2",
    "redis",   "service/app-1", "service/app-2",    "service/app-3"};
const std::array<std::string, 9> kRoutes{
    "GET /v1/projects",     "GET /v1/projects/{id}", "POST /v1/projects",
    "GET /v1/tasks",        "GET /v1/tasks/{id}",    "POST /v1/projects/{id}/tasks",
    "PATCH /v1/tasks/{id}", "GET /v1/dashboard",     "GET /healthz/ready"};

} // namespace

GeneratedStack::GeneratedStack(std::uint32_t seed, SteadyTime begin, UtcTime beginUtc)
    : m_random(seed)
    , m_begin(begin)
    , m_now(begin)
    , m_utc(beginUtc) {}

std::int64_t GeneratedStack::utcOffsetNs() const {
    return nanoseconds(m_utc.time_since_epoch()).count() - nanoseconds(m_now.time_since_epoch()).count();
}

double GeneratedStack::uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(m_random()) / static_cast<double>(std::minstd_rand::max());
}

void GeneratedStack::grow(std::vector<Reading>& out, const std::string& source, std::string id, Labels labels,
                          double mean) {
    auto& value = m_counters[{source, {id, labels}}];
    value += std::floor(uniform(0, 2 * mean + 1));
    out.push_back(counter(std::move(id), std::move(labels), value));
}

void GeneratedStack::wander(std::vector<Reading>& out, const std::string& source, std::string id, Labels labels,
                            double mean) {
    auto& value = m_counters[{source, {id, labels}}];
    value = value == 0 ? mean : std::abs(value + uniform(-0.1, 0.1) * mean);
    out.push_back(gauge(std::move(id), std::move(labels), value));
}

void GeneratedStack::latency(std::vector<Reading>& out, const std::string& source, std::string id, Labels labels,
                             int count) {
    auto& histogram = m_histograms[source][{id, labels}];
    for (int i = 0; i < count; ++i) {
        // A median of 2 ms with a long tail, in microseconds, as the service records.
        const double us = 2000 * std::exp(uniform(-1, 1) + uniform(-1, 1) + std::pow(uniform(0, 1), 20) * 4);
        histogram.record(std::chrono::microseconds(static_cast<std::int64_t>(us)));
    }
    out.push_back(binnacle::histogram(std::move(id), std::move(labels), histogram));
}

void GeneratedStack::service(const std::string& instance, std::vector<Reading>& out) {
    const std::string source = "service/" + instance;
    const Labels own{{"instance", instance}, {"role", instance == "app-3" ? "canary" : "stable"}, {"version", "0.1.0"}};
    const auto with = [&](std::initializer_list<std::pair<std::string, std::string>> more) {
        Labels labels = own;
        for (const auto& [name, value] : more) {
            labels.set(name, value);
        }
        return labels;
    };
    for (const auto& route : kRoutes) {
        for (const std::string status : {"2xx", "4xx"}) {
            const auto labels = with({{"route", route}, {"status_class", status}});
            const int requests = status == "2xx" ? static_cast<int>(uniform(0, 4)) : uniform(0, 1) > 0.97 ? 1 : 0;
            grow(out, source, "service.http.requests", labels, requests);
            latency(out, source, "service.http.latency", labels, requests);
        }
        grow(out, source, "service.http.errors", with({{"route", route}, {"status_class", "5xx"}}), 0);
    }
    for (const std::string query :
         {"project_by_id", "project_list", "task_list", "task_by_id", "task_insert", "outbox"}) {
        latency(out, source, "db.query", with({{"query", query}}), static_cast<int>(uniform(0, 4)));
    }
    latency(out, source, "pool.app.wait", own, static_cast<int>(uniform(0, 8)));
    grow(out, source, "cache.hits", with({{"level", "l2"}}), 12);
    grow(out, source, "cache.misses", with({{"level", "l2"}}), 2);
    out.push_back(ratio("cache.hit_ratio", with({{"level", "l2"}}), uniform(0.7, 0.95)));
    grow(out, source, "pool.app.acquired", own, 20);
    out.push_back(gauge("pool.app.size", own, 16));
    out.push_back(gauge("pool.app.in_use", own, std::floor(uniform(0, 4))));
    out.push_back(gauge("pool.app.waiting", own, 0));
    out.push_back(gauge("degradation.level", own, 0));
    out.push_back(gauge("service.http.in_flight", own, std::floor(uniform(0, 5))));
    wander(out, source, "process.rss_bytes", own, 24e6);
    auto& cpu = m_counters[{source, {"process.cpu_seconds", own}}];
    cpu += uniform(0.01, 0.03);
    out.push_back(counter("process.cpu_seconds", own, cpu));
}

void GeneratedStack::others(const std::string& source, std::vector<Reading>& out) {
    if (source == "haproxy") {
        for (const std::string server : {"app-1", "app-2", "app-3", "app-4", "app-5"}) {
            const Labels labels{{"server", server}, {"backend", "stable"}};
            grow(out, source, "haproxy.requests", labels, 17);
            grow(out, source, "haproxy.responses", labels, 17);
            out.push_back(gauge("haproxy.queue", labels, 0));
            out.push_back(gauge("haproxy.server.up", labels, 1));
            out.push_back(gauge("haproxy.sessions", labels, std::floor(uniform(0, 3))));
            out.push_back(gauge("haproxy.weight", labels, 100));
        }
        out.push_back(gauge("canary.share_percent", {}, 0));
    } else if (source == "redis") {
        grow(out, source, "redis.commands", {}, 90);
        grow(out, source, "redis.hits", {}, 40);
        grow(out, source, "redis.misses", {}, 6);
        out.push_back(ratio("redis.hit_ratio", {}, uniform(0.8, 0.9)));
        wander(out, source, "redis.memory_bytes", {}, 6e6);
        out.push_back(gauge("redis.memory_limit_bytes", {}, 64e6));
        grow(out, source, "redis.evictions", {}, 0);
        wander(out, source, "redis.keys", {}, 4000);
    } else if (source == "pgbouncer") {
        for (const std::string pool : {"app", "control", "replica"}) {
            const Labels labels{{"pool", pool}};
            grow(out, source, "pgbouncer.queries", labels, 60);
            grow(out, source, "pgbouncer.wait_seconds", labels, 0);
            out.push_back(gauge("pgbouncer.clients_waiting", labels, 0));
            out.push_back(gauge("pgbouncer.servers_active", labels, std::floor(uniform(0, 3))));
            out.push_back(gauge("pgbouncer.pool_size", labels, 20));
        }
    } else {
        grow(out, source, "postgres.transactions", {}, 80);
        out.push_back(gauge("postgres.connections", {}, std::floor(uniform(10, 14))));
        out.push_back(gauge("postgres.max_connections", {}, 100));
        out.push_back(gauge("postgres.up", {}, 1));
        if (source == "postgres/primary") {
            grow(out, source, "postgres.wal.bytes", {}, 30'000);
            grow(out, source, "postgres.deadlocks", {}, 0);
            out.push_back(gauge("postgres.blocked", {}, 0));
            for (const std::string standby : {"replica-1", "replica-2"}) {
                out.push_back(gauge("postgres.replication.lag_seconds", {{"standby", standby}}, uniform(0, 0.01)));
                out.push_back(
                    gauge("postgres.replication.lag_bytes", {{"standby", standby}}, std::floor(uniform(0, 900))));
                out.push_back(gauge("postgres.replication.state", {{"standby", standby}}, 1));
            }
        } else {
            out.push_back(gauge("postgres.replay.lag_seconds", {}, uniform(0, 0.01)));
            out.push_back(gauge("postgres.recovery.paused", {}, 0));
        }
    }
}

std::vector<Reading> GeneratedStack::readings(const std::string& source) {
    std::vector<Reading> out;
    if (source.starts_with("service/")) {
        service(source.substr(8), out);
    } else {
        others(source, out);
    }
    return out;
}

TablePtr GeneratedStack::processes(SteadyTime at, UtcTime utc) {
    auto table = std::make_shared<SnapshotTable>(*findTable("stack.processes"));
    table->readAt = at;
    table->readAtUtc = utc;
    for (std::size_t i = 0; i < 24; ++i) {
        std::vector<TableCell> cells(table->spec().columns.size());
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (c == 0) {
                cells[c] = "process-" + std::to_string(i);
            } else if (table->spec().columns[c].kind == ColumnKind::Number) {
                cells[c] = c % 3 == 0 ? uniform(0, 1) : static_cast<double>(1000 + i);
            } else if (c % 2 == 0) {
                cells[c] = std::string("running");
            }
        }
        table->add(std::move(cells));
    }
    return table;
}

std::vector<RecordedEvent> GeneratedStack::second() {
    std::vector<RecordedEvent> out;
    ++m_seconds;
    for (std::size_t i = 0; i < kSources.size(); ++i) {
        const auto& source = kSources[i];
        // Passes keep to a grid, and end a little later each time by another little.
        const auto within = nanoseconds(std::chrono::milliseconds(40 * i + 10)) +
                            nanoseconds(static_cast<std::int64_t>(uniform(0, 9e6)));
        const auto at = m_now + within;
        const auto utc = m_utc + std::chrono::duration_cast<UtcTime::duration>(within);
        auto& update = m_updates[source];
        update.source = source;
        update.interval = 1000ms;
        update.startedAt = m_begin;
        if (source == m_silent) {
            const auto attempts = update.failure ? update.failure->attempts + 1 : 1;
            update.failure =
                SourceFailure{{ErrorCode::Timeout, "no answer within 800 ms"}, at, utc, attempts, at + 700ms};
        } else {
            Snapshot snapshot;
            snapshot.header = {
                source,    m_seconds,   at, utc, nanoseconds(static_cast<std::int64_t>(uniform(1e6, 4e6))),
                "epoch-1", std::nullopt};
            if (source.starts_with("service/")) {
                snapshot.header.senderMonotonic = at.time_since_epoch() - 1h;
            }
            snapshot.readings = readings(source);
            if (source == "postgres/primary") {
                snapshot.tables.push_back(processes(at, utc));
            }
            snapshot.sort();
            update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
            update.failure.reset();
        }
        out.push_back(recordedEvent(update, utc));
    }
    m_now += 1s;
    m_utc += 1s;
    return out;
}

} // namespace binnacle::test
