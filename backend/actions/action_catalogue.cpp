// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/actions/action_catalogue.h"

#include "backend/actions/session_actions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace binnacle {
namespace {

/// Refuses parameters that the action does not have: a misspelt one must not be ignored silently.
Result<void> onlyKnown(const CatalogueEntry& entry, const Values& parameters) {
    for (const auto& [name, value] : parameters) {
        const bool known =
            std::ranges::any_of(entry.spec.parameters, [&](const auto& spec) { return spec.name == name; });
        if (!known) {
            std::string names;
            for (const auto& spec : entry.spec.parameters) {
                names += (names.empty() ? "" : ", ") + spec.name;
            }
            return fail(ErrorCode::Invalid, entry.spec.id + " has no parameter \"" + name + "\". It takes" +
                                                (names.empty() ? " none." : ": " + names + "."));
        }
    }
    for (const auto& spec : entry.spec.parameters) {
        if (spec.required && !parameters.contains(spec.name)) {
            return fail(ErrorCode::Invalid, entry.spec.id + " needs " + spec.name + "=" + spec.values + ".");
        }
    }
    return {};
}

Result<PlannedChange> planLevel(const Values& parameters) {
    PlannedChange change;
    change.action = "set_degradation_level";
    change.resource = Resource::DegradationLevel;
    const auto level = integerOf(parameters, "level");
    if (!level || *level < 0 || *level > maximumLevel) {
        return fail(ErrorCode::Invalid, "level must be 0, 1, 2 or 3, not \"" + textOf(parameters, "level") + "\".");
    }
    change.value = *level;
    change.lease = defaultLease(change.resource, *level);
    if (parameters.contains("lease_s")) {
        const auto lease = integerOf(parameters, "lease_s");
        if (!lease || *lease < 1 || *lease > longestLease.count()) {
            return fail(ErrorCode::Invalid, "lease_s must be a whole number of seconds from 1 to " +
                                                std::to_string(longestLease.count()) + ", not \"" +
                                                textOf(parameters, "lease_s") + "\".");
        }
        if (*level == 0) {
            return fail(ErrorCode::Invalid, "Level 0 is the normal state and has no lease: leave lease_s out.");
        }
        change.lease = std::chrono::seconds(*lease);
        change.parameters.emplace("lease_s", *lease);
    }
    change.parameters.emplace("level", *level);
    if (*level == maximumLevel) {
        change.typeToConfirm = "emergency";
    }
    return change;
}

Result<PlannedChange> planShare(const Values& parameters) {
    const auto percent = numberOf(parameters, "percent");
    // In basis points, because that is what the load balancer's map holds.
    const double points = percent ? *percent * 100 : -1;
    if (!percent || !(points >= 0 && points <= static_cast<double>(wholeShare)) ||
        std::abs(points - std::round(points)) > 1e-6) {
        return fail(ErrorCode::Invalid,
                    "percent must be a number from 0 to 100 with at most two digits after the point, not \"" +
                        textOf(parameters, "percent") + "\".");
    }
    PlannedChange change;
    change.action = "set_canary_share";
    change.resource = Resource::CanaryShare;
    change.value = std::llround(points);
    change.parameters = describeValue(change.resource, change.value);
    return change;
}

/// The catalogue of migrations is control's to know: here only the form is checked.
Result<PlannedChange> planMigration(const char* action, Verb verb, const Values& parameters) {
    PlannedChange change;
    change.action = action;
    change.undertaking = verb;
    const auto id = textOf(parameters, "id");
    const bool plain = !id.empty() && id.size() <= 128 && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_';
    });
    if (!plain) {
        return fail(ErrorCode::Invalid,
                    "id must be that of a migration, such as 20261101120000_tasks_by_assignee, not \"" + id + "\".");
    }
    change.parameters.emplace("id", id);
    return change;
}

Result<PlannedChange> planApply(const Values& parameters) {
    return planMigration("apply_migration", Verb::ApplyMigration, parameters);
}

Result<PlannedChange> planRevert(const Values& parameters) {
    return planMigration("revert_migration", Verb::ApplyMigration, parameters);
}

Result<PlannedChange> planStop(const Values& parameters) {
    return planMigration("stop_migration", Verb::StopMigration, parameters);
}

Result<PlannedChange> planPanic(const Values&) {
    PlannedChange change;
    change.action = "panic";
    change.resource = Resource::CanaryShare;
    change.panic = true;
    return change;
}

/// Who is meant: a process id alone names whoever has it by then.
std::vector<ParameterSpec> sessionParameters(bool inTransaction) {
    return {{"server", "NAME", "of PostgreSQL, such as primary or replica-1", true},
            {"pid", "PID", "the session's process", true},
            {"backend_start", "TIME", "when the session began, to the microsecond", true},
            {"xact_start", "TIME",
             inTransaction ? "when its transaction began, to the microsecond"
                           : "when its transaction began; left out for a session without one",
             inTransaction}};
}

const std::array catalogue = {
    CatalogueEntry{{"set_degradation_level",
                    "Set the degradation level",
                    Risk::Medium,
                    Reversibility::Undo,
                    {{"level", "0..3", "0 normal, 1 without analytics, 2 also without suggestions, 3 emergency", true},
                     {"lease_s", "1..86400",
                      "seconds until it steps down by itself (default 3600, 1800, 900 for level 1, 2, 3)", false}}},
                   "operator; admin for level 3",
                   true,
                   &planLevel},
    CatalogueEntry{{"set_canary_share",
                    "Set the canary share",
                    Risk::Medium,
                    Reversibility::Undo,
                    {{"percent", "0..100", "share of users that the canary serves, in steps of 0.01", true}}},
                   "operator",
                   true,
                   &planShare},
    CatalogueEntry{{"apply_migration",
                    "Apply a migration",
                    Risk::Medium,
                    Reversibility::Undo,
                    {{"id", "YYYYMMDDhhmmss_name", "which one; binnaclectl migrate status lists them", true}}},
                   "admin",
                   true,
                   &planApply,
                   Verb::ApplyMigration,
                   "revert_migration"},
    CatalogueEntry{{"revert_migration",
                    "Take a migration back",
                    Risk::Medium,
                    Reversibility::Undo,
                    {{"id", "YYYYMMDDhhmmss_name", "which one", true}}},
                   "admin",
                   true,
                   &planRevert,
                   Verb::ApplyMigration,
                   "apply_migration"},
    CatalogueEntry{{"stop_migration",
                    "Stop the migration that runs",
                    Risk::Low,
                    Reversibility::Permanent,
                    {{"id", "YYYYMMDDhhmmss_name", "which one", true}}},
                   "operator",
                   true,
                   &planStop,
                   Verb::StopMigration,
                   {},
                   "What was built so far is dropped. Applied again, it begins anew."},
    CatalogueEntry{
        {"panic", "Panic: no users on the canary, stop the migration that runs", Risk::Medium, Reversibility::Undo, {}},
        "operator",
        true,
        &planPanic,
        std::nullopt,
        "set_canary_share"},
    CatalogueEntry{{"cancel_query", "Cancel a query", Risk::Medium, Reversibility::Permanent, sessionParameters(true)},
                   "operator",
                   true,
                   &planCancelQuery,
                   Verb::CancelQuery,
                   {},
                   "A cancelled query has ended; its client has got the error and may send it again."},
    CatalogueEntry{
        {"terminate_session", "End a session", Risk::High, Reversibility::Permanent, sessionParameters(false)},
        "admin",
        true,
        &planTerminateSession,
        Verb::TerminateSession,
        {},
        "An ended session and its transaction are gone; its client may connect again."},
    CatalogueEntry{{"invalidate_cache",
                    "Invalidate cached values",
                    Risk::Medium,
                    Reversibility::Forward,
                    {{"key", "KEY", "one key, as the cache has it; or give tag", false},
                     {"tag", "TAG",
                      "a group of keys, as the service names them: KIND, KIND:ORGANISATION or "
                      "organisation:ORGANISATION",
                      false}}},
                   "operator",
                   true,
                   &planInvalidateCache,
                   Verb::InvalidateCache,
                   {},
                   "The cache fills again by itself, with the next reads."},
    CatalogueEntry{{"drain_instance",
                    "Take an instance out of rotation",
                    Risk::Medium,
                    Reversibility::Undo,
                    {{"instance", "NAME", "which one; it ends what it has and gets no new request", true}}},
                   "operator",
                   true,
                   &planDrainInstance,
                   Verb::DrainInstance,
                   "ready_instance"},
    CatalogueEntry{{"ready_instance",
                    "Put an instance back into rotation",
                    Risk::Low,
                    Reversibility::Undo,
                    {{"instance", "NAME", "which one", true}}},
                   "operator",
                   true,
                   &planReadyInstance,
                   Verb::ReadyInstance,
                   "drain_instance"},
    CatalogueEntry{{"pause_pool",
                    "Pause a pool",
                    Risk::High,
                    Reversibility::Undo,
                    {{"pool", "NAME", "the database as pgBouncer calls it; queries wait until it is resumed", true},
                     {"lease_s", "1..600", "seconds until it is resumed by itself (default 60)", false}}},
                   "operator",
                   true,
                   &planPausePool,
                   Verb::PausePool,
                   "resume_pool"},
    CatalogueEntry{{"resume_pool",
                    "Resume a pool",
                    Risk::Low,
                    Reversibility::Undo,
                    {{"pool", "NAME", "the database as pgBouncer calls it", true}}},
                   "operator",
                   true,
                   &planResumePool,
                   Verb::ResumePool,
                   "pause_pool"},
    CatalogueEntry{{"resize_pool",
                    "Resize a pool",
                    Risk::Medium,
                    Reversibility::Undo,
                    {{"pool", "NAME", "the database as pgBouncer calls it", true},
                     {"size", "1..1000", "connections to the server for each user of the database", true}}},
                   "operator",
                   true,
                   &planResizePool,
                   Verb::ResizePool,
                   "resize_pool"},
};

} // namespace

std::string_view resourceName(Resource resource) {
    return resource == Resource::DegradationLevel ? "degradation_level" : "canary_share";
}

std::optional<Resource> resourceFromName(std::string_view name) {
    for (const auto resource : allResources) {
        if (resourceName(resource) == name) {
            return resource;
        }
    }
    return std::nullopt;
}

Values describeValue(Resource resource, std::int64_t value) {
    if (resource == Resource::DegradationLevel) {
        return {{"level", value}};
    }
    if (value % 100 == 0) {
        return {{"percent", value / 100}};
    }
    return {{"percent", static_cast<double>(value) / 100}};
}

std::string valuePhrase(Resource resource, std::int64_t value) {
    const auto described = describeValue(resource, value);
    return resource == Resource::DegradationLevel ? "level " + textOf(described, "level")
                                                  : textOf(described, "percent") + " %";
}

std::optional<std::int64_t> valueFrom(Resource resource, const Values& values) {
    if (resource == Resource::DegradationLevel) {
        return integerOf(values, "level");
    }
    const auto percent = numberOf(values, "percent");
    return percent ? std::optional<std::int64_t>(std::llround(*percent * 100)) : std::nullopt;
}

std::chrono::seconds defaultLease(Resource resource, std::int64_t value) {
    if (resource != Resource::DegradationLevel || value < 1) {
        return std::chrono::seconds(0);
    }
    constexpr std::array leases = {std::chrono::minutes(60), std::chrono::minutes(30), std::chrono::minutes(15)};
    return leases[static_cast<std::size_t>(std::min(value, maximumLevel)) - 1];
}

std::span<const CatalogueEntry> actionCatalogue() {
    return catalogue;
}

Result<const CatalogueEntry*> findAction(std::string_view id) {
    std::string names;
    for (const auto& entry : catalogue) {
        if (entry.spec.id == id) {
            return &entry;
        }
        names += (names.empty() ? "" : ", ") + entry.spec.id;
    }
    return fail(ErrorCode::Invalid, "There is no action \"" + std::string(id) + "\". There are: " + names + ".");
}

Result<PlannedChange> planAction(std::string_view id, const Values& parameters) {
    const auto entry = findAction(id);
    if (!entry) {
        return std::unexpected(entry.error());
    }
    if (auto known = onlyKnown(**entry, parameters); !known) {
        return std::unexpected(std::move(known.error()));
    }
    return (*entry)->plan(parameters);
}

Verb verbOf(const PlannedChange& change, std::int64_t valueBefore) {
    if (change.undertaking) {
        return *change.undertaking;
    }
    if (change.resource == Resource::CanaryShare) {
        return change.panic ? Verb::Panic : Verb::SetShare;
    }
    return std::max(change.value, valueBefore) >= maximumLevel ? Verb::SetEmergencyLevel : Verb::SetLevel;
}

Result<Values> parseParameters(std::span<const std::string> texts) {
    Values values;
    for (const auto& text : texts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0) {
            return fail(ErrorCode::Invalid, "\"" + text + "\" is no parameter. Write NAME=VALUE, for example level=2.");
        }
        const auto name = text.substr(0, equals);
        const auto written = text.substr(equals + 1);
        const char* const end = written.data() + written.size();
        std::int64_t whole = 0;
        double number = 0;
        Value value = written;
        if (const auto parsed = std::from_chars(written.data(), end, whole);
            parsed.ec == std::errc() && parsed.ptr == end) {
            value = whole;
        } else if (const auto real = std::from_chars(written.data(), end, number);
                   real.ec == std::errc() && real.ptr == end && std::isfinite(number)) {
            value = number;
        }
        if (!values.emplace(name, std::move(value)).second) {
            return fail(ErrorCode::Invalid, "The parameter " + name + " is given twice.");
        }
    }
    return values;
}

std::string catalogueText() {
    std::string out;
    for (const auto& entry : catalogue) {
        out += entry.spec.id + "\n    " + entry.spec.title + ". Risk " + std::string(riskName(entry.spec.risk)) +
               ", reversal: " + std::string(reversibilityName(entry.spec.reversibility)) + ", role: " + entry.roleText +
               ".\n";
        if (!entry.noUndo.empty()) {
            out += "    " + entry.noUndo + "\n";
        }
        for (const auto& parameter : entry.spec.parameters) {
            out += "    " + parameter.name + "=" + parameter.values + (parameter.required ? "" : " (optional)") + ": " +
                   parameter.text + "\n";
        }
    }
    return out;
}

} // namespace binnacle
