// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/linked_page.h"

#include <memory>

class QLineEdit;

namespace binnacle {
class BucketHistogram;
class KeyButton;
class LaneView;
class SectionHead;
class SegmentedControl;
class SituationSentence;
} // namespace binnacle

namespace binnacle::app {

class SignalLanes;
class TabbedPanels;
class TablePanel;
struct PageSentence;

/// How much the cache spares the database, what Redis does for it, and the act that empties a part of it.
class CachePage : public LinkedPage {
    Q_OBJECT

public:
    explicit CachePage(const PageContext& context, QWidget* parent = nullptr);
    ~CachePage() override;

    void showReadings() override;
    void showTick() override;
    void showTarget(const QString&) override {} // all of it is in view
    void openPart(int part) override;
    [[nodiscard]] static QStringList parts();
    [[nodiscard]] static RailReading railReading(const PageContext& context);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QWidget* makeInvalidation();
    [[nodiscard]] QWidget* makeRedis();
    [[nodiscard]] PageSentence sentence() const;
    void showHistogram();
    void chooseBusiest();
    void invalidate();

    SituationSentence* m_sentence;
    LaneView* m_view;
    std::unique_ptr<SignalLanes> m_lanes;
    TablePanel* m_endpoints;
    SegmentedControl* m_what;
    QLineEdit* m_name;
    KeyButton* m_invalidate;
    TablePanel* m_commands = nullptr;
    TabbedPanels* m_redis = nullptr;
    QWidget* m_shape = nullptr;
    SectionHead* m_histogramHead = nullptr;
    BucketHistogram* m_histogram = nullptr;
};

} // namespace binnacle::app
