// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace binnacle::stack {

/// The line of a component's log that tells best why it ended: the last one with a word of complaint, else the last
/// one. Control characters are replaced; at most 300 bytes.
[[nodiscard]] std::string complaintIn(std::string_view log);

/// complaintIn for what was written since the log had `from` bytes, given its tail.
[[nodiscard]] std::string lastComplaint(std::string_view tail, const std::filesystem::path& log, std::uintmax_t from);

/// Turns the reason for which a start failed into advice, where the reason is a known one: a full disk,
/// which the complaints of programs that could not even write one down are put down to as well.
[[nodiscard]] std::string withAdvice(const std::string& reason, const std::filesystem::path& stateDir);

/// Keeps a log from growing without end: once over `limit` bytes its content moves to NAME.1 and it begins anew.
/// The writers append, so they need not know.
void rotateLog(const std::filesystem::path& log, std::uintmax_t limit);

/// Deletes the oldest files of a directory beyond a count and a sum of bytes; the newest always stays.
void pruneDirectory(const std::filesystem::path& directory, std::size_t files, std::uintmax_t bytes);

} // namespace binnacle::stack
