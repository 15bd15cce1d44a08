// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/stack_setup.h"

#include "backend/clients/stack_locator.h"
#include "backend/stack/config_text.h"
#include "backend/stack/files.h"

namespace binnacle::stack {

std::string StackSetup::conninfo(int socketPort, const std::string& database, const std::string& role) const {
    // Plain where it can be: people copy these.
    const auto run = paths.run.string();
    const auto host = run.find_first_of(" '\\") == std::string::npos ? run : quoteForConninfo(run);
    return "host=" + host + " port=" + std::to_string(socketPort) + " dbname=" + database + " user=" + role;
}

std::string StackSetup::conninfoWithPassword(int socketPort, const std::string& database,
                                             const std::string& role) const {
    return conninfo(socketPort, database, role) + " password=" + quoteForConninfo(credentials.roles.at(role).password) +
           " application_name=binnacle-stack connect_timeout=10";
}

unsigned StackSetup::portSeed() const {
    return static_cast<unsigned>(std::stoul(stateDirDigest(paths.state), nullptr, 16));
}

Result<void> loadResources(StackSetup& setup) {
    const auto resources = findResources();
    if (!resources) {
        return std::unexpected(resources.error());
    }
    constexpr std::size_t limit = 4 << 20;
    for (const char* name : {"postgresql.conf.in", "postgresql.primary.in", "postgresql.replica.in", "pg_hba.conf.in",
                             "pgbouncer.ini.in", "haproxy.cfg.in", "redis.conf.in", "users.acl.in"}) {
        auto text = readFile(*resources / "stack" / name, limit);
        if (!text) {
            return std::unexpected(text.error());
        }
        setup.templates.emplace(name, std::move(*text));
    }
    const std::pair<const char*, std::string*> statements[] = {
        {"schema.sql", &setup.schemaSql}, {"seed.sql", &setup.seedSql}, {"prepare.sql", &setup.prepareSql}};
    for (const auto& [name, target] : statements) {
        auto text = readFile(*resources / "sql" / name, limit);
        if (!text) {
            return std::unexpected(text.error());
        }
        *target = std::move(*text);
    }
    std::error_code error;
    for (const auto& file : std::filesystem::directory_iterator(*resources / "sql" / "migrations", error)) {
        auto text = readFile(file.path(), limit);
        if (!text) {
            return std::unexpected(text.error());
        }
        setup.migrations.emplace(file.path().filename(), std::move(*text));
    }
    return error ? Result<void>(fail(ErrorCode::Io, "The migrations can't be read: " + error.message()))
                 : Result<void>{};
}

} // namespace binnacle::stack
