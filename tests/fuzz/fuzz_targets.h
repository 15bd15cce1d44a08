// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::fuzz {

/// A parser of what others write. Whatever the bytes are, it must come back, with a result or an error.
struct Target {
    std::string_view name;
    void (*run)(std::string_view bytes);
    std::vector<std::string> (*seeds)(); ///< valid inputs, from which damage starts
};

/// All targets, sorted by name.
[[nodiscard]] std::span<const Target> targets();
/// The target of that name, or nullptr.
[[nodiscard]] const Target* findTarget(std::string_view name);

} // namespace binnacle::fuzz
