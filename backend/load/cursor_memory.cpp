// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/load/cursor_memory.h"

#include "backend/load/answer_reader.h"

#include <utility>

namespace binnacle::load {

namespace {

constexpr std::size_t kMaxLists = 512;

} // namespace

std::string_view CursorMemory::nextPage(std::int64_t list) const {
    const auto found = m_cursors.find(list);
    return found == m_cursors.end() ? std::string_view{} : std::string_view(found->second);
}

void CursorMemory::remember(std::int64_t list, std::string_view answer) {
    auto cursor = readNextCursor(answer);
    if (!cursor) {
        m_cursors.erase(list);
        return;
    }
    if (m_cursors.size() >= kMaxLists && !m_cursors.contains(list)) {
        m_cursors.erase(m_cursors.begin());
    }
    m_cursors[list] = std::move(*cursor);
}

} // namespace binnacle::load
