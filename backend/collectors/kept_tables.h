// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/snapshot.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace binnacle {

/// The newest tables of a source, which go on from snapshot to snapshot until they are read again.
class KeptTables {
public:
    /// Whether the table `id` is to be read in the pass that begins at `now`. Half an interval of a pass early is due,
    /// too: a pass that starts a moment before its time must not wait for the next.
    [[nodiscard]] bool isDue(std::string_view id, SteadyTime now) const {
        const auto it = m_due.find(id);
        return it == m_due.end() || now + std::chrono::milliseconds(250) >= it->second;
    }
    /// Keeps a table that was read in the pass that began at `now`, and reads it again after `interval`.
    void put(SnapshotTable table, SteadyTime now, std::chrono::milliseconds interval) {
        const auto id = table.spec().id;
        table.readAt = std::chrono::steady_clock::now();
        table.readAtUtc = std::chrono::system_clock::now();
        table.interval = interval;
        m_tables[id] = std::make_shared<const SnapshotTable>(std::move(table));
        m_due[id] = now + interval;
    }
    /// Keeps a table without rows, and says why there are none; asks again after `interval`.
    void putAbsent(std::string_view id, std::string reason, SteadyTime now, std::chrono::milliseconds interval) {
        SnapshotTable table(*findTable(id));
        table.absentReason = std::move(reason);
        put(std::move(table), now, interval);
    }
    void addTo(Snapshot& snapshot) const {
        for (const auto& [id, table] : m_tables) {
            snapshot.tables.push_back(table);
        }
    }
    /// Everything is due again: the source restarted.
    void clear() {
        m_tables.clear();
        m_due.clear();
    }

private:
    std::map<std::string_view, TablePtr> m_tables; // ids are the catalogue's
    std::map<std::string_view, SteadyTime> m_due;
};

/// A cell of what may be absent.
[[nodiscard]] inline TableCell cell(const std::optional<double>& value) {
    return value ? TableCell(*value) : TableCell();
}
/// A cell of text; an empty one tells nothing.
[[nodiscard]] inline TableCell cell(std::string_view text) {
    return text.empty() ? TableCell() : TableCell(std::string(text));
}

} // namespace binnacle
