// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario.h"

#include <cerrno>
#include <csignal>
#include <cstring>

namespace binnacle::load {

namespace {

/// The supervisor would start it again within a moment: it is asked to hold that back, for as long as this lasts and
/// no longer.
class RedisKilled final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_stage = stage;
        const auto pid = processFor(stage, "redis");
        if (!pid) {
            return std::unexpected(pid.error());
        }
        m_pid = *pid;
        return {};
    }
    Result<void> begin() override {
        if (::kill(m_pid, SIGKILL) != 0) {
            return fail(ErrorCode::Io, std::string("Redis could not be killed: ") + std::strerror(errno));
        }
        return m_stage.faults().stopComponent("redis", m_stage.lasts, within(std::chrono::seconds(8)));
    }
    Result<void> end() override { return m_stage.faults().startComponent("redis", within(std::chrono::seconds(5))); }

private:
    Stage m_stage;
    pid_t m_pid = 0;
};

} // namespace

std::unique_ptr<Scenario> makeRedisKilled() {
    return std::make_unique<RedisKilled>();
}

} // namespace binnacle::load
