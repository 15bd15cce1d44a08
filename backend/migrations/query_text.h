// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace binnacle {

/// A statement without what its user wrote into it: literals become ?, white space becomes one space, and it is cut at
/// `longest` bytes. A text that ends within a literal, as pg_stat_activity cuts them, ends with ?.
[[nodiscard]] std::string normalisedQuery(std::string_view query, std::size_t longest = 200);

} // namespace binnacle
