// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/pgbouncer_tables.h"

#include "backend/collectors/kept_tables.h"
#include "backend/collectors/parse_number.h"

#include <array>

namespace binnacle {

namespace {

constexpr std::size_t kRowLimit = 500; // of each table

void add(SnapshotTable& table, std::vector<TableCell> cells) {
    if (table.rowCount() < kRowLimit) {
        table.add(std::move(cells));
    } else {
        ++table.omitted;
    }
}

std::optional<std::size_t> rowNamed(const TextTable& table, std::string_view column, std::string_view name) {
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (ShowRow(table, i).text(column) == name) {
            return i;
        }
    }
    return std::nullopt;
}

/// "reserve_pool" became "reserve_pool_size" in 1.24.
std::optional<double> reserveOf(const ShowRow& database) {
    const auto reserve = database.number("reserve_pool");
    return reserve ? reserve : database.number("reserve_pool_size");
}

TableCell yesOrNo(std::string_view text) {
    return text.empty() ? TableCell() : TableCell(std::string(text == "0" || text == "f" ? "no" : "yes"));
}

TableCell addressOf(const ShowRow& row) {
    const auto address = row.text("addr");
    const auto port = row.text("port");
    return address.empty() ? TableCell() : TableCell(std::string(address) + ":" + std::string(port));
}

TableCell secondsOf(const std::optional<double>& microseconds) {
    return microseconds ? TableCell(*microseconds * 1e-6) : TableCell();
}

} // namespace

std::string_view ShowRow::text(std::string_view column) const {
    const auto index = m_table.column(column);
    return index && *index < m_row.size() && m_row[*index] ? std::string_view(*m_row[*index]) : std::string_view();
}

std::optional<double> ShowRow::number(std::string_view column) const {
    return parseNumber(text(column));
}

std::optional<double> ShowRow::seconds(std::string_view column) const {
    const auto whole = number(column);
    const auto rest = number(std::string(column) + "_us");
    return whole ? std::optional(*whole + rest.value_or(0) * 1e-6) : std::nullopt;
}

SnapshotTable pgBouncerPools(const TextTable& pools, const TextTable& databases) {
    constexpr auto kCounts = std::to_array<const char*>(
        {"cl_active", "cl_waiting", "sv_active", "sv_idle", "sv_used", "sv_tested", "sv_login"});
    SnapshotTable table(*findTable("pgbouncer.pools"));
    for (std::size_t i = 0; i < pools.rows.size(); ++i) {
        const ShowRow row(pools, i);
        if (row.isConsole()) {
            continue;
        }
        std::vector<TableCell> cells{std::string(row.text("database")), std::string(row.text("user"))};
        for (const char* const column : kCounts) {
            cells.push_back(cell(row.number(column)));
        }
        cells.push_back(cell(row.seconds("maxwait")));
        cells.push_back(cell(row.text("pool_mode")));
        const auto index = rowNamed(databases, "name", row.text("database"));
        cells.push_back(index ? cell(ShowRow(databases, *index).number("pool_size")) : TableCell());
        cells.push_back(index ? cell(reserveOf(ShowRow(databases, *index))) : TableCell());
        add(table, std::move(cells));
    }
    return table;
}

SnapshotTable pgBouncerClients(const TextTable& clients) {
    SnapshotTable table(*findTable("pgbouncer.clients"));
    for (std::size_t i = 0; i < clients.rows.size(); ++i) {
        const ShowRow row(clients, i);
        if (row.isConsole()) {
            continue;
        }
        add(table, {std::string(row.text("ptr")), cell(row.text("database")), cell(row.text("user")),
                    cell(row.text("state")), addressOf(row), cell(row.text("application_name")),
                    cell(row.seconds("wait")), cell(row.text("connect_time")), cell(row.text("request_time")),
                    cell(row.text("link")), cell(row.text("tls"))});
    }
    return table;
}

SnapshotTable pgBouncerServers(const TextTable& servers) {
    SnapshotTable table(*findTable("pgbouncer.servers"));
    for (std::size_t i = 0; i < servers.rows.size(); ++i) {
        const ShowRow row(servers, i);
        add(table, {std::string(row.text("ptr")), cell(row.text("database")), cell(row.text("user")),
                    cell(row.text("state")), addressOf(row), cell(row.number("remote_pid")),
                    cell(row.text("connect_time")), cell(row.text("request_time")), cell(row.text("link")),
                    cell(row.text("application_name")), cell(row.text("tls"))});
    }
    return table;
}

SnapshotTable PgBouncerDatabases::build(const TextTable& databases, const TextTable& stats, SteadyTime at) {
    SnapshotTable table(*findTable("pgbouncer.databases"));
    decltype(m_rates) kept;
    for (std::size_t i = 0; i < databases.rows.size(); ++i) {
        const ShowRow row(databases, i);
        const std::string name(row.text("name"));
        if (name.empty() || name == "pgbouncer") {
            continue;
        }
        auto node = m_rates.extract(name);
        auto& rates = node ? kept.insert(std::move(node)).position->second : kept[name];
        if (const auto index = rowNamed(stats, "database", name)) {
            const ShowRow counts(stats, *index);
            const auto update = [&](WindowedRate& rate, std::string_view column) {
                if (const auto value = counts.number(column)) {
                    rate.update(at, *value);
                }
            };
            update(rates.transactions, "total_xact_count");
            update(rates.queries, "total_query_count");
            update(rates.received, "total_received");
            update(rates.sent, "total_sent");
            update(rates.transactionUs, "total_xact_time");
            update(rates.queryUs, "total_query_time");
            update(rates.waitUs, "total_wait_time");
        }
        add(table, {name,
                    cell(row.text("host")),
                    cell(row.number("port")),
                    cell(row.text("database")),
                    cell(row.text("force_user")),
                    cell(row.text("pool_mode")),
                    cell(row.number("pool_size")),
                    cell(row.number("min_pool_size")),
                    cell(reserveOf(row)),
                    cell(row.number("max_connections")),
                    cell(row.number("current_connections")),
                    yesOrNo(row.text("paused")),
                    yesOrNo(row.text("disabled")),
                    cell(rates.transactions.value()),
                    cell(rates.queries.value()),
                    cell(rates.received.value()),
                    cell(rates.sent.value()),
                    secondsOf(meanOf(rates.transactionUs, rates.transactions)),
                    secondsOf(meanOf(rates.queryUs, rates.queries)),
                    secondsOf(meanOf(rates.waitUs, rates.transactions))});
    }
    m_rates = std::move(kept);
    return table;
}

} // namespace binnacle
