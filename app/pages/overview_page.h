// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"
#include "backend/history/onset.h"

#include <vector>

class QBoxLayout;

namespace binnacle {
class KpiRow;
class KpiTile;
class LaneView;
class RequestPathView;
class SectionHead;
class SituationSentence;
} // namespace binnacle

namespace binnacle::app {

class InForcePanel;
class LikelyCausePanel;

/// The request path as a live picture: sentence, schematic, figures, the lanes that tell what moved, and what to do
/// next. Nodes and tiles lead to their pages.
class OverviewPage : public LinkedPage {
    Q_OBJECT

public:
    explicit OverviewPage(const PageContext& context, QWidget* parent = nullptr);

    void showReadings() override;
    void showTick() override;
    /// "mover first", "mover next": the crosshair to what moved first, or after the crosshair.
    void showTarget(const QString& target) override;
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showTiles(const PathReading& path);
    void showLanes(const PathReading& path);

    SituationSentence* m_sentence;
    RequestPathView* m_picture;
    KpiRow* m_tiles;
    KpiTile* m_budget; ///< the last of them
    SectionHead* m_lanesHead;
    LaneView* m_lanes;
    LikelyCausePanel* m_cause;
    InForcePanel* m_inForce;
    QWidget* m_sideRule;
    QBoxLayout* m_bottom; ///< the lanes, and beside or above them what is in force
    bool m_allLanes = true;
    std::vector<LineOnset> m_onsets; ///< of the lanes, all of them
    int m_marks = -1;                ///< revision of the audit whose marks the lanes show
};

} // namespace binnacle::app
