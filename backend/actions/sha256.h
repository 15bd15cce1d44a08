// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace binnacle {

/// SHA-256 in lower-case hexadecimal, 64 characters.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);
/// `bytes` random bytes of the system's generator in hexadecimal.
[[nodiscard]] std::string randomHex(std::size_t bytes);
/// Whether two texts are equal, in a time that does not depend on where they differ.
[[nodiscard]] bool equalInConstantTime(std::string_view left, std::string_view right);

} // namespace binnacle
