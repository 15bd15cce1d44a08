// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/alert_rule.h"

#include "backend/history/error_budget.h"

#include <algorithm>
#include <array>

namespace binnacle {

using std::chrono::seconds;

namespace {

using Measures = std::vector<AlertMeasure>;

constexpr seconds kFirstAnswer{30}; ///< that a server may take that is started with its console
constexpr PathLimits kPath{};       // so that an alert and the colour of a figure agree

/// What is late is not of now: it neither raises nor clears.
std::optional<double> now(const Figure& figure) {
    return figure.live() ? figure.value : std::nullopt;
}

std::optional<double> now(std::optional<double> value, SourceState state) {
    return state == SourceState::Live ? value : std::nullopt;
}

std::optional<double> flag(std::optional<bool> value, SourceState state) {
    return value && state == SourceState::Live ? std::optional(*value ? 1.0 : 0.0) : std::nullopt;
}

std::optional<double> ratio(std::optional<double> part, std::optional<double> whole) {
    return part && whole && *whole > 0 ? std::optional(*part / *whole) : std::nullopt;
}

template <Figure PathReading::*figure>
void figureOf(const AlertInputs& in, Measures& out) {
    out.push_back({{}, (in.path.*figure).source, now(in.path.*figure)});
}

void sourceLost(const AlertInputs& in, Measures& out) {
    for (const auto& source : in.path.sources) {
        // Late is on the way to either end; loading has not begun, and who never answered may be starting.
        const auto* update = in.store != nullptr ? in.store->source(source.name) : nullptr;
        const bool starts = update != nullptr && !update->snapshot && source.age < kFirstAnswer;
        const bool tells = source.state != SourceState::Late && source.state != SourceState::Loading && !starts;
        out.push_back({source.name, source.name,
                       tells ? std::optional(source.state == SourceState::Lost ? 1.0 : 0.0) : std::nullopt});
    }
}

void sourceUnreadable(const AlertInputs& in, Measures& out) {
    for (const auto& source : in.path.sources) {
        const bool refuses = source.state == SourceState::Denied || source.state == SourceState::Error;
        const bool tells = refuses || source.state == SourceState::Live;
        out.push_back({source.name, source.name, tells ? std::optional(refuses ? 1.0 : 0.0) : std::nullopt});
    }
}

/// One that somebody has drained may be down, too: whoever is at work on it knows.
void outOfRotation(const AlertInputs& in, Measures& out) {
    for (const auto& hop : in.path.instances) {
        const auto up = flag(hop.inRotation, in.path.proxy.state);
        const bool wanted = !hop.drainedBy.empty();
        out.push_back({hop.name, in.path.proxy.source, up ? std::optional(wanted ? 0 : 1 - *up) : std::nullopt});
    }
}

void poolUse(const AlertInputs& in, Measures& out) {
    for (const auto& hop : in.path.instances) {
        out.push_back({hop.name, hop.source, now(ratio(hop.poolInUse, hop.poolSize), hop.state)});
    }
}

void hitsFell(const AlertInputs& in, Measures& out) {
    const auto hits = now(in.path.hitRatio);
    std::optional<double> fell;
    if (hits && in.usualHitRatio) {
        fell = *in.usualHitRatio - *hits;
    }
    out.push_back({{}, in.path.hitRatio.source, fell});
}

void connections(const AlertInputs& in, Measures& out) {
    const auto& hop = in.path.primary;
    if (!hop.source.empty()) {
        out.push_back({hop.name, hop.source, now(ratio(hop.connections, hop.maxConnections), hop.state)});
    }
}

void notStreaming(const AlertInputs& in, Measures& out) {
    for (const auto& hop : in.path.replicas) {
        const auto streams = flag(hop.streams, hop.lagState);
        out.push_back({hop.name, in.path.primary.source, streams ? std::optional(1 - *streams) : std::nullopt});
    }
}

void replayPaused(const AlertInputs& in, Measures& out) {
    for (const auto& hop : in.path.replicas) {
        out.push_back({hop.name, hop.source, flag(hop.paused, hop.state)});
    }
}

void replicaBehind(const AlertInputs& in, Measures& out) {
    for (const auto& hop : in.path.replicas) {
        out.push_back({hop.name, in.path.primary.source, now(hop.lagSeconds, hop.lagState)});
    }
}

/// Both windows must be over: the long one shows that it matters, the short one that it still goes on.
std::optional<double> both(std::optional<double> shorter, std::optional<double> longer) {
    return shorter && longer ? std::optional(std::min(*shorter, *longer)) : std::nullopt;
}

void burnsFast(const AlertInputs& in, Measures& out) {
    out.push_back({{}, "service/*", both(in.burn.fiveMinutes, in.burn.oneHour)});
}

void burnsSlowly(const AlertInputs& in, Measures& out) {
    out.push_back({{}, "service/*", both(in.burn.thirtyMinutes, in.burn.sixHours)});
}

constexpr auto kCaution = AlertSeverity::Caution;
constexpr auto kCritical = AlertSeverity::Critical;
constexpr AlertLimits kState{1, seconds(5), 0.5, seconds(5)};
/// Somebody waits: for five seconds, and nobody for fifteen.
constexpr AlertLimits kWaits{1, seconds(5), 0, seconds(15)};
constexpr AlertLimits kFull{kPath.saturationCaution, seconds(30), 0.8, seconds(30)};

// A new rule: what it measures above, and one entry here. Its name, text and state are translated as they stand.
constexpr std::array kRules = {
    AlertRule{"budget-fast",
              "Error budget burns fast",
              "So many times as fast as it lasts, over the last five minutes and the last hour.",
              kCritical,
              AlertUnit::Factor,
              {kFastBurn.rate, seconds(10), kFastBurn.rate * 0.8, seconds(60)},
              "overview",
              &burnsFast},
    AlertRule{"budget-slow",
              "Error budget burns",
              "So many times as fast as it lasts, over the last half hour and the last six hours.",
              kCaution,
              AlertUnit::Factor,
              {kSlowBurn.rate, seconds(30), kSlowBurn.rate * 0.8, seconds(300)},
              "overview",
              &burnsSlowly},
    AlertRule{"source-lost",
              "No answer",
              "It is not read any more: what it told last is not of now.",
              kCritical,
              AlertUnit::State,
              {1, seconds(3), 0.5, seconds(5)},
              "overview",
              &sourceLost,
              "no answer"},
    AlertRule{"source-unreadable", "Not readable", "It answers, and refuses or says what is not understood.", kCaution,
              AlertUnit::State, kState, "connections", &sourceUnreadable, "refused"},
    AlertRule{
        "errors",
        "Requests fail",
        "Answers of class 5xx, of all requests.",
        kCaution,
        AlertUnit::Share,
        {kPath.errorShareCaution, seconds(15), kPath.errorShareCaution / 2, seconds(30), kPath.errorShareCritical},
        "traffic",
        &figureOf<&PathReading::errorShare>},
    AlertRule{
        "p99",
        "p99 over the target",
        "One request of a hundred takes longer than this.",
        kCaution,
        AlertUnit::Seconds,
        {kPath.p99TargetSeconds, seconds(15), kPath.p99TargetSeconds * 0.8, seconds(30), kPath.p99CriticalSeconds},
        "latency",
        &figureOf<&PathReading::p99>},
    AlertRule{"proxy-queue", "Requests queue in HAProxy", "The instances take no more than they have.", kCaution,
              AlertUnit::Count, kWaits, "traffic", &figureOf<&PathReading::proxyQueue>},
    AlertRule{"out-of-rotation",
              "Out of rotation",
              "HAProxy sends it no requests, and nobody has drained it.",
              kCaution,
              AlertUnit::State,
              {1, seconds(10), 0.5, seconds(10)},
              "traffic",
              &outOfRotation,
              "gets no requests"},
    AlertRule{"pool-waiting", "Requests wait for a pool slot", "All connections of an instance's pool are taken.",
              kCaution, AlertUnit::Count, kWaits, "pools", &figureOf<&PathReading::poolWaiting>},
    AlertRule{"pool-full", "Pool nearly full", "Connections in use, of all that its pool may have.", kCaution,
              AlertUnit::Share, kFull, "pools", &poolUse},
    AlertRule{"bouncer-waiting", "Clients wait in pgBouncer", "All of its servers are taken.", kCaution,
              AlertUnit::Count, kWaits, "pools", &figureOf<&PathReading::bouncerWaiting>},
    AlertRule{"hits-fell",
              "Cache hits fell",
              "Below what was usual in the last quarter of an hour.",
              kCaution,
              AlertUnit::Share,
              {0.3, seconds(20), 0.15, seconds(30)},
              "cache",
              &hitsFell},
    AlertRule{"connections", "Connections run out", "Of all that the server admits.", kCaution, AlertUnit::Share, kFull,
              "database", &connections},
    AlertRule{"lock-waits",
              "Sessions wait for locks",
              "Somebody has waited for half a minute without a break.",
              kCaution,
              AlertUnit::Count,
              {1, seconds(30), 0, seconds(10)},
              "locks",
              &figureOf<&PathReading::lockWaits>},
    AlertRule{"deadlocks",
              "Deadlocks",
              "In the last quarter of an hour; it clears when that has passed.",
              kCaution,
              AlertUnit::Count,
              {1, seconds(0), 0, seconds(10)},
              "locks",
              &figureOf<&PathReading::deadlocks>},
    AlertRule{"not-streaming", "Replica does not stream", "It falls behind until it connects again.", kCritical,
              AlertUnit::State, kState, "database", &notStreaming, "does not stream"},
    AlertRule{"replay-paused",
              "Replay paused",
              "Its lag grows with the next write.",
              kCaution,
              AlertUnit::State,
              {1, seconds(10), 0.5, seconds(5)},
              "database",
              &replayPaused,
              "paused"},
    AlertRule{
        "replica-lag",
        "Replica behind",
        "What is read there is that old.",
        kCaution,
        AlertUnit::Seconds,
        {kPath.lagSecondsCaution, seconds(10), kPath.lagSecondsCaution / 2, seconds(15), kPath.lagSecondsCritical},
        "database",
        &replicaBehind},
};

} // namespace

std::span<const AlertRule> alertRules() {
    return kRules;
}

const AlertRule* findAlertRule(std::string_view id) {
    const auto* const found = std::ranges::find(kRules, id, &AlertRule::id);
    return found != kRules.end() ? found : nullptr;
}

} // namespace binnacle
