// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/credentials.h"

#include "backend/stack/config_text.h"
#include "backend/stack/files.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace binnacle::stack {

namespace {

using Bytes = std::vector<unsigned char>;

Bytes randomBytes(std::size_t count) {
    Bytes bytes(count);
    if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1) {
        throw std::runtime_error("The system gave no random bytes.");
    }
    return bytes;
}

std::string base64(const unsigned char* data, std::size_t size) {
    std::string out((size + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), data, static_cast<int>(size));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string hex(const unsigned char* data, std::size_t size) {
    constexpr const char* digits = "0123456789abcdef";
    std::string out;
    out.reserve(size * 2);
    for (std::size_t i = 0; i < size; ++i) {
        out.push_back(digits[data[i] >> 4]);
        out.push_back(digits[data[i] & 15]);
    }
    return out;
}

Bytes hmacSha256(const Bytes& key, std::string_view text) {
    Bytes out(32);
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), out.data(), &length);
    return out;
}

Bytes sha256(const unsigned char* data, std::size_t size) {
    Bytes out(32);
    EVP_Digest(data, size, out.data(), nullptr, EVP_sha256(), nullptr);
    return out;
}

/// The content of a secret file, created with `fresh()` when it is missing or empty.
template <typename Make>
Result<std::string> keptSecret(const std::filesystem::path& file, Make fresh) {
    auto text = readFile(file, 4096);
    if (!text && text.error().code != ErrorCode::NotFound) {
        return text;
    }
    if (text) {
        while (!text->empty() && (text->back() == '\n' || text->back() == ' ')) {
            text->pop_back();
        }
        if (!text->empty()) {
            return text;
        }
    }
    std::string secret = fresh();
    if (auto written = writeFile(file, secret + "\n", 0600); !written) {
        return std::unexpected(written.error());
    }
    return secret;
}

Result<RoleSecret> keptRole(const std::filesystem::path& directory, const std::string& role) {
    RoleSecret secret;
    auto password = keptSecret(directory / (role + ".password"), [] { return randomHex(24); });
    if (!password) {
        return std::unexpected(password.error());
    }
    secret.password = *password;
    auto verifier = keptSecret(directory / (role + ".scram"), [&] {
        const auto salt = randomBytes(16);
        return scramVerifier(secret.password, std::string(salt.begin(), salt.end()), 4096);
    });
    if (!verifier) {
        return std::unexpected(verifier.error());
    }
    secret.scramVerifier = *verifier;
    return secret;
}

} // namespace

const std::vector<std::string>& databaseRoles() {
    static const std::vector<std::string> roles = {"migrator",   "app_rw",     "app_ro",
                                                   "console_ro", "console_op", "replicator"};
    return roles;
}

std::string randomHex(std::size_t bytes) {
    const auto raw = randomBytes(bytes);
    return hex(raw.data(), raw.size());
}

std::string scramVerifier(const std::string& password, const std::string& salt, int iterations) {
    Bytes salted(32);
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                      reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()), iterations,
                      EVP_sha256(), static_cast<int>(salted.size()), salted.data());
    const auto clientKey = hmacSha256(salted, "Client Key");
    const auto storedKey = sha256(clientKey.data(), clientKey.size());
    const auto serverKey = hmacSha256(salted, "Server Key");
    return "SCRAM-SHA-256$" + std::to_string(iterations) + ":" +
           base64(reinterpret_cast<const unsigned char*>(salt.data()), salt.size()) + "$" +
           base64(storedKey.data(), storedKey.size()) + ":" + base64(serverKey.data(), serverKey.size());
}

std::string sha256Hex(const std::string& text) {
    const auto digest = sha256(reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return hex(digest.data(), digest.size());
}

Result<Credentials> loadOrCreateCredentials(const std::filesystem::path& directory) {
    Credentials all;
    std::vector<std::string> names = databaseRoles();
    names.emplace_back(bootstrapRole);
    for (const auto& role : names) {
        auto secret = keptRole(directory, role);
        if (!secret) {
            return std::unexpected(secret.error());
        }
        all.roles.emplace(role, std::move(*secret));
    }
    const std::pair<const char*, std::string*> others[] = {{"redis-app.password", &all.redisApp},
                                                           {"redis-console.password", &all.redisConsole},
                                                           {"redis-admin.password", &all.redisAdmin},
                                                           {"api.key", &all.apiKey},
                                                           {"admin.token", &all.adminToken}};
    for (const auto& [file, target] : others) {
        auto secret = keptSecret(directory / file, [] { return randomHex(24); });
        if (!secret) {
            return std::unexpected(secret.error());
        }
        *target = *secret;
    }
    const std::pair<const char*, const char*> passfiles[] = {{"console.pgpass", "console_ro"},
                                                             {"acting.pgpass", "console_op"},
                                                             {"app.pgpass", "app_rw"},
                                                             {"migrator.pgpass", "migrator"},
                                                             {"replication.pgpass", "replicator"}};
    for (const auto& [file, role] : passfiles) {
        const auto line = "*:*:*:" + std::string(role) + ":" + escapeForPgpass(all.roles.at(role).password) + "\n";
        if (auto written = writeFileIfChanged(directory / file, line, 0600); !written) {
            return std::unexpected(written.error());
        }
    }
    return all;
}

} // namespace binnacle::stack
