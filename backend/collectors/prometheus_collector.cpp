// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/prometheus_collector.h"

namespace binnacle {

namespace {
std::string addressOf(const HttpEndpoint& endpoint) {
    return endpoint.unixSocket.empty() ? endpoint.baseUrl : endpoint.unixSocket;
}
} // namespace

PrometheusCollector::PrometheusCollector(std::shared_ptr<PrometheusReader> reader, NamedPrometheusSource source)
    : m_reader(std::move(reader))
    , m_source(std::move(source)) {}

std::string PrometheusCollector::target() const {
    return addressOf(m_reader->target().endpoint) + " " + m_source.source.job + " " + m_source.source.instance + " " +
           m_source.source.exportedInstance;
}

std::chrono::milliseconds PrometheusCollector::cadence() const {
    // A sample is as old as a scrape's interval before the next one, and then waits for our next question.
    return m_reader->target().scrapeInterval + m_reader->interval();
}

std::string PrometheusServerCollector::target() const {
    return addressOf(m_reader->target().endpoint);
}

Result<Snapshot> PrometheusCollector::collect(SteadyTime deadline) {
    return m_reader->read(m_source.source, deadline);
}

Result<std::vector<std::unique_ptr<Collector>>> prometheusCollectors(const std::shared_ptr<PrometheusReader>& reader,
                                                                     SteadyTime deadline) {
    auto sources = reader->discover(deadline);
    if (!sources) {
        return std::unexpected(std::move(sources.error()));
    }
    std::vector<std::unique_ptr<Collector>> collectors;
    collectors.reserve(sources->size());
    for (auto& source : *sources) {
        collectors.push_back(std::make_unique<PrometheusCollector>(reader, std::move(source)));
    }
    return collectors;
}

} // namespace binnacle
