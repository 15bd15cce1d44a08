// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/place_facts.h"

#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"
#include "widgets/decimal_text.h"
#include "widgets/number_text.h"

#include <algorithm>

namespace binnacle::app {

namespace {

constexpr const char* kStack = "stack";
constexpr std::chrono::seconds kWindow{30};
constexpr std::chrono::minutes kRecently{10};
constexpr double kDiskFull = 0.9; ///< of the quota

bool isLive(const SignalStore& store, std::string_view source, SteadyTime now) {
    const auto* update = store.source(source);
    return update != nullptr && sourceStateOf(*update, now) == SourceState::Live;
}

QString said(double value, Quantity quantity) {
    return numberText(value, quantity).joined();
}

/// Seconds per second as the figure of "1.3 ms/s".
QString perSecond(double seconds) {
    const double ms = seconds * 1000;
    return decimalText(ms, ms < 9.95 ? 1 : 0);
}

/// Of all sources that answer, in bytes.
std::optional<double> receivedPerSecond(const SignalStore& store, SteadyTime now) {
    std::optional<double> out;
    for (const auto* entry : store.byId("monitor.bytes")) {
        if (const auto rate = isLive(store, entry->source, now) ? meanRate(*entry, now, kWindow) : std::nullopt) {
            out = out.value_or(0) + *rate;
        }
    }
    return out;
}

} // namespace

PlaceFacts PlaceFacts::read(const SignalStore& store, SteadyTime now) {
    PlaceFacts out;
    out.addProcesses(store, now);
    out.addOwnQueries(store, now);
    out.addDisk(store, now);
    std::ranges::stable_partition(out.facts, [](const StatusFact& fact) { return fact.mark != Mark::None; });
    return out;
}

void PlaceFacts::add(StatusFact fact) {
    facts.push_back(std::move(fact));
}

void PlaceFacts::addOwnQueries(const SignalStore& store, SteadyTime now) {
    std::optional<double> queries;
    std::optional<double> worst;
    for (const auto* entry : store.byId("monitor.query_seconds")) {
        const auto seconds = isLive(store, entry->source, now) ? meanRate(*entry, now, kWindow) : std::nullopt;
        const auto* asked = store.find(entry->source, {"monitor.queries", entry->key.labels});
        const auto rate = asked != nullptr ? meanRate(*asked, now, kWindow) : std::nullopt;
        if (!seconds || !rate) {
            continue;
        }
        queries = queries.value_or(0) + *rate;
        worst = std::max(worst.value_or(0), *seconds);
        details << tr("%1: %2 queries/s of this console, %3 ms/s of waiting for them, the way there and back included")
                       .arg(shownName(entry->source), numberText(*rate, Quantity::Rate).value, perSecond(*seconds));
    }
    const auto received = receivedPerSecond(store, now);
    const auto bytes = received ? said(*received, Quantity::ByteRate) : QString();
    if (received) {
        details << tr("Read from all sources: %1").arg(bytes);
    }
    if (!worst) {
        if (received) {
            add({tr("Own reading"), bytes, Mark::None});
        }
        return;
    }
    const auto budget = perSecond(kMostSecondsPerSecond);
    const auto rate = said(*queries, Quantity::Rate);
    details << tr("Budget: %1 ms/s of each server's own time, which is less than the waiting").arg(budget);
    // Not judged by the budget: on a busy machine most of the waiting is not the server's work.
    auto text = tr("%1, %2 ms/s").arg(rate, perSecond(*worst));
    if (received) {
        text += QStringLiteral(", ") + bytes;
    }
    add({tr("Own queries"), text, Mark::None});
}

void PlaceFacts::addProcesses(const SignalStore& store, SteadyTime now) {
    const auto* update = store.source(kStack);
    const auto table = update != nullptr && update->snapshot && isLive(store, kStack, now)
                           ? update->snapshot->table("stack.processes")
                           : nullptr;
    if (!table) {
        return;
    }
    QStringList down;
    std::size_t running = 0;
    for (std::size_t row = 0; row < table->rowCount(); ++row) {
        const auto name = plain(table->text(row, "name"), 40);
        const auto state = table->text(row, "state");
        const bool runs = state == "running";
        running += runs ? 1 : 0;
        if (table->text(row, "role") == "recorder") {
            addRecorder(store, runs);
        } else if (state == "backoff" || state == "failed") { // what was stopped was meant to be
            down << name;
        }
        if (const auto message = plain(table->text(row, "message"), 120); !runs && !message.isEmpty()) {
            details << tr("%1: %2").arg(name, message);
        }
    }
    details << tr("%1 of %2 processes run").arg(running).arg(table->rowCount());
    if (!down.isEmpty()) {
        add({tr("Down"), down.join(QStringLiteral(", ")), Mark::Caution});
    }
    QStringList restarted;
    for (const auto* entry : store.byId("stack.restarts")) {
        if (meanRate(*entry, now, kRecently).value_or(0) > 0) {
            restarted << plain(entry->key.labels.get("process"), 40);
        }
    }
    if (!restarted.isEmpty()) {
        const auto names = restarted.join(QStringLiteral(", "));
        add({tr("Started again"), names, Mark::Note});
        details << tr("Died and was started again in the last 10 minutes: %1").arg(names);
    }
}

void PlaceFacts::addRecorder(const SignalStore& store, bool runs) {
    if (!runs) {
        add({tr("Recorder"), tr("does not run"), Mark::Caution});
        return;
    }
    const auto* bytes = store.find(kStack, {"stack.recording_bytes", {}});
    const auto* limit = store.find(kStack, {"stack.recording_limit_bytes", {}});
    const bool known = bytes != nullptr && limit != nullptr && bytes->value && limit->value;
    add({tr("Recorder"),
         known ? tr("%1 of %2").arg(said(*bytes->value, Quantity::Bytes), said(*limit->value, Quantity::Bytes))
               : tr("runs")});
}

void PlaceFacts::addDisk(const SignalStore& store, SteadyTime now) {
    const auto value = [&](const char* id) -> std::optional<double> {
        const auto* entry = store.find(kStack, {id, {}});
        return entry != nullptr && isLive(store, kStack, now) ? entry->value : std::nullopt;
    };
    const auto used = value("stack.disk_used_bytes");
    const auto quota = value("stack.disk_quota_bytes");
    if (used && quota && *quota > 0) {
        const auto text = tr("%1 of %2").arg(said(*used, Quantity::Bytes), said(*quota, Quantity::Bytes));
        if (*used > kDiskFull * *quota) {
            add({tr("Disk"), text, Mark::Caution});
        } else { // the line is short, and there is room
            details << tr("Disk") + QStringLiteral(": ") + text;
        }
    }
    if (const auto free = value("stack.disk_free_bytes")) {
        details << tr("%1 free on the disk of the stack").arg(said(*free, Quantity::Bytes));
    }
}

} // namespace binnacle::app
