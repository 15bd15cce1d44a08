// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/control_api.h"

#include "backend/actions/action_documents.h"
#include "backend/actions/control_view.h"
#include "backend/actions/json_document.h"

#include <algorithm>
#include <charconv>

namespace binnacle::control {

using namespace document;

namespace {

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

ResourceView viewOf(const ResourceState& state, SteadyTime now) {
    const auto& held = state.held;
    ResourceView view;
    view.name = resourceName(held.resource);
    view.wanted = describeValue(held.resource, held.held.value);
    view.generation = held.held.generation;
    view.changedBy = held.changedBy;
    if (!held.changedBy.empty()) {
        view.changedAt = held.changedAt;
    }
    view.reason = held.reason;
    view.reference = held.reference;
    view.leaseUntil = held.leaseUntil;
    view.leaseLeft = state.leaseLeft;
    view.leaseNote = state.leaseNote;
    for (const auto& target : state.observed.targets) {
        TargetView seen;
        seen.name = target.name;
        if (target.held) {
            seen.held = describeValue(held.resource, target.held->value);
            seen.generation = target.held->generation;
            seen.inEffect = target.held->generation >= held.held.generation;
        }
        seen.problem = target.problem;
        view.targets.push_back(std::move(seen));
    }
    if (state.observedAt) {
        view.observedAge = std::chrono::duration_cast<std::chrono::milliseconds>(now - *state.observedAt);
    }
    return view;
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
                       path == "/v1/audit/verify" || path == "/v1/effects";
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
    if (path == "/v1/effects") {
        return effects(query);
    }
    return path == "/v1/audit" ? audit(query) : verify(query);
}

ApiReply ControlApi::state(const Operator& who) {
    const auto states = m_engine.state();
    if (!states) {
        return errorReply(states.error());
    }
    const auto heads = m_engine.store().heads();
    if (!heads) {
        return errorReply(heads.error());
    }
    ControlView view;
    view.writerId = m_engine.store().writerId();
    view.environment = m_environment;
    view.operatorName = who.name;
    view.role = roleName(who.role);
    for (const auto& rule : verbTable()) {
        view.may.emplace(rule.name, allows(who.role, rule.verb));
    }
    view.auditProblem = m_engine.auditProblem();
    view.auditNumber = heads->empty() ? 0 : heads->front().number;
    for (const auto& resource : *states) {
        view.resources.push_back(viewOf(resource, m_clock.steadyNow()));
    }
    if (m_holds != nullptr) {
        auto holds = m_holds->all();
        for (auto& hold : holds ? *holds : std::vector<Hold>()) { // what can't be told blinds nobody to the rest
            view.holds.push_back({std::move(hold.kind), std::move(hold.target), std::move(hold.value),
                                  std::move(hold.changedBy), std::move(hold.reference), hold.leaseUntil});
        }
    }
    if (m_evidence != nullptr) {
        view.features = m_evidence->features();
        view.cohorts = m_evidence->cohorts();
        const auto* level = view.resource(resourceName(Resource::DegradationLevel));
        const auto now = level != nullptr ? integerOf(level->wanted, "level").value_or(0) : 0;
        for (std::int64_t to = 0; to <= maximumLevel; ++to) {
            auto forecast = m_evidence->forecast(now, to);
            view.forecastBasis = std::move(forecast.basis);
            if (!forecast.rows.empty()) {
                view.forecasts.push_back({to, std::move(forecast.rows)});
            }
        }
    }
    if (m_migrations != nullptr) {
        view.migrations = m_migrations->view();
    }
    return {200, controlViewDocument(view)};
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

Result<Effect> ControlApi::effectOf(const std::string& asked) {
    // An act of ours may be named with or without its writer.
    const auto own = m_engine.store().writerId() + ":";
    const auto reference = asked.starts_with(own) ? asked.substr(own.size()) : asked;
    auto effect = m_evidence == nullptr ? fail(ErrorCode::NotFound, "This control measures no effects.")
                                        : m_evidence->effect(reference);
    const auto number = numberIn(reference);
    if (effect || effect.error().code != ErrorCode::NotFound || !number || *number < 1) {
        return effect;
    }
    // An act without a record: it is in the audit, so its reader gets an answer and not a riddle.
    const auto page = m_engine.store().entries(m_engine.store().writerId(), *number - 1, 1);
    if (page && page->size() == 1 && page->front().entry.number == *number &&
        page->front().entry.phase == AuditPhase::Intent) {
        Effect missing;
        missing.reference = reference;
        missing.state = Effect::State::Missing;
        missing.observedAt = page->front().entry.at;
        missing.readyAt = missing.observedAt;
        missing.summary = page->front().entry.action == "adopt"
                              ? "It was done past control, so there is no moment to compare around."
                              : "No comparison was begun: control stopped while it ran, or did not measure then.";
        return missing;
    }
    return effect;
}

ApiReply ControlApi::effects(const Query& query) {
    std::int64_t limit = 20;
    std::string reference;
    for (const auto& [name, value] : query) {
        const auto number = numberIn(value);
        if (name == "reference" && !value.empty()) {
            reference = value;
        } else if (name == "limit" && number) {
            limit = *number;
        } else {
            return errorReply({ErrorCode::Invalid, "The query takes limit and reference."});
        }
    }
    if (!reference.empty()) {
        return reply(effectOf(reference), [](const Effect& effect) { return effectsDocument({effect}); });
    }
    if (m_evidence == nullptr) {
        return {200, effectsDocument({})};
    }
    return reply(m_evidence->effects(std::clamp<std::int64_t>(limit, 1, 200)), effectsDocument);
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
