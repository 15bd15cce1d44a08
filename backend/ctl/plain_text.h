// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/format.h"

#include <string>
#include <string_view>

namespace binnacle::ctl {

/// Text of foreign origin made safe for a terminal and as wide as it is long: everything but printable ASCII becomes
/// a question mark, so no label or message can move the cursor.
[[nodiscard]] inline std::string plainText(std::string_view text) {
    std::string out(text);
    for (auto& c : out) {
        if (c < 0x20 || c > 0x7e) {
            c = '?';
        }
    }
    return out;
}

/// Thin spaces as ordinary ones: terminals have no thin space.
[[nodiscard]] inline std::string asciiSpaces(std::string text) {
    for (auto at = text.find(kThinSpace); at != std::string::npos; at = text.find(kThinSpace, at + 1)) {
        text.replace(at, kThinSpace.size(), " ");
    }
    return text;
}

/// Columns that a text of ours takes: one per code point.
[[nodiscard]] inline std::size_t columnsOf(std::string_view text) {
    std::size_t columns = 0;
    for (const char c : text) {
        columns += (static_cast<unsigned char>(c) & 0xc0U) != 0x80 ? 1 : 0;
    }
    return columns;
}

/// The first `columns` columns of a text of ours.
[[nodiscard]] inline std::string cut(std::string_view text, std::size_t columns) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xc0U) != 0x80 && columns-- == 0) {
            break;
        }
    }
    return std::string(text.substr(0, at));
}

/// Filled with spaces on the right, or on the left.
[[nodiscard]] inline std::string padded(std::string text, std::size_t columns, bool left = false) {
    const auto used = columnsOf(text);
    if (used < columns) {
        text.insert(left ? 0 : text.size(), columns - used, ' ');
    }
    return text;
}

} // namespace binnacle::ctl
