// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/host_resolver.h"
#include "backend/clients/http_client.h"
#include "backend/collectors/cache_hit_ratios.h"
#include "backend/collectors/collector.h"

#include <string>
#include <string_view>

namespace binnacle {

/// Reads one instance of a service by its own metrics page, where no admin endpoint can be reached and no Prometheus
/// server scrapes it: the metrics of `prometheus_catalogue.cpp`, as exact as their buckets.
class MetricsCollector final : public Collector {
public:
    /// `page` is a whole address; without a path it is /metrics.
    MetricsCollector(std::string instance, HttpEndpoint page);

    [[nodiscard]] std::string source() const override { return "service/" + m_instance; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] bool local() const override { return isLocalAddress(target()); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(1000); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_http.receivedBytes(); }

    /// What one answer of the page says. Protocol where it is no such text, NotFound where it has none of the metrics.
    [[nodiscard]] Result<Snapshot> read(std::string_view text, SteadyTime at);

private:
    std::string m_instance;
    std::string m_path;
    std::string m_target;
    HttpClient m_http;
    std::string m_epoch;
    CacheHitRatios m_hitRatios;
};

} // namespace binnacle
