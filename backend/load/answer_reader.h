// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace binnacle::load {

/// What the generator needs from a list of the API.
struct ListAnswer {
    std::vector<std::int64_t> ids;         ///< data[].id
    std::optional<std::string> nextCursor; ///< meta.pagination.next_cursor, absent on the last page
};

/// Reads {"data":[{"id":…}],"meta":{"pagination":{…}}}; absent when the text is not that.
[[nodiscard]] std::optional<ListAnswer> readListAnswer(std::string_view body);

/// Only the cursor, skipping over the data; absent on the last page and in any other text.
[[nodiscard]] std::optional<std::string> readNextCursor(std::string_view body);

} // namespace binnacle::load
