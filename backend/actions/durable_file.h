// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace binnacle {

/// A small file as a whole; NotFound when there is none, Invalid above `cap` bytes.
[[nodiscard]] Result<std::string> readWholeFile(const std::filesystem::path& file, std::size_t cap = 64U << 20);

/// Puts new content in a file's place, so that readers see the old or the new and a power cut leaves one of them: a
/// new file beside it, fsync, rename, fsync of the directory. The old file's owner and mode stay; a new one is 0600 and
/// belongs to the directory's owner.
[[nodiscard]] Result<void> replaceFile(const std::filesystem::path& file, std::string_view content);

/// Flushes a directory, so that a file made in it survives a power cut.
[[nodiscard]] Result<void> syncDirectory(const std::filesystem::path& directory);

} // namespace binnacle
