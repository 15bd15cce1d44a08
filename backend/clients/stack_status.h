// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// One process of the bundled stack as its supervisor sees it.
struct StackComponent {
    std::string name;
    std::string role;  ///< "postgres_primary", "service", "demo_traffic" …
    std::string state; ///< "starting", "running", "backoff", "stopped", "failed"
    std::int64_t pid = 0;
    std::uint64_t restarts = 0;
    std::uint64_t pssBytes = 0;
    double cpuSeconds = 0;
    std::string message;
};

struct StackInstance {
    std::string name;
    std::string role; ///< "stable", "canary", "baseline"
    std::string version;
    std::string publicUrl;
    std::string admin;
    std::string metrics;
};

/// Where the parts listen. A part that does not exist is empty.
struct StackEndpoints {
    std::string api;
    std::string control;
    std::string stack;
    std::string redis;
    std::string haproxyRead;
    std::string postgresPrimary; ///< libpq conninfo without a password
    std::vector<std::string> postgresReplicas;
    std::string pgbouncer;
    std::string postgresLog; ///< directory of the primary's JSON log
    std::vector<StackInstance> instances;
};

struct StackCredentials {
    std::string apiKeyFile;
    std::string adminTokenFile;
    std::string pgpassFile;
    std::string redisUser;
    std::string redisPasswordFile;
};

/// The document of `binnacle-stack status --json` and GET /v1/status, checked.
struct StackStatus {
    std::string state; ///< "stopped", "starting", "running", "stopping", "failed"
    std::string step;  ///< what it is doing while it starts
    std::string stateDir;
    std::string runDir;
    std::int64_t supervisorPid = 0;
    std::optional<std::uint64_t> diskUsedBytes;
    std::optional<std::uint64_t> diskQuotaBytes;
    std::vector<StackComponent> components;
    StackEndpoints endpoints;
    StackCredentials credentials;
    bool showsLiterals = false; ///< texts of SQL hold values: a profile asks for it, a bundled stack never does

    /// The component with that name, or nullptr.
    [[nodiscard]] const StackComponent* component(std::string_view name) const;
};

/// Reads the document; Protocol when it is not one of ours. Unknown members are ignored.
[[nodiscard]] Result<StackStatus> parseStackStatus(std::string_view json);

} // namespace binnacle
