// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/control_collector.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace binnacle {

namespace {

using Json = nlohmann::json;

std::optional<double> numberAt(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::string textAt(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Instances that somebody has drained, and that are to stay so.
void addDrains(std::vector<Reading>& readings, const Json& json) {
    const auto holds = json.find("holds");
    if (holds == json.end() || !holds->is_array()) {
        return;
    }
    for (const auto& hold : *holds) {
        if (hold.is_object() && textAt(hold, "kind") == "instance" && textAt(hold, "value") == "drained") {
            const Labels labels{{"by", textAt(hold, "changed_by")}, {"instance", textAt(hold, "target")}};
            readings.push_back(gauge("control.instance_drained", labels, 1));
        }
    }
}

/// An empty object where there is none.
const Json& objectAt(const Json& json, const char* name) {
    static const Json none = Json::object();
    const auto found = json.find(name);
    return found != json.end() && found->is_object() ? *found : none;
}

void addWanted(std::vector<Reading>& readings, const Json& resource, const char* member, const char* id) {
    if (const auto value = numberAt(resource, member)) {
        readings.push_back(gauge(id, {}, *value));
    }
}

} // namespace

Result<Snapshot> controlSnapshot(std::string_view document) {
    const auto json = Json::parse(document, nullptr, false);
    if (!json.is_object() || !json.contains("resources")) {
        return fail(ErrorCode::Protocol, "Control's state is not a JSON object with resources");
    }
    Snapshot snapshot;
    auto& readings = snapshot.readings;
    const auto& resources = objectAt(json, "resources");
    addWanted(readings, objectAt(resources, "degradation_level"), "level", "control.wanted_level");
    addWanted(readings, objectAt(resources, "canary_share"), "percent", "control.wanted_share_percent");
    for (const auto& [name, resource] : resources.items()) {
        if (!resource.is_object()) {
            continue;
        }
        const Labels labels{{"resource", name}};
        if (const auto generation = numberAt(resource, "generation")) {
            readings.push_back(gauge("control.generation", labels, *generation));
        }
        if (const auto left = numberAt(resource, "lease_left_s")) {
            readings.push_back(gauge("control.lease_left_seconds", labels, *left));
        }
    }
    addDrains(readings, json);
    const auto& audit = objectAt(json, "audit");
    if (const auto number = numberAt(audit, "number")) {
        readings.push_back(counter("control.audit.entries", {}, *number)); // the newest one's
    }
    readings.push_back(gauge("control.audit.writable", {}, textAt(audit, "problem").empty() ? 1 : 0));
    const auto& migrations = objectAt(json, "migrations");
    if (const auto rows = migrations.find("rows"); rows != migrations.end() && rows->is_array()) {
        double running = 0;
        for (const auto& row : *rows) {
            const auto state = row.is_object() ? textAt(row, "state") : std::string();
            running += state == "running" || state == "waiting" || state == "stopping" || state == "reverting" ? 1 : 0;
        }
        readings.push_back(gauge("control.migrations_running", {}, running));
    }
    snapshot.header.epoch = textAt(json, "writer_id");
    snapshot.sort();
    return snapshot;
}

ControlCollector::ControlCollector(HttpEndpoint control)
    : m_target(control.unixSocket.empty() ? control.baseUrl : control.unixSocket)
    , m_http(std::move(control)) {}

Result<Snapshot> ControlCollector::collect(SteadyTime deadline) {
    const auto body = m_http.getBody("/v1/state", deadline);
    if (!body) {
        return std::unexpected(body.error());
    }
    return controlSnapshot(*body);
}

} // namespace binnacle
