// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/migration_words.h"
#include "widgets/panel_status.h"

#include <QWidget>

namespace binnacle {
class KeyButton;
class KpiRow;
class LineChart;
class PhaseBar;
class SectionHead;
class SqlView;
class TimeContext;
} // namespace binnacle

namespace binnacle::app {

class PlainLabel;

/// One migration: what it is, how far it has come, what it says, and its two statements.
class MigrationDetail : public QWidget {
    Q_OBJECT

public:
    explicit MigrationDetail(TimeContext& time, QWidget* parent = nullptr);

    /// Which rights miss: empty, or why not, for applying (and undoing) and for stopping.
    struct Rights {
        QString applyNot;
        QString stopNot;
    };
    /// `migration` may be missing: then the panel says what `status` says. `current` is the same migration as of now,
    /// which the buttons go by whatever time is shown; `now` is the time that is shown.
    void showMigration(const MigrationStatus* migration, const MigrationStatus* current, const MigrationPace* pace,
                       const PanelStatus& status, UtcTime now, const Rights& rights);
    /// The line over time; ten times a second.
    void showLine(const MigrationPace* pace);
    /// Where height is short the figures' row and the reversal give way.
    void setShort(bool isShort);

Q_SIGNALS:
    void applyAsked();
    void stopAsked();
    void undoAsked();

private:
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeStatements();
    void showFigures(const MigrationStatus* migration, const PanelStatus& status, UtcTime now);
    void showButtons(const MigrationStatus* current, const Rights& rights);
    void showStatements(const MigrationStatus& migration);

    SectionHead* m_head = nullptr;
    KeyButton* m_apply = nullptr;
    KeyButton* m_stop = nullptr;
    KeyButton* m_undo = nullptr;
    PhaseBar* m_phases;
    PlainLabel* m_message;
    KpiRow* m_figures;
    SectionHead* m_lineHead = nullptr;
    LineChart* m_line;
    QWidget* m_statements = nullptr;
    bool m_short = false;
    PlainLabel* m_lock = nullptr;
    SqlView* m_statement = nullptr;
    SqlView* m_revert = nullptr;
};

} // namespace binnacle::app
