// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/action_controller.h"
#include "app/dialogs/action_dialog.h"
#include "app/feed/replay_control_link.h"
#include "app/language.h"
#include "backend/recorder/recording_writer.h"
#include "tests/app/console_bench.h"
#include "tests/app/fake_tables.h"
#include "tests/recorder/generated_stack.h"
#include "widgets/key_help.h"
#include "widgets/lane_view.h"
#include "widgets/line_chart.h"
#include "widgets/painted_widget.h"
#include "widgets/palette_view.h"
#include "widgets/panel_status.h"

#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QtTest>

#include <functional>
#include <set>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

/// What is visible of a page: every word that a widget shows or speaks.
QStringList wordsOf(const QWidget& page) {
    QStringList words;
    for (const auto* widget : page.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&page)) {
            continue;
        }
        if (const auto* painted = dynamic_cast<const PaintedWidget*>(widget)) {
            words << painted->spokenValue();
        } else if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            words << label->text();
        } else if (const auto* table = qobject_cast<const QTableView*>(widget)) {
            for (int row = 0; table->model() != nullptr && row < std::min(3, table->model()->rowCount()); ++row) {
                words << table->model()->index(row, 0).data().toString();
            }
        }
    }
    words.removeAll(QString());
    return words;
}

/// More than a flat area: a page that shows nothing at all has two or three colours.
bool showsSomething(const QImage& picture) {
    std::set<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 7) {
        for (int x = 0; x < picture.width(); x += 7) {
            colours.insert(picture.pixel(x, y));
        }
    }
    return colours.size() >= 8;
}

/// Whole words: "late" is not said by "latency".
bool anySays(const QStringList& words, const QString& what) {
    const QRegularExpression whole(QStringLiteral("\\b%1\\b").arg(QRegularExpression::escape(what)),
                                   QRegularExpression::CaseInsensitiveOption);
    return std::ranges::any_of(words, [&](const QString& said) { return whole.match(said).hasMatch(); });
}

/// Pages of a catalogue that show no readings, and so have none of their states.
bool readsServers(QLatin1String page) {
    return page != QLatin1String("connections");
}

/// Milliseconds since sources fell silent while they are late and not lost yet, with a second to look at a page.
constexpr qint64 kLateFor = 3500;

} // namespace

/// Opens each page in each state, and what opens over pages. BINNACLE_TEST_PICTURES=FOLDER keeps a picture of each,
/// BINNACLE_TEST_THEME=light in the other theme: tests/app/page_pictures.sh makes all of them, and those of German.
class TestPageStates : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    static LaunchOptions options() {
        LaunchOptions options;
        options.size = QSize(1600, 1000);
        options.theme = themeFromName(qEnvironmentVariable("BINNACLE_TEST_THEME")).value_or(ThemeChoice::Dark);
        return options;
    }

    /// Every page of the window: it shows something, and somewhere on it stands one of these words. `prepare` brings
    /// the state about, or leaves it where it is there.
    static void checkPages(Console& console, const QStringList& expected, const std::function<void()>& prepare = {}) {
        auto& window = console.window();
        for (const auto& entry : pageCatalogue()) {
            const QLatin1String id(entry.id);
            window.openPage(id);
            QCOMPARE(window.currentPage(), QString(id));
            const auto* page = window.page(id);
            const auto* shown = page->isVisible() ? page : window.centralWidget(); // or what stands in its place
            const auto says = [&] {
                if (prepare) {
                    prepare();
                }
                const auto words = wordsOf(*shown);
                return std::ranges::any_of(expected, [&](const QString& word) { return anySays(words, word); });
            };
            if (readsServers(id) && !expected.isEmpty()) {
                QTRY_VERIFY2(says(),
                             qPrintable(id + QStringLiteral(": ") + wordsOf(*shown).join(QStringLiteral(" | "))));
            }
            QCoreApplication::processEvents();
            const auto picture = window.grab().toImage();
            const auto area = QRect(shown->mapTo(&window, QPoint()), shown->size());
            const auto scale = picture.devicePixelRatio();
            QVERIFY2(showsSomething(
                         picture.copy(QRectF(QPointF(area.topLeft()) * scale, QSizeF(area.size()) * scale).toRect())),
                     entry.id);
            if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
                QVERIFY(picture.save(
                    QStringLiteral("%1/%2-%3.png").arg(folder, id, QLatin1String(QTest::currentDataTag()))));
            }
        }
    }

    /// Rows for the pages that have tables, so that live has something to show in each.
    static void fill(FakeStack& stack) {
        stack.setTable("postgres/primary",
                       fakeTable("postgres.sessions", {{{"pid", 4711.0},
                                                        {"backend_start", std::string("2026-03-14 09:00:00")},
                                                        {"user", std::string("app_rw")},
                                                        {"state", std::string("active")}}}));
    }

private Q_SLOTS:
    void initTestCase() {
        if (const auto language = qEnvironmentVariable("BINNACLE_TEST_LANGUAGE"); !language.isEmpty()) {
            speak(*qApp, language, qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/../share/binnacle"));
        }
    }

    void everyPageTellsTheStateOfItsSources_data() {
        QTest::addColumn<int>("behaviour");
        QTest::addColumn<bool>("fromTheStart"); ///< else after it was live
        QTest::addColumn<bool>("paused");
        QTest::addColumn<QStringList>("expected");
        const auto word = [](PanelState state) { return QStringList{stateWord(state)}; };
        QTest::addRow("loading") << int(Behaviour::Hang) << true << false
                                 << (word(PanelState::Loading) << QStringLiteral("Waiting for"));
        QTest::addRow("live") << int(Behaviour::Answer) << true << false << QStringList();
        QTest::addRow("late") << int(Behaviour::Hang) << false << false << word(PanelState::Late);
        QTest::addRow("lost") << int(Behaviour::Refuse) << false << false
                              << (word(PanelState::Lost)
                                  << QStringLiteral("stopped answering") << QStringLiteral("does not answer"));
        QTest::addRow("denied") << int(Behaviour::Deny) << false << false
                                << (word(PanelState::Denied) << QStringLiteral("refuses to be read")
                                                             << QStringLiteral("does not know who you are"));
        QTest::addRow("error") << int(Behaviour::Garble) << false << false
                               << (word(PanelState::Error) << QStringLiteral("not understood"));
        QTest::addRow("paused") << int(Behaviour::Answer) << false << true << QStringList();
    }
    void everyPageTellsTheStateOfItsSources() {
        QFETCH(int, behaviour);
        QFETCH(bool, fromTheStart);
        QFETCH(bool, paused);
        QFETCH(QStringList, expected);
        Bench bench;
        fill(*bench.stack);
        const auto apply = [&] {
            bench.stack->setAll(static_cast<Behaviour>(behaviour));
            bench.stack->set("stack", Behaviour::Answer); // the supervisor: which servers there are
            bench.stack->control()->set(static_cast<Behaviour>(behaviour));
        };
        if (fromTheStart) {
            apply();
        }
        bench.open(options());
        if (!fromTheStart) {
            QTRY_VERIFY(bench.live() && bench.console->control().hasView());
            bench.awaitReadings(4);
            apply();
        } else if (static_cast<Behaviour>(behaviour) == Behaviour::Answer) {
            QTRY_VERIFY(bench.live() && bench.console->control().hasView());
            bench.awaitReadings(4);
        }
        if (paused) {
            QTest::keyClick(&bench.window(), Qt::Key_Space);
            QCOMPARE(bench.window().time().mode(), TimeContext::Mode::Paused);
        }
        if (static_cast<Behaviour>(behaviour) != Behaviour::Hang || fromTheStart) {
            checkPages(*bench.console, expected);
            return;
        }
        // Who is late is lost soon after: what begins anew while it is looked at lasts for some pages.
        QElapsedTimer since;
        checkPages(*bench.console, expected, [&] {
            if (since.isValid() && since.elapsed() < kLateFor) {
                return;
            }
            const auto settle = [&](Behaviour wanted, SourceState state) {
                bench.stack->setAll(wanted);
                bench.stack->set("stack", Behaviour::Answer);
                bench.stack->control()->set(wanted);
                QTRY_VERIFY(bench.stateOf("haproxy") == state && bench.stateOf("postgres/primary") == state &&
                            bench.console->control().state() == state);
            };
            settle(Behaviour::Answer, SourceState::Live);
            since.restart();
            settle(Behaviour::Hang, SourceState::Late);
        });
    }

    /// A stack that runs and that nobody uses: figures of nothing are absent, and each page says so.
    void everyPageIsThereWhenNothingHappens_data() {
        QTest::addColumn<int>("unused");
        QTest::addRow("empty") << 0;
    }
    void everyPageIsThereWhenNothingHappens() {
        Bench bench;
        bench.stack->setTraffic(false);
        bench.stack->control()->change([](ControlView& view) {
            view.features.clear();
            view.migrations.emplace();
        });
        bench.open(options());
        QTRY_VERIFY(bench.stateOf("haproxy") == SourceState::Live && bench.console->control().hasView());
        checkPages(*bench.console, {});
    }

    /// Nothing is squeezed: a page is as high as it needs to be, and where the window is lower, it scrolls.
    void everyPageHasItsHeightInALowWindow_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("fits"); ///< without scrolling
        QTest::addRow("wide") << QSize(1600, 1000) << true;
        QTest::addRow("least") << QSize(960, 500) << false;
    }
    void everyPageHasItsHeightInALowWindow() {
        QFETCH(QSize, size);
        QFETCH(bool, fits);
        Bench bench;
        fill(*bench.stack);
        auto open = options();
        open.size = size;
        bench.open(open);
        QTRY_VERIFY(bench.live() && bench.console->control().hasView());
        QCOMPARE(bench.window().size(), size);
        auto* scroll = bench.window().findChild<QScrollArea*>(QStringLiteral("contentScroll"));
        for (const auto& entry : pageCatalogue()) {
            bench.window().openPage(QLatin1String(entry.id));
            const auto* page = bench.window().page(QLatin1String(entry.id));
            // As it is opened, before anything else ran: its first picture is its true one.
            QVERIFY2(page->height() >= page->minimumSizeHint().height(), entry.id);
            bench.awaitSteps();
            QVERIFY2(page->height() >= page->minimumSizeHint().height(), entry.id);
            QVERIFY2(!fits || scroll->verticalScrollBar()->maximum() == 0,
                     qPrintable(QStringLiteral("%1: %2 px do not fit")
                                    .arg(QLatin1String(entry.id))
                                    .arg(scroll->verticalScrollBar()->maximum())));
            if (auto* lanes = page->findChild<LaneView*>(); lanes != nullptr && lanes->isVisible()) {
                for (int lane = 0; lane < lanes->laneCount(); ++lane) {
                    QVERIFY2(lanes->laneRect(lane).height() >= 20, entry.id); // a line of text
                }
            }
            if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
                bench.picture(qPrintable(
                    QStringLiteral("%1-%2").arg(QLatin1String(entry.id), QLatin1String(QTest::currentDataTag()))));
            }
        }
        // What has the focus is in sight.
        bench.window().openPage(QStringLiteral("latency"));
        bench.awaitSteps();
        auto* routes = bench.window().findChild<QTableView*>(QStringLiteral("routes"));
        routes->setFocus(Qt::TabFocusReason);
        const auto seen = QRect(scroll->viewport()->mapToGlobal(QPoint()), scroll->viewport()->size());
        QVERIFY(seen.intersects(QRect(routes->mapToGlobal(QPoint()), routes->size())));
        QVERIFY(seen.contains(routes->mapToGlobal(QPoint(4, routes->height() - 4))));
    }

    /// Palette, help, crosshair and selection, notes, a chart's table, the preview of an act, a new profile.
    void whatOpensOverAPage() {
        Bench bench;
        fill(*bench.stack);
        bench.open(options());
        QTRY_VERIFY(bench.live() && bench.console->control().hasView());
        bench.awaitReadings(8);
        auto& window = bench.window();
        const auto keep = [&](const QWidget* over, const char* name) {
            QVERIFY2(over != nullptr && over->isVisible(), name);
            QCoreApplication::processEvents();
            QVERIFY2(showsSomething(const_cast<QWidget*>(over)->grab().toImage()), name);
            bench.picture(name);
        };
        const auto dialog = [&] { return window.findChild<QDialog*>(); };
        const auto leave = [&] {
            QTest::keyClick(dialog(), Qt::Key_Escape);
            QTRY_VERIFY(dialog() == nullptr);
            window.activateWindow();
            QTRY_VERIFY(window.isActiveWindow());
        };
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        auto* palette = window.findChild<PaletteView*>();
        keep(palette, "overlay-palette");
        auto* field = palette->findChild<QLineEdit*>();
        QTest::keyClicks(field, QStringLiteral("re"));
        keep(palette, "overlay-palette-found");
        QTest::keyClick(field, Qt::Key_Escape);
        QTest::keyClick(&window, Qt::Key_F1);
        auto* help = window.findChild<KeyHelp*>();
        keep(help, "overlay-keys");
        QTest::keyClick(help, Qt::Key_Escape);

        window.openPage(QStringLiteral("latency"));
        auto& time = window.time();
        time.pinCrosshair(time.now() - 1s);
        time.setPending(TimeSpan{time.now() - 3s, time.now() - 1s});
        bench.awaitReadings(1);
        keep(&window, "overlay-selection");
        QTest::keyClick(&window, Qt::Key_N);
        keep(dialog(), "overlay-note");
        QTest::keyClicks(dialog()->findChild<QLineEdit*>(), QStringLiteral("load test"));
        QTest::keyClick(dialog()->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_VERIFY(dialog() == nullptr);
        window.activateWindow();
        QTRY_VERIFY(window.isActiveWindow());
        QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
        keep(dialog(), "overlay-notes");
        leave();
        QTest::keyClick(window.page(QStringLiteral("latency"))->findChild<LineChart*>(), Qt::Key_F6);
        keep(dialog(), "overlay-chart-table");
        leave();
        time.setPending(std::nullopt);
        time.pinCrosshair(std::nullopt);

        window.openPage(QStringLiteral("degradation"));
        bench.console->actions().request(QStringLiteral("set_degradation_level"), {{"level", std::int64_t{2}}});
        QTRY_VERIFY(bench.console->actions().dialog() != nullptr &&
                    bench.console->actions().dialog()->phase() != ActionDialog::Phase::Reading);
        keep(bench.console->actions().dialog(), "overlay-preview");
        leave();
        window.openPage(QStringLiteral("connections"));
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
        bench.awaitReadings(1);
        keep(&window, "overlay-new-profile");
    }

    void everyPageShowsARecording_data() {
        QTest::addColumn<int>("unused");
        QTest::addRow("replay") << 0;
    }
    void everyPageShowsARecording() {
        GeneratedStack stack;
        Replay replay;
        replay.file = std::filesystem::path(m_dir.path().toStdString()) / "minutes.sqlite";
        replay.timeline = {"the boot of another machine", stack.utcOffsetNs()};
        auto writer = RecordingWriter::open(replay.file, {}, replay.timeline);
        QVERIFY(writer);
        for (int i = 0; i < 120; ++i) {
            for (const auto& event : stack.second()) {
                QVERIFY((*writer)->append(event));
            }
        }
        QVERIFY((*writer)->finish());
        auto opened = openReplay(replay.file, std::nullopt);
        QVERIFY(opened);
        QTemporaryDir settings;
        auto parts = FakeStack::parts(std::make_shared<FakeStack>(), settings);
        parts.options = options();
        parts.control = std::make_shared<ReplayControlLink>();
        parts.clock = std::make_shared<ReplayClock>(opened->at, opened->to, opened->timeline.utcOffsetNs);
        parts.replay = *opened;
        Console console(std::move(parts));
        console.show();
        QVERIFY(QTest::qWaitForWindowExposed(&console.window()));
        QTRY_VERIFY(console.feed().path().requestsPerSecond.value.has_value());
        checkPages(console, {});
        QVERIFY(anySays(wordsOf(console.window()), QStringLiteral("recording")) ||
                anySays(wordsOf(console.window()), stateWord(PanelState::Replay)));
    }
};

QTEST_MAIN(TestPageStates)
#include "test_page_states.moc"
