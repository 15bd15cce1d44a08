// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/control_config.h"

#include "backend/actions/durable_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace binnacle::control {
namespace {

using Json = nlohmann::json;

std::filesystem::file_time_type changedAt(const std::filesystem::path& file) {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(file, error);
    return error ? std::filesystem::file_time_type::min() : time;
}

SessionServer serverOf(const Json& json) {
    return {json.at("name").get<std::string>(), json.at("conninfo").get<std::string>(),
            json.at("passfile").get<std::string>()};
}

/// `name` is that of the server behind it.
PoolConsole poolsOf(const Json& json, const std::vector<SessionServer>& servers) {
    PoolConsole console;
    console.conninfo = json.at("conninfo").get<std::string>();
    console.passfile = json.at("passfile").get<std::string>();
    console.cores = json.value("cores", 0);
    const auto behind = std::ranges::find(servers, json.value("name", std::string()), &SessionServer::name);
    if (behind != servers.end()) {
        console.server = *behind;
    }
    return console;
}

} // namespace

Result<ControlConfig> parseControlConfig(std::string_view text) {
    ControlConfig config;
    try {
        const auto json = Json::parse(text);
        config.stateDir = json.at("state_dir").get<std::string>();
        config.socket = json.at("socket").get<std::string>();
        for (const auto& uid : json.at("admin_uids")) {
            config.adminUids.push_back(uid.get<uid_t>());
        }
        config.auditDir = json.at("audit_dir").get<std::string>();
        config.environment = json.at("environment").get<std::string>();
        config.adminTokenFile = json.at("admin_token_file").get<std::string>();
        for (const auto& instance : json.at("instances")) {
            config.instances.push_back({instance.at("name").get<std::string>(), instance.at("role").get<std::string>(),
                                        instance.at("version").get<std::string>(),
                                        instance.at("admin").get<std::string>(),
                                        instance.value("balancer", std::string())});
        }
        if (json.contains("migrations")) {
            const auto& migrations = json.at("migrations");
            const auto member = [&](const char* name) { return migrations.at(name).get<std::string>(); };
            config.migrations = MigrationConfig{member("directory"),
                                                {member("database"), member("passfile"), member("observer"),
                                                 member("observer_passfile"), member("disk")}};
        }
        const auto acting = json.value("acting", Json::object());
        for (const auto& server : acting.value("postgres", Json::array())) {
            config.sessions.push_back(serverOf(server));
        }
        if (acting.contains("pgbouncer")) {
            config.pools = poolsOf(acting.at("pgbouncer"), config.sessions);
        }
        const auto& haproxy = json.at("haproxy");
        config.split = {haproxy.at("map_file").get<std::string>(), haproxy.at("map_name").get<std::string>(),
                        haproxy.at("admin_socket").get<std::string>()};
        const auto effects = json.value("effects", Json::object());
        const auto seconds = [&](const char* name, std::chrono::seconds usual) {
            return std::chrono::seconds(effects.value(name, usual.count()));
        };
        config.effects = {seconds("before_s", config.effects.before), seconds("settle_s", config.effects.settle),
                          seconds("after_s", config.effects.after)};
    } catch (const Json::exception& error) {
        return fail(ErrorCode::Invalid, std::string("The configuration is not complete: ") + error.what());
    }
    if (!config.stateDir.is_absolute() || !config.auditDir.is_absolute() || !config.socket.starts_with('/')) {
        return fail(ErrorCode::Invalid, "state_dir, audit_dir and socket must be absolute paths");
    }
    const auto& [before, settle, after] = config.effects;
    if (before.count() < 5 || after.count() < 5 || settle.count() < 0 ||
        before + settle + after > FleetWatch::longestWindow) {
        return fail(ErrorCode::Invalid, "effects: before_s and after_s are at least 5, and all three at most 300");
    }
    return config;
}

Result<ControlConfig> readControlConfig(const std::filesystem::path& file) {
    const auto text = readWholeFile(file, 1U << 20);
    return text ? parseControlConfig(*text) : std::unexpected(text.error());
}

ConfiguredInstances::ConfiguredInstances(std::filesystem::path file, std::vector<InstanceAddress> instances)
    : m_file(std::move(file))
    , m_readAt(changedAt(m_file))
    , m_instances(std::move(instances)) {}

std::vector<InstanceAddress> ConfiguredInstances::list() {
    const std::scoped_lock lock(m_mutex);
    if (const auto now = changedAt(m_file); now != m_readAt) {
        if (auto config = readControlConfig(m_file)) {
            m_instances = std::move(config->instances);
            m_readAt = now;
        }
    }
    return m_instances;
}

} // namespace binnacle::control
