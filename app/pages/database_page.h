// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"
#include "app/pages/table_panel.h"
#include "widgets/chart_event.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

class QStackedWidget;

namespace binnacle {
class KeyButton;
class LaneView;
class SegmentedControl;
class SituationSentence;
class SqlView;
} // namespace binnacle

namespace binnacle::app {

class LagPanel;
class LiteralsNotice;
class PlanPanel;
class ServerChoice;
class TrailBar;
struct DatabaseLanes;
struct Trail;
class SessionActs;
class ServerLanes;

/// PostgreSQL by one question at a time: load, sessions, statements, tables, replication, work under way. From a
/// statement to the sessions that run it, and from a session to whom it waits for, it is one key.
class DatabasePage : public LinkedPage {
    Q_OBJECT

public:
    /// In the order of the segments.
    enum Section { Load, Sessions, Statements, Tables, Replication, Work, SectionCount };

    explicit DatabasePage(const PageContext& context, QWidget* parent = nullptr);
    ~DatabasePage() override;

    void showReadings() override;
    void showTick() override;
    /// "statement ID" or "session SOURCE PID": opens the section with that row; "running SHAPE": the sessions that run
    /// that statement; "plan SHAPE": its plan; "server NAME": that server, a standby with what it is behind.
    void showTarget(const QString& target) override;
    void openSection(int section);
    /// By Section.
    [[nodiscard]] static QStringList parts();
    void openPart(int part) override { openSection(part); }
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A part that is shown alone; its panels ask one server, unless they name several.
    struct Part {
        std::vector<TablePanel*> panels;
        bool selected = false; ///< a row has been, by the page or by the operator
    };
    TablePanel* addPanel(Section section, TableLook look, int stretch, QWidget* part);
    [[nodiscard]] QWidget* makeLoad();
    [[nodiscard]] QWidget* makeSessions();
    [[nodiscard]] QWidget* makeStatements();
    [[nodiscard]] QWidget* makePlain(Section section, std::vector<TableLook> looks);
    [[nodiscard]] QWidget* makeReplication();
    void makeLanes();
    void showMarks();
    void selectFirst(int section);
    void showSession();
    void showStatement();
    /// Which sessions are shown: those with that value in that column; all for an empty one.
    struct SessionsOf {
        std::string_view column; ///< "query_id" or "shape"
        std::string value;
    };
    void showSessionsOf(SessionsOf statement, const Trail& trail);
    [[nodiscard]] std::optional<TableRowRef> waitingSession() const;
    void goToBlocker();
    void askPlan();

    SituationSentence* m_sentence;
    LiteralsNotice* m_literals;
    SegmentedControl* m_sections;
    ServerChoice* m_server;
    QStackedWidget* m_stack;
    std::vector<Part> m_parts;
    LaneView* m_laneView = nullptr;
    std::unique_ptr<ServerLanes> m_lanes;
    std::unique_ptr<DatabaseLanes> m_lanesOf; ///< that the lanes were made for
    int m_marks = -1;                         ///< revision of the audit whose marks the lanes show
    std::vector<ChartEvent> m_actionMarks;
    LagPanel* m_lag = nullptr;

    TablePanel* m_sessions = nullptr;
    SessionActs* m_acts = nullptr;
    KeyButton* m_blocker = nullptr;
    KeyButton* m_allSessions = nullptr;
    SqlView* m_sessionSql = nullptr;
    TrailBar* m_trail = nullptr;

    TablePanel* m_statements = nullptr;
    KeyButton* m_toSessions = nullptr;
    KeyButton* m_toPlan = nullptr;
    PlanPanel* m_plan = nullptr;
    SqlView* m_statementSql = nullptr;
};

} // namespace binnacle::app
