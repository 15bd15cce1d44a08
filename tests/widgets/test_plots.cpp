// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/patience.h"
#include "tests/widgets/support.h"
#include "widgets/bucket_histogram.h"
#include "widgets/draw.h"
#include "widgets/elided_texts.h"
#include "widgets/heatmap_view.h"
#include "widgets/lane_view.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"

#include <QTest>

#include <numeric>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

struct Chart {
    TimeContext context;
    LineChart chart;
    Series series{{5000, 100, 10s}};

    explicit Chart(SteadyTime now = start()) {
        context.setSpan(120s);
        context.advance(now, UtcTime{1000s});
        chart.setTimeContext(&context);
        chart.setLines({{QStringLiteral("p99"), Token::D1, 2}});
        chart.setScale(AxisScale(AxisScale::Kind::Linear, 0, 1));
        chart.setStatus(status(PanelState::Live));
        chart.resize(700, 220);
        chart.show();
    }
    void show() {
        const Series* one = &series;
        chart.showSeries(std::span(&one, 1));
    }
    [[nodiscard]] QRectF between(SteadyTime from, SteadyTime to) const {
        const QRectF plot = chart.plotRect();
        const auto window = context.window(static_cast<int>(plot.width() / 2));
        const double left = TimeContext::x(from, window, plot.left(), plot.width());
        const double right = TimeContext::x(to, window, plot.left(), plot.width());
        return {left, plot.top(), right - left, plot.height()};
    }
};

LatencyHistogram sample() {
    LatencyHistogram out;
    for (int i = 0; i < 3000; ++i) {
        out.record(std::chrono::microseconds(300 + i * i % 70000 + i * 3));
    }
    out.record(6s);
    out.record(200ns);
    return out;
}

} // namespace

class TestPlots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGapIsNeverBridged() {
        Chart c;
        for (auto at = start() - 120s; at <= start(); at += 500ms) {
            if (at > start() - 80s && at < start() - 50s) {
                c.series.appendGap(at);
            } else {
                c.series.append(at, 0.5);
            }
        }
        c.show();
        const auto image = grab(c.chart);
        QVERIFY(bluePixels(image, c.between(start() - 110s, start() - 85s)) > 100);
        QVERIFY(bluePixels(image, c.between(start() - 45s, start() - 5s)) > 100);
        QCOMPARE(bluePixels(image, c.between(start() - 78s, start() - 52s)), 0);
    }

    /// At the end of a line the number stays whole, in a language of long names, too.
    void aNumberAtTheEndOfALineIsNeverCut() {
        Chart c;
        const auto name = QStringLiteral("a name that is far too long for the gutter");
        c.chart.setLines({{name, Token::D1, 2}});
        c.series.append(start() - 10s, 0.5);
        c.series.append(start(), 0.5);
        c.show();
        QVERIFY(QTest::qWaitForWindowExposed(&c.chart));
        c.chart.repaint();
        QStringList cut;
        for (int y = 0; y < c.chart.height(); ++y) {
            cut << ElidedTexts::at(c.chart, QPointF(c.chart.width() - 40, y))
                << ElidedTexts::at(c.chart, QPointF(c.chart.plotRect().right() + 12, y));
        }
        cut.removeDuplicates();
        cut.removeAll(QString());
        QCOMPARE(cut, QStringList{name});
    }

    /// The title of a lane has all that the figure of its axis leaves.
    void theTitleOfALaneIsCutByNothingButItsAxis() {
        TimeContext context;
        context.advance(start(), UtcTime{1000s});
        LaneView lanes;
        lanes.setTimeContext(&context);
        const QFont font = Theme().font(Type::LabelStrong);
        QString title;
        while (draw::textWidth(font, title + QLatin1Char('n')) < 116) {
            title += QLatin1Char('n');
        }
        lanes.setLanes({{title, {}, Quantity::Count, Token::D1, {}, 5}, {title + title, {}, Quantity::Count}});
        lanes.resize(900, 140);
        lanes.show();
        const std::vector<const Series*> none{nullptr, nullptr};
        lanes.showLanes({}, none);
        QVERIFY(QTest::qWaitForWindowExposed(&lanes));
        lanes.repaint();
        QStringList cut;
        for (int y = 0; y < lanes.height(); ++y) {
            cut << ElidedTexts::at(lanes, QPointF(40, y));
        }
        cut.removeDuplicates();
        cut.removeAll(QString());
        QCOMPARE(cut, QStringList{title + title});
    }

    void slowSamplesWithoutAGapAreJoined() {
        Chart c;
        for (auto at = start() - 120s; at <= start(); at += 10s) {
            c.series.append(at, 0.5);
        }
        c.show();
        QVERIFY(bluePixels(grab(c.chart), c.between(start() - 88s, start() - 83s)) > 10);
    }

    void lateAndLostAreHatchedFromTheLastSample_data() {
        QTest::addColumn<int>("state");
        QTest::newRow("late") << static_cast<int>(PanelState::Late);
        QTest::newRow("lost") << static_cast<int>(PanelState::Lost);
    }
    void lateAndLostAreHatchedFromTheLastSample() {
        QFETCH(int, state);
        Chart c;
        for (auto at = start() - 120s; at <= start() - 40s; at += 500ms) {
            c.series.append(at, 0.5);
        }
        c.chart.setStatus(status(static_cast<PanelState>(state), 40s));
        c.show();
        const auto image = grab(c.chart);
        const QColor hatch = c.chart.theme().color(Token::Rule2);
        const QRectF stale = c.between(start() - 36s, start() - 1s).adjusted(0, 130, 0, -10);
        const QRectF known = c.between(start() - 110s, start() - 60s).adjusted(0, 130, 0, -10);
        QVERIFY(pixelsOf(image, stale, hatch) > 50);
        QCOMPARE(pixelsOf(image, known, hatch), 0);
        QCOMPARE(bluePixels(image, stale), 0);
    }

    void lostShowsADashInsteadOfTheLastValue() {
        Chart c;
        c.series.append(start() - 60s, 0.486);
        c.series.append(start() - 59s, 0.486);
        c.show();
        QVERIFY(c.chart.spokenValue().contains(QStringLiteral("486")));
        c.chart.setStatus(status(PanelState::Lost, 59s));
        c.show();
        QVERIFY(!c.chart.spokenValue().contains(QStringLiteral("486")));
        QVERIFY(c.chart.spokenValue().contains(absentText()));
    }

    void identicalInputGivesIdenticalPixels() {
        Chart a;
        Chart b;
        for (auto at = start() - 120s; at <= start(); at += 250ms) {
            const double value = 0.5 + 0.3 * static_cast<double>(at.time_since_epoch().count() % 7) / 7;
            a.series.append(at, value);
            b.series.append(at, value);
        }
        a.show();
        b.show();
        QCOMPARE(grab(a.chart), grab(b.chart));
    }

    void nothingIsPaintedWhenNothingChanged() {
        Chart c;
        for (auto at = start() - 120s; at <= start(); at += 500ms) {
            c.series.append(at, 0.5);
        }
        c.show();
        QVERIFY(QTest::qWaitForWindowExposed(&c.chart));
        (void)grab(c.chart);
        QCoreApplication::processEvents();
        const int before = c.chart.paintCount();
        for (int i = 0; i < 5; ++i) {
            c.context.advance(start() + std::chrono::milliseconds(i), UtcTime{1000s});
            c.chart.setStatus(status(PanelState::Live, std::chrono::milliseconds(400 + i)));
            c.show();
            QCoreApplication::processEvents();
        }
        QCOMPARE(c.chart.paintCount(), before);
        c.series.append(start() + 10ms, 0.9);
        c.context.advance(start() + 10ms, UtcTime{1000s});
        c.show();
        QTRY_VERIFY(c.chart.paintCount() > before);
    }

    void theFrameIsMadeOncePerSizeAndScale() {
        ChartFrame frame;
        const AxisScale scale(AxisScale::Kind::Log, 0.001, 5);
        ChartFrame::Spec spec;
        spec.size = {400, 200};
        spec.plot = {60, 10, 300, 160};
        spec.y = scale.ticks(Quantity::Duration, 160);
        const Theme theme;
        (void)frame.picture(spec, theme);
        (void)frame.picture(spec, theme);
        QCOMPARE(frame.rebuilds(), 1);
        (void)frame.picture(spec, Theme(ThemeMode::Light));
        QCOMPARE(frame.rebuilds(), 2);
    }

    void gridLinesStandWhereTheirValuesAre() {
        ChartFrame frame;
        ChartFrame::Spec spec;
        spec.size = {400, 220};
        spec.plot = {60, 10, 300, 200};
        spec.y = {
            {0, QStringLiteral("0"), true}, {0.25, QStringLiteral("a"), false}, {0.5, QStringLiteral("b"), false}};
        const Theme theme;
        const QImage image = frame.picture(spec, theme).toImage().convertToFormat(QImage::Format_RGB32);
        for (const auto& [y, token] :
             {std::pair{110, Token::Rule}, std::pair{160, Token::Rule}, std::pair{210, Token::Rule2}}) {
            QVERIFY2(pixelsOf(image, QRectF(70, y - 1, 100, 2), theme.color(token)) >= 95,
                     qPrintable(QString::number(y)));
        }
    }

    void histogramBarsAddUpToTheCount() {
        LatencyHistogramView view;
        const auto histogram = sample();
        view.setStatus(status(PanelState::Live));
        view.showHistogram(histogram);
        const auto counts = view.paintedCounts();
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}), histogram.count());
        QVERIFY(counts.front() > 0);
        QVERIFY(counts.back() > 0);
        QCOMPARE(view.total(), histogram.count());
    }

    void anEmptyHistogramSaysSo() {
        LatencyHistogramView view;
        view.resize(600, 220);
        view.setStatus(status(PanelState::Live));
        view.showHistogram(LatencyHistogram{});
        QVERIFY(view.spokenValue().contains(QStringLiteral("0 requests")));
        QVERIFY(view.spokenValue().contains(absentText()));
        QCOMPARE(bluePixels(grab(view), view.rect()), 0);
    }

    void heatmapCellsAddUpToTheCount() {
        TimeContext context;
        context.setSpan(120s);
        context.advance(start(), UtcTime{1000s});
        HeatmapView heat;
        heat.setTimeContext(&context);
        heat.setStatus(status(PanelState::Live));
        heat.resize(700, 200);
        const auto histogram = sample();
        std::uint64_t recorded = 0;
        for (int i = 20; i >= 0; --i) {
            const auto index = start().time_since_epoch() / heat.step() - i;
            heat.addColumn(SteadyTime(heat.step() * index), histogram);
            heat.addColumn(SteadyTime(heat.step() * index), histogram);
            recorded += 2 * histogram.count();
        }
        heat.refresh();
        QCOMPARE(heat.paintedTotal(), recorded);
    }

    void heatmapShowsWhatLiesOutsideTheRange() {
        TimeContext context;
        context.setSpan(120s);
        context.advance(start(), UtcTime{1000s});
        HeatmapView heat;
        heat.setTimeContext(&context);
        heat.setStatus(status(PanelState::Live));
        heat.resize(700, 200);
        LatencyHistogram slow;
        slow.recordMany(9'000'000'000, 50);
        heat.addColumn(SteadyTime(heat.step() * (start().time_since_epoch() / heat.step() - 3)), slow);
        heat.refresh();
        QCOMPARE(heat.paintedTotal(), std::uint64_t{50});
        const QRectF plot = heat.plotRect();
        const auto image = grab(heat);
        QVERIFY(bluePixels(image, QRectF(plot.left(), plot.top(), plot.width(), 6)) > 20);
        QCOMPARE(bluePixels(image, plot.adjusted(0, 10, 0, 0)), 0);
    }

    void heatmapStepsLeftOutAreGaps() {
        TimeContext context;
        context.setSpan(120s);
        context.advance(start(), UtcTime{1000s});
        HeatmapView heat;
        heat.setTimeContext(&context);
        heat.setStatus(status(PanelState::Live));
        heat.resize(700, 200);
        const auto histogram = sample();
        for (const int i : {20, 19, 18, 8, 7, 6}) {
            heat.addColumn(SteadyTime(heat.step() * (start().time_since_epoch() / heat.step() - i)), histogram);
        }
        heat.refresh();
        const QRectF plot = heat.plotRect();
        const auto window = context.window(static_cast<int>(plot.width() / 2));
        const double left = TimeContext::x(start() - 66s, window, plot.left(), plot.width());
        const double right = TimeContext::x(start() - 34s, window, plot.left(), plot.width());
        QCOMPARE(bluePixels(grab(heat), QRectF(left, plot.top(), right - left, plot.height())), 0);
    }

    void lanesShowADashWhenTheirSourceIsLost() {
        TimeContext context;
        context.advance(start(), UtcTime{1000s});
        LaneView lanes;
        lanes.setTimeContext(&context);
        lanes.resize(900, 160);
        lanes.setLanes({{QStringLiteral("p99"), QStringLiteral("all routes")}, {QStringLiteral("Lag"), {}}});
        LaneReading live;
        live.number = {QStringLiteral("486"), QStringLiteral("ms")};
        live.status = status(PanelState::Live);
        LaneReading lost = live;
        lost.status = status(PanelState::Lost, 60s);
        const std::vector<LaneReading> readings{live, lost};
        lanes.showLanes(readings, {});
        QCOMPARE(lanes.spokenValue().count(QStringLiteral("486")), 1);
        QVERIFY(lanes.spokenValue().contains(absentText()));
        (void)grab(lanes);
    }

    void coarseBucketsSayNoMoreThanTheirEdges() {
        BucketHistogram histogram;
        histogram.resize(420, 200);
        histogram.setStatus(status(PanelState::Live));
        histogram.showBuckets({{1e-6, 2e-6, 90}, {2e-6, 4e-6, 8}, {64e-6, 128e-6, 2}});
        histogram.show();
        QCOMPARE(histogram.total(), std::uint64_t{100});
        QCOMPARE(histogram.quantileEdge(0.5), 2e-6);
        QCOMPARE(histogram.quantileEdge(0.98), 4e-6);
        QCOMPARE(histogram.quantileEdge(0.99), 128e-6);
        QVERIFY(bluePixels(grab(histogram), QRectF(44, 26, 360, 150)) > 500);
        histogram.setStatus(status(PanelState::Lost));
        QCOMPARE(bluePixels(grab(histogram), QRectF(44, 26, 360, 150)), 0); // never the last value
        histogram.setStatus(status(PanelState::Live));
        histogram.showBuckets({});
        QVERIFY(histogram.spokenValue().startsWith(QStringLiteral("No calls")));
    }
};

QTEST_MAIN(TestPlots)
#include "test_plots.moc"
