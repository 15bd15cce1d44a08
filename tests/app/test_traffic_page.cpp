// SPDX-License-Identifier: GPL-3.0-or-later
// The page Traffic on a stack that exists only in memory.
#include "tests/app/page_bench.h"
#include "widgets/table_delegate.h"

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

void tellServers(FakeStack& stack, const char* second = "UP", double errors = 0) {
    stack.setTable("haproxy", tableOf("haproxy.servers", {{{"proxy", "be_stable"},
                                                           {"server", "app-1"},
                                                           {"status", "UP"},
                                                           {"weight", 100.0},
                                                           {"weight_set", 100.0},
                                                           {"sessions", 4.0},
                                                           {"queue", 0.0},
                                                           {"request_rate", 320.0},
                                                           {"responses_5xx", errors},
                                                           {"check", "L7OK"},
                                                           {"check_code", 200.0},
                                                           {"check_duration", 0.002}},
                                                          {{"proxy", "be_stable"},
                                                           {"server", "app-2"},
                                                           {"status", second},
                                                           {"weight", 40.0},
                                                           {"weight_set", 100.0},
                                                           {"queue", 3.0},
                                                           {"request_rate", 130.0}}}));
    stack.setTable("haproxy",
                   tableOf("haproxy.proxies",
                           {{{"proxy", "api"},
                             {"side", "frontend"},
                             {"status", "OPEN"},
                             {"sessions", 24.0},
                             {"session_limit", 2000.0}},
                            {{"proxy", "be_stable"}, {"side", "backend"}, {"status", "UP"}, {"servers_up", 2.0}}}));
}

struct TrafficBench : PageBench {
    TrafficBench() {
        tellServers(*stack);
        openPage("traffic", Qt::Key_T);
    }
};

} // namespace

class TestTrafficPage : public QObject {
    Q_OBJECT

    std::unique_ptr<TrafficBench> m_states;

private Q_SLOTS:
    void cleanup() {
        if (QTest::currentTestFailed()) {
            m_states.reset(); // whatever it left behind
        }
    }

    void saysTheStateOfItsSource_data() { addPageStates("requests per second, none queued", "HAProxy"); }
    void saysTheStateOfItsSource() {
        if (!m_states) {
            m_states = std::make_unique<TrafficBench>(); // one console for all rows
        }
        checkPageState(*m_states, "haproxy");
    }

    void aWeightThatIsNotInForceYetIsPending() {
        TrafficBench bench;
        QTRY_COMPARE(bench.table("haproxy.servers")->model()->rowCount(), 2);
        QCOMPARE(bench.cell("haproxy.servers", 0, QStringLiteral("Pending")).toString(), QString());
        QCOMPARE(bench.cell("haproxy.servers", 1, QStringLiteral("Weight")).toString(), QStringLiteral("40"));
        QCOMPARE(bench.cell("haproxy.servers", 1, QStringLiteral("Pending")).toString(), QStringLiteral("to 100"));
        QCOMPARE(bench.cell("haproxy.servers", 1, QStringLiteral("Queue"), CombRole).toInt(), 3);
        QVERIFY2(bench.cell("haproxy.servers", 0, QStringLiteral("Check"))
                     .toString()
                     .startsWith(QStringLiteral("L7OK 200 in 2")),
                 qPrintable(bench.cell("haproxy.servers", 0, QStringLiteral("Check")).toString()));
        QCOMPARE(bench.table("haproxy.proxies")->model()->rowCount(), 2);
    }

    void countersBecomeRatesFromTheReadingBefore() {
        TrafficBench bench;
        QTRY_COMPARE(bench.cell("haproxy.servers", 0, QStringLiteral("5xx")).toString(), QStringLiteral("0"));
        tellServers(*bench.stack, "UP", 500);
        QTRY_VERIFY2(bench.cell("haproxy.servers", 0, QStringLiteral("5xx")).toString().toDouble() > 0,
                     qPrintable(bench.cell("haproxy.servers", 0, QStringLiteral("5xx")).toString()));
        QCOMPARE(bench.cell("haproxy.servers", 0, QStringLiteral("5xx"), MarkRole).toInt(), int(Mark::Caution));
        QCOMPARE(bench.cell("haproxy.servers", 1, QStringLiteral("5xx")).toString(), absentText()); // never told
    }

    void namesTheServerThatWasEjected() {
        TrafficBench bench;
        tellServers(*bench.stack, "DOWN");
        QTRY_VERIFY2(bench.sentence().contains(QStringLiteral("HAProxy has ejected app-2")),
                     qPrintable(bench.sentence()));
        QVERIFY(bench.sentence().contains(QStringLiteral("1 of 2 servers in rotation")));
        bench.picture("traffic-ejected");
    }

    void aServerIsDrainedAndBroughtBack() {
        TrafficBench bench;
        QTRY_COMPARE(bench.table("haproxy.servers")->model()->rowCount(), 2);
        QVERIFY(!bench.button("drain")->isEnabled());
        QVERIFY(bench.button("drain")->text().contains(QStringLiteral("choose a server")));
        bench.table("haproxy.servers")->selectRow(1);
        QTRY_COMPARE(bench.button("drain")->text(), QStringLiteral("Drain app-2\u2026"));
        bench.button("drain")->click();
        QTRY_VERIFY(bench.dialog() != nullptr && bench.dialog()->phase() == ActionDialog::Phase::Preview);
        QTest::keyClick(bench.dialog(), Qt::Key_Escape);
        tellServers(*bench.stack, "MAINT");
        QTRY_COMPARE(bench.button("drain")->text(), QStringLiteral("Back to rotation: app-2\u2026"));
    }

    void whatTheInstancesShedHasALaneAndItsReasons() {
        TrafficBench bench;
        const auto tell = [&bench](double full) {
            const Labels own{{"instance", "app-1"}, {"role", "stable"}, {"version", "1.0.0"}};
            const auto of = [&own](const char* reason) {
                auto labels = own;
                labels.set("reason", reason);
                return labels;
            };
            bench.stack->setReading("service/app-1", counter("service.shed", of("in_flight"), 7));
            bench.stack->setReading("service/app-1", counter("service.shed", of("pool_full"), full));
        };
        tell(0);
        auto* tabs = bench.page().findChild<SegmentedControl*>(QStringLiteral("tabs"));
        tabs->choose(1);
        QTRY_VERIFY2(bench.words("service.sheds").contains(QStringLiteral("No instance turned")),
                     qPrintable(bench.words("service.sheds")));
        double full = 0;
        QTRY_VERIFY2((tell(full += 40), bench.table("service.sheds")->model()->rowCount() == 1 &&
                                            bench.sentence().contains(QStringLiteral("turn away"))),
                     qPrintable(bench.sentence()));
        QCOMPARE(bench.cell("service.sheds", 0, QStringLiteral("Reason")).toString(),
                 QStringLiteral("too many wait for one")); // what stood at 7 all the time is none of now
        QCOMPARE(bench.cell("service.sheds", 0, QStringLiteral("Instance")).toString(), QStringLiteral("app-1"));
        QVERIFY(bench.cell("service.sheds", 0, QStringLiteral("Shed /s, 30 s")).toString().toDouble() > 0);
        QVERIFY(bench.lanes().spokenValue().contains(QStringLiteral("Shed")));
        bench.picture("traffic-shed");
    }

    void aTableThatWasNotReadYetSaysSo() {
        PageBench bench;
        bench.openPage("traffic", Qt::Key_T);
        QTRY_VERIFY(bench.words("haproxy.servers").contains(QStringLiteral("Not read yet")));
        bench.picture("traffic-not-read");
    }
};

QTEST_MAIN(TestTrafficPage)
#include "test_traffic_page.moc"
