// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/patience.h"
#include "tests/widgets/support.h"
#include "widgets/draw.h"
#include "widgets/icon.h"
#include "widgets/key_button.h"
#include "widgets/key_help.h"
#include "widgets/kpi_tile.h"
#include "widgets/navigation_rail.h"
#include "widgets/request_path_view.h"
#include "widgets/row_view.h"
#include "widgets/saturation_bar.h"
#include "widgets/situation_sentence.h"
#include "widgets/state_overlay.h"
#include "widgets/status_line.h"
#include "widgets/table_delegate.h"
#include "widgets/time_ribbon.h"
#include "widgets/tip_text.h"
#include "widgets/top_bar.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAccessibleInterface>
#include <QPainter>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QTextDocument>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

KpiReading reading(PanelState state = PanelState::Live, std::chrono::nanoseconds age = 400ms) {
    KpiReading out;
    out.label = QStringLiteral("p99");
    out.number = {QStringLiteral("486"), QStringLiteral("ms")};
    out.status = status(state, age);
    return out;
}

RequestPath smallPath() {
    RequestPath path;
    PathNode client;
    client.id = QStringLiteral("clients");
    client.kind = HopKind::Clients;
    client.title = QStringLiteral("Clients");
    client.number = {QStringLiteral("50"), QStringLiteral("req/s")};
    client.status = status(PanelState::Live);
    PathNode proxy = client;
    proxy.id = QStringLiteral("haproxy");
    proxy.kind = HopKind::LoadBalancer;
    proxy.title = QStringLiteral("HAProxy");
    path.nodes = {client, proxy};
    path.flows = {{QStringLiteral("clients"), QStringLiteral("haproxy"), 50.0, QStringLiteral("50/s")}};
    return path;
}

const QString kHostile =
    QStringLiteral("<b>x</b>\n\r\t<img src='file:///etc/passwd'>\u202e") + QString(20000, QLatin1Char('W'));

} // namespace

class TestPanels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLostTileShowsADashAndNeverTheLastValue_data() {
        QTest::addColumn<int>("state");
        for (const auto state : {PanelState::Lost, PanelState::Denied, PanelState::Error, PanelState::Loading}) {
            QTest::addRow("%s", qPrintable(stateWord(state))) << static_cast<int>(state);
        }
    }
    void aLostTileShowsADashAndNeverTheLastValue() {
        QFETCH(int, state);
        KpiTile shown;
        shown.resize(126, 104);
        shown.showReading(reading(static_cast<PanelState>(state)));
        KpiTile other;
        other.resize(126, 104);
        auto changed = reading(static_cast<PanelState>(state));
        changed.number.value = QStringLiteral("917");
        other.showReading(changed);
        QVERIFY(!shown.spokenValue().contains(QStringLiteral("486")));
        // The picture must not depend on the number at all (but for the unit of a loading tile).
        QCOMPARE(grab(shown), grab(other));
    }

    void aLateTileIsNotDrawnLikeALiveOne() {
        KpiTile live;
        KpiTile late;
        live.resize(126, 104);
        late.resize(126, 104);
        live.showReading(reading());
        late.showReading(reading(PanelState::Late, 3s));
        const QRectF number(0, 26, 126, 28);
        const QColor ink = live.theme().color(Token::Ink);
        QVERIFY(pixelsOf(grab(live), number, ink) > 10);
        QCOMPARE(pixelsOf(grab(late), number, ink), 0);
        QVERIFY(late.spokenValue().contains(QStringLiteral("late")));
    }

    void aTileRepaintsOnlyWhenWhatItShowsChanged() {
        KpiTile tile;
        tile.resize(126, 104);
        tile.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tile));
        tile.showReading(reading());
        (void)grab(tile);
        QCoreApplication::processEvents();
        const int before = tile.paintCount();
        tile.showReading(reading(PanelState::Live, 411ms));
        QCoreApplication::processEvents();
        QCOMPARE(tile.paintCount(), before);
        tile.showReading(reading(PanelState::Live, 620ms));
        QTRY_VERIFY(tile.paintCount() > before);
    }

    void hostileStringsNeitherBreakNorWidenTheLayout() {
        KpiRow row;
        auto* tile = row.addTile();
        row.addTile();
        const QSize before = row.minimumSizeHint();
        auto hostile = reading();
        hostile.label = hostile.comparison = kHostile;
        hostile.number = {kHostile, kHostile};
        hostile.status.detail = kHostile;
        tile->showReading(hostile);
        QCOMPARE(row.minimumSizeHint(), before);
        row.resize(400, 110);
        (void)grab(row);

        SituationSentence sentence;
        sentence.setSentence(kHostile, kHostile);
        sentence.resize(400, 30);
        (void)grab(sentence);
        QCOMPARE(sentence.minimumSizeHint().width(), 200);

        auto path = smallPath();
        path.nodes[0].title = path.nodes[0].detail = path.nodes[0].side = kHostile;
        path.nodes[0].number = {kHostile, kHostile};
        path.flows[0].label = path.flows[0].waitingLabel = kHostile;
        path.flows[0].waiting = 100000;
        RequestPathView view;
        view.resize(1100, 246);
        view.showPath(path);
        (void)grab(view);

        StatusLine line;
        line.showSources({{kHostile, PanelState::Live, 1s}, {kHostile, PanelState::Lost, 99s}});
        line.showFacts({{kHostile, kHostile}});
        line.resize(600, 24);
        (void)grab(line);

        TopBar bar;
        bar.setEnvironment(Environment::Production, kHostile);
        bar.setOperator(kHostile);
        bar.resize(1000, TopBar::kHeight);
        (void)grab(bar);
    }

    void labelsAreNeverReadAsMarkup() {
        SituationSentence plain;
        SituationSentence markup;
        plain.resize(400, 30);
        markup.resize(400, 30);
        plain.setSentence(QStringLiteral("x"), {});
        markup.setSentence(QStringLiteral("<i>x</i>"), {});
        QVERIFY(grab(plain) != grab(markup));
    }

    void nodesOfThePathTakeFocusAndSayTheirState() {
        RequestPathView view;
        view.resize(1200, 246);
        view.showPath(smallPath());
        view.show();
        const auto buttons = view.findChildren<QAbstractButton*>();
        QCOMPARE(buttons.size(), 2);
        QSignalSpy activated(&view, &RequestPathView::nodeActivated);
        buttons[1]->click();
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toString(), QStringLiteral("haproxy"));
        QVERIFY(buttons[0]->accessibleDescription().contains(QStringLiteral("50")));
        auto lost = smallPath();
        lost.nodes[0].status = status(PanelState::Lost, 9s);
        view.showPath(lost);
        QVERIFY(!buttons[0]->accessibleDescription().contains(QStringLiteral("50")));
        QVERIFY(buttons[0]->accessibleDescription().contains(absentText()));
    }

    void theWorstHopIsFramedAndSaysSo() {
        RequestPathView view;
        view.resize(1200, 246);
        view.showPath(smallPath());
        const auto calm = grab(view);
        auto path = smallPath();
        path.nodes[1].worst = true;
        view.showPath(path);
        const auto marked = grab(view);
        const auto outside = [&](const QImage& image) { // where the frame lies, and no part of a calm node
            const auto box = view.nodeRect(QStringLiteral("haproxy"));
            return image.copy(QRectF(box.left(), box.top() - 8, box.width(), 6).toRect());
        };
        QVERIFY(outside(calm) != outside(marked));
        const auto buttons = view.findChildren<QAbstractButton*>();
        QVERIFY(buttons[1]->accessibleDescription().startsWith(QStringLiteral("look here first")));
        QVERIFY(!buttons[0]->accessibleDescription().contains(QStringLiteral("look here first")));
        QVERIFY(view.spokenValue().contains(QStringLiteral("HAProxy look here first")));
    }

    void thePathRepaintsOnlyWhenAPixelChanges() {
        RequestPathView view;
        view.resize(1200, 246);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.showPath(smallPath());
        (void)grab(view);
        QCoreApplication::processEvents();
        const int before = view.paintCount();
        auto same = smallPath();
        same.flows[0].perSecond = 51.0; // the same thickness
        same.nodes[0].status.age = 420ms;
        view.showPath(same);
        QCoreApplication::processEvents();
        QCOMPARE(view.paintCount(), before);
    }

    void paintedWidgetsSpeakTheirNameAndValue() {
        KpiTile tile;
        tile.showReading(reading());
        auto* interface = QAccessible::queryAccessibleInterface(&tile);
        QVERIFY(interface);
        QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("p99"));
        QVERIFY(interface->text(QAccessible::Value).contains(QStringLiteral("486")));
        QVERIFY(interface->text(QAccessible::Value).contains(QStringLiteral("0.4 s")));
    }

    void segmentsAreChosenWithTheKeyboard() {
        SegmentedControl control;
        control.setSegments({{QStringLiteral("a")}, {QStringLiteral("b")}, {QStringLiteral("c")}});
        QSignalSpy chosen(&control, &SegmentedControl::chosen);
        QTest::keyClick(&control, Qt::Key_Right);
        QTest::keyClick(&control, Qt::Key_Right);
        QTest::keyClick(&control, Qt::Key_Right);
        QCOMPARE(control.current(), 2);
        QCOMPARE(chosen.count(), 2);
        control.setLayoutDirection(Qt::RightToLeft);
        QTest::keyClick(&control, Qt::Key_Right);
        QCOMPARE(control.current(), 1);
    }

    void nothingInTheTopBarLiesOverSomethingElse_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<QString>("whyNot");
        for (const int width : {960, 1024, 1280, 1600}) {
            QTest::addRow("%d", width) << width << QString();
            QTest::addRow("%d, nothing can be done", width) << width << QStringLiteral("This profile only reads");
        }
    }
    void nothingInTheTopBarLiesOverSomethingElse() {
        QFETCH(int, width);
        TimeContext context;
        TopBar bar;
        bar.setTimeContext(&context);
        bar.setRailWidth(width < 1440 ? 48 : 184);
        bar.setSpans({std::chrono::minutes(1), std::chrono::minutes(5), std::chrono::minutes(15),
                      std::chrono::minutes(60), std::chrono::minutes(120)});
        bar.setPaletteVisible(true);
        bar.setPanicVisible(true);
        QFETCH(QString, whyNot);
        bar.setPanicWhyNot(whyNot);
        bar.setAlerts(QStringLiteral("12 alerts"), Mark::Critical, {});
        bar.setOperator(QStringLiteral("m.okafor, operator"));
        bar.resize(width, TopBar::kHeight);
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        const auto parts = bar.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        for (const auto* one : parts) {
            for (const auto* other : parts) {
                QVERIFY2(one == other || !one->isVisible() || !other->isVisible() ||
                             !one->geometry().intersects(other->geometry()),
                         qPrintable(one->objectName() + QLatin1Char('/') + other->objectName()));
            }
            QVERIFY(!one->isVisible() || one->geometry().right() < width);
        }
    }

    void pauseInTheTopBarStopsTheWindow() {
        TimeContext context;
        context.advance(start(), UtcTime{1000s});
        TopBar bar;
        bar.resize(1280, TopBar::kHeight);
        bar.setTimeContext(&context);
        context.pause();
        context.advance(start() + 42s, UtcTime{1042s});
        bar.refresh();
        QVERIFY(bar.spokenValue().contains(QStringLiteral("0:42")));
    }

    void draggingTheRibbonsBrushMovesTheWindow() {
        TimeContext context;
        context.advance(start(), UtcTime{1000s});
        TimeRibbon ribbon;
        ribbon.resize(1240, 40);
        ribbon.setTimeContext(&context);
        ribbon.showSeries(nullptr);
        QTest::mousePress(&ribbon, Qt::LeftButton, {}, QPoint(600, 20));
        QTest::mouseRelease(&ribbon, Qt::LeftButton, {}, QPoint(600, 20));
        QVERIFY(context.mode() == TimeContext::Mode::Paused);
        QVERIFY(context.behind() > 30min);
        QTest::keyClick(&ribbon, Qt::Key_End);
        QVERIFY(context.mode() == TimeContext::Mode::Live);
    }

    void theRailKeepsItsPagesAndTellsTheChoice() {
        NavigationRail rail;
        rail.setEntries({{QStringLiteral("overview"), QStringLiteral("Overview"), QStringLiteral("overview"),
                          QStringLiteral("Observe")},
                         {QStringLiteral("latency"), QStringLiteral("Latency"), QStringLiteral("latency"),
                          QStringLiteral("Observe")}});
        rail.resize(184, 300);
        rail.setCurrentPage(QStringLiteral("overview"));
        QSignalSpy chosen(&rail, &NavigationRail::pageChosen);
        rail.show();
        QTest::keyClick(&rail, Qt::Key_Down);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(rail.currentPage(), QStringLiteral("latency"));
        rail.setReading(QStringLiteral("latency"), QStringLiteral("486 ms"), Mark::Caution);
        rail.setCollapsed(true);
        QCOMPARE(rail.width(), NavigationRail::kCollapsedWidth);
        (void)grab(rail);
    }

    void everyIconIsThere() {
        for (const char* name :
             {"overview", "latency", "traffic", "cache", "pools", "database", "locks", "canary", "degradation",
              "migrations", "jobs", "failover", "advisor", "incident", "walkthroughs", "connections"}) {
            const auto icon = tintedIcon(QLatin1String(name), Qt::white, 2);
            QVERIFY2(!icon.isNull(), name);
            QCOMPARE(icon.size(), QSize(32, 32));
        }
        QVERIFY(tintedIcon(QStringLiteral("../../etc/passwd"), Qt::white, 1).isNull());
    }

    void theKeyHelpClosesOnEscapeAndGivesTheFocusBack() {
        QWidget window;
        window.resize(900, 600);
        KeyButton button(QStringLiteral("x"), {}, &window);
        KeyHelp help(&window);
        help.setBindings({{QStringLiteral("Space"), QStringLiteral("Pause or live"), QStringLiteral("Time")}});
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        button.setFocus();
        help.open();
        QVERIFY(help.isVisible());
        QCOMPARE(help.geometry(), window.rect());
        QTest::keyClick(&help, Qt::Key_Escape);
        QVERIFY(!help.isVisible());
        QVERIFY(button.hasFocus());
    }

    void aDistributionsShapeKeepsItsProportions() {
        LatencyHistogram histogram;
        histogram.recordMany(2'000'000, 400);
        histogram.recordMany(1'000'000'000, 100);
        const auto shape = MiniShape::of(histogram);
        QCOMPARE(*std::max_element(shape.bars.begin(), shape.bars.end()), std::uint8_t{255});
        QCOMPARE(std::count(shape.bars.begin(), shape.bars.end(), std::uint8_t{128}), 1); // a quarter, by its root
    }

    void mirroredLayoutsArePaintedWithoutOverlap() {
        KpiTile tile;
        tile.setLayoutDirection(Qt::RightToLeft);
        tile.resize(126, 104);
        tile.showReading(reading());
        const auto image = grab(tile);
        // The number now stands at the right.
        const QColor ink = tile.theme().color(Token::Ink);
        QVERIFY(pixelsOf(image, QRectF(63, 26, 63, 28), ink) > pixelsOf(image, QRectF(0, 26, 40, 28), ink));
    }

    void figuresKeepTheirOrderInAMirroredWindow() {
        const auto draw = [](Qt::LayoutDirection direction) {
            QImage image(120, 30, QImage::Format_RGB32);
            image.fill(Qt::black);
            QPainter painter(&image);
            painter.setLayoutDirection(direction);
            draw::text(painter, image.rect(), QStringLiteral("1\u2009842 /s"), Theme().font(Type::Body), Qt::white);
            return image;
        };
        QCOMPARE(draw(Qt::RightToLeft), draw(Qt::LeftToRight));
    }

    void aTipIsShownAsItIs() {
        const auto sql = QStringLiteral("SELECT \"User\".id FROM \"User\" WHERE a & b");
        QCOMPARE(tipText(sql), sql); // no markup to Qt: escaped, the signs themselves would be read
        const auto hostile = QStringLiteral("<b>app</b>\n1 & 2");
        const auto tip = tipText(hostile);
        QVERIFY(Qt::mightBeRichText(tip));
        QTextDocument shown;
        shown.setHtml(tip);
        QCOMPARE(shown.toPlainText(), hostile);
    }

    void aRowThatGoesLeavesItsChoiceToNobody() {
        RowView view;
        QStandardItemModel model(5, 1);
        for (int row = 0; row < model.rowCount(); ++row) {
            model.setItem(row, 0, new QStandardItem(QString::number(row)));
        }
        view.setModel(&model);
        setUpTable(&view, Theme());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.activateWindow();
        view.setFocus();
        view.setCurrentIndex(model.index(2, 0));
        model.removeRow(1);
        QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("2")); // another one's going is no matter
        QStringList chosen;
        connect(view.selectionModel(), &QItemSelectionModel::currentRowChanged, this,
                [&](const QModelIndex& index) { chosen << index.data().toString(); });
        model.removeRow(1);
        QVERIFY(!view.currentIndex().isValid() && !view.selectionModel()->hasSelection());
        QCOMPARE(chosen, QStringList{QString()});
        // Nor does the focus choose one when it comes back, as after a dialog.
        view.clearFocus();
        view.setFocus();
        QVERIFY(!view.currentIndex().isValid());
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("3")); // what came up in its place
        model.removeRows(0, 3);
        QVERIFY(!view.currentIndex().isValid());
        QTest::keyClick(&view, Qt::Key_Down); // there is nothing
        model.appendRow(new QStandardItem(QStringLiteral("new")));
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(view.currentIndex().data().toString(), QStringLiteral("new"));
    }

    void theOverlayIsThereOnlyWhileThereIsSomethingToSay() {
        QWidget page;
        StateOverlay overlay(&page);
        overlay.resize(300, 100);
        overlay.showStatus(status(PanelState::Lost, 9s), QStringLiteral("Retry now"));
        QVERIFY(!overlay.isHidden());
        overlay.showStatus(status(PanelState::Live));
        QVERIFY(overlay.isHidden());
    }
};

QTEST_MAIN(TestPanels)
#include "test_panels.moc"
