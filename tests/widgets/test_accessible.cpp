// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/patience.h"
#include "tests/widgets/support.h"
#include "widgets/accessible/chart_table_dialog.h"
#include "widgets/accessible/table_accessible.h"
#include "widgets/bucket_histogram.h"
#include "widgets/heatmap_view.h"
#include "widgets/key_button.h"
#include "widgets/kpi_tile.h"
#include "widgets/lane_view.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"
#include "widgets/navigation_rail.h"
#include "widgets/saturation_bar.h"
#include "widgets/status_line.h"
#include "widgets/time_ribbon.h"
#include "widgets/wait_for_graph.h"

#include <QAccessible>
#include <QAccessibleInterface>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

QAccessibleInterface* voice(QWidget& widget) {
    return QAccessible::queryAccessibleInterface(&widget);
}

QAccessibleInterface* childNamed(QAccessibleInterface* parent, const QString& name) {
    for (int i = 0; i < parent->childCount(); ++i) {
        if (parent->child(i)->text(QAccessible::Name) == name) {
            return parent->child(i);
        }
    }
    return nullptr;
}

QString said(QWidget& widget, const QString& part) {
    auto* found = childNamed(voice(widget), part);
    return found != nullptr ? found->text(QAccessible::Description) : QStringLiteral("no such part");
}

QAccessibleInterface* tableOf(QWidget& chart) {
    auto* of = voice(chart);
    for (int i = 0; i < of->childCount(); ++i) {
        if (of->child(i)->tableInterface() != nullptr) {
            return of->child(i);
        }
    }
    return nullptr;
}

QString cell(QAccessibleInterface* table, int row, int column) {
    auto* found = table->tableInterface()->cellAt(row, column);
    return found != nullptr ? found->text(QAccessible::Name) : QStringLiteral("no such cell");
}

KpiReading reading() {
    KpiReading out;
    out.label = QStringLiteral("p99");
    out.number = {QStringLiteral("486"), QStringLiteral("ms")};
    out.severity = Severity::Critical;
    out.comparison = QStringLiteral("4.1\u00d7 baseline");
    out.status = status(PanelState::Live);
    return out;
}

/// A chart of one line that rises from 0 to 120 ms over two minutes.
struct Chart {
    TimeContext context;
    LineChart chart;
    Series series{{5000, 100, 10s}};

    Chart() {
        context.setSpan(120s);
        context.setZone(QTimeZone::utc());
        context.advance(start(), UtcTime{1000s});
        chart.setTimeContext(&context);
        chart.setAccessibleName(QStringLiteral("Percentiles"));
        chart.setLines({{QStringLiteral("p99"), Token::D1, 2}});
        chart.setStatus(status(PanelState::Live));
        chart.resize(900, 220);
        for (auto at = start() - 120s; at < start(); at += 500ms) {
            append(at);
        }
        show();
    }
    void append(SteadyTime at) { series.append(at, toSeconds(at - (start() - 120s)) / 1000); }
    void show() {
        const Series* one = &series;
        chart.showSeries(std::span(&one, 1));
    }
};

/// Counts what it is asked for.
class Asked : public PaintedWidget {
public:
    mutable int words = 0;
    mutable int parts = 0;
    void say(const QString& text) { assign(m_text, text); }
    [[nodiscard]] QString spokenValue() const override {
        ++words;
        return m_text;
    }
    [[nodiscard]] std::vector<SpokenPart> spokenParts() const override {
        ++parts;
        return {};
    }

protected:
    void paint(QPainter&) override {}

private:
    QString m_text;
};

int eventsSeen = 0;
void countEvent(QAccessibleEvent* event) {
    eventsSeen += event->type() == QAccessible::DescriptionChanged ? 1 : 0;
}

} // namespace

class TestAccessible : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTileTellsValueStateAndAgeApart() {
        KpiTile tile;
        tile.showReading(reading());
        QCOMPARE(voice(tile)->text(QAccessible::Name), QStringLiteral("p99"));
        QCOMPARE(said(tile, QStringLiteral("Value")), QStringLiteral("486\u2009ms"));
        QCOMPARE(said(tile, QStringLiteral("State")), QStringLiteral("critical, live"));
        QCOMPARE(said(tile, QStringLiteral("Age")), QStringLiteral("0.4 s"));
        QCOMPARE(said(tile, QStringLiteral("Compared")), QStringLiteral("4.1\u00d7 baseline"));
        auto lost = reading();
        lost.status = status(PanelState::Lost, 12s);
        tile.showReading(lost);
        QCOMPARE(said(tile, QStringLiteral("Value")), absentText());
        QCOMPARE(said(tile, QStringLiteral("State")), QStringLiteral("no data"));
        QCOMPARE(said(tile, QStringLiteral("Age")), QStringLiteral("12 s"));
    }

    void theSparklineOfATileIsATable() {
        KpiTile tile;
        tile.showReading(reading());
        QVERIFY2(tableOf(tile) == nullptr, "a tile without a sparkline has no figures but its own");
        const Chart c;
        tile.setTimeContext(&c.context);
        tile.showSpark(&c.series, c.context.window(), Quantity::Duration);
        auto* table = tableOf(tile);
        QVERIFY(table != nullptr);
        QCOMPARE(table->tableInterface()->columnCount(), 2);
        QCOMPARE(cell(table, 0, 1), QStringLiteral("120\u2009ms"));
        tile.setSparkVisible(false); // where height is short
        QVERIFY(table->tableInterface()->rowCount() > 10);
        auto based = reading();
        based.baseline = 0.118;
        tile.showReading(based);
        QVERIFY2(tile.table().note.endsWith(QStringLiteral("Baseline: 118\u2009ms.")), qPrintable(tile.table().note));
    }

    void aTileThatLeadsSomewhereIsAButton() {
        KpiTile tile;
        tile.showReading(reading());
        auto* spoken = voice(tile);
        QCOMPARE(spoken->role(), QAccessible::StaticText);
        QVERIFY(!spoken->actionInterface()->actionNames().contains(QAccessibleActionInterface::pressAction()));
        QSignalSpy activated(&tile, &KpiTile::activated);
        QCOMPARE(spoken->role(), QAccessible::Button);
        spoken->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QTRY_COMPARE(activated.count(), 1);
    }

    void eachSourceHasAVoiceOfItsOwn() {
        StatusLine line;
        line.showSources({{QStringLiteral("primary"), PanelState::Live, 400ms},
                          {QStringLiteral("redis"), PanelState::Lost, 12s},
                          {QStringLiteral("pgbouncer"), PanelState::Loading, std::nullopt}});
        line.showFacts({{QStringLiteral("This console"), QStringLiteral("3.1 % CPU")}});
        QCOMPARE(said(line, QStringLiteral("primary")), QStringLiteral("live, 0.4 s"));
        QCOMPARE(said(line, QStringLiteral("redis")), QStringLiteral("no data, 12 s"));
        QCOMPARE(said(line, QStringLiteral("pgbouncer")), QStringLiteral("waiting for the first answer"));
        QCOMPARE(said(line, QStringLiteral("This console")), QStringLiteral("3.1 % CPU"));
        auto* redis = childNamed(voice(line), QStringLiteral("redis"));
        QCOMPARE(redis->parent(), voice(line));
        QCOMPARE(voice(line)->indexOfChild(redis), 1);
        // A source that is gone is no longer there, and does not answer for another.
        line.showSources({{QStringLiteral("primary"), PanelState::Live, 400ms}});
        line.showFacts({});
        QVERIFY(!redis->isValid());
        QCOMPARE(redis->text(QAccessible::Name), QString());
    }

    void behindALineChartStandsItsTable() {
        Chart c;
        auto* spoken = voice(c.chart);
        QCOMPARE(spoken->role(), QAccessible::Chart);
        auto* table = tableOf(c.chart);
        QVERIFY(table != nullptr);
        QCOMPARE(table->role(), QAccessible::Table);
        QCOMPARE(table->parent(), spoken);
        QCOMPARE(spoken->indexOfChild(table), spoken->childCount() - 1);
        QCOMPARE(table->text(QAccessible::Name), QStringLiteral("Percentiles"));
        auto* cells = table->tableInterface();
        const int rows = cells->rowCount();
        QVERIFY2(rows >= 50 && rows <= ChartTable::kMostRows, qPrintable(QString::number(rows)));
        QCOMPARE(cells->columnCount(), 2);
        QCOMPARE(cells->columnDescription(0), QStringLiteral("Time"));
        QCOMPARE(cells->columnDescription(1), QStringLiteral("p99"));
        QCOMPARE(table->childCount(), (rows + 1) * 2);
        // The newest is on top and is the newest sample; every older row tells less, as the line does.
        QCOMPARE(cell(table, 0, 1), numberText(0.1195, Quantity::Duration).joined());
        const auto shown = c.chart.table();
        for (std::size_t i = 1; i < shown.rows.size(); ++i) {
            QVERIFY(shown.rows[i][1].exact.toDouble() < shown.rows[i - 1][1].exact.toDouble());
        }
        QVERIFY2(table->text(QAccessible::Description).contains(QStringLiteral("to 120\u2009ms, highest at 00:16:39")),
                 qPrintable(table->text(QAccessible::Description)));
        auto* inner = cells->cellAt(3, 1);
        QCOMPARE(table->indexOfChild(inner), (3 + 1) * 2 + 1);
        QCOMPARE(inner->tableCellInterface()->rowIndex(), 3);
        QCOMPARE(inner->tableCellInterface()->columnIndex(), 1);
        QCOMPARE(inner->tableCellInterface()->table(), table);
        QCOMPARE(inner->tableCellInterface()->columnHeaderCells().constFirst()->text(QAccessible::Name),
                 QStringLiteral("p99"));
        QCOMPARE(cells->cellAt(rows, 0), nullptr);
        QCOMPARE(cells->cellAt(0, 2), nullptr);
        QCOMPARE(cells->cellAt(-1, 0), nullptr);
    }

    void aTableHoldsStillWhileItIsRead() {
        Chart c;
        SteadyTime clock = start();
        const TableAccessible table(&c.chart, [&clock] { return clock; });
        const auto newest = [&table] { return table.cellText(0, 1); };
        const auto before = newest();
        for (auto at = start(); at < start() + 20s; at += 500ms) {
            c.append(at);
        }
        c.context.advance(start() + 20s, UtcTime{1020s});
        c.show();
        // Asked again and again it stays, for ten seconds.
        for (int i = 0; i < 10; ++i) {
            clock += 1s;
            QCOMPARE(newest(), before);
        }
        clock += 1s;
        QVERIFY(newest() != before);
        // After a rest it begins anew.
        const auto held = newest();
        for (auto at = start() + 20s; at < start() + 40s; at += 500ms) {
            c.append(at);
        }
        c.context.advance(start() + 40s, UtcTime{1040s});
        c.show();
        QCOMPARE(newest(), held);
        clock += 3s;
        QVERIFY(newest() != held);
    }

    void rowsStayWhatTheyAreWhileTimeGoesOn() {
        Chart c;
        const auto before = c.chart.table();
        c.context.advance(start() + 20s, UtcTime{1020s});
        for (auto at = start(); at < start() + 20s; at += 500ms) {
            c.append(at);
        }
        c.show();
        const auto after = c.chart.table();
        // A row that lies whole in both windows has the same time and the same value.
        const auto& row = before.rows[before.rows.size() / 3];
        QVERIFY(std::ranges::find(after.rows, row) != after.rows.end());
    }

    void aRowThatHasOnlyBegunIsNoGap() {
        Chart c;
        c.context.advance(start() + 3s, UtcTime{1003s}); // more than a row, less than two
        c.show();
        const auto table = c.chart.table();
        QCOMPARE(table.rows.front()[1].text, numberText(0.1195, Quantity::Duration).joined());
        c.context.advance(start() + 30s, UtcTime{1030s});
        c.show();
        QCOMPARE(c.chart.table().rows.front()[1].text, absentText());
    }

    /// The ribbon looks two hours back, and a machine may have started an hour ago.
    void aWindowMayBeginBeforeTheClockDid() {
        TimeContext context;
        context.setSpan(5min);
        const SteadyTime now{1h};
        context.advance(now, UtcTime{100000s});
        Series series{{5000, 100, 10s}};
        for (auto at = now - 30min; at < now; at += 1s) {
            series.append(at, 0.01);
        }
        TimeRibbon ribbon;
        ribbon.resize(1376, 40);
        ribbon.setTimeContext(&context);
        ribbon.showSeries(&series);
        const auto table = ribbon.table();
        QVERIFY2(table.rows.size() > 50 && static_cast<int>(table.rows.size()) <= ChartTable::kMostRows,
                 qPrintable(QString::number(table.rows.size())));
        QCOMPARE(table.rows.front()[1].text, numberText(0.01, Quantity::Duration).joined());
        QCOMPARE(table.rows.back()[1].text, absentText());

        HeatmapView heat;
        heat.setTimeContext(&context);
        heat.resize(900, 200);
        LatencyHistogram histogram;
        histogram.record(5ms);
        const auto step = heat.step();
        for (std::int64_t index = -100; index <= 20; ++index) {
            heat.addColumn(SteadyTime(step * index), histogram);
        }
        context.setSpan(15min);
        context.showUntil(SteadyTime(step * 20));
        heat.refresh();
        double sum = 0;
        for (const auto& row : heat.table().rows) {
            sum += row[1].exact.toDouble();
        }
        QCOMPARE(sum, 121.0);
    }

    void aGapIsADash() {
        TimeContext context;
        context.setSpan(120s);
        context.advance(start(), UtcTime{1000s});
        Series series{{5000, 100, 10s}};
        for (auto at = start() - 120s; at < start(); at += 500ms) {
            if (at > start() - 80s && at < start() - 40s) {
                series.appendGap(at);
            } else {
                series.append(at, 0.5);
            }
        }
        LineChart chart;
        chart.setTimeContext(&context);
        chart.setLines({{QStringLiteral("p99"), Token::D1, 2}});
        chart.resize(900, 220);
        const Series* one = &series;
        chart.showSeries(std::span(&one, 1));
        const auto table = chart.table();
        const auto dashes = std::ranges::count_if(
            table.rows, [](const auto& row) { return row[1].text == absentText() && row[1].exact.isEmpty(); });
        QVERIFY2(dashes > 15 && dashes < 22, qPrintable(QString::number(dashes)));
    }

    void distributionsTellAllThatTheyCount() {
        LatencyHistogram histogram;
        for (int i = 0; i < 3000; ++i) {
            histogram.record(std::chrono::microseconds(300 + i * i % 70000 + i * 3));
        }
        histogram.record(6s);
        const auto sum = [](const ChartTable& table, std::size_t column) {
            double out = 0;
            for (const auto& row : table.rows) {
                out += row[column].exact.toDouble();
            }
            return out;
        };
        LatencyHistogramView view;
        view.setStatus(status(PanelState::Live));
        view.showHistogram(histogram);
        QVERIFY(static_cast<int>(view.table().rows.size()) <= ChartTable::kMostRows);
        QCOMPARE(sum(view.table(), 1), 3001.0);

        BucketHistogram buckets;
        buckets.setStatus(status(PanelState::Live));
        buckets.showBuckets({{0, 0.001, 10}, {0.001, 0.01, 90}, {0.01, 0.1, 7}});
        QCOMPARE(sum(buckets.table(), 1), 107.0);
        QCOMPARE(buckets.table().rows.size(), std::size_t{3});

        TimeContext context;
        context.setSpan(15min);
        context.advance(start(), UtcTime{1000s});
        HeatmapView heat;
        heat.setTimeContext(&context);
        heat.resize(900, 200);
        heat.setStatus(status(PanelState::Live));
        const auto step = heat.step();
        const auto newest = start().time_since_epoch() / step;
        for (auto index = newest - 150; index <= newest; ++index) {
            heat.addColumn(SteadyTime(step * index), histogram);
        }
        heat.refresh();
        const auto table = heat.table();
        QVERIFY2(static_cast<int>(table.rows.size()) <= ChartTable::kMostRows && table.rows.size() > 25,
                 qPrintable(QString::number(table.rows.size())));
        QCOMPARE(sum(table, 1), static_cast<double>(heat.paintedTotal()));
        double cells = 0;
        for (std::size_t column = 2; column < table.columns.size(); ++column) {
            cells += sum(table, column);
        }
        QCOMPARE(cells, static_cast<double>(heat.paintedTotal()));
    }

    void csvIsExactAndHarmless() {
        ChartTable table;
        table.columns = {{QStringLiteral("Time"), {}}, {QStringLiteral("p99"), QStringLiteral("s")}};
        table.rows = {{textCell(QStringLiteral("=cmd|' /C calc'!A0")), numberCell(0.00912, Quantity::Duration)},
                      {textCell(QStringLiteral("a \"b\", c")), numberCell(-1.5, Quantity::Duration)},
                      {textCell(QStringLiteral("x")), numberCell(std::nullopt, Quantity::Duration)}};
        QCOMPARE(table.csv(), QStringLiteral("Time,p99 (s)\r\n"
                                             "'=cmd|' /C calc'!A0,0.00912\r\n"
                                             "\"a \"\"b\"\", c\",-1.5\r\n"
                                             "x,\r\n"));
    }

    void f6ShowsTheTableAndCopiesIt() {
        QWidget window;
        window.resize(1200, 800);
        Chart c;
        c.chart.setParent(&window);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        c.chart.setFocus();
        QTest::keyClick(&c.chart, Qt::Key_F6);
        auto* dialog = window.findChild<ChartTableDialog*>();
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY(dialog->isVisible());
        if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
            applyTheme(*qApp, c.chart.theme());
            QVERIFY(dialog->grab().save(folder + QStringLiteral("/chart-table.png")));
        }
        auto* view = dialog->findChild<QTableView*>();
        QCOMPARE(view->model()->rowCount(), static_cast<int>(c.chart.table().rows.size()));
        QCOMPARE(view->model()->index(0, 1).data().toString(), numberText(0.1195, Quantity::Duration).joined());
        QTest::keyClick(dialog, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), dialog->shown().csv());
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("Time,p99 (s)\r\n1970-01-01T00:16:")));
        const QPointer<ChartTableDialog> open(dialog);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(open.isNull());
    }

    void theContextMenuOffersTheTableToo() {
        QWidget window;
        window.resize(1200, 800);
        Chart c;
        c.chart.setParent(&window);
        window.show();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), c.chart.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(&c.chart, &event);
        auto* menu = c.chart.findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        QVERIFY(menu->actions().constFirst()->text().startsWith(ChartTableDialog::actionText()));
        menu->actions().constFirst()->trigger();
        QTRY_VERIFY(window.findChild<ChartTableDialog*>() != nullptr);
    }

    void aReaderOpensTheTableByAction() {
        QWidget window;
        window.resize(1200, 800);
        Chart c;
        c.chart.setParent(&window);
        window.show();
        auto* acts = voice(c.chart)->actionInterface();
        QString found;
        for (const auto& name : acts->actionNames()) {
            if (acts->localizedActionName(name) == ChartTableDialog::actionText()) {
                found = name;
            }
        }
        QVERIFY(!found.isEmpty());
        acts->doAction(found);
        QTRY_VERIFY(window.findChild<ChartTableDialog*>() != nullptr);
    }

    void theTableOutlivesItsChart() {
        QWidget window;
        window.resize(1200, 800);
        auto c = std::make_unique<Chart>();
        auto* table = tableOf(c->chart);
        QVERIFY(table->tableInterface()->rowCount() > 0);
        QVERIFY(table->tableInterface()->cellAt(0, 0) != nullptr);
        ChartTableDialog dialog(c->chart, &window);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        const auto rows = dialog.shown().rows.size();
        c.reset();
        dialog.readAgain();
        QCOMPARE(dialog.shown().rows.size(), rows);
    }

    void aPageIsOpenedThroughTheRailsEntry() {
        NavigationRail rail;
        rail.setEntries({{QStringLiteral("overview"), QStringLiteral("Overview"), {}, QStringLiteral("Observe")},
                         {QStringLiteral("latency"), QStringLiteral("Latency"), {}, QStringLiteral("Observe")}});
        rail.setCurrentPage(QStringLiteral("overview"));
        rail.setReading(QStringLiteral("latency"), QStringLiteral("486 ms"), Mark::Critical);
        rail.show();
        QSignalSpy chosen(&rail, &NavigationRail::pageChosen);
        auto* entry = childNamed(voice(rail), QStringLiteral("Latency"));
        QVERIFY(entry != nullptr);
        QCOMPARE(entry->text(QAccessible::Description), QStringLiteral("486 ms, critical"));
        entry->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.constFirst().constFirst().toString(), QStringLiteral("latency"));
    }

    void eachSegmentIsAChoice() {
        SegmentedControl control;
        control.setSegments({{QStringLiteral("1 min")}, {QStringLiteral("5 min")}, {QStringLiteral("15 min")}});
        control.setAccessibleName(QStringLiteral("Time span"));
        QSignalSpy chosen(&control, &SegmentedControl::chosen);
        auto* spoken = voice(control);
        QCOMPARE(spoken->childCount(), 3);
        auto* five = spoken->child(1);
        QCOMPARE(five->text(QAccessible::Name), QStringLiteral("5 min"));
        QCOMPARE(five->role(), QAccessible::RadioButton);
        QCOMPARE(spoken->indexOfChild(five), 1);
        QVERIFY(spoken->child(0)->state().checked && !five->state().checked);
        five->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QTRY_COMPARE(chosen.count(), 1);
        QVERIFY(five->state().checked && !spoken->child(0)->state().checked);
        control.setSegments({{QStringLiteral("1 min")}});
        QVERIFY(!five->isValid());
    }

    void barsAndSlidersHaveAPlaceBetweenTheirEnds() {
        SaturationBar bar;
        bar.resize(100, 4);
        QCOMPARE(voice(bar)->valueInterface(), nullptr); // nothing is known
        bar.setSaturation(0.25);
        QCOMPARE(voice(bar)->valueInterface()->currentValue().toDouble(), 0.25);
        QCOMPARE(voice(bar)->valueInterface()->maximumValue().toDouble(), 1.0);

        TimeContext context;
        context.setSpan(5min);
        context.advance(start(), UtcTime{100000s});
        TimeRibbon ribbon;
        ribbon.resize(1240, 40);
        ribbon.setTimeContext(&context);
        ribbon.showSeries(nullptr);
        auto* place = voice(ribbon)->valueInterface();
        const double high = place->maximumValue().toDouble();
        place->setCurrentValue(high / 2);
        QCOMPARE(context.mode(), TimeContext::Mode::Paused);
        QVERIFY(std::abs(place->currentValue().toDouble() - high / 2) < 10);
        place->setCurrentValue(high);
        QCOMPARE(context.mode(), TimeContext::Mode::Live);
    }

    /// No assistive technology listens on this platform; what it hears where it does, the test through AT-SPI sees.
    void nobodyPaysWhileNobodyListens() {
        QVERIFY(!QAccessible::isActive());
        const auto handler = QAccessible::installUpdateHandler(&countEvent);
        eventsSeen = 0;
        Asked widget;
        widget.say(QStringLiteral("1"));
        widget.say(QStringLiteral("2"));
        QCOMPARE(widget.words, 0);
        QCOMPARE(widget.parts, 0);
        QCOMPARE(eventsSeen, 0);
        QCOMPARE(voice(widget)->text(QAccessible::Value), QStringLiteral("2"));
        QCOMPARE(widget.words, 1);
        QAccessible::installUpdateHandler(handler);
    }
};

QTEST_MAIN(TestAccessible)
#include "test_accessible.moc"
