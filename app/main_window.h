// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"
#include "app/palette/palette_host.h"
#include "app/status_feeder.h"
#include "app/time_steering.h"
#include "widgets/time_context.h"

#include <QMainWindow>

#include <map>
#include <vector>

class QStackedWidget;
class QVBoxLayout;

namespace binnacle {
class NavigationRail;
class StatusLine;
class TimeRibbon;
class TopBar;
} // namespace binnacle

namespace binnacle::app {

class AlertBell;
class AlertDesk;
class ConnectionsController;
class NoteBook;
class NoticeBar;
class Palette;
class PictureSaver;
class RecordingControls;
class ReplayController;
class Settings;
class StackPanel;
class WindowKeys;

/// The frame around the pages: environment, time, navigation, status. It hands each tick to the page that is shown,
/// and to no other. GUI thread.
class MainWindow : public QMainWindow, public Themed {
    Q_OBJECT

public:
    MainWindow(SnapshotFeed& feed, StackController& stack, ControlFeed& control, ActionController& actions,
               ConnectionsController& connections, Settings& settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens a page of the catalogue; unknown ids change nothing.
    void openPage(const QString& id);
    [[nodiscard]] QString currentPage() const { return m_page; }
    /// Opens a page where it is led to: see LinkedPage.
    void openTarget(const QString& id, const QString& target);
    /// Opens a page at one of PageEntry::parts.
    void openPart(const QString& id, int part);
    /// The page's widget, made on first use; nullptr for an unknown id.
    [[nodiscard]] Page* page(const QString& id);
    [[nodiscard]] TimeContext& time() { return m_time; }
    /// What each turn of the window's event loop costs.
    [[nodiscard]] TurnMeter& turns() { return m_statusFeeder.turns(); }
    void setTheme(const Theme& theme) override;
    /// Says that a recording is shown, and not what is now, and plays it: nothing can be done there. The controller
    /// must outlive the window.
    void setReplay(ReplayController& replay);
    /// Whether the recorder's file can be opened from here, and whether it was opened from what is live.
    void setRecording(bool canOpen, bool canGoLive);
    /// The minute in which what can be opened begins, once it was looked for; absent where nothing is recorded.
    void setRecordedFrom(std::optional<UtcTime> from);
    /// Says something above the page, until it is put away.
    void say(const QString& text);
    /// Not again while it stands there already.
    void sayOnce(const QString& text);
    /// Notes of people on all charts, and their keys. The book must outlive the window's last tick.
    void setNotes(NoteBook& notes);
    /// Alerts in the top bar, their list and their keys. The desk must outlive the window's last tick.
    void setAlerts(AlertDesk& alerts);
    /// What is watched, and how careful to be with it; without a name it is the bundled stack.
    void setPlace(Environment environment, const QString& name);
    /// As StatusFeeder::setRecorder().
    void setRecorder(bool records, const QString& profile) { m_statusFeeder.setRecorder(records, profile); }
    /// Says something above the page, such as that the settings were damaged, until the next start.
    void setLastingNotice(const QString& text);

Q_SIGNALS:
    /// The window is asked to close; who listens decides, and closes it by allowClose().
    void closeRequested();
    void themeToggleRequested();
    void systemThemeRequested();
    /// All that the recorder keeps, beginning with what is shown.
    void recordingRequested();
    void liveRequested();

public Q_SLOTS:
    void allowClose();

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void makeShortcuts();
    [[nodiscard]] PaletteHost paletteHost();
    void onTick();
    void onMoved();
    void onPathRead();
    void onControl();
    void showRail();
    void showNotice();
    void showEnded();
    void chooseNextLanguage();
    void chooseContent();
    void renewPages();

    SnapshotFeed& m_feed;
    StackController& m_stack;
    ControlFeed& m_control;
    ActionController& m_actions;
    Settings& m_settings;
    TimeContext m_time;
    TimeSteering m_steering;
    PageContext m_context;
    Theme m_theme;
    int m_eventsShown = -1; ///< revision of the audit whose marks stand on the ribbon

    WindowKeys* m_keys;
    TopBar* m_topBar;
    TimeRibbon* m_ribbon;
    NavigationRail* m_rail;
    StatusLine* m_status;
    AlertBell* m_bell = nullptr;
    NoticeBar* m_notice;
    NoticeBar* m_ended;
    RecordingControls* m_recording = nullptr;
    StackPanel* m_stackPanel;
    QStackedWidget* m_content;
    QVBoxLayout* m_aboveNotices; ///< ribbon, bar of a replay, page
    PictureSaver* m_pictures;
    Palette* m_palette;
    StatusFeeder m_statusFeeder;
    std::map<QString, Page*> m_pages;
    QString m_page;
    QString m_lastingNotice;
    QStringList m_endedActs; ///< ended after their dialogs were closed, and not yet put away
    bool m_mayClose = false;
};

} // namespace binnacle::app
