// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenario_command.h"

#include "backend/load/load_report.h"
#include "backend/load/scenarios/scenario_run.h"

#include <cstdio>
#include <fmt/format.h>

namespace binnacle::load {

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kRefused = 3;

void say(std::string_view sentence) {
    fmt::print(stderr, "binnacle-load: {}\n", sentence);
    std::fflush(stderr);
}

int complain(const ScenarioArguments& arguments, int code, const char* word, const std::string& text) {
    say(text);
    if (arguments.json) {
        fmt::print("{}\n", errorDocument(word, text));
    }
    return code;
}

int list(const ScenarioArguments& arguments) {
    std::string out = arguments.json ? R"({"scenarios":[)" : "";
    for (const auto& entry : scenarioCatalogue()) {
        if (arguments.json) {
            // Names and lines are ours: nothing in them needs an escape.
            out +=
                fmt::format(R"({}{{"name":"{}","line":"{}"}})", out.back() == '[' ? "" : ",", entry.name, entry.line);
        } else {
            out += fmt::format("{:<18}{}\n", entry.name, entry.line);
        }
    }
    fmt::print("{}{}", out, arguments.json ? "]}\n" : "");
    return kDone;
}

} // namespace

int runScenario(const ScenarioArguments& arguments, const std::function<bool()>& keepOn) {
    if (arguments.list) {
        return list(arguments);
    }
    const auto* const entry = findScenario(arguments.name);
    if (entry == nullptr) {
        return complain(arguments, kUsage, "invalid",
                        arguments.name.empty() ? "name a scenario; 'binnacle-load scenario --list' shows them"
                                               : "there is no scenario named " + arguments.name +
                                                     "; 'binnacle-load scenario --list' shows them");
    }
    const auto lasts = parseSpan(arguments.lasts);
    if (!lasts) {
        return complain(arguments, kUsage, "invalid", "--for takes 1s to 600s or 1m to 10m, not " + arguments.lasts);
    }
    const auto stage = findStage(arguments.stateDir, *lasts);
    const auto report = stage ? playScenario(*entry, *stage, {say, keepOn}) : std::unexpected(stage.error());
    if (!report) {
        const bool refused = report.error().code == ErrorCode::Conflict;
        return complain(arguments, refused ? kRefused : kFailed, refused ? "refused" : "failed", report.error().text);
    }
    if (arguments.json) {
        fmt::print("{{\"scenario\":\"{}\",\"seconds\":{:.3f},\"interrupted\":{},\"taken_back\":true}}\n", report->name,
                   report->seconds, report->interrupted);
    }
    return kDone;
}

} // namespace binnacle::load
