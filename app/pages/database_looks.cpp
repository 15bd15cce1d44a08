// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/database_looks.h"

#include "backend/history/request_path.h"

#include <QCoreApplication>

namespace binnacle::app::looks {

namespace {

// Limits that light a cell; the sentence of the page goes by the same.
constexpr double kLongTransaction = 5;  ///< s: shown as long
constexpr double kOldTransaction = 60;  ///< s: holds back vacuum and locks
constexpr double kIdleTransaction = 10; ///< s: idle while it holds what others may need
constexpr double kDeadShare = 0.2;      ///< of the rows; autovacuum's own default scale
constexpr double kVacuumDue = 2;        ///< times autovacuum's limit: it does not keep up
constexpr double kOldestRow = 1e9;      ///< transactions; at two thousand million the server stops
constexpr double kSlotRetains = 5e8;    ///< bytes of WAL

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DatabaseLooks)
};

bool isIdleIn(const SnapshotTable& table, std::size_t row) {
    return table.text(row, "state").starts_with("idle in transaction");
}

Mark markOfTransaction(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "xact_age").value_or(0) >= kOldTransaction && isClient(table, row) ? Mark::Caution
                                                                                                : Mark::None;
}

Mark markOfState(const SnapshotTable& table, std::size_t row) {
    return isIdleIn(table, row) && table.number(row, "state_age").value_or(0) >= kIdleTransaction ? Mark::Caution
                                                                                                  : Mark::None;
}

Mark markOfBlocked(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "blocked_by").value_or(0) > 0 ? Mark::Caution : Mark::None;
}

Mark markOfDead(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "dead_share").value_or(0) >= kDeadShare && table.number(row, "vacuum_due").value_or(0) >= 1
               ? Mark::Caution
               : Mark::None;
}

Mark markOfVacuum(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "vacuum_due").value_or(0) >= kVacuumDue ? Mark::Caution : Mark::None;
}

Mark markOfAge(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "xid_age").value_or(0) >= kOldestRow ? Mark::Critical : Mark::None;
}

Mark markOfValid(const SnapshotTable& table, std::size_t row) {
    return table.number(row, "valid") == 0.0 ? Mark::Caution : Mark::None;
}

Mark markOfLag(const SnapshotTable& table, std::size_t row) {
    const auto lag = table.number(row, "lag").value_or(0);
    return lag >= PathLimits{}.lagSecondsCritical  ? Mark::Critical
           : lag >= PathLimits{}.lagSecondsCaution ? Mark::Caution
                                                   : Mark::None;
}

Mark markOfSlot(const SnapshotTable& table, std::size_t row) {
    const auto status = table.text(row, "wal_status");
    if (status == "lost" || status == "unreserved") {
        return Mark::Critical;
    }
    return table.number(row, "active") == 0.0 && table.number(row, "retained").value_or(0) >= kSlotRetains
               ? Mark::Caution
               : Mark::None;
}

} // namespace

bool isClient(const SnapshotTable& sessions, std::size_t row) {
    const auto type = sessions.text(row, "type");
    return type.empty() || type == "client backend";
}

bool isLongTransaction(const SnapshotTable& sessions, std::size_t row) {
    return isClient(sessions, row) &&
           (sessions.number(row, "xact_age").value_or(0) >= kLongTransaction || isIdleIn(sessions, row));
}

TableLook longTransactions() {
    TableLook look;
    look.title = Words::tr("Long and idle transactions");
    look.table = "postgres.sessions";
    look.columns = {
        {"pid", nullptr, ColumnForm::Auto, nullptr, true},
        {"user"},
        {"application"},
        {"state", nullptr, ColumnForm::Auto, &markOfState},
        {"xact_age", QT_TRANSLATE_NOOP("Table", "Open for"), ColumnForm::Age, &markOfTransaction, true},
        {"state_age"},
        {"wait_event", QT_TRANSLATE_NOOP("Table", "Waits for")},
        {"xmin_age"},
        {"query"},
    };
    look.none = Words::tr("No transaction is open for over 5 s, and none is idle");
    look.sortBy = "xact_age";
    look.filter = false;
    return look;
}

TableLook sessions() {
    TableLook look;
    look.title = Words::tr("Sessions");
    look.table = "postgres.sessions";
    look.columns = {
        {"pid", nullptr, ColumnForm::Auto, nullptr, true},
        {"user"},
        {"application"},
        {"database"},
        {"state", nullptr, ColumnForm::Auto, &markOfState},
        {"wait_class", QT_TRANSLATE_NOOP("Table", "Waits for")},
        {"wait_event"},
        {"query_age", QT_TRANSLATE_NOOP("Table", "Statement")},
        {"xact_age", QT_TRANSLATE_NOOP("Table", "Transaction"), ColumnForm::Age, &markOfTransaction},
        {"blocked_by", nullptr, ColumnForm::Auto, &markOfBlocked},
        {"query"},
    };
    look.none = Words::tr("No sessions");
    look.sortBy = "xact_age";
    look.link = "blocked_by";
    return look;
}

TableLook statements() {
    TableLook look;
    look.title = Words::tr("Statements");
    look.table = "postgres.statements";
    look.columns = {
        {"query", nullptr, ColumnForm::Auto, nullptr, true},
        {"time_rate", QT_TRANSLATE_NOOP("Table", "Time per second"), ColumnForm::Auto, nullptr, true},
        {"calls_rate", QT_TRANSLATE_NOOP("Table", "Calls/s")},
        {"mean_recent"},
        {"mean", QT_TRANSLATE_NOOP("Table", "Mean, all")},
        {"max"},
        {"rows_rate", QT_TRANSLATE_NOOP("Table", "Rows/s")},
        {"blocks_read_rate", QT_TRANSLATE_NOOP("Table", "Blocks read/s")},
        {"wal_rate", QT_TRANSLATE_NOOP("Table", "WAL/s")},
        {"user"},
    };
    look.none = Words::tr("No statement was run since the statistics were reset");
    look.sortBy = "time_rate";
    return look;
}

TableLook tables() {
    TableLook look;
    look.title = Words::tr("Tables");
    look.table = "postgres.tables";
    look.columns = {
        {"table", nullptr, ColumnForm::Auto, nullptr, true},
        {"schema"},
        {"size", QT_TRANSLATE_NOOP("Table", "Size")},
        {"live"},
        {"dead_share", nullptr, ColumnForm::Share, &markOfDead},
        {"bloat", QT_TRANSLATE_NOOP("Table", "Dead space")},
        {"vacuum_due", QT_TRANSLATE_NOOP("Table", "Vacuum due"), ColumnForm::Share, &markOfVacuum},
        {"vacuum_age", QT_TRANSLATE_NOOP("Table", "Vacuumed")},
        {"analyze_age", QT_TRANSLATE_NOOP("Table", "Analyzed")},
        {"xid_age", QT_TRANSLATE_NOOP("Table", "Oldest row"), ColumnForm::Auto, &markOfAge},
        {"seq_scans_rate", QT_TRANSLATE_NOOP("Table", "Seq scans/s")},
        {"index_scans_rate", QT_TRANSLATE_NOOP("Table", "Index scans/s")},
        {"hot_share", QT_TRANSLATE_NOOP("Table", "HOT")},
    };
    look.none = Words::tr("No tables");
    look.sortBy = "size";
    return look;
}

TableLook indexes() {
    TableLook look;
    look.title = Words::tr("Indexes");
    look.table = "postgres.indexes";
    look.columns = {
        {"index", nullptr, ColumnForm::Auto, nullptr, true},
        {"table"},
        {"size"},
        {"scans"},
        {"scans_rate", QT_TRANSLATE_NOOP("Table", "Scans/s")},
        {"rows_rate", QT_TRANSLATE_NOOP("Table", "Entries/s")},
        {"valid", nullptr, ColumnForm::YesNo, &markOfValid},
        {"unique", nullptr, ColumnForm::YesNo},
        {"definition"},
    };
    look.none = Words::tr("No indexes");
    look.sortBy = "size";
    return look;
}

TableLook standbys() {
    TableLook look;
    look.title = Words::tr("Standbys");
    look.table = "postgres.replication";
    look.columns = {
        {"standby", nullptr, ColumnForm::Auto, nullptr, true},
        {"state"},
        {"sync_state"},
        {"lag", nullptr, ColumnForm::Auto, &markOfLag, true},
        {"lag_p50", QT_TRANSLATE_NOOP("Table", "p50, 5 min")},
        {"lag_p95", QT_TRANSLATE_NOOP("Table", "p95")},
        {"lag_max", QT_TRANSLATE_NOOP("Table", "Longest")},
        {"sent_lag"},
        {"write_lag"},
        {"flush_lag"},
        {"replay_lag"},
        {"write_delay"},
        {"flush_delay"},
        {"replay_delay"},
        {"slot"},
        {"connected_age"},
    };
    look.none = Words::tr("No standby is connected to this server");
    look.sortBy = "lag";
    look.filter = false;
    return look;
}

TableLook replicationSlots() {
    TableLook look;
    look.title = Words::tr("Replication slots");
    look.table = "postgres.slots";
    look.columns = {
        {"slot", nullptr, ColumnForm::Auto, nullptr, true},
        {"type"},
        {"active", nullptr, ColumnForm::YesNo},
        {"active_pid"},
        {"retained", nullptr, ColumnForm::Auto, &markOfSlot, true},
        {"wal_status"},
        {"safe_wal"},
        {"xmin_age"},
    };
    look.none = Words::tr("No replication slots");
    look.sortBy = "retained";
    look.filter = false;
    return look;
}

TableLook progress() {
    TableLook look;
    look.title = Words::tr("Long work under way");
    look.table = "postgres.progress";
    look.columns = {
        {"pid", nullptr, ColumnForm::Auto, nullptr, true},
        {"kind"},
        {"relation"},
        {"phase"},
        {"share", QT_TRANSLATE_NOOP("Table", "Done"), ColumnForm::Share, nullptr, true},
        {"done", QT_TRANSLATE_NOOP("Table", "So far")},
        {"total"},
        {"unit"},
        {"age"},
    };
    look.none = Words::tr("No vacuum, index build, base backup or copy is under way");
    look.sortBy = "age";
    look.filter = false;
    return look;
}

TableLook databases() {
    TableLook look;
    look.title = Words::tr("Databases");
    look.table = "postgres.databases";
    look.columns = {
        {"database", nullptr, ColumnForm::Auto, nullptr, true},
        {"size"},
        {"connections"},
        {"commits_rate", QT_TRANSLATE_NOOP("Table", "Commits/s")},
        {"rollbacks_rate", QT_TRANSLATE_NOOP("Table", "Rollbacks/s")},
        {"hit_ratio", QT_TRANSLATE_NOOP("Table", "From the cache")},
        {"rows_read_rate", QT_TRANSLATE_NOOP("Table", "Rows read/s")},
        {"rows_written_rate", QT_TRANSLATE_NOOP("Table", "Rows written/s")},
        {"temp_rate", QT_TRANSLATE_NOOP("Table", "Temporary/s")},
        {"deadlocks"},
        {"conflicts"},
        {"xid_age", QT_TRANSLATE_NOOP("Table", "Oldest row"), ColumnForm::Auto, &markOfAge},
    };
    look.none = Words::tr("No databases");
    look.sortBy = "size";
    look.filter = false;
    return look;
}

} // namespace binnacle::app::looks
