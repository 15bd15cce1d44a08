// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.h"

#include "app/dialogs/quit_dialog.h"
#include "app/pages/panel_of.h"
#include "app/screenshot.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_reader.h"

#include <QApplication>
#include <QStyleHints>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace binnacle::app {

using std::chrono::milliseconds;

namespace {
constexpr QSize kDefaultSize(1600, 1000);
constexpr milliseconds kDefaultAfter{3000};
constexpr milliseconds kRecordingLook{60'000};
// With the second that shutDown() may take, quitting stays below two seconds. That is enough to ask: the thread is busy
// with an older question for half a second at most, and sends a waiting Down even while it ends. Once asked, the
// supervisor stops by itself, whether we are there or not.
constexpr milliseconds kStopPatience{900};
constexpr milliseconds kEndPatience{30'000}; ///< of a script that wants a picture: it finds nothing left behind
// What was noted just before the end is written, also where a source had taken all of the time.
constexpr milliseconds kLeastForDisk{50};
constexpr milliseconds kMostForDisk{500};
} // namespace

Console::Console(ConsoleParts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_sources(std::make_unique<SourceSet>(std::move(m_parts.link))) {
    if (m_parts.settings == nullptr) {
        m_ownSettings =
            std::make_unique<Settings>(m_parts.settingsFile.isEmpty() ? Settings::defaultFile() : m_parts.settingsFile);
        m_parts.settings = m_ownSettings.get();
    }
    if (!m_parts.disk) {
        m_parts.disk = std::make_shared<BackgroundJobs>(1);
    }
    if (m_parts.options.takesScreenshot()) {
        m_parts.settings->freeze();
    }
    // The threads begin before the window is made: their first answers are there when it is.
    if (!m_parts.replay) {
        m_sources->start();
    }
    m_feed = std::make_unique<SnapshotFeed>(*m_sources, m_parts.clock);
    m_feed->setObjective(m_parts.objective);
    m_stack = std::make_unique<StackController>(*m_sources, *m_feed, m_parts.stack);
    m_control = std::make_unique<ControlFeed>(m_parts.control, m_parts.clock);
    m_actions = std::make_unique<ActionController>(*m_control, m_parts.control, m_parts.clock);
    m_control->start();
    m_actions->start();
    // One step of the display for all: what the sources said first, then control, then the dialog.
    connect(m_feed.get(), &SnapshotFeed::ticked, m_control.get(), &ControlFeed::tick);
    connect(m_feed.get(), &SnapshotFeed::ticked, m_actions.get(), &ActionController::tick);
    if (m_parts.connections == nullptr) {
        m_ownConnections = std::make_unique<ConnectionsController>(std::filesystem::path(), nullptr);
        m_parts.connections = m_ownConnections.get();
    }
    auto& connections = *m_parts.connections;
    m_window = std::make_unique<MainWindow>(*m_feed, *m_stack, *m_control, *m_actions, connections, settings());
    m_window->setPlace(m_parts.environment, m_parts.placeName);
    m_notes = std::make_unique<NoteBook>(m_parts.notesFile, m_parts.disk, m_window->time(), *m_window);
    m_notes->setAuthor([this] {
        return m_control->hasView() ? QString::fromStdString(m_control->view().operatorName)
                                    : qEnvironmentVariable("USER");
    });
    connect(m_feed.get(), &SnapshotFeed::ticked, m_notes.get(), &NoteBook::tick);
    m_window->setNotes(*m_notes);
    makeAlerts();
    m_actions->setWindow(m_window.get(), m_parts.environment);
    const auto theme = m_parts.options.theme.value_or(m_parts.settings->theme());
    m_followsSystem = theme == ThemeChoice::System;
    applyTheme(theme);
    if (m_parts.options.page) {
        m_window->openPage(*m_parts.options.page);
    }
    showNotices();
    connect(m_notes.get(), &NoteBook::storeRead, this, &Console::showNotices);
    connect(m_alerts.get(), &AlertDesk::storeRead, this, &Console::showNotices);
    if (m_parts.replay) {
        showReplay();
    } else if (m_parts.readOnly) {
        m_actions->refuseAll(tr("This profile only reads"));
    }
    connect(&connections, &ConnectionsController::connectRequested, this, &Console::switchTo);
    if (!m_parts.credentials.empty()) {
        m_credentials = std::make_unique<CredentialFlow>(connections.credentials(), m_parts.environment,
                                                         connections.current(), m_parts.credentials, m_parts.box);
        m_credentials->setMayAsk(!m_parts.options.takesScreenshot());
        connect(m_credentials.get(), &CredentialFlow::supplied, this, [this] { m_sources->retryNow(); });
        connect(m_credentials.get(), &CredentialFlow::noticed, this, [this](const QString& sentence) {
            m_keychainNotice = sentence;
            showNotices();
        });
    }
    connect(m_feed.get(), &SnapshotFeed::ticked, this, [this] {
        if (const auto problem = m_parts.settings->takeProblem(); !problem.isEmpty()) {
            m_settingsProblem = problem;
            showNotices();
        }
    });
    connect(m_window.get(), &MainWindow::closeRequested, this, &Console::onCloseRequested);
    connect(m_window.get(), &MainWindow::themeToggleRequested, this,
            [this] { chooseTheme(m_theme.isDark() ? ThemeChoice::Light : ThemeChoice::Dark); });
    connect(m_window.get(), &MainWindow::systemThemeRequested, this, [this] { chooseTheme(ThemeChoice::System); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0) // before, the system is asked at the start only
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this](Qt::ColorScheme scheme) {
        m_parts.systemIsDark = scheme != Qt::ColorScheme::Light;
        if (m_followsSystem) {
            applyTheme(ThemeChoice::System);
        }
    });
#endif
    if (!m_parts.replay && !m_parts.recording.empty() && !connections.current().isEmpty()) {
        m_recorderWatch = std::make_unique<RecorderWatch>(m_parts.recording);
        connect(m_recorderWatch.get(), &RecorderWatch::told, m_window.get(),
                [this, profile = connections.current()](bool records) { m_window->setRecorder(records, profile); });
    }
    connect(m_window.get(), &MainWindow::recordingRequested, this, &Console::openRecording);
    connect(m_window.get(), &MainWindow::liveRequested, this, &Console::backToLive);
    m_window->setRecording(!m_parts.replay && !m_parts.recording.empty(), m_parts.cameFromLive);
}

Console::~Console() {
    shutDown();
}

/// What could not be read as it was, or can't be kept.
void Console::showNotices() {
    QStringList notices{m_parts.settings->notice(), m_settingsProblem, m_notes->store().notice(),
                        m_alerts->store().notice(), m_keychainNotice};
    notices.removeAll(QString());
    if (const auto text = notices.join(QLatin1Char(' ')); std::exchange(m_notices, text) != text) {
        m_window->setLastingNotice(text);
    }
}

void Console::makeAlerts() {
    AlertDesk::Parts parts;
    parts.disk = m_parts.disk;
    parts.replay = m_parts.replay.has_value();
    parts.place = m_parts.placeName.isEmpty() ? tr("the bundled stack") : plain(m_parts.placeName.toStdString());
    // A recording has silences of its own time, and a picture leaves no trace.
    if (!parts.replay && !m_parts.options.takesScreenshot()) {
        parts.file = m_parts.alertsFile;
        parts.notifier = m_parts.notifier;
    }
    m_alerts = std::make_unique<AlertDesk>(*m_feed, m_window->time(), settings(), std::move(parts));
    m_window->setAlerts(*m_alerts);
}

void Console::showReplay() {
    const auto& replay = *m_parts.replay;
    if (!m_parts.player) {
        m_feed->fillFrom(std::make_unique<HistoryFill>(replay.file, replay.at, replay.timeline, m_parts.objective));
        m_parts.player = std::make_unique<ReplayPlayer>(replay.file, replay.timeline, replay.at, replay.to);
    }
    m_feed->playFrom(std::move(m_parts.player));
    m_replay = std::make_unique<ReplayController>(replay, m_parts.replayClock, *m_feed, m_window->time());
    m_window->setReplay(*m_replay);
    m_actions->refuseAll(tr("A recording is shown"));
}

void Console::applyTheme(ThemeChoice choice) {
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && m_parts.systemIsDark);
    m_theme = Theme(dark ? ThemeMode::Dark : ThemeMode::Light, m_parts.fonts);
    binnacle::applyTheme(*qApp, m_theme);
    binnacle::applyTheme(*m_window, m_theme);
    m_actions->setTheme(m_theme);
    m_notes->setTheme(m_theme);
}

void Console::chooseTheme(ThemeChoice choice) {
    m_parts.settings->setTheme(choice);
    m_followsSystem = choice == ThemeChoice::System;
    applyTheme(choice);
}

void Console::show() {
    const auto& options = m_parts.options;
    if (options.takesScreenshot()) {
        // A fixed size is not enlarged by any layout: the picture has exactly the size that was asked for.
        m_window->setFixedSize(options.size.value_or(kDefaultSize));
        auto* screenshot =
            new Screenshot(*m_window, *m_stack, *options.screenshot, options.after.value_or(kDefaultAfter), this);
        connect(screenshot, &Screenshot::finished, this, &Console::onScreenshot);
    } else if (options.size || !m_window->restoreGeometry(m_parts.settings->geometry())) {
        m_window->resize(options.size.value_or(kDefaultSize));
    }
    m_window->show();
    if (!m_parts.replay && !m_parts.recording.empty()) {
        m_feed->fillFrom(std::make_unique<HistoryFill>(m_parts.recording, m_parts.clock->steadyNow(),
                                                       RecordingRun{currentBootId(), currentUtcOffsetNs()},
                                                       m_parts.objective));
        connect(&m_recordingLook, &QTimer::timeout, this, &Console::lookForRecording);
        m_recordingLook.start(kRecordingLook);
        lookForRecording();
    }
    m_feed->start();
    if (m_credentials) {
        m_credentials->start(*m_window, m_theme);
    }
}

void Console::onScreenshot(const QString& error) {
    if (!error.isEmpty()) {
        std::fprintf(stderr, "binnacle: %s\n", qUtf8Printable(error));
    }
    m_exitCode = error.isEmpty() ? 0 : 1;
    if (m_stack->startedByUs()) {
        stopAndFinish(&StackController::ended, kEndPatience);
    } else {
        finish(m_exitCode);
    }
}

void Console::onCloseRequested() {
    // Whoever closes again while the stack is asked to stop would cut that short; kStopPatience bounds the wait.
    if (m_asking || m_finished || m_stack->phase() == StackController::Phase::Stopping) {
        return;
    }
    if (!m_stack->startedByUs()) {
        quit(QuitChoice::KeepRunning);
        return;
    }
    const auto remembered = m_parts.settings->quitChoice();
    if (remembered != QuitChoice::Ask) {
        quit(remembered);
        return;
    }
    m_asking = true;
    auto* dialog = new QuitDialog(m_stack->stateDir(), m_theme, m_window.get());
    connect(dialog, &QuitDialog::chosen, this, [this](QuitChoice choice, bool remember) {
        if (remember) {
            m_parts.settings->setQuitChoice(choice);
        }
        quit(choice);
    });
    connect(dialog, &QDialog::rejected, this, [this] { m_next.reset(); });
    connect(dialog, &QDialog::finished, this, [this] { m_asking = false; });
    dialog->open();
}

void Console::switchTo(const QString& name, const std::shared_ptr<const Profile>& read) {
    if (m_finished || m_asking) {
        return;
    }
    m_next = NextPlace{name, read};
    onCloseRequested();
}

/// All that the recorder keeps, from the right edge of the window on. The servers go on, and so does a stack of ours.
void Console::openRecording() {
    const auto at = m_window->time().utcOf(m_window->time().end());
    m_jobs.post([this, file = m_parts.recording, at] {
        auto opened = openReplay(file, std::nullopt);
        return std::function<void()>([this, opened = std::move(opened), at]() mutable {
            if (m_finished || m_asking) {
                return;
            }
            if (!opened) {
                m_window->say(tr("The recording can't be opened: %1").arg(QString::fromStdString(opened.error().text)));
                return;
            }
            m_next = NextPlace{{}, {}, true, replayFrom(std::move(*opened), at)};
            finish(0);
        });
    });
}

/// Since when it reaches back: its oldest minutes go, and one may begin or be deleted while the window stands.
void Console::lookForRecording() {
    m_jobs.post([this, file = m_parts.recording] {
        std::optional<UtcTime> from;
        if (auto reader = RecordingReader::open(file)) {
            if (const auto minute = reader->nextMinute(0); minute && *minute) {
                from = UtcTime(std::chrono::minutes(**minute));
            }
        }
        return std::function<void()>([this, from] { m_window->setRecordedFrom(from); });
    });
}

void Console::backToLive() {
    if (!m_finished && !m_asking) {
        m_next = NextPlace{{}, {}, true, {}};
        finish(0);
    }
}

void Console::quit(QuitChoice choice) {
    if (choice != QuitChoice::Stop) {
        finish(m_exitCode);
        return;
    }
    stopAndFinish(&StackController::stopped, kStopPatience);
}

void Console::stopAndFinish(void (StackController::*done)(), milliseconds patience) {
    connect(m_stack.get(), done, this, [this] {
        if (!m_stack->stopError().isEmpty()) {
            std::fprintf(stderr, "binnacle: the stack would not stop: %s\n", qUtf8Printable(m_stack->stopError()));
            m_exitCode = 1;
        }
        finish(m_exitCode);
    });
    QTimer::singleShot(patience, this, [this] {
        if (!m_finished) {
            std::fprintf(stderr, "binnacle: the stack did not say that it stops; see binnacle-stack status\n");
            m_stack->leaveStopping();
            finish(m_exitCode);
        }
    });
    m_stack->stopStack();
}

void Console::quitNow() {
    if (!m_finished) {
        m_next.reset(); // whoever ends it wants no other place either, whatever was being asked
    }
    finish(0);
}

void Console::finish(int exitCode) {
    if (std::exchange(m_finished, true)) {
        return;
    }
    m_feed->stop();
    m_window->allowClose();
    if (!m_next) { // else the writer goes on beside the next console
        m_parts.settings->flush();
    }
    Q_EMIT finished(exitCode);
}

bool Console::ended() {
    m_feed->stop();
    m_control->requestStop();
    m_actions->requestStop();
    const auto now = std::chrono::steady_clock::now();
    const bool sources = m_sources->stop(milliseconds(0)) && m_parts.disk->finish(milliseconds(0));
    return m_control->waitUntilEnded(now) && m_actions->waitUntilEnded(now) && sources;
}

bool Console::shutDown(std::chrono::steady_clock::time_point deadline) {
    const auto left = [deadline] {
        return std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    };
    m_feed->stop();
    m_control->requestStop();
    m_actions->requestStop();
    const bool sources = m_sources->stop(std::max(left(), milliseconds(0)));
    const bool control = m_control->waitUntilEnded(deadline);
    const bool actions = m_actions->waitUntilEnded(deadline);
    const bool written = m_parts.disk->finish(std::clamp(left(), kLeastForDisk, kMostForDisk));
    return actions && control && sources && written;
}

} // namespace binnacle::app
