// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace binnacle {
class Theme;
class TimeContext;
class TopBar;
} // namespace binnacle

namespace binnacle::app {

class ReplayBar;
class ReplayController;
class WindowKeys;

/// The way from what is live to its recording and back, and what plays a recording: its bar, its keys, and what the top
/// bar says of it. GUI thread.
class RecordingControls : public QObject {
    Q_OBJECT

public:
    /// A child of `window`. The key between live and recording is added to `keys`.
    RecordingControls(WindowKeys& keys, QWidget& window);

    /// Says that a recording is shown, and plays it. The controller must outlive the window. The bar, to be placed.
    [[nodiscard]] ReplayBar* play(ReplayController& replay, const TimeContext& time, TopBar& top, const Theme& theme);
    [[nodiscard]] bool isReplay() const { return m_bar != nullptr; }
    /// Whether the recorder's file can be opened from here, and whether it was opened from what is live.
    void setWays(bool canOpen, bool canGoLive);
    /// Call it at every tick.
    void showTime();

Q_SIGNALS:
    void recordingRequested();
    void liveRequested();
    /// Why there is neither.
    void said(const QString& text);

private:
    void switchOver();
    [[nodiscard]] QString whyNot() const;

    WindowKeys& m_keys;
    QWidget& m_window;
    ReplayBar* m_bar = nullptr; ///< none while what is shown is live
    bool m_canOpen = false;
    bool m_canGoLive = false;
};

} // namespace binnacle::app
