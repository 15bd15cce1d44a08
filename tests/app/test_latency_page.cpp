// SPDX-License-Identifier: GPL-3.0-or-later
// Latencies compared, filtered and explained, on traffic that is known to the last request.
#include "app/pages/page.h"
#include "tests/app/played_console.h"
#include "widgets/heatmap_view.h"
#include "widgets/key_button.h"
#include "widgets/latency_histogram_view.h"
#include "widgets/line_chart.h"

#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QTableView>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

constexpr auto kBegin = SteadyTime(30h);
constexpr int kSeconds = 700;
constexpr int kSlower = 610; ///< from then on each request takes half as long again

struct Instance {
    const char* name;
    const char* role;
    const char* version;
    int perSecond;
    std::int64_t usualNs;
};
constexpr std::array kInstances = {Instance{"app-1", "stable", "2.7.4", 100, 4'000'000},
                                   Instance{"app-2", "stable", "2.7.4", 100, 4'000'000},
                                   Instance{"app-3", "canary", "2.8.0", 20, 8'000'000}};

/// What was recorded since the start, at each second. From the fifth minute on POST /v1/tasks of app-2 has a burst of
/// slow ones each half minute.
std::vector<RecordedEvent> traffic() {
    std::vector<RecordedEvent> out;
    std::map<std::pair<std::string, std::string>, LatencyHistogram> histograms;
    for (int second = 0; second < kSeconds; ++second) {
        const auto at = kBegin + std::chrono::seconds(second);
        for (const auto& instance : kInstances) {
            Snapshot snapshot;
            snapshot.header.source = std::string("service/") + instance.name;
            snapshot.header.sequence = static_cast<std::uint64_t>(second) + 1;
            snapshot.header.steadyAt = at;
            snapshot.header.utcAt = UtcTime(std::chrono::sys_days{std::chrono::year{2026} / 3 / 14}) + (at - kBegin);
            snapshot.header.epoch = "one";
            for (const std::string route : {"GET /v1/projects", "POST /v1/tasks"}) {
                auto& histogram = histograms[{instance.name, route}];
                const auto usual = instance.usualNs * (second >= kSlower ? 3 : 2) / 2;
                // A few octants around the usual, the same each second; one in two hundred is slow.
                const int requests = route.starts_with("POST") ? instance.perSecond / 5 : instance.perSecond;
                for (int i = 0; i < requests; ++i) {
                    histogram.recordMany(usual * (80 + (i * 7) % 41) / 100, 1);
                }
                histogram.recordMany(60'000'000, second % 4 == 0 ? 1 : 0);
                if (second >= 300 && second % 30 == 11 && route.starts_with("POST") &&
                    std::string_view(instance.name) == "app-2") {
                    histogram.recordMany(300'000'000, 60);
                }
                const Labels labels{{"instance", instance.name},
                                    {"role", instance.role},
                                    {"version", instance.version},
                                    {"route", route},
                                    {"status_class", "2xx"}};
                snapshot.readings.push_back(
                    counter("service.http.requests", labels, static_cast<double>(histogram.count())));
                snapshot.readings.push_back(binnacle::histogram("service.http.latency", labels, histogram));
            }
            snapshot.readings.push_back(
                gauge("service.http.in_flight",
                      {{"instance", instance.name}, {"role", instance.role}, {"version", instance.version}}, 3));
            snapshot.sort();
            SourceUpdate update;
            update.source = snapshot.header.source;
            update.interval = 1000ms;
            update.startedAt = kBegin;
            update.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
            out.push_back(recordedEvent(update, update.snapshot->header.utcAt));
        }
    }
    return out;
}

struct LatencyBench : PlayedConsole {
    explicit LatencyBench(QSize size = {1600, 1000}) {
        Replay replay;
        replay.at = kBegin + 1s;
        replay.from = kBegin;
        replay.to = kBegin + std::chrono::seconds(kSeconds);
        replay.timeline.utcOffsetNs =
            std::chrono::nanoseconds(std::chrono::sys_days{std::chrono::year{2026} / 3 / 14}.time_since_epoch() -
                                     kBegin.time_since_epoch())
                .count();
        LaunchOptions options;
        options.size = size;
        options.page = QStringLiteral("latency");
        options.theme = themeFromName(qEnvironmentVariable("BINNACLE_TEST_THEME")).value_or(ThemeChoice::Dark);
        open(replay, std::make_unique<DirectPlayer>(traffic()), options);
        console->window().activateWindow();
    }
    /// Looks at it that many seconds after the beginning.
    void playTo(int second) {
        while (console->feed().now() < kBegin + std::chrono::seconds(second)) {
            moveTo(std::min(kBegin + std::chrono::seconds(second), console->feed().now() + 30s));
        }
        console->feed().tick();
        QCoreApplication::processEvents();
    }
    [[nodiscard]] MainWindow& window() const { return console->window(); }
    [[nodiscard]] TimeContext& time() const { return window().time(); }
    [[nodiscard]] Page& page() const { return *window().page(QStringLiteral("latency")); }
    void press(int key, Qt::KeyboardModifiers with = {}) const { QTest::keyClick(&window(), Qt::Key(key), with); }
    [[nodiscard]] QString label(const char* name) const {
        return page().findChild<QLabel*>(QLatin1String(name))->text();
    }
    [[nodiscard]] QTableView& table(const char* name) const {
        return *page().findChild<QTableView*>(QLatin1String(name));
    }
    [[nodiscard]] QString cell(const char* name, int row, int column) const {
        return table(name).model()->index(row, column).data().toString();
    }
    [[nodiscard]] QString head(const char* name, int column) const {
        return table(name).model()->headerData(column, Qt::Horizontal).toString();
    }
    [[nodiscard]] QString verdict() const {
        QString said;
        for (const auto* label : table("comparedPair").parentWidget()->parentWidget()->findChildren<QLabel*>()) {
            said += label->text();
        }
        return said;
    }
    [[nodiscard]] KeyButton& button(const char* name) const {
        return *page().findChild<KeyButton*>(QLatin1String(name));
    }
    template <typename T>
    [[nodiscard]] T& only() const {
        return *page().findChild<T*>();
    }
    /// Chooses by the list that the button opens.
    void filterBy(const char* name, const QString& text) const {
        button(name).click();
        QMenu* menu = nullptr;
        QTRY_VERIFY((menu = page().findChild<QMenu*>(QStringLiteral("filterMenu"))) != nullptr && menu->isVisible());
        for (auto* action : menu->actions()) {
            if (action->text() == text) {
                action->trigger();
                menu->close();
                QTRY_VERIFY(page().findChild<QMenu*>(QStringLiteral("filterMenu")) == nullptr);
                return;
            }
        }
        QFAIL(qPrintable(text));
    }
    void keepPicture(const char* name) const {
        if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
            QCoreApplication::processEvents(); // what is laid out anew, and what that moves
            QCoreApplication::processEvents();
            window().grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
        }
    }
};

} // namespace

class TestLatencyPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTailIsSaidWithWhatStandsOut() {
        LatencyBench bench;
        bench.playTo(600);
        bench.press(Qt::Key_2); // five minutes
        QTRY_COMPARE(bench.label("tailClause"), QStringLiteral("Regular: a burst each 30 s."));
        const auto detail = bench.label("tailDetail");
        QVERIFY2(detail.startsWith(QStringLiteral("10 bursts")), qPrintable(detail));
        QVERIFY2(detail.contains(QStringLiteral("POST /v1/tasks holds 99.9")), qPrintable(detail));
        QVERIFY2(detail.contains(QStringLiteral("app-2")), qPrintable(detail));
        bench.keepPicture("latency-regular");

        // Only that: the whole page is of it.
        QCOMPARE(bench.table("routes").model()->rowCount(), 2);
        const auto all = bench.only<HeatmapView>().paintedTotal();
        QVERIFY(bench.button("tailOnly").isVisible());
        bench.press(Qt::Key_O);
        QTRY_COMPARE(bench.table("routes").model()->rowCount(), 1);
        QVERIFY(bench.button("routeFilter").text() == QStringLiteral("POST /v1/tasks"));
        QVERIFY(bench.only<HeatmapView>().paintedTotal() < all * 2 / 3);
        QVERIFY(bench.label("tailClause").startsWith(QStringLiteral("Regular")));
        QVERIFY(bench.button("filterAll").isVisible());
        const auto lines = bench.only<LineChart>().table();
        QVERIFY(!lines.rows.empty() && !lines.rows.front().at(1).exact.isEmpty());
        bench.keepPicture("latency-only");
        bench.press(Qt::Key_F, Qt::ShiftModifier);
        QTRY_COMPARE(bench.table("routes").model()->rowCount(), 2);
        QCOMPARE(bench.only<HeatmapView>().paintedTotal(), all);

        // The last burst, for all pages; back again by the usual key.
        bench.press(Qt::Key_B);
        QCOMPARE(bench.time().mode(), TimeContext::Mode::Paused);
        QVERIFY(bench.time().isSelected());
        const auto burst = kBegin + 581s;
        QVERIFY(bench.time().window().from <= burst && bench.time().window().to > burst);
        QVERIFY(bench.time().window().length() <= 26s);
        bench.keepPicture("latency-burst");
        bench.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(bench.time().mode(), TimeContext::Mode::Live);
        QTRY_VERIFY(bench.label("tailClause").startsWith(QStringLiteral("Regular")));

        // What was paused stays so when time goes on.
        bench.press(Qt::Key_Space);
        bench.playTo(660);
        QVERIFY(bench.label("tailClause").startsWith(QStringLiteral("Regular")));
        QCOMPARE(bench.label("tailDetail"), detail);
    }

    void calmTrafficIsSteadyAndLittleIsTooLittle() {
        LatencyBench bench;
        bench.playTo(8);
        QTRY_COMPARE(bench.label("tailClause"), QStringLiteral("Too short a time to tell."));
        QVERIFY(!bench.button("tailOnly").isVisible() && !bench.button("tailBurst").isVisible());
        bench.keepPicture("latency-too-few");
        bench.playTo(200);
        QTRY_VERIFY2(bench.label("tailClause").startsWith(QStringLiteral("Steady")),
                     qPrintable(bench.label("tailClause")));
    }

    void stableAgainstCanary() {
        LatencyBench bench;
        bench.playTo(280);
        QTRY_COMPARE(bench.head("comparedPair", 1), QStringLiteral("Stable 2.7.4"));
        QCOMPARE(bench.head("comparedPair", 2), QStringLiteral("Canary 2.8.0"));
        // Rows: requests, p50, p95, p99, p99.9, errors. 30 s of 2 x 120 and 24 a second.
        const auto share = bench.cell("comparedPair", 0, 3);
        QVERIFY2(share.startsWith(QStringLiteral("9.")), qPrintable(share));
        const auto median = bench.cell("comparedPair", 1, 3);
        QVERIFY2(median.startsWith(QStringLiteral("+3.")) && median.contains(QStringLiteral("+8")), qPrintable(median));
        // 760 requests of the canary: none of them is a p99.9.
        QCOMPARE(bench.cell("comparedPair", 4, 2), QStringLiteral("too few (760)"));
        QCOMPARE(bench.cell("comparedPair", 4, 3), absentText());
        QVERIFY(!bench.verdict().isEmpty());
        const auto& histogram = bench.only<LatencyHistogramView>();
        QVERIFY(histogram.table().columns.size() >= 5);
        QCOMPARE(histogram.table().columns.at(3).title, QStringLiteral("Canary 2.8.0"));
        bench.keepPicture("latency-cohorts");
        bench.press(Qt::Key_I);
        QPointer<QMenu> menu = bench.page().findChild<QMenu*>(QStringLiteral("filterMenu"));
        QVERIFY(menu != nullptr && menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Escape);
        QTRY_VERIFY(menu == nullptr);

        // Of one instance of the stable side there is nothing to compare with, and that is said.
        bench.filterBy("instanceFilter", QStringLiteral("app-1"));
        QTRY_COMPARE(bench.cell("comparedPair", 0, 2), QStringLiteral("0"));
        QVERIFY2(bench.verdict().contains(QStringLiteral("took no request")), qPrintable(bench.verdict()));
        bench.filterBy("instanceFilter", QStringLiteral("All instances"));
        bench.filterBy("versionFilter", QStringLiteral("version 2.8.0"));
        QTRY_COMPARE(bench.cell("comparedPair", 0, 1), QStringLiteral("0"));
    }

    void thisWindowAgainstTheOneBeforeOrAPinnedOne() {
        LatencyBench bench;
        bench.playTo(600);
        bench.press(Qt::Key_C);
        QTRY_VERIFY(bench.head("comparedPair", 1).contains(QChar(0x2013)));
        QCOMPARE(bench.cell("comparedPair", 1, 3), QStringLiteral("unchanged"));
        const auto before = bench.head("comparedPair", 1);

        bench.press(Qt::Key_R);
        QVERIFY(bench.time().reference());
        QCOMPARE(bench.time().reference()->length(), SteadyTime::duration(30s));
        QVERIFY(bench.button("pinWindow").text().startsWith(QStringLiteral("Unpin")));
        bench.playTo(660);
        QTRY_VERIFY(bench.head("comparedPair", 1) != before);
        const auto pinned = bench.head("comparedPair", 1);
        const auto median = bench.cell("comparedPair", 1, 3);
        QVERIFY2(median.startsWith(QStringLiteral("+2.")) && median.contains(QStringLiteral("+5")), qPrintable(median));
        QVERIFY2(!bench.verdict().isEmpty(), qPrintable(bench.verdict()));
        bench.keepPicture("latency-pinned");
        bench.playTo(690);
        QCOMPARE(bench.head("comparedPair", 1), pinned);

        // What is selected is compared with the pinned one, too; without it with the time right before.
        bench.time().select({kBegin + 400s, kBegin + 460s});
        QCOMPARE(bench.head("comparedPair", 1), pinned);
        QCOMPARE(bench.cell("comparedPair", 0, 3), absentText()); // of two lengths
        bench.press(Qt::Key_R);
        QVERIFY(!bench.time().reference());
        QTRY_VERIFY(bench.head("comparedPair", 1) != pinned);
        QCOMPARE(bench.cell("comparedPair", 1, 3), QStringLiteral("unchanged"));

        // Of the time before anything was recorded there is nothing, and it is said.
        bench.time().select({kBegin, kBegin + 60s});
        QTRY_VERIFY2(bench.verdict().contains(QStringLiteral("Nothing is kept")), qPrintable(bench.verdict()));
        QCOMPARE(bench.cell("comparedPair", 1, 1), absentText());
    }

    void eachInstanceAgainstTheOthers() {
        LatencyBench bench;
        bench.playTo(280);
        bench.press(Qt::Key_C);
        bench.press(Qt::Key_C);
        QTRY_COMPARE(bench.table("comparedInstances").model()->rowCount(), 3);
        QVERIFY(bench.table("comparedInstances").isVisible());
        QCOMPARE(bench.cell("comparedInstances", 2, 0), QStringLiteral("app-3"));
        bench.table("comparedInstances").setCurrentIndex(bench.table("comparedInstances").model()->index(0, 0));
        QTRY_VERIFY2(bench.verdict().contains(QStringLiteral("app-1")), qPrintable(bench.verdict()));
        const auto columns = bench.only<LatencyHistogramView>().table().columns;
        QCOMPARE(columns.at(1).title, QStringLiteral("The others"));
        QCOMPARE(columns.at(3).title, QStringLiteral("app-1"));
        bench.keepPicture("latency-instances");
        bench.press(Qt::Key_C);
        QVERIFY(bench.table("comparedPair").isVisible());
    }

    void itFitsASmallWindow() {
        LatencyBench bench(QSize(1280, 800));
        bench.playTo(600);
        bench.press(Qt::Key_2);
        QTRY_VERIFY(bench.label("tailClause").startsWith(QStringLiteral("Regular")));
        QCOMPARE(bench.window().size(), QSize(1280, 800));
        const auto inside = bench.page().rect();
        for (const auto* name : {"routeFilter", "pinWindow", "tailOnly", "tailBurst"}) {
            const auto& button = bench.button(name);
            const QRect at(button.mapTo(&bench.page(), QPoint()), button.size());
            QVERIFY2(inside.contains(at), name);
            QVERIFY2(button.width() >= button.sizeHint().width(), name);
        }
        bench.keepPicture("latency-small");
    }
};

QTEST_MAIN(TestLatencyPage)
#include "test_latency_page.moc"
