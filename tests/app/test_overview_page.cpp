// SPDX-License-Identifier: GPL-3.0-or-later
// The page Overview on a stack that exists only in memory: where its parts lead.
#include "tests/app/page_bench.h"
#include "widgets/request_path_view.h"

#include <QAbstractButton>
#include <QAccessible>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

/// The overview from the start, with tables of what it leads to.
struct OverviewBench : PageBench {
    explicit OverviewBench(QSize size = {1600, 1000}) {
        stack->setTable("haproxy",
                        tableOf("haproxy.servers", {{{"proxy", "stable"}, {"server", "app-1"}, {"status", "UP"}},
                                                    {{"proxy", "stable"}, {"server", "app-2"}, {"status", "UP"}}}));
        openPage("overview", Qt::Key_O, size);
    }
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
};

QTEST_MAIN(TestOverviewPage)
#include "test_overview_page.moc"
