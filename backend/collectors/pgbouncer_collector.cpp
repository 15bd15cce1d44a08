// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/collectors/pgbouncer_collector.h"

#include <array>
#include <map>

namespace binnacle {

namespace {

struct Columns {
    const char* column;
    const char* id;
};

/// Not told by every version; absent where it isn't.
constexpr auto kMorePoolColumns = std::to_array<Columns>({
    {"sv_login", "pgbouncer.servers_login"},
    {"sv_used", "pgbouncer.servers_used"},
});

struct StatsColumn {
    const char* column;
    const char* id;
    double factor;
};
constexpr auto kStatsColumns = std::to_array<StatsColumn>({
    {"total_query_time", "pgbouncer.query_seconds", 1e-6},
    {"total_received", "pgbouncer.bytes_in", 1},
    {"total_sent", "pgbouncer.bytes_out", 1},
    {"total_xact_count", "pgbouncer.transactions", 1},
    {"total_xact_time", "pgbouncer.transaction_seconds", 1e-6},
});

constexpr auto kPoolColumns = std::to_array<Columns>({
    {"cl_active", "pgbouncer.clients_active"},
    {"cl_waiting", "pgbouncer.clients_waiting"},
    {"sv_active", "pgbouncer.servers_active"},
    {"sv_idle", "pgbouncer.servers_idle"},
});

constexpr std::chrono::milliseconds kAskAgain{60'000};

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
    std::map<std::string, Database, std::less<>> byName;
    for (std::size_t i = 0; i < databases.rows.size(); ++i) {
        const ShowRow cells(databases, i);
        const auto size = cells.number("pool_size");
        if (!size) {
            return std::unexpected(missing("DATABASES"));
        }
        const std::string name(cells.text("name"));
        if (name != "pgbouncer") {
            byName[name].size = *size;
            if (const auto paused = cells.number("paused")) {
                readings.push_back(gauge("pgbouncer.paused", {{"pool", name}}, *paused));
            }
        }
    }
    for (std::size_t i = 0; i < pools.rows.size(); ++i) {
        const ShowRow cells(pools, i);
        if (cells.isConsole()) {
            continue;
        }
        const Labels labels{{"pool", std::string(cells.text("database")) + "/" + std::string(cells.text("user"))}};
        for (const auto& [column, id] : kPoolColumns) {
            const auto value = cells.number(column);
            if (!value) {
                return std::unexpected(missing("POOLS"));
            }
            readings.push_back(gauge(id, labels, *value));
        }
        const auto longest = cells.seconds("maxwait");
        if (!longest) {
            return std::unexpected(missing("POOLS"));
        }
        readings.push_back(gauge("pgbouncer.max_wait_seconds", labels, *longest));
        for (const auto& [column, id] : kMorePoolColumns) {
            if (const auto value = cells.number(column)) {
                readings.push_back(gauge(id, labels, *value));
            }
        }
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
    for (std::size_t i = 0; i < stats.rows.size(); ++i) {
        const ShowRow cells(stats, i);
        if (cells.isConsole()) {
            continue;
        }
        const auto queries = cells.number("total_query_count");
        const auto waited = cells.number("total_wait_time");
        if (!queries || !waited) {
            return std::unexpected(missing("STATS"));
        }
        const Labels labels{{"pool", std::string(cells.text("database"))}};
        for (const auto& [column, id, factor] : kStatsColumns) {
            if (const auto value = cells.number(column)) {
                readings.push_back(counter(id, labels, *value * factor));
            }
        }
        readings.push_back(counter("pgbouncer.queries", labels, *queries));
        readings.push_back(counter("pgbouncer.wait_seconds", labels, *waited * 1e-6));
    }
    return readings;
}

PgBouncerCollector::PgBouncerCollector(std::string conninfo, const std::string& passfile, std::string source,
                                       Secret password)
    : m_source(std::move(source))
    , m_target(conninfo)
    , m_console(std::move(conninfo), passfile, std::move(password)) {}

Result<void> PgBouncerCollector::readList(const char* table, const char* command, SteadyTime began,
                                          SteadyTime deadline) {
    constexpr std::chrono::milliseconds kInterval{2000};
    constexpr double kMostClientsListed = 2000;
    if (!m_tables.isDue(table, began)) {
        return {};
    }
    if (m_clients > kMostClientsListed) {
        m_tables.putAbsent(table,
                           "not listed: with over " + std::to_string(static_cast<int>(kMostClientsListed)) +
                               " clients the list would hold up pgBouncer",
                           began, kInterval);
        return {};
    }
    const auto rows = m_console.show(command, deadline);
    if (!rows) {
        const auto code = rows.error().code;
        if (code == ErrorCode::Timeout || code == ErrorCode::Closed || code == ErrorCode::Refused) {
            return std::unexpected(rows.error());
        }
        m_tables.putAbsent(table, "denied: name the user in stats_users of pgbouncer.ini (" + rows.error().text + ")",
                           began, kAskAgain);
        return {};
    }
    m_tables.put(std::string_view(table) == "pgbouncer.clients" ? pgBouncerClients(*rows) : pgBouncerServers(*rows),
                 began, kInterval);
    return {};
}

Result<void> PgBouncerCollector::readVersion(SteadyTime began, SteadyTime deadline) {
    if (began < m_versionDue) {
        return {};
    }
    const auto answer = m_console.show("SHOW VERSION", deadline);
    if (!answer && answer.error().code != ErrorCode::Protocol) {
        return std::unexpected(answer.error());
    }
    m_versionDue = began + kAskAgain;
    // Before 1.12 it was a notice and no row.
    m_version = answer && !answer->rows.empty() ? std::string(ShowRow(*answer, 0).text("version")) : std::string();
    if (m_version.starts_with("PgBouncer ")) {
        m_version.erase(0, 10);
    }
    return {};
}

Result<Snapshot> PgBouncerCollector::collect(SteadyTime deadline) {
    constexpr std::chrono::milliseconds kTableInterval{1000};
    const auto began = std::chrono::steady_clock::now();
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
    double queries = 0;
    m_clients = 0;
    for (const auto& reading : snapshot.readings) {
        queries += reading.key.id == "pgbouncer.queries" ? reading.value.value_or(0) : 0;
        const bool isClients =
            reading.key.id == "pgbouncer.clients_active" || reading.key.id == "pgbouncer.clients_waiting";
        m_clients += isClients ? reading.value.value_or(0) : 0;
    }
    // pgBouncer tells no start time to its readers: a total that fell is a restart.
    if (queries < m_queries) {
        ++m_epoch;
        m_tables.clear();
        m_databases.clear();
        m_versionDue = {};
    }
    m_queries = queries;
    if (m_tables.isDue("pgbouncer.pools", began)) {
        m_tables.put(pgBouncerPools(*pools, *databases), began, kTableInterval);
        m_tables.put(m_databases.build(*databases, *stats, std::chrono::steady_clock::now()), began, kTableInterval);
    }
    auto more = readList("pgbouncer.clients", "SHOW CLIENTS", began, deadline);
    if (more) {
        more = readList("pgbouncer.servers", "SHOW SERVERS", began, deadline);
    }
    if (more) {
        more = readVersion(began, deadline);
    }
    if (!more) {
        return std::unexpected(std::move(more.error()));
    }
    if (!m_version.empty()) {
        snapshot.readings.push_back(gauge("pgbouncer.version", {{"version", m_version}}, 1));
    }
    m_tables.addTo(snapshot);
    snapshot.header.epoch = std::to_string(m_epoch);
    snapshot.sort();
    return snapshot;
}

} // namespace binnacle
