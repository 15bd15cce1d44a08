// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/stack_status.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace binnacle {

namespace {

using nlohmann::json;

constexpr int kFormat = 1;

std::string text(const json& object, const char* name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::int64_t whole(const json& object, const char* name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
}

std::optional<std::uint64_t> bytes(const json& object, const char* name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_number_unsigned() ? std::optional(it->get<std::uint64_t>()) : std::nullopt;
}

/// A member that is an object or an array, or an empty one.
json part(const json& object, const char* name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_structured() ? *it : json::object();
}

StackComponent component(const json& entry) {
    StackComponent out;
    out.name = text(entry, "name");
    out.role = text(entry, "role");
    out.state = text(entry, "state");
    out.pid = whole(entry, "pid");
    out.restarts = bytes(entry, "restarts").value_or(0);
    out.pssBytes = bytes(entry, "pss_bytes").value_or(0);
    if (const auto it = entry.find("cpu_seconds"); it != entry.end() && it->is_number()) {
        out.cpuSeconds = it->get<double>();
    }
    out.message = text(entry, "message");
    return out;
}

StackEndpoints endpoints(const json& entry) {
    StackEndpoints out;
    out.api = text(entry, "api");
    out.control = text(entry, "control");
    out.stack = text(entry, "stack");
    out.redis = text(entry, "redis");
    out.haproxyRead = text(entry, "haproxy_read");
    out.postgresPrimary = text(entry, "postgres_primary");
    out.pgbouncer = text(entry, "pgbouncer");
    out.postgresLog = text(entry, "postgres_log");
    for (const auto& replica : part(entry, "postgres_replicas")) {
        if (replica.is_string()) {
            out.postgresReplicas.push_back(replica.get<std::string>());
        }
    }
    for (const auto& instance : part(entry, "instances")) {
        if (instance.is_object() && !text(instance, "name").empty()) {
            out.instances.push_back({text(instance, "name"), text(instance, "role"), text(instance, "version"),
                                     text(instance, "public"), text(instance, "admin"), text(instance, "metrics")});
        }
    }
    return out;
}

} // namespace

const StackComponent* StackStatus::component(std::string_view name) const {
    const auto it = std::ranges::find(components, name, &StackComponent::name);
    return it != components.end() ? &*it : nullptr;
}

Result<StackStatus> parseStackStatus(std::string_view document) {
    const auto root = json::parse(document, nullptr, false);
    if (!root.is_object()) {
        return fail(ErrorCode::Protocol, "The stack's status is not a JSON object");
    }
    if (whole(root, "format") != kFormat) {
        return fail(ErrorCode::Protocol, "The stack's status has format " + std::to_string(whole(root, "format")) +
                                             ", this program reads format " + std::to_string(kFormat));
    }
    StackStatus status;
    status.state = text(root, "state");
    if (status.state.empty()) {
        return fail(ErrorCode::Protocol, "The stack's status names no state");
    }
    status.step = text(root, "step");
    status.stateDir = text(root, "state_dir");
    status.runDir = text(root, "run_dir");
    status.supervisorPid = whole(root, "supervisor_pid");
    const auto disk = part(root, "disk");
    status.diskUsedBytes = bytes(disk, "used_bytes");
    status.diskQuotaBytes = bytes(disk, "quota_bytes");
    for (const auto& entry : part(root, "components")) {
        if (entry.is_object() && !text(entry, "name").empty()) {
            status.components.push_back(component(entry));
        }
    }
    status.endpoints = endpoints(part(root, "endpoints"));
    const auto credentials = part(root, "credentials");
    status.credentials = {text(credentials, "api_key_file"), text(credentials, "admin_token_file"),
                          text(credentials, "pgpass_file"), text(credentials, "redis_user"),
                          text(credentials, "redis_password_file")};
    return status;
}

} // namespace binnacle
