// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/postgres/replication_tables.h"

#include <algorithm>
#include <cmath>

namespace binnacle::postgres {

namespace {

constexpr std::chrono::minutes kWindow{5};
constexpr std::size_t kStandbyCap = 64; ///< names whose distribution is kept

enum Column : std::size_t {
    Name,
    Pid,
    Client,
    State,
    SyncState,
    Slot,
    SentLag,
    WriteLag,
    FlushLag,
    ReplayLag,
    WriteDelay,
    FlushDelay,
    ReplayDelay,
    Age,
    ReplayPosition,
};

/// Bytes behind; our question takes its time, so that a standby may be ahead of the position asked for first.
std::optional<double> lagAt(const PgRow& row, std::size_t column) {
    const auto lag = numberAt(row, column);
    return lag ? std::optional(std::max(0.0, *lag)) : std::nullopt;
}

} // namespace

TablePtr ReplicationTables::standbys(const std::vector<PgRow>& rows, std::optional<double> leader,
                                     const LagHistory& history, const ReadMoment& moment) {
    m_lags.clear();
    for (const auto& row : rows) {
        auto name = textAt(row, Name);
        auto& lag = m_lags[name.empty() ? "unnamed" : name];
        lag.streaming = lag.streaming || textAt(row, State) == "streaming";
        const auto position = numberAt(row, ReplayPosition);
        if (!leader || !position || *position < 0) {
            continue;
        }
        const double bytes = std::max(0.0, *leader - *position);
        if (!lag.bytes || bytes < *lag.bytes) {
            lag.bytes = bytes;
            lag.seconds = history.secondsBehind(static_cast<std::uint64_t>(*position), numberAt(row, ReplayDelay));
        }
    }
    for (auto& [name, recent] : m_recent) {
        while (!recent.readings.empty() && moment.steady - recent.readings.front().first > kWindow) {
            recent.readings.pop_front();
        }
    }
    std::erase_if(m_recent,
                  [&](const auto& item) { return item.second.readings.empty() && !m_lags.contains(item.first); });
    for (auto& [name, lag] : m_lags) {
        if (lag.bytes && (m_recent.contains(name) || m_recent.size() < kStandbyCap)) {
            auto& recent = m_recent[name];
            recent.readings.emplace_back(moment.steady, lag.seconds);
            recent.distribution.record(std::chrono::duration_cast<std::chrono::nanoseconds>(
                std::chrono::duration<double>(std::min(lag.seconds, 1e9))));
            lag.distribution = recent.distribution;
        }
    }

    auto table = newTable("postgres.replication", moment);
    for (const auto& row : rows) {
        auto name = textAt(row, Name);
        name = name.empty() ? "unnamed" : name;
        const auto& lag = m_lags.at(name);
        std::vector<double> sorted;
        if (const auto recent = m_recent.find(name); recent != m_recent.end()) {
            for (const auto& [at, seconds] : recent->second.readings) {
                sorted.push_back(seconds);
            }
            std::ranges::sort(sorted);
        }
        const auto quantile = [&](double q) {
            const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size())));
            return sorted.empty() ? TableCell() : TableCell(sorted[std::max<std::size_t>(rank, 1) - 1]);
        };
        table->add({textCell(name), numberCell(row, Pid), textCell(row, Client), textCell(row, State),
                    textCell(row, SyncState), textCell(row, Slot), cell(lagAt(row, SentLag)),
                    cell(lagAt(row, WriteLag)), cell(lagAt(row, FlushLag)), cell(lagAt(row, ReplayLag)),
                    numberCell(row, WriteDelay), numberCell(row, FlushDelay), numberCell(row, ReplayDelay),
                    lag.bytes ? TableCell(lag.seconds) : TableCell(), quantile(0.5), quantile(0.95), quantile(1),
                    numberCell(row, Age)});
    }
    return table;
}

void ReplicationTables::clear() {
    m_lags.clear();
    m_recent.clear();
}

TablePtr slotsTable(const std::vector<PgRow>& rows, const ReadMoment& moment) {
    auto table = newTable("postgres.slots", moment);
    for (const auto& row : rows) {
        table->add({textCell(row, 0), textCell(row, 1), textCell(row, 2), textCell(row, 3), numberCell(row, 4),
                    numberCell(row, 5), cell(lagAt(row, 6)), textCell(row, 7), numberCell(row, 8), numberCell(row, 9)});
    }
    return table;
}

TablePtr progressTable(const std::vector<PgRow>& rows, const ReadMoment& moment) {
    auto table = newTable("postgres.progress", moment);
    for (const auto& row : rows) {
        const auto done = numberAt(row, 5);
        const auto total = numberAt(row, 6);
        table->add({numberCell(row, 0), textCell(row, 1), textCell(row, 2), textCell(row, 3), textCell(row, 4),
                    cell(done), total && *total > 0 ? TableCell(*total) : TableCell(), textCell(row, 7),
                    done && total && *total > 0 ? TableCell(std::min(1.0, *done / *total)) : TableCell(),
                    numberCell(row, 8)});
    }
    return table;
}

} // namespace binnacle::postgres
