// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot_table.h"

#include <array>

/// Columns of the tables that a PostgreSQL server tells; only the catalogue includes this. "Age" columns are seconds
/// before the table was read; rates are over the time since the table was read before, and absent the first time.
namespace binnacle::columns {

using enum ColumnKind;

// Named by pid and start, since pids are used again. Both starts are UTC with microseconds
// ("2026-11-25T18:30:01.123456Z"), which PostgreSQL reads back as exactly the same instant.
inline constexpr auto kPostgresSessions = std::to_array<TableColumn>({
    {"pid", "PID", "1", Number},
    {"backend_start", "Session since", ""},
    {"xact_start", "Transaction since", ""},
    {"type", "Kind", ""},
    {"user", "User", ""},
    {"database", "Database", ""},
    {"application", "Application", ""},
    {"client", "Client", ""}, // an address, or "local"
    {"state", "State", ""},
    {"wait_class", "Waits for", ""},
    {"wait_event", "Wait event", ""},
    {"session_age", "Session age", "s", Number},
    {"xact_age", "Transaction age", "s", Number},
    {"query_age", "Statement age", "s", Number},
    {"state_age", "In this state", "s", Number},
    {"xmin_age", "Holds back vacuum", "transactions", Number},
    {"blocked_by", "Blocked by", "sessions", Number}, // how many; who they are says postgres.blocking
    {"query_id", "Statement id", ""},                 // as in postgres.statements
    {"shape", "Statement shape", ""},                 // as there, and as services tell it by route
    {"route", "Route", ""},                           // that a comment or the application's name tells
    {"query", "Statement", "", Sql},                  // the last one, when the session is idle
});

// The blocking tree, parents before their children, depth first. A session that waits for several stands below the
// first of them and names all of them in blocked_by.
inline constexpr auto kPostgresBlocking = std::to_array<TableColumn>({
    {"pid", "PID", "1", Number},
    {"backend_start", "Session since", ""},
    {"xact_start", "Transaction since", ""},
    {"parent_pid", "Waits for PID", "1", Number}, // none: a root
    {"root_pid", "Root PID", "1", Number},
    {"depth", "Depth", "1", Number}, // 0: a root
    {"blocked_by", "Blocked by", ""},
    {"behind", "Sessions behind it", "sessions", Number},
    {"waited", "Waits for", "s", Number}, // none: it does not wait
    {"lock_mode", "Lock wanted", ""},
    {"lock_kind", "Kind of lock", ""},
    {"relation", "Relation", ""},
    {"user", "User", ""},
    {"database", "Database", ""},
    {"application", "Application", ""},
    {"route", "Route", ""}, // that a comment or the application's name tells
    {"state", "State", ""},
    {"xact_age", "Transaction age", "s", Number},
    {"query", "Statement", "", Sql},
});

// One row for each session of a deadlock: the edges of its wait-for graph. The newest last.
inline constexpr auto kPostgresDeadlockReports = std::to_array<TableColumn>({
    {"report", "Deadlock", ""}, // the same for all sessions of one deadlock
    {"pid", "PID", "1", Number},
    {"at", "Time", ""},                      // UTC, ISO 8601
    {"class", "Class", ""},                  // "lock order", "foreign key", "index", "other"
    {"cancelled", "Cancelled", "1", Number}, // 1: this one was cancelled, 0: it went on
    {"waits_mode", "Lock wanted", ""},       // "ShareLock"
    {"waits_on", "On", ""},                  // "transaction 771", "tuple (0,1) of relation 16394 of …"
    {"blocked_by_pid", "Waits for PID", "1", Number},
    {"relation", "Relation", ""},
    {"user", "User", ""}, // of the cancelled one: the log tells no other
    {"database", "Database", ""},
    {"application", "Application", ""},
    {"route", "Route", ""}, // that a comment in the statement tells
    {"statement", "Statement", "", Sql},
});

inline constexpr auto kPostgresStatements = std::to_array<TableColumn>({
    {"query_id", "Statement id", ""},
    {"database", "Database", ""},
    {"user", "User", ""},
    {"nested", "Nested", "1", Number}, // 1: run inside a function
    {"calls", "Calls", "calls", Number},
    {"calls_rate", "Calls per second", "1/s", Number},
    {"time", "Time in all", "s", Number}, // planning and execution
    {"time_rate", "Load", "s/s", Number},
    {"mean", "Mean", "s", Number},               // since the statistics were reset
    {"mean_recent", "Mean lately", "s", Number}, // of the calls since the table was read before
    {"max", "Longest", "s", Number},
    {"rows", "Rows", "rows", Number},
    {"rows_rate", "Rows per second", "1/s", Number},
    {"blocks_hit", "Blocks from the cache", "blocks", Number},
    {"blocks_read", "Blocks read", "blocks", Number},
    {"blocks_read_rate", "Blocks read per second", "1/s", Number},
    {"blocks_temp", "Temporary blocks", "blocks", Number},
    {"read_time", "Time reading", "s", Number},
    {"wal", "WAL", "bytes", Number},
    {"wal_rate", "WAL per second", "bytes/s", Number},
    {"shape", "Statement shape", ""}, // the same for the same statement, whoever tells its text
    {"route", "Route", ""},           // that a comment in it tells
    {"query", "Statement", "", Sql},
});

// Of the database that the reader is connected to.
inline constexpr auto kPostgresTables = std::to_array<TableColumn>({
    {"schema", "Schema", ""},
    {"table", "Table", ""},
    {"size", "Size in all", "bytes", Number},
    {"heap_size", "Table alone", "bytes", Number},
    {"index_size", "Its indexes", "bytes", Number},
    {"live", "Live rows", "rows", Number},
    {"dead", "Dead rows", "rows", Number},
    {"dead_share", "Dead share", "1", Number},
    {"bloat", "Dead space, estimated", "bytes", Number}, // share of dead rows times the table's size
    {"modified", "Changed since analyze", "rows", Number},
    {"vacuum_age", "Last vacuum", "s", Number}, // by hand or by autovacuum, whichever was later
    {"autovacuum_age", "Last autovacuum", "s", Number},
    {"analyze_age", "Last analyze", "s", Number},
    {"vacuum_due", "Dead rows against autovacuum's limit", "1", Number}, // 1: autovacuum is due
    {"xid_age", "Age of oldest row", "transactions", Number},
    {"seq_scans", "Sequential scans", "scans", Number},
    {"seq_scans_rate", "Sequential scans per second", "1/s", Number},
    {"seq_rows_rate", "Rows scanned per second", "1/s", Number},
    {"index_scans", "Index scans", "scans", Number},
    {"index_scans_rate", "Index scans per second", "1/s", Number},
    {"inserts_rate", "Inserts per second", "1/s", Number},
    {"updates_rate", "Updates per second", "1/s", Number},
    {"deletes_rate", "Deletes per second", "1/s", Number},
    {"hot_share", "Updates within the page", "1", Number}, // HOT updates among all
});

inline constexpr auto kPostgresIndexes = std::to_array<TableColumn>({
    {"schema", "Schema", ""},
    {"index", "Index", ""},
    {"table", "Table", ""},
    {"size", "Size", "bytes", Number},
    {"scans", "Scans", "scans", Number},
    {"scans_rate", "Scans per second", "1/s", Number},
    {"rows_rate", "Entries read per second", "1/s", Number},
    {"valid", "Valid", "1", Number},
    {"unique", "Unique", "1", Number},
    {"primary", "Primary key", "1", Number},
    {"definition", "Definition", "", Sql},
});

// Of each standby that is connected to this server. The distribution is of our own readings of the last five minutes.
inline constexpr auto kPostgresReplication = std::to_array<TableColumn>({
    {"standby", "Standby", ""},
    {"pid", "PID", "1", Number},
    {"client", "Client", ""},
    {"state", "State", ""},
    {"sync_state", "Synchronous", ""},
    {"slot", "Slot", ""},
    {"sent_lag", "Not sent", "bytes", Number},
    {"write_lag", "Not written", "bytes", Number},
    {"flush_lag", "Not flushed", "bytes", Number},
    {"replay_lag", "Not replayed", "bytes", Number},
    {"write_delay", "Written after", "s", Number}, // as the server tells; nothing while it is idle
    {"flush_delay", "Flushed after", "s", Number},
    {"replay_delay", "Replayed after", "s", Number},
    {"lag", "Behind", "s", Number}, // postgres.replication.lag_seconds
    {"lag_p50", "Behind, p50", "s", Number},
    {"lag_p95", "Behind, p95", "s", Number},
    {"lag_max", "Behind, longest", "s", Number},
    {"connected_age", "Connected", "s", Number},
});

inline constexpr auto kPostgresSlots = std::to_array<TableColumn>({
    {"slot", "Slot", ""},
    {"type", "Kind", ""}, // physical, logical
    {"plugin", "Plugin", ""},
    {"database", "Database", ""},
    {"active", "In use", "1", Number},
    {"active_pid", "Used by PID", "1", Number},
    {"retained", "WAL kept for it", "bytes", Number},
    {"wal_status", "Its WAL", ""}, // reserved, extended, unreserved, lost
    {"safe_wal", "WAL until it is lost", "bytes", Number},
    {"xmin_age", "Holds back vacuum", "transactions", Number},
});

inline constexpr auto kPostgresProgress = std::to_array<TableColumn>({
    {"pid", "PID", "1", Number},
    {"kind", "Work", ""}, // vacuum, analyze, create index, cluster, base backup, copy
    {"database", "Database", ""},
    {"relation", "Relation", ""},
    {"phase", "Phase", ""},
    {"done", "Done", "1", Number},
    {"total", "Of", "1", Number},
    {"unit", "Counted in", ""}, // blocks, bytes, rows, kilobytes
    {"share", "Done, share", "1", Number},
    {"age", "Runs for", "s", Number},
});

inline constexpr auto kPostgresDatabases = std::to_array<TableColumn>({
    {"database", "Database", ""},
    {"size", "Size", "bytes", Number},
    {"connections", "Connections", "connections", Number},
    {"commits_rate", "Commits per second", "1/s", Number},
    {"rollbacks_rate", "Rollbacks per second", "1/s", Number},
    {"hit_ratio", "Blocks from the cache", "1", Number}, // since the table was read before
    {"rows_read_rate", "Rows read per second", "1/s", Number},
    {"rows_written_rate", "Rows written per second", "1/s", Number},
    {"temp", "Temporary files", "bytes", Number},
    {"temp_rate", "Temporary files per second", "bytes/s", Number},
    {"deadlocks", "Deadlocks", "deadlocks", Number},
    {"conflicts", "Cancelled by replay", "statements", Number},
    {"xid_age", "Age of oldest row", "transactions", Number},
});

} // namespace binnacle::columns
