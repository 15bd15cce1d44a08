// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/host_resolver.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/prometheus_reader.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace binnacle {

/// Reads one source through a Prometheus server that scrapes it, together with the other sources of that server.
class PrometheusCollector final : public Collector {
public:
    PrometheusCollector(std::shared_ptr<PrometheusReader> reader, NamedPrometheusSource source);

    [[nodiscard]] std::string source() const override { return m_source.id; }
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] bool local() const override { return isLocalAddress(m_reader->target().endpoint.baseUrl); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return m_reader->interval(); }
    [[nodiscard]] std::chrono::milliseconds cadence() const override;
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;

private:
    std::shared_ptr<PrometheusReader> m_reader;
    NamedPrometheusSource m_source;
};

/// Reads the server itself, so that one that refuses or is away is seen, whatever it had been scraping.
class PrometheusServerCollector final : public Collector {
public:
    explicit PrometheusServerCollector(std::shared_ptr<PrometheusReader> reader)
        : m_reader(std::move(reader)) {}

    [[nodiscard]] std::string source() const override { return "prometheus/" + m_reader->target().name; }
    [[nodiscard]] std::string target() const override;
    [[nodiscard]] bool local() const override { return isLocalAddress(m_reader->target().endpoint.baseUrl); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return m_reader->interval(); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override { return m_reader->readServer(deadline); }
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_reader->receivedBytes(); }

private:
    std::shared_ptr<PrometheusReader> m_reader;
};

/// One collector for each source that the server has now. Asked again from time to time, so that a fleet's newcomers
/// are seen: collectors of sources that are still there are interchangeable with those of the call before.
[[nodiscard]] Result<std::vector<std::unique_ptr<Collector>>>
prometheusCollectors(const std::shared_ptr<PrometheusReader>& reader, SteadyTime deadline);

} // namespace binnacle
