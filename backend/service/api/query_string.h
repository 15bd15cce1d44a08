// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::service {

/// Longest text to search for, in characters.
inline constexpr std::size_t kLongestSearch = 64;

struct QueryParameter {
    bool present = false;
    bool wellFormed = true; ///< percent encoding is complete, UTF-8 is valid, no control characters, given once
    std::string value;      ///< decoded
};

/// The parameter `name` of a query string (without the question mark), `+` read as a space.
[[nodiscard]] QueryParameter findParameter(std::string_view query, std::string_view name);

/// Characters (code points) of valid UTF-8; nothing if it is not.
[[nodiscard]] std::optional<std::size_t> countCharacters(std::string_view text);

/// Whether there is a C0 control or DEL in it; those are no text to store or search for. Newline and tab pass if
/// `multiline`.
[[nodiscard]] bool hasControlCharacters(std::string_view text, bool multiline = false);

} // namespace binnacle::service
