// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace binnacle::stack {

/// Turns an errno of a file operation into an Error with a sentence: a full disk, missing rights and the rest.
[[nodiscard]] Error fileError(std::string_view what, const std::filesystem::path& path, int errorNumber);

/// The whole content of a regular file; NotFound when there is none, Invalid when it is larger than `limit` bytes.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit);

/// Writes a file so that readers see the old content or the new, never a part: temporary file beside it, fsync, rename.
[[nodiscard]] Result<void> writeFile(const std::filesystem::path& path, std::string_view content, mode_t mode);

/// As writeFile, but leaves a file alone that has the content and the mode already: a restart costs no fsync.
[[nodiscard]] Result<void> writeFileIfChanged(const std::filesystem::path& path, std::string_view content, mode_t mode);

/// Makes a directory of mode 0700 (and its parents with 0755), or tightens the mode of the one that exists.
/// A symbolic link in its place and a directory of another account are refused.
[[nodiscard]] Result<void> ensurePrivateDirectory(const std::filesystem::path& path, uid_t owner, gid_t group);

/// The last lines of a text file, at most `bytes` of it; empty when it can't be read.
[[nodiscard]] std::string tailOf(const std::filesystem::path& path, std::size_t bytes);

} // namespace binnacle::stack
