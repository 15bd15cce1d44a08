// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/session_acts.h"

#include "backend/sql/sql_text.h"

#include <algorithm>
#include <charconv>
#include <thread>

namespace binnacle::control {
namespace {

constexpr const char* actOptions = "-c statement_timeout=2s -c lock_timeout=500 -c search_path=pg_catalog "
                                   "-c idle_in_transaction_session_timeout=5s";
constexpr std::size_t mostNamed = 20;

/// Those that wait behind a process, directly or behind each other.
#define BEHIND                                                                                                         \
    "edges as materialized (select w.pid as waiter, b.blocker from pg_stat_activity w, "                               \
    "unnest(pg_blocking_pids(w.pid)) as b(blocker) where w.wait_event_type = 'Lock'), "                                \
    "behind(pid) as (select waiter from edges where blocker = $1::int "                                                \
    "union select e.waiter from edges e join behind on e.blocker = behind.pid) "

enum Column : std::size_t {
    Sees,
    Signals,
    IsSuper,
    Role,
    There,
    Same,
    Kind,
    Own,
    OfSuper,
    User,
    Database,
    Application,
    Client,
    State,
    QueryStart,
    SessionAge,
    TransactionAge,
    QueryAge,
    Query,
    BackendStart,
    TransactionStart,
    Waiters,
};

/// One row: what we may, and the session with that process id, whether or not it is the one that is meant.
constexpr const char* lookSql =
    "with recursive " BEHIND "select pg_has_role(current_user, 'pg_read_all_stats', 'member'), "
    "pg_has_role(current_user, 'pg_signal_backend', 'member'), "
    "(select rolsuper from pg_roles where rolname = current_user), current_user, a.pid is not null, "
    "coalesce(a.backend_start = $2::timestamptz and a.xact_start is not distinct from nullif($3, '')::timestamptz, "
    "false), a.backend_type, a.usename = current_user, coalesce(r.rolsuper, false), a.usename, a.datname, "
    "a.application_name, coalesce(host(a.client_addr), 'local'), coalesce(a.state, 'unknown'), a.query_start, "
    "extract(epoch from clock_timestamp() - a.backend_start)::bigint, "
    "extract(epoch from clock_timestamp() - a.xact_start)::bigint, "
    "extract(epoch from clock_timestamp() - a.query_start)::bigint, a.query, a.backend_start, a.xact_start, "
    "(select string_agg(pid::text, ',' order by pid) from behind where pid <> $1::int) "
    "from (select 1) as one left join pg_stat_activity a on a.pid = $1::int "
    "left join pg_roles r on r.oid = a.usesysid";

/// Identity and act in one statement: between two, the process id could get another owner.
constexpr const char* actSql[] = {
    "select pg_cancel_backend(a.pid), a.query_start from pg_stat_activity a where a.pid = $1::int and "
    "a.backend_start = $2::timestamptz and a.xact_start is not distinct from nullif($3, '')::timestamptz and "
    "a.query_start is not distinct from nullif($4, '')::timestamptz and a.backend_type = 'client backend' "
    "and a.pid <> pg_backend_pid()",
    "select pg_terminate_backend(a.pid), a.query_start from pg_stat_activity a where a.pid = $1::int and "
    "a.backend_start = $2::timestamptz and a.xact_start is not distinct from nullif($3, '')::timestamptz and "
    "($4 = $4) and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()"};

/// Whether it is still what it was: the session, and for a cancelled query that very query.
constexpr const char* stillSql[] = {
    "select 1 from pg_stat_activity a where a.pid = $1::int and a.backend_start = $2::timestamptz and "
    "a.xact_start is not distinct from nullif($3, '')::timestamptz and "
    "a.query_start is not distinct from nullif($4, '')::timestamptz and a.state in ('active', 'fastpath function "
    "call')",
    "select 1 from pg_stat_activity a where a.pid = $1::int and a.backend_start = $2::timestamptz and "
    "($3 = $3 and $4 = $4)"};

constexpr const char* waitingSql =
    "select count(*) from pg_stat_activity where pid = any(string_to_array($1, ',')::int[]) "
    "and wait_event_type = 'Lock'";

SteadyTime in(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

std::string cell(const PgRow& row, std::size_t column) {
    return row.at(column).value_or("");
}

bool yes(const PgRow& row, Column column) {
    return cell(row, column) == "t";
}

std::int64_t number(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::vector<std::string> parts(const std::string& list) {
    std::vector<std::string> result;
    for (std::size_t at = 0; at < list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        result.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return result;
}

Result<PgSession> connect(const SessionServer& server) {
    return PgSession::open(server.conninfo + " application_name=binnacle-control", server.passfile, actOptions,
                           in(SessionActs::callLimit));
}

/// pid, backend_start, xact_start, query_start: who is meant.
std::vector<std::string> identity(const Values& parameters, const std::string& queryStart) {
    return {textOf(parameters, "pid"), textOf(parameters, "backend_start"), textOf(parameters, "xact_start"),
            queryStart};
}

Result<PgRow> look(PgSession& session, const Values& parameters) {
    auto who = identity(parameters, {});
    who.pop_back();
    auto answer = session.execute(lookSql, who, in(SessionActs::callLimit));
    if (!answer) {
        return refusedBy(std::move(answer.error()));
    }
    return answer->rows.empty() ? Result<PgRow>(fail(ErrorCode::Protocol, "PostgreSQL gave no row"))
                                : std::move(answer->rows.front());
}

std::optional<std::string> whyNot(const PgRow& row, const SessionServer& server, const Values& parameters,
                                  bool cancel) {
    const auto pid = textOf(parameters, "pid");
    const auto role = cell(row, Role);
    if (!yes(row, Sees)) {
        return "On " + server.name + ", " + role +
               " can't see when other sessions began, so it can't tell who has a process id. Grant it: GRANT "
               "pg_read_all_stats TO " +
               role + ".";
    }
    if (!yes(row, There)) {
        return "There is no session with process " + pid + " on " + server.name + ": it has ended.";
    }
    if (!yes(row, Same)) {
        const auto transaction = cell(row, TransactionStart);
        return "Process " + pid + " on " + server.name + " is another session or transaction by now: it began at " +
               cell(row, BackendStart) + ", " +
               (transaction.empty() ? "and is in no transaction." : "its transaction at " + transaction + ".");
    }
    if (cell(row, Kind) != "client backend") {
        return "Process " + pid + " is PostgreSQL's own " + cell(row, Kind) + ", not a session of a client.";
    }
    if (yes(row, Own)) {
        return "It is a session of Binnacle itself.";
    }
    if (yes(row, OfSuper) && !yes(row, IsSuper)) {
        return cell(row, User) + " is a superuser, and only a superuser may act on such a session; " + role +
               " is none, and should not be.";
    }
    if (!yes(row, Signals)) {
        return "On " + server.name + ", " + role + " may not act on sessions of " + cell(row, User) +
               ". Grant it: GRANT pg_signal_backend TO " + role + ".";
    }
    const auto state = cell(row, State);
    if (cancel && state != "active" && state != "fastpath function call") {
        return "It runs no query now (" + state + "), so cancelling changes nothing. terminate_session ends it.";
    }
    return std::nullopt;
}

void describe(ActionPreview& preview, const PgRow& row, const SessionServer& server, const std::string& pid,
              bool cancel) {
    const auto waiters = parts(cell(row, Waiters));
    preview.target = "process " + pid + " of " + cell(row, User) + " on " + server.name;
    preview.affected = {"process " + pid};
    for (const auto& waiter : waiters) {
        if (preview.affected.size() <= mostNamed) {
            preview.affected.push_back("process " + waiter + ", which waits behind it");
        }
    }
    preview.before = {{"state", cell(row, State)},
                      {"user", cell(row, User)},
                      {"database", cell(row, Database)},
                      {"application", cell(row, Application)},
                      {"query_start", cell(row, QueryStart)},
                      {"waiters", static_cast<std::int64_t>(waiters.size())}};
    preview.after = {{"state", cancel ? "cancelled" : "ended"}, {"waiters", std::int64_t{0}}};
    preview.details = {{"statement", withoutLiterals(cell(row, Query), 1000)},
                       {"client", cell(row, Client)},
                       {"session_age_s", number(cell(row, SessionAge))},
                       {"statement_age_s", number(cell(row, QueryAge))}};
    if (const auto age = cell(row, TransactionAge); !age.empty()) {
        preview.details.emplace("transaction_age_s", number(age));
    }
    preview.warnings.push_back(waiters.empty()       ? "Nobody waits behind it: nobody else is helped by this."
                               : waiters.size() == 1 ? std::string("1 session waits behind it.")
                                                     : std::to_string(waiters.size()) + " sessions wait behind it.");
    if (!cell(row, TransactionAge).empty()) {
        preview.warnings.emplace_back("What its transaction has done so far is rolled back.");
    }
    if (cell(row, Application) == "binnacle-migrations") {
        preview.warnings.emplace_back("A migration runs in it: stop_migration ends that cleanly.");
    }
}

AuditResult failed(std::string why) {
    return {Verdict::Failed, {}, {}, std::move(why)};
}

/// "2 of 3 sessions that waited behind it go on."
std::string drainText(std::size_t waiters, std::size_t drained) {
    if (waiters == 0) {
        return "Nobody waited behind it.";
    }
    const auto all = std::to_string(waiters);
    if (drained == waiters) {
        return waiters == 1 ? "The session that waited behind it goes on."
                            : "All " + all + " sessions that waited behind it go on.";
    }
    return std::to_string(drained) + " of " + all +
           " sessions that waited behind it go on; the others still wait for "
           "a lock, behind somebody else.";
}

} // namespace

Result<const SessionServer*> SessionActs::serverOf(const Values& parameters) const {
    const auto name = textOf(parameters, "server");
    std::string names;
    for (const auto& server : m_servers) {
        if (server.name == name) {
            return &server;
        }
        names += (names.empty() ? "" : ", ") + server.name;
    }
    return fail(ErrorCode::NotFound, "There is no PostgreSQL server " + name + " that control may act on. There are: " +
                                         (names.empty() ? "none" : names) + ".");
}

Result<UndertakingPlan> SessionActs::plan(const PlannedChange& change) {
    const auto server = serverOf(change.parameters);
    if (!server) {
        return std::unexpected(server.error());
    }
    auto session = connect(**server);
    if (!session) {
        return refusedBy(std::move(session.error()));
    }
    const auto row = look(*session, change.parameters);
    if (!row) {
        return std::unexpected(row.error());
    }
    const bool cancel = change.undertaking == Verb::CancelQuery;
    const auto pid = textOf(change.parameters, "pid");
    UndertakingPlan plan;
    plan.refusal = whyNot(*row, **server, change.parameters, cancel);
    plan.state = pid + " " + cell(*row, BackendStart) + " " + cell(*row, TransactionStart);
    if (cancel) {
        plan.state += " " + cell(*row, QueryStart) + " " + cell(*row, State);
    }
    // Of another session than the one that is meant nothing is shown.
    if (yes(*row, There) && yes(*row, Same)) {
        describe(plan.preview, *row, **server, pid, cancel);
    } else {
        plan.preview.target = "process " + pid + " on " + (*server)->name;
        plan.preview.before = {{"state", yes(*row, There) ? "another session" : "gone"}};
    }
    return plan;
}

AuditResult SessionActs::carryOut(const AuditEntry& intent, bool resumed, const std::function<bool()>& hurry) {
    const bool cancel = intent.action == "cancel_query";
    const std::size_t act = cancel ? 0 : 1;
    const auto server = serverOf(intent.parameters);
    auto session = server ? connect(**server) : Result<PgSession>(std::unexpected(server.error()));
    if (!session) {
        const auto& why = session.error().text;
        return resumed ? AuditResult{Verdict::InDoubt, {}, {}, "Control was interrupted, and " + why + "."}
                       : failed(why + ". Nothing was done.");
    }
    const auto who = identity(intent.parameters, textOf(intent.before, "query_start"));
    const auto still = [&]() -> Result<bool> {
        const auto answer = session->execute(stillSql[act], who, in(callLimit));
        return answer ? Result<bool>(!answer->rows.empty()) : std::unexpected(answer.error());
    };
    const std::string done = cancel ? "cancelled" : "ended";
    if (resumed) {
        // Not sent again: nobody knows whether it was, and the client may have sent its query anew.
        const auto there = still();
        if (there && !*there) {
            return {Verdict::Applied, {{"state", done}}, {}, "Control was interrupted; what was meant is gone since."};
        }
        return {Verdict::InDoubt,
                {},
                {textOf(intent.parameters, "server")},
                "Control was interrupted, and it is not known whether the signal was sent. " +
                    (there ? std::string("The session is still there.") : there.error().text + ".")};
    }
    const auto before = look(*session, intent.parameters);
    const auto waiters = before ? cell(*before, Waiters) : std::string();
    const auto count = parts(waiters).size();
    const auto acted = session->execute(actSql[act], who, in(callLimit));
    if (!acted) {
        return acted.error().code == ErrorCode::Timeout || acted.error().code == ErrorCode::Closed
                   ? AuditResult{Verdict::InDoubt, {}, {(*server)->name}, acted.error().text + "."}
                   : failed(acted.error().text + ". Nothing was done.");
    }
    if (acted->rows.empty() || cell(acted->rows.front(), 0) != "t") {
        return failed("It had moved on in this moment: another query, another transaction or another session. Nothing "
                      "was done.");
    }
    const auto limit = in(effectLimit);
    auto there = still();
    while (there && *there && std::chrono::steady_clock::now() < limit) {
        std::this_thread::sleep_for(lookPause);
        there = still();
    }
    if (!there || *there) {
        return {Verdict::InDoubt,
                {},
                {(*server)->name},
                there ? "The signal was sent, and it is still there: it heeds it where its work allows."
                      : "The signal was sent; " + there.error().text + "."};
    }
    auto waiting = static_cast<std::int64_t>(count);
    for (const auto until = in(drainLimit); waiting > 0;) {
        const auto answer = session->execute(waitingSql, {waiters}, in(callLimit));
        if (!answer || answer->rows.empty()) {
            break;
        }
        waiting = number(cell(answer->rows.front(), 0));
        if (waiting == 0 || hurry() || std::chrono::steady_clock::now() >= until) {
            break;
        }
        std::this_thread::sleep_for(lookPause);
    }
    const auto drained = count - static_cast<std::size_t>(waiting);
    return {Verdict::Applied,
            {{"state", done},
             {"waiters", static_cast<std::int64_t>(count)},
             {"drained", static_cast<std::int64_t>(drained)}},
            {},
            drainText(count, drained)};
}

} // namespace binnacle::control
