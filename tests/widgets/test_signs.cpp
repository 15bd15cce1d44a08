// SPDX-License-Identifier: GPL-3.0-or-later
// Colour is never the only sign: what means something else has another silhouette, or other words.
#include "tests/widgets/support.h"
#include "widgets/act_stages.h"
#include "widgets/chart_event.h"
#include "widgets/key_button.h"
#include "widgets/kpi_tile.h"
#include "widgets/lane_view.h"
#include "widgets/level_card.h"
#include "widgets/line_chart.h"
#include "widgets/mark.h"
#include "widgets/phase_bar.h"
#include "widgets/request_path_view.h"
#include "widgets/saturation_bar.h"
#include "widgets/status_line.h"

#include <QPainter>
#include <QTest>

#include <array>
#include <functional>
#include <map>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

/// What is there for an eye that sees no colours and few greys: where the picture stands out from its ground.
QByteArray silhouette(const QImage& image, const Theme& theme) {
    const int ground = qGray(theme.color(Token::Bg).rgb());
    QByteArray out;
    out.reserve(image.width() * image.height());
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            out.append(std::abs(qGray(image.pixel(x, y)) - ground) > 28 ? '#' : '.');
        }
    }
    return out;
}

QByteArray silhouette(QWidget& widget, const Theme& theme) {
    QImage image(widget.size(), QImage::Format_RGB32);
    image.fill(theme.color(Token::Bg));
    widget.render(&image, {}, {}, QWidget::DrawChildren);
    return silhouette(image, theme);
}

QByteArray drawn(const QSize& size, const Theme& theme, const std::function<void(QPainter&)>& paint) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.color(Token::Bg));
    QPainter painter(&image);
    paint(painter);
    painter.end();
    return silhouette(image, theme);
}

/// Fails unless all pictures differ in at least `least` pixels of their silhouettes.
void verifyApart(const std::map<QString, QByteArray>& pictures, int least) {
    for (auto a = pictures.begin(); a != pictures.end(); ++a) {
        QVERIFY2(a->second.contains('#'), qPrintable(a->first + QStringLiteral(" is not to be seen at all")));
        for (auto b = std::next(a); b != pictures.end(); ++b) {
            QCOMPARE(a->second.size(), b->second.size());
            int apart = 0;
            for (qsizetype i = 0; i < a->second.size(); ++i) {
                apart += a->second[i] != b->second[i] ? 1 : 0;
            }
            QVERIFY2(
                apart >= least,
                qPrintable(QStringLiteral("%1 and %2 differ in %3 pixels only").arg(a->first, b->first).arg(apart)));
        }
    }
}

constexpr std::array kSeverities{std::pair("normal", Severity::Normal), std::pair("caution", Severity::Caution),
                                 std::pair("critical", Severity::Critical)};
constexpr std::array kStates{
    std::pair("empty", PanelState::Empty),   std::pair("loading", PanelState::Loading),
    std::pair("live", PanelState::Live),     std::pair("late", PanelState::Late),
    std::pair("lost", PanelState::Lost),     std::pair("denied", PanelState::Denied),
    std::pair("error", PanelState::Error),   std::pair("paused", PanelState::Paused),
    std::pair("replay", PanelState::Replay),
};

QString named(const char* state, const char* severity) {
    return QLatin1String(state) + QLatin1Char(' ') + QLatin1String(severity);
}

} // namespace

class TestSigns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksHaveTheirOwnShapes_data() { modes(); }
    void marksHaveTheirOwnShapes() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (int i = 1; i <= static_cast<int>(Mark::Denied); ++i) {
            const auto mark = static_cast<Mark>(i);
            pictures[markWord(mark)] = drawn(
                {12, 12}, theme, [&](QPainter& painter) { drawMark(painter, QRectF(0, 0, 12, 12), mark, theme); });
        }
        QCOMPARE(pictures.size(), std::size_t{9});
        verifyApart(pictures, 8);
    }

    void tilesTellStateAndSeverity_data() { modes(); }
    void tilesTellStateAndSeverity() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const auto& [state, panel] : kStates) {
            for (const auto& [word, severity] : kSeverities) {
                if (panel != PanelState::Live && severity != Severity::Normal) {
                    continue; // beside another state the number is marked by that
                }
                KpiTile tile;
                tile.setTheme(theme);
                tile.resize(160, 104);
                KpiReading reading;
                reading.label = QStringLiteral("p99");
                reading.number = {QStringLiteral("486"), QStringLiteral("ms")};
                reading.severity = severity;
                reading.status = status(panel);
                tile.showReading(reading);
                pictures[named(state, word)] = silhouette(tile, theme);
            }
        }
        // Nothing to show is a number like another, and says it in words.
        pictures.erase(named("empty", "normal"));
        verifyApart(pictures, 12);
    }

    void lanesTellStateAndSeverity_data() { modes(); }
    void lanesTellStateAndSeverity() {
        const Theme theme = fetched();
        TimeContext context;
        context.setSpan(120s);
        context.advance(start(), UtcTime{1000s});
        std::map<QString, QByteArray> pictures;
        for (const auto& [state, panel] : kStates) {
            for (const auto& [word, severity] : kSeverities) {
                if ((panel != PanelState::Live && severity != Severity::Normal) || panel == PanelState::Replay ||
                    panel == PanelState::Empty) {
                    continue; // the frame of the window says these two
                }
                LaneView lanes;
                lanes.setTheme(theme);
                lanes.resize(700, 90);
                lanes.setTimeContext(&context);
                lanes.setLanes({{QStringLiteral("Lag"), QStringLiteral("worst"), Quantity::Count}});
                LaneReading reading;
                reading.number = {QStringLiteral("12"), {}};
                reading.severity = severity;
                reading.status = status(panel, 20s);
                const Series* none = nullptr;
                lanes.showLanes(std::span(&reading, 1), std::span(&none, 1));
                pictures[named(state, word)] = silhouette(lanes, theme);
            }
        }
        verifyApart(pictures, 8);
    }

    void hopsTellStateAndSeverity_data() { modes(); }
    void hopsTellStateAndSeverity() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const auto& [state, panel] : kStates) {
            for (const auto& [word, severity] : kSeverities) {
                if ((panel != PanelState::Live && severity != Severity::Normal) || panel == PanelState::Replay ||
                    panel == PanelState::Empty) {
                    continue;
                }
                RequestPathView view;
                view.setTheme(theme);
                view.resize(1376, 246);
                PathNode node;
                node.id = QStringLiteral("redis");
                node.kind = HopKind::Cache;
                node.title = QStringLiteral("Redis");
                node.number = {QStringLiteral("37"), QStringLiteral("in flight")};
                node.saturation = 0.5;
                node.severity = severity;
                node.status = status(panel);
                RequestPath path;
                path.nodes = {node};
                view.showPath(path);
                pictures[named(state, word)] = silhouette(view, theme);
            }
        }
        verifyApart(pictures, 12);
    }

    void lagsTellTheirSeverity_data() { modes(); }
    void lagsTellTheirSeverity() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const auto& [word, severity] : kSeverities) {
            RequestPathView view;
            view.setTheme(theme);
            view.resize(1376, 246);
            PathNode node;
            node.id = QStringLiteral("replica");
            node.kind = HopKind::Replica;
            node.title = QStringLiteral("replica 1");
            node.status = status(PanelState::Live);
            RequestPath path;
            path.nodes = {node};
            path.lags = {
                {node.id, QStringLiteral("replay lag"), {QStringLiteral("3"), QStringLiteral("s")}, {}, severity}};
            view.showPath(path);
            pictures[QLatin1String(word)] = silhouette(view, theme);
        }
        verifyApart(pictures, 12);
    }

    void sourcesTellTheirState_data() { modes(); }
    void sourcesTellTheirState() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const auto& [state, panel] : kStates) {
            if (panel == PanelState::Empty || panel == PanelState::Paused || panel == PanelState::Replay) {
                continue; // no source is ever in these
            }
            StatusLine line;
            line.setTheme(theme);
            line.resize(400, 24);
            line.showSources({{QStringLiteral("redis"), panel, 400ms}});
            pictures[QLatin1String(state)] = silhouette(line, theme);
        }
        verifyApart(pictures, 8);
    }

    void barsTellTheirSeverity_data() { modes(); }
    void barsTellTheirSeverity() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const auto& [word, severity] : kSeverities) {
            pictures[QLatin1String(word)] = drawn({80, 12}, theme, [&, level = severity](QPainter& painter) {
                drawSaturation(painter, QRectF(0, 4, 80, 4), 0.5, level, theme);
            });
        }
        verifyApart(pictures, 60);
    }

    void eventsTellTheirKind_data() { modes(); }
    void eventsTellTheirKind() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        const std::array kinds{std::pair("automatic", ChartEvent::Kind::Automatic),
                               std::pair("operator", ChartEvent::Kind::Operator),
                               std::pair("caution", ChartEvent::Kind::Caution),
                               std::pair("critical", ChartEvent::Kind::Critical),
                               std::pair("alert", ChartEvent::Kind::CautionAlert),
                               std::pair("critical alert", ChartEvent::Kind::CriticalAlert)};
        for (const auto& [word, kind] : kinds) {
            pictures[QLatin1String(word)] = drawn({80, 18}, theme, [&, of = kind](QPainter& painter) {
                drawEvents(painter, {{start() - 60s, QStringLiteral("level 1"), of}}, {start() - 120s, start()},
                           QRectF(0, 0, 80, 18), QRectF(0, 18, 80, 0), theme);
            });
        }
        verifyApart(pictures, 8);
    }

    void theLevelInForceIsSeen_data() { modes(); }
    void theLevelInForceIsSeen() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const bool current : {false, true}) {
            LevelCard card;
            card.setTheme(theme);
            card.resize(320, 92);
            LevelReading reading;
            reading.level = 2;
            reading.name = QStringLiteral("Reduced");
            reading.current = current;
            card.showLevel(reading);
            pictures[current ? QStringLiteral("in force") : QStringLiteral("not")] = silhouette(card, theme);
        }
        verifyApart(pictures, 100);
    }

    void theChosenSegmentIsSeen_data() { modes(); }
    void theChosenSegmentIsSeen() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const int chosen : {0, 1}) {
            SegmentedControl control;
            control.setTheme(theme);
            control.setSegments({{QStringLiteral("live")}, {QStringLiteral("past")}});
            control.resize(control.sizeHint());
            control.setCurrent(chosen);
            pictures[QString::number(chosen)] = silhouette(control, theme);
        }
        verifyApart(pictures, 100);
    }

    void stagesOfAnActAreSeen_data() { modes(); }
    void stagesOfAnActAreSeen() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        using State = ActStage::State;
        for (const auto& [word, state] :
             {std::pair("waiting", State::Waiting), std::pair("going", State::Going), std::pair("done", State::Done),
              std::pair("doubtful", State::Doubtful), std::pair("failed", State::Failed)}) {
            ActStages stages;
            stages.setTheme(theme);
            stages.resize(300, 38);
            stages.showStages({{QStringLiteral("observed"), state}});
            pictures[QLatin1String(word)] = silhouette(stages, theme);
        }
        verifyApart(pictures, 6);
    }

    void aPhaseThatWaitsIsSeen_data() { modes(); }
    void aPhaseThatWaitsIsSeen() {
        const Theme theme = fetched();
        std::map<QString, QByteArray> pictures;
        for (const bool waits : {false, true}) {
            PhaseBar bar;
            bar.setTheme(theme);
            bar.resize(600, 62);
            PhaseReading reading;
            reading.number = 1;
            reading.count = 3;
            reading.title = QStringLiteral("building index");
            reading.share = 0.5;
            reading.waits = waits;
            bar.showPhase(reading);
            pictures[waits ? QStringLiteral("waits") : QStringLiteral("works")] = silhouette(bar, theme);
        }
        verifyApart(pictures, 20);
    }

    /// Lines of one chart are told apart by the name at their end, whatever their colours.
    void linesAreNamedWhereTheyEnd_data() { modes(); }
    void linesAreNamedWhereTheyEnd() {
        const Theme theme = fetched();
        TimeContext context;
        context.setSpan(120s);
        context.advance(start(), UtcTime{1000s});
        std::vector<Series> series;
        for (const double value : {0.1, 0.4, 0.6, 0.9}) {
            series.emplace_back(Series::Bounds{5000, 100, 10s});
            for (auto at = start() - 120s; at < start(); at += 1s) {
                series.back().append(at, value);
            }
        }
        const std::array<const Series*, 4> data{&series[0], &series[1], &series[2], &series[3]};
        const auto picture = [&](const QStringList& names) {
            LineChart chart;
            chart.setTheme(theme);
            chart.resize(700, 220);
            chart.setTimeContext(&context);
            chart.setScale(AxisScale(AxisScale::Kind::Linear, 0, 1));
            chart.setStatus(status(PanelState::Live));
            chart.setLines(
                {{names[0], Token::D1}, {names[1], Token::D2}, {names[2], Token::D3}, {names[3], Token::D4}});
            chart.showSeries(data);
            return silhouette(chart, theme);
        };
        const QStringList names{QStringLiteral("stable"), QStringLiteral("canary"), QStringLiteral("old"),
                                QStringLiteral("new")};
        std::map<QString, QByteArray> pictures{{QStringLiteral("as they are"), picture(names)}};
        for (int i = 0; i < 4; ++i) {
            auto others = names;
            others[i] = QStringLiteral("other");
            pictures[names[i]] = picture(others);
        }
        verifyApart(pictures, 12);
    }

private:
    static void modes() {
        QTest::addColumn<int>("mode");
        QTest::newRow("dark") << static_cast<int>(ThemeMode::Dark);
        QTest::newRow("light") << static_cast<int>(ThemeMode::Light);
    }
    static Theme fetched() {
        const auto* mode = static_cast<int*>(QTest::qData("mode", qMetaTypeId<int>()));
        return Theme(static_cast<ThemeMode>(*mode));
    }
};

QTEST_MAIN(TestSigns)
#include "test_signs.moc"
