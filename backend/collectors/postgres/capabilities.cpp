// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/capabilities.h"

#include "backend/collectors/parse_number.h"

namespace binnacle::postgres {

namespace {

constexpr int kStatementsSince = 108; // total_exec_time, apart from the time of planning

/// "1.10" -> 110.
int extensionNumber(std::string_view version) {
    const auto dot = version.find('.');
    const auto major = parseNumber(version.substr(0, dot));
    const auto minor = dot == std::string_view::npos ? 0.0 : parseNumber(version.substr(dot + 1));
    return major && minor ? static_cast<int>(*major * 100 + *minor) : 0;
}

} // namespace

const std::string& capabilitiesSql() {
    static const std::string sql = R"sql(
select current_setting('server_version_num'), quote_ident(current_user), quote_ident(current_database()),
       pg_has_role(current_user, 'pg_read_all_stats', 'usage')::int,
       (has_function_privilege('pg_catalog.pg_current_logfile(text)', 'execute')
        and has_function_privilege('pg_catalog.pg_read_file(text,bigint,bigint,boolean)', 'execute'))::int,
       (current_setting('log_destination') like '%jsonlog%' and current_setting('logging_collector')::bool)::int,
       quote_ident(s.schema), s.version
from (select 1) one
left join (select n.nspname as schema, e.extversion as version
           from pg_extension e join pg_namespace n on n.oid = e.extnamespace
           where e.extname = 'pg_stat_statements') s on true
)sql";
    return sql;
}

Result<Capabilities> parseCapabilities(const std::vector<PgRow>& rows) {
    if (rows.size() != 1 || rows.front().size() != 8 || !rows.front()[0]) {
        return fail(ErrorCode::Protocol, "PostgreSQL: the server does not tell what it is");
    }
    const auto& row = rows.front();
    const auto text = [&](std::size_t column) { return row[column].value_or(std::string()); };
    Capabilities server;
    server.version = static_cast<int>(parseNumber(text(0)).value_or(0));
    server.role = text(1);
    server.database = text(2);
    server.readsAllStats = text(3) == "1";
    server.readsLogBySql = text(4) == "1";
    server.writesJsonLog = text(5) == "1";
    server.statementsSchema = text(6);
    server.statementsVersion = extensionNumber(text(7));
    if (server.version < 130000) {
        return fail(ErrorCode::Protocol, "PostgreSQL: version 13 or later is needed");
    }
    return server;
}

std::string missingForSessions(const Capabilities& server) {
    return server.readsAllStats ? std::string() : "needs pg_monitor: GRANT pg_monitor TO " + server.role + ";";
}

std::string missingForStatements(const Capabilities& server) {
    if (server.statementsSchema.empty()) {
        return "needs pg_stat_statements in shared_preload_libraries, and in database " + server.database +
               ": CREATE EXTENSION pg_stat_statements;";
    }
    if (server.statementsVersion < kStatementsSince) {
        return "needs a newer pg_stat_statements: ALTER EXTENSION pg_stat_statements UPDATE;";
    }
    return missingForSessions(server);
}

std::string missingForDeadlockReports(const Capabilities& server) {
    if (server.major() < 15) {
        return "counts only: the JSON log, which has both statements, comes with PostgreSQL 15";
    }
    if (!server.writesJsonLog) {
        return "counts only: needs log_destination = 'jsonlog' and logging_collector = on";
    }
    if (!server.readsLogBySql) {
        return "counts only: needs GRANT EXECUTE ON FUNCTION pg_current_logfile(text), "
               "pg_read_file(text, bigint, bigint, boolean) TO " +
               server.role + "; (which lets it read every file of the data directory)";
    }
    return missingForSessions(server);
}

} // namespace binnacle::postgres
