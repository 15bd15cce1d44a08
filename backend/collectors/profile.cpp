// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/profile.h"

#include "backend/collectors/haproxy_collector.h"
#include "backend/collectors/metrics_collector.h"
#include "backend/collectors/pgbouncer_collector.h"
#include "backend/collectors/prometheus_collector.h"
#include "backend/collectors/redis_collector.h"
#include "backend/collectors/service_collector.h"

#include <algorithm>
#include <chrono>
#include <fstream>

namespace binnacle {

namespace {
constexpr std::size_t kLongestName = 64;
constexpr std::chrono::seconds kDiscoveryLimit{2};
} // namespace

bool isProfileName(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    };
    return !name.empty() && name.size() <= kLongestName && name.front() != '.' && std::ranges::all_of(name, plain);
}

Result<std::filesystem::path> profilePath(const std::string& name, const EnvironmentLookup& environment) {
    if (name.find('/') != std::string::npos) {
        return std::filesystem::path(name);
    }
    if (!isProfileName(name)) {
        return fail(ErrorCode::Invalid, "A profile's name has up to 64 letters, digits, dots, dashes and underscores, "
                                        "and no dot in front.");
    }
    std::filesystem::path config;
    if (const auto xdg = environment("XDG_CONFIG_HOME")) {
        config = *xdg;
    } else if (const auto home = environment("HOME")) {
        config = std::filesystem::path(*home) / ".config";
    } else {
        return fail(ErrorCode::Invalid, "No profiles: HOME is not set. Name the profile's file by its path.");
    }
    return config / "binnacle" / "profiles" / (name + ".json");
}

Result<Profile> loadProfile(const std::filesystem::path& file) {
    std::error_code error;
    const auto kind = std::filesystem::status(file, error).type();
    if (kind == std::filesystem::file_type::not_found) {
        return fail(ErrorCode::NotFound, "There is no profile " + file.string() + ".");
    }
    std::ifstream in;
    if (kind == std::filesystem::file_type::regular) { // anything else might never end, or never answer
        in.open(file, std::ios::binary);
    }
    std::string document(kLargestProfile + 1, '\0');
    in.read(document.data(), static_cast<std::streamsize>(document.size()));
    if (!in.is_open() || in.bad()) {
        return fail(ErrorCode::Io, "The profile " + file.string() + " can't be read.");
    }
    document.resize(static_cast<std::size_t>(in.gcount()));
    auto profile = parseProfile(document, file.string());
    if (profile && profile->name == file.string()) {
        profile->name = file.stem().string();
    }
    return profile;
}

std::unique_ptr<Collector> serviceCollector(const ProfileService& service) {
    if (service.metricsPage) {
        return std::make_unique<MetricsCollector>(service.name, service.admin);
    }
    return std::make_unique<ServiceCollector>(service.name, service.admin);
}

std::vector<std::unique_ptr<Collector>> collectorsFor(const Profile& profile) {
    std::vector<std::unique_ptr<Collector>> collectors;
    for (const auto& service : profile.services) {
        collectors.push_back(serviceCollector(service));
    }
    if (profile.haproxy) {
        collectors.push_back(std::make_unique<HaproxyCollector>(*profile.haproxy));
    }
    if (profile.redis) {
        collectors.push_back(std::make_unique<RedisCollector>(*profile.redis));
    }
    if (profile.pgbouncer) {
        collectors.push_back(std::make_unique<PgBouncerCollector>(
            profile.pgbouncer->conninfo, profile.pgbouncer->passfile, "pgbouncer", profile.pgbouncer->password));
    }
    for (const auto& server : profile.postgres) {
        collectors.push_back(std::make_unique<PostgresCollector>(server));
    }
    for (const auto& reader : profile.prometheus) {
        collectors.push_back(std::make_unique<PrometheusServerCollector>(reader));
        // A server that does not answer is told by the collector above.
        auto scraped = prometheusCollectors(reader, std::chrono::steady_clock::now() + kDiscoveryLimit);
        if (!scraped) {
            continue;
        }
        for (auto& collector : *scraped) {
            const auto same = [&](const auto& other) { return other->source() == collector->source(); };
            if (std::ranges::none_of(collectors, same)) { // what is read directly is not read twice
                collectors.push_back(std::move(collector));
            }
        }
    }
    return collectors;
}

StackStatus stackStatusOf(const Profile& profile) {
    StackStatus status;
    status.state = "running";
    status.stateDir = profile.name;
    status.showsLiterals = profile.showLiterals;
    if (profile.control) {
        status.endpoints.control = profile.control->endpoint;
    }
    return status;
}

} // namespace binnacle
