// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/database_setup.h"

#include "backend/stack/config_files.h"
#include "backend/stack/config_text.h"
#include "backend/stack/files.h"
#include "backend/stack/first_start.h"
#include "backend/stack/postgres_session.h"

#include <thread>

namespace binnacle::stack {

namespace {

constexpr std::chrono::seconds patience{60};

Result<PostgresSession> openAsAdmin(const StackSetup& setup, const std::string& database,
                                    int socketPort = primarySocketPort) {
    return PostgresSession::open(setup.conninfoWithPassword(socketPort, database, bootstrapRole), deadlineIn(patience));
}

Result<void> run(PostgresSession& session, const std::string& sql, const std::string& what) {
    const auto rows = session.query(sql, deadlineIn(patience));
    if (!rows) {
        return fail(rows.error().code, "PostgreSQL: " + what + " failed: " + rows.error().text);
    }
    return {};
}

/// Rights of a role besides its login.
std::string attributesOf(const std::string& role) {
    return role == "replicator" ? "login replication" : "login";
}

std::string roleStatements(const StackSetup& setup) {
    std::string sql;
    for (const auto& role : databaseRoles()) {
        sql += "create role " + role + " " + attributesOf(role) + " password " +
               quoteSqlLiteral(setup.credentials.roles.at(role).scramVerifier) + ";\n";
    }
    // The limits of the application's roles come with its schema.
    sql += "grant pg_monitor, pg_read_all_data to console_ro;\n"
           "grant pg_signal_backend, pg_read_all_stats to console_op;\n"
           "alter role console_ro set statement_timeout = '2s';\n"
           "alter role migrator set lock_timeout = '5s';\n";
    return sql;
}

} // namespace

Result<void> prepareDatabase(const StackSetup& setup) {
    auto session = openAsAdmin(setup, "postgres");
    if (!session) {
        return std::unexpected(session.error());
    }
    const auto present = session->query("select 1 from pg_roles where rolname = 'migrator'", deadlineIn(patience));
    if (!present) {
        return std::unexpected(present.error());
    }
    if (present->empty()) {
        // One transaction: either all roles are there or none.
        if (auto done = run(*session, "begin;\n" + roleStatements(setup) + "commit", "creating the roles"); !done) {
            return done;
        }
    }
    // The copy by WAL writes less to the disk than checkpoints around a copy by files.
    for (const char* sql :
         {"drop database if exists binnacle with (force)", "create database binnacle owner migrator"}) {
        if (auto done = run(*session, sql, "creating the database"); !done) {
            return done;
        }
    }
    auto database = openAsAdmin(setup, "binnacle");
    if (!database) {
        return std::unexpected(database.error());
    }
    if (setup.programs.hasStatStatements) {
        if (auto done = run(*database, "create extension if not exists pg_stat_statements", "adding an extension");
            !done) {
            return done;
        }
    }
    if (auto done = run(*database, setup.schemaSql, "the schema"); !done) {
        return done;
    }
    if (auto done = run(*database, setup.seedSql, "the demo data"); !done) {
        return done;
    }
    // Reserved at once, so that the log since the base backup is still there when a replica first asks for it.
    for (int number = 1; number <= replicaCount; ++number) {
        const auto slot = "replica_" + std::to_string(number);
        const auto sql = "select pg_create_physical_replication_slot('" + slot +
                         "', true) where not exists (select 1 from pg_replication_slots where slot_name = '" + slot +
                         "')";
        if (auto done = run(*session, sql, "creating a replication slot"); !done) {
            return done;
        }
    }
    return {};
}

Result<void> refreshRolePasswords(const StackSetup& setup) {
    auto session = openAsAdmin(setup, "postgres");
    if (!session) {
        return std::unexpected(session.error());
    }
    const auto rows =
        session->query("select rolname, rolpassword from pg_authid where rolcanlogin", deadlineIn(patience));
    if (!rows) {
        return std::unexpected(rows.error());
    }
    for (const auto& row : *rows) {
        const auto role = row.at(0).value_or("");
        const auto secret = setup.credentials.roles.find(role);
        if (secret == setup.credentials.roles.end() || row.at(1) == secret->second.scramVerifier) {
            continue;
        }
        if (auto done =
                run(*session, "alter role " + role + " password " + quoteSqlLiteral(secret->second.scramVerifier),
                    "renewing a password");
            !done) {
            return done;
        }
    }
    return {};
}

Result<void> endFirstStart(const StackSetup& setup) {
    if (auto ended = endSkipping(setup.paths); !ended) {
        return ended;
    }
    for (int port = primarySocketPort; port < firstReplicaSocketPort + replicaCount; ++port) {
        auto session = openAsAdmin(setup, "postgres", port);
        if (!session) {
            return std::unexpected(session.error());
        }
        if (auto done = run(*session, "select pg_reload_conf()", "the end of the first start"); !done) {
            return done;
        }
    }
    return {};
}

Result<void> requireOneStandby(const StackSetup& setup) {
    if (auto written = writeFileIfChanged(syncFileOf(setup.paths), syncSetting(true), 0600); !written) {
        return written;
    }
    auto session = openAsAdmin(setup, "postgres");
    if (!session) {
        return std::unexpected(session.error());
    }
    if (auto done = run(*session, "select pg_reload_conf()", "requiring a standby"); !done) {
        return done;
    }
    const auto deadline = deadlineIn(std::chrono::seconds(3));
    while (std::chrono::steady_clock::now() < deadline) {
        const auto rows =
            session->query("select count(*) from pg_stat_replication where sync_state = 'quorum'", deadline);
        if (rows && !rows->empty() && rows->front().at(0) == std::to_string(replicaCount)) {
            return {};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return fail(ErrorCode::Timeout, "PostgreSQL: the standbys are not counted as synchronous yet.");
}

} // namespace binnacle::stack
