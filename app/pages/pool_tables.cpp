// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/pool_tables.h"

#include "app/feed/snapshot_feed.h"
#include "app/pages/signal_tables.h"
#include "backend/history/signal_line.h"

#include <QtGlobal>

#include <array>

namespace binnacle::app {

namespace {

using std::chrono::seconds;

constexpr auto kNumber = ColumnKind::Number;
constexpr seconds kWindow{30};

constexpr auto kAppPoolColumns = std::to_array<binnacle::TableColumn>({
    {"instance", QT_TRANSLATE_NOOP("Table", "Instance"), ""},
    {"role", QT_TRANSLATE_NOOP("Table", "Role"), ""},
    {"state", QT_TRANSLATE_NOOP("Table", "State"), ""},
    {"saturation", QT_TRANSLATE_NOOP("Table", "Saturation"), "1", kNumber},
    {"in_use", QT_TRANSLATE_NOOP("Table", "In use"), "1", kNumber},
    {"idle", QT_TRANSLATE_NOOP("Table", "Idle"), "1", kNumber},
    {"size", QT_TRANSLATE_NOOP("Table", "Size"), "1", kNumber},
    {"waiting", QT_TRANSLATE_NOOP("Table", "Waiting"), "1", kNumber},
    {"taken_rate", QT_TRANSLATE_NOOP("Table", "Taken /s"), "1/s", kNumber},
    {"hold", QT_TRANSLATE_NOOP("Table", "Held"), "s", kNumber},
    {"wait_p50", QT_TRANSLATE_NOOP("Table", "Wait p50"), "s", kNumber},
    {"wait_p99", QT_TRANSLATE_NOOP("Table", "Wait p99"), "s", kNumber},
    {"wait_max", QT_TRANSLATE_NOOP("Table", "Longest wait"), "s", kNumber},
    {"timeout_rate", QT_TRANSLATE_NOOP("Table", "Timeouts /s"), "1/s", kNumber},
});

constexpr auto kBouncerColumns = std::to_array<binnacle::TableColumn>({
    {"database", QT_TRANSLATE_NOOP("Table", "Database"), ""},
    {"user", QT_TRANSLATE_NOOP("Table", "User"), ""},
    {"state", QT_TRANSLATE_NOOP("Table", "State"), ""},
    {"saturation", QT_TRANSLATE_NOOP("Table", "Saturation"), "1", kNumber},
    {"sv_active", QT_TRANSLATE_NOOP("Table", "Servers busy"), "1", kNumber},
    {"pool_size", QT_TRANSLATE_NOOP("Table", "Pool size"), "1", kNumber},
    {"sv_idle", QT_TRANSLATE_NOOP("Table", "Idle"), "1", kNumber},
    {"sv_login", QT_TRANSLATE_NOOP("Table", "Logging in"), "1", kNumber},
    {"cl_active", QT_TRANSLATE_NOOP("Table", "Clients served"), "1", kNumber},
    {"cl_waiting", QT_TRANSLATE_NOOP("Table", "Clients waiting"), "1", kNumber},
    {"maxwait", QT_TRANSLATE_NOOP("Table", "Longest wait"), "s", kNumber},
    {"wait_time", QT_TRANSLATE_NOOP("Table", "Mean wait"), "s", kNumber},
    {"xact_rate", QT_TRANSLATE_NOOP("Table", "Transactions /s"), "1/s", kNumber},
    {"xact_time", QT_TRANSLATE_NOOP("Table", "Mean transaction"), "s", kNumber},
    {"pool_mode", QT_TRANSLATE_NOOP("Table", "Mode"), ""},
});

/// Values of one instance at the right edge of the window.
class InstanceSignals {
public:
    InstanceSignals(const SignalStore& store, std::string_view source, SteadyTime at)
        : m_store(store)
        , m_source(source)
        , m_at(at) {}

    [[nodiscard]] std::optional<double> gauge(std::string_view id) const {
        const auto* entry = find(id);
        const auto sample = entry != nullptr ? entry->series.at(m_at) : std::nullopt;
        return sample ? std::optional(sample->value) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> meanGauge(std::string_view id) const {
        const auto* entry = find(id);
        const auto samples = entry != nullptr ? entry->series.samples(m_at - kWindow, m_at) : std::vector<Sample>();
        double sum = 0;
        for (const auto& sample : samples) {
            sum += sample.value;
        }
        return samples.empty() ? std::nullopt : std::optional(sum / static_cast<double>(samples.size()));
    }
    [[nodiscard]] std::optional<double> rate(std::string_view id) const {
        const auto* entry = find(id);
        return entry != nullptr ? meanRate(*entry, m_at, kWindow) : std::nullopt;
    }

private:
    [[nodiscard]] const SignalEntry* find(std::string_view id) const {
        const SignalEntry* newest = nullptr; // label sets of earlier versions stay known for a while
        for (const auto* entry : m_store.byId(id)) {
            if (entry->source == m_source && (newest == nullptr || entry->readAt > newest->readAt)) {
                newest = entry;
            }
        }
        return newest;
    }
    const SignalStore& m_store;
    std::string_view m_source;
    SteadyTime m_at;
};

/// Little's law, read backwards: how many are in use on average, by how often one is taken.
std::optional<double> holdOf(std::optional<double> meanInUse, std::optional<double> perSecond) {
    return meanInUse && perSecond && *perSecond > 0 ? std::optional(*meanInUse / *perSecond) : std::nullopt;
}

std::optional<double> shareOf(std::optional<double> part, std::optional<double> whole) {
    return part && whole && *whole > 0 ? std::optional(*part / *whole) : std::nullopt;
}

void addInstance(SnapshotTable& table, const InstanceHop& hop, const SignalStore& store, SteadyTime at) {
    const bool shown = hop.state == SourceState::Live || hop.state == SourceState::Late;
    const InstanceSignals signals(store, hop.source, at);
    const auto told = [shown](std::optional<double> value) { return cellOf(shown ? value : std::nullopt); };
    const auto taken = signals.rate("pool.app.acquired");
    LatencySelector selector;
    selector.instance = hop.name;
    const auto waits = store.waits().merged(selector, at - kWindow, at + LatencyLog::kSlot);
    table.add({hop.name, hop.role, std::string(sourceStateName(hop.state)), told(shareOf(hop.poolInUse, hop.poolSize)),
               told(hop.poolInUse), told(signals.gauge("pool.app.idle")), told(hop.poolSize), told(hop.poolWaiting),
               told(taken), told(holdOf(signals.meanGauge("pool.app.in_use"), taken)),
               told(waits.supportedQuantile(0.5)), told(waits.supportedQuantile(0.99)), told(waits.quantile(1)),
               told(signals.rate("pool.app.timeouts"))});
}

/// The row of a pool's database; nothing where that table was not read.
std::optional<std::size_t> databaseOf(const TablePtr& databases, std::string_view name) {
    const std::array<binnacle::TableCell, 1> key{std::string(name)};
    return databases ? databases->find(key) : std::nullopt;
}

std::string stateOf(const TablePtr& databases, std::optional<std::size_t> row) {
    if (!row) {
        return {};
    }
    return databases->text(*row, "paused") == "yes"     ? "paused"
           : databases->text(*row, "disabled") == "yes" ? "disabled"
                                                        : "open";
}

/// Sum of gauges of one signal at a moment; rates of counters likewise.
std::optional<double> total(const PageContext& context, const char* id, LineSpec::Kind kind) {
    LineSpec spec;
    spec.kind = kind;
    spec.id = id;
    return SignalLine(std::move(spec)).value(context.feed.store(), context.path().at);
}

} // namespace

const TableSpec kAppPools{"app.pools", "Application pools", kAppPoolColumns, 1};
const TableSpec kBouncerPools{"pgbouncer.pools", "Pools of pgBouncer", kBouncerColumns, 2};

TableReading readAppPools(const PageContext& context, const std::string& source) {
    SnapshotTable table(kAppPools);
    const auto& path = context.path();
    for (const auto& hop : path.instances) {
        addInstance(table, hop, context.feed.store(), path.at);
    }
    return readingOf(context, source, std::move(table));
}

TableReading readBouncerPools(const PageContext& context, const std::string& source) {
    auto reading = readTable(context, source, "pgbouncer.pools");
    if (!reading.table) {
        return reading;
    }
    const auto& pools = *reading.table;
    const auto databases = readTable(context, source, "pgbouncer.databases").table;
    auto table = std::make_shared<SnapshotTable>(kBouncerPools);
    table->readAt = pools.readAt;
    table->readAtUtc = pools.readAtUtc;
    table->interval = pools.interval;
    table->omitted = pools.omitted;
    for (std::size_t row = 0; row < pools.rowCount(); ++row) {
        const auto name = pools.text(row, "database");
        if (name == "pgbouncer") {
            continue; // its own console
        }
        const auto number = [&](std::string_view column) { return cellOf(pools.number(row, column)); };
        const auto own = databaseOf(databases, name);
        const auto ofDatabase = [&](std::string_view column) {
            return cellOf(own ? databases->number(*own, column) : std::nullopt);
        };
        table->add({std::string(name), std::string(pools.text(row, "user")), stateOf(databases, own),
                    cellOf(shareOf(pools.number(row, "sv_active"), pools.number(row, "pool_size"))),
                    number("sv_active"), number("pool_size"), number("sv_idle"), number("sv_login"),
                    number("cl_active"), number("cl_waiting"), number("maxwait"), ofDatabase("wait_time"),
                    ofDatabase("xact_rate"), ofDatabase("xact_time"), std::string(pools.text(row, "pool_mode"))});
    }
    reading.table = std::move(table);
    return reading;
}

MeasuredLoad measureLoad(const PageContext& context) {
    using Kind = LineSpec::Kind;
    MeasuredLoad load;
    if (!context.hasReading()) {
        return load;
    }
    const auto transactions = total(context, "pgbouncer.transactions", Kind::Rate);
    const auto inside = total(context, "pgbouncer.transaction_seconds", Kind::Rate);
    if (transactions && inside && *transactions > 0) {
        load.bouncer = true;
        load.perSecond = transactions;
        load.holdSeconds = *inside / *transactions;
        load.size = total(context, "pgbouncer.pool_size", Kind::Sum);
        return load;
    }
    load.perSecond = total(context, "pool.app.acquired", Kind::Rate);
    std::optional<double> inUse;
    for (const auto& hop : context.path().instances) {
        const InstanceSignals signals(context.feed.store(), hop.source, context.path().at);
        if (const auto mean = signals.meanGauge("pool.app.in_use")) {
            inUse = inUse.value_or(0) + *mean;
        }
    }
    load.holdSeconds = holdOf(inUse, load.perSecond);
    load.size = total(context, "pool.app.size", Kind::Sum);
    return load;
}

} // namespace binnacle::app
