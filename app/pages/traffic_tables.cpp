// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/traffic_tables.h"

#include "app/feed/snapshot_feed.h"
#include "app/pages/signal_tables.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace binnacle::app {

namespace {

constexpr auto kNumber = ColumnKind::Number;

constexpr auto kServerColumns = std::to_array<binnacle::TableColumn>({
    {"proxy", QT_TRANSLATE_NOOP("Table", "Backend"), ""},
    {"server", QT_TRANSLATE_NOOP("Table", "Server"), ""},
    {"status", QT_TRANSLATE_NOOP("Table", "Status"), ""},
    {"weight", QT_TRANSLATE_NOOP("Table", "Weight"), "1", kNumber},
    {"pending", QT_TRANSLATE_NOOP("Table", "Pending"), ""},
    {"sessions", QT_TRANSLATE_NOOP("Table", "Sessions"), "1", kNumber},
    {"queue", QT_TRANSLATE_NOOP("Table", "Queue"), "1", kNumber},
    {"request_rate", QT_TRANSLATE_NOOP("Table", "req/s"), "1/s", kNumber},
    {"good_rate", QT_TRANSLATE_NOOP("Table", "2xx, 3xx /s"), "1/s", kNumber},
    {"client_error_rate", QT_TRANSLATE_NOOP("Table", "4xx /s"), "1/s", kNumber},
    {"server_error_rate", QT_TRANSLATE_NOOP("Table", "5xx /s"), "1/s", kNumber},
    {"retry_rate", QT_TRANSLATE_NOOP("Table", "Retries /s"), "1/s", kNumber},
    {"redispatch_rate", QT_TRANSLATE_NOOP("Table", "Redisp. /s"), "1/s", kNumber},
    {"response_time", QT_TRANSLATE_NOOP("Table", "Response"), "s", kNumber},
    {"check", QT_TRANSLATE_NOOP("Table", "Check"), ""},
    {"downs", QT_TRANSLATE_NOOP("Table", "Ejections"), "1", kNumber},
    {"last_change", QT_TRANSLATE_NOOP("Table", "In this state"), "s", kNumber},
    {"address", QT_TRANSLATE_NOOP("Table", "Address"), ""},
});

constexpr auto kSideColumns = std::to_array<binnacle::TableColumn>({
    {"proxy", QT_TRANSLATE_NOOP("Table", "Proxy"), ""},
    {"side", QT_TRANSLATE_NOOP("Table", "Side"), ""},
    {"status", QT_TRANSLATE_NOOP("Table", "Status"), ""},
    {"servers_up", QT_TRANSLATE_NOOP("Table", "Servers up"), "1", kNumber},
    {"saturation", QT_TRANSLATE_NOOP("Table", "Of session limit"), "1", kNumber},
    {"sessions", QT_TRANSLATE_NOOP("Table", "Sessions"), "1", kNumber},
    {"queue", QT_TRANSLATE_NOOP("Table", "Queue"), "1", kNumber},
    {"request_rate", QT_TRANSLATE_NOOP("Table", "req/s"), "1/s", kNumber},
    {"good_rate", QT_TRANSLATE_NOOP("Table", "2xx, 3xx /s"), "1/s", kNumber},
    {"client_error_rate", QT_TRANSLATE_NOOP("Table", "4xx /s"), "1/s", kNumber},
    {"server_error_rate", QT_TRANSLATE_NOOP("Table", "5xx /s"), "1/s", kNumber},
    {"retry_rate", QT_TRANSLATE_NOOP("Table", "Retries /s"), "1/s", kNumber},
    {"denied_rate", QT_TRANSLATE_NOOP("Table", "Denied /s"), "1/s", kNumber},
    {"in_rate", QT_TRANSLATE_NOOP("Table", "Received"), "bytes/s", kNumber},
    {"out_rate", QT_TRANSLATE_NOOP("Table", "Sent"), "bytes/s", kNumber},
});

constexpr auto kShedColumns = std::to_array<binnacle::TableColumn>({
    {"reason", QT_TRANSLATE_NOOP("Table", "Reason"), ""},
    {"instance", QT_TRANSLATE_NOOP("Table", "Instance"), ""},
    {"role", QT_TRANSLATE_NOOP("Table", "Role"), ""},
    {"rate", QT_TRANSLATE_NOOP("Table", "Shed /s, 30 s"), "1/s", kNumber},
    {"share", QT_TRANSLATE_NOOP("Table", "Of its requests"), "1", kNumber},
    {"lasting_rate", QT_TRANSLATE_NOOP("Table", "Shed /s, 5 min"), "1/s", kNumber},
});

/// What the service calls a reason, in words; that of another service stays as it says.
std::string reasonOf(std::string_view told) {
    const char* const words = told == "in_flight"      ? QT_TRANSLATE_NOOP("TrafficTables", "too many at once")
                              : told == "pool_timeout" ? QT_TRANSLATE_NOOP("TrafficTables", "no connection came free")
                              : told == "pool_full"    ? QT_TRANSLATE_NOOP("TrafficTables", "too many wait for one")
                                                       : nullptr;
    return words != nullptr ? QCoreApplication::translate("TrafficTables", words).toStdString() : std::string(told);
}

/// "to 100" while a weight that was set is not in force: a slow start or an agent holds it back.
std::string pendingOf(const SnapshotTable& servers, std::size_t row) {
    const auto inForce = servers.number(row, "weight");
    const auto wanted = servers.number(row, "weight_set");
    return inForce && wanted && *inForce != *wanted
               ? QCoreApplication::translate("TrafficTables", "to %1").arg(countText(*wanted)).toStdString()
               : std::string();
}

/// "L7OK 200 in 2 ms".
std::string checkOf(const SnapshotTable& servers, std::size_t row) {
    auto text = std::string(servers.text(row, "check"));
    if (text.empty()) {
        return text;
    }
    if (const auto code = servers.number(row, "check_code"); code && *code > 0) {
        text += " " + QString::number(*code, 'f', 0).toStdString();
    }
    if (const auto took = servers.number(row, "check_duration")) {
        text = QCoreApplication::translate("TrafficTables", "%1 in %2")
                   .arg(QString::fromStdString(text), numberText(*took, Quantity::Duration).joined())
                   .toStdString();
    }
    return text;
}

std::shared_ptr<SnapshotTable> likewise(const TableSpec& spec, const SnapshotTable& told) {
    auto table = std::make_shared<SnapshotTable>(spec);
    table->readAt = told.readAt;
    table->readAtUtc = told.readAtUtc;
    table->interval = told.interval;
    table->omitted = told.omitted;
    return table;
}

} // namespace

const TableSpec kProxyServers{"haproxy.servers", "Servers behind HAProxy", kServerColumns, 2};
const TableSpec kProxySides{"haproxy.proxies", "Frontends and backends", kSideColumns, 2};
const TableSpec kSheds{"service.sheds", "Requests turned away", kShedColumns, 2};

TableReading readProxyServers(const PageContext& context, const std::string& source) {
    auto reading = readTable(context, source, "haproxy.servers");
    if (!reading.table) {
        return reading;
    }
    const auto& told = *reading.table;
    const CounterRates rates(context, source, told);
    auto table = likewise(kProxyServers, told);
    for (std::size_t row = 0; row < told.rowCount(); ++row) {
        const auto number = [&](std::string_view column) { return cellOf(told.number(row, column)); };
        const auto text = [&](std::string_view column) { return std::string(told.text(row, column)); };
        table->add({text("proxy"), text("server"), text("status"), number("weight"), pendingOf(told, row),
                    number("sessions"), number("queue"), number("request_rate"),
                    cellOf(rates.of(row, {"responses_2xx", "responses_3xx"})), cellOf(rates.of(row, "responses_4xx")),
                    cellOf(rates.of(row, "responses_5xx")), cellOf(rates.of(row, "retries")),
                    cellOf(rates.of(row, "redispatches")), number("response_time"), checkOf(told, row), number("downs"),
                    number("last_change"), text("address")});
    }
    reading.table = std::move(table);
    return reading;
}

TableReading readProxySides(const PageContext& context, const std::string& source) {
    auto reading = readTable(context, source, "haproxy.proxies");
    if (!reading.table) {
        return reading;
    }
    const auto& told = *reading.table;
    const CounterRates rates(context, source, told);
    auto table = likewise(kProxySides, told);
    for (std::size_t row = 0; row < told.rowCount(); ++row) {
        const auto number = [&](std::string_view column) { return cellOf(told.number(row, column)); };
        const auto text = [&](std::string_view column) { return std::string(told.text(row, column)); };
        const auto sessions = told.number(row, "sessions");
        const auto limit = told.number(row, "session_limit");
        table->add({text("proxy"), text("side"), text("status"), number("servers_up"),
                    cellOf(sessions && limit && *limit > 0 ? std::optional(*sessions / *limit) : std::nullopt),
                    number("sessions"), number("queue"), number("request_rate"),
                    cellOf(rates.of(row, {"responses_2xx", "responses_3xx"})), cellOf(rates.of(row, "responses_4xx")),
                    cellOf(rates.of(row, "responses_5xx")), cellOf(rates.of(row, "retries")),
                    cellOf(rates.of(row, "denied")), number("in_rate"), number("out_rate")});
    }
    reading.table = std::move(table);
    return reading;
}

TableReading readSheds(const PageContext& context, const std::string& source) {
    constexpr std::chrono::seconds kNow{30};
    constexpr std::chrono::seconds kLasting{300};
    const auto& store = context.feed.store();
    const auto at = context.path().at;
    SnapshotTable table(kSheds);
    std::map<std::string, double, std::less<>> requests; ///< 1/s by instance
    for (const auto* entry : store.byId("service.http.requests")) {
        requests[entry->source] += meanRate(*entry, at, kNow).value_or(0);
    }
    for (const auto* entry : store.byId("service.shed")) {
        const auto lasting = meanRate(*entry, at, kLasting);
        if (lasting.value_or(0) <= 0) {
            continue;
        }
        const auto rate = meanRate(*entry, at, kNow);
        const auto all = requests.find(entry->source);
        const bool known = rate && all != requests.end() && all->second > 0;
        const auto& labels = entry->key.labels;
        table.add({reasonOf(labels.get("reason")), entry->source.substr(entry->source.rfind('/') + 1),
                   std::string(labels.get("role")), cellOf(rate),
                   cellOf(known ? std::optional(std::min(1.0, *rate / all->second)) : std::nullopt), cellOf(lasting)});
    }
    return readingOf(context, source, std::move(table));
}

} // namespace binnacle::app
