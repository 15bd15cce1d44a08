// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace binnacle::service {

/// Compares without telling by its duration where the first difference lies; only the length shows.
[[nodiscard]] inline bool equalInConstantTime(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) {
        return false;
    }
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference = static_cast<unsigned char>(difference | (left[i] ^ right[i]));
    }
    return difference == 0;
}

} // namespace binnacle::service
