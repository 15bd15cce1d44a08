// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"

#include <memory>
#include <set>
#include <string>

namespace binnacle {
class KeyButton;
class LaneView;
class SituationSentence;
} // namespace binnacle

namespace binnacle::app {

class SignalLanes;
class TabbedPanels;
class TablePanel;
struct PageSentence;

/// What HAProxy does with the requests: which server gets how many, what waits, fails and is tried again, and the act
/// that takes an instance out of rotation.
class TrafficPage : public LinkedPage {
    Q_OBJECT

public:
    explicit TrafficPage(const PageContext& context, QWidget* parent = nullptr);
    ~TrafficPage() override;

    void showReadings() override;
    void showTick() override;
    /// "server NAME": that server's row.
    void showTarget(const QString& target) override;
    void openPart(int part) override;
    [[nodiscard]] static QStringList parts();
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    using Names = std::set<std::string, std::less<>>;

    void makeTables();
    [[nodiscard]] PageSentence sentence() const;
    /// Proxies that have servers: what is not among them stands in front of them.
    void readBackends();
    void showActs();
    void ask();

    std::shared_ptr<Names> m_backends; ///< shared with the lanes, which outlive no page
    SituationSentence* m_sentence;
    LaneView* m_view;
    std::unique_ptr<SignalLanes> m_lanes;
    TablePanel* m_servers = nullptr;
    TabbedPanels* m_below = nullptr; ///< proxies, and what the instances shed
    KeyButton* m_drain = nullptr;
};

} // namespace binnacle::app
