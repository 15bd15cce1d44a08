// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/situation.h"

#include "backend/history/path_verdict.h"

#include "backend/domain/format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace binnacle {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::string duration(double value) {
    return formatSeconds(value).text();
}

std::string ago(std::chrono::nanoseconds age) {
    const bool minutesOld = age >= std::chrono::minutes(1);
    return (minutesOld ? duration(std::chrono::duration<double>(age).count()) : formatAge(age)) + " ago";
}

std::string decimals(double value, int digits) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits).ptr;
    return {text.data(), end};
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return out;
}

std::string consequence(const std::string& source) {
    if (source == "redis") {
        return "Cached reads go to PostgreSQL until it returns.";
    }
    if (source == "pgbouncer") {
        return "Requests that need PostgreSQL fail or wait until it returns.";
    }
    if (source == "haproxy") {
        return "Requests may not reach the instances.";
    }
    if (source == "postgres/primary") {
        return "Writes and uncached reads fail until it returns.";
    }
    if (source == "stack") {
        return "The service goes on; nothing restarts what dies until the supervisor answers.";
    }
    if (source.starts_with("postgres/")) {
        return "Commits need the other standby.";
    }
    return "HAProxy sends its requests to the other instances.";
}

std::vector<Situation> lostSources(const PathReading& path) {
    std::vector<const SourceHealth*> lost;
    for (const auto& source : path.sources) {
        if (source.state == SourceState::Lost) {
            lost.push_back(&source);
        }
    }
    if (lost.empty()) {
        return {};
    }
    std::ranges::sort(lost, {}, [](const SourceHealth* source) { return -source->age; });
    const auto& first = *lost.front();
    const auto since = ago(first.age);
    Situation out{Concern::Critical, {}, {}, first.name};
    if (lost.size() == path.sources.size() && lost.size() > 1) {
        out.clause = "Nothing answers.";
        out.detail = "All " + std::to_string(lost.size()) + " sources are lost, the first of them, " +
                     displayName(first.name) + ", " + since + ".";
        return {out};
    }
    if (lost.size() == 1) {
        out.clause = displayName(first.name) + " stopped answering " + since + ".";
        out.detail = consequence(first.name);
        return {out};
    }
    std::vector<std::string> names;
    for (const auto* source : lost) {
        names.push_back(displayName(source->name));
    }
    out.clause =
        (names.size() <= 3 ? listed(names) : std::to_string(names.size()) + " sources") + " stopped answering.";
    out.detail = "The first, " + names.front() + ", " + since + ".";
    return {out};
}

std::vector<Situation> refusals(const PathReading& path) {
    for (const auto& source : path.sources) {
        if (source.state == SourceState::Denied) {
            return {{Concern::Caution, displayName(source.name) + " refuses to be read.", source.error, source.name}};
        }
        if (source.state == SourceState::Error) {
            return {{Concern::Critical, displayName(source.name) + " gives answers that are not understood.",
                     source.error, source.name}};
        }
    }
    return {};
}

std::vector<Situation> replication(const PathReading& path) {
    constexpr double kTold = 1; // a pause that has just begun is the news, and not its first milliseconds
    std::vector<Situation> out;
    for (const auto& replica : path.replicas) {
        const auto name = displayName(replica.name);
        if (replica.streams && !*replica.streams) {
            out.push_back({Concern::Critical, name + " does not stream.", "It falls behind until it connects again.",
                           "postgres/primary"});
        } else if (replica.concern != Concern::Normal && replica.lagSeconds &&
                   (*replica.lagSeconds >= kTold || (*replica.lagSeconds > 0 && !replica.paused.value_or(false)))) {
            Situation behind{
                replica.concern, name + " is " + duration(*replica.lagSeconds) + " behind.", {}, "postgres/primary"};
            if (replica.lagBytes) {
                behind.detail = formatBytes(*replica.lagBytes).text() + " to replay";
            }
            behind.detail += replica.paused.value_or(false)
                                 ? (behind.detail.empty() ? "Its replay is paused." : "; its replay is paused.")
                                 : (behind.detail.empty() ? "" : ".");
            out.push_back(std::move(behind));
        } else if (replica.paused.value_or(false)) {
            out.push_back({Concern::Caution, "Replay on " + name + " is paused.", "Its lag grows with the next write.",
                           replica.source});
        }
    }
    std::ranges::stable_sort(out, std::ranges::greater(), &Situation::concern);
    return out;
}

std::vector<Situation> errors(const PathReading& path) {
    if (path.errorShare.concern == Concern::Normal || !path.errorShare.value) {
        return {};
    }
    return {{path.errorShare.concern, formatShare(*path.errorShare.value).text() + " of requests fail.",
             "Answers of class 5xx over the last 5 s.", path.errorShare.source}};
}

std::vector<Situation> waiting(const PathReading& path) {
    const auto waiters = path.poolWaiting.value.value_or(0);
    const auto clients = path.bouncerWaiting.value.value_or(0);
    if (waiters >= 1) {
        return {
            {Concern::Caution,
             formatCount(waiters).number + (waiters < 1.5 ? " request waits" : " requests wait") + " for a pool slot.",
             formatCount(path.poolInUse.value.value_or(0)).number + " of " +
                 formatCount(path.poolSize.value.value_or(0)).number + " connections are in use.",
             path.poolWaiting.source}};
    }
    if (clients >= 1) {
        return {{Concern::Caution,
                 formatCount(clients).number + (clients < 1.5 ? " client waits" : " clients wait") + " in pgBouncer.",
                 path.bouncer.maxWaitSeconds ? "The longest for " + duration(*path.bouncer.maxWaitSeconds) + "." : "",
                 "pgbouncer"}};
    }
    return {};
}

std::vector<Situation> tail(const PathReading& path, const PathHistory& history, const PathLimits& limits) {
    if (!path.p99.value || path.p99.concern == Concern::Normal) {
        return {};
    }
    const auto p99 = *path.p99.value;
    const auto baseline = baselineP99(history, path.at);
    Situation out{path.p99.concern, {}, {}, path.p99.source};
    if (baseline && *baseline > 0 && p99 / *baseline >= 1.95) {
        out.clause = "p99 is " + decimals(p99 / *baseline, 1) + " times its baseline.";
        out.detail = duration(p99) + " against " + duration(*baseline) + " before; the target is " +
                     duration(limits.p99TargetSeconds) + ".";
    } else {
        out.clause = "p99 is " + duration(p99) + ".";
        out.detail = "The target is " + duration(limits.p99TargetSeconds) + ".";
    }
    return {out};
}

std::vector<Situation> lateSources(const PathReading& path) {
    for (const auto& source : path.sources) {
        if (source.state == SourceState::Late) {
            return {{Concern::Caution, displayName(source.name) + " answers late.",
                     "The last answer is " + formatAge(source.age) + " old.", source.name}};
        }
    }
    return {};
}

/// What is wrong at the hop to look at first.
std::optional<Situation> troubleOf(const HopVerdict& hop, const PathReading& path) {
    const auto name = displayName(hop.name);
    const auto say = [&](std::string clause, std::string detail = {}) {
        return Situation{hop.concern, std::move(clause), std::move(detail), hop.source};
    };
    const auto many = [&](const char* one, const char* more) {
        return formatCount(hop.amount).number + (hop.amount < 1.5 ? one : more);
    };
    switch (hop.trouble) {
    case Trouble::Flood:
        return say("Requests are " + decimals(hop.amount, 1) + " times the usual.",
                   "What fills up further on follows from it.");
    case Trouble::OwnErrors:
        return say(name + " fails " + formatShare(hop.amount).text() + " of its requests.",
                   "The other instances do not.");
    case Trouble::Errors:
        return say(name + " fails " + formatShare(hop.amount).text() + " of its requests.");
    case Trouble::Slow:
        return say(name + " is " + decimals(hop.amount, 1) + " times as slow as the other instances.");
    case Trouble::Queue:
        return say(many(" request waits", " requests wait") + " in HAProxy.", "No server takes them.");
    case Trouble::OutOfRotation:
        return say(name + " is out of rotation.", "It answers, and HAProxy sends it nothing.");
    case Trouble::Silent:
        if (hop.state == SourceState::Late) {
            return say(name + " does not answer.", "HAProxy has taken it out of rotation.");
        }
        break; // said of its source
    case Trouble::PoolFull:
        return say(many(" client waits", " clients wait") + " in pgBouncer.",
                   "All of its servers are taken" +
                       (path.bouncer.maxWaitSeconds
                            ? "; the longest waits for " + duration(*path.bouncer.maxWaitSeconds)
                            : std::string()) +
                       ".");
    case Trouble::HotKey:
        return say("Redis gets far more commands than the requests explain.",
                   formatRate(hop.amount).text() + " commands: one key, or one client, is hot.");
    case Trouble::LongTransaction:
        return say("A transaction on the primary is open for " + duration(hop.amount) + ".",
                   "A slow statement, or one whose client does not go on.");
    case Trouble::LockWaits:
        return say(many(" session waits", " sessions wait") + " for a lock.", "On the primary.");
    case Trouble::Deadlocks:
        return say(many(" deadlock", " deadlocks") + " in the last 5 s.",
                   "On the primary: sessions lock the same rows in different order.");
    case Trouble::ConnectionsFull:
        return say("The primary runs out of connections.");
    case Trouble::DiskFull:
        return say(hop.concern == Concern::Critical ? "The disk of the servers is full."
                                                    : "The disk of the servers is nearly full.",
                   formatBytes(hop.amount).text() + " are free: PostgreSQL cannot write.");
    default:
        break;
    }
    for (auto& some : {lostSources(path), replication(path), waiting(path)}) {
        for (const auto& one : some) {
            const bool ofReplica = hop.role == HopRole::Replica && one.clause.find(name) != std::string::npos;
            if (ofReplica || one.source == hop.source || hop.trouble == Trouble::Silent ||
                (hop.trouble == Trouble::PoolWait && one.source == path.poolWaiting.source)) {
                return one;
            }
        }
    }
    return std::nullopt;
}

Situation plain(const PathReading& path, const PathHistory& history) {
    Situation out;
    if (!path.p99.value) {
        const auto rate = path.requestsPerSecond.value;
        if (rate && *rate > 0) {
            out.clause = formatRate(*rate).number + " requests/s.";
            out.detail = "Too few yet for a p99 (" + std::to_string(path.latencyCount) + " of 100 in 30 s).";
        } else if (rate) {
            out.clause = "No requests.";
            out.detail = "Everything answers, and nobody asks.";
        } else {
            out.clause = "Waiting for the first readings.";
        }
        return out;
    }
    out.clause = "p99 " + duration(*path.p99.value);
    if (const auto baseline = baselineP99(history, path.at); baseline && *baseline > 0) {
        out.clause += ", " + decimals(*path.p99.value / *baseline, 2) + " of baseline.";
    } else {
        out.clause += ".";
    }
    if (path.requestsPerSecond.value) {
        out.detail = formatRate(*path.requestsPerSecond.value).number + " requests/s";
        if (path.errorShare.value) {
            out.detail += *path.errorShare.value > 0 ? ", " + formatShare(*path.errorShare.value).text() + " fail"
                                                     : ", none fail";
        }
        out.detail += ".";
    }
    return out;
}

} // namespace

std::optional<double> baselineP99(const PathHistory& history, SteadyTime now) {
    return history.median(PathLine::P99, now - minutes(16), now - seconds(60), 60);
}

Situation tailSituation(const PathReading& path, const PathHistory& history, const PathLimits& limits) {
    auto found = tail(path, history, limits);
    return found.empty() ? plain(path, history) : std::move(found.front());
}

namespace {

std::vector<Situation> allOf(const PathReading& path, const PathHistory& history, const PathLimits& limits) {
    std::vector<Situation> found;
    for (auto& some : {lostSources(path), refusals(path), replication(path), errors(path), waiting(path),
                       tail(path, history, limits), lateSources(path)}) {
        found.insert(found.end(), some.begin(), some.end());
    }
    // A critical replica outweighs a refusal; among equals the order of the rules stands.
    std::ranges::stable_sort(found, std::ranges::greater(), &Situation::concern);
    return found;
}

} // namespace

Situation situationOf(const PathReading& path, const PathHistory& history, const PathLimits& limits) {
    auto found = allOf(path, history, limits);
    if (found.empty()) {
        return plain(path, history);
    }
    auto first = found.front();
    if (found.size() > 1) {
        first.detail += (first.detail.empty() ? "" : " ") + found[1].clause;
    }
    return first;
}

Situation situationOf(const PathReading& path, const PathHistory& history, const PathVerdict& verdict,
                      const PathLimits& limits) {
    const auto* const hop = verdict.worst.empty() ? nullptr : verdict.hop(verdict.worst);
    auto first = hop != nullptr ? troubleOf(*hop, path) : std::nullopt;
    if (!first) {
        return situationOf(path, history, limits);
    }
    for (const auto& other : allOf(path, history, limits)) {
        // The hop's own trouble in other words is not said twice.
        if (other.clause != first->clause && other.source != first->source) {
            first->detail += (first->detail.empty() ? "" : " ") + other.clause;
            break;
        }
    }
    return *first;
}

} // namespace binnacle
