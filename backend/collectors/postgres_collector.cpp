// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres_collector.h"

#include "backend/collectors/json_log_tail.h"
#include "backend/collectors/postgres/capabilities.h"
#include "backend/collectors/postgres/deadlock_report.h"
#include "backend/collectors/postgres/log_by_sql.h"
#include "backend/collectors/postgres/pass_answer.h"
#include "backend/collectors/postgres/queries.h"
#include "backend/collectors/postgres/relation_tables.h"
#include "backend/collectors/postgres/replication_tables.h"
#include "backend/collectors/postgres/session_tables.h"
#include "backend/collectors/postgres/statement_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>

namespace binnacle {

using namespace postgres;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {

/// The server ends any statement of ours after this time: short enough for the pass and one part that hangs.
constexpr milliseconds kStatementTimeout{350};
/// With less time than this left in the pass, a part waits for the next one.
constexpr milliseconds kLeastTime{150};
/// A part rests this many times as long as it took, so that parts cost at most a few ms/s on any server.
constexpr int kRest = 500;
/// The same for reading all locks, which is only done while sessions wait in a way that is not known yet.
constexpr int kLockRest = 200;
/// A part that ran into a lock comes again so soon, and asks for no lock then.
constexpr steady_clock::duration kBeforePages = seconds(3);

std::string inWords(const Error& error) {
    constexpr std::string_view prefix = "PostgreSQL: ";
    return error.text.starts_with(prefix) ? error.text.substr(prefix.size()) : error.text;
}

std::string arrayOf(const std::vector<int>& pids) {
    std::string text;
    for (const int pid : pids) {
        text += (text.empty() ? "{" : ",") + std::to_string(pid);
    }
    return text + "}";
}

} // namespace

struct PostgresCollector::State {
    explicit State(const PostgresTarget& target)
        : client(target.conninfo, target.passfile, kStatementTimeout, target.password)
        , texts(kTexts, target.literals)
        , statements(target.literals) {
        if (!target.logDirectory.empty()) {
            log = std::make_unique<JsonLogTail>(target.logDirectory);
        }
    }

    struct SlowPart {
        const char* table;
        milliseconds interval;
        void (Pass::*read)(SlowPart&);
        SteadyTime due;
        bool byPages = false; ///< the last time, sizes were not to be had without waiting for a lock
    };

    PostgresClient client;
    Capabilities server;
    Queries queries;
    std::string epoch;
    PassMemory memory;
    DeadlockCount deadlocks;
    double countedDeadlocks = -1;
    std::unique_ptr<JsonLogTail> log;
    LogBySql logBySql;
    SteadyTime logDue;
    bool logReadBack = false; ///< what is read by SQL; a file's tail knows for itself
    DeadlockReports reports;
    std::optional<UtcTime> reportsSince; ///< of all that was logged from then on, `reports` would know
    static constexpr std::size_t kTexts = 2000;
    SqlTextCache texts;
    LockWatch locks;
    SteadyTime lockDetailsDue;
    StatementTable statements;
    RelationTables relations;
    ReplicationTables replication;
    std::map<std::string, TablePtr, std::less<>> tables;
    double askedQueries = 0;
    double askedSeconds = 0;
    std::vector<SlowPart> slowParts;
};

/// One pass: what is read in it, in its order.
class PostgresCollector::Pass {
public:
    Pass(const PostgresTarget& target, State& state, SteadyTime deadline)
        : m_target(target)
        , m_state(state)
        , m_deadline(deadline) {}

    Result<Snapshot> run();

    void readProgress(State::SlowPart& part);
    void readStatements(State::SlowPart& part);
    void readTables(State::SlowPart& part);
    void readIndexes(State::SlowPart& part);
    void readDatabases(State::SlowPart& part);

private:
    using Rows = Result<std::vector<PgRow>>;

    [[nodiscard]] Rows ask(const char* name, const std::string& sql, const std::vector<std::string>& parameters = {});
    /// Asks for a part of the pass; its table becomes absent where the server refuses, and stays as it was where it
    /// does not answer in time. No rows then.
    [[nodiscard]] std::optional<std::vector<PgRow>> askFor(std::string_view table, const char* name,
                                                           const std::string& sql);
    [[nodiscard]] Result<void> learnServer();
    void forgetCounters();
    void readSessions(const PassAnswer& answer);
    void readStandbys(const PassAnswer& answer);
    void readSlots();
    void readDeadlocks(const PassAnswer& answer);
    void followLog(JsonLogTail& log, std::string& missing);
    void searchLogBySql(bool deadlockCounted);
    void takeEntries(const std::vector<PgRow>& entries, bool wholeFromStart);
    void readOneSlowPart();
    void put(TablePtr table) { m_state.tables[std::string(table->spec().id)] = std::move(table); }
    [[nodiscard]] ReadMoment moment(milliseconds interval = seconds(1)) const {
        return {steady_clock::now(), std::chrono::system_clock::now(), interval};
    }
    [[nodiscard]] Labels labels() const { return {{"server", m_target.server}}; }

    const PostgresTarget& m_target;
    State& m_state;
    SteadyTime m_deadline;
    Snapshot m_snapshot;
};

PostgresCollector::PostgresCollector(PostgresTarget target)
    : m_target(std::move(target))
    , m_state(std::make_unique<State>(m_target)) {
    m_state->slowParts = {{"postgres.statements", seconds(10), &Pass::readStatements, {}, false},
                          {"postgres.progress", seconds(2), &Pass::readProgress, {}, false},
                          {"postgres.tables", seconds(60), &Pass::readTables, {}, false},
                          {"postgres.indexes", seconds(60), &Pass::readIndexes, {}, false},
                          {"postgres.databases", seconds(60), &Pass::readDatabases, {}, false}};
}

PostgresCollector::~PostgresCollector() = default;

Result<Snapshot> PostgresCollector::collect(SteadyTime deadline) {
    return Pass(m_target, *m_state, deadline).run();
}

std::uint64_t PostgresCollector::receivedBytes() const {
    return m_state->client.receivedBytes();
}

Result<Snapshot> PostgresCollector::Pass::run() {
    if (!m_state.client.connected()) {
        if (auto learnt = learnServer(); !learnt) {
            return std::unexpected(std::move(learnt.error()));
        }
    }
    const auto rows = ask("binnacle_pass", m_state.queries.pass);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    const auto answer = PassAnswer::parse(*rows);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    m_snapshot.header.epoch = answer->epoch();
    if (m_snapshot.header.epoch != m_state.epoch) {
        m_state.epoch = m_snapshot.header.epoch;
        forgetCounters();
    }
    addReadings(*answer, m_target.server, missingForSessions(m_state.server), m_state.memory, steady_clock::now(),
                m_snapshot.readings);
    readSessions(*answer);
    readStandbys(*answer);
    readSlots();
    readDeadlocks(*answer);
    readOneSlowPart();

    m_snapshot.readings.push_back(counter("monitor.queries", labels(), m_state.askedQueries));
    m_snapshot.readings.push_back(counter("monitor.query_seconds", labels(), m_state.askedSeconds));
    for (const auto& [id, table] : m_state.tables) {
        m_snapshot.tables.push_back(table);
    }
    m_snapshot.sort();
    return std::move(m_snapshot);
}

PostgresCollector::Pass::Rows PostgresCollector::Pass::ask(const char* name, const std::string& sql,
                                                           const std::vector<std::string>& parameters) {
    const auto began = steady_clock::now();
    auto rows = m_state.client.query(name, sql, m_deadline, parameters);
    m_state.askedQueries += 1;
    m_state.askedSeconds += toSeconds(steady_clock::now() - began);
    return rows;
}

std::optional<std::vector<PgRow>> PostgresCollector::Pass::askFor(std::string_view table, const char* name,
                                                                  const std::string& sql) {
    if (!m_state.client.connected() || steady_clock::now() + kLeastTime > m_deadline) {
        return std::nullopt;
    }
    auto rows = ask(name, sql);
    if (rows) {
        return std::move(*rows);
    }
    if (rows.error().code == ErrorCode::Denied || rows.error().code == ErrorCode::Protocol) {
        put(absentTable(table, moment(), inWords(rows.error())));
    }
    return std::nullopt;
}

Result<void> PostgresCollector::Pass::learnServer() {
    const auto rows = ask("binnacle_capabilities", capabilitiesSql());
    if (!rows) {
        return std::unexpected(rows.error());
    }
    auto server = parseCapabilities(*rows);
    if (!server) {
        m_state.client.disconnect(); // it may be another one the next time
        return std::unexpected(std::move(server.error()));
    }
    m_state.server = std::move(*server);
    m_state.queries = queriesFor(m_state.server);
    m_state.logBySql.clear();
    m_state.logDue = {};
    return {};
}

void PostgresCollector::Pass::forgetCounters() {
    m_state.memory = PassMemory();
    m_state.locks.clear();
    m_state.statements.clear();
    m_state.relations.clear();
    m_state.replication.clear();
    m_state.tables.clear();
    m_state.logReadBack = false;
    for (auto& part : m_state.slowParts) {
        part.due = {};
    }
}

void PostgresCollector::Pass::readSessions(const PassAnswer& answer) {
    if (auto missing = missingForSessions(m_state.server); !missing.empty()) {
        put(absentTable("postgres.sessions", moment(), missing));
        put(absentTable("postgres.blocking", moment(), std::move(missing)));
        return;
    }
    const auto sessions = askFor("postgres.sessions", "binnacle_sessions", m_state.queries.sessions);
    if (!sessions) {
        return;
    }
    std::vector<PgRow> blockers;
    const auto waiting = waitingPids(*sessions, kWaiterLimit);
    if (!waiting.empty()) {
        auto asked = ask("binnacle_blockers", m_state.queries.blockers, {arrayOf(waiting)});
        if (!asked) {
            return; // sessions without their blockers would look free
        }
        blockers = std::move(*asked);
    }
    m_state.locks.update(*sessions, blockers, steady_clock::now());
    if (m_state.locks.wantsDetails() && steady_clock::now() >= m_state.lockDetailsDue) {
        const auto began = steady_clock::now();
        const auto details = askFor("postgres.blocking", "binnacle_lock_details", m_state.queries.lockDetails);
        const auto ended = steady_clock::now();
        if (details) {
            m_state.locks.addDetails(*details, ended);
        }
        m_state.lockDetailsDue = ended + (ended - began) * kLockRest;
    }
    const auto now = moment();
    const auto waits = m_state.locks.waits(now.steady);
    const auto* const lockWaits = answer.one("lock waits");
    const double all = lockWaits != nullptr ? lockWaits->a.value_or(0) : 0;
    const double left = all - static_cast<double>(waiting.size());
    put(sessionsTable(*sessions, waits, m_state.texts, now));
    put(blockingTable(*sessions, waits,
                      waiting.size() >= kWaiterLimit && left > 0 ? static_cast<std::uint64_t>(left) : 0, m_state.texts,
                      now));
}

void PostgresCollector::Pass::readStandbys(const PassAnswer& answer) {
    auto& readings = m_snapshot.readings;
    const auto labelsOf = [&](const std::string& standby) {
        auto more = labels();
        more.set("standby", standby);
        return more;
    };
    const auto tell = [&](const std::string& name, const StandbyLag& lag, const std::string& reason) {
        for (const auto& [id, value] : {std::pair("postgres.replication.lag_bytes", lag.bytes.value_or(0)),
                                        std::pair("postgres.replication.lag_seconds", lag.seconds)}) {
            readings.push_back(lag.bytes ? gauge(id, labelsOf(name), value)
                                         : absent(SignalKind::Gauge, id, labelsOf(name), reason));
        }
        if (lag.bytes) {
            readings.push_back(histogram("postgres.replication.lag", labelsOf(name), lag.distribution));
        }
    };
    if (auto missing = missingForSessions(m_state.server); !missing.empty()) {
        put(absentTable("postgres.replication", moment(), missing));
        for (const auto& name : m_target.expectedStandbys) {
            readings.push_back(absent(SignalKind::Gauge, "postgres.replication.state", labelsOf(name), missing));
            tell(name, {}, missing);
        }
        return;
    }
    const auto rows = askFor("postgres.replication", "binnacle_standbys", m_state.queries.standbys);
    if (!rows) {
        return;
    }
    put(m_state.replication.standbys(*rows, answer.position(), m_state.memory.positions, moment()));
    auto lags = m_state.replication.lags();
    for (const auto& name : m_target.expectedStandbys) {
        lags.try_emplace(name);
    }
    for (const auto& [name, lag] : lags) {
        if (answer.isStandby() && !lag.streaming && !lag.bytes) {
            continue; // after a failover the old primary's standbys are another server's matter
        }
        readings.push_back(gauge("postgres.replication.state", labelsOf(name), lag.streaming ? 1 : 0));
        tell(name, lag, "the standby is not connected");
    }
}

void PostgresCollector::Pass::readSlots() {
    const auto rows = askFor("postgres.slots", "binnacle_slots", m_state.queries.slots);
    if (!rows) {
        return;
    }
    auto table = slotsTable(*rows, moment());
    for (std::size_t i = 0; i < table->rowCount(); ++i) {
        auto more = labels();
        more.set("slot", table->text(i, "slot"));
        m_snapshot.readings.push_back(gauge("postgres.slot.active", more, table->number(i, "active").value_or(0)));
        if (const auto retained = table->number(i, "retained")) {
            m_snapshot.readings.push_back(gauge("postgres.slot.retained_bytes", more, *retained));
        }
    }
    put(std::move(table));
}

void PostgresCollector::Pass::readDeadlocks(const PassAnswer& answer) {
    auto& state = m_state;
    const double counted = answer.deadlocks();
    std::string missing;
    if (state.log) {
        followLog(*state.log, missing);
    } else if (missing = missingForDeadlockReports(state.server); missing.empty()) {
        searchLogBySql(state.countedDeadlocks >= 0 && counted > state.countedDeadlocks);
    }
    state.countedDeadlocks = counted;
    state.deadlocks.update(counted);
    auto& readings = m_snapshot.readings;
    readings.push_back(counter("postgres.deadlocks", labels(), state.deadlocks.value().value_or(0)));
    auto now = moment(state.log ? seconds(1) : seconds(10));
    if (missing.empty() && state.reportsSince) {
        // In whole seconds: it costs a recording next to nothing.
        readings.push_back(gauge("postgres.deadlock_reports.span_seconds", labels(),
                                 std::max(0.0, std::floor(toSeconds(now.utc - *state.reportsSince)))));
    }
    put(missing.empty() ? state.reports.table(now) : absentTable("postgres.deadlock_reports", now, std::move(missing)));
}

void PostgresCollector::Pass::followLog(JsonLogTail& log, std::string& missing) {
    auto& state = m_state;
    const auto began = std::chrono::system_clock::now();
    std::deque<std::string> entries; // a storm fills megabytes of log: only those that will be kept are taken apart
    const bool readable = log.readNew([&](std::string_view line, bool past) {
        if (!state.reportsSince) {
            state.reportsSince = std::min(loggedAt(line).value_or(began), began);
        }
        if (!isDeadlockEntry(line)) {
            return;
        }
        if (!past) { // what was before is in the statistics that we begin with, or they will tell it
            state.deadlocks.addLogEntry();
        }
        entries.emplace_back(line);
        if (entries.size() > DeadlockReports::kCap) {
            entries.pop_front();
            state.reports.leaveOut();
        }
    });
    for (const auto& entry : entries) {
        if (auto report = parseDeadlockEntry(entry, m_target.literals)) {
            state.reports.add(std::move(*report));
        }
    }
    if (!readable) {
        missing = "counts only: the log in " + m_target.logDirectory + " can't be read";
    } else if (!state.reportsSince) {
        state.reportsSince = began;
    }
}

void PostgresCollector::Pass::searchLogBySql(bool deadlockCounted) {
    constexpr seconds kBetweenMarks{60};
    auto& state = m_state;
    const auto now = steady_clock::now();
    if ((!deadlockCounted && now < state.logDue) || !state.client.connected() || now + kLeastTime > m_deadline) {
        return;
    }
    const auto size = ask("binnacle_log_size", state.queries.logSize);
    if (!size) {
        return;
    }
    state.logDue = now + kBetweenMarks;
    state.logBySql.mark(*size);
    const auto stretch = deadlockCounted || !state.logReadBack ? state.logBySql.toSearch() : std::nullopt;
    if (!stretch) {
        return;
    }
    // Text is refused that begins in the middle of a character, whose bytes are four at most.
    const auto askFrom = [&](std::uint64_t skip) {
        return ask("binnacle_deadlock_entries", state.queries.deadlockEntries,
                   {stretch->file, std::to_string(stretch->from + skip), std::to_string(stretch->bytes - skip)});
    };
    auto entries = askFrom(0);
    for (std::uint64_t skip = 1; stretch->isCut() && skip < 4; ++skip) {
        if (entries || entries.error().code != ErrorCode::Protocol) {
            break;
        }
        entries = askFrom(skip);
    }
    if (entries) {
        takeEntries(*entries, stretch->from == 0);
    }
}

/// Rows of Queries::deadlockEntries. Unless the stretch began with the file, nobody knows whether its first line is
/// whole.
void PostgresCollector::Pass::takeEntries(const std::vector<PgRow>& entries, bool wholeFromStart) {
    auto& state = m_state;
    if (!std::exchange(state.logReadBack, true)) {
        const auto now = std::chrono::system_clock::now();
        const auto first = std::ranges::find_if(
            entries, [&](const PgRow& row) { return numberAt(row, 1) == (wholeFromStart ? 1.0 : 2.0); });
        const auto since = first != entries.end() ? loggedAt(textAt(*first, 0)) : std::nullopt;
        state.reportsSince = std::min(since.value_or(now), now);
    }
    for (const auto& row : entries) {
        if (auto report = parseDeadlockEntry(textAt(row, 0), m_target.literals)) {
            state.reports.add(std::move(*report));
        }
    }
}

void PostgresCollector::Pass::readOneSlowPart() {
    auto& parts = m_state.slowParts;
    const auto began = steady_clock::now();
    const auto part = std::ranges::min_element(parts, {}, &State::SlowPart::due);
    if (part->due > began || !m_state.client.connected() || began + kLeastTime > m_deadline) {
        return;
    }
    (this->*part->read)(*part);
    const auto ended = steady_clock::now();
    part->due = began + (part->byPages ? kBeforePages
                                       : std::max<steady_clock::duration>(part->interval, (ended - began) * kRest));
}

void PostgresCollector::Pass::readProgress(State::SlowPart& part) {
    if (auto missing = missingForSessions(m_state.server); !missing.empty()) {
        put(absentTable(part.table, moment(part.interval), std::move(missing)));
    } else if (const auto rows = askFor(part.table, "binnacle_progress", m_state.queries.progress)) {
        put(progressTable(*rows, moment(part.interval)));
    }
}

void PostgresCollector::Pass::readStatements(State::SlowPart& part) {
    if (auto missing = missingForStatements(m_state.server); !missing.empty()) {
        put(absentTable(part.table, moment(part.interval), std::move(missing)));
        return;
    }
    const auto rows = askFor(part.table, "binnacle_statements", m_state.queries.statements);
    if (!rows) {
        return;
    }
    const auto now = moment(part.interval);
    m_state.statements.update(*rows, now.steady);
    if (const auto ids = m_state.statements.unknownIds(); !ids.empty()) {
        // Without the texts the counters still stand; they are asked for again the next time.
        if (const auto texts = ask("binnacle_statement_texts", m_state.queries.statementTexts, {ids})) {
            m_state.statements.addTexts(*texts);
        }
    }
    put(m_state.statements.table(now));
}

void PostgresCollector::Pass::readTables(State::SlowPart& part) {
    const bool byPages = std::exchange(part.byPages, false);
    const auto rows = byPages ? askFor(part.table, "binnacle_tables_by_pages", m_state.queries.tablesByPages)
                              : askFor(part.table, "binnacle_tables", m_state.queries.tables);
    if (rows) {
        put(m_state.relations.tables(*rows, moment(part.interval)));
    } else {
        part.byPages = !byPages; // somebody holds a table exclusively: the next time without waiting for it
    }
}

void PostgresCollector::Pass::readIndexes(State::SlowPart& part) {
    const bool byPages = std::exchange(part.byPages, false);
    const auto rows = byPages ? askFor(part.table, "binnacle_indexes_by_pages", m_state.queries.indexesByPages)
                              : askFor(part.table, "binnacle_indexes", m_state.queries.indexes);
    if (rows) {
        put(m_state.relations.indexes(*rows, m_state.texts, moment(part.interval)));
    } else {
        part.byPages = !byPages;
    }
}

void PostgresCollector::Pass::readDatabases(State::SlowPart& part) {
    if (const auto rows = askFor(part.table, "binnacle_databases", m_state.queries.databases)) {
        put(m_state.relations.databases(*rows, moment(part.interval)));
    }
}

} // namespace binnacle
