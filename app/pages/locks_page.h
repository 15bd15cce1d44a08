// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"
#include "app/pages/state_step.h"

#include <memory>
#include <string>

namespace binnacle {
class LaneView;
class SectionHead;
class SituationSentence;
class SqlView;
class StateOverlay;
} // namespace binnacle

namespace binnacle::app {

class BlockingTree;
class BlockingView;
class DeadlockPanel;
class ServerChoice;
class ServerLanes;
class SessionActs;
class LiteralsNotice;
class TrailBar;

/// Who waits for whom now, with the acts that end it, and what of the deadlocks can be learnt.
class LocksPage : public LinkedPage {
    Q_OBJECT

public:
    explicit LocksPage(const PageContext& context, QWidget* parent = nullptr);
    ~LocksPage() override;

    void showReadings() override;
    void showTick() override;
    /// "SOURCE PID": selects whom that session waits for, else the session itself.
    void showTarget(const QString& target) override;
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] QWidget* makeTree();
    void showTree(const TableReading& reading);
    void showSelection();
    void showSentence(const TableReading& reading);
    void showMarks();
    void makeLane();
    void showWay();

    SituationSentence* m_sentence;
    LiteralsNotice* m_literals;
    TrailBar* m_trail;
    LaneView* m_lane;
    std::unique_ptr<ServerLanes> m_waiting; ///< of m_shownSource
    SectionHead* m_treeHead = nullptr;
    ServerChoice* m_server = nullptr;
    SessionActs* m_acts = nullptr;
    BlockingTree* m_tree;
    BlockingView* m_view = nullptr;
    StateOverlay* m_state = nullptr;
    SqlView* m_statement = nullptr;
    DeadlockPanel* m_deadlocks;
    std::string m_shownSource;
    bool m_chosen = false;   ///< the operator has chosen a session
    bool m_choosing = false; ///< the page chooses, not the operator
    StateStep m_step;
    QString m_markedDeadlock; ///< the newest whose mark the lane shows
    int m_marks = -1;         ///< revision of the audit whose marks it shows
};

} // namespace binnacle::app
