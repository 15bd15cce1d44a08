// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/in_force_list.h"
#include "app/pages/page.h"

#include <optional>
#include <vector>

class QBoxLayout;

namespace binnacle {
class KeyButton;
class SectionHead;
} // namespace binnacle

namespace binnacle::app {

class LastActionPanel;

/// The side column of the overview: degradation level with its lease and canary share as the instances and HAProxy tell
/// them, each with the act that fits, a migration that is under way, what operators hold, the demo traffic of a bundled
/// stack with its one button, and the receipt of the last act.
class InForcePanel : public QWidget {
    Q_OBJECT

public:
    explicit InForcePanel(const PageContext& context, QWidget* parent = nullptr);
    void showReadings();
    /// One line above what it stands beside otherwise: without the receipt of the last act, which Ctrl+Z and the time
    /// axis have.
    void setFolded(bool folded);

protected:
    void resizeEvent(QResizeEvent* event) override;

Q_SIGNALS:
    /// As LinkedPage::pageRequested.
    void pageRequested(const QString& id, const QString& target);

private:
    [[nodiscard]] InForceRow degradation(const PathReading& path) const;
    [[nodiscard]] InForceRow canary(const PathReading& path) const;
    /// Nothing while none is under way.
    [[nodiscard]] std::optional<InForceRow> migration() const;
    /// What operators took out of rotation, paused or resized, and control holds so; nothing while there is none.
    [[nodiscard]] std::optional<InForceRow> holds() const;
    /// A button beside a row that is shown; none without a row.
    void placeButton(KeyButton& button, std::optional<std::size_t> row);
    [[nodiscard]] InForceRow traffic(const PathReading& path) const;
    void toggleTraffic();
    void offerActs(std::vector<InForceRow>& rows);

    PageContext m_context;
    SectionHead* m_head;
    InForceList* m_list;
    KeyButton* m_extend;
    KeyButton* m_shareOff;
    KeyButton* m_openMigration;
    KeyButton* m_openHolds;
    LastActionPanel* m_lastAction;
    std::optional<std::int64_t> m_level;
    KeyButton* m_traffic;
    QBoxLayout* m_column;
    bool m_folded = false;
};

} // namespace binnacle::app
