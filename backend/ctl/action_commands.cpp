// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/action_commands.h"

#include "backend/actions/action_catalogue.h"
#include "backend/actions/action_documents.h"
#include "backend/actions/sha256.h"
#include "backend/ctl/action_access.h"
#include "backend/ctl/long_action.h"
#include "backend/ctl/plain_text.h"
#include "backend/domain/format.h"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace binnacle::ctl {

namespace {

/// Longer than control takes to name stragglers, so that its answer is heard.
constexpr std::chrono::seconds kActPatience{10};
constexpr std::chrono::seconds kPreviewPatience{5};

int exitCodeOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::Invalid:
    case ErrorCode::NotFound:
        return kUsage;
    case ErrorCode::Denied:
    case ErrorCode::Conflict:
        return kRefused;
    default:
        return kFailed;
    }
}

int failed(const Error& error, const Options& options) {
    std::fprintf(stderr, "binnaclectl: %s\n", plainText(error.text).c_str());
    const int code = exitCodeOf(error.code);
    if (options.json) {
        ActionOutcome outcome; // a script gets its document also when nothing was done
        outcome.verdict = code == kFailed ? Verdict::Failed : Verdict::Refused;
        outcome.message = error.text;
        std::printf("%s\n", outcomeDocument(outcome).c_str());
    }
    return code;
}

std::string valuesText(const Values& values) {
    std::string out;
    for (const auto& [name, value] : values) {
        out += (out.empty() ? "" : ", ") + name + " " + valueText(value);
    }
    return out;
}

std::string previewText(const ActionPreview& preview) {
    std::string affected;
    for (const auto& name : preview.affected) {
        affected += (affected.empty() ? "" : ", ") + name;
    }
    std::string out = preview.title + "\n  on:         " + preview.target + "\n  of:         " + preview.environment +
                      "\n  now:        " + valuesText(preview.before) + "\n  then:       " + valuesText(preview.after) +
                      "\n  affects:    " + affected + "\n  risk:       " + std::string(riskName(preview.risk)) +
                      "\n  reversal:   " + std::string(reversibilityName(preview.reversibility)) +
                      "\n  takes role: " + preview.roleNeeded + "\n";
    for (const auto& row : preview.forecast) {
        out += "  expected:   " + plainText(row.title) + ": " + formatMeasure(row.unit, row.now).text(" ") + " -> " +
               formatMeasure(row.unit, row.then).text(" ") + "\n";
    }
    if (!preview.forecastBasis.empty()) {
        out += "  measured:   " + plainText(preview.forecastBasis) + "\n";
    }
    for (const auto& [name, value] : preview.details) {
        out += "  " + name + ":" + std::string(name.size() < 11 ? 11 - name.size() : 1, ' ') +
               plainText(valueText(value)) + "\n";
    }
    for (const auto& warning : preview.warnings) {
        out += "  note:       " + plainText(warning) + "\n";
    }
    return out;
}

int show(const ActionOutcome& outcome, const Options& options) {
    if (options.json) {
        std::printf("%s\n", outcomeDocument(outcome).c_str());
        return exitCodeOf(outcome.verdict);
    }
    std::string text(verdictName(outcome.verdict));
    text = text == "in_doubt" ? "in doubt" : text;
    text += outcome.number > 0 ? " (#" + std::to_string(outcome.number) + " of " + outcome.writerId + ")" : "";
    if (!outcome.observedAfter.empty()) {
        text += ": " + valuesText(outcome.observedAfter);
    }
    for (const auto& name : outcome.stragglers) {
        text += "\n  not seen in effect: " + name;
    }
    if (outcome.leaseUntil) {
        text += "\n  until " + isoTime(*outcome.leaseUntil);
    }
    if (!outcome.message.empty()) {
        text += "\n  " + plainText(outcome.message);
    }
    std::printf("%s\n", text.c_str());
    return exitCodeOf(outcome.verdict);
}

/// Shows the preview and asks. Nothing when it may go on, else the exit code.
std::optional<int> confirm(const ActionPreview& preview, ActionRequest& request, const Options& options) {
    request.fingerprint = preview.fingerprint;
    request.typed = options.typed;
    if (options.yes) {
        return std::nullopt;
    }
    if (::isatty(STDIN_FILENO) == 0) {
        return failed({ErrorCode::Invalid, "Without a terminal to ask on, confirm with --yes."}, options);
    }
    const auto word = preview.typeToConfirm.empty() ? std::string("yes") : preview.typeToConfirm;
    std::fprintf(stderr, "%sDo it? Type %s: ", previewText(preview).c_str(), word.c_str());
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != word) {
        return failed({ErrorCode::Conflict, "Nothing was done."}, options);
    }
    request.typed = answer;
    return std::nullopt;
}

Result<ActingGateway> chooseGateway(const Options& options) {
    const auto place = findStack(options);
    return place ? chooseGateway(*place, options) : std::unexpected(place.error());
}

ActionRequest requestOf(const Options& options) {
    ActionRequest request;
    request.action = options.action;
    request.reason = options.reason;
    request.requestId = options.requestId.empty() ? "ctl-" + randomHex(16) : options.requestId;
    return request;
}

} // namespace

int runActions(const Options& options) {
    std::printf("%s\n", options.json ? catalogueDocument().c_str() : catalogueText().c_str());
    return kDone;
}

int runPreview(const Options& options) {
    auto request = requestOf(options);
    auto parameters = parseParameters(options.parameters);
    if (!parameters) {
        return failed(parameters.error(), options);
    }
    request.parameters = std::move(*parameters);
    if (const auto plan = planAction(request.action, request.parameters); !plan) {
        return failed(plan.error(), options);
    }
    const auto gateway = chooseGateway(options);
    if (!gateway) {
        return failed({ErrorCode::Io, gateway.error().text}, options);
    }
    const auto preview = gateway->gateway().preview(request, kPreviewPatience);
    if (!preview) {
        return failed(preview.error(), options);
    }
    std::printf("%s\n", options.json ? previewDocument(*preview).c_str() : previewText(*preview).c_str());
    return kDone;
}

int runAction(const Options& options) {
    auto request = requestOf(options);
    auto parameters = parseParameters(options.parameters);
    if (!parameters) {
        return failed(parameters.error(), options);
    }
    request.parameters = std::move(*parameters);
    if (const auto plan = planAction(request.action, request.parameters); !plan) {
        return failed(plan.error(), options);
    }
    const auto gateway = chooseActingGateway(options);
    if (!gateway) {
        const bool refused = gateway.error().code == ErrorCode::Conflict;
        return failed({refused ? ErrorCode::Conflict : ErrorCode::Io, gateway.error().text}, options);
    }
    const auto preview = gateway->gateway().preview(request, kPreviewPatience);
    if (!preview) {
        return failed(preview.error(), options);
    }
    if (const auto code = confirm(*preview, request, options)) {
        return *code;
    }
    const auto outcome = toItsEnd(gateway->control(), *preview, request,
                                  [&] { return gateway->gateway().apply(request, kActPatience); });
    return outcome ? show(*outcome, options) : failed(outcome.error(), options);
}

int runUndo(const Options& options) {
    auto request = requestOf(options);
    const auto gateway = chooseActingGateway(options);
    if (!gateway) {
        const bool refused = gateway.error().code == ErrorCode::Conflict;
        return failed({refused ? ErrorCode::Conflict : ErrorCode::Io, gateway.error().text}, options);
    }
    const auto preview = gateway->gateway().previewUndo(options.reference, kPreviewPatience);
    if (!preview) {
        return failed(preview.error(), options);
    }
    if (const auto code = confirm(*preview, request, options)) {
        return *code;
    }
    const auto outcome = toItsEnd(gateway->control(), *preview, request,
                                  [&] { return gateway->gateway().undo(options.reference, request, kActPatience); });
    return outcome ? show(*outcome, options) : failed(outcome.error(), options);
}

} // namespace binnacle::ctl
