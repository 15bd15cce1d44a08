// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/cache_acts.h"

#include "backend/clients/http_client.h"
#include "backend/clients/secret_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace binnacle::control {
namespace {

using Json = nlohmann::json;

/// What an instance says of the keys that are meant.
struct Found {
    std::string instance;
    std::int64_t keys = 0;
    bool complete = true;
    std::int64_t removed = 0;
    std::int64_t present = 0;
    std::vector<std::string> sample;
};

std::string percentEncoded(const std::string& text) {
    constexpr const char* digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '.' || c == '_';
        if (plain) {
            out.push_back(c);
        } else {
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
    }
    return out;
}

/// "key" or "tag", and which.
std::pair<std::string, std::string> wishOf(const Values& parameters) {
    const auto key = textOf(parameters, "key");
    return key.empty() ? std::pair(std::string("tag"), textOf(parameters, "tag")) : std::pair(std::string("key"), key);
}

Result<Found> read(const std::string& instance, const HttpResponse& answer) {
    const auto json = Json::parse(answer.body, nullptr, false);
    if (answer.status == 404 || answer.status == 405) {
        return fail(ErrorCode::NotFound, instance + " offers no way to invalidate what it caches");
    }
    if (answer.status != 200) {
        const auto said = json.is_object() && json.contains("message") && json["message"].is_string()
                              ? ": " + json["message"].get<std::string>()
                              : std::string();
        return fail(answer.status == 400   ? ErrorCode::Conflict
                    : answer.status == 503 ? ErrorCode::Refused
                                           : ErrorCode::Denied,
                    instance + " answered status " + std::to_string(answer.status) + said);
    }
    if (!json.is_object() || !json.contains("keys") || !json["keys"].is_number_integer()) {
        return fail(ErrorCode::Protocol, instance + " answered something that tells no keys");
    }
    Found found;
    found.instance = instance;
    found.keys = json["keys"].get<std::int64_t>();
    const auto number = [&](const char* name) {
        return json.contains(name) && json[name].is_number_integer() ? json[name].get<std::int64_t>() : 0;
    };
    found.complete = !json.contains("complete") || json["complete"] != false;
    found.removed = number("removed");
    found.present = number("present");
    if (json.contains("sample") && json["sample"].is_array()) {
        for (const auto& key : json["sample"]) {
            found.sample.push_back(key.is_string() ? key.get<std::string>() : std::string());
        }
    }
    return found;
}

/// The same with the instance's name for where it listens.
std::string namedError(const InstanceAddress& instance, const HttpEndpoint& endpoint, const Error& error) {
    const auto where = (endpoint.unixSocket.empty() ? endpoint.baseUrl : endpoint.unixSocket) + ": ";
    return instance.name + ": " + (error.text.starts_with(where) ? error.text.substr(where.size()) : error.text);
}

/// Asks the instances one after the other until one answers; with a body it is an order. `maybeDone` is set when one
/// was asked and its answer did not come: what it was asked for may then have been done. One that hangs leaves time for
/// the others: it is what a cache is invalidated in.
Result<Found> askOne(const std::vector<InstanceAddress>& instances, const std::string& token, const std::string& path,
                     const std::string& body, bool& maybeDone) {
    const auto limit = std::chrono::steady_clock::now() + CacheActs::callLimit;
    Error problem{ErrorCode::NotFound, {}};
    const auto add = [&problem](ErrorCode code, const std::string& text) {
        problem.code = problem.code == ErrorCode::Timeout ? problem.code : code; // what may have been done outweighs
        problem.text += (problem.text.empty() ? "" : "; ") + text;
    };
    for (const auto& instance : instances) {
        const auto now = std::chrono::steady_clock::now();
        if (now >= limit) {
            break; // who was not asked is not to blame
        }
        auto endpoint = HttpEndpoint::parse(instance.admin);
        if (!endpoint) {
            add(endpoint.error().code, endpoint.error().text);
            continue;
        }
        HttpClient client(*endpoint);
        if (!token.empty()) {
            client.setBearerToken(token);
        }
        const bool last = &instance == &instances.back();
        const auto deadline = last ? limit : std::min(limit, now + CacheActs::instanceLimit);
        const auto answer = body.empty() ? client.get(path, deadline) : client.send("POST", path, body, deadline);
        if (answer) {
            auto found = read(instance.name, *answer);
            if (found || found.error().code != ErrorCode::Refused) {
                return found;
            }
            add(found.error().code, found.error().text);
            continue;
        }
        const auto code = answer.error().code;
        add(code, namedError(instance, *endpoint, answer.error()));
        maybeDone = maybeDone || code == ErrorCode::Timeout || code == ErrorCode::Closed;
    }
    if (problem.text.empty()) {
        problem.text = "There is no instance that could be asked";
    }
    return std::unexpected(std::move(problem));
}

std::string keysText(std::int64_t keys) {
    return std::to_string(keys) + (keys == 1 ? " key" : " keys");
}

} // namespace

Result<UndertakingPlan> CacheActs::plan(const PlannedChange& change) {
    const auto [kind, what] = wishOf(change.parameters);
    bool maybeDone = false;
    const auto found = askOne(m_directory(), {}, "/admin/v1/cache?" + kind + "=" + percentEncoded(what), {}, maybeDone);
    if (!found) {
        return std::unexpected(found.error());
    }
    UndertakingPlan plan;
    auto& preview = plan.preview;
    preview.target = "the cache: " + kind + " " + what;
    preview.affected = found->sample;
    preview.before = {{"state", found->keys == 0 ? "not cached" : "cached"}, {"keys", found->keys}};
    preview.after = {{"state", "not cached"}, {"keys", std::int64_t{0}}};
    if (found->keys > static_cast<std::int64_t>(found->sample.size())) {
        preview.warnings.push_back("Named are " + std::to_string(found->sample.size()) + " of " +
                                   keysText(found->keys) + ".");
    }
    if (!found->complete) {
        preview.warnings.emplace_back("The cache holds more than is looked at in one go: there may be more such keys, "
                                      "and some stay.");
    }
    preview.warnings.push_back(found->keys == 0
                                   ? std::string("Nothing of it is cached now.")
                                   : "The next reads of " + keysText(found->keys) + " go to the database.");
    // How many there are changes with every read, and decides nothing.
    plan.state = kind + " " + what;
    return plan;
}

AuditResult CacheActs::carryOut(const AuditEntry& intent, bool resumed, const std::function<bool()>&) {
    if (resumed) {
        return {Verdict::InDoubt,
                {},
                {},
                "Control was interrupted, and it is not known whether the values were removed. Doing it again does no "
                "harm."};
    }
    const auto token = readSecretFile(m_adminTokenFile);
    if (!token) {
        return {Verdict::Failed, {}, {}, token.error().text + ". Nothing was done."};
    }
    const auto [kind, what] = wishOf(intent.parameters);
    Json wish;
    wish[kind] = what;
    bool maybeDone = false;
    const auto found = askOne(m_directory(), *token, "/admin/v1/cache/invalidate", wish.dump(), maybeDone);
    if (!found) {
        return {maybeDone ? Verdict::InDoubt : Verdict::Failed,
                {},
                {},
                found.error().text + (maybeDone ? "." : ". Nothing was done.")};
    }
    AuditResult result;
    result.verdict = found->complete ? Verdict::Applied : Verdict::InDoubt;
    result.observedAfter = {{"state", "not cached"}, {"removed", found->removed}, {"keys", found->present}};
    result.message = keysText(found->removed) + " removed by " + found->instance + ".";
    if (found->present > 0) {
        result.message += " " + keysText(found->present) + (found->present == 1 ? " was" : " were") +
                          " filled anew by a read in the same moment.";
    }
    if (!found->complete) {
        result.message += " There may be more such keys: the cache holds more than is looked at in one go.";
    }
    return result;
}

} // namespace binnacle::control
