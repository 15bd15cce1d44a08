// SPDX-License-Identifier: GPL-3.0-or-later
// The page Pools on a stack that exists only in memory.
#include "app/models/pool_sizing.h"
#include "tests/app/page_bench.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/table_delegate.h"

#include <QLabel>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

void tellPools(FakeStack& stack, double waiting = 0, const char* paused = "no") {
    stack.setTable("pgbouncer", tableOf("pgbouncer.pools", {{{"database", "binnacle"},
                                                             {"user", "app"},
                                                             {"cl_active", 12.0},
                                                             {"cl_waiting", waiting},
                                                             {"sv_active", 19.0},
                                                             {"sv_idle", 1.0},
                                                             {"maxwait", waiting > 0 ? 0.061 : 0},
                                                             {"pool_mode", "transaction"},
                                                             {"pool_size", 20.0}}}));
    stack.setTable("pgbouncer", tableOf("pgbouncer.databases", {{{"name", "binnacle"},
                                                                 {"paused", paused},
                                                                 {"disabled", "no"},
                                                                 {"xact_rate", 300.0},
                                                                 {"xact_time", 0.004}}}));
}

struct PoolsBench : PageBench {
    PoolsBench() {
        tellPools(*stack);
        openPage("pools", Qt::Key_P);
    }
};

} // namespace

class TestPoolsPage : public QObject {
    Q_OBJECT

    std::unique_ptr<PoolsBench> m_states;

private Q_SLOTS:
    void cleanup() {
        if (QTest::currentTestFailed()) {
            m_states.reset(); // whatever it left behind
        }
    }

    void saysTheStateOfItsSource_data() { addPageStates("Nobody waits for a connection", "pgBouncer"); }
    void saysTheStateOfItsSource() {
        if (!m_states) {
            m_states = std::make_unique<PoolsBench>(); // one console for all rows
        }
        checkPageState(*m_states, "pgbouncer");
    }

    void listsTheApplicationsPoolsByInstance() {
        PoolsBench bench;
        QTRY_COMPARE(bench.table("app.pools")->model()->rowCount(), 3);
        QCOMPARE(bench.cell("app.pools", 0, QStringLiteral("Instance")).toString(), QStringLiteral("app-1"));
        QCOMPARE(bench.cell("app.pools", 0, QStringLiteral("Size")).toString(), QStringLiteral("5"));
        QTRY_VERIFY(bench.cell("app.pools", 0, QStringLiteral("Wait p99")).toString() != absentText());
        QVERIFY(bench.cell("app.pools", 0, QStringLiteral("Saturation"), BarRole).isValid());
        bench.stack->set("service/app-2", Behaviour::Refuse);
        QTRY_COMPARE(bench.cell("app.pools", 1, QStringLiteral("State")).toString(), QStringLiteral("lost"));
        QCOMPARE(bench.cell("app.pools", 1, QStringLiteral("In use")).toString(), absentText()); // not its last value
    }

    void theWaitsOfAppPoolsHaveAShape() {
        PoolsBench bench;
        auto* tabs = bench.page().findChild<SegmentedControl*>(QStringLiteral("tabs"));
        QCOMPARE(tabs->segments().size(), std::size_t{5}); // what-if stands beside the lanes here
        tabs->choose(4);
        auto* waits = bench.page().findChild<LatencyHistogramView*>(QStringLiteral("poolWaits"));
        QTRY_VERIFY(waits->isVisible() && waits->total() > 0);
        QTRY_VERIFY(waits->spokenValue().contains(QStringLiteral("p99")));
        const auto longest = bench.cell("app.pools", 0, QStringLiteral("Longest wait")).toString();
        QVERIFY2(longest.startsWith(QStringLiteral("89")),
                 qPrintable(longest)); // 900 microseconds, with at most 1 % of error
        const auto all = waits->total();
        bench.table("app.pools")->selectRow(2); // the canary, with a sixth of the traffic
        QTRY_VERIFY(waits->total() > 0 && waits->total() < all / 2);
        bench.picture("pools-waits");
    }

    void inANarrowWindowWhatIfIsATab() {
        PoolsBench bench;
        auto* tabs = bench.page().findChild<SegmentedControl*>(QStringLiteral("tabs"));
        auto* sentence = bench.page().findChild<QLabel*>(QStringLiteral("sizing.sentence"));
        bench.window().resize(1100, 800);
        QTRY_COMPARE(tabs->segments().size(), std::size_t{6});
        QVERIFY(!sentence->isVisible());
        tabs->setFocus();
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(tabs, Qt::Key_Right);
        }
        QTRY_VERIFY(sentence->isVisible() && sentence->text().contains(QStringLiteral("covers")));
        QTest::keyClicks(bench.field("sizing.cores"), QStringLiteral("4"));
        bench.picture("pools-narrow");
        bench.window().resize(1600, 1000);
        QTRY_COMPARE(tabs->segments().size(), std::size_t{5});
        QCOMPARE(tabs->current(), 0);
        QVERIFY(sentence->isVisible());
        QCOMPARE(bench.field("sizing.cores")->text(), QStringLiteral("4")); // the same panel
    }

    void aPoolShowsHowFullItIsAndWhoWaits() {
        PoolsBench bench;
        QTRY_COMPARE(bench.table("pgbouncer.pools")->model()->rowCount(), 1);
        QCOMPARE(bench.cell("pgbouncer.pools", 0, QStringLiteral("Saturation"), BarRole).toDouble(), 0.95);
        QCOMPARE(bench.cell("pgbouncer.pools", 0, QStringLiteral("Saturation"), BarSeverityRole).toInt(),
                 int(Severity::Caution));
        tellPools(*bench.stack, 14);
        bench.stack->setReading("pgbouncer", gauge("pgbouncer.clients_waiting", {{"pool", "binnacle"}}, 14));
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("14 clients wait")), qPrintable(bench.sentence()));
        QTRY_COMPARE(bench.cell("pgbouncer.pools", 0, QStringLiteral("Clients waiting"), CombRole).toInt(), 14);
        bench.picture("pools-waiting");
    }

    void aPoolIsPausedByItsButtonAndResumedWhenItIs() {
        PoolsBench bench;
        QTRY_VERIFY(bench.button("pausePool")->isEnabled()); // the only one needs no choice
        QCOMPARE(bench.button("pausePool")->text(), QStringLiteral("Pause binnacle\u2026"));
        QVERIFY(!bench.button("resumePool")->isEnabled());
        bench.button("pausePool")->click();
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == ActionDialog::Phase::Preview);
        QTest::keyClick(bench.dialog(), Qt::Key_Escape);
        tellPools(*bench.stack, 0, "yes");
        QTRY_VERIFY(bench.button("resumePool")->isEnabled());
        QVERIFY(!bench.button("pausePool")->isEnabled());
    }

    void whatIfFollowsWhatIsTypedAndSaysWhatItMeans() {
        PoolsBench bench;
        auto* sentence = bench.page().findChild<QLabel*>(QStringLiteral("sizing.sentence"));
        QTRY_VERIFY2(sentence->text().contains(QStringLiteral("covers")), qPrintable(sentence->text()));
        bench.field("sizing.cores")->setFocus();
        QTest::keyClicks(bench.field("sizing.cores"), QStringLiteral("4"));
        QTest::keyClicks(bench.field("sizing.rate"), QStringLiteral("2000"));
        QTest::keyClicks(bench.field("sizing.hold"), QStringLiteral("10"));
        QCOMPARE(bench.page().findChild<QLabel*>(QStringLiteral("sizing.busy"))->text(), QStringLiteral("20"));
        QCOMPARE(bench.page().findChild<QLabel*>(QStringLiteral("sizing.useful"))->text(), QStringLiteral("9"));
        QVERIFY2(sentence->text().contains(QStringLiteral("a larger pool will not help")),
                 qPrintable(sentence->text()));
        QTest::keyClicks(bench.field("sizing.hold"), QStringLiteral("x"));
        QVERIFY(sentence->text().contains(QStringLiteral("A number above zero")));
        bench.button("sizing.measured")->click();
        QVERIFY(bench.field("sizing.rate")->text().isEmpty());
    }

    void sizingFollowsLittlesLawAndTheCoresRule_data() {
        QTest::addColumn<double>("perSecond");
        QTest::addColumn<double>("holdSeconds");
        QTest::addColumn<double>("cores");
        QTest::addColumn<double>("size");
        QTest::addColumn<QString>("says");
        QTest::addRow("fits") << 400.0 << 0.005 << 8.0 << 10.0 << "can work on all of it";
        QTest::addRow("bursts") << 400.0 << 0.01 << 8.0 << 5.0 << "expect short waits";
        QTest::addRow("small") << 400.0 << 0.02 << 8.0 << 5.0 << "too small";
        QTest::addRow("large") << 400.0 << 0.005 << 2.0 << 40.0 << "becomes slower";
        QTest::addRow("overload") << 4000.0 << 0.02 << 8.0 << 40.0 << "will not help";
    }
    void sizingFollowsLittlesLawAndTheCoresRule() {
        QFETCH(double, perSecond);
        QFETCH(double, holdSeconds);
        QFETCH(double, cores);
        QFETCH(double, size);
        QFETCH(QString, says);
        const PoolLoad load{perSecond, holdSeconds, cores, 1, size};
        QCOMPARE(sizingOf(load).busy, perSecond * holdSeconds);
        QCOMPARE(sizingOf(load).useful, cores * 2 + 1);
        QVERIFY2(sizingSentence(load).contains(says), qPrintable(sizingSentence(load)));
    }
};

QTEST_MAIN(TestPoolsPage)
#include "test_pools_page.moc"
