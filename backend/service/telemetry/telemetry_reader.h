// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/protect/degradation.h"
#include "backend/service/protect/fault_knob.h"
#include "backend/service/telemetry/instance_identity.h"
#include "backend/service/telemetry/shard_metrics.h"

#include <chrono>
#include <string>
#include <vector>

namespace binnacle::service {

/// Merges what the shards count into documents. Reads from one thread, any one.
class TelemetryReader {
public:
    /// Keeps references to `degradation`, `fault` and `statements`.
    TelemetryReader(InstanceIdentity identity, const Degradation& degradation, const FaultKnob& fault,
                    const StatementCatalogue& statements, std::vector<const ShardMetrics*> shards);

    /// The document of GET /admin/v1/telemetry; each call takes the next sequence number.
    void appendDocument(std::string& out);
    /// The document of GET /admin/v1/users: the distinct users of at most the last `window`.
    void appendUsers(std::string& out, std::chrono::seconds window) const;
    /// The document of GET /admin/v1/features: what the degradation levels turn off.
    void appendFeatures(std::string& out) const;
    /// Prometheus text exposition.
    void appendPrometheus(std::string& out) const;

    [[nodiscard]] const InstanceIdentity& identity() const { return m_identity; }

private:
    void appendIdentity(std::string& out) const;
    void appendStatements(std::string& out) const;

    InstanceIdentity m_identity;
    const Degradation& m_degradation;
    const FaultKnob& m_fault;
    const StatementCatalogue& m_statements;
    std::vector<const ShardMetrics*> m_shards;
    std::uint64_t m_sequence = 0;
    std::chrono::system_clock::time_point m_startedAt = std::chrono::system_clock::now();
};

} // namespace binnacle::service
