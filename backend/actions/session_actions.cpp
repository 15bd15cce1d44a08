// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/session_actions.h"

#include <algorithm>
#include <limits>

namespace binnacle {
namespace {

constexpr std::size_t longestName = 64;
constexpr std::size_t longestKey = 512;

std::string textIn(const Values& parameters, std::string_view name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : valueText(found->second); // "7" is a name as well
}

/// A name as servers, instances and pools have them.
Result<std::string> nameIn(const Values& parameters, const char* parameter, const char* example) {
    auto name = textIn(parameters, parameter);
    const bool plain = !name.empty() && name.size() <= longestName && std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
               c == '-';
    });
    if (!plain) {
        return fail(ErrorCode::Invalid,
                    std::string(parameter) + " must be a name such as " + example + ", not \"" + name + "\".");
    }
    return name;
}

/// A moment as PostgreSQL writes it and reads it back: "2026-11-25T18:30:01.123456Z".
Result<std::string> momentIn(const Values& parameters, const char* parameter) {
    auto text = textIn(parameters, parameter);
    const bool plain = text.size() >= 19 && text.size() <= 40 && text[0] >= '0' && text[0] <= '9' &&
                       std::ranges::all_of(text, [](char c) {
                           return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == ':' || c == '.' || c == ' ' ||
                                  c == 'T' || c == 'Z';
                       });
    // Without a zone it would mean another moment on another server.
    const auto clock = std::min(text.find_first_of("T "), text.size());
    if (!plain || text.find_first_of("Z+-", clock) == std::string::npos) {
        return fail(ErrorCode::Invalid,
                    std::string(parameter) +
                        " must be a moment with its zone, to the microsecond, as binnaclectl and the console show it "
                        "(2026-11-25T18:30:01.123456Z), not \"" +
                        text + "\".");
    }
    return text;
}

PlannedChange changeOf(const char* action, Verb verb) {
    PlannedChange change;
    change.action = action;
    change.undertaking = verb;
    return change;
}

/// A process id alone names whoever has it by then: the start of the session and of its transaction say who is meant.
Result<PlannedChange> planSession(const char* action, Verb verb, const Values& parameters) {
    auto change = changeOf(action, verb);
    const auto server = nameIn(parameters, "server", "primary");
    if (!server) {
        return std::unexpected(server.error());
    }
    const auto pid = integerOf(parameters, "pid");
    if (!pid || *pid < 1 || *pid > std::numeric_limits<std::int32_t>::max()) {
        return fail(ErrorCode::Invalid,
                    "pid must be the number of a server process, not \"" + textIn(parameters, "pid") + "\".");
    }
    const auto start = momentIn(parameters, "backend_start");
    if (!start) {
        return std::unexpected(start.error());
    }
    change.parameters = {{"server", *server}, {"pid", *pid}, {"backend_start", *start}};
    if (!textIn(parameters, "xact_start").empty()) {
        const auto transaction = momentIn(parameters, "xact_start");
        if (!transaction) {
            return std::unexpected(transaction.error());
        }
        change.parameters.emplace("xact_start", *transaction);
    } else if (verb == Verb::CancelQuery) {
        return fail(ErrorCode::Invalid, "A session without a transaction runs no query: there is nothing to cancel. "
                                        "cancel_query needs xact_start.");
    }
    return change;
}

Result<PlannedChange> planInstance(const char* action, Verb verb, const Values& parameters) {
    const auto instance = nameIn(parameters, "instance", "app-1");
    if (!instance) {
        return std::unexpected(instance.error());
    }
    auto change = changeOf(action, verb);
    change.parameters = {{"instance", *instance}};
    return change;
}

Result<PlannedChange> planPool(const char* action, Verb verb, const Values& parameters) {
    const auto pool = nameIn(parameters, "pool", "binnacle");
    if (!pool) {
        return std::unexpected(pool.error());
    }
    auto change = changeOf(action, verb);
    change.parameters = {{"pool", *pool}};
    return change;
}

} // namespace

Result<PlannedChange> planCancelQuery(const Values& parameters) {
    return planSession("cancel_query", Verb::CancelQuery, parameters);
}

Result<PlannedChange> planTerminateSession(const Values& parameters) {
    return planSession("terminate_session", Verb::TerminateSession, parameters);
}

Result<PlannedChange> planInvalidateCache(const Values& parameters) {
    auto change = changeOf("invalidate_cache", Verb::InvalidateCache);
    const auto key = textIn(parameters, "key");
    const auto tag = textIn(parameters, "tag");
    if (key.empty() == tag.empty()) {
        return fail(ErrorCode::Invalid, "invalidate_cache takes either key= or tag=.");
    }
    const auto& given = key.empty() ? tag : key;
    if (given.size() > longestKey ||
        std::ranges::any_of(given, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
        return fail(ErrorCode::Invalid, "A key or tag has 1 to 512 bytes and no control characters.");
    }
    change.parameters.emplace(key.empty() ? "tag" : "key", given);
    return change;
}

Result<PlannedChange> planDrainInstance(const Values& parameters) {
    return planInstance("drain_instance", Verb::DrainInstance, parameters);
}

Result<PlannedChange> planReadyInstance(const Values& parameters) {
    return planInstance("ready_instance", Verb::ReadyInstance, parameters);
}

Result<PlannedChange> planPausePool(const Values& parameters) {
    auto change = planPool("pause_pool", Verb::PausePool, parameters);
    if (!change || !parameters.contains("lease_s")) {
        return change;
    }
    const auto lease = integerOf(parameters, "lease_s");
    if (!lease || *lease < 1 || *lease > longestPause.count()) {
        return fail(ErrorCode::Invalid, "lease_s must be a whole number of seconds from 1 to " +
                                            std::to_string(longestPause.count()) + ", not \"" +
                                            textIn(parameters, "lease_s") + "\".");
    }
    change->parameters.emplace("lease_s", *lease);
    return change;
}

Result<PlannedChange> planResumePool(const Values& parameters) {
    return planPool("resume_pool", Verb::ResumePool, parameters);
}

Result<PlannedChange> planResizePool(const Values& parameters) {
    auto change = planPool("resize_pool", Verb::ResizePool, parameters);
    if (!change) {
        return change;
    }
    const auto size = integerOf(parameters, "size");
    if (!size || *size < 1 || *size > largestPool) {
        return fail(ErrorCode::Invalid, "size must be a whole number of connections from 1 to " +
                                            std::to_string(largestPool) + ", not \"" + textIn(parameters, "size") +
                                            "\".");
    }
    change->parameters.emplace("size", *size);
    return change;
}

} // namespace binnacle
