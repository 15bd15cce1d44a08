// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/request_path.h"

#include "backend/history/counted_within.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace binnacle {

using std::chrono::nanoseconds;

namespace {

/// Answers questions about one store at one instant.
class PathReader {
public:
    PathReader(const SignalStore& store, SteadyTime now)
        : m_store(store)
        , m_now(now) {}

    [[nodiscard]] SourceState state(std::string_view source) const {
        const auto* update = m_store.source(source);
        return update != nullptr ? sourceStateOf(*update, m_now) : SourceState::Loading;
    }
    [[nodiscard]] nanoseconds age(std::string_view source) const {
        const auto* update = m_store.source(source);
        return update != nullptr ? ageOf(*update, m_now) : nanoseconds(0);
    }
    /// May this entry's value be shown: its source is not lost, and its newest snapshot still had it.
    [[nodiscard]] bool current(const SignalEntry& entry) const {
        const auto* update = m_store.source(entry.source);
        if (update == nullptr || !update->snapshot || entry.readAt < update->snapshot->header.steadyAt) {
            return false;
        }
        const auto is = sourceStateOf(*update, m_now);
        return is == SourceState::Live || is == SourceState::Late;
    }
    using Accept = std::function<bool(const SignalEntry&)>;

    [[nodiscard]] std::optional<double> sum(std::string_view id, const Accept& accept = {}) const {
        return fold(id, accept, [](double a, double b) { return a + b; });
    }
    [[nodiscard]] std::optional<double> largest(std::string_view id, const Accept& accept = {}) const {
        return fold(id, accept, [](double a, double b) { return std::max(a, b); });
    }
    /// Sum of counters' rates, each averaged over the last `window`, so that a slow trickle does not flicker.
    [[nodiscard]] std::optional<double> rate(std::string_view id, const Accept& accept = {}) const {
        std::optional<double> total;
        for (const auto* entry : m_store.byId(id)) {
            if (!current(*entry) || (accept && !accept(*entry))) {
                continue;
            }
            const auto mean = meanRate(*entry, m_now, PathReading::kRateWindow);
            if (mean || entry->value) {
                total = total.value_or(0) + (mean ? *mean : *entry->value);
            }
        }
        return total;
    }
    /// A figure's state over all sources with that prefix.
    void judge(Figure& figure, std::string_view prefix) const {
        figure.source = std::string(prefix) + (prefix.ends_with('/') ? "*" : "");
        SumState sum;
        for (const auto& name : m_store.sources()) {
            if (name == prefix || (prefix.ends_with('/') && name.starts_with(prefix))) {
                sum.add(state(name), age(name));
            }
        }
        figure.state = sum.state();
        figure.age = sum.age();
        if (!sum.shows()) {
            figure.value.reset();
        }
    }
    void fill(HopBase& hop, std::string name, std::string source) const {
        hop.state = state(source);
        hop.age = age(source);
        hop.name = std::move(name);
        hop.source = std::move(source);
    }
    [[nodiscard]] Figure figure(std::optional<double> value, std::string_view prefix, std::string reason = {}) const {
        Figure out;
        out.value = value;
        judge(out, prefix);
        if (!out.value) {
            out.reason = std::move(reason);
        }
        return out;
    }
    [[nodiscard]] const SignalStore& store() const { return m_store; }
    [[nodiscard]] SteadyTime now() const { return m_now; }

    [[nodiscard]] static bool shows(SourceState state) {
        return state == SourceState::Live || state == SourceState::Late;
    }

private:
    template <typename Combine>
    [[nodiscard]] std::optional<double> fold(std::string_view id, const Accept& accept, Combine combine) const {
        std::optional<double> out;
        for (const auto* entry : m_store.byId(id)) {
            if (entry->value && current(*entry) && (!accept || accept(*entry))) {
                out = out ? combine(*out, *entry->value) : *entry->value;
            }
        }
        return out;
    }

    const SignalStore& m_store;
    SteadyTime m_now;
};

PathReader::Accept from(std::string source) {
    return [source = std::move(source)](const SignalEntry& entry) { return entry.source == source; };
}

bool isUserTraffic(const SignalEntry& entry) {
    return !entry.key.labels.get("route").starts_with("GET /healthz");
}

std::optional<bool> asBool(std::optional<double> value) {
    return value ? std::optional(*value > 0.5) : std::nullopt;
}

std::string whole(double value) {
    return std::to_string(std::llround(value));
}

void raise(HopBase& hop, Concern concern, std::string message) {
    if (concern > hop.concern) {
        hop.concern = concern;
        hop.message = std::move(message);
    }
}

void readLatency(PathReading& path, const PathReader& reader, const PathLimits& limits) {
    const auto& log = reader.store().latency();
    // Slots are taken by their start; one that begins right now belongs to the window, too.
    const auto end = reader.now() + LatencyLog::kSlot;
    path.latencyFrom = reader.now() - PathReading::kLatencyWindow;
    path.latencyTo = end;
    const auto window = log.merged({}, path.latencyFrom, end);
    path.latencyCount = window.count();
    std::string empty = "no requests in 30 s";
    for (const auto* entry : reader.store().byId("service.http.latency")) {
        if (reader.current(*entry) && !entry->absentReason.empty()) {
            empty = entry->absentReason; // there may be requests, but their latencies can't be told
        }
    }
    const auto quantile = [&](double q) {
        const auto reason = window.empty() ? empty : "too few (" + whole(double(window.count())) + ")";
        return reader.figure(window.supportedQuantile(q), "service/", reason);
    };
    path.p50 = quantile(0.5);
    path.p95 = quantile(0.95);
    path.p99 = quantile(0.99);
    path.p999 = quantile(0.999);
    if (path.p99.value && *path.p99.value > limits.p99TargetSeconds) {
        path.p99.concern = *path.p99.value > limits.p99CriticalSeconds ? Concern::Critical : Concern::Caution;
    }
    if (PathReader::shows(path.p99.state)) {
        const auto recent = log.merged({}, reader.now() - PathReading::kRecentWindow, end);
        path.recentP50 = recent.supportedQuantile(0.5);
        path.recentP95 = recent.supportedQuantile(0.95);
        path.recentP99 = recent.supportedQuantile(0.99);
    }
}

void readTraffic(PathReading& path, const PathReader& reader, const PathLimits& limits) {
    const auto requests = reader.rate("service.http.requests", isUserTraffic);
    path.requestsPerSecond = reader.figure(requests, "service/", std::string(kNeedsTwoReadings));
    const auto errors = reader.rate("service.http.errors", isUserTraffic);
    std::optional<double> share;
    if (requests && *requests > 0) {
        share = std::clamp(errors.value_or(0) / *requests, 0.0, 1.0);
    }
    path.errorShare = reader.figure(share, "service/", "no requests in 5 s");
    if (share && *share > limits.errorShareCaution && errors.value_or(0) * 5 >= 2) {
        path.errorShare.concern = *share > limits.errorShareCritical ? Concern::Critical : Concern::Caution;
    }

    const auto hits = reader.rate("cache.hits");
    const auto misses = reader.rate("cache.misses");
    std::optional<double> ratio;
    if (hits.value_or(0) + misses.value_or(0) > 0) {
        ratio = hits.value_or(0) / (hits.value_or(0) + misses.value_or(0));
    }
    path.hitRatio = reader.figure(ratio, "service/", "no lookups in 5 s");
}

void readProxy(PathReading& path, const PathReader& reader) {
    auto& hop = path.proxy;
    reader.fill(hop, "haproxy", "haproxy");
    // The frontend that serves users is the only proxy without servers of its own.
    const auto isFrontend = [](const SignalEntry& entry) { return entry.key.labels.get("proxy") == "api"; };
    hop.requestsPerSecond = reader.rate("haproxy.requests", isFrontend);
    hop.sessions = reader.sum("haproxy.sessions", [&](const SignalEntry& entry) {
        const auto server = entry.key.labels.get("server");
        return isFrontend(entry) && (server.empty() || server == "FRONTEND");
    });
    hop.queue = reader.sum("haproxy.queue");
    hop.retriesPerSecond = reader.rate("haproxy.retries");
    hop.ownResponsesPerSecond = reader.rate("haproxy.own_responses");
    if (hop.queue.value_or(0) >= 1) {
        raise(hop, Concern::Caution, whole(*hop.queue) + (*hop.queue < 1.5 ? " request queued" : " requests queued"));
    }
    path.proxyQueue = reader.figure(hop.queue, "haproxy");
    path.canarySharePercent = reader.figure(reader.largest("canary.share_percent"), "haproxy");
}

void readInstances(PathReading& path, const PathReader& reader, const PathLimits& limits) {
    for (const auto& source : reader.store().sources()) {
        constexpr std::string_view kPrefix = "service/";
        if (!source.starts_with(kPrefix)) {
            continue;
        }
        InstanceHop hop;
        reader.fill(hop, source.substr(kPrefix.size()), source);
        const auto mine = from(source);
        std::optional<SteadyTime> newest; // the label sets of earlier versions stay known for a while
        for (const auto* entry : reader.store().byId("service.http.in_flight")) {
            // Also when it is lost: a lost instance keeps its name and version.
            if (entry->source == source && (!newest || entry->readAt > *newest)) {
                newest = entry->readAt;
                hop.role = entry->key.labels.get("role");
                hop.version = entry->key.labels.get("version");
            }
        }
        hop.requestsPerSecond = reader.rate("service.http.requests", [&](const SignalEntry& entry) {
            return entry.source == source && isUserTraffic(entry);
        });
        hop.inFlight = reader.sum("service.http.in_flight", mine);
        hop.cpuShare = reader.rate("process.cpu_seconds", mine);
        hop.poolInUse = reader.sum("pool.app.in_use", mine);
        hop.poolSize = reader.sum("pool.app.size", mine);
        hop.poolWaiting = reader.sum("pool.app.waiting", mine);
        hop.level = reader.sum("degradation.level", mine);
        hop.generation = reader.sum("degradation.generation", mine);
        hop.inRotation = asBool(reader.largest(
            "haproxy.server.up", [&](const SignalEntry& entry) { return entry.key.labels.get("server") == hop.name; }));
        for (const auto* entry : reader.store().byId("control.instance_drained")) {
            if (entry->key.labels.get("instance") == hop.name && reader.current(*entry)) {
                hop.drainedBy = entry->key.labels.get("by");
            }
        }
        if (hop.poolWaiting.value_or(0) >= 1) {
            raise(hop, Concern::Caution, whole(*hop.poolWaiting) + " waiting for a pool slot");
        }
        if (hop.inRotation && !*hop.inRotation && hop.state == SourceState::Live) {
            raise(hop, Concern::Caution, "out of rotation");
        }
        path.instances.push_back(std::move(hop));
    }
    path.poolInUse = reader.figure(reader.sum("pool.app.in_use"), "service/");
    path.poolSize = reader.figure(reader.sum("pool.app.size"), "service/");
    path.poolWaiting = reader.figure(reader.sum("pool.app.waiting"), "service/");
    const auto used = path.poolInUse.value.value_or(0);
    const auto size = path.poolSize.value.value_or(0);
    if (path.poolWaiting.value.value_or(0) >= 1 || (size > 0 && used / size >= limits.saturationCaution)) {
        path.poolInUse.concern = Concern::Caution;
    }
    path.degradationLevel = reader.figure(reader.largest("degradation.level"), "service/");
    if (path.degradationLevel.value.value_or(0) >= 1) {
        path.degradationLevel.concern = Concern::Caution;
    }
}

void readBouncer(PathReading& path, const PathReader& reader) {
    auto& hop = path.bouncer;
    reader.fill(hop, "pgbouncer", "pgbouncer");
    hop.serversActive = reader.sum("pgbouncer.servers_active");
    hop.poolSize = reader.sum("pgbouncer.pool_size");
    hop.clientsWaiting = reader.sum("pgbouncer.clients_waiting");
    hop.maxWaitSeconds = reader.largest("pgbouncer.max_wait_seconds");
    hop.queriesPerSecond = reader.rate("pgbouncer.queries");
    path.bouncerWaiting = reader.figure(hop.clientsWaiting, "pgbouncer");
    if (hop.clientsWaiting.value_or(0) >= 1) {
        path.bouncerWaiting.concern = Concern::Caution;
        raise(hop, Concern::Caution,
              whole(*hop.clientsWaiting) + (*hop.clientsWaiting < 1.5 ? " client waits" : " clients wait"));
    }
}

void readCache(PathReading& path, const PathReader& reader) {
    auto& hop = path.cache;
    reader.fill(hop, "redis", "redis");
    hop.hitRatio = reader.largest("redis.hit_ratio");
    hop.commandsPerSecond = reader.rate("redis.commands");
    hop.evictionsPerSecond = reader.rate("redis.evictions");
    hop.memoryBytes = reader.largest("redis.memory_bytes");
    hop.memoryLimitBytes = reader.largest("redis.memory_limit_bytes");
    path.evictionsPerSecond = reader.figure(hop.evictionsPerSecond, "redis", std::string(kNeedsTwoReadings));
}

void readDatabase(PathReading& path, const PathReader& reader, const PathLimits& limits) {
    const std::string primary = "postgres/primary";
    auto& hop = path.primary;
    reader.fill(hop, "primary", primary);
    const auto mine = from(primary);
    hop.transactionsPerSecond = reader.rate("postgres.transactions", mine);
    hop.connections = reader.sum("postgres.connections", mine);
    hop.maxConnections = reader.sum("postgres.max_connections", mine);
    hop.walBytesPerSecond = reader.rate("postgres.wal.bytes", mine);
    hop.blocked = reader.sum("postgres.blocked", mine);
    path.walBytesPerSecond = reader.figure(hop.walBytesPerSecond, primary, std::string(kNeedsTwoReadings));
    path.lockWaits = reader.figure(hop.blocked, primary);
    if (hop.blocked.value_or(0) >= 1) {
        raise(hop, Concern::Caution,
              whole(*hop.blocked) + (*hop.blocked < 1.5 ? " session waits" : " sessions wait") + " for a lock");
    }
    if (hop.connections && hop.maxConnections && *hop.connections >= limits.saturationCaution * *hop.maxConnections) {
        raise(hop, Concern::Caution, whole(*hop.connections) + " of " + whole(*hop.maxConnections) + " connections");
    }

    // A standby is known by its own source, by what the primary says of it, or by both.
    std::set<std::string> names;
    for (const auto& source : reader.store().sources()) {
        if (source.starts_with("postgres/") && source != primary) {
            names.insert(source.substr(std::string_view("postgres/").size()));
        }
    }
    std::optional<double> worst;
    const bool primaryWatched = reader.store().source(primary) != nullptr;
    std::string lagSource = primary;
    for (const auto& name : names) {
        ReplicaHop replica;
        const auto source = "postgres/" + name;
        reader.fill(replica, name, source);
        const auto ofStandby = [&](const SignalEntry& entry) { return entry.key.labels.get("standby") == name; };
        replica.lagState = reader.state(primary);
        replica.lagAge = reader.age(primary);
        replica.lagSeconds = reader.largest("postgres.replication.lag_seconds", ofStandby);
        replica.lagBytes = reader.largest("postgres.replication.lag_bytes", ofStandby);
        if (!primaryWatched) { // nobody tells of it but the standby itself
            replica.lagState = reader.state(source);
            replica.lagAge = reader.age(source);
            replica.lagSeconds = reader.largest("postgres.replay.lag_seconds", from(source));
            replica.lagBytes = reader.largest("postgres.replay.lag_bytes", from(source));
        }
        replica.streams = asBool(reader.largest("postgres.replication.state", ofStandby));
        replica.paused = asBool(reader.largest("postgres.recovery.paused", from(source)));
        replica.transactionsPerSecond = reader.rate("postgres.transactions", from(source));
        if (replica.paused.value_or(false)) {
            raise(replica, Concern::Caution, "replay is paused");
        }
        if (replica.lagSeconds && *replica.lagSeconds > limits.lagSecondsCaution) {
            raise(replica, *replica.lagSeconds > limits.lagSecondsCritical ? Concern::Critical : Concern::Caution,
                  replica.paused.value_or(false) ? "replay is paused" : "replay is behind");
        }
        if (replica.streams && !*replica.streams) {
            raise(replica, Concern::Critical, "does not stream");
        }
        if (replica.lagSeconds && (!worst || *replica.lagSeconds > *worst)) {
            worst = replica.lagSeconds;
            path.worstLagStandby = name;
            lagSource = primaryWatched ? primary : source;
        }
        path.replicas.push_back(std::move(replica));
    }
    path.worstLagSeconds =
        reader.figure(worst, lagSource, names.empty() ? "no standby" : "the primary lists no standby");
    if (worst && *worst > limits.lagSecondsCaution) {
        path.worstLagSeconds.concern = *worst > limits.lagSecondsCritical ? Concern::Critical : Concern::Caution;
    }

    std::optional<double> deadlocks;
    auto earliest = reader.now();
    for (const auto* entry : reader.store().byId("postgres.deadlocks")) {
        if (const auto counted = countedWithin(*entry, reader.now() - PathReading::kDeadlockWindow, reader.now())) {
            earliest = std::min(earliest, counted->since);
            deadlocks = deadlocks.value_or(0) + counted->count;
        }
    }
    path.deadlocks = reader.figure(deadlocks ? std::optional(std::round(*deadlocks)) : std::nullopt, primary,
                                   std::string(kNeedsTwoReadings));
    path.deadlockSpan = std::min<std::chrono::seconds>(
        PathReading::kDeadlockWindow, std::chrono::round<std::chrono::seconds>(reader.now() - earliest));
    if (path.deadlocks.value.value_or(0) >= 1) {
        path.deadlocks.concern = Concern::Caution;
    }
}

void readSources(PathReading& path, const PathReader& reader) {
    for (const auto& name : reader.store().sources()) {
        SourceHealth health;
        health.name = name;
        health.state = reader.state(name);
        health.age = reader.age(name);
        if (const auto* update = reader.store().source(name); update != nullptr && update->failure) {
            health.error = update->failure->error.text;
            health.nextTryIn = std::max(nanoseconds(0), nanoseconds(update->failure->nextTryAt - reader.now()));
        }
        path.sources.push_back(std::move(health));
    }
}

} // namespace

PathReading readRequestPath(const SignalStore& store, SteadyTime now, const PathLimits& limits) {
    const PathReader reader(store, now);
    PathReading path;
    path.at = now;
    readLatency(path, reader, limits);
    readTraffic(path, reader, limits);
    readProxy(path, reader);
    readInstances(path, reader, limits);
    readBouncer(path, reader);
    readCache(path, reader);
    readDatabase(path, reader, limits);
    readSources(path, reader);
    return path;
}

std::string displayName(std::string_view sourceOrHop) {
    if (const auto slash = sourceOrHop.rfind('/'); slash != std::string_view::npos) {
        const auto kind = sourceOrHop.substr(0, slash);
        sourceOrHop.remove_prefix(slash + 1);
        if (sourceOrHop == "*") {
            return kind == "postgres" ? "all PostgreSQL servers" : "all instances";
        }
    }
    if (sourceOrHop == "primary") {
        return "PostgreSQL primary";
    }
    if (sourceOrHop.starts_with("replica-")) {
        return "Replica " + std::string(sourceOrHop.substr(8));
    }
    if (sourceOrHop == "redis") {
        return "Redis";
    }
    if (sourceOrHop == "pgbouncer") {
        return "pgBouncer";
    }
    if (sourceOrHop == "haproxy") {
        return "HAProxy";
    }
    if (sourceOrHop == "stack") {
        return "Supervisor";
    }
    return std::string(sourceOrHop);
}

} // namespace binnacle
