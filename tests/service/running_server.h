// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/service/server.h"
#include "tests/service/raw_client.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string_view>
#include <thread>

namespace binnacle::service::test {

inline constexpr std::string_view kApiKey = "test-key-0123456789";

/// A server on free ports of the loopback, without a database, in a temporary directory. Drained on destruction.
class RunningServer {
public:
    /// What the tests start from; change it and pass it on.
    static ServiceConfig plainConfig();

    explicit RunningServer(ServiceConfig config = plainConfig());
    ~RunningServer();
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    [[nodiscard]] RawClient client() const { return RawClient::toPort(m_server->publicPort()); }
    [[nodiscard]] RawClient metricsClient() const { return RawClient::toPort(metricsPort()); }
    [[nodiscard]] RawClient adminClient() const { return RawClient::toSocket(adminSocket()); }
    [[nodiscard]] std::uint16_t metricsPort() const { return m_server->metricsPort(); }
    [[nodiscard]] std::string adminSocket() const { return m_directory / "admin.sock"; }
    [[nodiscard]] std::filesystem::path directory() const { return m_directory; }
    void drain() { m_server->requestDrain(); }
    /// Returns when run() has.
    void join();

    [[nodiscard]] nlohmann::json telemetry() const;
    /// The value of a counter or gauge; labels must be equal. Nothing recorded is 0.
    [[nodiscard]] double number(std::string_view id, const nlohmann::json& labels) const;

private:
    std::filesystem::path m_directory;
    std::unique_ptr<Server> m_server;
    std::thread m_thread;
};

} // namespace binnacle::service::test
