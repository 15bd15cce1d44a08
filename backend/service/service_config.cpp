// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/service/service_config.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace binnacle::service {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

Result<std::string> readFile(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::Io, "cannot read " + path.string() + ": " + std::strerror(errno));
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<std::string> readSecret(const fs::path& path) {
    auto text = readFile(path);
    if (text) {
        const auto end = text->find_last_not_of(" \t\r\n");
        text->resize(end == std::string::npos ? 0 : end + 1);
        if (text->empty()) {
            return fail(ErrorCode::Invalid, path.string() + " holds no secret");
        }
    }
    return text;
}

TcpEndpoint endpoint(const json& value) {
    return {value.value("host", std::string("127.0.0.1")), value.at("port").get<std::uint16_t>()};
}

ServiceConfig fromJson(const json& document) {
    ServiceConfig config;
    config.name = document.at("name").get<std::string>();
    config.role = document.value("role", config.role);
    config.version = document.value("version", config.version);
    config.publicEndpoint = endpoint(document.at("public"));
    config.metricsEndpoint = endpoint(document.at("metrics"));
    config.adminSocket = document.value("admin_socket", std::string());
    config.adminUids = document.value("admin_uids", config.adminUids);
    const json& database = document.at("database");
    config.database.conninfo = database.at("conninfo").get<std::string>();
    config.database.poolSize = database.value("pool_size", config.database.poolSize);
    config.database.acquireTimeout = std::chrono::milliseconds(database.value("acquire_timeout_ms", 100));
    if (const auto redis = document.find("redis"); redis != document.end()) {
        config.redis.socket = redis->at("socket").get<std::string>();
        config.redis.user = redis->value("user", std::string());
    }
    config.stateFile = document.value("state_file", std::string());
    config.shards = document.value("shards", config.shards);
    config.maxInFlight = document.value("max_in_flight", config.maxInFlight);
    config.drainGrace = std::chrono::milliseconds(document.value("drain_grace_ms", 1000));
    return config;
}

Result<void> check(const ServiceConfig& config) {
    if (config.shards < 1 || config.shards > 64) {
        return fail(ErrorCode::Invalid, "shards must be 1 to 64");
    }
    if (config.database.poolSize < config.shards || config.database.poolSize > 1000) {
        return fail(ErrorCode::Invalid, "database.pool_size must be at least the number of shards and at most 1000");
    }
    if (config.maxInFlight < config.shards) {
        return fail(ErrorCode::Invalid, "max_in_flight must be at least the number of shards");
    }
    const auto harmless = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; };
    if (config.name.empty() || config.name.size() > 64 || !std::ranges::all_of(config.name, harmless)) {
        return fail(ErrorCode::Invalid, "name must be 1 to 64 of [A-Za-z0-9._-]");
    }
    return {};
}

} // namespace

Result<ServiceConfig> loadServiceConfig(const fs::path& file) {
    const auto text = readFile(file);
    if (!text) {
        return std::unexpected(text.error());
    }
    try {
        const json document = json::parse(*text);
        ServiceConfig config = fromJson(document);
        const auto key = readSecret(document.at("api_key_file").get<std::string>());
        if (!key) {
            return std::unexpected(key.error());
        }
        config.apiKey = *key;
        if (const auto tokenFile = document.find("admin_token_file"); tokenFile != document.end()) {
            const auto token = readSecret(tokenFile->get<std::string>());
            if (!token) {
                return std::unexpected(token.error());
            }
            config.adminToken = *token;
        }
        if (const auto redis = document.find("redis"); redis != document.end() && redis->contains("password_file")) {
            const auto password = readSecret(redis->at("password_file").get<std::string>());
            if (!password) {
                return std::unexpected(password.error());
            }
            config.redis.password = *password;
        }
        config.schemaSql = resourceDirectory() / "sql" / "schema.sql";
        if (const auto good = check(config); !good) {
            return std::unexpected(good.error());
        }
        return config;
    } catch (const json::exception& error) {
        return fail(ErrorCode::Invalid, file.string() + ": " + error.what());
    }
}

fs::path resourceDirectory() {
    if (const char* fromEnvironment = std::getenv("BINNACLE_RESOURCES"); fromEnvironment != nullptr) {
        return fromEnvironment;
    }
    std::error_code ignored;
    const fs::path executable = fs::read_symlink("/proc/self/exe", ignored);
    const fs::path installed = executable.parent_path().parent_path() / "share" / "binnacle";
    if (fs::is_directory(installed / "sql", ignored)) {
        return installed;
    }
#ifdef BINNACLE_SOURCE_RESOURCES
    return BINNACLE_SOURCE_RESOURCES;
#else
    return installed;
#endif
}

} // namespace binnacle::service
