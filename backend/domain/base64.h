// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle {

/// Appends bytes in base64 (RFC 4648, section 4, with padding).
void appendBase64(std::string& out, std::span<const std::uint8_t> bytes);
/// The bytes of a text that appendBase64() wrote; absent for any other.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> decodeBase64(std::string_view text);

} // namespace binnacle
