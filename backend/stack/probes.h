// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <filesystem>
#include <functional>
#include <string>

namespace binnacle::stack {

/// Asks a component one question and judges the answer; each call ends within a second. Called by one thread, which
/// may be another one than the maker's; a probe may keep a connection between calls.
using Probe = std::function<Result<void>()>;

/// PostgreSQL accepts the login and answers a query.
[[nodiscard]] Probe postgresProbe(std::string conninfo);

/// A standby answers and its WAL receiver streams.
[[nodiscard]] Probe standbyProbe(std::string conninfo);

/// Redis takes the login and answers PING.
[[nodiscard]] Probe redisProbe(const std::string& socketAddress, const std::string& user, const std::string& password);

/// A file was written to within the last five seconds.
[[nodiscard]] Probe advancingFileProbe(std::filesystem::path file);

/// HTTP GET gives 200.
[[nodiscard]] Probe httpProbe(std::string address, std::string path);

} // namespace binnacle::stack
