// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/status_document.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace binnacle::stack {

namespace {

using Json = nlohmann::ordered_json;

/// Text from servers and file names may be no UTF-8; the document still is.
std::string dumped(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string unixAddress(const std::filesystem::path& path) {
    return "unix:" + path.string();
}

std::string loopback(int port) {
    return "http://127.0.0.1:" + std::to_string(port);
}

Json instanceJson(const StackSetup& setup, const InstanceSpec& instance, const FaultsByInstance& faults) {
    Json entry = {{"name", instance.name},
                  {"role", instance.role},
                  {"version", instance.version},
                  {"public", loopback(setup.ports.kept(publicPortOf(instance.name)))},
                  {"admin", unixAddress(setup.paths.adminSocketOf(instance.name))},
                  {"metrics", loopback(setup.ports.kept(metricsPortOf(instance.name))) + "/metrics"}};
    if (const auto fault = faults.find(instance.name); fault != faults.end()) {
        entry["fault"] = {{"error_percent", fault->second.errorPercent},
                          {"latency_ms", fault->second.latency.count()},
                          {"left_ms", fault->second.left.count()}};
    }
    return entry;
}

Json instancesJson(const StackSetup& setup, const FaultsByInstance& faults) {
    auto list = Json::array();
    for (const auto& instance : setup.instances) {
        list.push_back(instanceJson(setup, instance, faults));
    }
    return list;
}

int placeInPath(const std::string& role) {
    constexpr std::array roles = {"haproxy",          "service", "pgbouncer", "postgres_primary",
                                  "postgres_replica", "redis",   "control",   "recorder"};
    return static_cast<int>(std::ranges::find(roles, role) - roles.begin());
}

Json componentsJson(std::vector<ComponentStatus> components, const UsageSample& usage) {
    std::ranges::sort(components, [](const ComponentStatus& a, const ComponentStatus& b) {
        return std::pair(placeInPath(a.role), a.name) < std::pair(placeInPath(b.role), b.name);
    });
    auto list = Json::array();
    for (const auto& component : components) {
        Json entry = {{"name", component.name},
                      {"role", component.role},
                      {"state", toText(component.state)},
                      {"pid", component.pid},
                      {"restarts", component.restarts}};
        const auto used = usage.components.find(component.name);
        // Left out until measured: a zero would be a wrong figure, and every living process has some memory.
        if (used != usage.components.end() && used->second.pssBytes != 0) {
            entry["pss_bytes"] = used->second.pssBytes;
            entry["cpu_seconds"] = used->second.cpuSeconds;
        }
        entry["message"] = component.message;
        list.push_back(std::move(entry));
    }
    return list;
}

Json endpointsJson(const StackSetup& setup, const FaultsByInstance& faults) {
    auto replicas = Json::array();
    for (int number = 0; number < replicaCount; ++number) {
        replicas.push_back(setup.conninfo(firstReplicaSocketPort + number, "binnacle", "console_ro"));
    }
    Json endpoints = {{"api", loopback(setup.ports.kept("api"))},
                      {"control", unixAddress(setup.paths.controlSocket())},
                      {"stack", unixAddress(setup.paths.stackSocket())},
                      {"redis", unixAddress(setup.paths.redisSocket())},
                      {"haproxy_read", unixAddress(setup.paths.haproxyReadSocket())},
                      {"postgres_primary", setup.conninfo(primarySocketPort, "binnacle", "console_ro")},
                      {"postgres_replicas", replicas},
                      {"pgbouncer", setup.conninfo(pgbouncerSocketPort, "pgbouncer", "console_ro")},
                      {"postgres_log", (setup.paths.postgresData("primary") / "log").string()},
                      {"instances", instancesJson(setup, faults)}};
    if (!setup.programs.ctl.empty()) {
        endpoints["recorder"] = setup.paths.recording().string();
    }
    return endpoints;
}

} // namespace

std::string statusDocument(const StackSetup& setup, const SupervisorStatus& supervisor,
                           const std::vector<ComponentStatus>& components, const UsageSample& usage,
                           const FaultsByInstance& faults) {
    const auto credential = [&](const char* file) { return (setup.paths.credentials() / file).string(); };
    Json document = {{"format", 1}, {"state", supervisor.state}};
    if (supervisor.state == "starting") {
        document["step"] = supervisor.step;
    }
    document["state_dir"] = setup.paths.state.string();
    document["run_dir"] = setup.paths.run.string();
    document["supervisor_pid"] = supervisor.pid;
    document["started_by_uid"] = setup.launcherUid;
    document["pss_bytes"] = usage.pssBytes;
    document["disk"] = {{"used_bytes", usage.diskBytes}, {"quota_bytes", diskQuotaBytes}};
    document["components"] = componentsJson(components, usage);
    document["endpoints"] = endpointsJson(setup, faults);
    document["credentials"] = {{"api_key_file", credential("api.key")},
                               {"admin_token_file", credential("admin.token")},
                               {"pgpass_file", credential("console.pgpass")},
                               {"redis_user", "console_ro"},
                               {"redis_password_file", credential("redis-console.password")}};
    return dumped(document);
}

std::string stoppedDocument(const StackPaths& paths, const std::string& failure) {
    Json document = {{"format", 1}, {"state", failure.empty() ? "stopped" : "failed"}};
    if (!failure.empty()) {
        document["message"] = failure;
    }
    document["state_dir"] = paths.state.string();
    document["run_dir"] = paths.run.string();
    document["components"] = Json::array();
    return dumped(document);
}

std::string instancesDocument(const StackSetup& setup, const FaultsByInstance& faults) {
    return dumped({{"instances", instancesJson(setup, faults)}});
}

std::string instanceDocument(const StackSetup& setup, const InstanceSpec& instance, const FaultsByInstance& faults) {
    return dumped(instanceJson(setup, instance, faults));
}

std::string errorDocument(const std::string& code, const std::string& message) {
    return dumped({{"error", {{"code", code}, {"message", message}}}});
}

} // namespace binnacle::stack
