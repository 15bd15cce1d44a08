// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace binnacle::stack {

/// Where everything of one stack lies. Only names; nothing is created or checked here.
struct StackPaths {
    std::filesystem::path state; ///< survives a reboot; absolute
    std::filesystem::path run;   ///< sockets; short, absolute

    [[nodiscard]] std::filesystem::path stateFile() const { return state / "state.json"; }
    [[nodiscard]] std::filesystem::path portsFile() const { return state / "ports.json"; }
    [[nodiscard]] std::filesystem::path instancesFile() const { return state / "instances.json"; }
    [[nodiscard]] std::filesystem::path failureFile() const { return state / "failure.json"; }
    [[nodiscard]] std::filesystem::path lockFile() const { return state / "lock"; }
    [[nodiscard]] std::filesystem::path logs() const { return state / "logs"; }
    [[nodiscard]] std::filesystem::path logOf(const std::string& component) const {
        return logs() / (component + ".log");
    }
    [[nodiscard]] std::filesystem::path credentials() const { return state / "credentials"; }
    [[nodiscard]] std::filesystem::path postgres() const { return state / "postgres"; }
    [[nodiscard]] std::filesystem::path postgresData(const std::string& server) const { return postgres() / server; }
    [[nodiscard]] std::filesystem::path pgbouncer() const { return state / "pgbouncer"; }
    [[nodiscard]] std::filesystem::path redis() const { return state / "redis"; }
    [[nodiscard]] std::filesystem::path haproxy() const { return state / "haproxy"; }
    [[nodiscard]] std::filesystem::path instances() const { return state / "instances"; }
    [[nodiscard]] std::filesystem::path control() const { return state / "control"; }
    [[nodiscard]] std::filesystem::path controlConfig() const { return control() / "config.json"; }
    [[nodiscard]] std::filesystem::path recorder() const { return state / "recorder"; }
    [[nodiscard]] std::filesystem::path recording() const { return recorder() / "recording.sqlite"; }
    /// Copies of the bundled migrations, which the account that runs control can read, and others put there.
    [[nodiscard]] std::filesystem::path migrations() const { return control() / "migrations"; }
    /// What break-glass writes and control takes over.
    [[nodiscard]] std::filesystem::path audit() const { return state / "audit"; }

    [[nodiscard]] std::filesystem::path controlSocket() const { return run / "control.sock"; }
    [[nodiscard]] std::filesystem::path stackSocket() const { return run / "stack.sock"; }
    [[nodiscard]] std::filesystem::path redisSocket() const { return run / "redis.sock"; }
    [[nodiscard]] std::filesystem::path haproxyReadSocket() const { return run / "haproxy-read.sock"; }
    [[nodiscard]] std::filesystem::path haproxyAdminSocket() const { return run / "haproxy-admin.sock"; }
    [[nodiscard]] std::filesystem::path adminSocketOf(const std::string& instance) const {
        return run / (instance + ".sock");
    }
};

/// The port numbers in PostgreSQL's and pgBouncer's socket names. They listen on no TCP port, so the numbers are
/// fixed: they only tell the sockets in one run directory apart.
inline constexpr int primarySocketPort = 5432;
inline constexpr int firstReplicaSocketPort = 5433;
inline constexpr int pgbouncerSocketPort = 6432;
inline constexpr int replicaCount = 2;

} // namespace binnacle::stack
