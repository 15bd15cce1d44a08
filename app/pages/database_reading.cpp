// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/database_reading.h"

#include "app/feed/snapshot_feed.h"
#include "app/models/worded.h"
#include "app/pages/database_page.h"
#include "app/pages/panel_of.h"
#include "app/pages/table_reading.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace binnacle::app {

namespace {

constexpr double kOldTransaction = 60; ///< s; as the tables mark it
constexpr std::array kServerColors = {Token::D1, Token::D2, Token::D4, Token::D3};
/// More would be a chart that nobody can read; the tables have the others.
constexpr std::size_t kMostServers = 3;
/// Classes of wait events that have a lane once somebody waited so. Locks and disk always have one, and waiting for
/// clients or for work is no trouble.
constexpr std::array<std::string_view, 4> kRareWaits = {"BufferPin", "IPC", "LWLock", "Timeout"};

QString waitTitle(std::string_view wait) {
    return wait == "BufferPin" ? DatabasePage::tr("Waiting for a page")
           : wait == "IPC"     ? DatabasePage::tr("Waiting for others")
           : wait == "LWLock"  ? DatabasePage::tr("Waiting for a latch")
                               : DatabasePage::tr("Waiting for a timer");
}

Concern lagConcern(double seconds) {
    return seconds >= PathLimits{}.lagSecondsCritical  ? Concern::Critical
           : seconds >= PathLimits{}.lagSecondsCaution ? Concern::Caution
                                                       : Concern::Normal;
}

/// Of one server, in 1/s over the last five minutes.
double lastingRate(const PageContext& context, const char* id, const std::string& source) {
    double sum = 0;
    for (const auto* entry : context.feed.store().byId(id)) {
        sum += entry->source == source ? meanRate(*entry, context.path().at, std::chrono::seconds(300)).value_or(0) : 0;
    }
    return sum;
}

/// Where no primary is watched: what the standbys say of themselves.
PageSentence standbySentence(const PageContext& context) {
    const auto& path = context.path();
    const auto& worst = path.worstLagSeconds;
    const auto detail = DatabasePage::tr("No primary is watched here; that is what the standbys say of themselves.");
    if (!worst.live() || !worst.value) {
        return {DatabasePage::tr("How far the standbys are behind is not known."), detail};
    }
    const auto lag = numberText(worst.value, Quantity::Duration).joined();
    return {*worst.value >= PathLimits{}.lagSecondsCaution
                ? DatabasePage::tr("%1 is %2 behind.").arg(worded(displayName(path.worstLagStandby)), lag)
                : DatabasePage::tr("Longest lag %1.").arg(lag),
            detail, severityOf(lagConcern(*worst.value))};
}

} // namespace

PageSentence databaseSentence(const PageContext& context) {
    const auto& path = context.path();
    if (!context.hasReading()) {
        return {nothingThenText(), {}};
    }
    const auto& primary = path.primary;
    if (context.feed.store().source(primary.source) == nullptr && !path.replicas.empty()) {
        return standbySentence(context);
    }
    if (primary.state != SourceState::Live && primary.state != SourceState::Loading) {
        return {DatabasePage::tr("The primary does not answer as it should: %1.")
                    .arg(stateWord(panelStateOf(primary.state))),
                DatabasePage::tr("Its last values stand with their age."), Severity::Caution};
    }
    const bool lagKnown = path.worstLagSeconds.live() && path.worstLagSeconds.value;
    const double lag = lagKnown ? *path.worstLagSeconds.value : 0;
    const auto* oldest = [&]() -> const SignalEntry* {
        for (const auto* entry : context.feed.store().byId("postgres.xact.oldest_seconds")) {
            if (entry->source == primary.source) {
                return entry;
            }
        }
        return nullptr;
    }();
    const double open = context.live() && oldest != nullptr ? oldest->value.value_or(0) : 0;
    if (lag >= PathLimits{}.lagSecondsCaution) {
        return {DatabasePage::tr("%1 is %2 behind.")
                    .arg(worded(displayName(path.worstLagStandby)), numberText(lag, Quantity::Duration).joined()),
                DatabasePage::tr("Reads from it are that old."), severityOf(path.worstLagSeconds.concern)};
    }
    if (primary.blocked.value_or(0) > 0) {
        return {*primary.blocked == 1
                    ? DatabasePage::tr("One session waits for a lock.")
                    : DatabasePage::tr("%n sessions wait for a lock.", nullptr, static_cast<int>(*primary.blocked)),
                DatabasePage::tr("The page Locks shows who holds it."), Severity::Caution};
    }
    if (open >= kOldTransaction) {
        return {DatabasePage::tr("A transaction of the primary is open for %1.")
                    .arg(ageText(std::chrono::nanoseconds(static_cast<std::int64_t>(open * 1e9)))),
                DatabasePage::tr("It holds its locks, and vacuum clears nothing newer than it."), Severity::Caution};
    }
    if (const auto fails = lastingRate(context, "postgres.archiver.failed", primary.source); fails > 0) {
        return {DatabasePage::tr("The primary cannot archive its WAL."),
                DatabasePage::tr("Its disk fills until it can, and the last backup grows older."), Severity::Caution};
    }
    QStringList parts;
    if (primary.connections && primary.maxConnections) {
        parts << DatabasePage::tr("%1 of %2 connections")
                     .arg(countText(*primary.connections), countText(*primary.maxConnections));
    }
    if (primary.walBytesPerSecond) {
        parts << DatabasePage::tr("WAL %1").arg(numberText(*primary.walBytesPerSecond, Quantity::ByteRate).joined());
    }
    if (lagKnown) {
        parts << DatabasePage::tr("longest lag %1").arg(numberText(lag, Quantity::Duration).joined());
    }
    const auto clause = primary.transactionsPerSecond
                            ? DatabasePage::tr("%1 transactions on the primary.")
                                  .arg(numberText(*primary.transactionsPerSecond, Quantity::Rate).joined())
                            : DatabasePage::tr("Waiting for the primary\u2019s first two readings.");
    return {clause, parts.isEmpty() ? QString() : parts.join(QStringLiteral(", ")) + QLatin1Char('.')};
}

DatabaseLanes DatabaseLanes::of(const PageContext& context, std::vector<std::string> servers, std::string chosen) {
    DatabaseLanes out;
    const auto& store = context.feed.store();
    const auto now = context.feed.now();
    const auto ever = [&](const SignalEntry& entry) {
        const auto range = entry.series.range(now - LatencyLog::kKept, now);
        return range && range->second > 0;
    };
    const auto any = [&](const char* id) {
        return std::ranges::any_of(store.byId(id),
                                   [&](const SignalEntry* entry) { return entry->source == chosen && ever(*entry); });
    };
    std::set<std::string> standbys;
    for (const auto* entry : store.byId("postgres.replication.lag_seconds")) {
        if (entry->source == chosen) {
            standbys.insert(std::string(entry->key.labels.get("standby")));
        }
    }
    out.standbys.assign(standbys.begin(), standbys.end());
    for (const auto* entry : store.byId("postgres.sessions.waiting")) {
        auto wait = std::string(entry->key.labels.get("class"));
        if (entry->source == chosen && std::ranges::find(kRareWaits, wait) != kRareWaits.end() && ever(*entry)) {
            out.waits.push_back(std::move(wait));
        }
    }
    out.replays = std::ranges::any_of(store.byId("postgres.replay.lag_seconds"),
                                      [&](const SignalEntry* entry) { return entry->source == chosen; });
    out.archivingFails = any("postgres.archiver.failed");
    out.conflicts = any("postgres.conflicts");
    out.servers = std::move(servers);
    out.chosen = std::move(chosen);
    return out;
}

std::vector<ChartEvent> checkpointMarks(const PageContext& context, const std::string& source) {
    std::vector<ChartEvent> marks;
    const auto now = context.feed.now();
    for (const auto* entry : context.feed.store().byId("postgres.checkpoints")) {
        if (entry->source != source) {
            continue;
        }
        for (const auto& sample : entry->series.samples(now - LatencyLog::kKept, now)) {
            if (sample.value > 0) {
                marks.push_back({sample.at, entry->key.labels.get("cause") == "time"
                                                ? DatabasePage::tr("checkpoint")
                                                : DatabasePage::tr("checkpoint, asked for")});
            }
        }
    }
    return marks;
}

Token serverColor(std::size_t place) {
    return kServerColors[place % kServerColors.size()];
}

std::vector<ServerLane> databaseLanes(const DatabaseLanes& of) {
    std::vector<ServerLane> lanes;
    const auto& chosen = of.chosen;
    const auto& standbys = of.standbys;
    const auto name = shownName(chosen);
    for (std::size_t i = 0; i < std::min(of.servers.size(), kMostServers); ++i) {
        ServerLane lane;
        lane.title = DatabasePage::tr("Transactions");
        lane.subtitle = DatabasePage::tr("%1, per second").arg(shownName(of.servers[i]));
        lane.source = of.servers[i];
        lane.line = serverLine(LineSpec::Kind::Rate, "postgres.transactions", of.servers[i]);
        lane.quantity = Quantity::Rate;
        lane.leastTop = 10;
        lane.color = kServerColors[i];
        lane.first = i == 0;
        lanes.push_back(std::move(lane));
    }
    const auto sessionsLane = [&](const QString& title, const char* id, const char* label, const char* value) {
        ServerLane lane;
        lane.title = title;
        lane.subtitle = DatabasePage::tr("sessions, %1").arg(name);
        lane.source = chosen;
        lane.line = serverLine(LineSpec::Kind::Sum, id, chosen, label, value);
        lane.leastTop = 5;
        lane.color = Token::D1;
        lanes.push_back(std::move(lane));
    };
    sessionsLane(DatabasePage::tr("At work"), "postgres.sessions", "state", "active");
    sessionsLane(DatabasePage::tr("Waiting for a lock"), "postgres.sessions.waiting", "class", "Lock");
    lanes.back().judge = [](double value) { return value > 0 ? Concern::Caution : Concern::Normal; };
    sessionsLane(DatabasePage::tr("Waiting for disk"), "postgres.sessions.waiting", "class", "IO");
    for (const auto& wait : of.waits) {
        sessionsLane(waitTitle(wait), "postgres.sessions.waiting", "class", wait.c_str());
    }
    sessionsLane(DatabasePage::tr("Idle in transaction"), "postgres.sessions", "state", "idle in transaction");
    lanes.back().first = false;
    ServerLane wal;
    wal.title = DatabasePage::tr("WAL written");
    wal.subtitle = name;
    wal.source = chosen;
    wal.line = serverLine(LineSpec::Kind::Rate, "postgres.wal.bytes", chosen);
    wal.quantity = Quantity::ByteRate;
    wal.leastTop = 1e6;
    lanes.push_back(std::move(wal));
    const auto rareLane = [&](const QString& title, const QString& subtitle, const char* id) {
        ServerLane lane;
        lane.title = title;
        lane.subtitle = subtitle;
        lane.source = chosen;
        lane.line = serverLine(LineSpec::Kind::Rate, id, chosen);
        lane.quantity = Quantity::Rate;
        lane.judge = [](double perSecond) { return perSecond > 0 ? Concern::Caution : Concern::Normal; };
        lanes.push_back(std::move(lane));
    };
    if (of.archivingFails) {
        rareLane(DatabasePage::tr("Archiving fails"), DatabasePage::tr("attempts, %1").arg(name),
                 "postgres.archiver.failed");
    }
    if (of.conflicts) {
        rareLane(DatabasePage::tr("Cancelled by replay"), DatabasePage::tr("statements, %1").arg(name),
                 "postgres.conflicts");
    }
    if (of.replays) {
        ServerLane lane;
        lane.title = DatabasePage::tr("Replay lag");
        lane.subtitle = DatabasePage::tr("as %1 says").arg(name);
        lane.source = chosen;
        lane.line = serverLine(LineSpec::Kind::Largest, "postgres.replay.lag_seconds", chosen);
        lane.quantity = Quantity::Duration;
        lane.leastTop = PathLimits{}.lagSecondsCaution;
        lane.color = kServerColors[1];
        lane.judge = &lagConcern;
        lanes.push_back(lane);
        lane.title = DatabasePage::tr("Not replayed");
        lane.subtitle = name;
        lane.line = serverLine(LineSpec::Kind::Largest, "postgres.replay.lag_bytes", chosen);
        lane.quantity = Quantity::Bytes;
        lane.leastTop = 1e6;
        lane.judge = nullptr;
        lane.first = false;
        lanes.push_back(std::move(lane));
    }
    for (std::size_t i = 0; i < std::min(standbys.size(), kMostServers); ++i) {
        ServerLane lane;
        lane.title = DatabasePage::tr("Replay lag");
        lane.subtitle = plain(standbys[i]).replace(QLatin1Char('-'), QLatin1Char(' '));
        lane.source = chosen;
        lane.line =
            serverLine(LineSpec::Kind::Largest, "postgres.replication.lag_seconds", chosen, "standby", standbys[i]);
        lane.quantity = Quantity::Duration;
        lane.leastTop = PathLimits{}.lagSecondsCaution;
        lane.color = kServerColors[(i + 1) % kServerColors.size()];
        lane.judge = &lagConcern;
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

} // namespace binnacle::app
