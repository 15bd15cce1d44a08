// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_keys.h"
#include "tests/app/page_bench.h"
#include "widgets/key_help.h"
#include "widgets/palette_view.h"

#include <QAbstractItemView>
#include <QAction>
#include <QMenu>
#include <QShortcut>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {

QString nameOf(const QWidget* widget) {
    if (widget == nullptr) {
        return QStringLiteral("nothing");
    }
    return QStringLiteral("%1 \"%2\" \"%3\"")
        .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(), widget->accessibleName());
}

/// Everything that Tab should reach.
QList<QWidget*> focusable(const QWidget& window) {
    QList<QWidget*> out;
    for (auto* widget : window.findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
            widget->focusProxy() == nullptr && widget->window() == &window) {
            out << widget;
        }
    }
    return out;
}

/// Where Tab, or Shift+Tab, leads from `from` until it is there again. Ends early in a trap.
QList<QWidget*> walk(QWidget* from, Qt::Key key, int most) {
    QList<QWidget*> out;
    auto* at = from;
    do {
        out << at;
        QTest::keyClick(at, key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        auto* next = from->window()->focusWidget();
        if (next == at || next == nullptr) {
            break;
        }
        at = next;
    } while (at != from && out.size() < most);
    return out;
}

double luminance(QRgb pixel) {
    const auto part = [](int value) {
        const double c = value / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(qRed(pixel)) + 0.7152 * part(qGreen(pixel)) + 0.0722 * part(qBlue(pixel));
}

/// How many pixels differ by a contrast of 3:1 and more.
int strongPixels(const QImage& a, const QImage& b) {
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            if (a.pixel(x, y) != b.pixel(x, y)) {
                const double one = luminance(a.pixel(x, y));
                const double two = luminance(b.pixel(x, y));
                count += (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05) >= 3 ? 1 : 0;
            }
        }
    }
    return count;
}

/// One console for all pages: each is looked at live first, and then stands still.
struct KeyBench : PageBench {
    explicit KeyBench(ThemeChoice theme) {
        stack->setTable(
            "postgres/primary",
            tableOf("postgres.sessions",
                    {{{"pid", 41906.0},
                      {"backend_start", "2026-11-25T18:30:01.1Z"},
                      {"state", "active"},
                      {"user", "app_user"},
                      {"query", "SELECT 1"}},
                     {{"pid", 41907.0}, {"backend_start", "2026-11-25T18:30:01.2Z"}, {"user", "app_user"}}}));
        LaunchOptions options;
        options.size = QSize(1600, 1000);
        options.theme = theme;
        open(options);
        QTRY_VERIFY(live() && console->control().hasView());
        awaitReadings(4);
        for (const auto& page : pageIds()) {
            window().openPage(page);
            awaitSteps();
        }
        console->feed().stop(); // nothing comes or goes while we walk
    }
    /// That page, with the focus where it is in a window that was just opened.
    void show(const QString& page) {
        id = page;
        window().openPage(page);
        QTRY_VERIFY(window().page(page)->isVisible());
        window().centralWidget()->setFocus();
        QCoreApplication::processEvents();
    }
};

void addPages() {
    QTest::addColumn<QString>("id");
    for (const auto& page : pageCatalogue()) {
        QTest::addRow("%s", page.id) << QString(QLatin1String(page.id));
    }
}

} // namespace

class TestKeyboard : public QObject {
    Q_OBJECT

    std::unique_ptr<KeyBench> m_bench;
    ThemeChoice m_theme = ThemeChoice::Dark;

    KeyBench& show(const QString& page, ThemeChoice theme = ThemeChoice::Dark) {
        if (!m_bench || m_theme != theme) {
            m_bench = std::make_unique<KeyBench>(theme);
            m_theme = theme;
        }
        m_bench->show(page);
        return *m_bench;
    }

private Q_SLOTS:
    void initTestCase() { QApplication::setCursorFlashTime(0); }
    void cleanup() {
        if (QTest::currentTestFailed()) {
            m_bench.reset(); // whatever it left open
        }
    }

    void tabReachesEverythingAndComesBack_data() { addPages(); }
    void tabReachesEverythingAndComesBack() {
        QFETCH(QString, id);
        auto& bench = show(id);
        auto* first = focusable(bench.window()).value(0);
        QVERIFY(first != nullptr);
        QTest::keyClick(&bench.window(), Qt::Key_Tab);
        first = bench.window().focusWidget();
        QVERIFY(first != nullptr);
        const auto wanted = focusable(bench.window());
        const auto forward = walk(first, Qt::Key_Tab, 3 * static_cast<int>(wanted.size()));
        QStringList missed;
        for (const auto* widget : wanted) {
            if (!forward.contains(widget)) {
                missed << nameOf(widget);
            }
        }
        QVERIFY2(missed.isEmpty(), qPrintable(QStringLiteral("not reached: %1; the last was %2")
                                                  .arg(missed.join(QStringLiteral(" | ")), nameOf(forward.back()))));
        QCOMPARE(forward.size(), QSet<QWidget*>(forward.begin(), forward.end()).size());
        auto back = walk(first, Qt::Key_Backtab, 3 * static_cast<int>(wanted.size()));
        std::reverse(back.begin() + 1, back.end());
        QCOMPARE(back, forward);
        for (const auto* widget : forward) {
            QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<const QAbstractButton*>(widget) != nullptr,
                     qPrintable(nameOf(widget)));
        }
    }

    void tabGoesAsOneReads_data() { addPages(); }
    void tabGoesAsOneReads() {
        QFETCH(QString, id);
        auto& bench = show(id);
        QTest::keyClick(&bench.window(), Qt::Key_Tab);
        auto* first = bench.window().focusWidget();
        const auto all = walk(first, Qt::Key_Tab, 500);
        const auto box = [&](const QWidget* widget) {
            return QRect(widget->mapTo(&bench.window(), QPoint(0, 0)), widget->size());
        };
        // Within the page: down a column, then the column right of it. The frame around it comes before.
        const auto* page = bench.window().page(id);
        QStringList jumps;
        for (qsizetype i = 1; i < all.size(); ++i) {
            if (!page->isAncestorOf(all[i - 1]) || !page->isAncestorOf(all[i])) {
                QVERIFY2(!page->isAncestorOf(all[i - 1]) || i + 1 == all.size() || !page->isAncestorOf(all[i + 1]),
                         qPrintable(nameOf(all[i]) + QStringLiteral(" stands between parts of the page")));
                continue;
            }
            const auto from = box(all[i - 1]);
            const auto to = box(all[i]);
            const bool up = to.bottom() < from.top();
            const bool leftInRow = to.right() <= from.left() && to.bottom() > from.top() && to.top() < from.bottom();
            if ((up && to.left() < from.right() && to.left() <= from.left()) || leftInRow) {
                jumps << nameOf(all[i - 1]) + QStringLiteral(" to ") + nameOf(all[i]);
            }
        }
        QVERIFY2(jumps.isEmpty(), qPrintable(jumps.join(QStringLiteral(" | "))));
    }

    void focusIsSeenOnEveryControl_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("theme");
        for (const auto& [theme, name] :
             {std::pair(ThemeChoice::Dark, "dark"), std::pair(ThemeChoice::Light, "light")}) {
            for (const auto& page : pageCatalogue()) {
                QTest::addRow("%s %s", page.id, name) << QString(QLatin1String(page.id)) << int(theme);
            }
        }
    }
    void focusIsSeenOnEveryControl() {
        QFETCH(QString, id);
        QFETCH(int, theme);
        auto& bench = show(id, static_cast<ThemeChoice>(theme)); // two pictures that differ by the focus alone
        QStringList unseen;
        for (auto* widget : focusable(bench.window())) {
            const QRect box(widget->mapTo(&bench.window(), QPoint(0, 0)), widget->size());
            const auto around = box.adjusted(-4, -4, 4, 4).intersected(bench.window().rect());
            bench.window().centralWidget()->setFocus(Qt::OtherFocusReason);
            const auto without = bench.window().grab(around).toImage();
            widget->setFocus(Qt::TabFocusReason);
            if (!widget->hasFocus()) {
                unseen << nameOf(widget) + QStringLiteral(" takes no focus");
                continue;
            }
            const auto with = bench.window().grab(around).toImage();
            // A ring of 2 px around the control, or around the row of it that has the focus.
            auto ring = box.size();
            if (const auto* view = qobject_cast<QAbstractItemView*>(widget);
                view != nullptr && view->currentIndex().isValid()) {
                const auto row = view->visualRect(view->currentIndex());
                ring = QSize(std::min(view->viewport()->width(), box.width()), row.height());
            }
            const int needed = 2 * 2 * (ring.width() + ring.height()) - 16;
            const int strong = strongPixels(without, with);
            // Text, marks and rounded corners lie on a little of it.
            if (strong < needed * 9 / 10) {
                unseen << QStringLiteral("%1: %2 of %3 pixels").arg(nameOf(widget)).arg(strong).arg(needed);
            }
        }
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QStringLiteral(" | "))));
    }

    void everyKeyStandsInTheHelp() {
        auto& bench = show(QStringLiteral("overview")); // a page makes its keys when it is made: all are
        QTest::keyClick(&bench.window(), Qt::Key_F1);
        auto* help = bench.window().findChild<KeyHelp*>();
        QTRY_VERIFY(help != nullptr && help->isVisible());
        bench.picture("keys");
        QStringList listed;
        for (const auto& binding : help->bindings()) {
            listed << binding.keys;
            QVERIFY(!binding.text.isEmpty() && !binding.group.isEmpty());
        }
        for (const auto& key : localKeys()) {
            QVERIFY2(listed.contains(key.shown), qPrintable(key.shown));
            listed << key.sequences;
        }
        listed << QStringLiteral("?"); // named in the line of F1
        QStringList missing;
        QStringList heard;
        const auto hear = [&](const QKeySequence& keys) {
            if (keys.isEmpty()) {
                return;
            }
            const auto text = keys.toString(QKeySequence::PortableText);
            auto shown = QString(text).remove(u','); // as printed: arrows are signs
            shown.replace(QLatin1String("+Left"), QStringLiteral("+\u2190"));
            shown.replace(QLatin1String("+Right"), QStringLiteral("+\u2192"));
            heard << text << shown;
            if (!listed.contains(text) && !listed.contains(shown)) {
                missing << text;
            }
        };
        for (const auto* shortcut : bench.window().findChildren<QShortcut*>()) {
            hear(shortcut->key());
        }
        for (const auto* button : bench.window().findChildren<QAbstractButton*>()) {
            hear(button->shortcut());
        }
        for (const auto* action : bench.window().findChildren<QAction*>()) {
            // Fields have the usual keys of every text field.
            if (qobject_cast<QLineEdit*>(action->parent()) == nullptr &&
                qobject_cast<QMenu*>(action->parent()) == nullptr) {
                hear(action->shortcut());
            }
        }
        missing.removeDuplicates();
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QStringLiteral(" | "))));
        // Nor does it promise keys that nobody hears.
        for (const auto& key : localKeys()) {
            for (const auto& sequence : key.sequences) {
                QVERIFY2(heard.contains(sequence), qPrintable(sequence));
            }
        }
        QTest::keyClick(help, Qt::Key_Escape);
        QVERIFY(!help->isVisible());
        QTest::keyClick(&bench.window(), Qt::Key_Question);
        QTRY_VERIFY(help->isVisible());
        QTest::keyClick(help, Qt::Key_Escape);
    }

    /// A key that two things hear does nothing at all.
    void noKeyIsHeardTwice() {
        for (const auto& id : pageIds()) {
            const auto& bench = show(id);
            std::set<QString> heard;
            const auto hear = [&](const QKeySequence& keys) {
                const auto text = keys.toString(QKeySequence::PortableText);
                QVERIFY2(text.isEmpty() || heard.insert(text).second, qPrintable(id + QLatin1Char(' ') + text));
            };
            for (const auto* shortcut : bench.window().findChildren<QShortcut*>()) {
                const auto* owner = qobject_cast<const QWidget*>(shortcut->parent());
                if (shortcut->context() == Qt::WindowShortcut && owner != nullptr && owner->isVisible()) {
                    hear(shortcut->key());
                }
            }
            for (const auto* button : bench.window().findChildren<QAbstractButton*>()) {
                if (button->isVisible()) {
                    hear(button->shortcut());
                }
            }
        }
    }

    void helpScrollsWhereThereIsNoRoom() {
        auto& bench = show(QStringLiteral("overview"));
        bench.window().setMinimumSize(400, 300);
        bench.window().resize(960, 420);
        QTest::keyClick(&bench.window(), Qt::Key_F1);
        auto* help = bench.window().findChild<KeyHelp*>();
        QTRY_VERIFY(help != nullptr && help->isVisible());
        const auto before = help->grab().toImage();
        QTest::keyClick(help, Qt::Key_PageDown);
        QVERIFY(help->isVisible());
        QVERIFY(help->grab().toImage() != before);
        QTest::keyClick(help, Qt::Key_PageUp);
        QCOMPARE(help->grab().toImage(), before);
        QTest::keyClick(help, Qt::Key_Return);
        QVERIFY(!help->isVisible());
    }
};

QTEST_MAIN(TestKeyboard)
#include "test_keyboard.moc"
