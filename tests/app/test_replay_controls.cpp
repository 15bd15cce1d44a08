// SPDX-License-Identifier: GPL-3.0-or-later
// A recording as a person plays it: on and stopped, faster, from elsewhere; and that nothing can be done in it.
#include "app/console_host.h"
#include "app/controllers/replay_controller.h"
#include "app/feed/replay_control_link.h"
#include "app/notice_bar.h"
#include "app/page_picture.h"
#include "app/pages/page.h"
#include "app/replay_bar.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_writer.h"
#include "tests/app/fake_stack.h"
#include "tests/app/feed_state.h"
#include "tests/recorder/generated_stack.h"
#include "tests/support/patience.h"
#include "widgets/environment_band.h"
#include "widgets/key_button.h"
#include "widgets/kpi_tile.h"
#include "widgets/state_overlay.h"
#include "widgets/time_context.h"
#include "widgets/time_ribbon.h"
#include "widgets/top_bar.h"

#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QtTest>

#include <set>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

struct Played {
    QTemporaryDir settings;
    std::shared_ptr<ReplayClock> clock;
    std::unique_ptr<Console> console;

    void open(const Replay& recorded, SteadyTime at) {
        auto parts = FakeStack::parts(std::make_shared<FakeStack>(), settings);
        auto replay = recorded;
        replay.at = at;
        clock = std::make_shared<ReplayClock>(at, replay.to, replay.timeline.utcOffsetNs);
        parts.replayClock = clock;
        parts.clock = clock;
        parts.control = std::make_shared<ReplayControlLink>();
        parts.replay = replay;
        parts.options.size = QSize(1600, 1000);
        console = std::make_unique<Console>(std::move(parts));
        console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&console->window()));
        console->window().activateWindow();
        QTRY_VERIFY(feed().hasData() && feed().path().requestsPerSecond.value);
    }
    [[nodiscard]] SnapshotFeed& feed() const { return console->feed(); }
    [[nodiscard]] MainWindow& window() const { return console->window(); }
    [[nodiscard]] ReplayController& replay() const { return *console->replay(); }
    [[nodiscard]] ReplayBar& bar() const { return *window().findChild<ReplayBar*>(); }
    void key(int key) const { QTest::keyClick(&window(), static_cast<Qt::Key>(key)); }
    void awaitTicks(int count) const {
        const QSignalSpy ticks(&feed(), &SnapshotFeed::ticked);
        QTRY_VERIFY(ticks.count() >= count);
    }
    void seekTo(SteadyTime at) const {
        replay().seek(at);
        QTRY_VERIFY(!replay().isSeeking());
    }
    /// Until all up to the instant where the clock stands is shown, and the past before it is there.
    void standStill() const {
        QVERIFY(!replay().isPlaying());
        QTRY_VERIFY(feed().history().line(PathLine::Requests).firstAt().value_or(SteadyTime::max()) <
                        replay().replay().from + 5s &&
                    feed().now() == clock->steadyNow());
        awaitTicks(2);
    }
    void picture(const char* name) const {
        if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
            window().grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
        }
    }
};

} // namespace

class TestReplayControls : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    Replay m_replay;
    std::vector<RecordedEvent> m_events;

private Q_SLOTS:
    void initTestCase() {
        GeneratedStack stack(1, SteadyTime(-60s)); // a part of it is older than the start of the machine
        const auto file = std::filesystem::path(m_dir.path().toStdString()) / "two-minutes.sqlite";
        auto writer = RecordingWriter::open(file, {}, {"the boot of another machine", stack.utcOffsetNs()});
        QVERIFY(writer);
        for (int i = 0; i < 180; ++i) {
            for (auto& event : stack.second()) {
                QVERIFY((*writer)->append(event));
                m_events.push_back(std::move(event));
            }
            QVERIFY((*writer)->commit());
        }
        QVERIFY((*writer)->finish());
        auto opened = openReplay(file, std::nullopt);
        QVERIFY(opened);
        m_replay = std::move(*opened);
        QVERIFY(m_replay.to - m_replay.from > 170s);
    }

    void itPlaysStopsAndGoesFaster() {
        Played played;
        played.open(m_replay, m_replay.from + 20s);
        QVERIFY2(played.bar().text().startsWith(QStringLiteral("REPLAY")), qPrintable(played.bar().text()));
        QVERIFY(played.bar().text().contains(QStringLiteral("two-minutes.sqlite")));
        const auto begun = played.feed().now();
        QTRY_VERIFY(played.feed().now() > begun + 500ms);
        played.key(Qt::Key_Space);
        QVERIFY(!played.replay().isPlaying());
        played.awaitTicks(1);
        const auto stopped = played.feed().now();
        played.awaitTicks(5);
        QCOMPARE(played.feed().now(), stopped); // the recording waits, and nothing is missed
        played.picture("replay-stopped");
        QTest::mouseClick(played.window().findChild<KeyButton*>(QStringLiteral("replayPlay")), Qt::LeftButton);
        QVERIFY(played.replay().isPlaying());
        for (const int speed : {4, 16, 60, 60}) {
            played.key(Qt::Key_Plus);
            QCOMPARE(played.replay().speed(), speed);
        }
        played.key(Qt::Key_Minus);
        QCOMPARE(played.replay().speed(), 16);
        played.key(Qt::Key_Plus);
        QTRY_VERIFY(played.replay().atEnd());
        QVERIFY2(played.bar().text().contains(QStringLiteral("(the end)")), qPrintable(played.bar().text()));
        // What was played fast is as dense as what was played slowly: twice a second.
        const auto samples =
            played.feed().history().line(PathLine::Requests).samples(m_replay.from + 60s, m_replay.from + 120s);
        QCOMPARE(samples.size(), std::size_t{120});
        // At the end, playing begins anew.
        QTest::mouseClick(played.window().findChild<KeyButton*>(QStringLiteral("replayPlay")), Qt::LeftButton);
        QTRY_VERIFY(!played.replay().isSeeking() && played.feed().now() < m_replay.from + 100s);
    }

    void itIsMarkedAsARecordingAndSaysWhyNothingCanBeDone() {
        Played played;
        played.open(m_replay, m_replay.from + 20s);
        auto& top = *played.window().findChild<TopBar*>();
        QVERIFY(!top.environment()); // whatever it was recorded in: it does not tell
        QVERIFY2(top.spokenValue().startsWith(QStringLiteral("Recording, replay of two-minutes.sqlite")),
                 qPrintable(top.spokenValue()));
        const auto image = top.grab().toImage();
        for (const auto environment : {Environment::Production, Environment::Staging, Environment::Development}) {
            QVERIFY(image.pixelColor(4, 20) != Theme().environment(environment));
        }
        const auto* panic = played.window().findChild<KeyButton*>(QStringLiteral("panic"));
        QVERIFY(panic->isVisible() && !panic->isEnabled());
        QCOMPARE(panic->toolTip(), QStringLiteral("A recording is shown"));
        QTest::keyClick(&played.window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        const auto* said = played.window().findChild<NoticeBar*>(QStringLiteral("endedActs"));
        QCOMPARE(said->notice(), QStringLiteral("Panic: A recording is shown."));
        QTest::keyClick(&played.window(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(said->notice().contains(QStringLiteral("Undo: A recording is shown.")));
        played.picture("replay-marked");
        // A picture of it says the same.
        QWidget page;
        page.resize(400, 100);
        PictureHead head;
        head.environment = top.environment();
        const auto picture = pictureOf(page, head, Theme());
        QCOMPARE(picture.pixelColor(200, 1), placeMark(std::nullopt, Theme()).ground);
    }

    void whatIsSoughtIsWhatWouldHaveBeenPlayed_data() {
        // How a person comes to the instant that is sought then.
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<int>("seconds"); // of the recording that are played after each key
        QTest::newRow("played") << QList<int>{0} << 3;
        QTest::newRow("faster") << QList<int>{Qt::Key_Plus, Qt::Key_Plus, Qt::Key_Plus, Qt::Key_Minus} << 8;
        QTest::newRow("stopped on the way") << QList<int>{0, Qt::Key_Space, Qt::Key_Space} << 1;
        QTest::newRow("a minute back and on") << QList<int>{Qt::Key_Less, Qt::Key_Greater, Qt::Key_Plus} << 2;
        QTest::newRow("from event to event") << QList<int>{0, Qt::Key_Comma, Qt::Key_Period} << 1;
    }

    void whatIsSoughtIsWhatWouldHaveBeenPlayed() {
        QFETCH(const QList<int>, keys);
        QFETCH(const int, seconds);
        Played played;
        played.open(m_replay, m_replay.from + 70s);
        for (const int key : keys) {
            if (key != 0) {
                played.key(key);
                QTRY_VERIFY(!played.replay().isSeeking());
            }
            const auto from = played.feed().now();
            const auto ticks = QSignalSpy(&played.feed(), &SnapshotFeed::ticked);
            QTRY_VERIFY(played.replay().isPlaying() ? played.feed().now() > from + std::chrono::seconds(seconds)
                                                    : ticks.count() > 2);
        }
        played.replay().setSpeed(1);
        if (played.replay().isPlaying()) {
            played.key(Qt::Key_Space);
        }
        played.standStill();
        const auto there = played.feed().now();
        const auto shown = FeedState(played.feed(), m_replay.from).lines();
        QVERIFY(played.feed().path().p99.value);
        QVERIFY2(shown.size() > 200, qPrintable(QString::number(shown.size())));
        // As live had counted it: from what was recorded alone.
        const auto counted = [&](const SignalStore& store) {
            std::vector<std::uint64_t> counts;
            for (const auto& slot : store.latency().slots({}, m_replay.from, there + LatencyLog::kSlot)) {
                counts.push_back(slot.histogram.count());
            }
            return counts;
        };
        SignalStore live;
        std::optional<double> p99;
        for (const auto& event : m_events) {
            if (event.at > played.feed().path().at && !p99) {
                p99 = readRequestPath(live, played.feed().path().at).p99.value;
            }
            if (event.at <= there) {
                live.apply(*event.update);
            }
        }
        QCOMPARE(counted(played.feed().store()), counted(live));
        QCOMPARE(played.feed().path().p99.value, p99);
        // Back, so that nothing is known of what came later; then to the same place again.
        played.seekTo(m_replay.from + 30s);
        played.standStill();
        QCOMPARE(played.feed().now(), m_replay.from + 30s);
        QVERIFY(played.feed().path().at <= m_replay.from + 30s);
        const auto last = played.feed().history().line(PathLine::P99).last();
        QVERIFY(last && last->at <= m_replay.from + 30s);
        QCOMPARE(played.window().time().end(), m_replay.from + 30s);
        QVERIFY(!played.window().time().canGoBack());
        QVERIFY(!played.replay().isPlaying()); // it stood before, and stands
        played.seekTo(there);
        played.standStill();
        QCOMPARE(played.feed().now(), there);
        const auto again = FeedState(played.feed(), m_replay.from).lines();
        QVERIFY2(again == shown, qPrintable(firstDifference(shown, again)));
    }

    void whatIsSoughtMeanwhileComesNext() {
        Played played;
        played.open(m_replay, m_replay.from + 90s);
        played.replay().seek(m_replay.from + 20s);
        played.replay().seek(m_replay.from + 40s);
        played.replay().seek(m_replay.from + 150s);
        QTRY_VERIFY(!played.replay().isSeeking() && played.feed().now() >= m_replay.from + 150s);
        played.key(Qt::Key_Less);
        QTRY_VERIFY(!played.replay().isSeeking() && played.feed().now() < m_replay.from + 100s);
        played.replay().seek(m_replay.from - 1h); // no further than there is
        QTRY_VERIFY(!played.replay().isSeeking() && played.feed().now() < m_replay.from + 10s);
    }

    void aClickOnTheRibbonSeeks() {
        Played played;
        played.open(m_replay, m_replay.from + 60s);
        played.key(Qt::Key_Space);
        auto* ribbon = played.window().findChild<TimeRibbon*>();
        const auto at = m_replay.from + 150s;
        const auto plot = ribbon->plotRect();
        const QPoint there(static_cast<int>(TimeContext::x(at, ribbon->shownWindow(), plot.left(), plot.width())), 20);
        QTest::mouseClick(ribbon, Qt::LeftButton, {}, there);
        QTRY_VERIFY(!played.replay().isSeeking() && played.feed().now() > m_replay.from + 145s);
        QVERIFY(played.feed().now() < m_replay.from + 155s);
        played.picture("replay-sought");
    }

    void aPlacesRecordingIsOpenedFromItsConsoleAndLeftAgain() {
        const QTemporaryDir state;
        QVERIFY(QDir(state.path()).mkdir(QStringLiteral("recorder")));
        std::filesystem::copy_file(m_replay.file,
                                   std::filesystem::path(state.path().toStdString()) / "recorder" / "recording.sqlite");
        StackPlace place;
        place.stateDir = state.path().toStdString();
        place.socket = place.stateDir + "/nobody.sock";
        ConsoleHost::Setup setup;
        setup.settingsFile = state.filePath(QStringLiteral("binnacle.ini"));
        setup.mayStart = false;
        ConsoleHost host(std::move(setup));
        const QSignalSpy finished(&host, &ConsoleHost::finished);
        host.open(place);
        const auto expose = [&host] {
            QVERIFY(QTest::qWaitForWindowExposed(&host.console().window()));
            host.console().window().activateWindow();
        };
        expose();
        QVERIFY(host.console().replay() == nullptr);
        host.console().window().openPage(QStringLiteral("traffic"));
        QTest::keyClick(&host.console().window(), Qt::Key_R, Qt::ShiftModifier);
        QTRY_VERIFY(host.console().replay() != nullptr);
        expose();
        // Now is later than anything that was recorded: it begins with the end, on the page that was shown.
        QTRY_VERIFY(host.console().feed().hasData());
        QCOMPARE(host.console().replay()->replay().at, m_replay.to);
        QCOMPARE(host.console().window().currentPage(), QStringLiteral("traffic"));
        auto* live = host.console().window().findChild<KeyButton*>(QStringLiteral("replayLive"));
        QVERIFY(live != nullptr && live->isVisible());
        QTest::mouseClick(live, Qt::LeftButton);
        QTRY_VERIFY(host.console().replay() == nullptr);
        expose();
        QCOMPARE(finished.count(), 0);
        // Without a recording it says so.
        QVERIFY(QDir(state.filePath(QStringLiteral("recorder"))).removeRecursively());
        QTest::keyClick(&host.console().window(), Qt::Key_R, Qt::ShiftModifier);
        const auto* said = host.console().window().findChild<NoticeBar*>(QStringLiteral("endedActs"));
        QTRY_VERIFY(said->notice().contains(QStringLiteral("can't be opened")));
        QVERIFY(host.console().replay() == nullptr);
        QVERIFY(host.shutDown());
    }

    void aPageThatHasNothingOfATimeLeadsToTheRecording() {
        const QTemporaryDir state;
        QVERIFY(QDir(state.path()).mkdir(QStringLiteral("recorder")));
        const auto begun = std::chrono::steady_clock::now() - 25min;
        GeneratedStack stack(1, begun, std::chrono::system_clock::now() - 25min);
        {
            auto writer = RecordingWriter::open(std::filesystem::path(state.path().toStdString()) / "recorder" /
                                                    "recording.sqlite",
                                                {}, {currentBootId(), stack.utcOffsetNs()});
            QVERIFY(writer);
            for (int i = 0; i < 150; ++i) {
                for (auto& event : stack.second()) {
                    QVERIFY((*writer)->append(event));
                }
            }
            QVERIFY((*writer)->finish());
        }
        StackPlace place;
        place.stateDir = state.path().toStdString();
        place.socket = place.stateDir + "/nobody.sock";
        ConsoleHost::Setup setup;
        setup.settingsFile = state.filePath(QStringLiteral("binnacle.ini"));
        setup.mayStart = false;
        ConsoleHost host(std::move(setup));
        host.open(place);
        auto& window = host.console().window();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(host.console().feed().hasData()); // the hours before, out of the recording
        window.openPage(QStringLiteral("locks"));
        const auto then = begun + 100s;
        window.time().showUntil(then);
        const auto* said =
            window.page(QStringLiteral("locks"))->findChild<StateOverlay*>(QStringLiteral("blockingState"));
        auto* button = said->findChild<QPushButton*>();
        QTRY_VERIFY2((window.page(QStringLiteral("locks"))->showReadings(), button->isVisible()),
                     qPrintable(said->spokenValue()));
        QVERIFY2(said->spokenValue().contains(QStringLiteral("Nothing is kept of that time")),
                 qPrintable(said->spokenValue()));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(host.console().replay() != nullptr);
        QTRY_VERIFY(host.console().feed().hasData());
        const auto& replay = host.console().replay()->replay();
        QVERIFY(replay.at > replay.from + 95s && replay.at < replay.from + 105s);
        // There it has what it lacked, of the same moment.
        host.console().window().openPage(QStringLiteral("traffic"));
        const auto* servers = host.console()
                                  .window()
                                  .page(QStringLiteral("traffic"))
                                  ->findChild<QTableView*>(QStringLiteral("haproxy.servers"));
        QTRY_VERIFY(servers->model()->rowCount() > 0);
        QVERIFY(host.shutDown());
    }

    void aRecordingBeginsWhereItIsWantedWithinItsBounds() {
        const auto utcOf = [this](SteadyTime at) {
            return UtcTime(std::chrono::duration_cast<UtcTime::duration>(at.time_since_epoch()) +
                           std::chrono::nanoseconds(m_replay.timeline.utcOffsetNs));
        };
        QCOMPARE(replayFrom(m_replay, utcOf(m_replay.from + 20s)).at, m_replay.from + 20s);
        QCOMPARE(replayFrom(m_replay, utcOf(m_replay.from - 1h)).at, m_replay.from);
        QCOMPARE(replayFrom(m_replay, utcOf(m_replay.to + 1h)).at, m_replay.to);
    }

    /// A key that two things hear does nothing at all.
    void noKeyOfTheReplayIsAPages() {
        Played played;
        played.open(m_replay, m_replay.from + 90s);
        for (const auto& id : pageIds()) {
            played.window().openPage(id);
            std::set<QString> heard;
            for (const auto* shortcut : played.window().findChildren<QShortcut*>()) {
                const auto* owner = qobject_cast<const QWidget*>(shortcut->parent());
                if (shortcut->context() == Qt::WindowShortcut && owner != nullptr && owner->isVisible()) {
                    const auto text = shortcut->key().toString(QKeySequence::PortableText);
                    QVERIFY2(heard.insert(text).second, qPrintable(id + QLatin1Char(' ') + text));
                }
            }
        }
    }

    void pagesSayReplayAndActsSayThatARecordingIsShown() {
        Played played;
        played.open(m_replay, m_replay.from + 90s);
        QTRY_COMPARE(played.console->control().state(), SourceState::Lost);
        auto* tile = played.window().findChild<KpiTile*>(QStringLiteral("tile.p99"));
        QTRY_VERIFY2(tile->spokenValue().contains(QStringLiteral("replay")), qPrintable(tile->spokenValue()));
        int refused = 0;
        for (const auto& id : pageIds()) {
            played.window().openPage(id);
            played.awaitTicks(8);
            for (const auto* button : played.window().page(id)->findChildren<KeyButton*>()) {
                const auto said = button->text() + button->accessibleName() + button->toolTip();
                QVERIFY2(!said.contains(QStringLiteral("does not answer")), qPrintable(id + said));
                refused += said.contains(QStringLiteral("A recording is shown")) ? 1 : 0;
            }
            played.picture(qPrintable(QStringLiteral("replay-") + id));
        }
        QVERIFY2(refused >= 4, qPrintable(QString::number(refused)));
        QTest::keyClick(&played.window(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(played.console->actions().dialog() == nullptr);
    }
};

QTEST_MAIN(TestReplayControls)
#include "test_replay_controls.moc"
