// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/bundled_sources.h"

#include "backend/collectors/control_collector.h"
#include "backend/collectors/haproxy_collector.h"
#include "backend/collectors/pgbouncer_collector.h"
#include "backend/collectors/redis_collector.h"
#include "backend/collectors/service_collector.h"
#include "backend/collectors/stack_collector.h"

namespace binnacle {

std::vector<PostgresTarget> postgresTargets(const StackStatus& status) {
    const auto& endpoints = status.endpoints;
    const auto& passfile = status.credentials.pgpassFile;
    std::vector<std::string> standbys;
    for (std::size_t i = 0; i < endpoints.postgresReplicas.size(); ++i) {
        standbys.push_back("replica-" + std::to_string(i + 1));
    }
    std::vector<PostgresTarget> targets;
    if (!endpoints.postgresPrimary.empty()) {
        targets.push_back({"primary", endpoints.postgresPrimary, passfile, endpoints.postgresLog, standbys});
    }
    for (std::size_t i = 0; i < standbys.size(); ++i) {
        targets.push_back({standbys[i], endpoints.postgresReplicas[i], passfile, {}, {}});
    }
    return targets;
}

std::vector<std::unique_ptr<Collector>> collectorsFor(const StackStatus& status) {
    const auto& endpoints = status.endpoints;
    const auto& passfile = status.credentials.pgpassFile;
    std::vector<std::unique_ptr<Collector>> collectors;
    for (const auto& instance : endpoints.instances) {
        if (auto admin = HttpEndpoint::parse(instance.admin)) {
            collectors.push_back(std::make_unique<ServiceCollector>(instance.name, std::move(*admin)));
        }
    }
    if (auto frontend = HttpEndpoint::parse(endpoints.haproxyRead)) {
        collectors.push_back(std::make_unique<HaproxyCollector>(HaproxyTarget{std::move(*frontend)}));
    }
    if (auto redis = RedisTarget::parse(endpoints.redis)) {
        redis->user = status.credentials.redisUser;
        redis->passwordFile = status.credentials.redisPasswordFile;
        collectors.push_back(std::make_unique<RedisCollector>(std::move(*redis)));
    }
    if (!endpoints.pgbouncer.empty()) {
        collectors.push_back(std::make_unique<PgBouncerCollector>(endpoints.pgbouncer, passfile));
    }
    for (auto& target : postgresTargets(status)) {
        collectors.push_back(std::make_unique<PostgresCollector>(std::move(target)));
    }
    if (auto control = HttpEndpoint::parse(endpoints.control)) {
        collectors.push_back(std::make_unique<ControlCollector>(std::move(*control)));
    }
    if (endpoints.stack.starts_with("unix:/")) {
        collectors.push_back(std::make_unique<StackCollector>(endpoints.stack.substr(5)));
    }
    return collectors;
}

} // namespace binnacle
