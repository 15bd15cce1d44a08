// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/alerts/alert_bell.h"
#include "app/alerts/alert_desk.h"
#include "app/content_scroll.h"
#include "app/controllers/action_controller.h"
#include "app/controllers/stack_controller.h"
#include "app/feed/action_marks.h"
#include "app/feed/control_feed.h"
#include "app/feed/snapshot_feed.h"
#include "app/language.h"
#include "app/layout_keeper.h"
#include "app/models/worded.h"
#include "app/notes/note_book.h"
#include "app/notice_bar.h"
#include "app/page_picture.h"
#include "app/pages/linked_page.h"
#include "app/pages/panel_of.h"
#include "app/palette/palette.h"
#include "app/recording_controls.h"
#include "app/replay_bar.h"
#include "app/settings.h"
#include "app/stack_panel.h"
#include "app/tab_order.h"
#include "app/table_export.h"
#include "app/window_keys.h"
#include "widgets/focus_ring.h"
#include "widgets/navigation_rail.h"
#include "widgets/status_line.h"
#include "widgets/time_ribbon.h"
#include "widgets/top_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace binnacle::app {

namespace {
constexpr qsizetype kMostEnded = 3; ///< the audit holds the older ones
} // namespace

MainWindow::MainWindow(SnapshotFeed& feed, StackController& stack, ControlFeed& control, ActionController& actions,
                       ConnectionsController& connections, Settings& settings, QWidget* parent)
    : QMainWindow(parent)
    , m_feed(feed)
    , m_stack(stack)
    , m_control(control)
    , m_actions(actions)
    , m_settings(settings)
    , m_steering(m_time, feed, settings, *this)
    , m_context{feed, m_time, stack, control, actions, connections}
    , m_keys(new WindowKeys(*this))
    , m_topBar(new TopBar(this))
    , m_ribbon(new TimeRibbon(this))
    , m_rail(new NavigationRail(this))
    , m_status(new StatusLine(this))
    , m_notice(new NoticeBar(this))
    , m_ended(new NoticeBar(this))
    , m_stackPanel(new StackPanel(stack, this))
    , m_content(new QStackedWidget(this))
    , m_pictures(new PictureSaver(this))
    , m_palette(new Palette(paletteHost(), settings, this))
    , m_statusFeeder(feed, control, *m_status) {
    setWindowTitle(tr("Binnacle"));
    m_topBar->setTimeContext(&m_time);
    setPlace(Environment::Development, {});
    m_topBar->setSpans(TimeSteering::spans());
    m_topBar->setPanicVisible(true);
    m_topBar->setPaletteVisible(true);
    connect(m_topBar, &TopBar::paletteRequested, m_palette, &Palette::toggle);
    m_ribbon->setTimeContext(&m_time);
    std::vector<RailEntry> entries;
    for (const auto& entry : pageCatalogue()) {
        entries.push_back({QLatin1String(entry.id), QCoreApplication::translate("Page", entry.title),
                           QLatin1String(entry.icon), QCoreApplication::translate("Page", entry.group)});
    }
    m_rail->setEntries(entries);
    connect(m_rail, &NavigationRail::pageChosen, this, &MainWindow::openPage);
    m_content->addWidget(m_stackPanel);

    auto* page = new QVBoxLayout;
    page->setContentsMargins(20, 12, 20, 8);
    page->setSpacing(8);
    m_notice->setObjectName(QStringLiteral("notice"));
    m_ended->setObjectName(QStringLiteral("endedActs"));
    page->addWidget(m_notice);
    page->addWidget(m_ended);
    page->addWidget(new ContentScroll(*m_content, this), 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    m_aboveNotices = right;
    right->addWidget(m_ribbon);
    right->addLayout(page, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addLayout(right, 1);
    auto* centre = new QWidget(this);
    auto* frame = new QVBoxLayout(centre);
    frame->setContentsMargins(0, 0, 0, 0);
    frame->setSpacing(0);
    frame->addWidget(m_topBar);
    frame->addLayout(middle, 1);
    frame->addWidget(m_status);
    setCentralWidget(centre);
    centre->setFocus(); // nothing is chosen yet: the first Tab goes to the first control
    setMinimumSize(960, 500);

    connect(&feed, &SnapshotFeed::ticked, this, &MainWindow::onTick);
    connect(&feed, &SnapshotFeed::pathRead, this, &MainWindow::onPathRead);
    connect(&stack, &StackController::changed, this, [this] {
        chooseContent();
        showNotice();
    });
    connect(&control, &ControlFeed::changed, this, &MainWindow::onControl);
    connect(&actions, &ActionController::endedUnseen, this, &MainWindow::say);
    connect(m_ended, &NoticeBar::actionRequested, this, [this] {
        m_endedActs.clear();
        showEnded();
    });
    connect(&actions, &ActionController::refused, this, &MainWindow::sayOnce);
    connect(&actions, &ActionController::changed, this, [this] { m_topBar->setPanicWhyNot(m_actions.refusalOfAll()); });
    connect(m_topBar, &TopBar::panicRequested, &actions, &ActionController::panic);
    connect(m_notice, &NoticeBar::actionRequested, this, [this] { m_stack.retry(); });
    connect(&m_steering, &TimeSteering::moved, this, &MainWindow::onMoved);
    connect(m_pictures, &PictureSaver::said, this, &MainWindow::say);
    FocusRing::watch(*this);
    makeShortcuts();
    const auto last = settings.page();
    openPage(pageIds().contains(last) ? last : pageIds().constFirst());
}

PaletteHost MainWindow::paletteHost() {
    const auto open = [this](const QString& id) { openPage(id); };
    const auto lead = [this](const QString& id, const QString& target) { openTarget(id, target); };
    const auto part = [this](const QString& id, int at) { openPart(id, at); };
    const auto commands = [this]() -> const std::vector<WindowCommand>& { return m_keys->commands(); };
    const auto shown = [this]() -> QWidget* { return m_content->currentWidget(); };
    const auto alerts = [this] { return m_bell != nullptr ? &m_bell->desk() : nullptr; };
    return {m_context, open, lead, part, commands, shown, m_ribbon, alerts};
}

MainWindow::~MainWindow() = default;

Page* MainWindow::page(const QString& id) {
    if (const auto made = m_pages.find(id); made != m_pages.end()) {
        return made->second;
    }
    for (const auto& entry : pageCatalogue()) {
        if (id == QLatin1String(entry.id)) {
            auto* made = entry.make(m_context, m_content);
            made->setObjectName(id);
            keepLayout(*made, m_settings);
            addExports(*made, [this](const QString& text) { say(text); });
            binnacle::applyTheme(*made, m_theme);
            m_content->addWidget(made);
            m_pages.emplace(id, made);
            if (auto* linked = qobject_cast<LinkedPage*>(made)) {
                connect(linked, &LinkedPage::pageRequested, this, &MainWindow::openTarget);
            }
            return made;
        }
    }
    return nullptr;
}

void MainWindow::openPage(const QString& id) {
    if (id == m_page) {
        return;
    }
    if (page(id) == nullptr) {
        return;
    }
    m_page = id;
    m_rail->setCurrentPage(id);
    m_settings.setPage(id);
    chooseContent();
}

void MainWindow::openTarget(const QString& id, const QString& target) {
    openPage(id);
    if (auto* shown = qobject_cast<LinkedPage*>(m_content->currentWidget()); shown != nullptr && id == m_page) {
        shown->showTarget(target);
    }
}

void MainWindow::openPart(const QString& id, int part) {
    openPage(id);
    if (auto* shown = qobject_cast<Page*>(m_content->currentWidget()); shown != nullptr && id == m_page) {
        shown->openPart(part);
    }
}

void MainWindow::chooseContent() {
    // Without any reading there is nothing a page could honestly show; the panel says why and what to do.
    auto* const opened = page(m_page);
    const bool shows = m_feed.hasData() || (opened != nullptr && opened->showsWithoutReadings());
    QWidget* wanted = shows ? static_cast<QWidget*>(opened) : m_stackPanel;
    if (m_content->currentWidget() == wanted) {
        return;
    }
    m_content->setCurrentWidget(wanted);
    if (auto* shown = qobject_cast<Page*>(wanted)) {
        shown->showReadings();
        shown->showTick();
    }
}

void MainWindow::setPlace(Environment environment, const QString& name) {
    m_topBar->setEnvironment(environment, name.isEmpty() ? tr("bundled") : plain(name.toStdString()));
}

void MainWindow::setTheme(const Theme& theme) {
    m_theme = theme;
    m_content->setPalette(theme.palette());
    if (m_bell != nullptr) {
        m_bell->setTheme(theme);
    }
}

void MainWindow::setReplay(ReplayController& replay) {
    m_stack.recording().isReplay = true;
    m_aboveNotices->insertWidget(1, m_recording->play(replay, m_time, *m_topBar, m_theme));
    connect(&m_feed, &SnapshotFeed::jumped, this, &MainWindow::renewPages);
}

void MainWindow::setRecording(bool canOpen, bool canGoLive) {
    m_recording->setWays(canOpen, canGoLive);
    m_stack.recording().open = canOpen ? [this] { Q_EMIT recordingRequested(); } : std::function<void()>();
}

void MainWindow::setRecordedFrom(std::optional<UtcTime> from) {
    m_stack.recording().from = from;
}

void MainWindow::setNotes(NoteBook& notes) {
    notes.addKeys(*m_keys);
}

void MainWindow::setAlerts(AlertDesk& alerts) {
    m_bell = new AlertBell(alerts, *m_topBar, *this);
    m_bell->setTheme(m_theme);
    m_bell->addKeys(*m_keys);
    connect(m_bell, &AlertBell::pageRequested, this, &MainWindow::openPage);
}

/// Pages keep lines of their own; what they kept is of another time.
void MainWindow::renewPages() {
    for (const auto& [id, page] : m_pages) {
        m_content->removeWidget(page);
        page->hide();
        page->deleteLater();
    }
    m_pages.clear();
    chooseContent();
}

void MainWindow::setLastingNotice(const QString& text) {
    m_lastingNotice = text;
    showNotice();
}

void MainWindow::showNotice() {
    using Phase = StackController::Phase;
    const auto phase = m_stack.phase();
    const bool troubled = phase == Phase::Unanswered || phase == Phase::Failed || phase == Phase::Absent;
    if (m_feed.hasData() && troubled) {
        m_notice->showNotice(m_stack.text(), tr("Retry now"), tr("F5"));
    } else if (m_control.state() == SourceState::Live && !m_control.view().auditProblem.empty()) {
        m_notice->showNotice(tr("Nothing can be done now, because it could not be written to the audit: %1")
                                 .arg(worded(m_control.view().auditProblem, 400)));
    } else {
        m_notice->showNotice(m_lastingNotice);
    }
}

/// Stays until it is put away: nobody watched when it ended.
void MainWindow::say(const QString& text) {
    m_endedActs << text;
    while (m_endedActs.size() > kMostEnded) {
        m_endedActs.removeFirst();
    }
    showEnded();
}

/// What a hand may ask for again and again, with the same answer.
void MainWindow::sayOnce(const QString& text) {
    if (!m_endedActs.contains(text)) {
        say(text);
    }
}

void MainWindow::showEnded() {
    m_ended->showNotice(m_endedActs.join(QLatin1Char('\n')), m_endedActs.isEmpty() ? QString() : tr("Put away"));
}

void MainWindow::makeShortcuts() {
    const auto pages = tr("Pages");
    const auto time = tr("Time");
    const auto window = tr("Window");
    for (const auto& entry : pageCatalogue()) {
        const auto id = QString(QLatin1String(entry.id));
        m_keys->add(QStringLiteral("G, %1").arg(QLatin1Char(entry.key)),
                    QCoreApplication::translate("Page", entry.title), pages, [this, id] { openPage(id); });
    }
    for (auto& key : m_steering.keys()) {
        if (key.run && !key.heard) {
            m_keys->add(key.keys, key.text, time, std::move(key.run));
        } else {
            m_keys->list(key.keys, key.text, time, std::move(key.run));
        }
    }
    const auto overview = QStringLiteral("overview");
    m_keys->add(QStringLiteral("J"), tr("Overview: the crosshair to what moved first"), time,
                [this, overview] { openTarget(overview, QStringLiteral("mover first")); });
    m_keys->add(QStringLiteral("Shift+J"), tr("Overview: to what moved next"), time,
                [this, overview] { openTarget(overview, QStringLiteral("mover next")); });
    m_recording = new RecordingControls(*m_keys, *this);
    connect(m_recording, &RecordingControls::recordingRequested, this, &MainWindow::recordingRequested);
    connect(m_recording, &RecordingControls::liveRequested, this, &MainWindow::liveRequested);
    connect(m_recording, &RecordingControls::said, this, &MainWindow::say);
    const auto acts = tr("Acts");
    m_keys->add(
        QStringLiteral("Ctrl+Shift+P"), tr("Panic: canary share 0, a running migration ends"), acts,
        [this] { m_actions.panic(); }, [this] { return m_actions.refusalOfAll(); });
    m_keys->add(
        QStringLiteral("Ctrl+Z"), tr("Take back the last act\u2026"), acts, [this] { m_actions.undoLast(); },
        [this] { return m_actions.whyNotUndo(); });
    m_keys->add(QStringLiteral("F5"), tr("Retry what is lost"), window, [this] { m_stack.retry(); });
    m_keys->add(QStringLiteral("Ctrl+T"), tr("Dark or light"), window, [this] { Q_EMIT themeToggleRequested(); });
    m_keys->add(QStringLiteral("Ctrl+Shift+T"), tr("Dark or light as the system is"), window,
                [this] { Q_EMIT systemThemeRequested(); });
    m_keys->add(QStringLiteral("Ctrl+Shift+L"), tr("English or German, from the next start"), window,
                [this] { chooseNextLanguage(); });
    m_keys->add(QStringLiteral("F11"), tr("Full screen"), window,
                [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    m_keys->add(QStringLiteral("Ctrl+Q"), tr("Quit"), window, [this] { close(); });
    m_keys->add(QStringLiteral("Ctrl+Shift+S"), tr("Save this page as a picture\u2026"), window,
                [this] { m_pictures->ask(*m_content->currentWidget(), m_page, *m_topBar, m_time, m_theme); });
    m_keys->add(QStringLiteral("Ctrl+K"), tr("Go to, do or find anything"), window, [this] { m_palette->toggle(); });
    m_keys->add(QStringLiteral("F1"), tr("These keys (also ?)"), window, [this] { m_keys->showHelp(m_theme); });
    m_keys->add(QStringLiteral("?"), {}, {}, [this] { m_keys->showHelp(m_theme); });
}

/// Widgets keep the texts they were made with, hence the next start.
void MainWindow::chooseNextLanguage() {
    const auto known = languageIds();
    const auto chosen = m_settings.language();
    const auto now = known.indexOf(chosen.isEmpty() ? languageFor(QLocale::system()) : chosen);
    const auto next = known.at((now + 1) % known.size());
    m_settings.setLanguage(next);
    setLastingNotice(tr("From its next start this console speaks %1.").arg(languageName(next)));
}

bool MainWindow::focusNextPrevChild(bool next) {
    return focusBeside(*this, next);
}

void MainWindow::onTick() {
    m_steering.tick();
    chooseContent();
    m_topBar->refresh();
    m_ribbon->showSeries(&m_feed.history().line(PathLine::P99));
    m_recording->showTime();
    if (auto* shown = qobject_cast<Page*>(m_content->currentWidget())) {
        shown->showTick();
    }
}

/// Another window of time: all that is shown is of it.
void MainWindow::onMoved() {
    m_feed.holdTables(m_time.mode() == TimeContext::Mode::Live ? std::nullopt : std::optional(m_time.end()));
    if (auto* shown = qobject_cast<Page*>(m_content->currentWidget())) {
        shown->showReadings();
        shown->showTick();
    }
    m_topBar->refresh();
}

void MainWindow::onPathRead() {
    m_time.advance(m_feed.now(), m_feed.utcNow());
    chooseContent();
    auto* shown = qobject_cast<Page*>(m_content->currentWidget());
    if (shown != nullptr && m_time.mode() == TimeContext::Mode::Live) {
        shown->showReadings();
    }
    showRail();
    m_statusFeeder.show(m_recording->isReplay());
}

/// Who acts, what was done, and whether anything can be: as control tells it.
void MainWindow::onControl() {
    if (m_control.hasView()) {
        const auto& view = m_control.view();
        m_topBar->setOperator(plain(view.operatorName) + QStringLiteral(" \u00b7 ") + plain(view.role));
    }
    if (m_eventsShown != m_control.revision()) {
        m_eventsShown = m_control.revision();
        auto marks = actionMarks(m_control.entries(), m_feed.now(), m_feed.utcNow());
        m_steering.setEvents(marks);
        m_ribbon->setEvents(std::move(marks));
    }
    showNotice();
}

void MainWindow::showRail() {
    for (const auto& entry : pageCatalogue()) {
        const auto reading = entry.rail(m_context);
        m_rail->setReading(QLatin1String(entry.id), reading.value, reading.mark);
    }
}

void MainWindow::allowClose() {
    m_mayClose = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_mayClose) {
        m_settings.setGeometry(saveGeometry());
        event->accept();
        return;
    }
    event->ignore();
    Q_EMIT closeRequested();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const bool narrow = event->size().width() < Page::kWideWindow;
    m_rail->setCollapsed(narrow);
    m_rail->setFixedWidth(narrow ? NavigationRail::kCollapsedWidth : NavigationRail::kWidth);
    m_topBar->setRailWidth(narrow ? NavigationRail::kCollapsedWidth : NavigationRail::kWidth);
}

} // namespace binnacle::app
