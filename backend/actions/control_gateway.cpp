// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/control_gateway.h"

#include "backend/actions/action_documents.h"

#include <nlohmann/json.hpp>
#include <thread>

namespace binnacle {
namespace {

using Json = nlohmann::json;

SteadyTime deadlineIn(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

/// Whether the order may have been read before the connection failed.
bool mayHaveArrived(ErrorCode code) {
    return code == ErrorCode::Timeout || code == ErrorCode::Closed || code == ErrorCode::Protocol;
}

} // namespace

ControlGateway::ControlGateway(HttpEndpoint endpoint, const std::string& token)
    : m_http(std::move(endpoint)) {
    m_http.setBearerToken(token);
}

Result<std::string> ControlGateway::ask(const char* method, const std::string& path, const std::string& body,
                                        SteadyTime deadline, bool* answered) {
    auto answer = m_http.send(method, path, body, deadline);
    if (!answer) {
        return std::unexpected(std::move(answer.error()));
    }
    if (answer->status == 200) {
        return std::move(answer->body);
    }
    if (answered != nullptr) {
        *answered = isErrorDocument(answer->body);
    }
    return std::unexpected(parseErrorDocument(answer->body));
}

Result<ActionPreview> ControlGateway::preview(const ActionRequest& request, std::chrono::milliseconds patience) {
    const auto body =
        ask("POST", "/v1/actions/" + request.action + "/preview", requestDocument(request), deadlineIn(patience));
    return body ? parsePreview(*body) : std::unexpected(body.error());
}

Result<ActionPreview> ControlGateway::previewUndo(const std::string& reference, std::chrono::milliseconds patience) {
    const auto body = ask("POST", "/v1/undo/preview", Json{{"reference", reference}}.dump(), deadlineIn(patience));
    return body ? parsePreview(*body) : std::unexpected(body.error());
}

Result<ActionOutcome> ControlGateway::apply(const ActionRequest& request, std::chrono::milliseconds patience) {
    return act("/v1/actions/" + request.action + "/run", requestDocument(request), request, patience);
}

Result<ActionOutcome> ControlGateway::undo(const std::string& reference, const ActionRequest& request,
                                           std::chrono::milliseconds patience) {
    auto body = Json::parse(requestDocument(request));
    body["reference"] = reference;
    return act("/v1/undo", body.dump(), request, patience);
}

Result<ActionOutcome> ControlGateway::act(const std::string& path, const std::string& body,
                                          const ActionRequest& request, std::chrono::milliseconds patience) {
    const auto deadline = deadlineIn(patience);
    // Afresh: on a kept connection that breaks, curl asks again by itself, and what it then reports of a control that
    // is gone reads as if the order had never been sent.
    m_http.disconnect();
    bool sent = false;
    while (true) {
        bool answered = false;
        const auto answer = ask("POST", path, body, deadline, &answered);
        if (answer) {
            if (auto outcome = parseOutcome(*answer)) {
                return outcome;
            }
        } else if (answered && !sent) {
            return std::unexpected(answer.error()); // control's own word, whatever went wrong for it: nothing was done
        } else if (!mayHaveArrived(answer.error().code) && !(sent && answer.error().code == ErrorCode::Refused)) {
            return std::unexpected(answer.error());
        }
        // The order may have arrived. Asked again under the same id, control tells what became of it.
        sent = true;
        constexpr std::chrono::milliseconds pause{100};
        if (std::chrono::steady_clock::now() + pause >= deadline) {
            ActionOutcome outcome;
            outcome.verdict = Verdict::InDoubt;
            outcome.requestId = request.requestId;
            outcome.message = "Control stopped answering while this was under way. Its true outcome will stand in the "
                              "audit under this request id when control is back.";
            return outcome;
        }
        m_http.disconnect();
        std::this_thread::sleep_for(pause);
    }
}

Result<void> ControlGateway::checkVersion(std::chrono::milliseconds patience) {
    const auto body = ask("GET", "/v1/version", {}, deadlineIn(patience));
    if (!body) {
        return std::unexpected(body.error());
    }
    const auto json = Json::parse(*body, nullptr, false);
    if (!json.is_object() || !json.contains("protocol_min") || !json["protocol_min"].is_number_integer() ||
        !json.contains("protocol_max") || !json["protocol_max"].is_number_integer()) {
        return fail(ErrorCode::Protocol, "What answers there is no binnacle-control");
    }
    const int low = json["protocol_min"].get<int>();
    const int high = json["protocol_max"].get<int>();
    if (high < controlProtocolMin || low > controlProtocolMax) {
        return fail(ErrorCode::Conflict, "Control speaks protocol " + std::to_string(low) + " to " +
                                             std::to_string(high) + ", this program " +
                                             std::to_string(controlProtocolMin) + " to " +
                                             std::to_string(controlProtocolMax) + ": it can watch, but not act.");
    }
    return {};
}

Result<std::string> ControlGateway::state(std::chrono::milliseconds patience) {
    return ask("GET", "/v1/state", {}, deadlineIn(patience));
}

Result<ControlView> ControlGateway::view(std::chrono::milliseconds patience) {
    const auto body = state(patience);
    return body ? parseControlView(*body) : std::unexpected(body.error());
}

Result<std::vector<Effect>> ControlGateway::effects(int limit, std::chrono::milliseconds patience) {
    const auto body = ask("GET", "/v1/effects?limit=" + std::to_string(limit), {}, deadlineIn(patience));
    return body ? parseEffects(*body) : std::unexpected(body.error());
}

Result<Effect> ControlGateway::effect(const std::string& reference, std::chrono::milliseconds patience) {
    const auto body = ask("GET", "/v1/effects?reference=" + reference, {}, deadlineIn(patience));
    auto effects = body ? parseEffects(*body) : std::unexpected(body.error());
    if (!effects) {
        return std::unexpected(std::move(effects.error()));
    }
    return effects->empty() ? Result<Effect>(fail(ErrorCode::NotFound, "Action #" + reference + " has no comparison."))
                            : std::move(effects->front());
}

Result<std::vector<SealedEntry>> ControlGateway::audit(const std::string& writer, std::int64_t after, int limit,
                                                       std::chrono::milliseconds patience) {
    const auto body =
        ask("GET", "/v1/audit?writer=" + writer + "&after=" + std::to_string(after) + "&limit=" + std::to_string(limit),
            {}, deadlineIn(patience));
    return body ? parseSealedLines(*body) : std::unexpected(body.error());
}

Result<AuditVerification> ControlGateway::verifyAudit(const std::vector<ChainHead>& seen,
                                                      std::chrono::milliseconds patience) {
    std::string path = "/v1/audit/verify";
    for (const auto& head : seen) {
        path += (path.find('?') == std::string::npos ? "?seen=" : "&seen=") + head.writerId + ":" +
                std::to_string(head.number) + ":" + head.digest;
    }
    const auto body = ask("GET", path, {}, deadlineIn(patience));
    return body ? parseVerification(*body) : std::unexpected(body.error());
}

Result<AuditVerification> parseVerification(std::string_view text) {
    const auto json = Json::parse(text, nullptr, false);
    AuditVerification result;
    try {
        result.whole = json.at("whole").get<bool>();
        for (const auto& head : json.at("heads")) {
            result.heads.push_back({head.at("writer_id").get<std::string>(), head.at("number").get<std::int64_t>(),
                                    head.at("digest").get<std::string>()});
        }
        for (const auto& fault : json.at("faults")) {
            result.faults.push_back({fault.at("writer_id").get<std::string>(), fault.at("number").get<std::int64_t>(),
                                     fault.at("text").get<std::string>()});
        }
    } catch (const Json::exception&) {
        return fail(ErrorCode::Protocol, "The answer is no verification of an audit");
    }
    return result;
}

Result<std::vector<SealedEntry>> parseSealedLines(std::string_view lines) {
    std::vector<SealedEntry> entries;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        auto sealed = parseSealedLine(lines.substr(0, end));
        if (!sealed) {
            return std::unexpected(std::move(sealed.error()));
        }
        entries.push_back(std::move(*sealed));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return entries;
}

} // namespace binnacle
