// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/migration_words.h"

#include "app/models/worded.h"
#include "app/pages/panel_of.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace binnacle::app {

using State = MigrationStatus::State;

namespace {

/// Below this a table shows neither phases nor progress: they are over before anybody looks.
constexpr std::int64_t kFewRows = 50'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Migration)
};

QString titleOf(const MigrationStatus& migration) {
    return plain(migration.title.empty() ? migration.id : migration.title);
}

QString shareOf(const MigrationStatus& migration) {
    if (migration.state == State::Applied) {
        return numberText(1.0, Quantity::Share).joined();
    }
    if (!underWay(migration.state) || !migration.progress || migration.progress->total <= 0) {
        return absentText();
    }
    const auto& progress = *migration.progress;
    return numberText(std::clamp(static_cast<double>(progress.done) / static_cast<double>(progress.total), 0.0, 1.0),
                      Quantity::Share)
        .joined();
}

/// "tasks_by_assignee 20261101120000": what tells migrations apart comes first, where room is short.
QString nameFirst(const std::string& id) {
    const auto text = plain(id);
    const auto cut = text.indexOf(QLatin1Char('_'));
    return cut <= 0 ? text : text.mid(cut + 1) + QLatin1Char(' ') + text.left(cut);
}

QString countOf(std::int64_t value) {
    return countText(static_cast<double>(value));
}

QString seedHint(const MigrationStatus& migration) {
    return migration.tableRows >= kFewRows
               ? QString()
               : Words::tr("Table %1 has %2 rows: \u201c" // lupdate reads up to five digits
                           "binnacle-load seed --rows 500000\u201d fills it, so that there is "
                           "something to watch.")
                     .arg(tableName(migration), countOf(migration.tableRows));
}

QString waitsFor(const MigrationStatus& migration) {
    return migration.blockers.size() == 1 ? Words::tr("1 session")
                                          : Words::tr("%1 sessions").arg(migration.blockers.size());
}

QString blockerOf(const MigrationBlocker& blocker) {
    const auto application = plain(blocker.application);
    const auto age = numberText(std::chrono::duration<double>(blocker.transactionAge).count(), Quantity::Duration);
    return Words::tr("Process %1 of %2, %3 for %4.")
        .arg(QString::number(blocker.pid),
             application.isEmpty() ? plain(blocker.user) : Words::tr("%1 (%2)").arg(plain(blocker.user), application),
             blocker.state.empty() ? Words::tr("open") : worded(blocker.state), age.joined());
}

/// How loudly a state asks to be looked at: the sentence and the first selection go by it.
int rankOf(const MigrationStatus& migration) {
    switch (migration.state) {
    case State::Waiting:
        return 0;
    case State::Running:
        return 1;
    case State::Stopping:
    case State::Reverting:
        return 2;
    case State::Failed:
        return 3;
    case State::Unknown:
        return 4;
    case State::Stopped:
        return 5;
    case State::Pending:
        return 6;
    case State::Applied:
        break;
    }
    return 7;
}

} // namespace

QString tableName(const MigrationStatus& migration) {
    const auto name = plain(migration.table);
    return name.startsWith(QStringLiteral("public.")) ? name.mid(7) : name;
}

QString stateWordOf(State state) {
    switch (state) {
    case State::Pending:
        return Words::tr("not applied");
    case State::Running:
        return Words::tr("running");
    case State::Waiting:
        return Words::tr("waiting");
    case State::Stopping:
        return Words::tr("stopping");
    case State::Stopped:
        return Words::tr("stopped");
    case State::Failed:
        return Words::tr("failed");
    case State::Applied:
        return Words::tr("applied");
    case State::Reverting:
        return Words::tr("being undone");
    case State::Unknown:
        break;
    }
    return Words::tr("not known");
}

Mark markOf(State state) {
    switch (state) {
    case State::Running:
    case State::Reverting:
        return Mark::Normal;
    case State::Waiting:
        return Mark::Caution;
    case State::Stopping:
    case State::Stopped:
        return Mark::Held;
    case State::Failed:
        return Mark::Critical;
    case State::Applied:
        return Mark::Proof;
    case State::Unknown:
        return Mark::Lost;
    case State::Pending:
        break;
    }
    return Mark::None;
}

bool underWay(State state) {
    return state == State::Running || state == State::Waiting || state == State::Stopping || state == State::Reverting;
}

const MigrationStatus* mostUrgent(const MigrationsView& migrations) {
    const auto found = std::ranges::min_element(migrations.rows, {}, rankOf);
    return found == migrations.rows.end() ? nullptr : &*found;
}

MigrationSentence sentenceOf(const MigrationsView& migrations) {
    const auto* first = mostUrgent(migrations);
    const auto problem = worded(migrations.problem);
    if (first == nullptr) {
        return problem.isEmpty()
                   ? MigrationSentence{Words::tr("The catalogue holds no migration."), {}, Severity::Normal}
                   : MigrationSentence{Words::tr("The migrations can\u2019t be told."), problem, Severity::Caution};
    }
    const auto title = titleOf(*first);
    const auto message = worded(first->message);
    MigrationSentence out;
    out.detail = message;
    switch (first->state) {
    case State::Running:
        out.clause = Words::tr("%1: it runs.").arg(title);
        if (first->progress) {
            out.detail =
                Words::tr("%1, %2. Reads and writes go on.").arg(worded(first->progress->phase), shareOf(*first));
        }
        break;
    case State::Waiting:
        out.severity = Severity::Caution;
        out.clause = first->blockers.empty() ? Words::tr("%1: it waits.").arg(title)
                                             : Words::tr("%1: it waits for %2.").arg(title, waitsFor(*first));
        if (!first->blockers.empty()) {
            out.detail = blockerOf(*std::ranges::max_element(first->blockers, {}, &MigrationBlocker::transactionAge));
        }
        break;
    case State::Stopping:
        out.clause = Words::tr("%1: it stops and cleans up.").arg(title);
        break;
    case State::Reverting:
        out.clause = Words::tr("%1: it is being undone.").arg(title);
        break;
    case State::Failed:
        out.severity = Severity::Critical;
        out.clause = Words::tr("%1: it failed and is cleaned up.").arg(title);
        break;
    case State::Unknown:
        out.severity = Severity::Caution;
        out.clause = Words::tr("%1: how it stands is not known.").arg(title);
        break;
    case State::Stopped:
        out.clause = Words::tr("%1: stopped and cleaned up.").arg(title);
        if (message.isEmpty()) {
            out.detail = Words::tr("It can be applied again.");
        }
        break;
    case State::Pending: {
        const auto pending = std::ranges::count(migrations.rows, State::Pending, &MigrationStatus::state);
        out.clause = pending == 1 ? Words::tr("%1: not applied yet.").arg(title)
                                  : Words::tr("%1 migrations are not applied yet.").arg(pending);
        out.detail = message.isEmpty() ? seedHint(*first) : message;
        break;
    }
    case State::Applied:
        out.clause = migrations.rows.size() == 1
                         ? Words::tr("%1: applied.").arg(title)
                         : Words::tr("All %1 migrations are applied.").arg(migrations.rows.size());
        break;
    }
    if (!problem.isEmpty()) {
        out.detail = problem;
        out.severity = std::max(out.severity, Severity::Caution);
    }
    return out;
}

std::vector<TableColumn> migrationColumns() {
    return {{Words::tr("Migration"), false},
            {Words::tr("Table"), false},
            {Words::tr("Of phase"), true},
            {Words::tr("State"), false}};
}

std::vector<TableRow> migrationRows(const MigrationsView& migrations) {
    std::vector<TableRow> rows;
    constexpr std::size_t kMostRows = 200;
    for (const auto& migration : migrations.rows) {
        if (rows.size() >= kMostRows) {
            break;
        }
        rows.push_back({QString::fromStdString(migration.id),
                        {{nameFirst(migration.id), Mark::None, Type::Mono, Token::Ink, plain(migration.id)},
                         {tableName(migration), Mark::None, Type::Label, Token::Ink2, {}},
                         {shareOf(migration), Mark::None, Type::LabelStrong, Token::Ink, {}},
                         {stateWordOf(migration.state), markOf(migration.state), Type::Label, Token::Ink,
                          worded(migration.message)}}});
    }
    return rows;
}

std::vector<TableColumn> blockerColumns() {
    return {{Words::tr("Process"), false},
            {Words::tr("User"), false},
            {Words::tr("Application"), false},
            {Words::tr("Open for"), true},
            {Words::tr("What it holds"), false}};
}

std::vector<TableRow> blockerRows(const MigrationStatus& migration) {
    std::vector<TableRow> rows;
    constexpr std::size_t kMostRows = 100;
    for (const auto& blocker : migration.blockers) {
        if (rows.size() >= kMostRows) {
            break;
        }
        const auto query = plain(blocker.query);
        const auto state = worded(blocker.state);
        const auto holds = query.isEmpty() ? state : state.isEmpty() ? query : state + QStringLiteral(": ") + query;
        rows.push_back(
            {QString::number(blocker.pid),
             {{QString::number(blocker.pid), Mark::Caution, Type::LabelStrong, Token::Ink, {}},
              {plain(blocker.user), Mark::None, Type::Label, Token::Ink2, plain(blocker.user)},
              {plain(blocker.application), Mark::None, Type::Label, Token::Ink2, plain(blocker.application)},
              {numberText(std::chrono::duration<double>(blocker.transactionAge).count(), Quantity::Duration).joined(),
               Mark::None,
               Type::LabelStrong,
               Token::Ink,
               {}},
              {holds, Mark::None, Type::Label, Token::Ink2, holds}}});
    }
    return rows;
}

PhaseReading phaseOf(const MigrationStatus& migration, const MigrationPace* pace, bool dim) {
    PhaseReading reading;
    reading.dim = dim;
    // The phases of a concurrent build; control tells them while one runs.
    constexpr int kPhases = 10;
    reading.count = kPhases;
    if (migration.state == State::Applied) {
        reading.finished = reading.count;
        reading.title = Words::tr("All phases are done");
        return reading;
    }
    if (!underWay(migration.state) || !migration.progress) {
        reading.title = underWay(migration.state) ? stateWordOf(migration.state) : Words::tr("No phase runs");
        return reading;
    }
    const auto& progress = *migration.progress;
    reading.number = progress.phaseNumber;
    reading.count = progress.phaseCount;
    reading.finished = progress.phaseNumber - 1;
    reading.title = worded(progress.phase);
    reading.waits = waits(progress);
    const auto unit = worded(progress.unit);
    if (progress.total > 0) {
        reading.share = static_cast<double>(progress.done) / static_cast<double>(progress.total);
        reading.figures = Words::tr("%1 of %2 %3").arg(countOf(progress.done), countOf(progress.total), unit);
    } else if (progress.done > 0) {
        reading.figures = Words::tr("%1 %2, of how many is not told").arg(countOf(progress.done), unit);
    } else if (reading.number > 0) {
        reading.figures = Words::tr("PostgreSQL does not tell how far this phase is");
    }
    const auto perSecond = pace != nullptr && !reading.waits ? pace->perSecond() : std::nullopt;
    if (perSecond) {
        reading.aside = Words::tr("%1 %2/s").arg(countText(*perSecond), unit);
        if (const auto left = pace->phaseLeft()) {
            const auto text = numberText(std::max(1.0, static_cast<double>(left->count())), Quantity::Duration);
            reading.aside += Words::tr(", about %1 left of this phase")
                                 .arg(left->count() < 60 ? Words::tr("%1 s").arg(std::max<long long>(1, left->count()))
                                                         : text.joined());
        }
    }
    return reading;
}

QString railWordOf(const MigrationsView& migrations) {
    const auto* first = mostUrgent(migrations);
    if (first == nullptr) {
        return {};
    }
    return stateWordOf(first->state);
}

MigrationButtons buttonsOf(const MigrationStatus& migration) {
    MigrationButtons out;
    switch (migration.state) {
    case State::Pending:
    case State::Stopped:
    case State::Failed:
        out.stopNot = Words::tr("Stop: not running");
        out.undoNot = Words::tr("Undo: not applied");
        break;
    case State::Applied:
        out.applyNot = Words::tr("Apply: applied");
        out.stopNot = Words::tr("Stop: not running");
        break;
    case State::Running:
    case State::Waiting:
        out.applyNot = Words::tr("Apply: runs");
        out.undoNot = Words::tr("Undo: runs, stop it first");
        break;
    case State::Stopping:
        out.applyNot = Words::tr("Apply: stops");
        out.stopNot = Words::tr("Stop: stops already");
        out.undoNot = Words::tr("Undo: stops");
        break;
    case State::Reverting:
        out.applyNot = Words::tr("Apply: being undone");
        out.undoNot = Words::tr("Undo: being undone");
        break;
    case State::Unknown:
        out.applyNot = Words::tr("Apply: state not known");
        out.stopNot = Words::tr("Stop: state not known");
        out.undoNot = Words::tr("Undo: state not known");
        break;
    }
    return out;
}

} // namespace binnacle::app
