// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/cache_tables.h"

#include "app/feed/snapshot_feed.h"
#include "app/pages/signal_tables.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <map>

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

std::vector<DurationBucket> bucketsOf(const SnapshotTable& histogram, std::string_view command) {
    std::vector<DurationBucket> buckets;
    for (std::size_t row = 0; row < histogram.rowCount(); ++row) {
        const auto upto = histogram.number(row, "upto");
        const auto count = histogram.number(row, "count");
        if (histogram.text(row, "command") == command && upto && count && *upto > 0 && *count >= 0) {
            buckets.push_back({0, *upto, static_cast<std::uint64_t>(*count)});
        }
    }
    std::ranges::sort(buckets, {}, &DurationBucket::upto);
    double from = 0;
    for (auto& bucket : buckets) {
        // Redis leaves out cells in which nothing was counted; its edges double.
        bucket.from = std::max(from, bucket.upto / 2);
        from = bucket.upto;
    }
    return buckets;
}

} // namespace binnacle::app
