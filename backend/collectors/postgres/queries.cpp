// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/queries.h"

#include <array>
#include <initializer_list>
#include <utility>

namespace binnacle::postgres {

namespace {

/// The text with each @{name} replaced.
std::string filled(std::string text, std::initializer_list<std::pair<std::string, std::string>> values) {
    for (const auto& [name, value] : values) {
        const auto mark = "@{" + name + "}";
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
            text.replace(at, mark.size(), value);
        }
    }
    return text;
}

/// A time as text that names the same instant on every server, whatever the session's time zone.
std::string instant(const std::string& column) {
    return "to_char(" + column + R"( at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))";
}

std::string ageOf(const std::string& column) {
    return "extract(epoch from clock_timestamp() - " + column + ")::float8";
}

/// Where this server's WAL stands: written on a primary, received on a standby.
constexpr const char* kPosition =
    "case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_flush_lsn() end";

/// Everything that is read each second and is one number, in one round trip. The functions beneath the statistics views
/// are asked directly, because the views join catalogues that nobody looks at here; sessions are read once for all.
std::string passSql(const Capabilities& server) {
    std::string sql = R"sql(
with client as materialized (
  select coalesce(a.state, 'unknown') as state, a.wait_event_type, a.xact_start, a.state_change
  from pg_stat_get_activity(null) a
  where a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
), server as materialized (
  select pg_is_in_recovery() as standby, @{position} as lsn
), base as materialized (
  select sum(pg_stat_get_db_xact_commit(d.oid))::float8 as committed,
         sum(pg_stat_get_db_xact_rollback(d.oid))::float8 as rolled_back,
         sum(pg_stat_get_db_deadlocks(d.oid))::float8 as deadlocks,
         sum(pg_stat_get_db_blocks_hit(d.oid))::float8 as hit,
         sum(pg_stat_get_db_blocks_fetched(d.oid))::float8 as fetched,
         sum(pg_stat_get_db_tuples_returned(d.oid))::float8 as rows_returned,
         sum(pg_stat_get_db_tuples_fetched(d.oid))::float8 as rows_fetched,
         sum(pg_stat_get_db_tuples_inserted(d.oid))::float8 as rows_inserted,
         sum(pg_stat_get_db_tuples_updated(d.oid))::float8 as rows_updated,
         sum(pg_stat_get_db_tuples_deleted(d.oid))::float8 as rows_deleted,
         sum(pg_stat_get_db_temp_bytes(d.oid))::float8 as temporary,
         sum(pg_stat_get_db_conflict_all(d.oid))::float8 as conflicts,
         max(age(d.datfrozenxid))::float8 as xid_age
  from pg_database d
)
select 'server', current_setting('server_version_num'), server.standby::int::float8,
       extract(epoch from pg_postmaster_start_time())::float8, current_setting('max_connections')::float8
from server
union all
select 'position', null, pg_wal_lsn_diff(server.lsn, '0/0')::float8, null, null from server
union all
select 'state', client.state, count(*)::float8, null, null from client group by client.state
union all
select 'wait', client.wait_event_type, count(*)::float8, null, null from client
where client.state = 'active' and client.wait_event_type not in ('Client', 'Activity') group by client.wait_event_type
union all
select 'lock waits', null, count(*)::float8, null, null from client where client.wait_event_type = 'Lock'
union all
select 'oldest', null, extract(epoch from clock_timestamp() - min(client.xact_start))::float8,
       extract(epoch from clock_timestamp() - min(client.state_change)
                                              filter (where client.state like 'idle in transaction%'))::float8, null
from client
union all
select 'database', null, base.committed, base.rolled_back, base.deadlocks from base
union all
select 'blocks', null, base.hit, base.fetched - base.hit, base.temporary from base
union all
select 'tuples', v.operation, v.tuples, null, null
from base cross join lateral (values ('returned', base.rows_returned), ('fetched', base.rows_fetched),
  ('inserted', base.rows_inserted), ('updated', base.rows_updated), ('deleted', base.rows_deleted)) v(operation, tuples)
union all
select 'health', null, base.conflicts, base.xid_age, null from base
union all
select 'archiver', null, g.archived_count::float8, g.failed_count::float8, null from pg_stat_get_archiver() g
union all
select 'replay', null, pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8,
       case when server.standby then pg_is_wal_replay_paused()::int::float8 end,
       extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8
from server where server.standby
)sql";
    if (server.major() >= 17) {
        sql += R"sql(union all
select 'checkpoints', null, pg_stat_get_checkpointer_num_timed()::float8,
       pg_stat_get_checkpointer_num_requested()::float8,
       ((pg_stat_get_checkpointer_write_time() + pg_stat_get_checkpointer_sync_time()) / 1000)::float8
union all
select 'buffers', null, pg_stat_get_checkpointer_buffers_written()::float8,
       pg_stat_get_bgwriter_buf_written_clean()::float8, null
)sql";
    } else {
        sql += R"sql(union all
select 'checkpoints', null, pg_stat_get_bgwriter_timed_checkpoints()::float8,
       pg_stat_get_bgwriter_requested_checkpoints()::float8,
       ((pg_stat_get_checkpoint_write_time() + pg_stat_get_checkpoint_sync_time()) / 1000)::float8
union all
select 'buffers', null, pg_stat_get_bgwriter_buf_written_checkpoints()::float8,
       pg_stat_get_bgwriter_buf_written_clean()::float8, pg_stat_get_buf_written_backend()::float8
)sql";
    }
    if (server.major() >= 14) {
        sql += R"sql(union all
select 'wal', null, w.wal_records::float8, w.wal_fpi::float8, null from pg_stat_get_wal() w
)sql";
    }
    return filled(std::move(sql), {{"position", kPosition}});
}

std::string sessionsSql(const Capabilities& server) {
    return filled(R"sql(
select a.pid, @{backend_start}, @{xact_start}, a.backend_type, pg_get_userbyid(a.usesysid), d.datname, a.application_name,
       case when a.client_addr is not null then host(a.client_addr) when a.client_port = -1 then 'local' end,
       a.state, a.wait_event_type, a.wait_event, @{session_age}, @{xact_age}, @{query_age}, @{state_age},
       age(a.backend_xmin)::float8, @{query_id}, left(a.query, 4096), a.query_start::text, count(*) over ()
from pg_stat_get_activity(null) a left join pg_database d on d.oid = a.datid
where a.pid <> pg_backend_pid()
  and a.backend_type in ('client backend', 'autovacuum worker', 'parallel worker', 'walsender', 'background worker')
order by a.xact_start nulls last, a.state = 'active' desc, a.state_change desc
limit @{limit}
)sql",
                  {{"backend_start", instant("a.backend_start")},
                   {"xact_start", instant("a.xact_start")},
                   {"session_age", ageOf("a.backend_start")},
                   {"xact_age", ageOf("a.xact_start")},
                   {"query_age", ageOf("a.query_start")},
                   {"state_age", ageOf("a.state_change")},
                   {"query_id", server.major() >= 14 ? "a.query_id::text" : "null"},
                   {"limit", std::to_string(kSessionLimit)}});
}

constexpr const char* kBlockersSql =
    "select w.pid, array_to_string(pg_blocking_pids(w.pid), ' ') from unnest($1::int[]) w(pid)";

/// Reads all locks of the server, which is slow where there are many: for waits that are not known yet only. A wait for
/// a row is one for its transaction, and holds a lock on the row that tells the relation.
std::string lockDetailsSql(const Capabilities& server) {
    return filled(R"sql(
select l.pid, l.mode, l.locktype, coalesce(n.nspname || '.' || c.relname, l.relation::text),
       @{waited}, l.granted::int
from pg_lock_status() l
left join pg_class c on c.oid = l.relation and l.database in (0, (select d.oid from pg_database d
                                                                  where d.datname = current_database()))
left join pg_namespace n on n.oid = c.relnamespace
where not l.granted or l.locktype = 'tuple'
limit 1000
)sql",
                  {{"waited", server.major() >= 14 ? ageOf("l.waitstart") : "null"}});
}

std::string standbysSql() {
    return filled(R"sql(
select a.application_name, s.pid,
       case when a.client_addr is not null then host(a.client_addr) when a.client_port = -1 then 'local' end,
       s.state, s.sync_state, r.slot_name,
       pg_wal_lsn_diff(p.lsn, s.sent_lsn)::float8, pg_wal_lsn_diff(p.lsn, s.write_lsn)::float8,
       pg_wal_lsn_diff(p.lsn, s.flush_lsn)::float8, pg_wal_lsn_diff(p.lsn, s.replay_lsn)::float8,
       extract(epoch from s.write_lag)::float8, extract(epoch from s.flush_lag)::float8,
       extract(epoch from s.replay_lag)::float8, @{age}, pg_wal_lsn_diff(s.replay_lsn, '0/0')::float8
from pg_stat_get_wal_senders() s
join lateral pg_stat_get_activity(s.pid) a on true
left join pg_get_replication_slots() r on r.active_pid = s.pid
cross join (select @{position} as lsn) p
where s.state <> 'backup'
)sql",
                  {{"age", ageOf("a.backend_start")}, {"position", kPosition}});
}

std::string slotsSql() {
    return filled(R"sql(
select r.slot_name, r.slot_type, r.plugin, d.datname, r.active::int, r.active_pid,
       pg_wal_lsn_diff(@{position}, r.restart_lsn)::float8, r.wal_status, r.safe_wal_size::float8,
       greatest(age(r.xmin), age(r.catalog_xmin))::float8
from pg_get_replication_slots() r left join pg_database d on d.oid = r.datoid
)sql",
                  {{"position", kPosition}});
}

/// Long work: each kind counts in its own way, the newer versions more of them.
std::string progressSql(const Capabilities& server) {
    struct Kind {
        const char* view;
        const char* kind;
        const char* done;
        const char* total;
        const char* unit;
        bool hasRelation;
        int since;
    };
    constexpr auto kinds = std::to_array<Kind>({
        {"pg_stat_progress_vacuum", "vacuum", "v.heap_blks_scanned", "v.heap_blks_total", "blocks", true, 13},
        {"pg_stat_progress_analyze", "analyze", "v.sample_blks_scanned", "v.sample_blks_total", "blocks", true, 13},
        {"pg_stat_progress_create_index", "create index", "greatest(v.blocks_done, v.tuples_done)",
         "greatest(v.blocks_total, v.tuples_total)", "blocks", true, 13},
        {"pg_stat_progress_cluster", "cluster", "v.heap_blks_scanned", "v.heap_blks_total", "blocks", true, 13},
        {"pg_stat_progress_basebackup", "base backup", "v.backup_streamed", "v.backup_total", "bytes", false, 13},
        {"pg_stat_progress_copy", "copy", "v.bytes_processed", "v.bytes_total", "bytes", true, 14},
    });
    std::string parts;
    for (const auto& kind : kinds) {
        if (server.major() < kind.since) {
            continue;
        }
        const bool hasPhase = std::string_view(kind.kind) != "copy";
        parts += filled(R"sql(@{union}
  select v.pid, '@{kind}' as kind, @{relid} as relid, @{datname} as datname, @{phase} as phase,
         (@{done})::float8 as done, (@{total})::float8 as total, '@{unit}' as unit from @{view} v)sql",
                        {{"union", parts.empty() ? "" : "\n  union all"},
                         {"kind", kind.kind},
                         {"relid", kind.hasRelation ? "v.relid" : "null::oid"},
                         {"datname", kind.hasRelation ? "v.datname" : "null::name"},
                         {"phase", hasPhase ? "v.phase" : "v.command"},
                         {"done", kind.done},
                         {"total", kind.total},
                         {"unit", kind.unit},
                         {"view", kind.view}});
    }
    return filled(R"sql(
select w.pid, w.kind, w.datname, coalesce(n.nspname || '.' || c.relname, nullif(w.relid, 0)::text), w.phase, w.done,
       w.total, w.unit, @{age}
from (@{parts}
) w
left join pg_class c on c.oid = w.relid and w.datname = current_database()
left join pg_namespace n on n.oid = c.relnamespace
left join lateral pg_stat_get_activity(w.pid) a on true
)sql",
                  {{"age", ageOf("a.xact_start")}, {"parts", parts}});
}

std::string statementsSql(const Capabilities& server) {
    const bool apart = server.statementsVersion >= 111; // reading shared, local and temporary blocks timed apart
    return filled(R"sql(
select s.queryid::text, d.datname, pg_get_userbyid(s.userid), @{nested}, s.calls::float8,
       ((s.total_exec_time + s.total_plan_time) / 1000)::float8, (s.max_exec_time / 1000)::float8, s.rows::float8,
       s.shared_blks_hit::float8, s.shared_blks_read::float8, (s.temp_blks_read + s.temp_blks_written)::float8,
       ((@{read_time}) / 1000)::float8, s.wal_bytes::float8, count(*) over ()
from @{schema}.pg_stat_statements(false) s left join pg_database d on d.oid = s.dbid
where s.queryid is not null
order by s.total_exec_time desc
limit @{limit}
)sql",
                  {{"schema", server.statementsSchema},
                   {"nested", server.statementsVersion >= 109 ? "(not s.toplevel)::int" : "0"},
                   {"read_time", apart ? "s.shared_blk_read_time + s.local_blk_read_time" : "s.blk_read_time"},
                   {"limit", std::to_string(kStatementReadLimit)}});
}

std::string statementTextsSql(const Capabilities& server) {
    return "select distinct on (s.queryid) s.queryid::text, left(s.query, 8192) from " + server.statementsSchema +
           ".pg_stat_statements(true) s where s.queryid = any($1::bigint[])";
}

/// The largest first; which those are, and their sizes where asking for them would wait for a lock, tells the
/// catalogue.
std::string tablesSql(bool byPages) {
    return filled(
        R"sql(
with big as materialized (
  select c.oid, n.nspname, c.relname, c.relpages, c.reltuples, c.relfrozenxid, c.reltoastrelid, c.reloptions,
         count(*) over () as number
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and c.relpersistence <> 't'
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_toast%'
  order by c.relpages desc, c.oid
  limit @{limit}
), sized as materialized (
  select big.*, @{heap} as heap, @{with_toast} as with_toast, @{index} as index_bytes,
         (select sum(pg_stat_get_numscans(x.indexrelid)) from pg_index x where x.indrelid = big.oid) as index_scans,
         pg_stat_get_live_tuples(big.oid) as live, pg_stat_get_dead_tuples(big.oid) as dead
  from big
)
select sized.nspname, sized.relname, sized.heap, sized.with_toast, sized.index_bytes, sized.live, sized.dead,
       pg_stat_get_mod_since_analyze(sized.oid),
       extract(epoch from clock_timestamp() - greatest(pg_stat_get_last_vacuum_time(sized.oid),
                                                       pg_stat_get_last_autovacuum_time(sized.oid)))::float8,
       extract(epoch from clock_timestamp() - pg_stat_get_last_autovacuum_time(sized.oid))::float8,
       extract(epoch from clock_timestamp() - greatest(pg_stat_get_last_analyze_time(sized.oid),
                                                       pg_stat_get_last_autoanalyze_time(sized.oid)))::float8,
       sized.dead / nullif(
         coalesce((select o.option_value from pg_options_to_table(sized.reloptions) o
                   where o.option_name = 'autovacuum_vacuum_threshold'),
                  current_setting('autovacuum_vacuum_threshold'))::float8
         + coalesce((select o.option_value from pg_options_to_table(sized.reloptions) o
                     where o.option_name = 'autovacuum_vacuum_scale_factor'),
                    current_setting('autovacuum_vacuum_scale_factor'))::float8 * greatest(sized.reltuples, 0), 0),
       nullif(age(sized.relfrozenxid), 2147483647),
       pg_stat_get_numscans(sized.oid), pg_stat_get_tuples_returned(sized.oid), sized.index_scans,
       pg_stat_get_tuples_inserted(sized.oid), pg_stat_get_tuples_updated(sized.oid),
       pg_stat_get_tuples_deleted(sized.oid), pg_stat_get_tuples_hot_updated(sized.oid), sized.number
from sized
)sql",
        {{"heap",
          byPages ? "big.relpages * current_setting('block_size')::float8" : "pg_relation_size(big.oid)::float8"},
         {"with_toast", byPages ? "(big.relpages + coalesce((select t.relpages from pg_class t where t.oid = "
                                  "big.reltoastrelid), 0)) * current_setting('block_size')::float8"
                                : "pg_table_size(big.oid)::float8"},
         {"index", byPages ? "(select sum(i.relpages) * current_setting('block_size')::float8 from pg_index x "
                             "join pg_class i on i.oid = x.indexrelid where x.indrelid = big.oid)"
                           : "pg_indexes_size(big.oid)::float8"},
         {"limit", std::to_string(kRelationLimit)}});
}

std::string indexesSql(bool byPages) {
    return filled(R"sql(
with big as materialized (
  select i.oid, n.nspname, i.relname, c.relname as table_name, i.relpages, x.indisvalid, x.indisunique, x.indisprimary,
         count(*) over () as number
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
  join pg_namespace n on n.oid = i.relnamespace
  where i.relkind = 'i' and c.relkind in ('r', 'm') and c.relpersistence <> 't'
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_toast%'
  order by i.relpages desc, i.oid
  limit @{limit}
)
select big.nspname, big.relname, big.table_name, @{size}, pg_stat_get_numscans(big.oid),
       pg_stat_get_tuples_returned(big.oid), big.indisvalid::int, big.indisunique::int, big.indisprimary::int,
       pg_get_indexdef(big.oid), big.number
from big
)sql",
                  {{"size", byPages ? "big.relpages * current_setting('block_size')::float8"
                                    : "pg_relation_size(big.oid)::float8"},
                   {"limit", std::to_string(kRelationLimit)}});
}

constexpr const char* kDatabasesSql = R"sql(
select d.datname,
       case when has_database_privilege(d.oid, 'connect') or pg_has_role(current_user, 'pg_read_all_stats', 'usage')
            then pg_database_size(d.oid)::float8 end,
       pg_stat_get_db_numbackends(d.oid), pg_stat_get_db_xact_commit(d.oid), pg_stat_get_db_xact_rollback(d.oid),
       pg_stat_get_db_blocks_hit(d.oid), pg_stat_get_db_blocks_fetched(d.oid),
       pg_stat_get_db_tuples_returned(d.oid) + pg_stat_get_db_tuples_fetched(d.oid),
       pg_stat_get_db_tuples_inserted(d.oid) + pg_stat_get_db_tuples_updated(d.oid)
         + pg_stat_get_db_tuples_deleted(d.oid),
       pg_stat_get_db_temp_bytes(d.oid), pg_stat_get_db_deadlocks(d.oid), pg_stat_get_db_conflict_all(d.oid),
       age(d.datfrozenxid)
from pg_database d
where d.datallowconn
order by 2 desc nulls last
limit 100
)sql";

constexpr const char* kLogSizeSql = "select f.path, l.size from (select pg_current_logfile('jsonlog') as path) f "
                                    "join pg_ls_logdir() l on f.path like '%/' || l.name";

constexpr const char* kDeadlockEntriesSql =
    // The first lines as well: they tell from when on it was read.
    "select e.line, e.number from string_to_table(pg_read_file($1, $2::bigint, $3::bigint, true), E'\\n') "
    "with ordinality e(line, number) where e.line like '%\"40P01\"%' or e.number <= 2";

} // namespace

Queries queriesFor(const Capabilities& server) {
    Queries queries;
    queries.pass = passSql(server);
    queries.sessions = sessionsSql(server);
    queries.blockers = kBlockersSql;
    queries.lockDetails = lockDetailsSql(server);
    queries.standbys = standbysSql();
    queries.slots = slotsSql();
    queries.progress = progressSql(server);
    if (missingForStatements(server).empty()) {
        queries.statements = statementsSql(server);
        queries.statementTexts = statementTextsSql(server);
    }
    queries.tables = tablesSql(false);
    queries.tablesByPages = tablesSql(true);
    queries.indexes = indexesSql(false);
    queries.indexesByPages = indexesSql(true);
    queries.databases = kDatabasesSql;
    if (server.major() >= 15 && server.readsLogBySql && server.writesJsonLog) {
        queries.logSize = kLogSizeSql;
        queries.deadlockEntries = kDeadlockEntriesSql;
    }
    return queries;
}

} // namespace binnacle::postgres
