// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/prometheus_client.h"
#include "backend/collectors/prometheus_buckets.h"
#include "backend/collectors/prometheus_catalogue.h"
#include "backend/domain/reading.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Turns the scraped series of one target into readings, by the catalogue's mappings of its kind.
class PrometheusReadings {
public:
    /// `name` is what its readings call the target.
    PrometheusReadings(PrometheusKind kind, std::string name);

    /// Takes one series over; what no mapping of the kind wants is left out.
    void add(const PrometheusSample& sample);
    /// All readings, sorted by key, keys unique.
    [[nodiscard]] std::vector<Reading> take();
    /// When the target's counters began, in seconds since 1970, if it tells.
    [[nodiscard]] std::optional<double> startedAt() const { return m_startedAt; }

private:
    [[nodiscard]] Labels labelsOf(const PrometheusMapping& mapping, const PrometheusSample& sample) const;
    void addNumber(const PrometheusMapping& mapping, SignalKind kind, const PrometheusSample& sample);

    struct Number {
        SignalKind kind = SignalKind::Gauge;
        double value = 0;
    };
    const PrometheusKindInfo& m_kind;
    std::string m_name;
    std::map<SeriesKey, Number> m_numbers;
    std::map<SeriesKey, PrometheusBuckets> m_histograms;
    std::optional<double> m_startedAt;
};

} // namespace binnacle
