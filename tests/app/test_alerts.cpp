// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts in the window: raised, told outside of it, acknowledged and silenced by keys alone, kept between two starts,
// found by the palette, and quiet when they shall be.
#include "app/alerts/alert_desk.h"
#include "app/alerts/alert_words.h"
#include "app/alerts/alerts_dialog.h"
#include "app/feed/snapshot_feed.h"
#include "app/settings.h"
#include "backend/recorder/recording_file.h"
#include "backend/recorder/recording_writer.h"
#include "tests/app/page_bench.h"
#include "tests/app/played_console.h"
#include "tests/app/slow_disk.h"
#include "widgets/chart_event.h"
#include "widgets/palette_view.h"
#include "widgets/state_overlay.h"
#include "widgets/time_context.h"

#include <QCheckBox>
#include <QListView>
#include <QMenu>

#include <functional>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

struct FakeNotifier final : AlertNotifier {
    void notify(const AlertNotice& notice) override { notices.push_back(notice); }
    void sound() override { ++sounds; }
    std::vector<AlertNotice> notices;
    int sounds = 0;
};

/// Goes on from now, six times as fast: what must hold for three seconds is there with the second reading, and two
/// readings are never so far apart that nothing was seen in between.
std::function<SteadyTime()> hastyClock() {
    const auto begun = std::chrono::steady_clock::now();
    return [begun] { return begun + 6 * (std::chrono::steady_clock::now() - begun); };
}

struct AlertBench : PageBench {
    std::shared_ptr<FakeNotifier> notifier = std::make_shared<FakeNotifier>();
    std::shared_ptr<BackgroundJobs> disk; ///< none: the console's own

    void start(ThemeChoice theme = ThemeChoice::Dark) {
        auto parts = FakeStack::parts(stack, settings);
        parts.options.size = QSize(1600, 1000);
        parts.options.theme = theme;
        parts.alertsFile = settings.filePath(QStringLiteral("state/alerts.json"));
        parts.notifier = notifier;
        parts.disk = disk;
        console = std::make_unique<Console>(std::move(parts));
        console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(live() && console->control().hasView(), 20000);
        desk().judgeBy(hastyClock());
    }
    [[nodiscard]] AlertDesk& desk() const { return console->alerts(); }
    [[nodiscard]] KeyButton& bell() const { return *window().findChild<KeyButton*>(QStringLiteral("alertsButton")); }
    [[nodiscard]] AlertsDialog* list() const { return window().findChild<AlertsDialog*>(); }
    [[nodiscard]] QTableView& alerts() const { return *list()->findChild<QTableView*>(QStringLiteral("alerts")); }
    [[nodiscard]] QAbstractButton& button(const char* name) const {
        return *list()->findChild<QAbstractButton*>(QLatin1String(name));
    }
    [[nodiscard]] QString cellOf(int column, int row = 0) const {
        return alerts().model()->index(row, column).data().toString();
    }
    void openList() const {
        QTest::keyClick(&window(), Qt::Key_A, Qt::AltModifier);
        QVERIFY(list() != nullptr && list()->isVisible());
        QTRY_VERIFY(alerts().hasFocus());
    }
    void closeList() const {
        QTest::keyClick(list(), Qt::Key_Escape);
        QTRY_VERIFY(list() == nullptr);
        window().activateWindow();
        QTRY_VERIFY(window().isActiveWindow());
    }
    /// Until so many call, or so many are quiet.
    void await(int calling, int quiet = 0) const {
        QTRY_VERIFY2_WITH_TIMEOUT(desk().counts().calling() == calling && desk().counts().quiet == quiet,
                                  qPrintable(bell().text()), 20000);
    }
};

const AlertKey kRedis{"source-lost", "redis"};

KeptAlerts keptIn(const QString& file) {
    AlertStore store(file);
    return store.flush(5s) ? store.kept() : KeptAlerts();
}

/// 40 minutes until `now`: Redis was away for two minutes, half an hour ago, and is away since four minutes.
void recordAbsences(const std::filesystem::path& file, const RecordingRun& run, SteadyTime now) {
    auto writer = RecordingWriter::open(file, {}, run);
    QVERIFY(writer);
    SourceUpdate update;
    update.source = "redis";
    update.interval = 1000ms;
    update.startedAt = now - 40min;
    for (auto at = update.startedAt; at < now; at += 1s) {
        const UtcTime utc(std::chrono::nanoseconds(at.time_since_epoch()) + std::chrono::nanoseconds(run.utcOffsetNs));
        const auto ago = now - at;
        update.failure.reset();
        if (ago <= 4min || (ago <= 32min && ago > 30min)) {
            update.failure = SourceFailure{{ErrorCode::Closed, "nothing listens there"}, at, utc, 1, at + 1s};
        } else {
            Snapshot snapshot;
            snapshot.header.source = update.source;
            snapshot.header.steadyAt = at;
            snapshot.header.utcAt = utc;
            snapshot.header.epoch = "one";
            snapshot.readings = {gauge("redis.keys", {}, 7)};
            update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
        }
        QVERIFY((*writer)->append(recordedEvent(update, utc)));
    }
    QVERIFY((*writer)->commit());
}

} // namespace

class TestAlerts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLostSourceIsRaisedToldOnceAndCleared() {
        AlertBench bench;
        bench.start();
        QCOMPARE(bench.bell().text(), QStringLiteral("No alerts"));
        QCOMPARE(bench.bell().mark(), Mark::None);
        bench.stack->set("redis", Behaviour::Refuse);
        bench.await(1);
        QVERIFY2(bench.bell().text().startsWith(QStringLiteral("1 alert")), qPrintable(bench.bell().text()));
        QCOMPARE(bench.bell().mark(), Mark::Critical);
        QVERIFY(bench.bell().accessibleName().contains(QStringLiteral("1 critical"))); // not by colour alone
        QCOMPARE(bench.notifier->notices.size(), std::size_t{1});
        const auto& notice = bench.notifier->notices.front();
        QVERIFY(notice.critical);
        QVERIFY2(notice.title.contains(QStringLiteral("1 alert")), qPrintable(notice.title));
        QVERIFY2(notice.body.contains(QStringLiteral("No answer: Redis")), qPrintable(notice.body));
        QVERIFY(!notice.body.contains(QStringLiteral("nothing listens"))); // what servers say stays inside
        QCOMPARE(bench.notifier->sounds, 0);                               // it is off at first
        const auto& marks = bench.window().time().alerts();
        QCOMPARE(marks.size(), std::size_t{1});
        QCOMPARE(marks.front().kind, ChartEvent::Kind::CriticalAlert);
        bench.awaitReadings(2);
        bench.picture("alerts-raised");
        bench.stack->set("redis", Behaviour::Answer);
        bench.console->stack().retry();
        bench.await(0);
        QCOMPARE(bench.bell().text(), QStringLiteral("No alerts"));
        QCOMPARE(bench.notifier->notices.size(), std::size_t{1});
        QCOMPARE(bench.window().time().alerts().size(), std::size_t{1}); // the mark stays
        const auto* alert = bench.desk().book().find(kRedis);
        QVERIFY(alert != nullptr && alert->state == AlertState::Cleared);
    }

    void severalAtOnceAreOneNotice() {
        AlertBench bench;
        bench.start();
        bench.stack->set("redis", Behaviour::Refuse);
        bench.stack->set("haproxy", Behaviour::Refuse);
        bench.stack->set("pgbouncer", Behaviour::Deny);
        bench.await(3);
        bench.awaitReadings(4);
        QVERIFY(bench.notifier->notices.size() <= 1); // what came a moment later waits
    }

    void keysAloneAcknowledgeSilenceAndOpenThePage() {
        AlertBench bench;
        bench.start();
        bench.stack->set("redis", Behaviour::Refuse);
        bench.stack->set("pgbouncer", Behaviour::Deny);
        bench.await(2);
        bench.openList();
        QCOMPARE(bench.alerts().model()->rowCount(), 2);
        QCOMPARE(bench.cellOf(0), QStringLiteral("critical"));
        QCOMPARE(bench.cellOf(1), QStringLiteral("No answer: Redis"));
        QCOMPARE(bench.cellOf(2), QStringLiteral("no answer"));
        QVERIFY(!bench.cellOf(4).isEmpty());
        QCOMPARE(bench.cellOf(6), QStringLiteral("Redis"));
        QCOMPARE(bench.cellOf(7), QStringLiteral("raised"));
        QVERIFY(bench.button("alertAcknowledge").isEnabled() && !bench.button("alertUnsilence").isEnabled());
        bench.picture("alerts-list");
        QTest::keyClick(&bench.alerts(), Qt::Key_A);
        QCOMPARE(bench.desk().book().find(kRedis)->state, AlertState::Acknowledged);
        QVERIFY(!bench.button("alertAcknowledge").isEnabled());
        QCOMPARE(bench.cellOf(7), QStringLiteral("acknowledged"));
        bench.await(1, 1);
        // The second one: an hour of silence.
        QTest::keyClick(&bench.alerts(), Qt::Key_Down);
        QTest::keyClick(&bench.alerts(), Qt::Key_S);
        auto* menu = bench.list()->findChild<QMenu*>(QStringLiteral("silenceMenu"));
        QTRY_VERIFY(menu != nullptr && menu->isVisible());
        QCOMPARE(menu->actions().size(), 9); // four of it, four of the rule, a line between
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        bench.await(0, 2);
        QCOMPARE(bench.bell().text(), QStringLiteral("2 quiet"));
        QVERIFY2(bench.cellOf(7, 1).contains(QStringLiteral("silenced until")), qPrintable(bench.cellOf(7, 1)));
        const auto left = bench.desk().book().silences().front().until - bench.console->feed().utcNow();
        QVERIFY(left > 59min && left <= 60min);
        bench.picture("alerts-quiet");
        QTest::keyClick(&bench.alerts(), Qt::Key_U);
        bench.await(1, 1);
        // All rules, and back.
        QTest::keyClick(&bench.alerts(), Qt::Key_R);
        auto* rules = bench.list()->findChild<QTableView*>(QStringLiteral("alertRules"));
        QTRY_VERIFY(rules->isVisible() && rules->hasFocus());
        QCOMPARE(rules->model()->rowCount(), static_cast<int>(alertRules().size()));
        bench.picture("alerts-rules");
        QTest::keyClick(rules, Qt::Key_R);
        QTRY_VERIFY(bench.alerts().hasFocus());
        bench.alerts().selectRow(1);
        QTest::keyClick(&bench.alerts(), Qt::Key_Return);
        QTRY_VERIFY(bench.list() == nullptr);
        QCOMPARE(bench.window().currentPage(), QString::fromUtf8(findAlertRule("source-unreadable")->page.data()));
        bench.window().activateWindow();
        QTRY_VERIFY(bench.window().isActiveWindow());
        QTest::keyClick(&bench.window(), Qt::Key_A, Qt::AltModifier | Qt::ShiftModifier);
        bench.await(0, 2);
    }

    void withoutAnyItSaysWhatIsWatched() {
        AlertBench bench;
        bench.start();
        bench.openList();
        const auto* empty = bench.alerts().findChild<StateOverlay*>();
        QVERIFY(empty->isVisible());
        QVERIFY2(empty->spokenValue().startsWith(QStringLiteral("No alerts")), qPrintable(empty->spokenValue()));
        QVERIFY(empty->spokenValue().contains(QString::number(alertRules().size())));
        for (const auto* name : {"alertOpen", "alertAcknowledge", "alertSilence", "alertUnsilence"}) {
            QVERIFY(!bench.button(name).isEnabled());
        }
        bench.picture("alerts-none");
        // A rule can be silenced before it is raised.
        QTest::keyClick(&bench.alerts(), Qt::Key_R);
        auto* rules = bench.list()->findChild<QTableView*>(QStringLiteral("alertRules"));
        QTRY_VERIFY(rules->hasFocus());
        QTest::keyClick(rules, Qt::Key_S);
        auto* menu = bench.list()->findChild<QMenu*>(QStringLiteral("silenceMenu"));
        QTRY_VERIFY(menu != nullptr && menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(bench.desk().book().silences().size(), std::size_t{1});
        QTest::keyClick(rules, Qt::Key_U);
        QVERIFY(bench.desk().book().silences().empty());
        bench.closeList();
    }

    void whatWasSaidOfThemIsThereAfterTheNextStart() {
        AlertBench bench;
        bench.start();
        bench.stack->set("redis", Behaviour::Deny);
        bench.stack->set("haproxy", Behaviour::Deny);
        bench.await(2);
        const AlertKey redis{"source-unreadable", "redis"};
        const AlertKey haproxy{"source-unreadable", "haproxy"};
        bench.desk().acknowledge(redis);
        bench.desk().silence(haproxy, SilenceFor::UntilTomorrow);
        bench.await(0, 2);
        QVERIFY(bench.desk().flush(5s));
        bench.console.reset();
        bench.notifier->notices.clear();
        bench.start();
        bench.await(0, 2);
        QCOMPARE(bench.desk().book().find(redis)->state, AlertState::Acknowledged);
        QVERIFY(bench.desk().book().find(haproxy)->silencedUntil);
        QVERIFY(bench.notifier->notices.empty());
        // What is over is not acknowledged any more.
        bench.stack->set("redis", Behaviour::Answer);
        bench.console->stack().retry();
        bench.await(0, 1);
        QVERIFY(bench.desk().store().kept().acknowledged.empty());
        bench.desk().unsilence(haproxy);
        QVERIFY(bench.desk().flush(5s));
        QVERIFY(keptIn(bench.settings.filePath(QStringLiteral("state/alerts.json"))).silences.empty());
    }

    void whatIsKeptIsAwaitedAndJoined() {
        AlertBench bench;
        const auto file = bench.settings.filePath(QStringLiteral("state/alerts.json"));
        const AlertKey redis{"source-unreadable", "redis"};
        const AlertKey bouncer{"source-unreadable", "pgbouncer"};
        const UtcTime until = std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now()) + 30h;
        {
            AlertStore store(file);
            QVERIFY(store.flush(5s));
            store.keep({{{redis, until}, {bouncer, until}}, {}});
            QVERIFY(store.flush(5s));
        }
        bench.disk = std::make_shared<BackgroundJobs>(1);
        SlowDisk slow(*bench.disk);
        bench.start();
        bench.stack->set("redis", Behaviour::Deny);
        bench.stack->set("pgbouncer", Behaviour::Deny);
        bench.await(2);
        bench.desk().silence(bouncer, SilenceFor::QuarterHour);
        bench.await(1, 1);
        QVERIFY(bench.notifier->notices.empty()); // it may be silenced
        QCOMPARE(keptIn(file).silences.size(), std::size_t{2});
        slow.goOn();
        bench.await(0, 2);
        bench.awaitReadings(2);
        QVERIFY(bench.notifier->notices.empty());
        QVERIFY(bench.desk().flush(5s));
        const auto kept = keptIn(file).silences;
        QCOMPARE(kept.size(), std::size_t{2});
        for (const auto& silence : kept) { // what was said meanwhile is newer
            QCOMPARE(silence.until < until - 29h, silence.key == bouncer);
        }
    }

    void switchedOffNobodyIsTold() {
        AlertBench bench;
        bench.start();
        bench.openList();
        auto* notices = bench.list()->findChild<QCheckBox*>(QStringLiteral("alertNotices"));
        auto* sound = bench.list()->findChild<QCheckBox*>(QStringLiteral("alertSound"));
        QVERIFY(notices->isChecked() && !sound->isChecked());
        QTest::keyClick(notices, Qt::Key_Space);
        QTest::keyClick(sound, Qt::Key_Space);
        bench.closeList();
        QVERIFY(!bench.console->settings().alertNotices() && bench.console->settings().alertSound());
        bench.stack->set("redis", Behaviour::Refuse);
        bench.await(1);
        bench.awaitReadings(2);
        QVERIFY(bench.notifier->notices.empty());
        QCOMPARE(bench.notifier->sounds, 1);
    }

    void aRecordingTellsNobody() {
        AlertBench bench;
        bench.start();
        const auto heard = std::make_shared<FakeNotifier>();
        AlertDesk::Parts parts;
        parts.notifier = heard;
        parts.replay = true;
        TimeContext time;
        AlertDesk desk(bench.console->feed(), time, bench.console->settings(), std::move(parts));
        desk.judgeBy(hastyClock());
        bench.stack->set("redis", Behaviour::Refuse);
        bench.await(1);
        bench.awaitReadings(2);
        QCOMPARE(desk.counts().critical, 1);
        QVERIFY(heard->notices.empty() && heard->sounds == 0);
        QCOMPARE(time.alerts().size(), std::size_t{1});
    }

    void theHourBeforeIsJudgedAsWellAndNobodyIsTold() {
        const QTemporaryDir dir;
        const auto file = std::filesystem::path(dir.path().toStdString()) / "recording.sqlite";
        const auto now = std::chrono::steady_clock::now();
        const RecordingRun run{currentBootId(), currentUtcOffsetNs()};
        recordAbsences(file, run, now);
        SourceSet sources(FakeStack::parts(std::make_shared<FakeStack>(), dir).link); // never started
        const auto clock = std::make_shared<StandingClock>(now, run.utcOffsetNs);
        SnapshotFeed feed(sources, clock);
        TimeContext time;
        Settings settings(dir.filePath(QStringLiteral("binnacle.ini")));
        const auto heard = std::make_shared<FakeNotifier>();
        AlertDesk::Parts parts;
        parts.notifier = heard;
        AlertDesk desk(feed, time, settings, std::move(parts));
        desk.silence({"p99", ""}, SilenceFor::Hour);
        // What is judged half a second apart was seen five seconds apart before the last minutes.
        const auto near = [](SteadyTime at, SteadyTime wanted) { return at >= wanted && at <= wanted + 10s; };

        feed.fillFrom(std::make_unique<HistoryFill>(file, now, run));
        const QSignalSpy filled(&feed, &SnapshotFeed::pastFilled);
        QTRY_VERIFY_WITH_TIMEOUT((feed.tick(), filled.count() > 0), 30000);
        const auto* alert = desk.book().find(kRedis);
        QVERIFY(alert != nullptr && alert->state == AlertState::Raised);
        QVERIFY(near(alert->since, now - 4min));
        const auto& episodes = desk.book().episodes();
        QCOMPARE(episodes.size(), std::size_t{2});
        QVERIFY(near(episodes[0].from, now - 32min) && episodes[0].to && near(*episodes[0].to, now - 30min));
        QVERIFY(near(episodes[1].from, now - 4min) && !episodes[1].to);
        QCOMPARE(time.alerts().size(), std::size_t{2});
        QCOMPARE(desk.book().silences().size(), std::size_t{1});
        for (int second = 1; second <= 30; ++second) {
            clock->moveTo(now + std::chrono::seconds(second));
            feed.tick();
        }
        QCOMPARE(desk.counts().critical, 1);
        QVERIFY(heard->notices.empty() && heard->sounds == 0);

        // What somebody said before the past came holds, and what was told is not told again.
        desk.acknowledge(kRedis);
        feed.fillFrom(std::make_unique<HistoryFill>(file, now + 30s, run));
        QTRY_VERIFY_WITH_TIMEOUT((feed.tick(), filled.count() > 1), 30000);
        alert = desk.book().find(kRedis);
        QVERIFY(alert != nullptr && alert->state == AlertState::Acknowledged);
        QVERIFY(heard->notices.empty() && heard->sounds == 0);

        // Elsewhere in a recording it is as if it had been played up to there.
        const auto jump = [&](SteadyTime at) {
            clock->moveTo(at);
            feed.jumpTo(at, std::make_unique<HistoryFill>(file, at, run),
                        std::make_unique<DirectPlayer>(std::vector<RecordedEvent>()));
            QTRY_VERIFY_WITH_TIMEOUT((feed.tick(), !feed.isJumping()), 30000);
        };
        jump(now - 31min);
        alert = desk.book().find(kRedis);
        QVERIFY(alert != nullptr && alert->state == AlertState::Raised && near(alert->since, now - 32min));
        QCOMPARE(time.alerts().size(), std::size_t{1});
        jump(now - 10min);
        QCOMPARE(desk.counts().critical, 0);
        QCOMPARE(desk.book().episodes().size(), std::size_t{1});
        jump(now - 39min);
        QVERIFY(desk.book().find(kRedis) == nullptr && time.alerts().empty());
        QVERIFY(heard->notices.empty());
    }

    void burnRatesAreJudgedWithTheReadings() {
        AlertBench bench;
        bench.start();
        bench.desk().setBurnRates([](SteadyTime) { return BurnRates{20, 16, 3, 1}; });
        QTRY_VERIFY_WITH_TIMEOUT(bench.desk().book().find({"budget-fast", ""}) != nullptr, 5000);
        bench.await(1);
        QCOMPARE(valueText(*findAlertRule("budget-fast"), 16), QStringLiteral("\u00d716.0"));
        QVERIFY(bench.notifier->notices.front().body.contains(QStringLiteral("limit \u00d714.4")));
    }

    void thePaletteFindsThemAndTheirSwitches() {
        AlertBench bench;
        bench.start();
        bench.stack->set("redis", Behaviour::Refuse);
        bench.await(1);
        const auto find = [&](const QString& words) {
            QTest::keyClick(&bench.window(), Qt::Key_K, Qt::ControlModifier);
            auto* view = bench.window().findChild<PaletteView*>();
            QTRY_VERIFY(view->isOpen());
            auto* field = view->findChild<QLineEdit*>();
            QTRY_VERIFY(field->hasFocus());
            field->selectAll();
            QTest::keyClicks(field, words);
            auto* rows = view->findChild<QListView*>();
            QTRY_VERIFY(view->rows().rowAt(rows->currentIndex()) != nullptr);
            bench.picture("alerts-palette");
            QTest::keyClick(field, Qt::Key_Return);
            QTRY_VERIFY(!view->isOpen());
        };
        bench.window().openPage(QStringLiteral("locks"));
        find(QStringLiteral("*No answer Redis"));
        QCOMPARE(bench.window().currentPage(), QStringLiteral("overview"));
        find(QStringLiteral("*not tell alerts"));
        QVERIFY(!bench.console->settings().alertNotices());
        find(QStringLiteral("*a sound"));
        QVERIFY(bench.console->settings().alertSound());
    }

    void aDamagedFileIsSetAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no json") << QByteArray("silences!");
        QTest::newRow("of another format") << QByteArray("{\"format\":2}");
        QTest::newRow("too large") << QByteArray(AlertStore::kLargestFile + 1, ' ');
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void aDamagedFileIsSetAside() {
        QFETCH(QByteArray, content);
        const QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("alerts.json"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(content) == content.size());
        out.close();
        AlertStore store(file);
        QVERIFY(store.flush(5s));
        QCOMPARE(store.kept(), KeptAlerts());
        QVERIFY(store.notice().contains(QStringLiteral("alerts.json.damaged")));
        store.keep({{{kRedis, UtcTime(1'800'000'000s)}}, {kRedis}});
        QVERIFY(store.flush(5s));
        QCOMPARE(keptIn(file), store.kept());
        QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
    }

    void whatOthersWroteIsNotBelieved() {
        const QTemporaryDir dir;
        const auto file = dir.filePath(QStringLiteral("alerts.json"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        QByteArray text = "{'format':1,'acknowledged':[{'rule':'source-lost','subject':'redis'},7,null],'silences':["
                          "{'rule':'no such rule','subject':'','until_ms':1800000000000},"
                          "{'rule':'p99','subject':'','until_ms':-5},{'rule':'p99','subject':'','until_ms':1e300},"
                          "{'rule':'p99','subject':'','until_ms':'soon'},{'rule':{},'until_ms':1800000000000},"
                          "{'rule':'p99','subject':'LONG','until_ms':1800000000000},"
                          "{'rule':'p99','subject':'','until_ms':1800000000000}]}";
        text.replace('\'', '"').replace("LONG", QByteArray(1000, 'x'));
        QVERIFY(out.write(text) == text.size());
        out.close();
        AlertStore store(file);
        QVERIFY(store.flush(5s));
        QCOMPARE(store.kept().acknowledged, std::vector{kRedis});
        QCOMPARE(store.kept().silences, (std::vector{Silence{{"p99", ""}, UtcTime(1'800'000'000s)}}));
        // However far ahead it is, what is taken from it ends.
        AlertBook book;
        QVERIFY(book.silence({"p99", ""}, store.kept().silences.front().until, UtcTime(1'700'000'000s)));
        QCOMPARE(book.silences().front().until, UtcTime(1'700'000'000s) + AlertBook::kLongestSilence);
    }
};

QTEST_MAIN(TestAlerts)
#include "test_alerts.moc"
