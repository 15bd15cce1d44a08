// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/stack_client.h"
#include "backend/collectors/collector.h"
#include "backend/collectors/windowed_rate.h"

#include <filesystem>
#include <map>
#include <string>

namespace binnacle {

/// Readings and the table stack.processes of what a supervisor says about its processes; `rates` keeps their CPU time.
using ProcessRates = std::map<std::string, WindowedRate, std::less<>>;
[[nodiscard]] Snapshot stackSnapshot(const StackStatus& status, ProcessRates& rates, SteadyTime at);

/// Reads the processes of a bundled stack from its supervisor.
class StackCollector final : public Collector {
public:
    explicit StackCollector(std::filesystem::path socket);

    [[nodiscard]] std::string source() const override { return "stack"; }
    [[nodiscard]] std::string target() const override { return m_socket.string(); }
    [[nodiscard]] std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(1000); }
    [[nodiscard]] Result<Snapshot> collect(SteadyTime deadline) override;
    [[nodiscard]] std::uint64_t receivedBytes() const override { return m_client.receivedBytes(); }

private:
    std::filesystem::path m_socket;
    StackClient m_client;
    ProcessRates m_rates;
};

} // namespace binnacle
