// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/fleet.h"

#include "backend/clients/secret_file.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <thread>

namespace binnacle {
namespace {

using Json = nlohmann::json;

Result<Generation> parseState(const std::string& name, const std::string& body) {
    const auto document = Json::parse(body, nullptr, false);
    if (document.is_object() && document.contains("degradation")) {
        const auto& held = document["degradation"];
        if (held.is_object() && held.contains("level") && held["level"].is_number_integer() &&
            held.contains("generation") && held["generation"].is_number_integer()) {
            return Generation{held["generation"].get<std::int64_t>(), held["level"].get<std::int64_t>()};
        }
    }
    return fail(ErrorCode::Protocol, name + " answered something that is no state document");
}

TargetState stateOf(const std::string& name, Result<Generation> read) {
    TargetState state;
    state.name = name;
    if (read) {
        state.held = *read;
    } else {
        state.problem = read.error().text;
        state.running = read.error().code != ErrorCode::Refused && read.error().code != ErrorCode::NotFound;
    }
    return state;
}

/// Asks all instances at once: the slowest decides, not the sum.
template <typename Ask>
std::vector<TargetState> askAll(const std::vector<std::string>& names, const Ask& ask) {
    std::vector<TargetState> answers(names.size());
    {
        std::vector<std::jthread> threads;
        threads.reserve(names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            threads.emplace_back([&, i] {
                try {
                    answers[i] = ask(names[i]);
                } catch (const std::exception& error) {
                    // Whatever one of them brought about: it must not end control, from a thread nobody watches.
                    answers[i].name = names[i];
                    answers[i].problem = names[i] + " can't be asked: " + error.what();
                }
            });
        }
    }
    return answers;
}

std::string textAt(const Json& object, const char* name) {
    const auto found = object.find(name); // of what is no object: its end
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

Result<void> readHealth(const std::string& name, std::string_view telemetry) {
    const auto document = Json::parse(telemetry, nullptr, false);
    const auto strange = [&name] {
        return fail(ErrorCode::Protocol, name + " answered something that is no telemetry document");
    };
    if (!document.is_object() || !document.contains("gauges") || !document["gauges"].is_array()) {
        return strange();
    }
    for (const auto& gauge : document["gauges"]) {
        const auto id = textAt(gauge, "id");
        if (id.empty()) {
            return strange();
        }
        if (id != "dependency.up" && id != "pool.app.waiting") {
            continue;
        }
        if (!gauge.contains("value") || !gauge["value"].is_number()) {
            return strange(); // it would say of exactly this that it is well or not
        }
        const auto value = gauge["value"].get<double>();
        if (id == "dependency.up" && value < 1) {
            const auto dependency = gauge.contains("labels") ? textAt(gauge["labels"], "dependency") : std::string();
            return fail(ErrorCode::Conflict,
                        name + " can't reach " + (dependency.empty() ? std::string("a dependency") : dependency));
        }
        if (id == "pool.app.waiting" && value > 0) {
            return fail(ErrorCode::Conflict, name + " has requests waiting for a database connection");
        }
    }
    return {};
}

HttpFleet::HttpFleet(InstanceDirectory directory, std::string adminTokenFile)
    : m_directory(std::move(directory))
    , m_adminTokenFile(std::move(adminTokenFile)) {}

std::vector<std::string> HttpFleet::names() {
    std::vector<std::string> result;
    for (const auto& instance : m_directory()) {
        result.push_back(instance.name);
    }
    return result;
}

Result<HttpClient> HttpFleet::clientOf(const std::string& name) const {
    const auto instances = m_directory();
    const auto found = std::ranges::find(instances, name, &InstanceAddress::name);
    if (found == instances.end()) {
        return fail(ErrorCode::NotFound, "There is no instance " + name);
    }
    auto endpoint = HttpEndpoint::parse(found->admin);
    if (!endpoint) {
        return std::unexpected(std::move(endpoint.error()));
    }
    return HttpClient(std::move(*endpoint));
}

Result<Generation> HttpFleet::read(const std::string& name, SteadyTime deadline) {
    auto client = clientOf(name);
    if (!client) {
        return std::unexpected(std::move(client.error()));
    }
    const auto body = client->getBody("/admin/v1/state", deadline);
    return body ? parseState(name, *body) : std::unexpected(body.error());
}

Result<Generation> HttpFleet::write(const std::string& name, const Generation& wanted, SteadyTime deadline) {
    auto client = clientOf(name);
    if (!client) {
        return std::unexpected(std::move(client.error()));
    }
    auto token = readSecretFile(m_adminTokenFile);
    if (!token) {
        return std::unexpected(std::move(token.error()));
    }
    client->setBearerToken(std::move(*token));
    const Json wish = {{"degradation", {{"level", wanted.value}, {"generation", wanted.generation}}}};
    const auto answer = client->send("PUT", "/admin/v1/state", wish.dump(), deadline);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    // A conflict carries what the instance holds instead: the caller compares.
    if (answer->status == 200 || answer->status == 409) {
        return parseState(name, answer->body);
    }
    const auto text = name + " answered status " + std::to_string(answer->status) + " to the new level";
    return fail(answer->status == 401 || answer->status == 403 ? ErrorCode::Denied : ErrorCode::Protocol, text);
}

Result<void> HttpFleet::healthy(const std::string& name, SteadyTime deadline) {
    auto client = clientOf(name);
    if (!client) {
        return std::unexpected(std::move(client.error()));
    }
    const auto body = client->getBody("/admin/v1/telemetry", deadline);
    if (!body) {
        return std::unexpected(body.error());
    }
    return readHealth(name, *body);
}

Observation LevelActuator::observe(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + std::min(patience, callLimit);
    return {
        askAll(m_fleet.names(), [&](const std::string& name) { return stateOf(name, m_fleet.read(name, deadline)); }),
        {}};
}

Result<Observation> LevelActuator::apply(const Generation& wanted, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    const auto bring = [&](const std::string& name) {
        while (true) {
            const auto limit = std::min(deadline, std::chrono::steady_clock::now() + callLimit);
            // Written, then read back: an answer to the order is not yet its effect.
            const auto written = m_fleet.write(name, wanted, limit);
            auto state = stateOf(name, written ? m_fleet.read(name, limit) : written);
            if (state.held && state.held->generation >= wanted.generation) {
                return state;
            }
            if (std::chrono::steady_clock::now() + retryPause >= deadline) {
                return state;
            }
            // One that isn't running serves nobody and takes the level when it starts: no use to wait for it.
            if (!state.running) {
                return state;
            }
            std::this_thread::sleep_for(retryPause);
        }
    };
    return Observation{askAll(m_fleet.names(), bring), {}};
}

Result<void> LevelActuator::healthy(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + std::min(patience, callLimit);
    const auto answers = askAll(m_fleet.names(), [&](const std::string& name) {
        const auto health = m_fleet.healthy(name, deadline);
        return TargetState{.name = name, .held = {}, .problem = health ? std::string() : health.error().text};
    });
    for (const auto& answer : answers) {
        if (!answer.problem.empty()) {
            return fail(ErrorCode::Conflict, answer.problem);
        }
    }
    return {};
}

} // namespace binnacle
