// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/path_span.h"

#include <algorithm>
#include <string>

namespace binnacle {

namespace {

Concern concernOf(std::optional<double> value, double caution, double critical) {
    return !value || *value <= caution ? Concern::Normal : *value > critical ? Concern::Critical : Concern::Caution;
}

} // namespace

PathReading readingOver(const PathReading& end, SteadyTime from, const SignalStore& store, const PathHistory& history,
                        const PathLimits& limits) {
    PathReading path = end;
    const auto first = history.line(PathLine::Requests).firstAt();
    path.latencyFrom = std::clamp(from, std::min(first.value_or(end.at), end.at), end.at);
    path.latencyTo = end.at;
    const auto& log = store.latency();
    const auto all = log.merged({}, path.latencyFrom, path.latencyTo);
    path.latencyCount = all.count();
    const auto put = [](Figure& figure, std::optional<double> value, const std::string& reason) {
        // A source that was silent then told nothing of it later either.
        if (figure.state == SourceState::Live || figure.state == SourceState::Late) {
            figure.value = value;
            figure.reason = value ? std::string() : reason;
            figure.concern = Concern::Normal;
        }
    };
    const auto few =
        all.empty() ? std::string("no requests in this time") : "too few (" + std::to_string(all.count()) + ")";
    put(path.p50, all.supportedQuantile(0.5), few);
    put(path.p95, all.supportedQuantile(0.95), few);
    put(path.p99, all.supportedQuantile(0.99), few);
    put(path.p999, all.supportedQuantile(0.999), few);
    path.p99.concern = concernOf(path.p99.value, limits.p99TargetSeconds, limits.p99CriticalSeconds);

    LatencySelector failed;
    failed.statusClass = "5xx";
    const auto errors = static_cast<double>(log.merged(failed, path.latencyFrom, path.latencyTo).count());
    const auto count = static_cast<double>(all.count());
    // Slots are taken by their start: a rate is over the time that they really cover.
    const auto began = LatencyLog::slotStart(path.latencyFrom + LatencyLog::kSlot - std::chrono::nanoseconds(1));
    const auto newest = history.line(PathLine::Requests).last();
    const auto ended = std::min<SteadyTime>(
        LatencyLog::slotStart(end.at - std::chrono::nanoseconds(1)) + LatencyLog::kSlot, newest ? newest->at : end.at);
    const auto seconds = toSeconds(ended - began);
    put(path.requestsPerSecond, seconds >= 1 ? std::optional(count / seconds) : std::nullopt,
        "less than a second was seen");
    put(path.errorShare, count > 0 ? std::optional(std::min(1.0, errors / count)) : std::nullopt,
        "no requests in this time");
    if (errors >= 2) {
        path.errorShare.concern = concernOf(path.errorShare.value, limits.errorShareCaution, limits.errorShareCritical);
    }
    return path;
}

} // namespace binnacle
