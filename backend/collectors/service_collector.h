// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/host_resolver.h"
#include "backend/clients/http_client.h"
#include "backend/collectors/cache_hit_ratios.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/kept_tables.h"
#include "backend/collectors/route_statements.h"

#include <string>

namespace binnacle {

/// Reads one instance of a service over its admin endpoint (GET /admin/v1/telemetry on a kept connection).
class ServiceCollector final : public Collector {
public:
    ServiceCollector(std::string instance, HttpEndpoint admin);

    [[nodiscard]] std::string source() const override { return "service/" + m_instance; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] bool local() const override { return isLocalAddress(target()); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_http.receivedBytes(); }

private:
    void addRouteStatements(const TelemetryDocument& document, Snapshot& snapshot);

    std::string m_instance;
    std::string m_target;
    HttpClient m_http;
    std::string m_epoch;
    CacheHitRatios m_hitRatios;
    RouteStatements m_statements;
    KeptTables m_tables;
    bool m_toldStatements = false;
};

} // namespace binnacle
