// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/load_report.h"

#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace binnacle::load {

namespace {

using Json = nlohmann::ordered_json;

void addQuantiles(Json& to, const LatencyHistogram& latency) {
    const auto set = [&](const char* name, double q) {
        const auto value = latency.quantile(q);
        to[name] = value ? Json(*value) : Json(nullptr);
    };
    set("p50", 0.5);
    set("p95", 0.95);
    set("p99", 0.99);
    set("p999", 0.999);
}

Json statusOf(const RouteTally& tally) {
    Json status = Json::object();
    for (const auto& [code, count] : tally.statuses) {
        status[std::to_string(code)] = count;
    }
    if (tally.errors > 0) {
        status["error"] = tally.errors;
    }
    return status;
}

std::string milliseconds(const LatencyHistogram& latency, double q) {
    const auto value = latency.quantile(q);
    return value ? fmt::format("{:.2f}", *value * 1e3) : "-";
}

} // namespace

RouteTally LoadReport::total() const {
    RouteTally sum;
    for (const auto& tally : routes) {
        sum.offered += tally.offered;
        sum.sent += tally.sent;
        sum.notSent += tally.notSent;
        sum.dropped += tally.dropped;
        sum.errors += tally.errors;
        for (const auto& [code, count] : tally.statuses) {
            sum.statuses[code] += count;
        }
        sum.latency.merge(tally.latency);
    }
    return sum;
}

std::uint64_t LoadReport::answered() const {
    std::uint64_t sum = 0;
    for (const auto& tally : routes) {
        sum += tally.sent - tally.errors;
    }
    return sum;
}

std::string reportDocument(const LoadReport& report) {
    const RouteTally total = report.total();
    Json document;
    document["format"] = 1;
    document["url"] = report.url;
    document["mix"] = report.mix;
    document["rate"] = report.ratePerSecond;
    document["seed"] = report.seed;
    document["connections"] = report.connections;
    document["users"] = report.users;
    document["scheduled_s"] = report.scheduledSeconds;
    document["elapsed_s"] = report.elapsedSeconds;
    document["interrupted"] = report.interrupted;
    document["offered"] = total.offered;
    document["sent"] = total.sent;
    document["not_sent"] = total.notSent;
    document["dropped"] = total.dropped;
    document["status"] = statusOf(total);
    document["failures"] = report.failures;
    addQuantiles(document, total.latency);
    document["max_in_flight"] = report.maxInFlight;
    document["max_waiting"] = report.maxWaiting;
    const auto lag = report.generatorLag.quantile(0.99);
    document["generator_lag_p99"] = lag ? Json(*lag) : Json(nullptr);
    document["learning"] = {
        {"requests", report.learningRequests}, {"projects", report.projects}, {"tasks", report.tasks}};
    document["routes"] = Json::array();
    for (std::size_t i = 0; i < kRouteCount; ++i) {
        const auto& tally = report.routes[i];
        if (tally.offered == 0) {
            continue;
        }
        Json route;
        route["route"] = routeLabel(static_cast<Route>(i));
        route["offered"] = tally.offered;
        route["sent"] = tally.sent;
        route["not_sent"] = tally.notSent;
        route["dropped"] = tally.dropped;
        route["status"] = statusOf(tally);
        addQuantiles(route, tally.latency);
        document["routes"].push_back(std::move(route));
    }
    return document.dump(2) + "\n";
}

std::string reportText(const LoadReport& report) {
    const RouteTally total = report.total();
    std::string text;
    auto to = std::back_inserter(text);
    fmt::format_to(to, "{:.1f} s at {:g} requests/s against {}: {} sent, {} errors, {} not sent, {} dropped\n",
                   report.scheduledSeconds, report.ratePerSecond, report.url, total.sent, total.errors, total.notSent,
                   total.dropped);
    fmt::format_to(to, "{:<30}{:>9}{:>8}{:>10}{:>10}{:>10}{:>10}  {}\n", "route", "sent", "errors", "p50 ms", "p95 ms",
                   "p99 ms", "p99.9 ms", "status");
    const auto line = [&](std::string_view name, const RouteTally& tally) {
        std::string status;
        for (const auto& [code, count] : tally.statuses) {
            status += fmt::format("{}{}: {}", status.empty() ? "" : ", ", code, count);
        }
        fmt::format_to(to, "{:<30}{:>9}{:>8}{:>10}{:>10}{:>10}{:>10}  {}\n", name, tally.sent, tally.errors,
                       milliseconds(tally.latency, 0.5), milliseconds(tally.latency, 0.95),
                       milliseconds(tally.latency, 0.99), milliseconds(tally.latency, 0.999), status);
    };
    for (std::size_t i = 0; i < kRouteCount; ++i) {
        if (report.routes[i].offered > 0) {
            line(routeLabel(static_cast<Route>(i)), report.routes[i]);
        }
    }
    line("all", total);
    for (const auto& [kind, count] : report.failures) {
        fmt::format_to(to, "failure {}: {}\n", kind, count);
    }
    return text;
}

std::string errorDocument(std::string_view code, std::string_view message) {
    const Json document = {{"error", {{"code", code}, {"message", message}}}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace binnacle::load
