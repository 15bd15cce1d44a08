// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/cache_tables.h"

#include "app/feed/snapshot_feed.h"
#include "app/pages/signal_tables.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace binnacle::app {

namespace {

constexpr auto kNumber = ColumnKind::Number;
constexpr std::chrono::seconds kWindow{30};

constexpr auto kEndpointColumns = std::to_array<binnacle::TableColumn>({
    {"route", QT_TRANSLATE_NOOP("Table", "Endpoint"), ""},
    {"level", QT_TRANSLATE_NOOP("Table", "Level"), ""},
    {"hit_ratio", QT_TRANSLATE_NOOP("Table", "Hits, 30 s"), "1", kNumber},
    {"share", QT_TRANSLATE_NOOP("Table", "Of all lookups"), "1", kNumber},
    {"lookup_rate", QT_TRANSLATE_NOOP("Table", "Lookups /s"), "1/s", kNumber},
    {"miss_rate", QT_TRANSLATE_NOOP("Table", "Misses /s"), "1/s", kNumber},
});

constexpr std::chrono::seconds kCallsWindow{60};

constexpr auto kCommandColumns = std::to_array<binnacle::TableColumn>({
    {"command", QT_TRANSLATE_NOOP("Table", "Command"), ""},
    {"rate", QT_TRANSLATE_NOOP("Table", "Calls per second"), "1/s", kNumber},
    {"mean", QT_TRANSLATE_NOOP("Table", "Mean time"), "s", kNumber},
    {"p50", QT_TRANSLATE_NOOP("Table", "p50 of the last minute, at most"), "s", kNumber},
    {"p99", QT_TRANSLATE_NOOP("Table", "p99 of the last minute, at most"), "s", kNumber},
    {"p999", QT_TRANSLATE_NOOP("Table", "p99.9 of the last minute, at most"), "s", kNumber},
    {"error_rate", QT_TRANSLATE_NOOP("Table", "Rejected or failed per second"), "1/s", kNumber},
    {"calls", QT_TRANSLATE_NOOP("Table", "Calls since start"), "1", kNumber},
    {"start_p50", QT_TRANSLATE_NOOP("Table", "p50 since start"), "s", kNumber},
    {"start_p99", QT_TRANSLATE_NOOP("Table", "p99 since start"), "s", kNumber},
    {"start_p999", QT_TRANSLATE_NOOP("Table", "p99.9 since start"), "s", kNumber},
    {"errors", QT_TRANSLATE_NOOP("Table", "Rejected or failed since start"), "1", kNumber},
});

struct Lookups {
    double hits = 0;
    double misses = 0;
};

} // namespace

const TableSpec kCacheEndpoints{"cache.endpoints", "Hits by endpoint", kEndpointColumns, 2};

TableReading readCacheEndpoints(const PageContext& context, const std::string& source) {
    const auto& store = context.feed.store();
    const auto at = context.path().at;
    std::map<std::pair<std::string, std::string>, Lookups> endpoints;
    double all = 0;
    const auto count = [&](const char* id, double Lookups::*member) {
        for (const auto* entry : store.byId(id)) {
            const auto rate = meanRate(*entry, at, kWindow);
            if (!rate || !entry->key.labels.has("route")) {
                continue;
            }
            auto& lookups =
                endpoints[{std::string(entry->key.labels.get("route")), std::string(entry->key.labels.get("level"))}];
            lookups.*member += *rate;
            all += *rate;
        }
    };
    count("cache.hits", &Lookups::hits);
    count("cache.misses", &Lookups::misses);
    SnapshotTable table(kCacheEndpoints);
    for (const auto& [endpoint, lookups] : endpoints) {
        const auto sum = lookups.hits + lookups.misses;
        table.add({endpoint.first, endpoint.second, cellOf(sum > 0 ? std::optional(lookups.hits / sum) : std::nullopt),
                   cellOf(all > 0 ? std::optional(sum / all) : std::nullopt), sum, lookups.misses});
    }
    return readingOf(context, source, std::move(table));
}

RecentCalls::RecentCalls(const PageContext& context, const std::string& source) {
    constexpr const char* kHistogram = "redis.histogram";
    auto table = readTable(context, source, kHistogram).table;
    if (!table) {
        return;
    }
    const auto end = table->readAt;
    auto from = end;
    while (table && end - table->readAt < kCallsWindow) {
        add(*table);
        from = table->readAt - table->interval;
        table = context.feed.tables().at(source, kHistogram, table->readAt - std::chrono::nanoseconds(1));
        if (table) {
            from = table->readAt; // each tells what was called since the one before
        }
    }
    m_seconds = toSeconds(end - from);
}

void RecentCalls::add(const SnapshotTable& histogram) {
    const auto command = histogram.spec().column("command");
    const auto upto = histogram.spec().column("upto");
    const auto recent = histogram.spec().column("recent");
    for (std::size_t row = 0; command && upto && recent && row < histogram.rowCount(); ++row) {
        const auto cells = histogram.row(row);
        const auto* name = std::get_if<std::string>(&cells[*command]);
        const auto* edge = std::get_if<double>(&cells[*upto]);
        const auto* count = std::get_if<double>(&cells[*recent]);
        if (name != nullptr && edge != nullptr && count != nullptr && *edge > 0 && *count > 0) {
            m_cells[*name][*edge] += *count;
        }
    }
}

std::vector<DurationBucket> RecentCalls::buckets(std::string_view command) const {
    std::vector<DurationBucket> buckets;
    const auto cells = m_cells.find(command);
    if (cells == m_cells.end()) {
        return buckets;
    }
    double below = 0;
    for (const auto& [upto, count] : cells->second) {
        // Redis leaves out cells in which nothing was counted; its edges double.
        buckets.push_back({std::max(below, upto / 2), upto, static_cast<std::uint64_t>(count)});
        below = upto;
    }
    return buckets;
}

std::optional<double> RecentCalls::quantileEdge(std::string_view command, double q) const {
    const auto cells = m_cells.find(command);
    if (cells == m_cells.end()) {
        return std::nullopt;
    }
    double all = 0;
    for (const auto& [upto, count] : cells->second) {
        all += count;
    }
    if (all * (1 - q) < 1 - 1e-9) {
        return std::nullopt;
    }
    double counted = 0;
    for (const auto& [upto, count] : cells->second) {
        counted += count;
        if (counted >= std::ceil(q * all)) {
            return upto;
        }
    }
    return std::nullopt;
}

const TableSpec kRecentCommands{"redis.commands", "Commands", kCommandColumns, 1};

TableReading readRecentCommands(const PageContext& context, const std::string& source) {
    auto reading = readTable(context, source, "redis.commands");
    if (!reading.table) {
        return reading;
    }
    const auto& told = *reading.table;
    const CounterRates rates(context, source, told);
    const RecentCalls calls(context, source);
    auto table = std::make_shared<SnapshotTable>(kRecentCommands);
    table->readAt = told.readAt;
    table->readAtUtc = told.readAtUtc;
    table->interval = told.interval;
    table->omitted = told.omitted;
    for (std::size_t row = 0; row < told.rowCount(); ++row) {
        const auto command = std::string(told.text(row, "command"));
        const auto number = [&](std::string_view column) { return cellOf(told.number(row, column)); };
        const auto edge = [&](double q) { return cellOf(calls.quantileEdge(command, q)); };
        const auto rejected = told.number(row, "rejected");
        const auto failed = told.number(row, "failed");
        table->add(
            {command, number("rate"), number("mean"), edge(0.5), edge(0.99), edge(0.999),
             cellOf(rates.of(row, {"rejected", "failed"})), number("calls"), number("p50"), number("p99"),
             number("p999"),
             cellOf(rejected || failed ? std::optional(rejected.value_or(0) + failed.value_or(0)) : std::nullopt)});
    }
    reading.table = std::move(table);
    return reading;
}

} // namespace binnacle::app
