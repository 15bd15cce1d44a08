// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/alert_rule.h"

#include "backend/history/counted_within.h"
#include "backend/history/error_budget.h"
#include "backend/history/path_verdict.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace binnacle {

using std::chrono::seconds;

namespace {

using Measures = std::vector<AlertMeasure>;

constexpr seconds kFirstAnswer{30}; ///< that a server may take that is started with its console
constexpr PathLimits kPath{};       // so that an alert and the colour of a figure agree
constexpr VerdictLimits kVerdict{}; // and with the cause that is named
constexpr std::chrono::minutes kArchiverWindow{5};

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

/// Calls `use` with each series of that signal that its source still tells, and with how that source is.
template <typename Use>
void eachOf(const AlertInputs& in, std::string_view id, const Use& use) {
    if (in.store == nullptr) {
        return;
    }
    for (const auto* entry : in.store->byId(id)) {
        const auto* update = in.store->source(entry->source);
        if (update != nullptr && update->snapshot && entry->readAt >= update->snapshot->header.steadyAt) {
            use(*entry, sourceStateOf(*update, in.path.at));
        }
    }
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

void diskRoom(const AlertInputs& in, Measures& out) {
    eachOf(in, "stack.disk_free_bytes", [&](const SignalEntry& entry, SourceState state) {
        out.push_back({{}, entry.source, now(entry.value, state)});
    });
}

void quotaUse(const AlertInputs& in, Measures& out) {
    eachOf(in, "stack.disk_used_bytes", [&](const SignalEntry& used, SourceState state) {
        const auto* quota = in.store->find(used.source, {"stack.disk_quota_bytes", {}});
        out.push_back({{}, used.source, now(quota != nullptr ? ratio(used.value, quota->value) : std::nullopt, state)});
    });
}

void recorderDown(const AlertInputs& in, Measures& out) {
    eachOf(in, "stack.running", [&](const SignalEntry& entry, SourceState state) {
        if (entry.key.labels.get("role") == "recorder") {
            const auto runs = now(entry.value, state);
            out.push_back({{}, entry.source, runs ? std::optional(1 - *runs) : std::nullopt});
        }
    });
}

void auditRefused(const AlertInputs& in, Measures& out) {
    eachOf(in, "control.audit.writable", [&](const SignalEntry& entry, SourceState state) {
        const auto writable = now(entry.value, state);
        out.push_back({{}, entry.source, writable ? std::optional(1 - *writable) : std::nullopt});
    });
}

/// Nobody ends a lease while control is away: its last word counts on. Where every instance says that it is at level 0,
/// somebody has ended it past control.
void leaseOverdue(const AlertInputs& in, Measures& out) {
    const auto& level = in.path.degradationLevel;
    const bool ended = level.live() && level.value && *level.value == 0;
    std::optional<AlertMeasure> longest;
    eachOf(in, "control.lease_left_seconds", [&](const SignalEntry& entry, SourceState) {
        if (entry.value) {
            const double over = ended ? 0 : toSeconds(in.path.at - entry.readAt) - *entry.value;
            if (!longest || over > *longest->value) {
                longest = AlertMeasure{{}, entry.source, over};
            }
        }
    });
    if (longest) {
        out.push_back(std::move(*longest));
    }
}

/// What an active slot keeps is on its way.
void slotRetains(const AlertInputs& in, Measures& out) {
    eachOf(in, "postgres.slot.retained_bytes", [&](const SignalEntry& entry, SourceState state) {
        const auto* active = in.store->find(entry.source, {"postgres.slot.active", entry.key.labels});
        if (active == nullptr || !active->value) {
            return;
        }
        const auto name = std::string(entry.key.labels.get("server")) + "/" + std::string(entry.key.labels.get("slot"));
        out.push_back({name, entry.source, *active->value > 0 ? now(0, state) : now(entry.value, state)});
    });
}

void archiverFails(const AlertInputs& in, Measures& out) {
    eachOf(in, "postgres.archiver.failed", [&](const SignalEntry& entry, SourceState state) {
        const auto failed = countedWithin(entry, in.path.at - kArchiverWindow, in.path.at);
        out.push_back({std::string(entry.key.labels.get("server")), entry.source,
                       now(failed ? std::optional(std::round(failed->count)) : std::nullopt, state)});
    });
}

void transactionIds(const AlertInputs& in, Measures& out) {
    eachOf(in, "postgres.xid_age", [&](const SignalEntry& entry, SourceState state) {
        out.push_back({std::string(entry.key.labels.get("server")), entry.source, now(entry.value, state)});
    });
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
    AlertRule{"slot-retains",
              "Unused slot keeps WAL",
              "Nobody reads from it, and the server keeps all that is written for it.",
              kCaution,
              AlertUnit::Bytes,
              {512e6, seconds(30), 256e6, seconds(30)},
              "database",
              &slotRetains},
    // PostgreSQL tries three times in a row and rests a minute: fewer is a hiccup.
    AlertRule{"archiver",
              "WAL is not archived",
              "Failed attempts in the last five minutes; what is not archived stays on the disk.",
              kCritical,
              AlertUnit::Count,
              {3, seconds(0), 0, seconds(10)},
              "database",
              &archiverFails},
    // Of 2.1 thousand million; at the second one vacuum leaves everything else aside (vacuum_failsafe_age).
    AlertRule{"xid-age",
              "Transaction ids run out",
              "So many were used since the oldest row was frozen; at 2.1 thousand million the server takes no more.",
              kCaution,
              AlertUnit::Count,
              {1e9, seconds(30), 0.9e9, seconds(30), 1.6e9},
              "database",
              &transactionIds},
    AlertRule{"disk-room",
              "Disk nearly full",
              "That much is free on the disk of the stack.",
              kCaution,
              AlertUnit::Bytes,
              {kVerdict.diskBytesCaution, seconds(10), kVerdict.diskBytesCaution * 2, seconds(30),
               kVerdict.diskBytesCritical, true},
              "overview",
              &diskRoom},
    AlertRule{"disk-quota",
              "Disk quota nearly used",
              "Of what the stack may take of the disk.",
              kCaution,
              AlertUnit::Share,
              {0.9, seconds(30), 0.85, seconds(30)},
              "overview",
              &quotaUse},
    AlertRule{"recorder",
              "Recorder does not run",
              "What happens now cannot be replayed later.",
              kCaution,
              AlertUnit::State,
              {1, seconds(10), 0.5, seconds(10)},
              "overview",
              &recorderDown,
              "does not run"},
    AlertRule{"audit", "Nothing can act", "The audit cannot be written, and without it nothing is done.", kCritical,
              AlertUnit::State, kState, "degradation", &auditRefused, "audit not writable"},
    AlertRule{"lease-overdue",
              "Lease overdue",
              "What was set for a while is still in force; control ends leases, and only while it runs.",
              kCaution,
              AlertUnit::Seconds,
              {10, seconds(5), 0, seconds(5)},
              "degradation",
              &leaseOverdue},
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
