// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/config_files.h"

#include "backend/stack/config_text.h"
#include "backend/stack/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <sstream>

namespace binnacle::stack {

namespace {

using Values = std::map<std::string, std::string>;

Result<std::string> postgresConfig(const StackSetup& setup, const std::string& server, int port,
                                   const std::string& sharedBuffers, const std::string& roleSettings) {
    return renderTemplate(setup.templates.at("postgresql.conf.in"),
                          {{"port", std::to_string(port)},
                           {"cluster_name", quoteForPostgresConf(server)},
                           {"socket_directory", quoteForPostgresConf(quoteListMember(setup.paths.run.string()))},
                           {"hba_file", quoteForPostgresConf((setup.paths.postgres() / "pg_hba.conf").string())},
                           {"shared_buffers", sharedBuffers},
                           {"preload", setup.programs.hasStatStatements ? "'pg_stat_statements'" : "''"},
                           {"first_start_file", quoteForPostgresConf(firstStartFileOf(setup.paths).string())},
                           {"role_settings", roleSettings}});
}

std::string serverLines(const StackSetup& setup, const std::string& role) {
    std::string lines;
    for (int number = 1; number <= instanceSlots; ++number) {
        const auto name = "app-" + std::to_string(number);
        const auto instance = std::ranges::find_if(
            setup.instances, [&](const InstanceSpec& spec) { return spec.name == name && spec.role == role; });
        const bool present = instance != setup.instances.end();
        // A place without an instance needs an address all the same; it is never used while disabled.
        const int port = present ? setup.ports.kept(publicPortOf(name)) : 1;
        lines += "    server " + name + " 127.0.0.1:" + std::to_string(port) + " check" + (present ? "" : " disabled");
        lines += number == instanceSlots ? "" : "\n";
    }
    return lines;
}

} // namespace

Result<std::string> primaryConfig(const StackSetup& setup) {
    auto role = renderTemplate(setup.templates.at("postgresql.primary.in"),
                               {{"sync_file", quoteForPostgresConf(syncFileOf(setup.paths).string())}});
    return role ? postgresConfig(setup, "primary", primarySocketPort, "32MB", *role) : role;
}

Result<std::string> replicaConfig(const StackSetup& setup, int number) {
    const auto name = "replica-" + std::to_string(number);
    const auto source = setup.conninfo(primarySocketPort, "replication", "replicator") + " application_name=" + name +
                        " passfile=" + quoteForConninfo((setup.paths.credentials() / "replication.pgpass").string());
    auto role = renderTemplate(
        setup.templates.at("postgresql.replica.in"),
        {{"primary_conninfo", quoteForPostgresConf(source)}, {"slot", "'replica_" + std::to_string(number) + "'"}});
    return role ? postgresConfig(setup, name, firstReplicaSocketPort + number - 1, "16MB", *role) : role;
}

Result<std::string> pgbouncerConfig(const StackSetup& setup) {
    const auto query = connectQuery(setup.prepareSql);
    if (!query) {
        return query;
    }
    return renderTemplate(setup.templates.at("pgbouncer.ini.in"),
                          {{"host", quoteForPgbouncer(setup.paths.run.string())},
                           {"primary_port", std::to_string(primarySocketPort)},
                           {"connect_query", quoteForPgbouncer(*query)},
                           {"port", std::to_string(pgbouncerSocketPort)},
                           {"socket_directory", setup.paths.run.string()},
                           {"pool_size", std::to_string(setup.cores * 2 + 1)}});
}

std::string pgbouncerUserList(const StackSetup& setup) {
    std::string list;
    for (const char* role : {"app_rw", "app_ro", "console_ro", "console_op", bootstrapRole}) {
        list += "\"" + std::string(role) + "\" \"" + setup.credentials.roles.at(role).scramVerifier + "\"\n";
    }
    return list;
}

Result<std::string> redisConfig(const StackSetup& setup) {
    return renderTemplate(setup.templates.at("redis.conf.in"),
                          {{"socket", quoteForRedis(setup.paths.redisSocket().string())},
                           {"directory", quoteForRedis(setup.paths.redis().string())},
                           {"acl_file", quoteForRedis((setup.paths.redis() / "users.acl").string())}});
}

Result<std::string> redisUsers(const StackSetup& setup) {
    return renderTemplate(setup.templates.at("users.acl.in"), {{"app", sha256Hex(setup.credentials.redisApp)},
                                                               {"console", sha256Hex(setup.credentials.redisConsole)},
                                                               {"admin", sha256Hex(setup.credentials.redisAdmin)}});
}

Result<std::string> haproxyConfig(const StackSetup& setup) {
    return renderTemplate(setup.templates.at("haproxy.cfg.in"), {{"api_port", std::to_string(setup.ports.kept("api"))},
                                                                 {"stable_servers", serverLines(setup, "stable")},
                                                                 {"canary_servers", serverLines(setup, "canary")},
                                                                 {"baseline_servers", serverLines(setup, "baseline")}});
}

std::string instanceConfig(const StackSetup& setup, const InstanceSpec& instance) {
    const auto& paths = setup.paths;
    const auto credential = [&](const char* file) { return (paths.credentials() / file).string(); };
    const std::set<uid_t> adminUids = {0, setup.launcherUid};
    const nlohmann::ordered_json document = {
        {"name", instance.name},
        {"role", instance.role},
        {"version", instance.version},
        {"public", {{"host", "127.0.0.1"}, {"port", setup.ports.kept(publicPortOf(instance.name))}}},
        {"metrics", {{"host", "127.0.0.1"}, {"port", setup.ports.kept(metricsPortOf(instance.name))}}},
        {"admin_socket", paths.adminSocketOf(instance.name).string()},
        {"admin_token_file", credential("admin.token")},
        {"api_key_file", credential("api.key")},
        {"admin_uids", adminUids},
        {"database",
         {{"conninfo", setup.conninfo(pgbouncerSocketPort, "binnacle", "app_rw") +
                           " passfile=" + quoteForConninfo(credential("app.pgpass"))},
          {"pool_size", 5},
          {"acquire_timeout_ms", 100}}},
        {"redis",
         {{"socket", paths.redisSocket().string()},
          {"user", "app"},
          {"password_file", credential("redis-app.password")}}},
        {"state_file", (paths.instances() / (instance.name + ".state.json")).string()},
        {"shards", 1},
        {"max_in_flight", 256},
        {"drain_grace_ms", 1000}};
    return document.dump(2) + "\n";
}

Result<std::string> connectQuery(const std::string& prepareSql) {
    constexpr std::size_t longest = 480; // of pgBouncer's packet buffer of 512 bytes
    std::istringstream lines(prepareSql);
    std::string line;
    std::string joined;
    while (std::getline(lines, line)) {
        if (!line.empty() && !line.starts_with("--")) {
            joined += (joined.empty() ? "" : " ") + line;
        }
    }
    if (joined.size() > longest) {
        return fail(ErrorCode::Invalid, "prepare.sql is longer than pgBouncer's connect_query can be.");
    }
    return joined;
}

std::filesystem::path firstStartFileOf(const StackPaths& paths) {
    return paths.postgres() / "first-start.conf";
}

std::filesystem::path syncFileOf(const StackPaths& paths) {
    return paths.postgres() / "primary.sync.conf";
}

std::string syncSetting(bool bothStream) {
    return bothStream ? "synchronous_standby_names = 'ANY 1 (\"replica-1\",\"replica-2\")'\n"
                      : "synchronous_standby_names = ''\n";
}

Result<void> writeConfigFiles(const StackSetup& setup) {
    const auto& paths = setup.paths;
    const std::tuple<std::filesystem::path, Result<std::string>> files[] = {
        {paths.postgres() / "primary.conf", primaryConfig(setup)},
        {paths.postgres() / "replica-1.conf", replicaConfig(setup, 1)},
        {paths.postgres() / "replica-2.conf", replicaConfig(setup, 2)},
        {paths.postgres() / "pg_hba.conf", setup.templates.at("pg_hba.conf.in")},
        {syncFileOf(paths), syncSetting(false)},
        {paths.pgbouncer() / "pgbouncer.ini", pgbouncerConfig(setup)},
        {paths.pgbouncer() / "userlist.txt", pgbouncerUserList(setup)},
        {paths.redis() / "redis.conf", redisConfig(setup)},
        {paths.redis() / "users.acl", redisUsers(setup)},
    };
    for (const auto& [path, text] : files) {
        if (!text) {
            return std::unexpected(text.error());
        }
        if (auto written = writeFileIfChanged(path, *text, 0600); !written) {
            return written;
        }
    }
    for (const auto& instance : setup.instances) {
        if (auto written = writeInstanceConfig(setup, instance); !written) {
            return written;
        }
    }
    for (const auto& [name, text] : setup.migrations) {
        if (auto written = writeFileIfChanged(paths.migrations() / name, text, 0600); !written) {
            return written;
        }
    }
    if (auto written = writeControlConfig(setup); !written) {
        return written;
    }
    return writeHaproxyConfig(setup);
}

std::string controlConfig(const StackSetup& setup) {
    const auto& paths = setup.paths;
    auto instances = nlohmann::ordered_json::array();
    for (const auto& instance : setup.instances) {
        instances.push_back({{"name", instance.name},
                             {"role", instance.role},
                             {"version", instance.version},
                             {"admin", "unix:" + paths.adminSocketOf(instance.name).string()},
                             {"balancer", "be_" + instance.role + "/" + instance.name}});
    }
    const std::set<uid_t> adminUids = {0, setup.launcherUid};
    const nlohmann::ordered_json migrations = {
        {"directory", paths.migrations().string()},
        {"database", setup.conninfo(primarySocketPort, "binnacle", "migrator")},
        {"passfile", (paths.credentials() / "migrator.pgpass").string()},
        {"observer", setup.conninfo(primarySocketPort, "binnacle", "console_ro")},
        {"observer_passfile", (paths.credentials() / "console.pgpass").string()},
        {"disk", paths.postgres().string()}};
    // The role that may act on sessions, and on pgBouncer: control's alone.
    const auto passfile = (paths.credentials() / "acting.pgpass").string();
    const auto acting = [&](const std::string& name, int port, const char* database) {
        return nlohmann::ordered_json{
            {"name", name}, {"conninfo", setup.conninfo(port, database, "console_op")}, {"passfile", passfile}};
    };
    auto servers = nlohmann::ordered_json::array({acting("primary", primarySocketPort, "postgres")});
    for (int number = 1; number <= replicaCount; ++number) {
        servers.push_back(acting("replica-" + std::to_string(number), firstReplicaSocketPort + number - 1, "postgres"));
    }
    auto pgbouncer = acting("primary", pgbouncerSocketPort, "pgbouncer");
    pgbouncer["cores"] = setup.cores;
    const nlohmann::ordered_json document = {{"state_dir", paths.control().string()},
                                             {"socket", paths.controlSocket().string()},
                                             {"admin_uids", adminUids},
                                             {"audit_dir", paths.audit().string()},
                                             {"environment", "bundled stack in " + paths.state.string()},
                                             {"admin_token_file", (paths.credentials() / "admin.token").string()},
                                             {"instances", instances},
                                             {"haproxy",
                                              {{"map_file", (paths.haproxy() / "split.map").string()},
                                               {"map_name", "split.map"},
                                               {"admin_socket", paths.haproxyAdminSocket().string()}}},
                                             {"acting", {{"postgres", servers}, {"pgbouncer", pgbouncer}}},
                                             {"migrations", migrations}};
    return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Result<void> writeControlConfig(const StackSetup& setup) {
    return writeFileIfChanged(setup.paths.controlConfig(), controlConfig(setup), 0600);
}

Result<void> writeHaproxyConfig(const StackSetup& setup) {
    const auto text = haproxyConfig(setup);
    if (!text) {
        return std::unexpected(text.error());
    }
    // The share belongs to control: only its first content comes from here.
    const auto map = setup.paths.haproxy() / "split.map";
    std::error_code error;
    if (!std::filesystem::exists(map, error)) {
        if (auto written = writeFile(map, "default 0\n", 0600); !written) {
            return written;
        }
    }
    return writeFileIfChanged(setup.paths.haproxy() / "haproxy.cfg", *text, 0600);
}

Result<void> writeInstanceConfig(const StackSetup& setup, const InstanceSpec& instance) {
    return writeFileIfChanged(setup.paths.instances() / (instance.name + ".json"), instanceConfig(setup, instance),
                              0600);
}

} // namespace binnacle::stack
