// SPDX-License-Identifier: GPL-3.0-or-later
// The page Cache on a stack that exists only in memory.
#include "tests/app/fake_tables.h"
#include "tests/app/page_bench.h"
#include "widgets/bucket_histogram.h"

#include <QPushButton>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

/// So many calls were counted since the reading before, beside the many since the start, of which most were fast.
void tellCalls(FakeStack& stack, double fast, double slower, double slow) {
    stack.setTable("redis", tableOf("redis.histogram",
                                    {{{"command", "get"}, {"upto", 4e-6}, {"count", 90'000.0}, {"recent", fast}},
                                     {{"command", "get"}, {"upto", 8e-6}, {"count", 29'000.0}, {"recent", slower}},
                                     {{"command", "get"}, {"upto", 128e-6}, {"count", 1'000.0}, {"recent", slow}},
                                     {{"command", "set"}, {"upto", 16e-6}, {"count", 9'000.0}, {"recent", 3.0}}}));
}

void tellRedis(FakeStack& stack) {
    stack.setTable("redis",
                   tableOf("redis.commands",
                           {{{"command", "get"},
                             {"calls", 120'000.0},
                             {"rate", 420.0},
                             {"mean", 4.1e-6},
                             {"p50", 3e-6},
                             {"p99", 9e-6},
                             {"failed", 4.0}},
                            {{"command", "set"}, {"calls", 9'000.0}, {"rate", 38.0}, {"mean", 8e-6}, {"p99", 21e-6}}}));
    tellCalls(stack, 90, 20, 1);
    stack.setTable("redis", tableOf("redis.slowlog", {}));
}

struct CacheBench : PageBench {
    CacheBench() {
        tellRedis(*stack);
        openPage("cache", Qt::Key_C);
    }
    [[nodiscard]] BucketHistogram& histogram() const { return *page().findChild<BucketHistogram*>(); }
};

} // namespace

class TestCachePage : public QObject {
    Q_OBJECT

    std::unique_ptr<CacheBench> m_states;

private Q_SLOTS:
    void cleanup() {
        if (QTest::currentTestFailed()) {
            m_states.reset(); // whatever it left behind
        }
    }

    void saysTheStateOfItsSource_data() { addPageStates("lookups per second hit", "Redis"); }
    void saysTheStateOfItsSource() {
        if (!m_states) {
            m_states = std::make_unique<CacheBench>(); // one console for all rows
        }
        checkPageState(*m_states, "redis");
    }

    void tellsHitsByEndpointAndLevel() {
        CacheBench bench;
        QTRY_COMPARE(bench.cell("cache.endpoints", 0, QStringLiteral("Endpoint")).toString(),
                     QStringLiteral("GET /v1/projects"));
        QCOMPARE(bench.cell("cache.endpoints", 0, QStringLiteral("Level")).toString(), QStringLiteral("l2"));
        QTRY_VERIFY2(
            bench.cell("cache.endpoints", 0, QStringLiteral("Hits")).toString().startsWith(QStringLiteral("92")),
            qPrintable(bench.cell("cache.endpoints", 0, QStringLiteral("Hits")).toString()));
        QVERIFY(!bench.lanes().spokenValue().contains(QStringLiteral("Coalesced"))); // nobody counts that here
        bench.stack->setReading("service/app-1", counter("cache.coalesced", {{"level", "l2"}}, 5));
        QTRY_VERIFY(bench.lanes().spokenValue().contains(QStringLiteral("Coalesced")));
    }

    void showsTheDistributionOfTheChosenCommand() {
        CacheBench bench;
        QTRY_VERIFY(bench.histogram().total() >= 3 * 111); // summed over readings
        QCOMPARE(bench.histogram().total() % 111, std::uint64_t{0});
        QCOMPARE(bench.histogram().quantileEdge(0.5), 4e-6);
        QCOMPARE(bench.histogram().quantileEdge(0.995), 128e-6);
        bench.table("redis.commands")->selectRow(1);
        QTRY_COMPARE(bench.histogram().quantileEdge(0.5), 16e-6);
        bench.picture("cache-commands");
    }

    void quantilesAreOfTheLastMinuteAndTheirTipsOfTheStart() {
        CacheBench bench;
        tellCalls(*bench.stack, 0, 0, 200); // slow by now, though most since the start were fast
        const auto p50 = [&bench](int role = Qt::DisplayRole) {
            return bench.cell("redis.commands", 0, QStringLiteral("p50"), role).toString();
        };
        QTRY_VERIFY2(p50().startsWith(QStringLiteral("128")), qPrintable(p50()));
        QVERIFY2(p50(Qt::ToolTipRole).startsWith(QStringLiteral("p50 since start: 3")),
                 qPrintable(p50(Qt::ToolTipRole)));
        QCOMPARE(bench.cell("redis.commands", 1, QStringLiteral("p99.9")).toString(), absentText()); // too few calls
        QTRY_COMPARE(bench.cell("redis.commands", 0, QStringLiteral("Fail.")).toString(),
                     QStringLiteral("0")); // those four were long ago
        QCOMPARE(bench.cell("redis.commands", 0, QStringLiteral("Fail."), Qt::ToolTipRole).toString(),
                 QStringLiteral("Rejected or failed since start: 4"));
    }

    void callsThatFailAreSaid() {
        CacheBench bench;
        QVERIFY(!bench.lanes().spokenValue().contains(QStringLiteral("Errors")));
        double errors = 0;
        const auto tell = [&] {
            bench.stack->setReading("service/app-1", counter("cache.errors", {{"level", "l2"}}, errors += 20));
            return bench.sentence().contains(QStringLiteral("calls of the cache fail per second"));
        };
        QTRY_VERIFY2(tell(), qPrintable(bench.sentence()));
        QVERIFY(bench.lanes().spokenValue().contains(QStringLiteral("Errors")));
    }

    void aTableThatWasNotReadYetIsToldFromOneWithoutRowsAndOneThatIsDenied() {
        CacheBench bench;
        auto* tabs = bench.page().findChild<SegmentedControl*>(QStringLiteral("tabs"));
        tabs->setFocus();
        QTest::keyClick(tabs, Qt::Key_Right);
        QTRY_VERIFY2(bench.words("redis.slowlog").contains(QStringLiteral("No slow command")),
                     qPrintable(bench.words("redis.slowlog")));
        QTest::keyClick(tabs, Qt::Key_Right);
        QTRY_VERIFY(bench.words("redis.latency_events").contains(QStringLiteral("Not read yet")));
        bench.stack->setTable("redis", refusedTable("redis.latency_events",
                                                    "the user may not call LATENCY: ACL SETUSER console +latency"));
        QTRY_VERIFY2(bench.words("redis.latency_events").contains(QStringLiteral("ACL SETUSER console +latency")),
                     qPrintable(bench.words("redis.latency_events")));
        const auto* copy = bench.table("redis.latency_events")->findChild<QPushButton*>();
        QTRY_COMPARE(copy->text(), QStringLiteral("Copy ACL"));
        bench.picture("cache-table-denied");
    }

    void evictionsComeFirst() {
        CacheBench bench;
        bench.stack->setReading("redis", counter("redis.evictions", {}, 50));
        bench.awaitReadings(4);
        bench.stack->setReading("redis", counter("redis.evictions", {}, 5'000));
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("Redis evicts")), qPrintable(bench.sentence()));
    }

    void aKeyIsInvalidatedByKeyboardThroughItsPreview() {
        CacheBench bench;
        QTRY_VERIFY(bench.button("invalidate")->isEnabled());
        QTest::keyClick(&bench.window(), Qt::Key_I);
        QTRY_VERIFY(bench.field("invalidateName")->hasFocus());
        QTest::keyClicks(bench.field("invalidateName"), QStringLiteral("task:42"));
        QTest::keyClick(bench.field("invalidateName"), Qt::Key_Return);
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == ActionDialog::Phase::Preview);
        QTest::keyClick(bench.dialog(), Qt::Key_Escape);
    }

    void theButtonSaysWhyItCanNot() {
        CacheBench bench;
        bench.stack->control()->setRole("viewer");
        QTRY_VERIFY(!bench.button("invalidate")->isEnabled());
        QTRY_VERIFY2(bench.button("invalidate")->text().contains(QStringLiteral("Needs the role")),
                     qPrintable(bench.button("invalidate")->text()));
    }

    void aHiddenPagePaintsNothing() {
        CacheBench bench;
        bench.awaitReadings(2);
        bench.window().openPage(QStringLiteral("overview"));
        QCoreApplication::processEvents();
        const auto painted = bench.lanes().paintCount();
        bench.awaitReadings(3);
        QCOMPARE(bench.lanes().paintCount(), painted);
    }
};

QTEST_MAIN(TestCachePage)
#include "test_cache_page.moc"
