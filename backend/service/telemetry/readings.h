// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/protect/degradation.h"
#include "backend/service/protect/fault_knob.h"
#include "backend/service/telemetry/shard_metrics.h"

#include <array>
#include <string_view>
#include <vector>

namespace binnacle::service {

struct LabelText {
    std::string_view name;
    std::string_view value;
};
/// At most two labels per value here; an unused one has no name.
using LabelPair = std::array<LabelText, 2>;

struct NumberReading {
    std::string_view id;
    LabelPair labels;
    double value = 0;
};

struct HistogramReading {
    std::string_view id;
    LabelPair labels;
    std::vector<std::uint64_t> cells; ///< LatencyHistogram::kCellCount of them
    std::uint64_t count = 0;          ///< sum of the cells, so that both always agree
    std::uint64_t sumNs = 0;
};

/// What a route has run of one statement.
struct StatementReading {
    Route route;
    Statement statement;
    std::uint64_t calls = 0;
    std::uint64_t timeNs = 0;
};

/// Everything that an instance tells, over all its shards, at one moment.
struct InstanceReadings {
    std::vector<NumberReading> counters;
    std::vector<NumberReading> gauges;
    std::vector<HistogramReading> histograms;
};

/// The pairs of route and statement that occurred, at most kRouteCount * kStatementCount; not what the service asks for
/// itself.
[[nodiscard]] std::vector<StatementReading> readStatements(const std::vector<const ShardMetrics*>& shards);

[[nodiscard]] InstanceReadings readInstance(const std::vector<const ShardMetrics*>& shards,
                                            const Degradation& degradation, const FaultKnob& fault);

} // namespace binnacle::service
