// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/collectors/postgres/cells.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace binnacle::postgres {

/// Which part of the server's log is to be searched for a deadlock, where the log can only be read through SQL: what
/// was written since the mark before the last. The server counts a deadlock up to ten seconds late, so the last mark
/// may lie behind its entry. Behind the first mark that is the end of the log, for what was before our time; then
/// nothing is read until a deadlock was counted.
class LogBySql {
public:
    static constexpr std::uint64_t kMostBytes = 2U << 20;

    struct Stretch {
        std::string file;
        std::uint64_t from = 0;
        std::uint64_t bytes = 0;

        /// It begins anywhere: in the middle of a line, and of a character.
        [[nodiscard]] bool isCut() const { return bytes == kMostBytes && from > 0; }
    };
    /// Rows of Queries::logSize.
    void mark(const std::vector<PgRow>& rows) {
        m_older = std::exchange(m_newer, std::nullopt);
        if (!rows.empty() && numberAt(rows.front(), 1)) {
            m_newer =
                End{textAt(rows.front(), 0), static_cast<std::uint64_t>(std::max(0.0, *numberAt(rows.front(), 1)))};
        }
    }
    /// After a mark() behind the deadlock. A log that was changed since is searched from its beginning.
    [[nodiscard]] std::optional<Stretch> toSearch() const {
        if (!m_newer) {
            return std::nullopt;
        }
        const bool same = m_older && m_older->file == m_newer->file && m_older->size <= m_newer->size;
        auto from = same ? m_older->size : 0;
        if (m_newer->size - from > kMostBytes) {
            from = m_newer->size - kMostBytes;
        }
        return Stretch{m_newer->file, from, m_newer->size - from};
    }
    void clear() { m_older = m_newer = std::nullopt; }

private:
    struct End {
        std::string file;
        std::uint64_t size = 0;
    };
    std::optional<End> m_older;
    std::optional<End> m_newer;
};

} // namespace binnacle::postgres
