// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/route_statements.h"

#include "backend/collectors/kept_tables.h"

namespace binnacle {

namespace {

/// Nothing of nothing is no share.
TableCell shareOf(double part, double whole) {
    return whole > 0 ? TableCell(part / whole) : TableCell();
}

} // namespace

SnapshotTable RouteStatements::build(const TelemetryDocument& document, SteadyTime at) {
    std::map<std::string, double, std::less<>> routeSeconds;
    for (const auto& reading : document.readings) {
        if (reading.key.id == "service.http.latency" && reading.histogram) {
            routeSeconds[std::string(reading.key.labels.get("route"))] +=
                static_cast<double>(reading.histogram->sumNs()) * 1e-9;
        }
    }
    decltype(m_routes) routes;
    for (const auto& [route, seconds] : routeSeconds) {
        auto node = m_routes.extract(route);
        auto& rate = node ? routes.insert(std::move(node)).position->second
                          : routes.emplace(route, WindowedRate(kWindow)).first->second;
        rate.update(at, seconds);
    }
    m_routes = std::move(routes);

    const WindowedRate untold;
    SnapshotTable table(*findTable("service.route_statements"));
    decltype(m_rates) kept;
    for (const auto& use : *document.routeStatements) {
        if (table.rowCount() >= kRowLimit) {
            ++table.omitted;
            continue;
        }
        const std::pair key(use.route, use.statement);
        if (kept.contains(key)) {
            continue; // told twice
        }
        auto node = m_rates.extract(key);
        auto& rates = node ? kept.insert(std::move(node)).position->second : kept[key];
        rates.calls.update(at, use.calls);
        rates.seconds.update(at, use.seconds);
        const auto route = m_routes.find(use.route);
        const auto& routeRate = route != m_routes.end() ? route->second : untold;
        const auto load = cell(rates.seconds.value());
        const auto* loaded = std::get_if<double>(&load);
        const auto text = document.statementTexts.find(use.statement);
        const auto known = text != document.statementTexts.end() ? m_texts.of(text->second) : SqlText();
        table.add({use.route, use.statement, use.calls, cell(rates.calls.value()), use.seconds, load,
                   shareOf(use.seconds, use.calls), cell(meanOf(rates.seconds, rates.calls)), cell(routeRate.value()),
                   loaded != nullptr ? shareOf(*loaded, routeRate.value().value_or(0)) : TableCell(), cell(known.shape),
                   cell(known.shown)});
    }
    m_rates = std::move(kept);
    return table;
}

} // namespace binnacle
