// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/trail.h"
#include "app/pages/page.h"

namespace binnacle {
class KeyButton;
}

namespace binnacle::app {

class TablePanel;

/// The statements of one route, and from the selected one to the sessions that run it: by one key (S or Enter) or one
/// click on its name. Esc goes back to the routes.
class RouteStatementsPanel : public QWidget {
    Q_OBJECT

public:
    explicit RouteStatementsPanel(const PageContext& context, QWidget* parent = nullptr);

    /// Shows that route's statements, the one of that name selected if it has it, else the first.
    void showRoute(const QString& route, const QString& statement = {});
    [[nodiscard]] const QString& route() const { return m_route; }
    void showReadings();
    /// Leads on from the selected statement to its sessions; nothing happens when there is none.
    void goOn();
    /// Likewise to its plan.
    void goToPlan();

Q_SIGNALS:
    void closed();
    /// As LinkedPage::pageRequested.
    void pageRequested(const QString& id, const QString& target);

private:
    void select();
    void showActs();
    void lead(const char* where);

    QString m_route;
    QString m_wanted; ///< name of the statement to be selected
    bool m_selected = false;
    TablePanel* m_table;
    KeyButton* m_back;
    KeyButton* m_sessions;
    KeyButton* m_plan;
};

} // namespace binnacle::app
