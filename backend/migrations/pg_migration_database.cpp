// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/migrations/pg_migration_database.h"

#include "backend/sql/sql_text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <sys/statvfs.h>

namespace binnacle {

namespace {

constexpr std::chrono::seconds connectLimit{3};
constexpr std::chrono::seconds stepLimit{5};
constexpr std::chrono::milliseconds observeLimit{1500};
constexpr std::chrono::milliseconds samplePause{200};
constexpr std::size_t kShownQueryBytes = 200;

/// An index may take hours to build: what bounds it is its lock_timeout, and us, who can end it. Everything else is
/// short.
constexpr const char* actorOptions = "-c statement_timeout=5s -c lock_timeout=2s "
                                     "-c idle_in_transaction_session_timeout=60s -c search_path=pg_catalog";
constexpr const char* observerOptions = "-c default_transaction_read_only=on -c statement_timeout=1s "
                                        "-c lock_timeout=100 -c idle_in_transaction_session_timeout=5s";

SteadyTime in(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

std::string text(const PgRow& row, std::size_t column) {
    return row.at(column).value_or("");
}

std::int64_t number(const PgRow& row, std::size_t column) {
    const auto cell = text(row, column);
    std::int64_t value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return value;
}

/// The phases of CREATE INDEX CONCURRENTLY in their order.
constexpr std::array<std::string_view, 10> phases = {"initializing",
                                                     "waiting for writers before build",
                                                     "building index: scanning table",
                                                     "building index: sorting live tuples",
                                                     "building index: loading tuples in tree",
                                                     "waiting for writers before validation",
                                                     "index validation: scanning index",
                                                     "index validation: sorting tuples",
                                                     "index validation: scanning table",
                                                     "waiting for old snapshots"};

/// Columns: phase, lockers done and total, blocks done and total, tuples done and total.
MigrationProgress progressOf(const PgRow& row) {
    MigrationProgress progress;
    progress.phase = text(row, 0);
    const auto place = std::ranges::find(phases, progress.phase);
    progress.phaseNumber = place == phases.end() ? 0 : static_cast<int>(place - phases.begin()) + 1;
    progress.phaseCount = static_cast<int>(phases.size());
    std::size_t column = 3;
    progress.unit = "blocks";
    if (progress.phase.starts_with("waiting")) {
        progress.unit = "lockers";
        column = 1;
    } else if (progress.phase.find("tuples") != std::string::npos) {
        progress.unit = "tuples";
        column = 5;
    }
    progress.done = number(row, column);
    progress.total = number(row, column + 1);
    return progress;
}

std::string who(const PgRow& row) {
    const auto application = text(row, 2);
    return "process " + text(row, 0) + " of " + text(row, 1) +
           (application.empty() ? std::string() : " (" + application + ")");
}

} // namespace

Error PgMigrationDatabase::judged(Error error) const {
    const auto state = m_actor ? std::string_view(m_actor->sqlState()) : std::string_view();
    // Wrong SQL, a missing object, a value that is twice where it may be once: the same again brings the same. A full
    // disk, too, and filling it again and again harms whoever else writes; only sessions (53300) soon get free.
    const bool hopeless = state.starts_with("42") || state.starts_with("22") || state.starts_with("23") ||
                          state.starts_with("0A") || (state.starts_with("53") && state != "53300");
    if (hopeless && error.code != ErrorCode::Denied) {
        error.code = ErrorCode::Invalid;
    }
    return error;
}

Result<PgAnswer> PgMigrationDatabase::ask(const std::string& sql, const std::vector<std::string>& parameters) {
    if (auto connected = connect(); !connected) {
        return std::unexpected(std::move(connected.error()));
    }
    auto answer = m_actor->execute(sql, parameters, in(stepLimit + std::chrono::seconds(1)));
    return answer ? std::move(answer) : std::unexpected(judged(std::move(answer.error())));
}

Result<PgAnswer> PgMigrationDatabase::observe(const std::string& sql, const std::vector<std::string>& parameters) {
    const bool own = m_access.observer.empty();
    if (!m_observer || !m_observer->alive()) {
        auto session =
            PgSession::open((own ? m_access.database : m_access.observer) + " application_name=binnacle-control",
                            own ? m_access.passfile : m_access.observerPassfile, observerOptions, in(observeLimit));
        if (!session) {
            return std::unexpected(std::move(session.error()));
        }
        m_observer = std::move(*session);
    }
    return m_observer->execute(sql, parameters, in(observeLimit));
}

Result<void> PgMigrationDatabase::connect() {
    if (m_actor && m_actor->alive()) {
        return {};
    }
    auto session = PgSession::open(m_access.database + " application_name=binnacle-migrations", m_access.passfile,
                                   actorOptions, in(connectLimit));
    if (!session) {
        // PostgreSQL refuses a password with 28P01; pgBouncer has one state for all that it refuses.
        if (sqlStateOf(session.error().text) == "08P01") {
            return fail(ErrorCode::Invalid,
                        "What answers there refuses as pgBouncer does, not as PostgreSQL: configure "
                        "the server's own address (" +
                            session.error().text + ").");
        }
        return std::unexpected(std::move(session.error()));
    }
    const auto pid = session->execute("select pg_catalog.pg_backend_pid()", {}, in(stepLimit));
    if (!pid) {
        return std::unexpected(pid.error());
    }
    if (pid->rows.empty() || number(pid->rows.front(), 0) != session->announcedPid()) {
        return fail(ErrorCode::Invalid, "A pooler such as pgBouncer stands between control and PostgreSQL. A migration "
                                        "needs one session of its own for its lock and its index: configure the "
                                        "server's own address.");
    }
    // So that a build ends soon after us, and not with its last row. Servers before 14 do not know it.
    (void)session->execute("set client_connection_check_interval = '1s'", {}, in(stepLimit));
    m_actor = std::move(*session);
    return {};
}

Result<bool> PgMigrationDatabase::tryLock() {
    const auto answer = ask("select pg_try_advisory_lock(hashtextextended('binnacle migrations', 0))");
    return answer ? Result<bool>(text(answer->rows.at(0), 0) == "t") : std::unexpected(answer.error());
}

Result<std::vector<LedgerEntry>> PgMigrationDatabase::ledger() {
    const auto present = ask("select to_regclass('binnacle.migrations') is not null");
    if (!present) {
        return std::unexpected(present.error());
    }
    std::vector<LedgerEntry> entries;
    if (text(present->rows.at(0), 0) != "t") {
        return entries;
    }
    const auto answer = ask("select id, digest, chain, applied, reference from binnacle.migrations order by id");
    if (!answer) {
        return std::unexpected(answer.error());
    }
    for (const auto& row : answer->rows) {
        entries.push_back({text(row, 0), text(row, 1), text(row, 2), text(row, 3) == "t", text(row, 4)});
    }
    return entries;
}

Result<std::optional<std::string>> PgMigrationDatabase::whyNotRecord() {
    // Each is null where its object is not there yet; then it is made, for which the next one tells the right.
    const auto answer = ask("select coalesce(has_table_privilege(to_regclass('binnacle.migrations')::oid, 'insert') "
                            "and has_table_privilege(to_regclass('binnacle.migrations')::oid, 'update'), "
                            "has_schema_privilege(to_regnamespace('binnacle')::oid, 'create'), "
                            "has_database_privilege(current_database(), 'create')), current_user");
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const auto& row = answer->rows.at(0);
    return text(row, 0) == "t" ? std::nullopt
                               : std::optional("The role " + text(row, 1) +
                                               " may not write the ledger binnacle.migrations, or not make it.");
}

Result<void> PgMigrationDatabase::record(const LedgerEntry& entry) {
    // Asked first: "if not exists" needs the right to create also where there is nothing to create.
    const auto there = ask("select to_regnamespace('binnacle') is not null, to_regclass('binnacle.migrations') is not "
                           "null");
    if (!there) {
        return std::unexpected(there.error());
    }
    const std::array<const char*, 2> making = {
        "create schema if not exists binnacle",
        "create table if not exists binnacle.migrations (id text primary key, digest text not null, "
        "chain text not null, applied boolean not null, reference text not null, "
        "changed_at timestamptz not null default now())"};
    for (std::size_t i = 0; i < making.size(); ++i) {
        if (text(there->rows.at(0), i) == "t") {
            continue;
        }
        if (const auto made = ask(making.at(i)); !made) {
            return std::unexpected(made.error());
        }
    }
    const auto written =
        ask("insert into binnacle.migrations (id, digest, chain, applied, reference) "
            "values ($1, $2, $3, $4::boolean, $5) on conflict (id) do update set digest = excluded.digest, "
            "chain = excluded.chain, applied = excluded.applied, reference = excluded.reference, "
            "changed_at = now()",
            {entry.id, entry.digest, entry.chain, entry.applied ? "t" : "f", entry.reference});
    return written ? Result<void>{} : std::unexpected(written.error());
}

Result<IndexState> PgMigrationDatabase::indexState(const IndexName& index) {
    const auto answer = ask("select i.indisvalid and i.indisready and i.indislive, t.relname = $3 "
                            "from pg_index i join pg_class c on c.oid = i.indexrelid "
                            "join pg_class t on t.oid = i.indrelid "
                            "join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2",
                            {index.schema, index.index, index.table});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->rows.empty()) {
        return IndexState::Absent;
    }
    if (text(answer->rows.front(), 1) != "t") {
        return fail(ErrorCode::Invalid, index.qualified() + " is there, and it is an index of another table.");
    }
    return text(answer->rows.front(), 0) == "t" ? IndexState::Valid : IndexState::Invalid;
}

Result<void> PgMigrationDatabase::runLong(const std::string& sql, std::chrono::milliseconds lockTimeout,
                                          const std::function<bool()>& meanwhile) {
    for (const auto& setting :
         {std::string("set statement_timeout = 0"), "set lock_timeout = " + std::to_string(lockTimeout.count())}) {
        if (const auto set = ask(setting); !set) {
            return std::unexpected(set.error());
        }
    }
    const auto ended = m_actor->executeLong(sql, samplePause, meanwhile);
    if (!ended) {
        auto error = judged(ended.error());
        disconnect(); // with its lock and its settings: what comes next begins afresh
        return std::unexpected(std::move(error));
    }
    for (const char* setting : {"set statement_timeout = '5s'", "set lock_timeout = '2s'"}) {
        if (const auto set = ask(setting); !set) {
            return std::unexpected(set.error());
        }
    }
    return {};
}

Result<void> PgMigrationDatabase::cancel() {
    // A session of its own by the same role: libpq's own way to cancel waits without a deadline.
    auto session = PgSession::open(m_access.database + " application_name=binnacle-control", m_access.passfile,
                                   "-c statement_timeout=1s", in(connectLimit));
    if (!session) {
        return std::unexpected(std::move(session.error()));
    }
    const auto asked = session->execute("select pg_cancel_backend($1::int)", {std::to_string(m_actor->announcedPid())},
                                        in(observeLimit));
    return asked ? Result<void>{} : std::unexpected(asked.error());
}

Result<RunSample> PgMigrationDatabase::sample() {
    const std::vector<std::string> pid = {std::to_string(m_actor ? m_actor->announcedPid() : 0)};
    const auto progress = observe("select phase, lockers_done, lockers_total, blocks_done, blocks_total, tuples_done, "
                                  "tuples_total from pg_stat_progress_create_index where pid = $1::int",
                                  pid);
    if (!progress) {
        return std::unexpected(progress.error());
    }
    const auto blockers =
        observe("select pid, usename, application_name, state, query, "
                "(extract(epoch from clock_timestamp() - xact_start) * 1000)::bigint from pg_stat_activity "
                "where pid = any (pg_blocking_pids($1::int)) or pid in "
                "(select current_locker_pid from pg_stat_progress_create_index where pid = $1::int) order by pid",
                pid);
    if (!blockers) {
        return std::unexpected(blockers.error());
    }
    RunSample sample;
    if (!progress->rows.empty()) {
        sample.progress = progressOf(progress->rows.front());
    }
    for (const auto& row : blockers->rows) {
        sample.blockers.push_back({static_cast<int>(number(row, 0)), text(row, 1), text(row, 2), text(row, 3),
                                   withoutLiterals(text(row, 4), kShownQueryBytes),
                                   std::chrono::milliseconds(number(row, 5))});
    }
    return sample;
}

Result<TableFacts> PgMigrationDatabase::tableFacts(const IndexName& index) {
    const auto answer = observe("select greatest(c.reltuples, 0)::bigint, pg_table_size(c.oid), pg_indexes_size(c.oid) "
                                "from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                                "where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'm')",
                                {index.schema, index.table});
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->rows.empty()) {
        return fail(ErrorCode::Invalid, "There is no table " + index.qualifiedTable() + ".");
    }
    const auto& row = answer->rows.front();
    return TableFacts{number(row, 0), number(row, 1), number(row, 2)};
}

std::optional<std::string> PgMigrationDatabase::whyNoRoom(const TableFacts& facts) {
    const auto wanted = static_cast<std::uint64_t>(2 * (facts.tableBytes + facts.indexBytes));
    struct statvfs room {};
    if (m_access.disk.empty() || ::statvfs(m_access.disk.c_str(), &room) != 0) {
        return std::nullopt;
    }
    const auto free = static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize;
    return free >= wanted ? std::nullopt
                          : std::optional("The disk has " + std::to_string(free / 1'000'000) +
                                          " MB free; twice the table and its indexes are " +
                                          std::to_string(wanted / 1'000'000) + " MB.");
}

Result<Preflight> PgMigrationDatabase::preflight(const IndexName& index, const TableFacts& facts) {
    Preflight found;
    const std::vector<std::string> table = {index.schema, index.table};
    const auto old = observe("select distinct a.pid, a.usename, a.application_name, "
                             "extract(epoch from clock_timestamp() - a.xact_start)::bigint "
                             "from pg_locks l join pg_class c on c.oid = l.relation "
                             "join pg_namespace n on n.oid = c.relnamespace join pg_stat_activity a on a.pid = l.pid "
                             "where n.nspname = $1 and c.relname = $2 and l.database = "
                             "(select oid from pg_database where datname = current_database()) "
                             "and a.xact_start < clock_timestamp() - interval '60 seconds'",
                             table);
    const auto vacuum = observe("select pid, '', '' from pg_stat_activity where backend_type = 'autovacuum worker' "
                                "and query like '%' || $1 || '.' || $2 || ' (to prevent wraparound)%'",
                                table);
    const auto lag = observe("select application_name, (extract(epoch from replay_lag) * 1000)::bigint "
                             "from pg_stat_replication where replay_lag > interval '1 second'");
    for (const auto* answer : {&old, &vacuum, &lag}) {
        if (!*answer) {
            return std::unexpected(answer->error());
        }
    }
    for (const auto& row : old->rows) {
        found.refusals.push_back("A transaction has been open on the table for " + text(row, 3) + " s: " + who(row) +
                                 ". The build would wait for its end.");
    }
    if (!vacuum->rows.empty()) {
        found.refusals.push_back("PostgreSQL vacuums the table against wraparound (process " +
                                 text(vacuum->rows.front(), 0) + "): let it end first.");
    }
    for (const auto& row : lag->rows) {
        found.refusals.push_back(text(row, 0) + " is " + text(row, 1) + " ms behind; at most 1000 ms are allowed.");
    }
    struct statvfs room {};
    if (m_access.disk.empty()) {
        found.warnings.emplace_back("Whether the disk has room is unknown: the server is not on this host.");
    } else if (::statvfs(m_access.disk.c_str(), &room) != 0) {
        found.warnings.push_back("Whether the disk has room is unknown: " + std::string(std::strerror(errno)) + ".");
    } else if (auto noRoom = whyNoRoom(facts)) {
        found.refusals.push_back(std::move(*noRoom));
    }
    return found;
}

} // namespace binnacle
