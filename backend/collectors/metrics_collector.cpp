// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/metrics_collector.h"

#include "backend/clients/exposition_text.h"
#include "backend/collectors/prometheus_readings.h"

#include <utility>

namespace binnacle {

namespace {

/// Takes the path off "http://HOST:PORT/PATH".
std::string takePath(HttpEndpoint& page) {
    const auto scheme = page.baseUrl.find("://");
    const auto slash = scheme == std::string::npos ? scheme : page.baseUrl.find('/', scheme + 3);
    if (slash == std::string::npos) {
        return "/metrics";
    }
    auto path = page.baseUrl.substr(slash);
    page.baseUrl.resize(slash);
    return path;
}

} // namespace

MetricsCollector::MetricsCollector(std::string instance, HttpEndpoint page)
    : m_instance(std::move(instance))
    , m_path(takePath(page))
    , m_target(page.unixSocket.empty() ? page.baseUrl + m_path : page.unixSocket)
    , m_http(std::move(page)) {}

Result<Snapshot> MetricsCollector::collect(SteadyTime deadline) {
    const auto body = m_http.getBody(m_path, deadline);
    if (!body) {
        return std::unexpected(body.error());
    }
    return read(*body, std::chrono::steady_clock::now());
}

Result<Snapshot> MetricsCollector::read(std::string_view text, SteadyTime at) {
    PrometheusReadings readings(PrometheusKind::Service, m_instance);
    if (auto done = readExpositionText(text, [&](const PrometheusSample& sample) { readings.add(sample); }); !done) {
        return std::unexpected(std::move(done.error()));
    }
    Snapshot snapshot;
    snapshot.readings = readings.take();
    if (snapshot.readings.empty()) {
        return fail(ErrorCode::NotFound,
                    "the metrics page of " + m_instance + " has none of the metrics that are read");
    }
    if (const auto start = readings.startedAt()) {
        snapshot.header.epoch = std::to_string(*start);
    }
    if (std::exchange(m_epoch, snapshot.header.epoch) != snapshot.header.epoch) {
        m_hitRatios.clear();
    }
    m_hitRatios.add(snapshot, m_instance, at);
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
