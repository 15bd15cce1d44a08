// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/patience.h"
#include "tests/widgets/support.h"
#include "widgets/phase_bar.h"
#include "widgets/situation_sentence.h"
#include "widgets/sql_view.h"
#include "widgets/stop_line.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAccessibleInterface>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

using namespace binnacle;
using namespace binnacle::test;

namespace {

const QString kHostile =
    QStringLiteral("<b>x</b>\n\r\t<img src='file:///etc/passwd'>\u202e") + QString(20000, QLatin1Char('W'));

std::vector<LineStop> shares() {
    std::vector<LineStop> out;
    for (const double share : {0, 1, 5, 10, 25, 50, 100}) {
        out.push_back({share, QStringLiteral("%1 %").arg(share), {}});
    }
    return out;
}

LinePlace at(double wanted) {
    LinePlace place;
    place.wanted = place.current = place.seen = wanted;
    place.label = QStringLiteral("%1 %").arg(wanted);
    place.note = QStringLiteral("in force");
    return place;
}

QAbstractButton* stop(StopLine& line, const char* value) {
    return line.findChild<QAbstractButton*>(QStringLiteral("stop.") + QLatin1String(value));
}

QString spoken(QWidget& widget, QAccessible::Text which) {
    auto* interface = QAccessible::queryAccessibleInterface(&widget);
    return interface != nullptr ? interface->text(which) : QString();
}

PhaseReading scanning() {
    PhaseReading reading;
    reading.number = 3;
    reading.finished = 2;
    reading.count = 10;
    reading.title = QStringLiteral("building index: scanning table");
    reading.figures = QStringLiteral("1204 of 8920 blocks");
    reading.aside = QStringLiteral("about 9 s left");
    reading.share = 0.135;
    return reading;
}

} // namespace

class TestSteering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStopAsksForItsValue() {
        StopLine line;
        line.resize(900, 66);
        line.setStops(shares());
        line.showPlace(at(5));
        QSignalSpy chosen(&line, &StopLine::stopChosen);
        stop(line, "10")->click();
        QTest::keyClick(stop(line, "25"), Qt::Key_Return);
        QTest::keyClick(stop(line, "0"), Qt::Key_Space);
        QCOMPARE(chosen.count(), 3);
        QCOMPARE(chosen[0][0].toDouble(), 10.0);
        QCOMPARE(chosen[1][0].toDouble(), 25.0);
        QCOMPARE(chosen[2][0].toDouble(), 0.0);
    }

    void whatIsInForceCannotBeAskedForAgain() {
        StopLine line;
        line.setStops(shares());
        line.showPlace(at(5));
        QVERIFY(!stop(line, "5")->isEnabled());
        QVERIFY(stop(line, "1")->isEnabled());
        QVERIFY(stop(line, "1")->text().endsWith(QChar(0x2026))); // a preview follows
        QVERIFY(!stop(line, "5")->text().endsWith(QChar(0x2026)));
        line.showPlace(at(1));
        QVERIFY(stop(line, "5")->isEnabled());
        QVERIFY(!stop(line, "1")->isEnabled());
    }

    void arrowsMoveBetweenStopsAndSkipWhatCannotBeChosen() {
        StopLine line;
        line.resize(900, 66);
        line.setStops(shares());
        line.showPlace(at(5));
        line.show();
        QVERIFY(QTest::qWaitForWindowExposed(&line));
        line.activateWindow();
        stop(line, "1")->setFocus();
        QTest::keyClick(stop(line, "1"), Qt::Key_Right);
        QTRY_VERIFY(stop(line, "10")->hasFocus());
        line.setLayoutDirection(Qt::RightToLeft);
        QTest::keyClick(stop(line, "10"), Qt::Key_Right);
        QTRY_VERIFY(stop(line, "1")->hasFocus());
    }

    void theStopInForceNowIsTheOneThatCannotBeAskedFor() {
        StopLine line;
        line.setStops(shares());
        auto then = at(5);
        then.current = 10;
        line.showPlace(then);
        QVERIFY(stop(line, "5")->isEnabled());
        QVERIFY(!stop(line, "10")->isEnabled());
        QCOMPARE(stop(line, "10")->accessibleDescription(), QStringLiteral("in force now"));
    }

    void withoutTheRightStopsAreReadAndSayWhy() {
        StopLine line;
        line.setStops(shares());
        line.showPlace(at(5));
        line.setChoosable(false, QStringLiteral("needs the role operator"));
        for (auto* button : line.findChildren<QAbstractButton*>()) {
            QVERIFY(!button->isEnabled());
        }
        QCOMPARE(stop(line, "10")->accessibleDescription(), QStringLiteral("needs the role operator"));
        QVERIFY(spoken(line, QAccessible::Value).contains(QStringLiteral("5 %")));
        QVERIFY(spoken(line, QAccessible::Value).contains(QStringLiteral("needs the role operator")));
    }

    void anUnknownShareIsADashAndNoMark() {
        StopLine line;
        line.resize(900, 66);
        line.setStops(shares());
        LinePlace place;
        place.note = QStringLiteral("control does not answer");
        line.showPlace(place);
        QVERIFY(line.spokenValue().startsWith(QStringLiteral("\u2014")));
        const auto nothing = grab(line);
        line.showPlace(at(0));
        QVERIFY(grab(line) != nothing);
    }

    void aShareBetweenStopsIsDrawnBetweenThem() {
        StopLine line;
        line.resize(910, 66);
        line.setStops(shares());
        line.showPlace(at(10));
        // The large mark: ink at the height of the line, wherever it lies.
        const QColor ink = line.theme().color(Token::Ink);
        const auto mark = [&] { return grab(line); };
        const QRectF between(410, 27, 90, 12); // right of 10, left of 25
        QCOMPARE(pixelsOf(mark(), between, ink), 0);
        line.showPlace(at(17.5));
        QVERIFY(pixelsOf(mark(), between, ink) > 40);
        for (auto* button : line.findChildren<QAbstractButton*>()) {
            QVERIFY(button->isEnabled());
        }
    }

    void theLineRepaintsOnlyWhenItChanged() {
        StopLine line;
        line.resize(900, 66);
        line.setStops(shares());
        line.showPlace(at(5));
        line.show();
        QVERIFY(QTest::qWaitForWindowExposed(&line));
        QCoreApplication::processEvents();
        const int before = line.paintCount();
        line.showPlace(at(5));
        line.setStops(shares());
        line.setChoosable(true);
        QCoreApplication::processEvents();
        QCOMPARE(line.paintCount(), before);
    }

    void phasesSayWhereTheyAre() {
        PhaseBar bar;
        bar.resize(876, 62);
        bar.showPhase(scanning());
        const auto value = spoken(bar, QAccessible::Value);
        for (const auto* part : {"Phase 3 of 10", "scanning table", "13.5", "1204 of 8920 blocks", "9 s left"}) {
            QVERIFY2(value.contains(QLatin1String(part)), qPrintable(value));
        }
        const QColor done = bar.theme().color(Token::Ink2);
        const auto image = grab(bar);
        QVERIFY(pixelsOf(image, QRectF(0, 26, 170, 6), done) > 900);
        QCOMPARE(pixelsOf(image, QRectF(270, 26, 600, 6), done), 0);
    }

    void waitingIsAmberAndUnknownProgressIsNotDrawnAsProgress() {
        PhaseBar bar;
        bar.resize(876, 62);
        auto reading = scanning();
        reading.waits = true;
        reading.share.reset();
        bar.showPhase(reading);
        const QColor amber = bar.theme().color(Token::CautFill);
        const QRectF current(176, 26, 84, 6);
        const int outline = pixelsOf(grab(bar), current, amber);
        QVERIFY(outline > 0);
        reading.share = 1.0;
        bar.showPhase(reading);
        QVERIFY(pixelsOf(grab(bar), current, amber) > outline * 2);
        QVERIFY(bar.spokenValue().contains(QStringLiteral("waits")));
    }

    void absurdPhasesStayWithinTheBar() {
        PhaseBar bar;
        bar.resize(300, 62);
        PhaseReading reading;
        reading.number = 1'000'000;
        reading.count = 2'000'000;
        reading.finished = -5;
        reading.share = 1e9;
        bar.showPhase(reading);
        (void)grab(bar);
        QVERIFY(bar.spokenValue().contains(QStringLiteral("100")));
    }

    void aStatementIsPlainTextAndItsKeywordsWeigh() {
        SqlView view;
        view.resize(500, 60);
        view.setTheme(Theme());
        view.setStatement(QStringLiteral("create index concurrently x on t (a) -- create\nwhere note = 'create'"));
        QCOMPARE(view.toPlainText(),
                 QStringLiteral("create index concurrently x on t (a) -- create\nwhere note = 'create'"));
        const auto strong = [&](int block, int position) {
            const auto formats = view.document()->findBlockByNumber(block).layout()->formats();
            return std::ranges::any_of(formats, [&](const auto& range) {
                return range.start <= position && position < range.start + range.length &&
                       range.format.fontWeight() == Theme().font(Type::MonoStrong).weight();
            });
        };
        QVERIFY(strong(0, 0));   // create
        QVERIFY(strong(0, 13));  // concurrently
        QVERIFY(!strong(0, 26)); // x
        QVERIFY(!strong(0, 40)); // within the comment
        QVERIFY(strong(1, 0));   // where
        QVERIFY(!strong(1, 15)); // within the quotes
        view.setStatement(QStringLiteral("<b>drop</b>"));
        QCOMPARE(view.toPlainText(), QStringLiteral("<b>drop</b>"));
    }

    void aStatementCannotHideItsDirectionOrItsLength() {
        SqlView view;
        view.resize(500, 60);
        view.setStatement(QStringLiteral("drop\u202etable") + QString(50000, QLatin1Char('x')));
        QVERIFY(!view.toPlainText().contains(QChar(0x202e)));
        QVERIFY(view.toPlainText().size() < 21000);
        QVERIFY(view.toPlainText().contains(QStringLiteral("characters more")));
    }

    void aStatementGrowsWithItsLinesUpToALimit() {
        SqlView view;
        view.setTheme(Theme());
        view.resize(500, 60);
        view.setStatement(QStringLiteral("select 1"));
        const int one = view.height();
        view.setStatement(QStringLiteral("select 1\nselect 2\nselect 3"));
        const int three = view.height();
        QVERIFY(three > one + 20);
        view.setStatement(QStringList(100, QStringLiteral("select 1")).join(QLatin1Char('\n')));
        QVERIFY(view.height() < one * 6);
    }

    void lettersOverAStatementStayTheWindowsKeys() {
        QWidget window;
        auto* view = new SqlView(&window);
        view->setStatement(QStringLiteral("select 1"));
        QKeyEvent letter(QEvent::KeyPress, Qt::Key_G, Qt::NoModifier, QStringLiteral("g"));
        QCoreApplication::sendEvent(view, &letter);
        QVERIFY(!letter.isAccepted());
        QCOMPARE(view->toPlainText(), QStringLiteral("select 1"));
    }

    void theSentencesAsideGivesWayToTheSentence() {
        SituationSentence sentence;
        sentence.resize(900, 30);
        sentence.setSentence(QStringLiteral("5 % of users go to the canary."), QStringLiteral("In force."));
        const auto without = grab(sentence);
        sentence.setAside(QStringLiteral("generation 3"));
        QVERIFY(grab(sentence) != without);
        QVERIFY(sentence.spokenValue().contains(QStringLiteral("generation 3")));
        sentence.setSentence(QStringLiteral("5 % of users go to the canary."), QString(200, QLatin1Char('w')));
        const auto crowded = grab(sentence);
        sentence.setAside({});
        QCOMPARE(grab(sentence), crowded);
    }

    void hostileTextsKeepTheLayout() {
        StopLine line;
        line.resize(900, 66);
        line.setStops({{0, kHostile, kHostile}, {100, kHostile, kHostile}});
        auto place = at(50);
        place.label = place.note = kHostile;
        line.showPlace(place);
        line.setChoosable(false, kHostile);
        (void)grab(line);
        QCOMPARE(line.minimumSizeHint().width(), 420);
        PhaseBar bar;
        bar.resize(600, 62);
        auto reading = scanning();
        reading.title = reading.figures = reading.aside = kHostile;
        bar.showPhase(reading);
        (void)grab(bar);
        QCOMPARE(bar.minimumSizeHint().width(), 240);
    }
};

QTEST_MAIN(TestSteering)
#include "test_steering.moc"
