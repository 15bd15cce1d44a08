// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/freshness.h"
#include "backend/history/signal_store.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Why a rate is missing right after the start: it is on its way, and not an absence.
inline constexpr std::string_view kNeedsTwoReadings = "needs two readings";

/// Where a value stands against the limit that it owns.
enum class Concern { Normal, Caution, Critical };

/// One derived value with what it takes to draw it honestly: where it is from, how old, and why it is missing.
struct Figure {
    std::optional<double> value; ///< in the unit that the field's name tells
    std::string reason;          ///< why value is missing, for a reader: "too few (6)", "no lookups in the window"
    std::string source;          ///< "redis", or "service/*" for a value over all instances
    SourceState state = SourceState::Loading;
    std::chrono::nanoseconds age{};
    Concern concern = Concern::Normal;

    [[nodiscard]] bool live() const { return state == SourceState::Live; }
};

/// Limits that turn a reading into caution or critical. One place, so that page, rail and sentence agree.
struct PathLimits {
    double p99TargetSeconds = 0.25;  ///< caution above
    double p99CriticalSeconds = 0.5; ///< the bundled objective: no request over 500 ms
    double errorShareCaution = 0.001;
    double errorShareCritical = 0.01;
    double lagSecondsCaution = 1;
    double lagSecondsCritical = 10;
    double saturationCaution = 0.9;
};

/// What every hop has: who it is, whether it answers, and one word of state.
struct HopBase {
    std::string name;   ///< "app-1", "replica-2", "redis"
    std::string source; ///< whose snapshots tell about it; empty if nobody does
    SourceState state = SourceState::Loading;
    std::chrono::nanoseconds age{};
    Concern concern = Concern::Normal;
    std::string message; ///< what crossed a limit here; empty when nothing did
};

struct ProxyHop : HopBase {
    std::optional<double> requestsPerSecond;
    std::optional<double> sessions;
    std::optional<double> queue;
    std::optional<double> retriesPerSecond;
    std::optional<double> ownResponsesPerSecond;
};

struct InstanceHop : HopBase {
    std::string role; ///< stable, canary, baseline
    std::string version;
    std::optional<double> requestsPerSecond;
    std::optional<double> inFlight;
    std::optional<double> cpuShare; ///< of one core
    std::optional<double> poolInUse;
    std::optional<double> poolSize;
    std::optional<double> poolWaiting;
    std::optional<double> level; ///< of degradation, as the instance reports it
    std::optional<double> generation;
    std::optional<bool> inRotation; ///< as HAProxy sees it
    std::string drainedBy; ///< who has taken it out of rotation, where control says that it is to be; else empty
};

struct BouncerHop : HopBase {
    std::optional<double> serversActive;
    std::optional<double> poolSize;
    std::optional<double> clientsWaiting;
    std::optional<double> maxWaitSeconds;
    std::optional<double> queriesPerSecond;
};

struct CacheHop : HopBase {
    std::optional<double> hitRatio;
    std::optional<double> commandsPerSecond;
    std::optional<double> evictionsPerSecond;
    std::optional<double> memoryBytes;
    std::optional<double> memoryLimitBytes;
};

struct PrimaryHop : HopBase {
    std::optional<double> transactionsPerSecond;
    std::optional<double> connections;
    std::optional<double> maxConnections;
    std::optional<double> walBytesPerSecond;
    std::optional<double> blocked; ///< sessions that wait for a lock
};

struct ReplicaHop : HopBase {
    std::optional<double> lagSeconds; ///< as the primary sees it
    std::optional<double> lagBytes;
    std::optional<bool> streams;
    std::optional<bool> paused;
    std::optional<double> transactionsPerSecond;
    /// State of the source of the lag, which is the primary: a replica may answer while its lag is unknown.
    SourceState lagState = SourceState::Loading;
    std::chrono::nanoseconds lagAge{};
};

/// State of one source, for the status line.
struct SourceHealth {
    std::string name;
    SourceState state = SourceState::Loading;
    std::chrono::nanoseconds age{};
    std::string error; ///< of the last failed pass; empty when it succeeded
    std::optional<std::chrono::nanoseconds> nextTryIn;
};

/// The whole request path at one instant, computed once for all pages.
struct PathReading {
    SteadyTime at;

    Figure requestsPerSecond;
    Figure errorShare;          ///< 0..1, 5xx of all, over kRateWindow
    Figure p50, p95, p99, p999; ///< seconds, over kLatencyWindow
    std::uint64_t latencyCount = 0;
    /// Which slots of LatencyLog they are counted in: kLatencyWindow up to the one that begins right then, or what was
    /// asked for.
    SteadyTime latencyFrom{}, latencyTo{};
    /// The same over kRecentWindow, for lines that must follow a change (p999 stays at kLatencyWindow: support).
    std::optional<double> recentP50, recentP95, recentP99;
    Figure hitRatio;
    Figure worstLagSeconds;
    std::string worstLagStandby;
    Figure poolInUse, poolSize, poolWaiting; ///< over all instances
    Figure bouncerWaiting;
    Figure deadlocks; ///< within deadlockSpan
    std::chrono::seconds deadlockSpan{};
    Figure walBytesPerSecond;
    Figure lockWaits;
    Figure proxyQueue;
    Figure evictionsPerSecond;
    Figure degradationLevel; ///< the highest that an instance reports
    Figure canarySharePercent;

    ProxyHop proxy;
    std::vector<InstanceHop> instances; ///< in the order of names
    BouncerHop bouncer;
    CacheHop cache;
    PrimaryHop primary;
    std::vector<ReplicaHop> replicas;
    std::vector<SourceHealth> sources;

    static constexpr std::chrono::seconds kLatencyWindow{30};
    static constexpr std::chrono::seconds kRecentWindow{10};
    static constexpr std::chrono::seconds kRateWindow{5};
    static constexpr std::chrono::minutes kDeadlockWindow{15};
};

/// Reads the request path out of the store. Values of a lost source are left out; a late one's stay, marked.
[[nodiscard]] PathReading readRequestPath(const SignalStore& store, SteadyTime now, const PathLimits& limits = {});

/// "Redis", "Replica 2", "PostgreSQL primary", "app-1": how a person calls a source or a hop.
[[nodiscard]] std::string displayName(std::string_view sourceOrHop);

} // namespace binnacle
