// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/instance_list.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace binnacle::stack {

namespace {

bool isInstanceName(const std::string& name) {
    return name.size() == 5 && name.starts_with("app-") && name[4] >= '1' && name[4] <= '0' + instanceSlots;
}

std::string textOf(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::vector<InstanceSpec> defaultInstances() {
    return {{"app-1", "stable", "1.0.0"}, {"app-2", "stable", "1.0.0"}, {"app-3", "canary", "1.1.0"}};
}

Result<std::vector<InstanceSpec>> parseInstances(const std::string& text) {
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (!document.is_array()) {
        return fail(ErrorCode::Invalid, "instances.json is not a list.");
    }
    std::vector<InstanceSpec> instances;
    std::set<std::string> names;
    for (const auto& entry : document) {
        InstanceSpec spec;
        if (entry.is_object()) {
            spec = {textOf(entry, "name"), textOf(entry, "role"), textOf(entry, "version")};
        }
        if (!isInstanceName(spec.name) || !isInstanceRole(spec.role) || !isVersionLabel(spec.version) ||
            !names.insert(spec.name).second) {
            return fail(ErrorCode::Invalid, "instances.json has an entry that is not an instance.");
        }
        instances.push_back(std::move(spec));
    }
    return instances;
}

std::string toJson(const std::vector<InstanceSpec>& instances) {
    auto document = nlohmann::ordered_json::array();
    for (const auto& instance : instances) {
        document.push_back({{"name", instance.name}, {"role", instance.role}, {"version", instance.version}});
    }
    return document.dump(2) + "\n";
}

bool isInstanceRole(const std::string& role) {
    return role == "stable" || role == "canary" || role == "baseline";
}

bool isVersionLabel(const std::string& version) {
    return !version.empty() && version.size() <= 32 && std::ranges::all_of(version, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '+' || c == '-';
    });
}

std::string freeInstanceName(const std::vector<InstanceSpec>& instances) {
    for (int number = 1; number <= instanceSlots; ++number) {
        const auto name = "app-" + std::to_string(number);
        if (std::ranges::none_of(instances, [&](const InstanceSpec& spec) { return spec.name == name; })) {
            return name;
        }
    }
    return {};
}

} // namespace binnacle::stack
