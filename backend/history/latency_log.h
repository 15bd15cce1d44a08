// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "backend/domain/reading.h"
#include "backend/domain/time.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace binnacle {

/// Which latencies to merge. An empty field takes all; health probes are left out unless asked for by route, because
/// they are the load balancer's traffic and not the users'.
struct LatencySelector {
    std::string route;
    std::string instance;
    std::string role;
    std::string version;
    std::string statusClass;

    [[nodiscard]] bool matches(const Labels& labels) const;
    friend bool operator==(const LatencySelector&, const LatencySelector&) = default;
};

/// What was recorded within one slot of time.
struct LatencySlot {
    SteadyTime from;
    std::chrono::nanoseconds span{};
    LatencyHistogram histogram;
};

/// What was recorded of one route; a route that nobody asked for has an empty histogram.
struct RouteLatency {
    LatencyHistogram histogram;
    std::uint64_t failed = 0; ///< of these, answered with 5xx
};

/// How many requests of one slot took at least some limit.
struct SlowSlot {
    SteadyTime from;
    std::uint64_t total = 0;
    std::uint64_t slow = 0;
};

/// The same of one series, over a span.
struct SlowSeries {
    Labels labels;
    std::uint64_t total = 0;
    std::uint64_t slow = 0;
};

/// The latency histograms of the past, per series: slots of 2 s for 15 minutes, folded to 16 s for 2 hours. Stored as
/// sparse cells, so a quiet route costs next to nothing. Not synchronised; lives on the display's thread.
class LatencyLog {
public:
    static constexpr std::chrono::seconds kSlot{2};
    static constexpr std::chrono::seconds kFold{16};
    static constexpr std::chrono::minutes kFine{15};
    static constexpr std::chrono::hours kKept{2};
    static constexpr std::size_t kMaxSeries = 2000;

    /// Adds what one series recorded in the interval that ended at `at`. Beyond kMaxSeries a new series is refused.
    bool add(const Labels& labels, SteadyTime at, const LatencyHistogram& recorded);
    /// Drops what is older than kKept before `now`, and folds what is older than kFine.
    void expire(SteadyTime now);

    /// Everything selected in slots that begin within [from, to), merged.
    [[nodiscard]] LatencyHistogram merged(const LatencySelector& selector, SteadyTime from, SteadyTime to) const;
    /// The same, slot by slot on the grid of `step` (a multiple of kSlot), empty slots included, oldest first.
    [[nodiscard]] std::vector<LatencySlot> slots(const LatencySelector& selector, SteadyTime from, SteadyTime to,
                                                 std::chrono::seconds step = kSlot) const;
    /// As slots(), but only how many there were, and how many took at least `limitNs` (whole buckets, as countFrom()).
    [[nodiscard]] std::vector<SlowSlot> slowSlots(const LatencySelector& selector, SteadyTime from, SteadyTime to,
                                                  std::int64_t limitNs, std::chrono::seconds step = kSlot) const;
    /// The same by series, of slots that begin within [from, to). Those without a request are left out.
    [[nodiscard]] std::vector<SlowSeries> slowSeries(const LatencySelector& selector, SteadyTime from, SteadyTime to,
                                                     std::int64_t limitNs) const;
    /// Everything selected in slots that begin within [from, to), by route, in one pass over the series. Routes of
    /// health probes are among them only if the selector asks for one.
    [[nodiscard]] std::map<std::string, RouteLatency> byRoute(const LatencySelector& selector, SteadyTime from,
                                                              SteadyTime to) const;
    /// The label sets that were ever recorded and not expired.
    [[nodiscard]] std::vector<Labels> series() const;

    /// Start of the slot that holds `at`.
    [[nodiscard]] static SteadyTime slotStart(SteadyTime at, std::chrono::seconds step = kSlot);

private:
    struct Cells {
        SteadyTime from;
        std::chrono::seconds span{kSlot};
        std::uint64_t sumNs = 0;
        std::uint64_t total = 0;                                    ///< of all cells
        std::uint16_t highest = 0;                                  ///< the last bucket in use, kAboveIndex included
        std::vector<std::pair<std::uint16_t, std::uint32_t>> cells; // index ascending

        void add(const LatencyHistogram& histogram);
        void add(const Cells& other);
        void addTo(LatencyHistogram& histogram) const;
        /// All of them, and those in bucket `index` and further up. A slot without any of these, as most are for a
        /// limit of the tail, is told without a look at its cells.
        [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> countsFrom(std::size_t index) const;
    };
    using Run = std::deque<Cells>;
    [[nodiscard]] Cells& slotOfAll(SteadyTime from);
    static void expire(Run& run, SteadyTime now);
    template <typename Visit>
    void forEach(const LatencySelector& selector, SteadyTime from, SteadyTime to, Visit visit) const;

    std::map<Labels, Run> m_runs;
    Run m_all; ///< of all series but those of health probes: what is asked for most, a few times a second
};

} // namespace binnacle
