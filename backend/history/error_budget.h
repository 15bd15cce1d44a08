// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/objective.h"
#include "backend/domain/snapshot.h"
#include "backend/domain/time.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace binnacle {

/// What was counted over a while, and how much of it was seen.
struct BudgetCount {
    std::uint64_t requests = 0;
    std::uint64_t bad = 0; ///< 5xx of any latency, and the others that took longer than the objective allows
    std::chrono::seconds seen{};

    friend bool operator==(const BudgetCount&, const BudgetCount&) = default;
};

/// A figure of the budget with what it rests on.
struct BudgetFigure {
    std::optional<double> value;
    std::string reason; ///< why value is missing, for a reader
    BudgetCount over;

    friend bool operator==(const BudgetFigure&, const BudgetFigure&) = default;
};

/// How many requests an objective has missed, in slots of 10 s for half an hour and of a minute for a day.
///
/// Counted are the differences of what instances tell of their requests (service.http.latency, without health probes)
/// and of the 5xx that the load balancer answered by itself (haproxy.own_errors): no instance saw those requests. One
/// that the load balancer gave up waiting for and that an instance ended late counts at both. Differences are
/// cumulative: what is told twice counts once, what a silence of ours held counts when the source is back, and a
/// restart counts nothing. Latencies are as exact as their buckets (1 %).
///
/// Time counts as seen where an instance told of it, or where the load balancer did and sent no request to any.
/// Bounded; not synchronised; reads no clock.
class ErrorBudget {
public:
    static constexpr std::chrono::seconds kSlot{10};
    static constexpr std::chrono::minutes kFine{30};
    static constexpr std::chrono::minutes kCoarseSlot{1};
    /// Nobody knows when in a silence its requests came. Beyond this they are left out of the fine slots.
    static constexpr std::chrono::minutes kLongestFine{2};
    static constexpr std::size_t kMaxSources = 200;
    static constexpr std::size_t kMaxSeries = 5000; ///< of one source
    /// A burn rate needs so many requests, or so many bad ones.
    static constexpr std::uint64_t kLeastRequests = 100;
    static constexpr std::uint64_t kLeastBad = 10;
    /// … and that much of its window seen, or half of a shorter one.
    static constexpr std::chrono::seconds kLeastSeen{30};

    explicit ErrorBudget(Objective objective = {})
        : m_objective(objective) {}

    [[nodiscard]] const Objective& objective() const { return m_objective; }
    /// How far back it counts: its window, and what the limits of its pace need.
    [[nodiscard]] std::chrono::seconds kept() const;
    /// A source of that name may tell something to apply().
    [[nodiscard]] static bool isTold(std::string_view source);

    /// Counts what a source's newest snapshot tells; others than instances and load balancers are ignored.
    void apply(const SourceUpdate& update);
    /// Forgets where a source stood; what was counted stays.
    void removeSource(std::string_view source);
    /// Adds what another counted before this one began: nothing may have been told to both.
    void takeOver(const ErrorBudget& earlier);

    /// How many times as fast as it lasts the budget was spent over the `window` before `now`: 1 spends all of it in
    /// the objective's window. Time of the window that was not seen counts as if all had been good at the same traffic,
    /// so that this is the least that it can have been. Absent with less than kLeastSeen seen, and with fewer than
    /// kLeastRequests requests unless kLeastBad were bad.
    [[nodiscard]] BudgetFigure burn(SteadyTime now, std::chrono::seconds window) const;
    /// burn()'s value alone.
    [[nodiscard]] std::optional<double> burnRate(SteadyTime now, std::chrono::seconds window) const {
        return burn(now, window).value;
    }
    /// Both windows of a limit are at its rate or above.
    [[nodiscard]] bool burns(SteadyTime now, const BurnLimit& limit) const;
    /// The share of the budget that is left, of the budget that the requests seen in the objective's window gave:
    /// 1 untouched, 0 spent, negative overspent. Absent while those give no budget for one whole request.
    [[nodiscard]] BudgetFigure remaining(SteadyTime now) const;
    /// What was counted in (now - window, now].
    [[nodiscard]] BudgetCount count(SteadyTime now, std::chrono::seconds window) const;

    /// Until when something was seen; absent before.
    [[nodiscard]] std::optional<SteadyTime> seenUntil() const { return m_seenUntil; }
    /// Who told that requests were answered until then: an instance, else the load balancer. Empty before.
    [[nodiscard]] const std::string& seenBy() const { return m_seenBy; }
    /// A load balancer tells what it answered by itself.
    [[nodiscard]] bool countsProxy() const { return m_countsProxy; }

private:
    struct Tally { // what was counted between two times, or since a start
        double requests = 0;
        double bad = 0;
    };
    struct Slot {
        double requests = 0;
        double bad = 0;
        double seenSeconds = 0;
    };
    using Slots = std::map<SteadyTime, Slot>; // by their starts
    struct Source {
        SnapshotHeader header;
        std::vector<std::pair<Labels, Tally>> series; // cumulative, sorted
        std::optional<double> ownErrors;              // likewise, of a load balancer
        std::optional<double> forwarded;              // what it sent to servers
    };
    struct Told {
        Tally tally;
        bool seen = false; // it tells of all requests of its time
    };
    [[nodiscard]] static bool renamed(const Snapshot& snapshot, const Source& known);
    [[nodiscard]] Told readService(const Snapshot& snapshot, Source& known) const;
    [[nodiscard]] Told readProxy(const Snapshot& snapshot, Source& known);
    void put(SteadyTime from, SteadyTime to, const Tally& tally);
    void see(SteadyTime from, SteadyTime to);
    void expire();
    void noteLatencies(const Snapshot& snapshot, bool told);
    [[nodiscard]] Slot sum(SteadyTime now, std::chrono::seconds window) const;
    [[nodiscard]] std::string whyNothing() const;
    [[nodiscard]] static BudgetCount counted(const Slot& sum);
    [[nodiscard]] static std::string tooFew(const BudgetCount& count);

    Objective m_objective;
    std::map<std::string, Source, std::less<>> m_sources;
    Slots m_fine;
    Slots m_coarse;
    std::optional<SteadyTime> m_counted; // until when anything was put
    std::optional<SteadyTime> m_seenUntil;
    std::string m_seenBy;
    std::string m_absentReason; // what an instance that answers says instead of its latencies
    bool m_instances = false;   // there is one, whether it answers or not
    bool m_latencies = false;   // one told its latencies
    bool m_countsProxy = false;
};

} // namespace binnacle
