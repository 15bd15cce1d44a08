// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace binnacle::service {

struct TcpEndpoint {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: any free port
};

struct DatabaseConfig {
    std::string conninfo; ///< names a Unix socket directory or a numeric host, so that nothing resolves names
    int poolSize = 5;     ///< of the whole instance, split over its shards
    std::chrono::milliseconds acquireTimeout{100};
};

struct RedisConfig {
    std::string socket; ///< empty: no cache
    std::string user;
    std::string password;
};

/// Limits on what a connection may ask of us.
struct HttpLimits {
    bool hostRequired = true; ///< exactly one Host in HTTP/1.1
    std::size_t headerBytes = std::size_t{16} * 1024;
    std::size_t bodyBytes = std::size_t{64} * 1024;
    std::size_t targetBytes = std::size_t{8} * 1024;
    std::chrono::milliseconds headerTime{10'000};
    std::chrono::milliseconds bodyTime{30'000};
    std::chrono::milliseconds idleTime{60'000};
    std::chrono::milliseconds writeTime{10'000};
    std::chrono::milliseconds lingerTime{1'000};
    std::chrono::milliseconds requestTime{2'000}; ///< the deadline that a request carries to every hop
};

/// What one instance is told at start; secrets are already read from their files.
struct ServiceConfig {
    std::string name = "app";
    std::string role = "stable";
    std::string version = BINNACLE_VERSION;
    TcpEndpoint publicEndpoint;
    TcpEndpoint metricsEndpoint;
    std::filesystem::path adminSocket; ///< empty: none
    std::vector<std::uint32_t> adminUids;
    std::string adminToken; ///< empty: nobody may change the state
    std::string apiKey;
    std::int64_t organisationId = 1; ///< whom the API key belongs to
    DatabaseConfig database;
    RedisConfig redis;
    std::filesystem::path stateFile;
    std::filesystem::path schemaSql;
    int shards = 1;
    int maxInFlight = 256;
    std::chrono::milliseconds drainGrace{1000};
    HttpLimits limits;
};

/// Reads FILE and the secret files that it names. Errors: Io (unreadable), Invalid (a sentence naming the field).
[[nodiscard]] Result<ServiceConfig> loadServiceConfig(const std::filesystem::path& file);

/// Directory of the resources: $BINNACLE_RESOURCES, the installed share directory, or the source tree of this build.
[[nodiscard]] std::filesystem::path resourceDirectory();

} // namespace binnacle::service
