// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/pgbouncer_collector.h"

#include "backend/collectors/parse_number.h"

#include <array>
#include <map>

namespace binnacle {

namespace {

using Row = std::vector<std::optional<std::string>>;

/// Cells of a row by column name.
class Cells {
public:
    Cells(const TextTable& table, const Row& row)
        : m_table(table)
        , m_row(row) {}

    [[nodiscard]] std::string text(const char* column) const {
        const auto index = m_table.column(column);
        return index && *index < m_row.size() ? m_row[*index].value_or(std::string()) : std::string();
    }
    [[nodiscard]] std::optional<double> number(const char* column) const { return parseNumber(text(column)); }

private:
    const TextTable& m_table;
    const Row& m_row;
};

bool isConsole(const Cells& cells) {
    return cells.text("database") == "pgbouncer";
}

struct Columns {
    const char* column;
    const char* id;
};

constexpr auto kPoolColumns = std::to_array<Columns>({
    {"cl_active", "pgbouncer.clients_active"},
    {"cl_waiting", "pgbouncer.clients_waiting"},
    {"sv_active", "pgbouncer.servers_active"},
    {"sv_idle", "pgbouncer.servers_idle"},
});

Error missing(const char* table) {
    return {ErrorCode::Protocol, std::string("pgBouncer: SHOW ") + table + " lacks a column that this program needs"};
}

} // namespace

Result<std::vector<Reading>> pgBouncerReadings(const TextTable& pools, const TextTable& databases,
                                               const TextTable& stats) {
    std::vector<Reading> readings;
    struct Database {
        double size = 0;
        bool hasPool = false;
    };
    std::map<std::string, Database> byName;
    for (const auto& row : databases.rows) {
        const Cells cells(databases, row);
        const auto size = cells.number("pool_size");
        if (!size) {
            return std::unexpected(missing("DATABASES"));
        }
        if (cells.text("name") != "pgbouncer") {
            byName[cells.text("name")].size = *size;
        }
    }
    for (const auto& row : pools.rows) {
        const Cells cells(pools, row);
        if (isConsole(cells)) {
            continue;
        }
        const Labels labels{{"pool", cells.text("database") + "/" + cells.text("user")}};
        for (const auto& [column, id] : kPoolColumns) {
            const auto value = cells.number(column);
            if (!value) {
                return std::unexpected(missing("POOLS"));
            }
            readings.push_back(gauge(id, labels, *value));
        }
        const auto seconds = cells.number("maxwait");
        if (!seconds) {
            return std::unexpected(missing("POOLS"));
        }
        // maxwait is whole seconds, the rest is told apart.
        readings.push_back(
            gauge("pgbouncer.max_wait_seconds", labels, *seconds + cells.number("maxwait_us").value_or(0) * 1e-6));
        if (const auto database = byName.find(cells.text("database")); database != byName.end()) {
            readings.push_back(gauge("pgbouncer.pool_size", labels, database->second.size));
            database->second.hasPool = true;
        }
    }
    for (const auto& [name, database] : byName) {
        if (!database.hasPool) { // nobody has connected yet: that is none waiting, not nothing known
            const Labels labels{{"pool", name}};
            for (const auto& [column, id] : kPoolColumns) {
                readings.push_back(gauge(id, labels, 0));
            }
            readings.push_back(gauge("pgbouncer.max_wait_seconds", labels, 0));
            readings.push_back(gauge("pgbouncer.pool_size", labels, database.size));
        }
    }
    for (const auto& row : stats.rows) {
        const Cells cells(stats, row);
        if (isConsole(cells)) {
            continue;
        }
        const auto queries = cells.number("total_query_count");
        const auto waited = cells.number("total_wait_time");
        if (!queries || !waited) {
            return std::unexpected(missing("STATS"));
        }
        const Labels labels{{"pool", cells.text("database")}};
        readings.push_back(counter("pgbouncer.queries", labels, *queries));
        readings.push_back(counter("pgbouncer.wait_seconds", labels, *waited * 1e-6));
    }
    return readings;
}

PgBouncerCollector::PgBouncerCollector(std::string conninfo, const std::string& passfile)
    : m_target(conninfo)
    , m_console(std::move(conninfo), passfile) {}

Result<Snapshot> PgBouncerCollector::collect(SteadyTime deadline) {
    const auto pools = m_console.show("SHOW POOLS", deadline);
    if (!pools) {
        return std::unexpected(pools.error());
    }
    const auto databases = m_console.show("SHOW DATABASES", deadline);
    if (!databases) {
        return std::unexpected(databases.error());
    }
    const auto stats = m_console.show("SHOW STATS", deadline);
    if (!stats) {
        return std::unexpected(stats.error());
    }
    auto readings = pgBouncerReadings(*pools, *databases, *stats);
    if (!readings) {
        return std::unexpected(std::move(readings.error()));
    }
    Snapshot snapshot;
    snapshot.readings = std::move(*readings);
    // pgBouncer tells no start time to its readers: a total that fell is a restart.
    double queries = 0;
    for (const auto& reading : snapshot.readings) {
        queries += reading.key.id == "pgbouncer.queries" ? reading.value.value_or(0) : 0;
    }
    m_epoch += queries < m_queries ? 1 : 0;
    m_queries = queries;
    snapshot.header.epoch = std::to_string(m_epoch);
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
