// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/cohort_lines.h"
#include "app/pages/page.h"
#include "widgets/axis_scale.h"

class QBoxLayout;
class QTableView;

namespace binnacle {
class KeyButton;
class LineChart;
class SectionHead;
class SituationSentence;
struct ResourceView;
} // namespace binnacle

namespace binnacle::app {

class EffectPanel;
class InForceList;
class KeyedTable;
class SharePanel;

/// The share of users that the canary serves: what is wanted, what the load balancer has, how the users really fell,
/// how canary and stable fare side by side, and what the last change did.
class CanaryPage : public Page {
    Q_OBJECT

public:
    explicit CanaryPage(const PageContext& context, QWidget* parent = nullptr);

    void showReadings() override;
    void showTick() override;
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void ask(double percent);
    void showSentence(const ResourceView* share);
    void showShare(const ResourceView* share);
    void showCohorts(const ResourceView* share);
    void showInForce(const ResourceView* share);
    void fitScale();
    void showUndo(const ResourceView* share);
    [[nodiscard]] QWidget* makeSide();

    SituationSentence* m_sentence;
    SharePanel* m_share;
    SectionHead* m_cohortsHead;
    QTableView* m_cohortTable;
    KeyedTable* m_cohorts;
    SectionHead* m_linesHead;
    LineChart* m_lines;
    CohortLine m_canary{"canary"};
    CohortLine m_stable{"stable"};
    SteadyTop m_top;
    QBoxLayout* m_main; ///< the cohorts and their lines
    QWidget* m_side;
    InForceList* m_inForce;
    KeyButton* m_undo;
    EffectPanel* m_effect;
    SectionHead* m_inForceHead;
    QBoxLayout* m_sideParts;
    QWidget* m_sideRule;
    QBoxLayout* m_bottom; ///< the cohorts, and beside or above them what is in force
    QString m_undoReference;
};

} // namespace binnacle::app
