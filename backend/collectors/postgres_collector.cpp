// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres_collector.h"

#include "backend/collectors/parse_number.h"

#include <algorithm>
#include <map>

namespace binnacle {

namespace {

constexpr const char* kPassName = "binnacle_pass";

/// Everything in one round trip: rows of (metric, key, a, b, c). The functions beneath the statistics views are asked
/// directly, because the views join catalogues that nobody looks at here; sessions are read once for all.
constexpr const char* kPassSql = R"sql(
with activity as materialized (
  select pid, application_name, state, wait_event_type, xact_start, backend_type
  from pg_stat_get_activity(null) where pid <> pg_backend_pid()
), client as materialized (
  select coalesce(state, 'unknown') as state, wait_event_type, xact_start
  from activity where backend_type = 'client backend'
), server as materialized (
  select pg_is_in_recovery() as standby
), place as materialized (
  select standby, case when standby then pg_last_wal_receive_lsn() else pg_current_wal_flush_lsn() end as lsn
  from server
)
select 'server', current_setting('server_version_num'), standby::int::float8,
       extract(epoch from pg_postmaster_start_time())::float8, current_setting('max_connections')::float8
from server
union all
select 'position', null, pg_wal_lsn_diff(lsn, '0/0')::float8, null, null from place
union all
select 'state', state, count(*)::float8, null, null from client group by state
union all
select 'wait', wait_event_type, count(*)::float8, null, null from client
where state = 'active' and wait_event_type not in ('Client', 'Activity') group by wait_event_type
union all
select 'oldest', null, extract(epoch from clock_timestamp() - min(xact_start))::float8, null, null from client
union all
select 'database', null, sum(pg_stat_get_db_xact_commit(oid))::float8, sum(pg_stat_get_db_xact_rollback(oid))::float8,
       sum(pg_stat_get_db_deadlocks(oid))::float8
from pg_database
union all
select 'standby', a.application_name, pg_wal_lsn_diff(s.replay_lsn, '0/0')::float8,
       extract(epoch from s.replay_lag)::float8, (s.state = 'streaming')::int::float8
from pg_stat_get_wal_senders() s join activity a using (pid)
where s.state <> 'backup'
union all
select 'replay', null, pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8,
       case when standby then pg_is_wal_replay_paused()::int::float8 end,
       extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8
from server where standby
)sql";

struct Cells {
    std::string key;
    std::optional<double> a;
    std::optional<double> b;
    std::optional<double> c;
};

std::optional<double> number(const std::optional<std::string>& cell) {
    return cell ? parseNumber(*cell) : std::nullopt;
}

} // namespace

/// The answer of one pass by metric.
struct PostgresCollector::Facts {
    std::multimap<std::string, Cells, std::less<>> rows;

    [[nodiscard]] const Cells* one(std::string_view metric) const {
        const auto it = rows.find(metric);
        return it != rows.end() ? &it->second : nullptr;
    }
    [[nodiscard]] auto all(std::string_view metric) const { return rows.equal_range(metric); }
};

PostgresCollector::PostgresCollector(PostgresTarget target)
    : m_target(std::move(target))
    , m_client(m_target.conninfo, m_target.passfile, std::chrono::milliseconds(700)) {
    if (!m_target.logDirectory.empty()) {
        m_log = std::make_unique<JsonLogTail>(m_target.logDirectory);
    }
}

Result<Snapshot> PostgresCollector::collect(SteadyTime deadline) {
    const auto rows = m_client.query(kPassName, kPassSql, deadline);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    Facts facts;
    for (const auto& row : *rows) {
        if (row.size() == 5 && row[0]) {
            facts.rows.emplace(*row[0],
                               Cells{row[1].value_or(std::string()), number(row[2]), number(row[3]), number(row[4])});
        }
    }
    const auto* const server = facts.one("server");
    const auto* const database = facts.one("database");
    if (server == nullptr || database == nullptr || !server->a || !server->b || !server->c || !database->c) {
        return fail(ErrorCode::Protocol, "PostgreSQL: the answer lacks what every server tells");
    }
    const bool standby = *server->a != 0;
    Snapshot snapshot;
    // A promotion changes what the counters mean (where WAL is written), so it begins an epoch like a restart does.
    snapshot.header.epoch = std::to_string(static_cast<std::int64_t>(*server->b * 1e6)) + (standby ? "-standby" : "");
    if (snapshot.header.epoch != m_epoch) {
        m_epoch = snapshot.header.epoch;
        m_positions = LagHistory();
    }
    if (const auto* position = facts.one("position"); position != nullptr && position->a && *position->a >= 0) {
        m_positions.observe(std::chrono::steady_clock::now(), static_cast<std::uint64_t>(*position->a));
        if (!standby) {
            snapshot.readings.push_back(counter("postgres.wal.bytes", {{"server", m_target.server}}, *position->a));
        }
    }
    addActivity(facts, snapshot);
    if (standby) {
        addReplay(facts, snapshot);
    }
    addStandbys(facts, snapshot);

    if (m_log) {
        m_log->readNew([this](std::string_view line) {
            if (isDeadlockEntry(line)) {
                m_deadlocks.addLogEntry();
            }
        });
    }
    m_deadlocks.update(*database->c);
    snapshot.readings.push_back(
        counter("postgres.deadlocks", {{"server", m_target.server}}, m_deadlocks.value().value_or(0)));
    snapshot.sort();
    return snapshot;
}

void PostgresCollector::addActivity(const Facts& facts, Snapshot& snapshot) const {
    auto& readings = snapshot.readings;
    const Labels labels{{"server", m_target.server}};
    const auto with = [&](const char* name, const std::string& value) {
        auto more = labels;
        more.set(name, value);
        return more;
    };
    const auto& server = *facts.one("server");
    const auto& database = *facts.one("database");
    readings.push_back(gauge("postgres.up", labels, 1));
    readings.push_back(gauge("postgres.max_connections", labels, *server.c));
    readings.push_back(counter("postgres.transactions", with("outcome", "commit"), database.a.value_or(0)));
    readings.push_back(counter("postgres.transactions", with("outcome", "rollback"), database.b.value_or(0)));

    // States that exist on every server are told as zero too: a series that vanishes looks like one that broke.
    std::map<std::string, double> states{{"active", 0}, {"idle", 0}, {"idle in transaction", 0}};
    double connections = 0;
    for (auto [it, end] = facts.all("state"); it != end; ++it) {
        states[it->second.key] = it->second.a.value_or(0);
        connections += it->second.a.value_or(0);
    }
    for (const auto& [state, count] : states) {
        readings.push_back(gauge("postgres.sessions", with("state", state), count));
    }
    readings.push_back(gauge("postgres.connections", labels, connections));

    std::map<std::string, double> waits{{"IO", 0}, {"LWLock", 0}, {"Lock", 0}};
    for (auto [it, end] = facts.all("wait"); it != end; ++it) {
        waits[it->second.key] = it->second.a.value_or(0);
    }
    for (const auto& [wait, count] : waits) {
        readings.push_back(gauge("postgres.sessions.waiting", with("class", wait), count));
    }
    readings.push_back(gauge("postgres.blocked", labels, waits["Lock"]));

    const auto* const oldest = facts.one("oldest");
    readings.push_back(
        gauge("postgres.xact.oldest_seconds", labels, oldest != nullptr ? std::max(0.0, oldest->a.value_or(0)) : 0));
}

void PostgresCollector::addStandbys(const Facts& facts, Snapshot& snapshot) const {
    struct Standby {
        std::optional<double> bytes;
        double seconds = 0;
        double streaming = 0;
    };
    const auto* const position = facts.one("position");
    std::map<std::string, Standby> standbys;
    for (auto [it, end] = facts.all("standby"); it != end; ++it) {
        const auto& cells = it->second;
        auto& standby = standbys[cells.key.empty() ? "unnamed" : cells.key];
        standby.streaming = std::max(standby.streaming, cells.c.value_or(0));
        if (cells.a && *cells.a >= 0 && position != nullptr && position->a) {
            // Two senders may serve one name for a moment, while a standby reconnects: the one further on counts.
            const double bytes = std::max(0.0, *position->a - *cells.a);
            if (!standby.bytes || bytes < *standby.bytes) {
                standby.bytes = bytes;
                standby.seconds = m_positions.secondsBehind(static_cast<std::uint64_t>(*cells.a), cells.b);
            }
        }
    }
    for (const auto& name : m_target.expectedStandbys) {
        standbys.try_emplace(name);
    }
    const bool isStandby = facts.one("server")->a.value_or(0) != 0;
    for (const auto& [name, standby] : standbys) {
        if (isStandby && standby.streaming == 0 && !standby.bytes) {
            continue; // after a failover the old primary's standbys are another server's matter
        }
        const Labels labels{{"server", m_target.server}, {"standby", name}};
        snapshot.readings.push_back(gauge("postgres.replication.state", labels, standby.streaming));
        for (const auto& [id, value] : {std::pair("postgres.replication.lag_bytes", standby.bytes.value_or(0)),
                                        std::pair("postgres.replication.lag_seconds", standby.seconds)}) {
            snapshot.readings.push_back(standby.bytes
                                            ? gauge(id, labels, value)
                                            : absent(SignalKind::Gauge, id, labels, "the standby is not connected"));
        }
    }
}

void PostgresCollector::addReplay(const Facts& facts, Snapshot& snapshot) const {
    const Labels labels{{"server", m_target.server}};
    const auto* const position = facts.one("position");
    const auto* const replay = facts.one("replay");
    if (replay == nullptr) {
        return;
    }
    if (position != nullptr && position->a && replay->a && *replay->a >= 0) {
        const double bytes = std::max(0.0, *position->a - *replay->a);
        snapshot.readings.push_back(gauge("postgres.replay.lag_bytes", labels, bytes));
        snapshot.readings.push_back(
            gauge("postgres.replay.lag_seconds", labels,
                  m_positions.secondsBehind(static_cast<std::uint64_t>(*replay->a), replay->c)));
    }
    snapshot.readings.push_back(gauge("postgres.recovery.paused", labels, replay->b.value_or(0)));
}

} // namespace binnacle
