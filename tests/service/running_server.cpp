// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/service/running_server.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace binnacle::service::test {

ServiceConfig RunningServer::plainConfig() {
    ServiceConfig config;
    config.name = "test-1";
    config.apiKey = kApiKey;
    config.database.conninfo = "host=/nonexistent port=1 dbname=none user=none";
    config.schemaSql = resourceDirectory() / "sql" / "schema.sql";
    config.drainGrace = std::chrono::milliseconds(20);
    return config;
}

RunningServer::RunningServer(ServiceConfig config) {
    std::string pattern = std::filesystem::temp_directory_path() / "binnacle-service-XXXXXX";
    m_directory = ::mkdtemp(pattern.data());
    config.adminSocket = m_directory / "admin.sock";
    auto server = Server::create(std::move(config));
    if (!server) {
        throw std::runtime_error(server.error().text);
    }
    m_server = std::move(*server);
    m_thread = std::thread([this] { m_server->run(false); });
}

RunningServer::~RunningServer() {
    drain();
    join();
    m_server.reset();
    std::error_code ignored;
    std::filesystem::remove_all(m_directory, ignored);
}

void RunningServer::join() {
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

nlohmann::json RunningServer::telemetry() const {
    const auto answer = adminClient().ask("GET /admin/v1/telemetry HTTP/1.1\r\nHost: x\r\n\r\n");
    return answer ? nlohmann::json::parse(answer->body) : nlohmann::json();
}

double RunningServer::number(std::string_view id, const nlohmann::json& labels) const {
    const auto document = telemetry();
    for (const char* kind : {"counters", "gauges"}) {
        for (const auto& entry : document[kind]) {
            if (entry["id"] == id && entry["labels"] == labels) {
                return entry["value"];
            }
        }
    }
    return 0;
}

} // namespace binnacle::service::test
