// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/recorder/generated_stack.h"

#include <array>
#include <cmath>

namespace binnacle::test {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

const std::array<std::string, 10> kSources{
    "haproxy", "pgbouncer",     "postgres/primary", "postgres/replica-1", "postgres/replica-2",
    "redis",   "service/app-1", "service/app-2",    "service/app-3",      "stack"};
const std::array<std::string, 9> kRoutes{
    "GET /v1/projects",     "GET /v1/projects/{id}", "POST /v1/projects",
    "GET /v1/tasks",        "GET /v1/tasks/{id}",    "POST /v1/projects/{id}/tasks",
    "PATCH /v1/tasks/{id}", "GET /v1/dashboard",     "GET /healthz/ready"};

/// A name for a row. Without digits, since those of statements would be literals, which a recorder removes.
std::string letters(std::size_t row) {
    return {static_cast<char>('a' + row / 26), static_cast<char>('a' + row % 26)};
}

/// The tables that the sources of a bundled stack have under the demo's traffic: how many rows, of how many of them the
/// figures move between two readings, and how often they are read.
struct TableShape {
    std::string source;
    const char* id;
    std::size_t rows;
    std::size_t moving;
    std::uint64_t seconds;
};
const std::array kTables = std::to_array<TableShape>({
    {"haproxy", "haproxy.proxies", 7, 4, 1},
    {"haproxy", "haproxy.servers", 12, 5, 1},
    {"pgbouncer", "pgbouncer.clients", 50, 4, 1},
    {"pgbouncer", "pgbouncer.databases", 6, 3, 1},
    {"pgbouncer", "pgbouncer.pools", 6, 3, 1},
    {"pgbouncer", "pgbouncer.servers", 24, 3, 1},
    {"postgres/primary", "postgres.databases", 3, 1, 30},
    {"postgres/primary", "postgres.indexes", 20, 8, 60},
    {"postgres/primary", "postgres.replication", 2, 2, 1},
    {"postgres/primary", "postgres.sessions", 30, 25, 1},
    {"postgres/primary", "postgres.slots", 2, 2, 1},
    {"postgres/primary", "postgres.statements", 60, 25, 10},
    {"postgres/primary", "postgres.tables", 12, 6, 60},
    {"postgres/replica-1", "postgres.sessions", 20, 17, 1},
    {"postgres/replica-2", "postgres.sessions", 20, 17, 1},
    {"redis", "redis.clients", 24, 10, 5},
    {"redis", "redis.commands", 20, 8, 5},
    {"redis", "redis.histogram", 20, 8, 5},
    {"redis", "redis.slowlog", 30, 0, 5},
    {"service/app-1", "service.route_statements", 18, 12, 5},
    {"service/app-2", "service.route_statements", 18, 12, 5},
    {"service/app-3", "service.route_statements", 18, 4, 5},
    {"stack", "stack.processes", 12, 3, 1},
});

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
    } else if (source == "stack") {
        for (int i = 0; i < 12; ++i) {
            const Labels labels{{"process", "process-" + std::to_string(i)}};
            out.push_back(gauge("stack.running", labels, 1));
            out.push_back(counter("stack.restarts", labels, 0));
            wander(out, source, "stack.pss_bytes", labels, i < 2 ? 20e6 : 0);
            auto& cpu = m_counters[{source, {"stack.cpu_seconds", labels}}];
            cpu += i < 4 ? std::floor(uniform(0, 3)) / 100 : 0; // the kernel counts in ticks
            out.push_back(counter("stack.cpu_seconds", labels, cpu));
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

/// Adds the tables of a source; one that is not due is the one read last, as a collector shares it.
void GeneratedStack::addTables(const std::string& source, SteadyTime at, UtcTime utc, Snapshot& snapshot) {
    for (const auto& shape : kTables) {
        if (shape.source != source) {
            continue;
        }
        auto& last = m_tables[{source, shape.id}];
        if (last == nullptr || m_seconds % shape.seconds == 0) {
            last = readTable(*findTable(shape.id), shape.rows, shape.moving, last.get(), at, utc);
        }
        snapshot.tables.push_back(last);
    }
}

/// In a row that moves the last figures count on, as calls and bytes do, and one wanders, as an age does.
TablePtr GeneratedStack::readTable(const TableSpec& spec, std::size_t rows, std::size_t moving,
                                   const SnapshotTable* before, SteadyTime at, UtcTime utc) {
    auto table = std::make_shared<SnapshotTable>(spec);
    table->readAt = at;
    table->readAtUtc = utc;
    for (std::size_t i = 0; i < rows; ++i) {
        std::vector<TableCell> cells(spec.columns.size());
        int figures = 0;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (spec.columns[c].kind != ColumnKind::Number) {
                cells[c] = std::string(spec.columns[c].id) + '_' + letters(i);
                continue;
            }
            const bool moves = before != nullptr && i < moving && c >= spec.keyColumns;
            const auto was =
                before != nullptr ? std::get<double>(before->row(i)[c]) : static_cast<double>(1000 * i + c);
            ++figures;
            cells[c] = !moves || figures > 4 ? was : figures == 1 ? uniform(0, 1) : was + std::floor(uniform(0, 9));
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
            addTables(source, at, utc, snapshot);
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
