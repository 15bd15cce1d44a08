// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle::service {

/// Which list a cursor belongs to; one of another list is refused.
enum class CursorKind : std::uint8_t { Projects = 1, ProjectTasks = 2 };

/// The last row of a page: the next one begins below it. Opaque to clients, so that its content may change.
struct Cursor {
    std::int64_t createdAt = std::numeric_limits<std::int64_t>::max(); ///< µs since 2000; the default is `infinity`
    std::int64_t id = std::numeric_limits<std::int64_t>::max();

    friend bool operator==(const Cursor&, const Cursor&) = default;
};

/// base64url without padding.
[[nodiscard]] std::string encodeCursor(CursorKind kind, const Cursor& cursor);
/// Nothing for everything that encodeCursor() does not make for this kind.
[[nodiscard]] std::optional<Cursor> decodeCursor(CursorKind kind, std::string_view text);

} // namespace binnacle::service
