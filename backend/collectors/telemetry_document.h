// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/reading.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// What a route has run of one statement, cumulative since the epoch.
struct RouteStatement {
    std::string route;
    std::string statement; ///< the service's own name for it
    double calls = 0;
    double seconds = 0;
};

/// What an instance says about itself under /admin/v1/telemetry.
struct TelemetryDocument {
    std::string instance;
    std::string role;
    std::string version;
    std::string epoch;
    std::uint64_t sequence = 0;
    std::chrono::microseconds monotonic{};
    std::vector<Reading> readings; ///< as sent, without the labels of the instance
    /// Absent: it does not tell which statements its routes run.
    std::optional<std::vector<RouteStatement>> routeStatements;
    std::map<std::string, std::string, std::less<>> statementTexts; ///< by name
};

/// Reads a telemetry document (protocol 1). It comes from a program that may be of another version or not ours at
/// all: whatever does not fit is Protocol with a sentence, and nothing in it makes this code allocate without bound.
[[nodiscard]] Result<TelemetryDocument> parseTelemetry(std::string_view json);

} // namespace binnacle
