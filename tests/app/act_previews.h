// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/actions/action_catalogue.h"
#include "backend/actions/planning.h"

#include <chrono>
#include <string>

namespace binnacle::test {

inline const std::string kLongQuery = "select t.id from tasks t where t.project_id = $1 for update";

/// What an operator asks for, of each action of the catalogue.
inline Values askedOf(const std::string& action) {
    if (action == "set_degradation_level") {
        return {{"level", std::int64_t{2}}};
    }
    if (action == "set_canary_share") {
        return {{"percent", std::int64_t{5}}};
    }
    if (action.ends_with("_migration")) {
        return {{"id", std::string("20261101120000_tasks_by_assignee")}};
    }
    if (action == "cancel_query" || action == "terminate_session") {
        return {{"server", std::string("primary")},
                {"pid", std::int64_t{4711}},
                {"backend_start", std::string("2026-11-25 18:30:01.123456+00")},
                {"xact_start", std::string("2026-11-25 18:34:12.5+00")}};
    }
    if (action == "invalidate_cache") {
        return {{"key", std::string("task:42")}};
    }
    if (action.ends_with("_instance")) {
        return {{"instance", std::string("app-2")}};
    }
    if (action == "pause_pool") {
        return {{"pool", std::string("orders")}, {"lease_s", std::int64_t{90}}};
    }
    if (action == "resize_pool") {
        return {{"pool", std::string("orders")}, {"size", std::int64_t{30}}};
    }
    return action == "resume_pool" ? Values{{"pool", std::string("orders")}} : Values();
}

/// The documents that control makes of an undertaking. A test holds their members to its sources.
inline void describeUndertaking(ActionPreview& preview) {
    const auto& action = preview.action;
    const auto text = [](const char* words) { return std::string(words); };
    const auto count = [](std::int64_t number) { return number; };
    if (action == "cancel_query" || action == "terminate_session") {
        preview.target = "process 4711 of app_rw on primary";
        preview.affected = {"process 4711", "process 4801, which waits behind it",
                            "process 4802, which waits behind it", "process 4807, which waits behind it"};
        preview.before = {{"state", text("active")},
                          {"user", text("app_rw")},
                          {"database", text("tasks")},
                          {"application", text("binnacle-service app-1")},
                          {"query_start", text("2026-11-25 18:34:20.25+00")},
                          {"waiters", count(3)}};
        preview.after = {{"state", text(action == "cancel_query" ? "cancelled" : "ended")}, {"waiters", count(0)}};
        preview.details = {{"statement", kLongQuery},
                           {"client", text("local")},
                           {"session_age_s", count(1290)},
                           {"statement_age_s", count(184)},
                           {"transaction_age_s", count(192)}};
        preview.warnings = {"3 sessions wait behind it.", "What its transaction has done so far is rolled back."};
    } else if (action == "invalidate_cache") {
        preview.target = "the cache: key task:42";
        preview.affected = {"task:42", "task:42:comments", "task:42:history"};
        preview.before = {{"state", text("cached")}, {"keys", count(3)}};
        preview.after = {{"state", text("not cached")}, {"keys", count(0)}};
        preview.warnings = {"The next reads of 3 keys go to the database."};
    } else if (action.ends_with("_instance")) {
        const bool drains = action == "drain_instance";
        preview.target = "app-2 (stable) behind the load balancer";
        preview.affected = {"app-2"};
        preview.before = {{"instance", text("app-2")},
                          {"state", text(drains ? "in rotation" : "drained")},
                          {"requests_now", count(drains ? 7 : 0)}};
        preview.after = {{"instance", text("app-2")}, {"state", text(drains ? "drained" : "in rotation")}};
        if (drains) {
            preview.warnings = {"1 other instance of stable takes over what it does now.",
                                "7 requests on it now: it ends them, and gets no new one."};
        }
    } else if (action.ends_with("_pool")) {
        preview.target = "pool orders of pgBouncer";
        preview.affected = {"orders"};
        preview.before = {{"pool", text("orders")},
                          {"state", text(action == "resume_pool" ? "paused" : "active")},
                          {"size", count(20)},
                          {"clients_waiting", count(4)},
                          {"servers_active", count(20)}};
        preview.after = {{"pool", text("orders")}};
        if (action == "resize_pool") {
            preview.after.emplace("size", count(30));
            preview.affected.emplace_back("reports");
            preview.details = {{"server_limit", count(97)}, {"other_sessions", count(12)}};
            preview.warnings = {"The size is pgBouncer's default_pool_size: that of reports changes with it."};
        } else {
            preview.after.emplace("state", text(action == "pause_pool" ? "paused" : "active"));
        }
        if (action == "pause_pool") {
            preview.after.emplace("lease_s", count(90));
            preview.warnings = {"Every query through it waits until it is resumed, by itself after 90 s. Callers give "
                                "up by limits of their own, and an instance that gets no answer for a second leaves "
                                "the rotation.",
                                "20 transactions under way must end first."};
        }
    } else {
        const bool applies = action == "apply_migration";
        const bool stops = action == "stop_migration";
        preview.target = "tasks";
        preview.affected = {"tasks"};
        preview.before = {{"migration", text("20261101120000_tasks_by_assignee")},
                          {"state", text(stops     ? "running"
                                         : applies ? "pending"
                                                   : "applied")}};
        preview.after = {{"migration", text("20261101120000_tasks_by_assignee")},
                         {"state", text(stops     ? "stopped"
                                        : applies ? "applied"
                                                  : "pending")}};
        if (!stops) {
            preview.details = {{"statement", text("CREATE INDEX CONCURRENTLY tasks_by_assignee ON tasks (assignee)")},
                               {"lock", text("SHARE UPDATE EXCLUSIVE on tasks: reads and writes go on; VACUUM, "
                                             "ANALYZE and other changes of the table wait.")},
                               {"table", text("tasks")},
                               {"rows", count(1204000)},
                               {"table_bytes", count(612000000)},
                               {"index_bytes", count(81000000)}};
        }
    }
}

/// A preview of that action as the operator gets it.
inline ActionPreview previewOf(const CatalogueEntry& entry) {
    const UtcTime now{std::chrono::seconds(1'764'095'400)}; // 18:30:00
    const auto change = planAction(entry.spec.id, askedOf(entry.spec.id)).value();
    if (!change.undertaking) {
        HeldValue held;
        held.resource = change.resource;
        held.held = {40, change.resource == Resource::CanaryShare ? 1000 : 0};
        Observation seen;
        const auto names = change.resource == Resource::CanaryShare ? std::vector<const char*>{"haproxy"}
                                                                    : std::vector{"app-1", "app-2", "app-3"};
        for (const auto* name : names) {
            seen.targets.push_back({name, held.held, {}, true});
        }
        return makePreview(change, held, {.environment = "bundled stack", .observation = seen, .undoOf = {}}, now);
    }
    ActionPreview preview;
    preview.action = entry.spec.id;
    preview.title = entry.spec.title;
    preview.environment = "bundled stack";
    preview.risk = entry.spec.risk;
    preview.reversibility = entry.spec.reversibility;
    preview.parameters = change.parameters;
    preview.validUntil = now + std::chrono::seconds(120);
    describeUndertaking(preview);
    if (!entry.noUndo.empty()) {
        preview.warnings.push_back(entry.noUndo);
    }
    return preview;
}

/// Its announcement in the audit.
inline AuditEntry intentOf(const ActionPreview& preview) {
    AuditEntry entry;
    entry.number = 12;
    entry.operatorName = "m.okafor";
    entry.action = preview.action;
    entry.parameters = preview.parameters;
    entry.before = preview.before;
    entry.after = preview.after;
    return entry;
}

} // namespace binnacle::test
