// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/deadlock_cover.h"
#include "app/models/deadlocks.h"
#include "app/pages/page.h"
#include "app/pages/state_step.h"

#include <QPointer>

#include <vector>

class QTableView;

namespace binnacle {
class KeyButton;
class SectionHead;
class SegmentedControl;
class SqlView;
class StateOverlay;
class WaitForGraph;
} // namespace binnacle

namespace binnacle::app {

class KeyedTable;
class PlainLabel;

/// The autopsy of a deadlock: who waited for whom, both statements (of a ring those of the session that is selected and
/// of whom it waits for), its kind and what ends it; below, the pairs of statements that meet again and again.
class DeadlockPanel : public QWidget {
    Q_OBJECT

public:
    explicit DeadlockPanel(const PageContext& context, QWidget* parent = nullptr);

    void showReading(const TableReading& reading);
    /// Where height is short the pairs give way.
    void setPairsVisible(bool visible);
    /// Newest first.
    [[nodiscard]] const std::vector<Deadlock>& deadlocks() const { return m_deadlocks; }
    /// The server counted more than there are reports of.
    [[nodiscard]] bool lacksReports() const { return m_lacksReports; }

private:
    [[nodiscard]] QWidget* makeStatements();
    [[nodiscard]] QWidget* makeAdvice();
    void showHead(const TableReading& reading);
    void showChoice();
    void showChosen();
    [[nodiscard]] const Deadlock& chosen() const;
    void showStatements();
    void showPairs();
    [[nodiscard]] PanelStatus emptyStatus(const DeadlockCover& cover, std::chrono::nanoseconds age) const;
    [[nodiscard]] QString countedText(const DeadlockCover& cover) const;
    [[nodiscard]] QString momentText(const std::optional<UtcTime>& at) const;

    PageContext m_context;
    TablePtr m_shown;
    std::vector<Deadlock> m_deadlocks;
    QString m_chosen; ///< report that the operator looks at; empty: the newest
    std::vector<QString> m_choices;

    StateStep m_step;

    SectionHead* m_head;
    SegmentedControl* m_choice;
    StateOverlay* m_state;
    QWidget* m_autopsy;
    SectionHead* m_graphHead;
    WaitForGraph* m_graph;
    struct StatementBox {
        SectionHead* head;
        SqlView* sql;
    };
    std::vector<StatementBox> m_statements;
    PlainLabel* m_kind = nullptr;
    PlainLabel* m_what = nullptr;
    PlainLabel* m_fix = nullptr;
    SqlView* m_pattern = nullptr;
    KeyButton* m_copy = nullptr;
    QWidget* m_pairsPart;
    SectionHead* m_pairsHead;
    QTableView* m_pairsView;
    KeyedTable* m_pairs;
    bool m_pairsWanted = true;
    bool m_lacksReports = false;
};

} // namespace binnacle::app
