// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/service_collector.h"

#include "backend/collectors/telemetry_document.h"

#include <algorithm>
#include <utility>

namespace binnacle {

ServiceCollector::ServiceCollector(std::string instance, HttpEndpoint admin)
    : m_instance(std::move(instance))
    , m_target(admin.unixSocket.empty() ? admin.baseUrl : admin.unixSocket)
    , m_http(std::move(admin)) {}

Result<Snapshot> ServiceCollector::collect(SteadyTime deadline) {
    const auto body = m_http.getBody("/admin/v1/telemetry", deadline);
    if (!body) {
        return std::unexpected(body.error());
    }
    auto document = parseTelemetry(*body);
    if (!document) {
        return std::unexpected(std::move(document.error()));
    }
    Snapshot snapshot;
    snapshot.header.epoch = document->epoch;
    snapshot.header.senderMonotonic = document->monotonic;
    if (m_epoch != document->epoch) {
        m_epoch = document->epoch;
        m_hitRatios.clear();
        m_statements.clear();
        m_tables.clear();
        m_toldStatements = false;
    }
    addRouteStatements(*document, snapshot);
    snapshot.readings = std::move(document->readings);
    for (auto& reading : snapshot.readings) {
        // The name by which we reached it counts, whatever it calls itself.
        reading.key.labels.set("instance", m_instance);
        reading.key.labels.set("role", document->role);
        reading.key.labels.set("version", document->version);
    }
    m_hitRatios.add(snapshot, m_instance, std::chrono::steady_clock::now());
    snapshot.sort();
    if (std::ranges::adjacent_find(snapshot.readings, {}, &Reading::key) != snapshot.readings.end()) {
        return fail(ErrorCode::Protocol, "The telemetry document tells one series twice");
    }
    return snapshot;
}

void ServiceCollector::addRouteStatements(const TelemetryDocument& document, Snapshot& snapshot) {
    constexpr const char* kTable = "service.route_statements";
    const auto now = std::chrono::steady_clock::now();
    if (m_tables.isDue(kTable, now)) {
        // Rates take two readings: the second comes soon.
        const std::chrono::seconds interval(std::exchange(m_toldStatements, true) ? 5 : 1);
        if (document.routeStatements) {
            m_tables.put(m_statements.build(document, now), now, interval);
        } else {
            m_tables.putAbsent(kTable, "its telemetry does not tell which statements a route runs (route_statements)",
                               now, interval);
        }
    }
    m_tables.addTo(snapshot);
}

} // namespace binnacle
