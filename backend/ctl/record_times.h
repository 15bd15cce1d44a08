// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace binnacle::ctl {

/// "8s", "5m", "1h", "2d".
[[nodiscard]] Result<std::chrono::seconds> parseDuration(std::string_view text);
/// A time of UTC, "2026-11-25T18:04:05Z" (seconds, their fraction and Z may be left out), or a duration before `end`,
/// "-5m".
[[nodiscard]] Result<UtcTime> parseInstant(std::string_view text, UtcTime end);
/// "200MB", "1GB", or a number of bytes.
[[nodiscard]] Result<std::uint64_t> parseBytes(std::string_view text);
/// "2026-11-25T18:04:05.250Z".
[[nodiscard]] std::string instantText(UtcTime time);

} // namespace binnacle::ctl
