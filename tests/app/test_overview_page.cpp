// SPDX-License-Identifier: GPL-3.0-or-later
// The page Overview on a stack that exists only in memory: where its parts lead, and what it offers to do.
#include "app/pages/likely_cause_panel.h"
#include "app/time_steering.h"
#include "tests/app/page_bench.h"
#include "widgets/request_path_view.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QLabel>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

constexpr const char* kStart = "2026-11-25T18:30:01.000000Z";

/// The overview from the start, with tables of what it leads to.
struct OverviewBench : PageBench {
    explicit OverviewBench(QSize size = {1600, 1000}) {
        stack->setTable("haproxy",
                        tableOf("haproxy.servers", {{{"proxy", "stable"}, {"server", "app-1"}, {"status", "UP"}},
                                                    {{"proxy", "stable"}, {"server", "app-2"}, {"status", "UP"}}}));
        openPage("overview", Qt::Key_O, size);
    }
    using PageBench::picture; // the one that is saved
    [[nodiscard]] RequestPathView& picture() const { return *page().findChild<RequestPathView*>(); }
    /// The button over a node of the picture.
    [[nodiscard]] QAbstractButton* node(const char* hop) const {
        const auto box = picture().nodeRect(QLatin1String(hop));
        for (auto* button : picture().findChildren<QAbstractButton*>()) {
            if (!box.isEmpty() && button->geometry().contains(box.center().toPoint())) {
                return button;
            }
        }
        return nullptr;
    }
    [[nodiscard]] LikelyCausePanel& cause() const { return *page().findChild<LikelyCausePanel*>(); }
    [[nodiscard]] QString inForce() const {
        for (const auto* painted : page().findChildren<PaintedWidget*>()) {
            if (painted->isVisible() && painted->accessibleName() == QStringLiteral("In force") &&
                painted->spokenRole() == QAccessible::StaticText) {
                return painted->spokenValue();
            }
        }
        return {};
    }
    /// From now on that many sessions wait for a lock, the first of them for 4711.
    void block(double sessions) const {
        stack->setTable("postgres/primary",
                        tableOf("postgres.blocking",
                                {{{"pid", 4711.0},
                                  {"backend_start", kStart},
                                  {"xact_start", kStart},
                                  {"depth", 0.0},
                                  {"behind", sessions},
                                  {"application", "batch"},
                                  {"state", "idle in transaction"},
                                  {"xact_age", 130.0}},
                                 {{"pid", 4712.0}, {"backend_start", kStart}, {"depth", 1.0}, {"waited", 60.0}}}));
        stack->setReading("postgres/primary", gauge("postgres.blocked", {{"server", "primary"}}, sessions));
    }
};

void press(QWidget& widget) {
    auto* actions = QAccessible::queryAccessibleInterface(&widget)->actionInterface();
    QVERIFY(actions->actionNames().contains(QAccessibleActionInterface::pressAction()));
    actions->doAction(QAccessibleActionInterface::pressAction());
}

} // namespace

class TestOverviewPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachNodeLeadsToItsPage_data() {
        QTest::addColumn<QString>("page");
        QTest::addRow("clients") << QStringLiteral("traffic");
        QTest::addRow("haproxy") << QStringLiteral("traffic");
        QTest::addRow("app-2") << QStringLiteral("traffic");
        QTest::addRow("pgbouncer") << QStringLiteral("pools");
        QTest::addRow("redis") << QStringLiteral("cache");
        QTest::addRow("primary") << QStringLiteral("database");
        QTest::addRow("replica-2") << QStringLiteral("database");
    }
    void eachNodeLeadsToItsPage() {
        QFETCH(QString, page);
        OverviewBench bench;
        const auto* id = QTest::currentDataTag();
        QTRY_VERIFY(bench.node(id) != nullptr);
        bench.node(id)->setFocus();
        QTest::keyClick(bench.node(id), Qt::Key_Return);
        QTRY_COMPARE(bench.window().currentPage(), page);
        if (QLatin1String(id) == QLatin1String("app-2")) {
            auto* servers = bench.window().findChild<QTableView*>(QStringLiteral("haproxy.servers"));
            QTRY_VERIFY(servers->currentIndex().isValid());
            QCOMPARE(servers->currentIndex().siblingAtColumn(1).data().toString(), QStringLiteral("app-2"));
            QVERIFY(servers->hasFocus());
        } else if (page == QLatin1String("database")) {
            auto* servers = bench.window().findChild<SegmentedControl*>(QStringLiteral("server"));
            QTRY_COMPARE(servers->current(), QLatin1String(id) == QLatin1String("primary") ? 0 : 2);
        }
    }

    void aNodeIsPressedByMouseByKeysAndByAssistiveTechnology() {
        OverviewBench bench;
        QTRY_VERIFY(bench.node("redis") != nullptr);
        const auto back = [&] { bench.window().openPage(QStringLiteral("overview")); };
        QTest::mouseClick(bench.node("redis"), Qt::LeftButton);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("cache"));
        back();
        bench.node("redis")->setFocus();
        QTest::keyClick(bench.node("redis"), Qt::Key_Space);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("cache"));
        QCOMPARE(bench.window().time().mode(), TimeContext::Mode::Live);
        back();
        press(*bench.node("redis"));
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("cache"));
    }

    void eachTileLeadsToItsPage_data() {
        QTest::addColumn<QString>("page");
        QTest::addRow("Requests") << QStringLiteral("traffic");
        QTest::addRow("Errors") << QStringLiteral("traffic");
        QTest::addRow("p50") << QStringLiteral("latency");
        QTest::addRow("p99.9") << QStringLiteral("latency");
        QTest::addRow("Cache hits") << QStringLiteral("cache");
        QTest::addRow("Lag") << QStringLiteral("database");
        QTest::addRow("Pools") << QStringLiteral("pools");
        QTest::addRow("Deadlocks") << QStringLiteral("locks");
        QTest::addRow("Budget") << QStringLiteral("latency");
    }
    void eachTileLeadsToItsPage() {
        QFETCH(QString, page);
        OverviewBench bench;
        auto* tile = bench.tile(QTest::currentDataTag());
        QVERIFY(tile != nullptr);
        QTest::keyClick(tile, Qt::Key_Return);
        QTRY_COMPARE(bench.window().currentPage(), page);
        bench.window().openPage(QStringLiteral("overview"));
        QTest::mouseClick(tile, Qt::LeftButton);
        QTRY_COMPARE(bench.window().currentPage(), page);
        bench.window().openPage(QStringLiteral("overview"));
        QCOMPARE(QAccessible::queryAccessibleInterface(tile)->role(), QAccessible::Button);
        press(*tile);
        QTRY_COMPARE(bench.window().currentPage(), page);
    }

    void everyHopTellsHowFullItIs() {
        OverviewBench bench;
        const auto full = [&] {
            return std::ranges::all_of(bench.picture().shownPath().nodes, [](const PathNode& node) {
                return node.kind == HopKind::Clients || node.saturation.has_value();
            });
        };
        QTRY_VERIFY(bench.picture().shownPath().nodes.size() >= 9 && full());
    }

    void theRootOfLockWaitsIsOfferedToBeEnded() {
        OverviewBench bench;
        QVERIFY(!bench.cause().isVisible());
        bench.block(7);
        QTRY_VERIFY_WITH_TIMEOUT(bench.cause().isVisible(), 20000);
        auto* step = bench.button("causeStep");
        QTRY_COMPARE_WITH_TIMEOUT(step->text(), QStringLiteral("Terminate 4711\u2026"), 20000);
        const auto* since = bench.cause().findChild<QLabel*>(QStringLiteral("causeSince"));
        QTRY_VERIFY2(since->isVisible() && since->text().startsWith(QStringLiteral("since ")),
                     qPrintable(since->text()));
        bench.picture("overview-likely-cause");
        bench.button("causePage")->click();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("locks"));
        bench.window().openPage(QStringLiteral("overview"));
        step->click();
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->isVisible());
        QCOMPARE(bench.stack->control()->acts(), 0); // a preview, and no act
        bench.dialog()->close();
        bench.stack->setReading("postgres/primary", gauge("postgres.blocked", {{"server", "primary"}}, 0));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.cause().isVisible(), 20000);
    }

    void whereNothingIsToBeDoneThePageIsOffered() {
        OverviewBench bench;
        bench.stack->set("redis", Behaviour::Refuse);
        QTRY_VERIFY_WITH_TIMEOUT(bench.cause().isVisible(), 20000);
        QTRY_COMPARE(bench.button("causeStep")->text(), QStringLiteral("Open Cache"));
        QVERIFY(!bench.button("causePage")->isVisible());
        bench.button("causeStep")->click();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("cache"));
    }

    void ofThePastOnlyThePageIsOffered() {
        OverviewBench bench;
        bench.block(7);
        QTRY_COMPARE_WITH_TIMEOUT(bench.button("causeStep")->text(), QStringLiteral("Terminate 4711\u2026"), 20000);
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        QTRY_COMPARE(bench.button("causeStep")->text(), QStringLiteral("Open Locks"));
    }

    void whoMayNotIsToldWhy() {
        OverviewBench bench;
        bench.stack->control()->setRole("viewer");
        bench.block(7);
        auto* step = bench.button("causeStep");
        QTRY_VERIFY2_WITH_TIMEOUT(step->isVisible() && step->text().startsWith(QStringLiteral("Terminate:")),
                                  qPrintable(step->text()), 20000);
        QVERIFY(!step->isEnabled() && !step->toolTip().isEmpty());
    }

    void whereItIsNarrowTheCauseIsOneLine() {
        OverviewBench bench({1280, 800});
        bench.block(7);
        QTRY_VERIFY_WITH_TIMEOUT(bench.cause().isVisible(), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(bench.button("causeStep")->text(), QStringLiteral("Terminate 4711\u2026"), 20000);
        QTRY_VERIFY2(bench.cause().height() <= 44, qPrintable(QString::number(bench.cause().height())));
        QVERIFY(bench.cause().width() > bench.page().width() - 20);
        bench.awaitReadings(4);
        bench.picture("overview-narrow");
        // What always has a lane is there, each on its own line and none beyond the plot.
        const auto spoken = bench.lanes().spokenValue();
        for (const auto* lane : {"p99 latency", "HAProxy queue", "Pool waiters", "Lock waits", "Redis evictions",
                                 "WAL written", "Replica lag"}) {
            QVERIFY2(spoken.contains(QLatin1String(lane)), lane);
        }
        double bottom = bench.lanes().plotRect().top();
        for (int lane = 0; lane < 7; ++lane) {
            const auto box = bench.lanes().laneRect(lane);
            QCOMPARE(box.top(), bottom);
            QVERIFY2(box.height() >= 20, qPrintable(QString::number(box.height())));
            bottom = box.bottom();
        }
        QVERIFY(bottom <= bench.lanes().height());
    }

    void aLeaseCountsDownBesideItsLevel() {
        OverviewBench bench;
        QTRY_VERIFY(bench.inForce().contains(QStringLiteral("every part is on")));
        bench.stack->control()->actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{1}}});
        QTRY_VERIFY2_WITH_TIMEOUT(bench.inForce().contains(QStringLiteral(" left, then steps down")),
                                  qPrintable(bench.inForce()), 20000);
        const auto first = bench.inForce();
        QTRY_VERIFY_WITH_TIMEOUT(bench.inForce() != first, 5000); // it counts
    }

    void aMigrationUnderWayStandsInForceAndOpens() {
        OverviewBench bench;
        MigrationStatus migration;
        migration.id = "20261101120000_tasks_by_assignee";
        migration.title = "Index tasks by assignee";
        migration.state = MigrationStatus::State::Waiting;
        migration.message = "waits for 1 session";
        bench.stack->control()->change([&](ControlView& view) {
            view.migrations = MigrationsView{{migration}, std::chrono::milliseconds(0), {}};
        });
        QTRY_VERIFY2_WITH_TIMEOUT(bench.inForce().contains(QStringLiteral("Index tasks by assignee")),
                                  qPrintable(bench.inForce()), 20000);
        QVERIFY2(bench.inForce().contains(QStringLiteral("waiting")), qPrintable(bench.inForce()));
        QTRY_VERIFY(bench.button("openMigration")->isVisible());
        bench.picture("overview-migration");
        bench.button("openMigration")->click();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("migrations"));
        bench.window().openPage(QStringLiteral("overview"));
        bench.stack->control()->change(
            [](ControlView& view) { view.migrations->rows[0].state = MigrationStatus::State::Applied; });
        QTRY_VERIFY_WITH_TIMEOUT(!bench.button("openMigration")->isVisible(), 20000);
    }

    void whatOperatorsHoldStandsInForceAndOpens() {
        OverviewBench bench;
        const auto hold = [](std::string kind, std::string target, std::string value, std::string by) {
            return HoldView{std::move(kind), std::move(target), std::move(value), std::move(by), "control:7", {}};
        };
        bench.stack->control()->change([&](ControlView& view) {
            view.holds = {hold("instance", "app-1", "ready", "ops"), hold("instance", "app-2", "drained", "j.doe"),
                          hold("pool", "app-2", "paused", "ops"), hold("pool", "app-3", "active", "ops"),
                          hold("pool_size", "app-3", "12", "ops")};
        });
        QTRY_VERIFY2_WITH_TIMEOUT(bench.inForce().contains(QStringLiteral("app-2 is out of rotation")),
                                  qPrintable(bench.inForce()), 20000);
        QVERIFY2(bench.inForce().contains(QStringLiteral("app-2: pool paused")), qPrintable(bench.inForce()));
        QVERIFY2(bench.inForce().contains(QStringLiteral("app-3: pool of 12")), qPrintable(bench.inForce()));
        QVERIFY2(bench.inForce().contains(QStringLiteral("set by j.doe and others")), qPrintable(bench.inForce()));
        QVERIFY2(!bench.inForce().contains(QStringLiteral("app-1")), qPrintable(bench.inForce())); // it was put back
        QTRY_VERIFY(bench.button("openHolds")->isVisible());
        bench.picture("overview-holds");
        // What was to be taken back while its peer did not answer is not back yet.
        bench.stack->control()->change([&](ControlView& view) {
            view.holds = {hold("instance", "app-2", "readying", "ops"), hold("pool", "app-2", "resuming", "ops")};
        });
        QTRY_VERIFY2_WITH_TIMEOUT(bench.inForce().contains(QStringLiteral("app-2 is to return to rotation")),
                                  qPrintable(bench.inForce()), 20000);
        QVERIFY2(bench.inForce().contains(QStringLiteral("app-2: pool is to be resumed")), qPrintable(bench.inForce()));
        bench.button("openHolds")->click();
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("traffic"));
        bench.window().openPage(QStringLiteral("overview"));
        bench.stack->control()->change([](ControlView& view) { view.holds.clear(); });
        QTRY_VERIFY_WITH_TIMEOUT(!bench.button("openHolds")->isVisible(), 20000);
    }

    void jLeadsToWhatMovedFirst() {
        OverviewBench bench;
        auto& time = bench.window().time();
        QTest::keyClick(&bench.window(), Qt::Key_J);
        QVERIFY(!time.crosshair()); // nothing has moved
        QTRY_VERIFY_WITH_TIMEOUT(bench.console->feed().history().line(PathLine::LockWaits).size() > 30, 30000);
        const auto before = time.now();
        bench.block(9);
        QTRY_VERIFY_WITH_TIMEOUT(bench.lanes().spokenValue().contains(QStringLiteral("moved as number 1")), 20000);
        bench.window().openPage(QStringLiteral("cache"));
        QTest::keyClick(&bench.window(), Qt::Key_J);
        QTRY_COMPARE(bench.window().currentPage(), QStringLiteral("overview"));
        QTRY_VERIFY(time.pinnedCrosshair());
        QVERIFY(*time.pinnedCrosshair() >= before - std::chrono::seconds(3));
        const auto first = time.pinnedCrosshair();
        QTest::keyClick(&bench.window(), Qt::Key_J, Qt::ShiftModifier);
        QCOMPARE(time.pinnedCrosshair(), first); // nothing else has moved
    }

    void whatIsLookedAtIsInTheWindow() {
        TimeContext time;
        const SteadyTime now{std::chrono::hours(10)};
        time.advance(now, {});
        time.setSpan(std::chrono::minutes(5));
        lookAt(time, now - std::chrono::minutes(2));
        QCOMPARE(time.mode(), TimeContext::Mode::Live); // it is in view already
        QCOMPARE(time.pinnedCrosshair(), std::optional(now - std::chrono::minutes(2)));
        lookAt(time, now - std::chrono::minutes(30));
        QCOMPARE(time.mode(), TimeContext::Mode::Paused);
        QCOMPARE(time.end(), now - std::chrono::minutes(30) + std::chrono::seconds(150));
        time.goBack();
        QCOMPARE(time.mode(), TimeContext::Mode::Live);
    }

    void commaAndPointStepThroughEvents() {
        OverviewBench bench;
        auto& time = bench.window().time();
        auto& control = *bench.stack->control();
        QTest::keyClick(&bench.window(), Qt::Key_Comma);
        QVERIFY(!time.crosshair());
        control.actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{1}}});
        QTRY_COMPARE_WITH_TIMEOUT(bench.console->control().entries().empty(), false, 20000);
        bench.awaitReadings(3);
        control.actAs("j.doe", "set_degradation_level", {{"level", std::int64_t{2}}});
        const auto acts = [&] {
            return std::ranges::count(bench.console->control().entries(), AuditPhase::Intent, &AuditEntry::phase);
        };
        QTRY_COMPARE_WITH_TIMEOUT(acts(), 2, 20000);
        bench.awaitReadings(1);
        QTest::keyClick(&bench.window(), Qt::Key_Comma);
        const auto second = time.pinnedCrosshair();
        QVERIFY(second);
        QTest::keyClick(&bench.window(), Qt::Key_Comma);
        const auto first = time.pinnedCrosshair();
        QVERIFY(first && *first < *second);
        QTest::keyClick(&bench.window(), Qt::Key_Period);
        QVERIFY(*time.pinnedCrosshair() > *first);
        const auto last = time.pinnedCrosshair();
        QTest::keyClick(&bench.window(), Qt::Key_Period);
        QCOMPARE(time.pinnedCrosshair(), last); // there is no later one
    }
};

QTEST_MAIN(TestOverviewPage)
#include "test_overview_page.moc"
