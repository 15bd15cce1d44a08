// SPDX-License-Identifier: GPL-3.0-or-later
// The one time selection, and how every chart on the time axis sets and shows it.
#include "tests/support/patience.h"
#include "tests/widgets/support.h"
#include "widgets/heatmap_view.h"
#include "widgets/key_button.h"
#include "widgets/lane_view.h"
#include "widgets/line_chart.h"
#include "widgets/time_ribbon.h"
#include "widgets/top_bar.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

/// Each chart on the time axis, with the same series in it.
struct Stage {
    TimeContext context;
    Series series{{5000, 100, 10s}};
    std::unique_ptr<TimeChart> chart;

    explicit Stage(const QString& kind) {
        context.setSpan(120s);
        context.advance(start(), UtcTime{1000s});
        for (auto at = start() - 120s; at <= start(); at += 500ms) {
            series.append(at, 0.25);
        }
        if (kind == QStringLiteral("lines")) {
            auto made = std::make_unique<LineChart>();
            made->setLines({{QStringLiteral("p99"), Token::D1, 2}});
            made->setStatus(status(PanelState::Live));
            chart = std::move(made);
        } else if (kind == QStringLiteral("lanes")) {
            auto made = std::make_unique<LaneView>();
            made->setLanes({{QStringLiteral("Lag"), {}, Quantity::Duration}});
            chart = std::move(made);
        } else if (kind == QStringLiteral("heat")) {
            auto made = std::make_unique<HeatmapView>();
            made->setStatus(status(PanelState::Live));
            LatencyHistogram recorded;
            recorded.recordMany(20'000'000, 7);
            for (int i = 40; i >= 0; --i) {
                made->addColumn(SteadyTime(made->step() * (start().time_since_epoch() / made->step() - i)), recorded);
            }
            chart = std::move(made);
        } else {
            auto made = std::make_unique<TimeRibbon>();
            chart = std::move(made);
        }
        chart->setTimeContext(&context);
        chart->resize(900, kind == QStringLiteral("ribbon") ? 40 : 220);
        chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(chart.get()));
        chart->activateWindow();
        chart->setFocus();
        tick();
    }
    void tick() {
        const Series* one = &series;
        if (auto* lines = qobject_cast<LineChart*>(chart.get())) {
            lines->showSeries(std::span(&one, 1));
        } else if (auto* lanes = qobject_cast<LaneView*>(chart.get())) {
            LaneReading reading;
            reading.status = status(PanelState::Live);
            lanes->showLanes(std::span(&reading, 1), std::span(&one, 1));
        } else if (auto* heat = qobject_cast<HeatmapView*>(chart.get())) {
            heat->refresh();
        } else if (auto* ribbon = qobject_cast<TimeRibbon*>(chart.get())) {
            ribbon->showSeries(&series);
        }
    }
    [[nodiscard]] QPoint at(double share) const {
        const auto plot = chart->plotRect();
        return QPointF(plot.left() + share * plot.width(), plot.center().y()).toPoint();
    }
    [[nodiscard]] SteadyTime timeAt(double share) const {
        const auto window = chart->shownWindow();
        return TimeContext::timeAt(share, window, 0, 1);
    }
    [[nodiscard]] QString said() const {
        if (const auto* lines = qobject_cast<LineChart*>(chart.get())) {
            return lines->crosshairTexts().join(QLatin1Char('\n'));
        }
        if (const auto* lanes = qobject_cast<LaneView*>(chart.get())) {
            return lanes->crosshairText(0);
        }
        if (const auto* heat = qobject_cast<HeatmapView*>(chart.get())) {
            return heat->crosshairTexts().join(QLatin1Char('\n'));
        }
        return qobject_cast<TimeRibbon*>(chart.get())->crosshairText();
    }
    void drag(double from, double to) const {
        QTest::mousePress(chart.get(), Qt::LeftButton, {}, at(from));
        QTest::mouseMove(chart.get(), at((from + to) / 2));
        QTest::mouseMove(chart.get(), at(to));
    }
    void release(double share) const { QTest::mouseRelease(chart.get(), Qt::LeftButton, {}, at(share)); }
};

void addCharts() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reading"); ///< what it says at a crosshair
    QTest::newRow("lines") << QStringLiteral("lines") << QStringLiteral("p99 250\u2009ms");
    QTest::newRow("lanes") << QStringLiteral("lanes") << QStringLiteral("250\u2009ms");
    QTest::newRow("heat") << QStringLiteral("heat") << QStringLiteral("7 requests");
    QTest::newRow("ribbon") << QStringLiteral("ribbon") << QStringLiteral("p99 250\u2009ms");
}

} // namespace

class TestTime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDragSelectsTheSpanForAll_data() { addCharts(); }
    void aDragSelectsTheSpanForAll() {
        QFETCH(QString, kind);
        Stage stage(kind);
        const auto from = stage.timeAt(0.25);
        const auto to = stage.timeAt(0.5);
        stage.drag(0.25, 0.5);
        QVERIFY(stage.context.pending());
        (void)grab(*stage.chart);
        QCOMPARE(stage.context.mode(), TimeContext::Mode::Live); // not before it is released
        stage.release(0.5);
        QVERIFY(!stage.context.pending());
        QCOMPARE(stage.context.mode(), TimeContext::Mode::Paused);
        const auto pixel = stage.chart->shownWindow().length() / 200;
        QVERIFY(std::chrono::abs(stage.context.window().from - from) <= pixel);
        QVERIFY(std::chrono::abs(stage.context.window().to - to) <= pixel);
        stage.context.goBack();
        QCOMPARE(stage.context.mode(), TimeContext::Mode::Live);
        QCOMPARE(stage.context.span(), SteadyTime::duration(120s));
    }

    void escapeGivesADragUp_data() { addCharts(); }
    void escapeGivesADragUp() {
        QFETCH(QString, kind);
        Stage stage(kind);
        stage.drag(0.2, 0.6);
        QVERIFY(stage.chart->isDragging());
        QTest::keyClick(stage.chart.get(), Qt::Key_Escape);
        QVERIFY(!stage.context.pending());
        stage.release(0.6);
        QCOMPARE(stage.context.mode(), TimeContext::Mode::Live);
        QVERIFY(!stage.context.canGoBack());
    }

    void aCrosshairFromElsewhereIsReadHere_data() { addCharts(); }
    void aCrosshairFromElsewhereIsReadHere() {
        QFETCH(QString, kind);
        QFETCH(QString, reading);
        Stage stage(kind);
        QVERIFY(!stage.said().contains(reading));
        const auto before = grab(*stage.chart);
        stage.context.setCrosshair(start() - 40s);
        QVERIFY2(stage.said().contains(reading), qPrintable(stage.said()));
        QVERIFY(grab(*stage.chart) != before);
        stage.context.setCrosshair(std::nullopt);
        QCOMPARE(grab(*stage.chart), before);
    }

    void thePointersCrosshairStaysWhenTheChartIsHidden_data() { addCharts(); }
    void thePointersCrosshairStaysWhenTheChartIsHidden() {
        QFETCH(QString, kind);
        Stage stage(kind);
        QTest::mouseMove(stage.chart.get(), stage.at(0.4));
        QTRY_VERIFY(stage.context.crosshair());
        const auto at = stage.context.crosshair();
        stage.chart->hide();
        QEvent leave(QEvent::Leave); // as a page that is switched sends it
        QCoreApplication::sendEvent(stage.chart.get(), &leave);
        QCOMPARE(stage.context.crosshair(), at);
    }

    void keysMoveExtendAndSelect_data() { addCharts(); }
    void keysMoveExtendAndSelect() {
        QFETCH(QString, kind);
        if (kind == QStringLiteral("ribbon")) {
            // There the keys move the window itself, and each press can be undone.
            Stage stage(kind);
            stage.context.setSpan(60s);
            QTest::keyClick(stage.chart.get(), Qt::Key_Left);
            QTest::keyClick(stage.chart.get(), Qt::Key_Left);
            QCOMPARE(stage.context.behind(), SteadyTime::duration(12s));
            stage.context.goBack();
            QCOMPARE(stage.context.behind(), SteadyTime::duration(6s));
            stage.context.goBack();
            QCOMPARE(stage.context.mode(), TimeContext::Mode::Live);
            return;
        }
        Stage stage(kind);
        QTest::keyClick(stage.chart.get(), Qt::Key_Left, Qt::ControlModifier);
        const auto first = *stage.context.crosshair();
        QVERIFY(first < start());
        QTest::keyClick(stage.chart.get(), Qt::Key_Left);
        const auto second = *stage.context.crosshair();
        QCOMPARE((stage.chart->shownWindow().to - first) / (first - second), 10);
        QTest::keyClick(stage.chart.get(), Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
        QTest::keyClick(stage.chart.get(), Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(stage.context.pending()->to, second);
        QCOMPARE(stage.context.pending()->length(), 20 * (first - second));
        const auto pending = *stage.context.pending();
        QTest::keyClick(stage.chart.get(), Qt::Key_Return);
        QCOMPARE(stage.context.window(), pending);
        QCOMPARE(stage.context.mode(), TimeContext::Mode::Paused);
        // And what was begun can be given up.
        stage.tick();
        QTest::keyClick(stage.chart.get(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(stage.context.pending());
        QTest::keyClick(stage.chart.get(), Qt::Key_Escape);
        QVERIFY(!stage.context.pending());
        QTest::keyClick(stage.chart.get(), Qt::Key_Escape);
        QVERIFY(!stage.context.crosshair());
        QCOMPARE(stage.context.window(), pending);
    }

    void focusIsSeen_data() { addCharts(); }
    void focusIsSeen() {
        QFETCH(QString, kind);
        Stage stage(kind);
        QTRY_VERIFY(stage.chart->hasFocus());
        const auto with = grab(*stage.chart);
        stage.chart->clearFocus();
        const auto without = grab(*stage.chart);
        const auto ink = stage.chart->theme().color(Token::Ink);
        const QRectF edge(0, 0, 2, stage.chart->height());
        QVERIFY(pixelsOf(with, edge, ink) > stage.chart->height());
        QVERIFY(pixelsOf(without, edge, ink) < stage.chart->height() / 2);
    }

    void backUndoesStepByStepAndForwardDoesAgain() {
        TimeContext context;
        context.advance(start(), UtcTime{1000s});
        context.setSpan(15min);
        QVERIFY(!context.canGoBack());
        const TimeSpan first{start() - 300s, start() - 200s};
        const TimeSpan second{start() - 260s, start() - 240s};
        context.select(first);
        context.select(second);
        context.select(second); // the same again is no step
        QCOMPARE(context.window(), second);
        context.goBack();
        QCOMPARE(context.window(), first);
        context.goBack();
        QCOMPARE(context.mode(), TimeContext::Mode::Live);
        QCOMPARE(context.span(), SteadyTime::duration(15min));
        QVERIFY(!context.canGoBack());
        context.goForward();
        context.goForward();
        QCOMPARE(context.window(), second);
        QVERIFY(!context.canGoForward());
        // Live has the span that it had, and can be gone back from.
        context.goLive();
        QCOMPARE(context.span(), SteadyTime::duration(15min));
        context.goBack();
        QCOMPARE(context.window(), second);
        // A new choice ends what could be done again.
        context.chooseSpan(5min);
        QVERIFY(!context.canGoForward());
        QCOMPARE(context.end(), second.to);
        context.goBack();
        QCOMPARE(context.window(), second);
    }

    void aSelectionIsBoundedByNowAndASecond() {
        TimeContext context;
        context.advance(start(), UtcTime{1000s});
        context.select({start() + 5s, start() - 10s});
        QCOMPARE(context.window(), (TimeSpan{start() - 10s, start()}));
        context.select({start() - 10s, start() - 10s});
        QCOMPARE(context.span(), SteadyTime::duration(1s));
        for (int i = 0; i < 500; ++i) {
            context.select({start() - 1000s - std::chrono::seconds(i), start() - 500s});
        }
        std::size_t steps = 0;
        for (; context.canGoBack() && steps < 1000; ++steps) {
            context.goBack();
        }
        QCOMPARE(steps, TimeContext::kMostSteps);
    }

    void theTopBarGoesBack() {
        TimeContext context;
        context.advance(start(), UtcTime{1000s});
        TopBar bar;
        bar.setTimeContext(&context);
        bar.resize(1400, TopBar::kHeight);
        bar.show();
        auto* back = bar.findChild<KeyButton*>(QStringLiteral("back"));
        QVERIFY(back != nullptr && !back->isVisible());
        context.select({start() - 100s, start() - 60s});
        QVERIFY(back->isVisible());
        QVERIFY2(bar.spokenValue().contains(QStringLiteral("1:00 behind")), qPrintable(bar.spokenValue()));
        QTest::mouseClick(back, Qt::LeftButton);
        QCOMPARE(context.mode(), TimeContext::Mode::Live);
        QVERIFY(!back->isVisible());
    }
};

QTEST_MAIN(TestTime)
#include "test_time.moc"
