// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/telemetry_document.h"
#include "backend/domain/latency_histogram.h"
#include "backend/domain/time.h"

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace binnacle::control {

/// What some instances did in a span of time, added up. Health probes are no part of it.
struct TrafficSlice {
    struct Route {
        LatencyHistogram latency;
        std::uint64_t errors = 0;   ///< 5xx
        std::uint64_t degraded = 0; ///< answered with a fallback
    };
    struct Statement {
        std::uint64_t count = 0;
        double seconds = 0;
    };
    double seconds = 0; ///< told by the instances' own clocks, averaged over them
    std::map<std::string, Route, std::less<>> routes;
    std::map<std::string, Statement, std::less<>> statements;

    [[nodiscard]] std::uint64_t requests() const;
    void add(const TrafficSlice& other);
};

/// How much of a span of time is known of one instance.
struct InstanceCoverage {
    std::string name;
    std::string role;
    std::string version;
    double seconds = 0;
    bool restarted = false; ///< within the span
};

/// What each instance counted in the last five minutes, second by second. Counters of different starts of a process are
/// never subtracted: what lies between the last reading of one and the first of the next is not known, and left out.
/// Bounded in memory whatever the instances tell. Safe to call from several threads.
class TelemetryHistory {
public:
    static constexpr std::chrono::seconds kept{330};
    static constexpr std::size_t cellLimit = 4'000'000; ///< of 8 bytes, over all instances; the oldest go first
    static constexpr std::size_t nameLimit = 512;       ///< routes and statements; more are not told apart

    /// A document that was complete at `at`. `name` and `role` are those under which the instance is known to us.
    void add(const std::string& name, const std::string& role, SteadyTime at, const TelemetryDocument& document);
    /// Forgets an instance that is no longer part of the system.
    void forget(const std::string& name);

    /// What is known of each instance in (from, to].
    [[nodiscard]] std::vector<InstanceCoverage> coverage(SteadyTime from, SteadyTime to) const;
    /// What those instances did in (from, to]: each reading counts where its middle lies.
    [[nodiscard]] TrafficSlice slice(std::span<const std::string> instances, SteadyTime from, SteadyTime to) const;

private:
    struct RouteGain {
        std::uint16_t route = 0;
        std::uint32_t errors = 0;
        std::uint32_t degraded = 0;
        std::uint64_t sumNs = 0;
        std::vector<std::pair<std::uint16_t, std::uint32_t>> cells;
    };
    struct StatementGain {
        std::uint16_t statement = 0;
        std::uint32_t count = 0;
        double seconds = 0;
    };
    struct Gain {
        SteadyTime middle;
        double seconds = 0;
        bool restarted = false; ///< nothing is known of this span but that the process began anew in it
        std::vector<RouteGain> routes;
        std::vector<StatementGain> statements;
    };
    struct Instance {
        std::string role;
        std::string version;
        std::string epoch;
        SteadyTime readAt;
        std::chrono::microseconds monotonic{};
        std::map<SeriesKey, Reading> last; ///< cumulative
        std::deque<Gain> gains;
    };

    [[nodiscard]] std::uint16_t nameIndex(std::vector<std::string>& names, std::string_view name);
    [[nodiscard]] bool gain(Instance& instance, const TelemetryDocument& document, Gain& into);
    void trim(SteadyTime now);

    mutable std::mutex m_mutex;
    std::vector<std::string> m_routes;
    std::vector<std::string> m_statements;
    std::map<std::string, Instance> m_instances;
    std::size_t m_cells = 0;
};

} // namespace binnacle::control
