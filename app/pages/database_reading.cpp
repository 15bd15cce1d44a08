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

namespace binnacle::app {

namespace {

constexpr double kOldTransaction = 60; ///< s; as the tables mark it
constexpr std::array kServerColors = {Token::D1, Token::D2, Token::D4, Token::D3};
/// More would be a chart that nobody can read; the tables have the others.
constexpr std::size_t kMostServers = 3;

} // namespace

PageSentence databaseSentence(const PageContext& context) {
    const auto& path = context.path();
    if (!context.hasReading()) {
        return {nothingThenText(), {}};
    }
    const auto& primary = path.primary;
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

std::vector<ServerLane> databaseLanes(std::vector<std::string> servers, const std::string& chosen,
                                      const std::vector<std::string>& standbys) {
    std::vector<ServerLane> lanes;
    const auto name = shownName(chosen);
    servers.resize(std::min(servers.size(), kMostServers));
    for (std::size_t i = 0; i < servers.size(); ++i) {
        ServerLane lane;
        lane.title = DatabasePage::tr("Transactions");
        lane.subtitle = DatabasePage::tr("%1, per second").arg(shownName(servers[i]));
        lane.source = servers[i];
        lane.line = serverLine(LineSpec::Kind::Rate, "postgres.transactions", servers[i]);
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
        lane.judge = [](double value) {
            return value >= PathLimits{}.lagSecondsCritical  ? Concern::Critical
                   : value >= PathLimits{}.lagSecondsCaution ? Concern::Caution
                                                             : Concern::Normal;
        };
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

} // namespace binnacle::app
