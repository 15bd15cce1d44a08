// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace binnacle::stack {

/// The database roles besides the bootstrap superuser, in the order in which they are created.
[[nodiscard]] const std::vector<std::string>& databaseRoles();

inline constexpr const char* bootstrapRole = "binnacle_admin";

/// One login of the stack. The verifier is what PostgreSQL stores; pgBouncer needs the very same text.
struct RoleSecret {
    std::string password;
    std::string scramVerifier;
};

/// All secrets of one stack. They are generated once and kept in files of mode 0600.
struct Credentials {
    std::map<std::string, RoleSecret> roles; ///< bootstrapRole and databaseRoles()
    std::string redisApp;
    std::string redisConsole;
    std::string redisAdmin;
    std::string apiKey;
    std::string adminToken;
};

/// `bytes` random bytes as lowercase hexadecimal. Throws std::runtime_error when the system has no randomness.
[[nodiscard]] std::string randomHex(std::size_t bytes);

/// SCRAM-SHA-256 verifier of an ASCII password, in the form of pg_authid.rolpassword.
[[nodiscard]] std::string scramVerifier(const std::string& password, const std::string& salt, int iterations);

[[nodiscard]] std::string sha256Hex(const std::string& text);

/// Reads the secrets of a directory and creates those that are missing. Also writes the password files for libpq:
/// console.pgpass (console_ro), acting.pgpass (console_op), app.pgpass (app_rw), migrator.pgpass, replication.pgpass.
[[nodiscard]] Result<Credentials> loadOrCreateCredentials(const std::filesystem::path& directory);

} // namespace binnacle::stack
