// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"

#include <memory>

class QHBoxLayout;
class QLineEdit;

namespace binnacle {
class KeyButton;
class LaneView;
class SituationSentence;
} // namespace binnacle

namespace binnacle::app {

class SignalLanes;
class SizingPanel;
class TabbedPanels;
class TablePanel;
class WaitPanel;
struct PageSentence;

/// Who waits for a connection and why: the application's pools, pgBouncer's, what the load needs, and the acts on a
/// pool of pgBouncer.
class PoolsPage : public LinkedPage {
    Q_OBJECT

public:
    explicit PoolsPage(const PageContext& context, QWidget* parent = nullptr);
    ~PoolsPage() override;

    void showReadings() override;
    void showTick() override;
    void showTarget(const QString&) override {} // all of it is in view
    void openPart(int part) override;
    [[nodiscard]] static QStringList parts();
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeAppPools();
    void makeBouncer();
    /// What is no table of pgBouncer: how long was waited, and, in a narrow window, what the load needs.
    void addCharts();
    void placeSizing(bool beside);
    [[nodiscard]] PageSentence sentence() const;
    /// The pool that the acts are on: the selected one, or the only one; empty: none.
    [[nodiscard]] std::string chosenPool() const;
    void showActs();
    void ask(const char* action);

    SituationSentence* m_sentence;
    LaneView* m_view;
    std::unique_ptr<SignalLanes> m_lanes;
    QWidget* m_sideRule;
    SizingPanel* m_sizing;
    QHBoxLayout* m_top = nullptr;
    QWidget* m_sizingTab = nullptr;
    int m_sizingIndex = 0; ///< of its tab
    WaitPanel* m_waits = nullptr;
    TablePanel* m_appPools = nullptr;
    TabbedPanels* m_bouncer = nullptr;
    TablePanel* m_pools = nullptr;
    KeyButton* m_pause = nullptr;
    KeyButton* m_resume = nullptr;
    QLineEdit* m_size = nullptr;
    KeyButton* m_resize = nullptr;
};

} // namespace binnacle::app
