// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QLabel;

namespace binnacle {
class KeyButton;
class SegmentedControl;
class TimeContext;
} // namespace binnacle

namespace binnacle::app {

class ReplayController;

/// Says that a recording is shown, of what and of when, and plays it: play or stop, a minute back or on, speed. Seeking
/// is the ribbon's. GUI thread.
class ReplayBar : public QWidget, public Themed {
    Q_OBJECT

public:
    /// Both must outlive the bar. `name` is what is played, plain text.
    ReplayBar(ReplayController& controller, const TimeContext& time, const QString& name, QWidget* parent = nullptr);

    /// Where it stands. Call it at every tick.
    void showTime();
    /// Whether there is something live to go back to.
    void setLiveVisible(bool visible);
    /// The whole line as it is read.
    [[nodiscard]] QString text() const;
    void setTheme(const Theme& theme) override;

Q_SIGNALS:
    void liveRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ReplayController& m_controller;
    const TimeContext& m_time;
    Theme m_theme;
    QLabel* m_badge;
    QLabel* m_where;
    QLabel* m_about;
    KeyButton* m_back;
    KeyButton* m_play;
    KeyButton* m_on;
    SegmentedControl* m_speed;
    KeyButton* m_live;
};

} // namespace binnacle::app
