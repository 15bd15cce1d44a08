// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/load/endpoint.h"
#include "backend/load/load_report.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace binnacle::load {

struct RunOptions {
    double ratePerSecond = 50;
    std::optional<std::chrono::milliseconds> duration; ///< absent: until SIGINT or SIGTERM
    RequestMix mix;
    std::size_t connections = 16; ///< bound of requests in flight
    std::uint32_t users = 1000;
    std::uint64_t seed = 1;
    std::chrono::milliseconds timeout{10'000};      ///< of one request; also the longest wait for a free connection
    bool stopOnSignals = true;                      ///< take SIGINT and SIGTERM as the end of the run
    std::function<void(std::string_view)> progress; ///< one line a second; empty: none
    std::function<void(std::string_view)> notice;   ///< sentences about the run's state (waiting for the API)
};

/// Plays an open-loop schedule against `target` on the calling thread and returns when all is answered.
///
/// Requests are due by a Poisson schedule that the server cannot slow; latency counts from the moment a request was
/// due. At most `connections` are in flight; an arrival that finds them busy waits, and is dropped (and counted)
/// when it waited for `timeout` or too many wait already. Nothing is ever sent twice.
///
/// With a duration, keys that cannot be learned end the run with an error: Refused, Denied, Timeout, Closed,
/// Protocol, NotFound. Without one the run keeps trying once a second, except after Denied. A signal ends it with its
/// report.
[[nodiscard]] Result<LoadReport> runOpenLoop(const RunOptions& options, const Target& target);

} // namespace binnacle::load
