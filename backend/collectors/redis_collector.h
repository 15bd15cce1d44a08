// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/redis_client.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/windowed_ratio.h"

#include <string>

namespace binnacle {

/// Reads a Redis by its INFO.
class RedisCollector final : public Collector {
public:
    explicit RedisCollector(RedisTarget target);

    [[nodiscard]] std::string source() const override { return "redis"; }
    [[nodiscard]] std::string target() const override { return m_target; }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;

private:
    std::string m_target;
    RedisClient m_client;
    std::string m_runId;
    WindowedRatio m_hitRatio;
};

} // namespace binnacle
