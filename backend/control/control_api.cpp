// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/control_api.h"

#include "backend/actions/action_documents.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace binnacle::control {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ApiReply errorReply(const Error& error) {
    switch (error.code) {
    case ErrorCode::Denied:
        return {403, errorDocument(error.code, error.text)};
    case ErrorCode::NotFound:
        return {404, errorDocument(error.code, error.text)};
    case ErrorCode::Invalid:
        return {400, errorDocument(error.code, error.text)};
    case ErrorCode::Conflict:
        return {409, errorDocument(error.code, error.text)};
    default:
        return {503, errorDocument(error.code, error.text)};
    }
}

template <typename T, typename Document>
ApiReply reply(const Result<T>& result, const Document& document) {
    return result ? ApiReply{200, document(*result)} : errorReply(result.error());
}

std::multimap<std::string, std::string> parseQuery(std::string_view text) {
    std::multimap<std::string, std::string> query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto part = text.substr(0, end);
        const auto equals = std::min(part.find('='), part.size());
        query.emplace(part.substr(0, equals), equals < part.size() ? part.substr(equals + 1) : std::string_view());
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return query;
}

std::optional<std::int64_t> numberIn(std::string_view text) {
    std::int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Json valuesJson(const Values& values) {
    Json json = Json::object();
    for (const auto& [name, value] : values) {
        std::visit([&](const auto& held) { json[name] = held; }, value);
    }
    return json;
}

Json resourceJson(const ResourceState& state, SteadyTime now) {
    const auto& held = state.held;
    Json json = valuesJson(describeValue(held.resource, held.held.value));
    json["generation"] = held.held.generation;
    if (!held.changedBy.empty()) {
        json["changed_by"] = held.changedBy;
        json["changed_at"] = isoTime(held.changedAt);
        json["reason"] = held.reason;
        json["reference"] = held.reference;
    }
    if (held.leaseUntil) {
        json["lease_until"] = isoTime(*held.leaseUntil);
    }
    if (state.leaseLeft) {
        json["lease_left_s"] = state.leaseLeft->count();
    }
    if (!state.leaseNote.empty()) {
        json["lease_note"] = state.leaseNote;
    }
    Json targets = Json::array();
    for (const auto& target : state.observed.targets) {
        Json one = {{"name", target.name}};
        if (target.held) {
            one.update(valuesJson(describeValue(held.resource, target.held->value)));
            one["generation"] = target.held->generation;
        }
        one["in_effect"] = target.held && target.held->generation >= held.held.generation;
        if (!target.problem.empty()) {
            one["problem"] = target.problem;
        }
        targets.push_back(std::move(one));
    }
    json["observed"] = std::move(targets);
    if (state.observedAt) {
        json["observed_age_ms"] =
            std::chrono::duration_cast<std::chrono::milliseconds>(now - *state.observedAt).count();
    }
    return json;
}

/// The member "reference" of the body of an undo.
Result<std::string> referenceIn(const std::string& body) {
    const auto json = Json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("reference") || !json["reference"].is_string()) {
        return fail(ErrorCode::Invalid, "The body must name the action in \"reference\": NUMBER or WRITER:NUMBER.");
    }
    return json["reference"].get<std::string>();
}

ApiReply methodReply(std::string_view allowed) {
    return {405, errorDocument(ErrorCode::Invalid, "This takes " + std::string(allowed) + ".")};
}

} // namespace

ApiReply ControlApi::handle(const ApiCall& call) {
    // A page in a browser of the same account could reach us through some proxy: what a browser sends is refused.
    if (call.hasOrigin) {
        return {403, errorDocument(ErrorCode::Denied, "Requests with an Origin are refused.")};
    }
    const auto who = m_gate.admit(call.peer, call.authorization);
    if (!who) {
        return {call.authorization.empty() ? 403 : 401, errorDocument(who.error().code, who.error().text)};
    }
    return route(call, *who);
}

ApiReply ControlApi::route(const ApiCall& call, const Operator& who) {
    const auto mark = std::min(call.target.find('?'), call.target.size());
    const auto path = call.target.substr(0, mark);
    const bool known = path == "/v1/version" || path == "/v1/state" || path == "/v1/actions" || path == "/v1/audit" ||
                       path == "/v1/audit/verify";
    if (known) {
        return call.method == "GET"
                   ? read(path,
                          parseQuery(std::string_view(call.target).substr(std::min(mark + 1, call.target.size()))), who)
                   : methodReply("GET");
    }
    if (path.starts_with("/v1/actions/") || path == "/v1/undo" || path == "/v1/undo/preview") {
        return call.method == "POST" ? post(path, call.body, who) : methodReply("POST");
    }
    return {404, errorDocument(ErrorCode::NotFound, "There is nothing here.")};
}

ApiReply ControlApi::read(const std::string& path, const Query& query, const Operator& who) {
    const auto needs = path == "/v1/audit"          ? Verb::ReadAudit
                       : path == "/v1/audit/verify" ? Verb::VerifyAudit
                       : path == "/v1/actions"      ? Verb::ListActions
                                                    : Verb::ViewState;
    if (!allows(who.role, needs)) {
        return errorReply({ErrorCode::Denied, who.name + " may not read this."});
    }
    if (path == "/v1/version") {
        return {200, dumped({{"program", "binnacle-control"},
                             {"version", BINNACLE_VERSION},
                             {"protocol_min", controlProtocolMin},
                             {"protocol_max", controlProtocolMax}})};
    }
    if (path == "/v1/actions") {
        return {200, catalogueDocument()};
    }
    if (path == "/v1/state") {
        return state(who);
    }
    return path == "/v1/audit" ? audit(query) : verify(query);
}

ApiReply ControlApi::state(const Operator& who) {
    const auto states = m_engine.state();
    if (!states) {
        return errorReply(states.error());
    }
    Json may = Json::object();
    for (const auto& rule : verbTable()) {
        may[std::string(rule.name)] = allows(who.role, rule.verb);
    }
    Json json = {{"protocol", controlProtocolMax},
                 {"writer_id", m_engine.store().writerId()},
                 {"environment", m_environment},
                 {"operator", {{"name", who.name}, {"role", roleName(who.role)}, {"may", std::move(may)}}},
                 {"resources", Json::object()}};
    for (const auto& resource : *states) {
        json["resources"][std::string(resourceName(resource.held.resource))] =
            resourceJson(resource, m_clock.steadyNow());
    }
    return {200, dumped(json)};
}

ApiReply ControlApi::audit(const Query& query) {
    std::string writer = m_engine.store().writerId();
    std::int64_t after = -1;
    std::int64_t limit = 100;
    for (const auto& [name, value] : query) {
        const auto number = numberIn(value);
        if (name == "writer") {
            writer = value.empty() ? writer : value;
        } else if ((name != "after" && name != "limit") || !number) {
            return errorReply({ErrorCode::Invalid, "The query takes writer, after and limit."});
        } else {
            (name == "after" ? after : limit) = *number;
        }
    }
    limit = std::clamp<std::int64_t>(limit, 1, 1000);
    if (after < 0) {
        const auto heads = m_engine.store().heads();
        if (!heads) {
            return errorReply(heads.error());
        }
        const auto head = std::ranges::find(*heads, writer, &ChainHead::writerId);
        after = head == heads->end() ? 0 : std::max<std::int64_t>(0, head->number - limit);
    }
    const auto entries = m_engine.store().entries(writer, after, limit);
    if (!entries) {
        return errorReply(entries.error());
    }
    std::string lines;
    for (const auto& sealed : *entries) {
        lines += sealedLine(sealed) + "\n";
    }
    return {200, std::move(lines), "application/x-ndjson"};
}

ApiReply ControlApi::verify(const Query& query) {
    std::vector<ChainHead> seen;
    for (const auto& [name, value] : query) {
        const auto first = value.find(':');
        const auto second = first == std::string::npos ? first : value.find(':', first + 1);
        const auto number = second == std::string::npos
                                ? std::nullopt
                                : numberIn(std::string_view(value).substr(first + 1, second - first - 1));
        if (name != "seen" || !number) {
            return errorReply({ErrorCode::Invalid, "The query takes seen=WRITER:NUMBER:DIGEST."});
        }
        seen.push_back({value.substr(0, first), *number, value.substr(second + 1)});
    }
    return reply(m_engine.verifyAudit(seen), [](const AuditVerification& found) {
        Json heads = Json::array();
        for (const auto& head : found.heads) {
            heads.push_back({{"writer_id", head.writerId}, {"number", head.number}, {"digest", head.digest}});
        }
        Json faults = Json::array();
        for (const auto& fault : found.faults) {
            faults.push_back({{"writer_id", fault.writerId}, {"number", fault.number}, {"text", fault.text}});
        }
        return dumped({{"whole", found.whole}, {"heads", std::move(heads)}, {"faults", std::move(faults)}});
    });
}

ApiReply ControlApi::post(const std::string& path, const std::string& body, const Operator& who) {
    auto request = parseRequest(body);
    if (!request) {
        return errorReply(request.error());
    }
    if (path == "/v1/undo" || path == "/v1/undo/preview") {
        const auto reference = referenceIn(body);
        if (!reference) {
            return errorReply(reference.error());
        }
        return path == "/v1/undo" ? reply(m_engine.undo(*reference, *request, who), outcomeDocument)
                                  : reply(m_engine.previewUndo(*reference, who), previewDocument);
    }
    constexpr std::string_view prefix = "/v1/actions/";
    const auto slash = path.find('/', prefix.size());
    const auto verb = slash == std::string::npos ? std::string() : path.substr(slash + 1);
    request->action = path.substr(prefix.size(), slash == std::string::npos ? slash : slash - prefix.size());
    if (verb == "preview") {
        return reply(m_engine.preview(*request, who), previewDocument);
    }
    if (verb == "run") {
        return reply(m_engine.run(*request, who), outcomeDocument);
    }
    return {404, errorDocument(ErrorCode::NotFound, "An action takes /preview and /run.")};
}

} // namespace binnacle::control
