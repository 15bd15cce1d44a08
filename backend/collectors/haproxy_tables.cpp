// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/haproxy_tables.h"

#include "backend/collectors/kept_tables.h"

#include <iterator>

namespace binnacle {

namespace {

constexpr std::size_t kRowLimit = 1000; // of each table

std::optional<double> scaled(const std::optional<double>& value, double factor) {
    return value ? std::optional(*value * factor) : std::nullopt;
}

/// The rate of a counter that HAProxy tells for this row, or nothing.
TableCell rateCell(const std::optional<double>& counter, const WindowedRate& rate) {
    return counter ? cell(rate.value()) : TableCell();
}

void addResponses(const HaproxyRow& row, std::vector<TableCell>& cells) {
    for (const auto& count : row.responses) {
        cells.push_back(cell(count));
    }
}

void add(SnapshotTable& table, std::vector<TableCell> cells) {
    if (table.rowCount() < kRowLimit) {
        table.add(std::move(cells));
    } else {
        ++table.omitted;
    }
}

} // namespace

bool isSpare(const HaproxyRow& row) {
    return row.status.starts_with("MAINT") && row.sessions.value_or(0) == 0 && row.responseSum() == 0;
}

bool servesStatistics(const HaproxyRow& row) {
    return row.type == HaproxyRow::Type::Frontend && row.requests.value_or(0) > 0 && row.intercepted == row.requests;
}

HaproxyTables::Pair HaproxyTables::build(const std::vector<HaproxyRow>& rows, SteadyTime at) {
    Pair tables{SnapshotTable(*findTable("haproxy.proxies")), SnapshotTable(*findTable("haproxy.servers"))};
    decltype(m_rates) kept;
    for (const auto& row : rows) {
        const bool isServer = row.type == HaproxyRow::Type::Server;
        if (row.type == HaproxyRow::Type::Listener || (isServer && isSpare(row)) || servesStatistics(row)) {
            continue;
        }
        auto node = m_rates.extract({row.proxy, row.name});
        auto& rates = node ? kept.insert(std::move(node)).position->second : kept[{row.proxy, row.name}];
        rates.requests.update(at, row.requests.value_or(0));
        const auto requestRate = rateCell(row.requests, rates.requests);
        std::vector<TableCell> cells;
        if (isServer) {
            cells = {cell(row.proxy),
                     cell(row.name),
                     cell(row.status),
                     cell(row.weight),
                     cell(row.weightSet),
                     cell(row.sessions),
                     cell(row.sessionLimit),
                     cell(row.sessionRate),
                     cell(row.queued),
                     cell(row.requests),
                     requestRate};
            addResponses(row, cells);
            for (const auto& value : {row.connectionErrors, row.responseErrors, row.retries, row.redispatches}) {
                cells.push_back(cell(value));
            }
            cells.push_back(cell(row.check));
            for (const auto& value : {row.checkCode, scaled(row.checkMs, 1e-3), row.checkFailures, row.downs,
                                      row.downtimeS, row.lastChangeS, scaled(row.responseMs, 1e-3)}) {
                cells.push_back(cell(value));
            }
            cells.push_back(cell(row.address));
            add(tables.servers, std::move(cells));
            continue;
        }
        rates.bytesIn.update(at, row.bytesIn.value_or(0));
        rates.bytesOut.update(at, row.bytesOut.value_or(0));
        const bool isFrontend = row.type == HaproxyRow::Type::Frontend;
        const auto serversUp =
            row.activeServers ? std::optional(*row.activeServers + row.backupServers.value_or(0)) : std::nullopt;
        cells = {cell(row.proxy),
                 TableCell(std::string(isFrontend ? "frontend" : "backend")),
                 cell(row.status),
                 cell(row.mode),
                 cell(row.sessions),
                 cell(row.sessionLimit),
                 cell(row.sessionRate),
                 cell(row.queued),
                 cell(row.queuedMax),
                 cell(row.requests),
                 requestRate,
                 rateCell(row.bytesIn, rates.bytesIn),
                 rateCell(row.bytesOut, rates.bytesOut)};
        addResponses(row, cells);
        for (const auto& value :
             {row.denied, row.requestErrors, row.connectionErrors, row.responseErrors, row.retries, row.redispatches,
              isFrontend ? std::nullopt : serversUp, row.downs, row.lastChangeS, scaled(row.responseMs, 1e-3)}) {
            cells.push_back(cell(value));
        }
        add(tables.proxies, std::move(cells));
    }
    m_rates = std::move(kept);
    return tables;
}

} // namespace binnacle
