// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/keyed_table.h"
#include "app/models/migration_pace.h"
#include "backend/actions/control_view.h"
#include "widgets/mark.h"
#include "widgets/phase_bar.h"
#include "widgets/theme.h"

#include <QString>

namespace binnacle::app {

/// How a state of a migration is called and marked, everywhere alike.
[[nodiscard]] QString stateWordOf(MigrationStatus::State state);
[[nodiscard]] Mark markOf(MigrationStatus::State state);
/// Its statements run, wait, or are taken back: it can be stopped, and not be applied.
[[nodiscard]] bool underWay(MigrationStatus::State state);

/// Without the schema that everybody means: "tasks" for "public.tasks".
[[nodiscard]] QString tableName(const MigrationStatus& migration);

/// The sentence that opens the page.
struct MigrationSentence {
    QString clause;
    QString detail;
    Severity severity = Severity::Normal;
    friend bool operator==(const MigrationSentence&, const MigrationSentence&) = default;
};
[[nodiscard]] MigrationSentence sentenceOf(const MigrationsView& migrations);
/// The migration that the page is about when nobody has chosen one: what runs, then what failed, then what waits to be
/// applied. nullptr: there is none.
[[nodiscard]] const MigrationStatus* mostUrgent(const MigrationsView& migrations);

[[nodiscard]] std::vector<TableColumn> migrationColumns();
[[nodiscard]] std::vector<TableRow> migrationRows(const MigrationsView& migrations);
[[nodiscard]] std::vector<TableColumn> blockerColumns();
[[nodiscard]] std::vector<TableRow> blockerRows(const MigrationStatus& migration);

/// The phases of a migration; `pace` may be missing. `dim`: what is known is late.
[[nodiscard]] PhaseReading phaseOf(const MigrationStatus& migration, const MigrationPace* pace, bool dim);
/// "running 41 %", "not applied": what the rail says; empty when there is nothing to say.
[[nodiscard]] QString railWordOf(const MigrationsView& migrations);

/// How the buttons of a migration stand: empty when it can be done, else why not, for the button's own text.
struct MigrationButtons {
    QString applyNot;
    QString stopNot;
    QString undoNot;
    friend bool operator==(const MigrationButtons&, const MigrationButtons&) = default;
};
[[nodiscard]] MigrationButtons buttonsOf(const MigrationStatus& migration);

} // namespace binnacle::app
