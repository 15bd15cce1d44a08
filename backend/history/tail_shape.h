// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/history/latency_log.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace binnacle {

/// How the slow requests of a window are spread over its time.
enum class TailKind {
    TooFew,   ///< too little was seen to tell
    Steady,   ///< as usual, no time has more of them than chance gives
    Regular,  ///< in bursts that come at even intervals: a checkpoint, a scheduled job
    Sporadic, ///< in one burst, or in several without a rhythm
    Plateau,  ///< more of them since an instant, and it stays so
};

/// A run of slots with more slow requests than usual. Both counts are of the slots within [from, to).
struct TailBurst {
    SteadyTime from;
    SteadyTime to;
    SteadyTime middle; ///< of the excess
    std::uint64_t total = 0;
    std::uint64_t slow = 0;
    friend bool operator==(const TailBurst&, const TailBurst&) = default;
};

/// What the slots alone tell.
struct TailTiming {
    TailKind kind = TailKind::TooFew;
    std::vector<TailBurst> bursts;     ///< oldest first: Regular and Sporadic
    std::chrono::nanoseconds period{}; ///< Regular: mean distance of two bursts
    std::chrono::nanoseconds jitter{}; ///< Regular: standard deviation of that distance
    std::size_t skipped = 0;           ///< Regular: times at which one was due and none was seen
    std::optional<SteadyTime> since;   ///< Plateau: start of its first slot; absent: since before the first slot
    friend bool operator==(const TailTiming&, const TailTiming&) = default;
};

/// The rules, in this order. A slot is hot when it holds at least kTimes its usual share of slow requests and so many
/// of them that chance gives them once in kSlotChance slots; so, too, against the median slot of the window, unless
/// that leaves no burst. Hot slots with at most one other between them are a burst; those with under kLeastBurst slow
/// requests above the usual, or under a quarter of the median burst's, are none.
///
/// Regular: four bursts or more, at distances (or, for one in five at most, multiples of it) so even that as many
/// bursts placed at random would stand like that less than once in kRhythmChance. What a resolution of one slot, and
/// two bursts that can't be nearer than three slots, give by themselves is counted against it.
/// Plateau: from the likeliest instant of change to the end, at least kLeastPlateau, the share is kTimes the usual one
/// and twice that of before; four in five of its parts have at least half of it, the last one too, and its slots are
/// not emptier than an even stream leaves them.
/// Sporadic: any burst. Steady: none of these.
/// TooFew: under kLeastSlots slots with requests, or under kLeastRequests.
struct TailRules {
    static constexpr double kTimes = 3;
    static constexpr double kSlotChance = 1e-4;
    static constexpr double kLeastBurst = 5;
    static constexpr double kRhythmChance = 0.005;
    static constexpr std::chrono::seconds kLeastPlateau{30};
    static constexpr std::size_t kLeastSlots = 10;
    static constexpr std::uint64_t kLeastRequests = 500;
    /// A request is slow when it takes this much longer than the baseline's p99: within it is the same.
    static constexpr double kClearly = 1.1;
    /// The baseline needs so many requests, and counts as having at least this share of slow ones.
    static constexpr std::uint64_t kLeastBaseline = 500;
    static constexpr double kLeastUsual = 0.0005;
    /// A label explains the excess when it holds at least this part of it, and kLift times its part of the requests.
    static constexpr double kExplains = 0.6;
    static constexpr double kLift = 1.5;
};

/// What the slots tell; they are on a grid of `step`, oldest first, and `usualShare` of the requests is usually slow.
[[nodiscard]] TailTiming tailTiming(std::span<const SlowSlot> slots, std::chrono::seconds step, double usualShare);

/// One label that holds more of the excess than of the requests.
struct TailConcentration {
    std::string label; ///< "route", "instance", "version", "role"
    std::string value;
    double ofExcess = 0;   ///< its part of the slow requests above the usual, 0..1
    double ofRequests = 0; ///< its part of all requests of the same time, 0..1
    friend bool operator==(const TailConcentration&, const TailConcentration&) = default;
};

/// What the slow requests of a window are made of, with the evidence.
struct TailShape {
    enum class Baseline {
        None,   ///< too few requests to know what is usual
        Before, ///< what came right before the window
        Window, ///< the calmest quarter of the window itself: nothing was seen before it
    };
    TailTiming timing;
    std::chrono::seconds step{}; ///< length of a slot: nothing finer is known of time
    Baseline baseline = Baseline::None;
    std::chrono::nanoseconds baselineSpan{};       ///< how long the baseline is
    double baselineP99 = 0;                        ///< in seconds
    double limitSeconds = 0;                       ///< from here a request is slow
    double usualShare = 0;                         ///< of slow requests in the baseline, 0..1
    std::uint64_t total = 0;                       ///< requests in the window
    std::uint64_t slow = 0;                        ///< slow ones among them
    std::uint64_t slowInBursts = 0;                ///< … or, of a plateau, since it began
    std::vector<TailConcentration> concentrations; ///< one per label at most, the strongest first
    [[nodiscard]] double share() const {
        return total == 0 ? 0 : static_cast<double>(slow) / static_cast<double>(total);
    }
    friend bool operator==(const TailShape&, const TailShape&) = default;
};

/// The slow requests that `selector` takes, of slots that begin within [from, to), as seen at `now`. The baseline is
/// the span of the same length right before it, five to fifteen minutes, or else of the window itself.
[[nodiscard]] TailShape tailShape(const LatencyLog& log, const LatencySelector& selector, SteadyTime from,
                                  SteadyTime to, SteadyTime now);

} // namespace binnacle
