// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// JSON is written by appending to one reused string: a document tree costs more than the request itself.
namespace binnacle::service {

/// Appends `text` (UTF-8) as a quoted JSON string.
void appendJsonString(std::string& out, std::string_view text);
void appendInteger(std::string& out, std::int64_t value);
void appendUnsigned(std::string& out, std::uint64_t value);
/// Appends the moment as a quoted RFC 3339 timestamp in UTC, to the microsecond.
/// `microseconds` counts from 2000-01-01 00:00 UTC, as PostgreSQL does.
void appendTimestamp(std::string& out, std::int64_t microseconds);
/// Appends the day as a quoted ISO 8601 date; `days` counts from 2000-01-01.
void appendDate(std::string& out, std::int32_t days);

} // namespace binnacle::service
