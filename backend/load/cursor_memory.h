// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace binnacle::load {

/// Where readers of the lists stand: the next page of each list that was read lately. Bounded.
class CursorMemory {
public:
    /// The next page of a list, empty when it starts at the first. `list` is the project, 0 for the projects.
    [[nodiscard]] std::string_view nextPage(std::int64_t list) const;
    /// Takes the place from an answer with status 200; behind the last page the next reader starts anew.
    void remember(std::int64_t list, std::string_view answer);

private:
    std::unordered_map<std::int64_t, std::string> m_cursors;
};

} // namespace binnacle::load
