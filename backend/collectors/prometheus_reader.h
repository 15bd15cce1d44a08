// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/prometheus_client.h"
#include "backend/collectors/prometheus_catalogue.h"
#include "backend/collectors/prometheus_readings.h"
#include "backend/collectors/windowed_ratio.h"
#include "backend/domain/snapshot.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace binnacle {

/// One thing that Prometheus scrapes and that a mapping knows, by the labels that it has there.
struct PrometheusSource {
    PrometheusKind kind = PrometheusKind::Service;
    std::string job;
    std::string instance;         ///< as scraped: "10.0.0.7:9187"
    std::string exportedInstance; ///< what the target calls itself, where Prometheus keeps its own `instance`

    friend auto operator<=>(const PrometheusSource&, const PrometheusSource&) = default;
};

struct NamedPrometheusSource {
    PrometheusSource source;
    std::string id;   ///< as the console knows it: "service/app-1", "postgres/primary", "redis"
    std::string name; ///< what its readings call it: "app-1"
};

/// Names sources: by the target's own names, else by what they call themselves, else by their address. The only
/// database, cache, balancer or pooler gets the name by which the console knows the only one.
[[nodiscard]] std::vector<NamedPrometheusSource> namedSources(const std::vector<PrometheusSource>& sources,
                                                              const PrometheusTarget& target);

/// Reads everything that is watched on one Prometheus server for all of its sources, which share the connection and the
/// answers: at most two queries an interval. The first tells which targets have a new sample, the second reads those,
/// so that each sample travels once. Thread-safe; a call waits for one under way, for at most its deadline.
///
/// Times: an answer tells, by the server's own clock alone, how old each sample was when it was asked; that age is laid
/// back from our steady clock. Rates divide by the time between samples. Series without an `up` of their scrape (pushed
/// ones) are not told: nobody knows how old they are.
class PrometheusReader {
public:
    explicit PrometheusReader(PrometheusTarget target);

    [[nodiscard]] const PrometheusTarget& target() const { return m_target; }
    /// How often it asks: every one to two seconds, so that a sample is seen soon after it was taken.
    [[nodiscard]] std::chrono::milliseconds interval() const;
    /// All sources that the server has samples of; from then on these are read. Asks at most every ten seconds and
    /// remembers the answer in between.
    [[nodiscard]] Result<std::vector<NamedPrometheusSource>> discover(SteadyTime deadline);
    /// The newest snapshot of one source that was discovered. Refused when Prometheus can't scrape it, NotFound when it
    /// no longer does.
    [[nodiscard]] Result<Snapshot> read(const PrometheusSource& source, SteadyTime deadline);
    /// What the server says of itself: how many targets it can scrape, and how many it can't.
    [[nodiscard]] Result<Snapshot> readServer(SteadyTime deadline);
    /// Of all answers, for all sources.
    [[nodiscard]] std::uint64_t receivedBytes() const { return m_received; }

private:
    using TargetKey = std::pair<std::string, std::string>; ///< job, instance
    struct Target {
        double sampledAt = 0; ///< seconds since 1970, by the server
        SteadyTime steadyAt;  ///< the same instant by our clock
        bool up = false;
    };
    struct Known {
        std::string name;
        Snapshot snapshot;    ///< of the newest sample; empty before the first
        double sampledAt = 0; ///< as of the target
        unsigned resets = 0;  ///< counters that were seen to fall, where no start is told
        std::map<std::string, WindowedRatio, std::less<>> hitRatios;
    };
    using Targets = std::map<TargetKey, Target>;
    class Turn;

    [[nodiscard]] Result<void> refresh(SteadyTime deadline);
    [[nodiscard]] Result<void> refreshNow(SteadyTime deadline);
    [[nodiscard]] Result<Targets> readTargets(SteadyTime deadline);
    [[nodiscard]] Result<void> readSamples(const std::vector<TargetKey>& changed, SteadyTime deadline);
    [[nodiscard]] std::string select(std::string_view matchers) const;
    void take(Known& known, PrometheusReadings readings, const Target& at) const;
    void addHitRatios(Known& known, Snapshot& snapshot) const;

    PrometheusTarget m_target;
    std::mutex m_mutex;
    std::condition_variable m_idle;
    bool m_busy = false; ///< somebody has the turn, and with it all that follows
    PrometheusClient m_client;
    std::atomic<std::uint64_t> m_received = 0; ///< what the client counts, as of the last turn
    std::vector<NamedPrometheusSource> m_discovered;
    std::optional<SteadyTime> m_discoveredAt;
    std::optional<SteadyTime> m_askedAt;
    std::optional<Error> m_failure;
    Targets m_targets;
    std::map<PrometheusSource, Known> m_known;
};

} // namespace binnacle
