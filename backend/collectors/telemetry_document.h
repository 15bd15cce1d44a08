// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/reading.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// What an instance says about itself under /admin/v1/telemetry.
struct TelemetryDocument {
    std::string instance;
    std::string role;
    std::string version;
    std::string epoch;
    std::uint64_t sequence = 0;
    std::chrono::microseconds monotonic{};
    std::vector<Reading> readings; ///< as sent, without the labels of the instance
};

/// Reads a telemetry document (protocol 1). It comes from a program that may be of another version or not ours at
/// all: whatever does not fit is Protocol with a sentence, and nothing in it makes this code allocate without bound.
[[nodiscard]] Result<TelemetryDocument> parseTelemetry(std::string_view json);

} // namespace binnacle
