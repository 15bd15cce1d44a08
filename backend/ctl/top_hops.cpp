// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/top_hops.h"

#include "backend/ctl/plain_text.h"

#include <algorithm>

namespace binnacle::ctl {

namespace {

Hop haproxyHop(const TopReader& reader) {
    const std::string source = "haproxy";
    const auto all = [](const Labels&) { return true; };
    const auto queued = reader.sum(source, "haproxy.queue", all);
    const auto retries = reader.rate(source, "haproxy.retries");
    const auto own = reader.rate(source, "haproxy.own_responses");
    std::optional<double> requests;
    // Backends, because a frontend also counts what it denied.
    requests = reader.rate(source, "haproxy.requests",
                           [](const Labels& labels) { return labels.get("proxy").starts_with("be_"); });
    if (!requests) {
        requests = reader.rate(source, "haproxy.requests");
    }
    auto detail = count(queued) + " queued, " + perSecond(retries, "retries");
    if (own.value_or(0) > 0) {
        detail += ", " + perSecond(own, "own answers");
    }
    return {"HAProxy", source, rateText(requests), detail,
            queued.value_or(0) > 0 || retries.value_or(0) > 0 || own.value_or(0) > 0};
}

Hop instanceHop(const TopReader& reader, const StackInstance& instance) {
    const auto source = "service/" + instance.name;
    const auto waiting = reader.sum(source, "pool.app.waiting");
    const auto used = reader.sum(source, "pool.app.in_use");
    const auto size = reader.sum(source, "pool.app.size");
    const auto level = reader.sum(source, "degradation.level");
    auto detail = "pool " + count(used) + " of " + count(size) + ", " + count(waiting) + " waiting";
    if (level.value_or(0) > 0) {
        detail += ", level " + count(level);
    }
    const auto requests = reader.rate(source, "service.http.requests", isUserRoute);
    return {instance.name + " " + instance.role, source,
            rateText(requests) + ", " + count(reader.sum(source, "service.http.in_flight")) + " in flight", detail,
            waiting.value_or(0) > 0 || level.value_or(0) > 0};
}

Hop bouncerHop(const TopReader& reader) {
    const std::string source = "pgbouncer";
    const auto waiting = reader.sum(source, "pgbouncer.clients_waiting");
    double longest = 0;
    for (const auto* entry : reader.store().byId("pgbouncer.max_wait_seconds")) {
        longest = std::max(longest, reader.value(*entry).value_or(0));
    }
    const auto busy = reader.sum(source, "pgbouncer.servers_active");
    const auto idle = reader.sum(source, "pgbouncer.servers_idle");
    auto detail = count(waiting) + " waiting";
    if (longest > 0) {
        detail += ", longest " + formatSeconds(longest).text(kGap);
    }
    detail += ", " + perSecond(reader.rate(source, "pgbouncer.queries"), "queries");
    return {"pgBouncer", source, count(busy) + " busy, " + count(idle) + " idle", detail, waiting.value_or(0) > 0};
}

Hop redisHop(const TopReader& reader) {
    const std::string source = "redis";
    const auto limit = reader.one(source, "redis.memory_limit_bytes", {});
    const auto evicted = reader.rate(source, "redis.evictions");
    auto detail = orDash(reader.one(source, "redis.memory_bytes", {}), formatBytes);
    if (limit.value_or(0) > 0) {
        detail += " of " + formatBytes(*limit).text(kGap);
    }
    detail += ", " + count(reader.one(source, "redis.keys", {})) + " keys";
    if (evicted.value_or(0) > 0) {
        detail += ", " + perSecond(evicted, "evictions");
    }
    const auto hits = reader.one(source, "redis.hit_ratio", {});
    return {"Redis", source, hits ? formatShare(*hits).text(kGap) + " hits" : "no lookups", detail,
            evicted.value_or(0) > 0};
}

Hop primaryHop(const TopReader& reader) {
    const std::string source = "postgres/primary";
    const Labels server{{"server", "primary"}};
    const auto blocked = reader.one(source, "postgres.blocked", server);
    const auto* const deadlocks = reader.store().find(source, {"postgres.deadlocks", server});
    const auto deadlockCount =
        deadlocks != nullptr && reader.shows(*deadlocks) ? deadlocks->cumulative : std::optional<double>();
    const auto transactions = reader.rate(source, "postgres.transactions");
    return {"primary", source,
            perSecond(transactions, "tx") + ", " + count(reader.one(source, "postgres.connections", server)) +
                " sessions",
            count(blocked) + " blocked, " + count(deadlockCount) + " deadlocks", blocked.value_or(0) > 0};
}

Hop replicaHop(const TopReader& reader, const std::string& name) {
    const auto source = "postgres/" + name;
    const Labels standby{{"server", "primary"}, {"standby", name}};
    const auto* const entry = reader.store().find("postgres/primary", {"postgres.replication.lag_seconds", standby});
    const auto seconds = entry != nullptr ? reader.value(*entry) : std::nullopt;
    const auto bytes = reader.one("postgres/primary", "postgres.replication.lag_bytes", standby);
    const bool paused = reader.one(source, "postgres.recovery.paused", {{"server", name}}).value_or(0) > 0;
    auto detail = orDash(bytes, formatBytes) + " behind";
    if (paused) {
        detail += ", replay is paused";
    }
    if (entry != nullptr && reader.shows(*entry) && !entry->absentReason.empty()) {
        detail = plainText(entry->absentReason);
    }
    return {name, source, "lag " + orDash(seconds, formatSeconds), detail, paused || seconds.value_or(0) >= 1};
}

/// A server of a profile: it tells itself whether it is a primary or a standby.
Hop serverHop(const TopReader& reader, const std::string& name) {
    const auto source = "postgres/" + name;
    const Labels server{{"server", name}};
    const auto blocked = reader.one(source, "postgres.blocked", server);
    const auto lag = reader.one(source, "postgres.replay.lag_seconds", server);
    auto detail = count(blocked) + " blocked";
    if (lag) {
        detail += ", lag " + formatSeconds(*lag).text(kGap);
    }
    return {name, source,
            perSecond(reader.rate(source, "postgres.transactions"), "tx") + ", " +
                count(reader.one(source, "postgres.connections", server)) + " sessions",
            detail, blocked.value_or(0) > 0 || lag.value_or(0) >= 1};
}

} // namespace

std::vector<Hop> foreignHops(const TopReader& reader) {
    std::vector<Hop> out;
    for (const auto& source : reader.store().sources()) {
        if (source == "haproxy") {
            out.push_back(haproxyHop(reader));
        } else if (source.starts_with("service/")) {
            out.push_back(instanceHop(reader, {source.substr(8), {}, {}, {}, {}, {}}));
        } else if (source == "pgbouncer") {
            out.push_back(bouncerHop(reader));
        } else if (source == "redis") {
            out.push_back(redisHop(reader));
        } else if (source.starts_with("postgres/")) {
            out.push_back(serverHop(reader, source.substr(9)));
        } else {
            out.push_back({source, source, {}, {}});
        }
    }
    return out;
}

std::vector<Hop> hops(const TopReader& reader, const StackStatus& stack) {
    std::vector<Hop> out;
    const auto& endpoints = stack.endpoints;
    if (!endpoints.haproxyRead.empty()) {
        out.push_back(haproxyHop(reader));
    }
    for (const auto& instance : endpoints.instances) {
        out.push_back(instanceHop(reader, instance));
    }
    if (!endpoints.pgbouncer.empty()) {
        out.push_back(bouncerHop(reader));
    }
    if (!endpoints.redis.empty()) {
        out.push_back(redisHop(reader));
    }
    if (!endpoints.postgresPrimary.empty()) {
        out.push_back(primaryHop(reader));
    }
    for (std::size_t i = 0; i < endpoints.postgresReplicas.size(); ++i) {
        out.push_back(replicaHop(reader, "replica-" + std::to_string(i + 1)));
    }
    return out;
}

} // namespace binnacle::ctl
