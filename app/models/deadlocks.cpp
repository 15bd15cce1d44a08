// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/deadlocks.h"

#include "app/pages/panel_of.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

#include <algorithm>
#include <functional>
#include <map>

namespace binnacle::app {

namespace {

constexpr qsizetype kMostStatement = 20000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Deadlock)
};

std::optional<UtcTime> momentOf(std::string_view iso) {
    const auto at =
        QDateTime::fromString(QString::fromLatin1(iso.data(), static_cast<qsizetype>(iso.size())), Qt::ISODateWithMs);
    return at.isValid() ? std::optional(UtcTime(std::chrono::milliseconds(at.toMSecsSinceEpoch()))) : std::nullopt;
}

std::int64_t whole(std::optional<double> number) {
    return number ? static_cast<std::int64_t>(*number) : 0;
}

/// Relations in the order in which they are named.
QStringList relationsOf(const Deadlock& deadlock) {
    QStringList out;
    for (const auto& session : deadlock.sessions) {
        if (!session.relation.isEmpty() && !out.contains(session.relation)) {
            out << session.relation;
        }
    }
    return out;
}

} // namespace

std::vector<Deadlock> deadlocksOf(const SnapshotTable& reports) {
    std::vector<Deadlock> out;
    for (std::size_t row = 0; row < reports.rowCount(); ++row) {
        const auto report = plain(reports.text(row, "report"));
        auto known = std::ranges::find(out, report, &Deadlock::report);
        if (known == out.end()) {
            Deadlock fresh;
            fresh.report = report;
            fresh.at = momentOf(reports.text(row, "at"));
            fresh.kind = plain(reports.text(row, "class"));
            known = out.insert(out.end(), std::move(fresh));
        }
        DeadlockSession session;
        session.pid = whole(reports.number(row, "pid"));
        session.waitsFor = whole(reports.number(row, "blocked_by_pid"));
        session.cancelled = reports.number(row, "cancelled") == 1.0;
        session.user = plain(reports.text(row, "user"));
        session.application = plain(reports.text(row, "application"));
        session.route = plain(reports.text(row, "route"));
        session.lock = plain(reports.text(row, "waits_mode"));
        session.on = plain(reports.text(row, "waits_on"));
        session.relation = plain(reports.text(row, "relation"));
        const auto statement = reports.text(row, "statement");
        session.statement =
            QString::fromUtf8(statement.data(), std::min(static_cast<qsizetype>(statement.size()), kMostStatement));
        known->sessions.push_back(std::move(session));
    }
    std::ranges::reverse(out); // the table has the newest last
    return out;
}

std::vector<DeadlockPair> pairsOf(const std::vector<Deadlock>& deadlocks, UtcTime now) {
    std::map<QStringList, DeadlockPair> pairs;
    for (const auto& deadlock : deadlocks) {
        QStringList statements;
        for (const auto& session : deadlock.sessions) {
            statements << session.statement.simplified();
        }
        statements.sort();
        auto& pair = pairs[QStringList(deadlock.kind) + statements];
        if (pair.count++ == 0) {
            pair.kind = deadlock.kind;
            pair.first = statements.value(0);
            pair.second = statements.value(1);
            pair.relations = relationsOf(deadlock).join(QStringLiteral(", "));
        }
        pair.last = std::max(pair.last, deadlock.at);
        const auto ago = deadlock.at ? std::max<UtcTime::duration>(now - *deadlock.at, {}) : std::chrono::hours(24);
        if (const auto hours = static_cast<std::size_t>(ago / std::chrono::hours(1)); hours < pair.perHour.size()) {
            ++pair.perHour[pair.perHour.size() - 1 - hours];
        }
    }
    std::vector<DeadlockPair> out;
    for (auto& [statements, pair] : pairs) {
        out.push_back(std::move(pair));
    }
    std::ranges::stable_sort(out, std::ranges::greater(), &DeadlockPair::count);
    return out;
}

QString deadlockKindText(const QString& kind) {
    if (kind == QLatin1String("lock order")) {
        return Words::tr("lock order");
    }
    if (kind == QLatin1String("foreign key")) {
        return Words::tr("foreign key");
    }
    return kind == QLatin1String("index") ? Words::tr("index") : Words::tr("other");
}

DeadlockAdvice adviceFor(const Deadlock& deadlock) {
    DeadlockAdvice advice;
    advice.kind = deadlockKindText(deadlock.kind);
    const auto relations = relationsOf(deadlock);
    const auto table = relations.value(0, Words::tr("the_table"));
    if (deadlock.kind == QLatin1String("lock order")) {
        advice.what =
            Words::tr("Rows are locked in two orders: each of the sessions holds what the other one needs next.");
        advice.fix = Words::tr("Lock in key order, in one statement, before the first change:");
        advice.sql = QStringLiteral("SELECT id FROM %1\nWHERE id = ANY($1)\nORDER BY id FOR UPDATE").arg(table);
    } else if (deadlock.kind == QLatin1String("foreign key")) {
        advice.what =
            Words::tr("A change of a row that refers to another locks that one, too, to keep the reference whole.");
        advice.fix = Words::tr("Lock the row that is referred to first, in every transaction that changes both:");
        advice.sql = QStringLiteral("SELECT id FROM %1\nWHERE id = $1\nFOR NO KEY UPDATE").arg(table);
    } else if (deadlock.kind == QLatin1String("index")) {
        advice.what =
            Words::tr("Both insert keys that a unique index holds apart, and each waits for the other to decide.");
        advice.fix = Words::tr("Insert in key order, and let the later one give way:");
        advice.sql =
            QStringLiteral("INSERT INTO %1 \u2026\nSELECT \u2026 ORDER BY id\nON CONFLICT DO NOTHING").arg(table);
    } else {
        advice.what = Words::tr("What is told of it does not show which rule was broken.");
        advice.fix =
            Words::tr("The one that was cancelled can be sent again as a whole. If it comes back, take the locks of "
                      "both in the same order.");
    }
    return advice;
}

} // namespace binnacle::app
