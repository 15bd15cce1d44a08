// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/action_documents.h"

#include "backend/actions/action_catalogue.h"
#include "backend/actions/json_document.h"

#include <array>

namespace binnacle {

using namespace document;

namespace {

constexpr std::array<std::pair<ErrorCode, std::string_view>, 9> codes = {{{ErrorCode::Timeout, "timeout"},
                                                                          {ErrorCode::Refused, "refused"},
                                                                          {ErrorCode::Closed, "closed"},
                                                                          {ErrorCode::Denied, "denied"},
                                                                          {ErrorCode::Protocol, "protocol"},
                                                                          {ErrorCode::NotFound, "not_found"},
                                                                          {ErrorCode::Invalid, "invalid"},
                                                                          {ErrorCode::Conflict, "conflict"},
                                                                          {ErrorCode::Io, "io"}}};

std::optional<Reversal> readReversal(Reader& reader) {
    const auto* json = reader.object("reversal");
    if (json == nullptr) {
        return std::nullopt;
    }
    Reader inner(*json);
    return Reversal{inner.text("action"), inner.values("parameters"), inner.integer("generation")};
}

} // namespace

std::string previewDocument(const ActionPreview& preview) {
    Json json = {{"action", preview.action},
                 {"title", preview.title},
                 {"target", preview.target},
                 {"environment", preview.environment},
                 {"risk", riskName(preview.risk)},
                 {"reversibility", reversibilityName(preview.reversibility)},
                 {"parameters", valuesJson(preview.parameters)},
                 {"before", valuesJson(preview.before)},
                 {"after", valuesJson(preview.after)},
                 {"affected", listJson(preview.affected)},
                 {"warnings", listJson(preview.warnings)},
                 {"role_needed", preview.roleNeeded},
                 {"fingerprint", preview.fingerprint},
                 {"valid_until", isoTime(preview.validUntil)}};
    if (!preview.typeToConfirm.empty()) {
        json["type_to_confirm"] = preview.typeToConfirm;
    }
    if (!preview.reverses.empty()) {
        json["reverses"] = preview.reverses;
    }
    if (!preview.details.empty()) {
        json["details"] = valuesJson(preview.details);
    }
    if (!preview.forecastBasis.empty()) {
        json["forecast"] = forecastsJson(preview.forecast);
        json["forecast_basis"] = preview.forecastBasis;
    }
    return dumped(json);
}

Result<ActionPreview> parsePreview(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    ActionPreview preview;
    preview.action = reader.text("action");
    preview.title = reader.text("title");
    preview.target = reader.text("target");
    preview.environment = reader.text("environment");
    const auto risk = reader.text("risk");
    for (const auto known : {Risk::Low, Risk::Medium, Risk::High}) {
        preview.risk = riskName(known) == risk ? known : preview.risk;
    }
    const auto reversibility = reader.text("reversibility");
    for (const auto known : {Reversibility::Undo, Reversibility::Forward, Reversibility::Permanent}) {
        preview.reversibility = reversibilityName(known) == reversibility ? known : preview.reversibility;
    }
    preview.parameters = reader.values("parameters");
    preview.before = reader.values("before");
    preview.after = reader.values("after");
    preview.affected = reader.texts("affected");
    preview.warnings = reader.texts("warnings");
    preview.typeToConfirm = reader.text("type_to_confirm");
    preview.roleNeeded = reader.text("role_needed");
    preview.fingerprint = reader.text("fingerprint");
    preview.validUntil = reader.time("valid_until").value_or(UtcTime());
    preview.reverses = reader.text("reverses");
    preview.details = reader.values("details");
    preview.forecast = reader.list<Forecast>("forecast", readForecast);
    preview.forecastBasis = reader.text("forecast_basis");
    if (!reader.ok() || preview.fingerprint.empty()) {
        return fail(ErrorCode::Protocol, "The answer is no preview");
    }
    return preview;
}

std::string outcomeDocument(const ActionOutcome& outcome) {
    Json json = {{"outcome", verdictName(outcome.verdict)},
                 {"writer_id", outcome.writerId},
                 {"number", outcome.number > 0 ? Json(outcome.number) : Json()},
                 {"request_id", outcome.requestId},
                 {"before", valuesJson(outcome.before)},
                 {"after", valuesJson(outcome.after)},
                 {"observed_after", outcome.observedAfter.empty() ? Json() : valuesJson(outcome.observedAfter)},
                 {"stragglers", listJson(outcome.stragglers)},
                 {"lease_until", outcome.leaseUntil ? Json(isoTime(*outcome.leaseUntil)) : Json()},
                 {"reversal", Json()},
                 {"message", outcome.message}};
    if (outcome.reversal) {
        json["reversal"] = {{"action", outcome.reversal->action},
                            {"parameters", valuesJson(outcome.reversal->parameters)},
                            {"generation", outcome.reversal->generation}};
    }
    return dumped(json);
}

Result<ActionOutcome> parseOutcome(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    ActionOutcome outcome;
    const auto verdict = verdictFromName(reader.text("outcome"));
    outcome.writerId = reader.text("writer_id");
    outcome.number = reader.integer("number");
    outcome.requestId = reader.text("request_id");
    outcome.before = reader.values("before");
    outcome.after = reader.values("after");
    outcome.observedAfter = reader.values("observed_after");
    outcome.stragglers = reader.texts("stragglers");
    outcome.leaseUntil = reader.time("lease_until");
    outcome.reversal = readReversal(reader);
    outcome.message = reader.text("message");
    if (!reader.ok() || !verdict) {
        return fail(ErrorCode::Protocol, "The answer is no outcome of an action");
    }
    outcome.verdict = *verdict;
    return outcome;
}

std::string requestDocument(const ActionRequest& request) {
    return dumped({{"parameters", valuesJson(request.parameters)},
                   {"reason", request.reason},
                   {"request_id", request.requestId},
                   {"fingerprint", request.fingerprint},
                   {"typed", request.typed}});
}

Result<ActionRequest> parseRequest(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    ActionRequest request;
    request.parameters = reader.values("parameters");
    request.reason = reader.text("reason");
    request.requestId = reader.text("request_id");
    request.fingerprint = reader.text("fingerprint");
    request.typed = reader.text("typed");
    if (!reader.ok()) {
        return fail(ErrorCode::Invalid,
                    "The body must be a JSON object with parameters, reason, request_id, fingerprint and typed.");
    }
    return request;
}

Result<AuditEntry> parseAuditEntry(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    AuditEntry entry;
    entry.writerId = reader.text("writer_id");
    entry.number = reader.integer("number");
    const auto at = reader.time("at");
    entry.operatorName = reader.text("operator");
    const auto phase = reader.text("phase");
    entry.phase = phase == "outcome" ? AuditPhase::Outcome : AuditPhase::Intent;
    entry.requestId = reader.text("request_id");
    entry.action = reader.text("action");
    entry.parameters = reader.values("parameters");
    entry.reason = reader.text("reason");
    entry.before = reader.values("before");
    entry.after = reader.values("after");
    if (const auto intent = reader.integer("intent"); intent != 0) {
        entry.intent = intent;
    }
    bool resultOk = true;
    if (const auto* result = reader.object("outcome")) {
        Reader inner(*result);
        const auto verdict = verdictFromName(inner.text("verdict"));
        entry.result = AuditResult{verdict.value_or(Verdict::Failed), inner.values("observed_after"),
                                   inner.texts("stragglers"), inner.text("message")};
        resultOk = inner.ok() && verdict.has_value();
    }
    if (const auto reverses = reader.text("reverses"); !reverses.empty()) {
        entry.reverses = reverses;
    }
    entry.previousDigest = reader.text("previous_digest");
    if (!reader.ok() || !resultOk || !at || (phase != "intent" && phase != "outcome")) {
        return fail(ErrorCode::Protocol, "That is no entry of an audit");
    }
    entry.at = *at;
    return entry;
}

std::string sealedLine(const SealedEntry& sealed) {
    return R"({"entry":)" + sealed.text + R"(,"digest":")" + sealed.digest + "\"}";
}

Result<SealedEntry> parseSealedLine(std::string_view line) {
    constexpr std::string_view before = R"({"entry":)";
    constexpr std::string_view between = R"(,"digest":")";
    constexpr std::size_t digestSize = 64;
    const std::size_t tail = between.size() + digestSize + 2;
    if (line.size() > before.size() + tail && line.starts_with(before) && line.ends_with("\"}") &&
        line.substr(line.size() - tail, between.size()) == between) {
        SealedEntry sealed;
        sealed.text = line.substr(before.size(), line.size() - before.size() - tail);
        sealed.digest = line.substr(line.size() - tail + between.size(), digestSize);
        if (auto entry = parseAuditEntry(sealed.text)) {
            sealed.entry = std::move(*entry);
            return sealed;
        }
    }
    return fail(ErrorCode::Protocol, "That is no line of an audit journal");
}

std::string errorDocument(ErrorCode code, std::string_view message) {
    std::string_view name = "io";
    for (const auto& [known, text] : codes) {
        name = known == code ? text : name;
    }
    return dumped({{"error", {{"code", name}, {"message", message}}}});
}

bool isErrorDocument(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    const auto* error = reader.object("error");
    return error != nullptr && std::ranges::any_of(codes, [name = Reader(*error).text("code")](const auto& code) {
               return code.second == name;
           });
}

Error parseErrorDocument(std::string_view text) {
    const auto json = parsed(text);
    Reader reader(json);
    if (const auto* error = reader.object("error")) {
        Reader inner(*error);
        const auto name = inner.text("code");
        for (const auto& [code, known] : codes) {
            if (known == name) {
                return {code, inner.text("message")};
            }
        }
    }
    return {ErrorCode::Protocol, "The answer is not understood"};
}

std::string catalogueDocument() {
    Json actions = Json::array();
    for (const auto& entry : actionCatalogue()) {
        Json parameters = Json::array();
        for (const auto& parameter : entry.spec.parameters) {
            parameters.push_back({{"name", parameter.name},
                                  {"values", parameter.values},
                                  {"text", parameter.text},
                                  {"required", parameter.required}});
        }
        actions.push_back({{"id", entry.spec.id},
                           {"title", entry.spec.title},
                           {"risk", riskName(entry.spec.risk)},
                           {"reversibility", reversibilityName(entry.spec.reversibility)},
                           {"role", entry.roleText},
                           {"mutates", entry.mutates},
                           {"parameters", std::move(parameters)}});
    }
    return dumped({{"actions", std::move(actions)}});
}

} // namespace binnacle
