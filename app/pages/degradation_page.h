// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

#include <array>
#include <initializer_list>
#include <optional>

class QTableView;

namespace binnacle {
class KeyButton;
class LaneView;
class LeaseBar;
class LevelCard;
class PredictionBars;
class SectionHead;
class SituationSentence;
} // namespace binnacle

namespace binnacle::app {

class EffectPanel;
class KeyedTable;
class PlainLabel;

/// The degradation level: what each level turns off and is expected to bring, the one in force with its lease, where it
/// has arrived, and what the last change did. With control away it tells what the instances say, and acts by
/// break-glass.
class DegradationPage : public Page {
    Q_OBJECT

public:
    explicit DegradationPage(const PageContext& context, QWidget* parent = nullptr);

    void showReadings() override;
    void showTick() override;
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showLanesWhereThereIsRoom();
    static constexpr int kLevels = 4;
    QWidget* makeLevels();
    QTableView* makeTable(KeyedTable* rows, const QString& name, std::initializer_list<int> widths);
    void addKey(const QString& keys, int level);
    void ask(int level);
    void showLevels(const ControlView* view, std::optional<std::int64_t> shown);
    void showButtons();
    void showLease();
    void showFeatures(const ControlView* view, std::optional<std::int64_t> now);
    void showEffect(const ControlView* view);
    [[nodiscard]] QString noticeText() const;

    SituationSentence* m_sentence;
    PlainLabel* m_notice;
    std::array<LevelCard*, kLevels> m_cards{};
    std::array<KeyButton*, kLevels> m_buttons{};
    LeaseBar* m_lease;
    SectionHead* m_featureHead;
    KeyedTable* m_features;
    bool m_wide = true;
    QTableView* m_featureTable;
    PlainLabel* m_noFeatures;
    EffectPanel* m_effect;
    LaneView* m_lanes;
    int m_marks = -1; ///< revision of the audit whose marks the lanes show
    QWidget* m_side;
    SectionHead* m_predictionHead;
    PredictionBars* m_prediction;
    SectionHead* m_instanceHead;
    KeyedTable* m_instances;
    QTableView* m_instanceTable;
    std::optional<std::int64_t> m_current; ///< in force now, whatever time is shown: what the buttons go by
};

} // namespace binnacle::app
