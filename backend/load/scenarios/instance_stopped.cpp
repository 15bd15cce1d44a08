// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/scenarios/scenario.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fmt/format.h>

namespace binnacle::load {

namespace {

/// The last of the stable instances, so that others go on serving.
class InstanceStopped final : public Scenario {
public:
    Result<void> prepare(const Stage& stage) override {
        m_stage = stage;
        const auto& instances = stage.status.endpoints.instances;
        if (std::ranges::count(instances, "stable", &StackInstance::role) < 2) {
            return fail(ErrorCode::Conflict, "there is one stable instance only; nobody else would answer");
        }
        for (const auto& instance : instances) {
            m_name = instance.role == "stable" ? instance.name : m_name;
        }
        const auto pid = processFor(stage, m_name);
        if (!pid) {
            return std::unexpected(pid.error());
        }
        m_pid = *pid;
        return {};
    }
    Result<void> begin() override {
        if (::kill(m_pid, SIGSTOP) != 0) {
            return fail(ErrorCode::Io, fmt::format("{} could not be stopped: {}", m_name, std::strerror(errno)));
        }
        return {};
    }
    Result<void> end() override {
        // Only while the number is still its own: who was started again meanwhile runs anyway.
        const auto status = m_stage.supervisor().status(within(std::chrono::seconds(2)));
        const auto* const now = status ? status->component(m_name) : nullptr;
        if (status && (now == nullptr || now->pid != m_pid)) {
            return {};
        }
        if (::kill(m_pid, SIGCONT) != 0 && errno != ESRCH) {
            return fail(ErrorCode::Io,
                        fmt::format("'kill -CONT {}' lets {} go on: {}", m_pid, m_name, std::strerror(errno)));
        }
        return {};
    }

private:
    Stage m_stage;
    std::string m_name;
    pid_t m_pid = 0;
};

} // namespace

std::unique_ptr<Scenario> makeInstanceStopped() {
    return std::make_unique<InstanceStopped>();
}

} // namespace binnacle::load
