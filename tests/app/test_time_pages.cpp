// SPDX-License-Identifier: GPL-3.0-or-later
// The one time selection over all pages: what is chosen or pointed at in one chart is shown by all of them.
#include "app/pages/page.h"
#include "tests/app/console_bench.h"
#include "widgets/heatmap_view.h"
#include "widgets/key_button.h"
#include "widgets/lane_view.h"
#include "widgets/line_chart.h"
#include "widgets/time_chart.h"
#include "widgets/time_ribbon.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

struct TimeBench : Bench {
    void begin() {
        // Each lane of each page has something to show: what is absent at the crosshair was lost on the way.
        const std::string primary = "postgres/primary";
        for (const auto* state : {"active", "idle in transaction"}) {
            stack->setReading(primary, gauge("postgres.sessions", {{"server", "primary"}, {"state", state}}, 2));
        }
        for (const auto* wait : {"Lock", "IO"}) {
            stack->setReading(primary, gauge("postgres.sessions.waiting", {{"server", "primary"}, {"class", wait}}, 1));
        }
        LaunchOptions options;
        options.size = QSize(1600, 1000);
        open(options);
        QTRY_VERIFY(live() && console->control().hasView());
        awaitReadings(16); // eight seconds of past
    }
    /// The page as one that was just started shows it.
    void openAt(const QString& page) const {
        auto& time = window().time();
        time.showLive();
        time.forgetSteps();
        time.pinCrosshair(std::nullopt);
        window().openPage(page);
        const QSignalSpy ticks(&console->feed(), &SnapshotFeed::ticked);
        QTRY_VERIFY(ticks.count() >= 2);
    }
    [[nodiscard]] std::vector<TimeChart*> charts() const {
        std::vector<TimeChart*> out;
        for (auto* chart : window().findChildren<TimeChart*>()) {
            if (chart->isVisible() && chart->plotRect().width() > 100) {
                out.push_back(chart);
            }
        }
        return out;
    }
    static QPoint at(const TimeChart& chart, SteadyTime time) {
        const auto plot = chart.plotRect();
        return QPointF(TimeContext::x(time, chart.shownWindow(), plot.left(), plot.width()), plot.center().y())
            .toPoint();
    }
    void drag(TimeChart& chart, SteadyTime from, SteadyTime to) const {
        QTest::mousePress(&chart, Qt::LeftButton, {}, at(chart, from));
        QTest::mouseMove(&chart, at(chart, from + (to - from) / 2));
        QTest::mouseMove(&chart, at(chart, to));
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, at(chart, to));
    }
    /// Every chart that is shown stands at the window of the selection, within a column, and says what it says.
    void checkCharts(const QString& page) const {
        const auto wanted = window().time().window();
        for (const auto* chart : charts()) {
            if (qobject_cast<const TimeRibbon*>(chart) != nullptr) {
                QVERIFY(chart->spokenValue().contains(window().time().clock(wanted.to)));
                continue;
            }
            const auto column = wanted.length() / 100;
            const auto name = page + QLatin1Char(' ') + chart->accessibleName();
            QVERIFY2(std::chrono::abs(chart->shownWindow().from - wanted.from) <= column, qPrintable(name));
            QVERIFY2(std::chrono::abs(chart->shownWindow().to - wanted.to) <= column, qPrintable(name));
            QVERIFY2(!chart->spokenValue().contains(QStringLiteral("live")), qPrintable(name + chart->spokenValue()));
        }
    }
    /// What the chart says at the crosshair: of what, and its value.
    static std::vector<std::pair<QString, QString>> readingsOf(const TimeChart& chart) {
        std::vector<std::pair<QString, QString>> out;
        if (const auto* lines = qobject_cast<const LineChart*>(&chart)) {
            for (const auto& text : lines->crosshairTexts()) {
                out.emplace_back(text.section(u' ', 0, -2), text.section(u' ', -1)); // no space in figure and unit
            }
        } else if (const auto* lanes = qobject_cast<const LaneView*>(&chart)) {
            for (int i = 0; i < lanes->laneCount(); ++i) {
                out.emplace_back(lanes->laneTitle(i), lanes->crosshairText(i));
            }
        } else if (const auto* heat = qobject_cast<const HeatmapView*>(&chart)) {
            for (const auto& text : heat->crosshairTexts()) {
                out.emplace_back(QStringLiteral("cell"), text);
            }
        } else if (const auto* ribbon = qobject_cast<const TimeRibbon*>(&chart)) {
            out.emplace_back(QStringLiteral("p99"), ribbon->crosshairText().section(u',', 1));
        }
        return out;
    }
    /// Of what it has no value there.
    static QStringList absentOf(const TimeChart& chart) {
        static const QRegularExpression figure(QStringLiteral("[0-9]"));
        const auto readings = readingsOf(chart);
        QStringList absent = readings.empty() ? QStringList{QStringLiteral("everything")} : QStringList();
        for (const auto& [what, value] : readings) {
            if (!value.contains(figure)) {
                absent << what + QStringLiteral(" is ") + value;
            }
        }
        return absent;
    }
};

void addPages() {
    QTest::addColumn<QString>("page");
    for (const auto& id : pageIds()) {
        if (id != QStringLiteral("connections")) { // lists places, and shows no time
            QTest::newRow(qPrintable(id)) << id;
        }
    }
}

} // namespace

class TestTimePages : public QObject {
    Q_OBJECT

    TimeBench m_bench; // one console for all: eight seconds of past for each page would be minutes

private Q_SLOTS:
    void initTestCase() { m_bench.begin(); }

    void aDragOnAnyChartIsShownByAllPages_data() { addPages(); }
    void aDragOnAnyChartIsShownByAllPages() {
        QFETCH(QString, page);
        auto& bench = m_bench;
        bench.openAt(page);
        auto& time = bench.window().time();
        const auto span = time.span();
        const auto count = bench.charts().size();
        QVERIFY(count >= (page == QStringLiteral("migrations") ? 1U : 2U)); // the ribbon is one
        for (std::size_t i = 0; i < count; ++i) {
            auto* chart = bench.charts().at(i);
            const bool ribbon = qobject_cast<TimeRibbon*>(chart) != nullptr;
            const auto now = time.now();
            const auto from = ribbon ? now - 30min : now - 6s;
            const auto to = ribbon ? now - 20min : now - 2s;
            bench.drag(*chart, from, to);
            QCOMPARE(time.mode(), TimeContext::Mode::Paused);
            const auto pixel = chart->shownWindow().length() / 100;
            QVERIFY(std::chrono::abs(time.window().from - from) <= (ribbon ? SteadyTime::duration(1min) : pixel + 1s));
            const auto chosen = time.window();
            for (const auto& other : pageIds()) {
                bench.window().openPage(other);
                QCOMPARE(time.window(), chosen); // going elsewhere changes nothing
                bench.checkCharts(other);
                if (other == QStringLiteral("overview")) {
                    const auto said = bench.said("p99");
                    QVERIFY2(said.contains(ribbon ? QStringLiteral("nothing to show") : QStringLiteral("paused")),
                             qPrintable(said));
                }
                if (i + 1 == count) {
                    bench.picture(qPrintable(page + QStringLiteral("-selected-") + other));
                }
            }
            // Recording goes on, and what is shown stays.
            const auto newest = bench.console->feed().now();
            QTRY_VERIFY(bench.console->feed().now() > newest);
            QCOMPARE(time.window(), chosen);
            bench.window().openPage(page);
            QTest::keyClick(&bench.window(), Qt::Key_Left, Qt::AltModifier);
            QCOMPARE(time.mode(), TimeContext::Mode::Live);
            QCOMPARE(time.span(), span);
            QVERIFY(!time.canGoBack());
            QTRY_VERIFY(bench.said("p99").contains(QStringLiteral("live")) || page != QStringLiteral("overview"));
        }
    }

    void oneCrosshairInAllChartsOfAllPages_data() { addPages(); }
    void oneCrosshairInAllChartsOfAllPages() {
        QFETCH(QString, page);
        auto& bench = m_bench;
        bench.openAt(page);
        auto& time = bench.window().time();
        auto* source = bench.charts().back();
        const bool ribbon = qobject_cast<TimeRibbon*>(source) != nullptr;
        QTest::mouseMove(source, TimeBench::at(*source, time.now() - (ribbon ? 10s : 4s)));
        QTRY_VERIFY(time.crosshair());
        const auto at = time.crosshair();
        for (const auto& other : pageCatalogue()) {
            if (bench.window().currentPage() != QLatin1String(other.id)) {
                QTest::keyClick(&bench.window(), Qt::Key_G);
                QTest::keyClick(&bench.window(), static_cast<Qt::Key>(other.key));
                QTRY_COMPARE(bench.window().currentPage(), QLatin1String(other.id));
            }
            QCOMPARE(time.crosshair(), at);
            for (const auto* chart : bench.charts()) {
                const auto absent = TimeBench::absentOf(*chart);
                QVERIFY2(absent.isEmpty(),
                         qPrintable(QLatin1String(other.id) + QLatin1Char(' ') + chart->accessibleName() +
                                    QLatin1String(": ") + absent.join(QStringLiteral("; "))));
            }
            bench.picture(qPrintable(page + QStringLiteral("-crosshair-") + QLatin1String(other.id)));
        }
    }

    void backspaceGoesBackWhereItDoesNoHarm() {
        auto& bench = m_bench;
        bench.openAt(QStringLiteral("database"));
        auto& time = bench.window().time();
        time.select({time.now() - 5s, time.now() - 2s});
        auto* field = bench.window().findChild<QLineEdit*>();
        QVERIFY(field != nullptr);
        field->setText(QStringLiteral("ab"));
        QTest::keyClick(field, Qt::Key_Backspace);
        QCOMPARE(field->text(), QStringLiteral("a"));
        QCOMPARE(time.mode(), TimeContext::Mode::Paused);
        QTest::keyClick(&bench.window(), Qt::Key_Backspace);
        QCOMPARE(time.mode(), TimeContext::Mode::Live);
        QTest::keyClick(&bench.window(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(time.mode(), TimeContext::Mode::Paused);
        QTest::mouseClick(bench.window().findChild<KeyButton*>(QStringLiteral("back")), Qt::LeftButton);
        QCOMPARE(time.mode(), TimeContext::Mode::Live);
    }

    void aSelectionIsNotRememberedAsTheSpan() {
        auto& bench = m_bench;
        bench.openAt(QStringLiteral("overview"));
        auto& time = bench.window().time();
        QTest::keyClick(&bench.window(), Qt::Key_2);
        QCOMPARE(bench.console->settings().spanMinutes(), 5);
        time.select({time.now() - 5s, time.now() - 2s});
        QCOMPARE(bench.console->settings().spanMinutes(), 5);
        QTest::keyClick(&bench.window(), Qt::Key_Space);
        QCOMPARE(time.span(), SteadyTime::duration(5min));
    }
};

QTEST_MAIN(TestTimePages)
#include "test_time_pages.moc"
