// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/host_resolver.h"
#include "backend/clients/redis_client.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/kept_tables.h"
#include "backend/collectors/redis_tables.h"
#include "backend/collectors/windowed_ratio.h"

#include <optional>
#include <string>
#include <vector>

namespace binnacle {

class RedisInfo;

/// Reads a Redis by its INFO, its slow log, its latency events and histograms, and the list of its clients: in one
/// round trip per pass, everything but INFO every few seconds. Asks nothing that walks keys or commands (no KEYS, no
/// MONITOR). What the rights or the version leave out has a reason that says what would bring it.
class RedisCollector final : public Collector {
public:
    explicit RedisCollector(RedisTarget target, std::string source = "redis");

    [[nodiscard]] std::string source() const override { return m_source; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] bool local() const override { return isLocalAddress(target()); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_client.receivedBytes(); }

private:
    /// One command of a pass beside INFO, and the table that its answer fills.
    struct Request;
    [[nodiscard]] static const std::vector<Request>& requests();
    void take(const Request& request, const RedisReply& reply, SteadyTime began);
    void addReadings(const RedisInfo& info, Snapshot& snapshot);
    [[nodiscard]] std::string reasonFor(const Request& request, const RedisReply& error) const;

    std::string m_source;
    std::string m_target;
    std::string m_user; ///< for the sentence that names the missing right
    RedisClient m_client;
    std::string m_runId;
    std::string m_version;
    std::optional<double> m_clientCount; ///< of the INFO before
    std::optional<std::int64_t> m_newestSlow;
    std::string m_commandStats; ///< waits for the percentiles, which come in the same round trip
    RedisCommandTables m_commandTables;
    KeptTables m_tables;
    WindowedRatio m_hitRatio;
};

} // namespace binnacle
