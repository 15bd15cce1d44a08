// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/route_statements.h"

#include "app/pages/panel_of.h"
#include "app/pages/signal_tables.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <map>

namespace binnacle::app {

namespace {

using enum ColumnKind;

constexpr auto kColumns = std::to_array<binnacle::TableColumn>({
    {"route", QT_TRANSLATE_NOOP("Table", "Route"), ""},
    {"statement", QT_TRANSLATE_NOOP("Table", "Statement"), ""},
    {"share", QT_TRANSLATE_NOOP("Table", "Share of the route's time"), "1", Number},
    {"calls_rate", QT_TRANSLATE_NOOP("Table", "Calls per second"), "1/s", Number},
    {"mean_recent", QT_TRANSLATE_NOOP("Table", "Mean lately"), "s", Number},
    {"mean", QT_TRANSLATE_NOOP("Table", "Mean"), "s", Number},
    {"time_rate", QT_TRANSLATE_NOOP("Table", "Load"), "s/s", Number},
    {"running", QT_TRANSLATE_NOOP("Table", "Sessions that run it"), "sessions", Number},
    {"waiting", QT_TRANSLATE_NOOP("Table", "Waiting for a lock"), "sessions", Number},
    {"calls", QT_TRANSLATE_NOOP("Table", "Calls"), "calls", Number},
    {"time", QT_TRANSLATE_NOOP("Table", "Time in all"), "s", Number},
    {"shape", QT_TRANSLATE_NOOP("Table", "Statement shape"), ""},
    {"query", QT_TRANSLATE_NOOP("Table", "Text"), "", Sql},
});

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RouteStatements)
};

void add(std::optional<double>& sum, std::optional<double> value) {
    if (value) {
        sum = sum.value_or(0) + *value;
    }
}

std::optional<double> ratio(std::optional<double> part, std::optional<double> whole) {
    return part && whole && *whole > 0 ? std::optional(*part / *whole) : std::nullopt;
}

/// What all who tell of one statement tell together.
struct Use {
    std::optional<double> calls, callsRate, time, timeRate, routeTimeRate, running, waiting;
    std::string shape;
    std::string text;
};
using Uses = std::map<std::string, Use>; // by the statement's name

void addTold(Uses& uses, const SnapshotTable& table, const std::string& route) {
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        if (table.text(row, "route") != route) {
            continue;
        }
        auto& use = uses[std::string(table.text(row, "statement"))];
        add(use.calls, table.number(row, "calls"));
        add(use.callsRate, table.number(row, "calls_rate"));
        add(use.time, table.number(row, "time"));
        add(use.timeRate, table.number(row, "time_rate"));
        add(use.routeTimeRate, table.number(row, "route_time_rate"));
        use.shape = table.text(row, "shape");
        use.text = table.text(row, "query");
    }
}

/// "/v1/tasks" of a comment is "GET /v1/tasks" of a service, too: comments seldom name the method.
bool isRoute(std::string_view told, std::string_view route) {
    const auto path = route.substr(std::min(route.find(' ') + 1, route.size()));
    return !told.empty() && (told == route || told == path);
}

/// What comments in the statements of the database, and the names of its sessions, tell of the route.
void addCommented(Uses& uses, const SnapshotTable& table, const std::string& route) {
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto text = table.text(row, "query");
        if (!isRoute(table.text(row, "route"), route) || text.empty()) {
            continue;
        }
        const auto shape = table.text(row, "shape");
        auto& use = uses[std::string(shape.empty() ? text.substr(0, 40) : shape)];
        add(use.calls, table.number(row, "calls"));
        add(use.callsRate, table.number(row, "calls_rate"));
        add(use.time, table.number(row, "time"));
        add(use.timeRate, table.number(row, "time_rate"));
        use.shape = shape;
        use.text = text;
    }
}

void addSessions(Uses& uses, const PageContext& context) {
    for (const auto& source : sourcesOf(context, "postgres/")) {
        const auto table = readTable(context, source, "postgres.sessions").table;
        for (auto& [name, use] : uses) {
            for (std::size_t row = 0; table && !use.shape.empty() && row < table->rowCount(); ++row) {
                const bool runs = runsShape(*table, row, use.shape);
                add(use.running, runs ? 1 : 0);
                add(use.waiting, runs && waitsForLock(*table, row) ? 1 : 0);
            }
        }
    }
}

SnapshotTable tableOf(const Uses& uses, const std::string& route) {
    SnapshotTable table(kRouteStatements);
    for (const auto& [name, use] : uses) {
        table.add({route, name, cellOf(ratio(use.timeRate, use.routeTimeRate)), cellOf(use.callsRate),
                   cellOf(ratio(use.timeRate, use.callsRate)), cellOf(ratio(use.time, use.calls)), cellOf(use.timeRate),
                   cellOf(use.running), cellOf(use.waiting), cellOf(use.calls), cellOf(use.time),
                   use.shape.empty() ? binnacle::TableCell() : binnacle::TableCell(use.shape),
                   use.text.empty() ? binnacle::TableCell() : binnacle::TableCell(use.text)});
    }
    return table;
}

/// Of several readings the one that has most to say: a table of now rather than of before, a refusal rather than
/// silence.
void keepBest(std::optional<TableReading>& best, TableReading reading) {
    const auto rank = [](const TableReading& one) {
        return one.table ? (one.status.state == PanelState::Late ? 3 : 4)
               : one.status.state == PanelState::Denied || one.status.state == PanelState::Error ? 2
               : one.status.state == PanelState::Lost                                            ? 1
                                                                                                 : 0;
    };
    if (!best || rank(reading) > rank(*best)) {
        best = std::move(reading);
    }
}

} // namespace

const TableSpec kRouteStatements{"route_statements", QT_TRANSLATE_NOOP("Table", "Statements of the route"), kColumns,
                                 2};

bool runsShape(const SnapshotTable& sessions, std::size_t row, const std::string& shape) {
    // An idle session's text is that of the statement that it ended with.
    return !shape.empty() && sessions.text(row, "shape") == shape && sessions.text(row, "state") != "idle";
}

bool waitsForLock(const SnapshotTable& sessions, std::size_t row) {
    return sessions.number(row, "blocked_by").value_or(0) > 0 || sessions.text(row, "wait_class") == "Lock";
}

std::string serverRunning(const PageContext& context, const std::string& shape) {
    std::string found;
    for (const auto& source : sourcesOf(context, "postgres/")) {
        const auto table = readTable(context, source, "postgres.sessions").table;
        for (std::size_t row = 0; table && row < table->rowCount(); ++row) {
            if (runsShape(*table, row, shape)) {
                if (waitsForLock(*table, row)) {
                    return source;
                }
                found = found.empty() ? source : found;
            }
        }
    }
    return found;
}

TableReading readRouteStatements(const PageContext& context, const std::string& route) {
    Uses uses;
    std::optional<TableReading> best;
    for (const auto& source : sourcesOf(context, "service/")) {
        auto reading = readTable(context, source, "service.route_statements");
        if (reading.table) {
            addTold(uses, *reading.table, route);
        }
        keepBest(best, std::move(reading));
    }
    if (!best || !best->table) {
        std::optional<TableReading> commented;
        for (const auto& source : sourcesOf(context, "postgres/")) {
            for (const auto* id : {"postgres.statements", "postgres.sessions"}) {
                auto reading = readTable(context, source, id);
                if (reading.table && uses.empty()) { // sessions only where no statistics of statements are told
                    addCommented(uses, *reading.table, route);
                    keepBest(commented, std::move(reading));
                }
            }
        }
        if (!uses.empty()) {
            best = std::move(commented);
        }
    }
    TableReading reading = best.value_or(TableReading());
    reading.source = kAllInstances;
    if (!reading.table) {
        // A service that tells it tells it with its first answer: what was not read by then never will be.
        const bool untold = reading.status.state == PanelState::Loading && !reading.status.title.isEmpty();
        if (!best || untold || reading.status.state == PanelState::Denied) {
            reading.status.title = Words::tr("Which statements this route runs is not told");
            reading.status.state = PanelState::Empty;
            reading.status.detail =
                Words::tr("Neither the service's telemetry (route_statements) nor a comment in a statement "
                          "(route='\u2026') nor the name of a session (GET /\u2026) tells it.");
        }
        return reading;
    }
    addSessions(uses, context);
    auto table = tableOf(uses, route);
    table.readAt = reading.table->readAt;
    table.readAtUtc = reading.table->readAtUtc;
    table.interval = reading.table->interval;
    reading.table = std::make_shared<const SnapshotTable>(std::move(table));
    return reading;
}

} // namespace binnacle::app
