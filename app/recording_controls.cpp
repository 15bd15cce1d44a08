// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recording_controls.h"

#include "app/controllers/replay_controller.h"
#include "app/pages/panel_of.h"
#include "app/replay_bar.h"
#include "app/window_keys.h"
#include "widgets/top_bar.h"

namespace binnacle::app {

RecordingControls::RecordingControls(WindowKeys& keys, QWidget& window)
    : QObject(&window)
    , m_keys(keys)
    , m_window(window) {
    keys.add(
        QStringLiteral("Shift+R"), tr("Replay the recording from here, or back to live"), tr("Time"),
        [this] { switchOver(); }, [this] { return whyNot(); });
}

ReplayBar* RecordingControls::play(ReplayController& replay, const TimeContext& time, TopBar& top, const Theme& theme) {
    const auto name = plain(replay.replay().file.filename().string());
    top.setRecording(tr("replay of %1").arg(name));
    top.setReplay(true);
    m_bar = new ReplayBar(replay, time, name, &m_window);
    m_bar->setTheme(theme);
    connect(m_bar, &ReplayBar::liveRequested, this, &RecordingControls::liveRequested);
    const auto group = tr("Replay");
    const auto add = [&](const char* keys, const QString& text, std::function<void()> run) {
        m_keys.add(QLatin1String(keys), text, group, std::move(run));
    };
    add("<", tr("A minute back"), [&replay] { replay.skip(-std::chrono::minutes(1)); });
    add(">", tr("A minute on"), [&replay] { replay.skip(std::chrono::minutes(1)); });
    add("Ctrl+<", tr("An hour back"), [&replay] { replay.skip(-std::chrono::hours(1)); });
    add("Ctrl+>", tr("An hour on"), [&replay] { replay.skip(std::chrono::hours(1)); });
    add("+", tr("Faster"), [&replay] { replay.faster(); });
    add("-", tr("Slower"), [&replay] { replay.slower(); });
    m_keys.list(tr("Click"), tr("On the time ribbon: play from there"), group);
    return m_bar;
}

void RecordingControls::setWays(bool canOpen, bool canGoLive) {
    m_canOpen = canOpen;
    m_canGoLive = canGoLive;
    if (m_bar != nullptr) {
        m_bar->setLiveVisible(canGoLive);
    }
}

void RecordingControls::showTime() {
    if (m_bar != nullptr) {
        m_bar->showTime();
    }
}

void RecordingControls::switchOver() {
    if (m_canOpen) {
        Q_EMIT recordingRequested();
    } else if (m_canGoLive) {
        Q_EMIT liveRequested();
    } else {
        Q_EMIT said(whyNot());
    }
}

QString RecordingControls::whyNot() const {
    if (m_canOpen || m_canGoLive) {
        return {};
    }
    return m_bar != nullptr ? tr("This recording was opened by itself: nothing live belongs to it")
                            : tr("Nothing records this place; binnaclectl record run does");
}

} // namespace binnacle::app
