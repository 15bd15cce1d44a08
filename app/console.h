// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/alerts/alert_desk.h"
#include "app/controllers/action_controller.h"
#include "app/controllers/background_jobs.h"
#include "app/controllers/connections_controller.h"
#include "app/controllers/replay_controller.h"
#include "app/controllers/stack_controller.h"
#include "app/credentials/credential_flow.h"
#include "app/feed/control_feed.h"
#include "app/feed/replay.h"
#include "app/feed/snapshot_feed.h"
#include "app/launch_options.h"
#include "app/main_window.h"
#include "app/notes/note_book.h"
#include "app/recorder_watch.h"
#include "app/settings.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace binnacle::app {

/// What a console is made of, apart from where it comes from: tests bring their own.
struct ConsoleParts {
    LaunchOptions options;
    std::unique_ptr<StackLink> link;
    std::shared_ptr<ControlLink> control;
    std::shared_ptr<const Clock> clock;
    StackController::Options stack;
    QString settingsFile;                    ///< empty: the user's own
    Settings* settings = nullptr;            ///< outlives the console; nullptr: read from the file, before the window
    std::shared_ptr<BackgroundJobs> disk;    ///< reads and writes the two files below; null: one of the console's own
    QString notesFile;                       ///< empty: notes are kept until the end only
    QString alertsFile;                      ///< where silences of alerts are kept; empty: until the end only
    std::shared_ptr<AlertNotifier> notifier; ///< who tells of alerts outside of the window; null: nobody
    /// The flight recorder's file, whose past the history begins with; empty: only what is seen.
    std::filesystem::path recording;
    std::optional<Replay> replay;             ///< this instead of live; `clock` is then its clock
    std::unique_ptr<EventPlayer> player;      ///< plays it; empty: from its file
    std::shared_ptr<ReplayClock> replayClock; ///< `clock`, where it can be sped up and moved
    bool cameFromLive = false;                ///< the recording is that of a place that can be shown live again
    FontFamilies fonts;
    bool systemIsDark = true;
    Environment environment = Environment::Development;
    Objective objective;                          ///< of the place
    bool readOnly = false;                        ///< its profile says that nothing may be done there
    QString placeName;                            ///< what is watched, beside the environment; empty: the bundled stack
    ConnectionsController* connections = nullptr; ///< outlives the console; nullptr: one without profiles and keychain
    std::vector<CredentialSlot> credentials;      ///< that the place needs and no file holds
    std::shared_ptr<CredentialBox> box;           ///< where its links look for them
};

/// What to show instead of a console, once it is done.
struct NextPlace {
    QString profile = {};                          ///< its name; empty: the bundled stack
    std::shared_ptr<const Profile> read = nullptr; ///< what its file said a moment ago
    bool same = false;                             ///< the place that was shown, whatever `profile` says
    std::optional<Replay> replay = {};             ///< the recording of that place instead of live
};

/// The composition root: owns feed, controllers and window, and decides how they end. GUI thread.
class Console : public QObject {
    Q_OBJECT

public:
    explicit Console(ConsoleParts parts, QObject* parent = nullptr);
    ~Console() override;

    void show();
    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] SnapshotFeed& feed() { return *m_feed; }
    [[nodiscard]] StackController& stack() { return *m_stack; }
    [[nodiscard]] ControlFeed& control() { return *m_control; }
    [[nodiscard]] ActionController& actions() { return *m_actions; }
    [[nodiscard]] Settings& settings() { return *m_parts.settings; }
    [[nodiscard]] ConnectionsController& connections() { return *m_parts.connections; }
    /// Nullptr while what is shown is live.
    [[nodiscard]] ReplayController* replay() { return m_replay.get(); }
    [[nodiscard]] AlertDesk& alerts() { return *m_alerts; }
    [[nodiscard]] NoteBook& notes() { return *m_notes; }
    /// Ends at once and asks nothing: keeps a stack running (a signal asked for it).
    void quitNow();
    /// What to show instead, once finished() was said.
    [[nodiscard]] const std::optional<NextPlace>& next() const { return m_next; }
    /// Asks all threads to end, and says whether they have. Waits for none.
    [[nodiscard]] bool ended();
    /// Ends all threads, for at most a second or until `deadline`; false if one was still busy.
    bool shutDown(std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::now() +
                                                                   std::chrono::seconds(1));

Q_SIGNALS:
    /// The console is done; the program may return this code.
    void finished(int exitCode);

private:
    void makeAlerts();
    void showNotices();
    void showReplay();
    void onCloseRequested();
    void quit(QuitChoice choice);
    /// Asks the stack to stop, and finishes when it signals `done`, or after `patience`.
    void stopAndFinish(void (StackController::*done)(), std::chrono::milliseconds patience);
    void finish(int exitCode);
    void onScreenshot(const QString& error);
    void applyTheme(ThemeChoice choice);
    void switchTo(const QString& name, const std::shared_ptr<const Profile>& read);
    void openRecording();
    void lookForRecording();
    void backToLive();
    void chooseTheme(ThemeChoice choice);

    ConsoleParts m_parts;
    std::unique_ptr<ConnectionsController> m_ownConnections; ///< where none was given
    std::unique_ptr<Settings> m_ownSettings;                 ///< likewise
    std::unique_ptr<SourceSet> m_sources;
    std::unique_ptr<SnapshotFeed> m_feed;
    std::unique_ptr<StackController> m_stack;
    std::unique_ptr<ControlFeed> m_control;
    std::unique_ptr<ActionController> m_actions;
    std::unique_ptr<ReplayController> m_replay;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<CredentialFlow> m_credentials;
    std::unique_ptr<NoteBook> m_notes;
    std::unique_ptr<AlertDesk> m_alerts;
    std::unique_ptr<RecorderWatch> m_recorderWatch; ///< of servers whose recorder nobody reads
    Theme m_theme;
    QString m_settingsProblem;
    QString m_keychainNotice;
    QString m_notices; ///< that were shown last
    int m_exitCode = 0;
    bool m_finished = false;
    bool m_asking = false;
    bool m_followsSystem = false; ///< the theme does
    std::optional<NextPlace> m_next;
    BackgroundJobs m_jobs{1}; ///< that look for the recording and open it
    QTimer m_recordingLook;
};

} // namespace binnacle::app
