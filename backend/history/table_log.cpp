// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/table_log.h"

#include <algorithm>

namespace binnacle {

namespace {
std::size_t cellsOf(const SnapshotTable& table) {
    return table.rowCount() * table.spec().columns.size();
}
} // namespace

void TableLog::apply(const SourceUpdate& update) {
    if (!update.snapshot) {
        return;
    }
    for (const auto& table : update.snapshot->tables) {
        auto& run = m_runs[{update.source, std::string(table->spec().id)}];
        if (!run.tables.empty() && run.tables.back()->readAt >= table->readAt) {
            continue;
        }
        run.cells += cellsOf(*table);
        run.tables.push_back(table);
        while (run.tables.size() > 1 &&
               (run.cells > kMostCells || table->readAt - run.tables.front()->readAt > kKept)) {
            run.cells -= cellsOf(*run.tables.front());
            run.tables.pop_front();
        }
    }
}

void TableLog::removeSource(std::string_view source) {
    std::erase_if(m_runs, [&](const auto& entry) { return entry.first.first == source; });
}

void TableLog::hold(std::optional<SteadyTime> at) {
    m_held.clear();
    m_heldAt = at;
    if (!at) {
        return;
    }
    for (const auto& [key, run] : m_runs) {
        if (auto table = newest(run, *at)) {
            m_held.emplace(key, std::move(table));
        }
    }
}

TablePtr TableLog::newest(const Run& run, SteadyTime at) {
    const auto after =
        std::ranges::upper_bound(run.tables, at, {}, [](const TablePtr& table) { return table->readAt; });
    return after == run.tables.begin() ? nullptr : *std::prev(after);
}

TablePtr TableLog::at(std::string_view source, std::string_view table, SteadyTime at) const {
    const Key key(source, table);
    if (m_heldAt == at) {
        const auto held = m_held.find(key);
        return held == m_held.end() ? nullptr : held->second;
    }
    const auto run = m_runs.find(key);
    return run == m_runs.end() ? nullptr : newest(run->second, at);
}

} // namespace binnacle
