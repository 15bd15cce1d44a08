// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/recorder/secret_guard.h"

#include "backend/sql/sql_text.h"

#include <algorithm>

namespace binnacle {

SecretGuard::SecretGuard()
    : m_texts(std::make_unique<SqlTextCache>()) {}

SecretGuard::~SecretGuard() = default;

RecordedEvent SecretGuard::guarded(const RecordedEvent& event) {
    RecordedEvent out = event;
    if (!event.update) {
        m_snapshots.erase(event.source);
        std::erase_if(m_last, [&](const auto& item) { return item.first.first == event.source; });
        return out;
    }
    const auto& snapshot = event.update->snapshot;
    if (!snapshot || snapshot->tables.empty()) {
        return out;
    }
    auto& [from, to] = m_snapshots[event.source];
    if (from != snapshot) {
        from = snapshot;
        to = snapshot;
        auto tables = snapshot->tables;
        for (auto& table : tables) {
            table = guarded(event.source, table);
        }
        if (tables != snapshot->tables) {
            auto changed = std::make_shared<Snapshot>(*snapshot);
            changed->tables = std::move(tables);
            to = std::move(changed);
        }
    }
    out.update->snapshot = to;
    return out;
}

TablePtr SecretGuard::guarded(const std::string& source, const TablePtr& table) {
    const auto& columns = table->spec().columns;
    if (std::ranges::find(columns, ColumnKind::Sql, &TableColumn::kind) == columns.end()) {
        return table;
    }
    auto& [from, to] = m_last[{source, std::string(table->spec().id)}];
    if (from == table) {
        return to;
    }
    auto changed = std::make_shared<SnapshotTable>(table->spec());
    changed->readAt = table->readAt;
    changed->readAtUtc = table->readAtUtc;
    changed->interval = table->interval;
    changed->omitted = table->omitted;
    changed->absentReason = table->absentReason;
    bool same = true;
    for (std::size_t i = 0; i < table->rowCount(); ++i) {
        std::vector<TableCell> cells(table->row(i).begin(), table->row(i).end());
        for (std::size_t c = 0; c < cells.size(); ++c) {
            auto* const text = std::get_if<std::string>(&cells[c]);
            if (text == nullptr || columns[c].kind != ColumnKind::Sql) {
                continue;
            }
            const auto& clean = m_texts->shown(*text);
            same = same && clean == *text;
            *text = clean;
        }
        changed->add(std::move(cells));
    }
    from = table;
    to = same ? table : TablePtr(std::move(changed));
    return to;
}

} // namespace binnacle
