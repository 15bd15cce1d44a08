// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/history/table_log.h"

#include <algorithm>
#include <span>

namespace binnacle {

namespace {
constexpr std::size_t kMostReadings = 16;                     // of a block
constexpr std::size_t kBlockBytes = TableLog::kMostBytes / 4; // where a block ends before that
} // namespace

void TableLog::Block::add(const TablePtr& table) {
    ByteWriter out;
    if (readings.empty()) {
        writer.write(out, {table}, 0, 0);
    } else {
        auto sinceFirst = writer;
        sinceFirst.write(out, {table}, 0, 0);
    }
    const auto written = out.take();
    bytes.insert(bytes.end(), written.begin(), written.end());
    readings.push_back({table->readAt, bytes.size()});
}

TablePtr TableLog::Block::newest(SteadyTime at) const {
    const auto after = std::ranges::upper_bound(readings, at, {}, &Reading::at);
    if (after == readings.begin()) {
        return nullptr;
    }
    const auto wanted = std::prev(after);
    TableReader reader;
    std::vector<TablePtr> tables;
    std::size_t cells = 0;
    const auto read = [&](std::size_t from, std::size_t to) {
        ByteReader in(std::span<const std::byte>(bytes).subspan(from, to - from));
        reader.read(in, tables, 0, 0, cells);
    };
    read(0, readings.front().end);
    if (wanted != readings.begin()) {
        read(std::prev(wanted)->end, wanted->end);
    }
    // A table beyond what the coding allows is not kept.
    return !tables.empty() && tables.back()->readAt == wanted->at ? tables.back() : nullptr;
}

void TableLog::Run::add(TablePtr table) {
    const auto last = std::exchange(newest, std::move(table));
    if (!last) {
        return;
    }
    if (before.empty() || before.back().readings.size() >= kMostReadings || before.back().bytes.size() >= kBlockBytes) {
        if (!before.empty()) {
            before.back().writer = {};
            before.back().bytes.shrink_to_fit();
        }
        before.emplace_back();
    }
    auto& block = before.back();
    bytes -= block.bytes.size();
    block.add(last);
    bytes += block.bytes.size();
    while (!before.empty() && (bytes > kMostBytes || newest->readAt - before.front().readings.back().at > kKept)) {
        bytes -= before.front().bytes.size();
        before.pop_front();
    }
}

TablePtr TableLog::Run::at(SteadyTime at) const {
    if (newest->readAt <= at) {
        return newest;
    }
    const auto after =
        std::ranges::upper_bound(before, at, {}, [](const Block& block) { return block.readings.front().at; });
    if (after == before.begin()) {
        return nullptr;
    }
    const auto& block = *std::prev(after);
    const auto wanted = std::prev(std::ranges::upper_bound(block.readings, at, {}, &Block::Reading::at))->at;
    if (newest->readAt - wanted > kKept) {
        return nullptr; // its block is still there for the sake of others
    }
    const auto known =
        std::ranges::find_if(made, [&](const TablePtr& table) { return table && table->readAt == wanted; });
    if (known != made.end()) {
        return *known;
    }
    made[1] = std::exchange(made[0], block.newest(at));
    return made[0];
}

void TableLog::apply(const SourceUpdate& update) {
    if (!update.snapshot) {
        return;
    }
    for (const auto& table : update.snapshot->tables) {
        auto& run = m_runs[{update.source, std::string(table->spec().id)}];
        if (!run.newest || run.newest->readAt < table->readAt) {
            run.add(table);
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
        if (auto table = run.at(*at)) {
            m_held.emplace(key, std::move(table));
        }
    }
}

TablePtr TableLog::at(std::string_view source, std::string_view table, SteadyTime at) const {
    const Key key(source, table);
    if (m_heldAt == at) {
        const auto held = m_held.find(key);
        return held == m_held.end() ? nullptr : held->second;
    }
    const auto run = m_runs.find(key);
    return run == m_runs.end() ? nullptr : run->second.at(at);
}

} // namespace binnacle
