// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/latency_histogram.h"
#include "backend/load/request_mix.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::load {

/// What happened to the requests of one route. offered = sent + notSent + dropped once the run is over.
struct RouteTally {
    std::uint64_t offered = 0; ///< arrivals of the schedule (and the few requests that learn the keys)
    std::uint64_t sent = 0;    ///< written; each is in statuses or errors, and in latency
    std::uint64_t notSent = 0; ///< no connection could be had, nothing was written
    std::uint64_t dropped = 0; ///< never tried: every connection was busy for too long
    std::uint64_t errors = 0;  ///< written, but no whole answer came back
    std::map<int, std::uint64_t> statuses;
    LatencyHistogram latency; ///< of all that was sent, from the intended start to the end
};

/// The outcome of a run; a plain value.
struct LoadReport {
    std::string url;
    std::string mix;
    double ratePerSecond = 0;
    std::uint64_t seed = 0;
    std::size_t connections = 0;
    std::size_t users = 0;

    std::array<RouteTally, kRouteCount> routes{};
    std::map<std::string, std::uint64_t> failures; ///< connect, closed, malformed, timeout, abandoned
    std::uint64_t learningRequests = 0;            ///< part of the tallies; sent before the schedule began
    std::size_t projects = 0;
    std::size_t tasks = 0;
    std::size_t maxInFlight = 0;
    std::size_t maxWaiting = 0;
    LatencyHistogram generatorLag; ///< how late the generator itself took up an arrival
    double scheduledSeconds = 0;   ///< the part of the schedule that was played
    double elapsedSeconds = 0;     ///< until the last answer
    bool interrupted = false;      ///< ended by a signal before its duration

    [[nodiscard]] RouteTally total() const;
    [[nodiscard]] std::uint64_t answered() const;
};

/// The document of `run --json`: one JSON object, indented by two, with a line end.
[[nodiscard]] std::string reportDocument(const LoadReport& report);
/// The same for a person at a terminal.
[[nodiscard]] std::string reportText(const LoadReport& report);

/// What a script gets in place of a report: {"error":{"code","message"}}.
[[nodiscard]] std::string errorDocument(std::string_view code, std::string_view message);

} // namespace binnacle::load
