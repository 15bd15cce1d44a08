// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/migration_pace.h"
#include "app/pages/page.h"
#include "widgets/panel_status.h"

class QTableView;

namespace binnacle {
class SectionHead;
class SituationSentence;
class StateOverlay;
struct MigrationsView;
} // namespace binnacle

namespace binnacle::app {

class KeyedTable;
class MigrationDetail;

/// The migrations of the catalogue, who stands in the way, and the chosen one with its progress and its three acts.
class MigrationsPage : public Page {
    Q_OBJECT

public:
    explicit MigrationsPage(const PageContext& context, QWidget* parent = nullptr);

    void showReadings() override;
    void showTick() override;
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void keepPace();
    void showSentence(const MigrationsView* migrations);
    /// Control's state, or that of its last look at the primary where that is the older one.
    [[nodiscard]] PanelStatus statusOf(const MigrationsView* migrations) const;
    void showTables(const MigrationsView* migrations, const PanelStatus& status);
    void showDetail(const MigrationsView* migrations, const PanelStatus& status);
    [[nodiscard]] QString chosen() const;
    void act(const char* action);
    void undo();
    [[nodiscard]] QWidget* makeLists();

    SituationSentence* m_sentence;
    SectionHead* m_listHead = nullptr;
    QTableView* m_list = nullptr;
    KeyedTable* m_rows;
    SectionHead* m_blockersHead = nullptr;
    QTableView* m_blockers = nullptr;
    KeyedTable* m_blockerRows;
    MigrationDetail* m_detail;
    MigrationPaces m_paces;
    bool m_choosing = false; ///< the page chooses a row, not the operator
    bool m_chosen = false;   ///< the operator has chosen one
};

} // namespace binnacle::app
