// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace binnacle::fuzz {

/// A chunk of a recording, packed and unpacked.
void recorderChunk(std::string_view bytes);
[[nodiscard]] std::vector<std::string> recorderChunks();

} // namespace binnacle::fuzz
