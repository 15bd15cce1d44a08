// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever can't see the window is told what everything is: each control has a name, each chart words and figures.
#include "app/alerts/alerts_dialog.h"
#include "app/controllers/action_controller.h"
#include "app/dialogs/action_dialog.h"
#include "app/dialogs/quit_dialog.h"
#include "app/pages/page.h"
#include "tests/app/console_bench.h"
#include "widgets/accessible/chart_table_dialog.h"
#include "widgets/key_help.h"
#include "widgets/lane_view.h"

#include <QAccessible>
#include <QAccessibleInterface>
#include <QLineEdit>

using namespace binnacle;
using namespace binnacle::test;

namespace {

constexpr int kMostNodes = 5000;

QString where(QAccessibleInterface* at) {
    QStringList path;
    for (int depth = 0; at != nullptr && depth < 12; ++depth, at = at->parent()) {
        const auto* object = at->object();
        path.prepend(object != nullptr ? QStringLiteral("%1(%2)").arg(QLatin1String(object->metaObject()->className()),
                                                                      object->objectName())
                                       : QStringLiteral("part"));
    }
    return path.join(QStringLiteral(" > "));
}

/// What is wrong with the voices below `root`, each with where it is; and how many controls there were.
struct Findings {
    QStringList wrong;
    int controls = 0;
    int charts = 0;
};

void look(QAccessibleInterface* at, Findings& found, int& left) {
    if (at == nullptr || --left < 0 || at->state().invisible) {
        return;
    }
    const auto name = at->text(QAccessible::Name).trimmed();
    auto* acts = at->actionInterface();
    const bool pressed = acts != nullptr && acts->actionNames().contains(QAccessibleActionInterface::pressAction());
    if (at->state().focusable || pressed) {
        ++found.controls;
        if (name.isEmpty()) {
            found.wrong << QStringLiteral("no name: ") + where(at);
        }
    }
    if (at->role() == QAccessible::Chart) {
        ++found.charts;
        if (name.isEmpty() || at->text(QAccessible::Description).isEmpty()) {
            found.wrong << QStringLiteral("a chart without name or words: ") + where(at);
        }
        bool table = false;
        for (int i = 0; i < at->childCount(); ++i) {
            auto* child = at->child(i);
            table = table || (child->tableInterface() != nullptr && child->tableInterface()->columnCount() > 1);
        }
        if (!table) {
            found.wrong << QStringLiteral("a chart without a table: ") + where(at);
        }
    }
    if (at->tableInterface() != nullptr) {
        return; // its cells are its rows' words
    }
    for (int i = 0; i < at->childCount(); ++i) {
        look(at->child(i), found, left);
    }
}

Findings look(QWidget& root) {
    Findings found;
    int left = kMostNodes;
    look(QAccessible::queryAccessibleInterface(&root), found, left);
    if (left < 0) {
        found.wrong << QStringLiteral("there is no end to it");
    }
    return found;
}

} // namespace

class TestAccessibleNames : public QObject {
    Q_OBJECT

    std::unique_ptr<Bench> m_shared;

    /// One console for all rows.
    Bench& shared() {
        if (!m_shared) {
            m_shared = std::make_unique<Bench>();
            begin(*m_shared);
        }
        return *m_shared;
    }
    static void begin(Bench& bench) {
        app::LaunchOptions options;
        options.size = QSize(1600, 1000);
        bench.open(options);
        QTRY_VERIFY(bench.live() && bench.console->control().hasView());
        bench.awaitReadings(3);
    }

private Q_SLOTS:
    void everythingOnAPageHasAName_data() {
        QTest::addColumn<QString>("page");
        for (const auto& id : app::pageIds()) {
            QTest::newRow(qPrintable(id)) << id;
        }
    }
    void everythingOnAPageHasAName() {
        QFETCH(QString, page);
        auto& bench = shared();
        bench.window().openPage(page);
        QTRY_COMPARE(bench.window().currentPage(), page);
        bench.awaitSteps();
        const auto found = look(bench.window());
        QVERIFY2(found.wrong.isEmpty(), qPrintable(found.wrong.join(QLatin1Char('\n'))));
        QVERIFY2(found.controls >= 5, qPrintable(QString::number(found.controls)));
    }

    void everythingInADialogHasAName_data() {
        QTest::addColumn<QString>("action");
        QTest::addColumn<qint64>("value");
        QTest::newRow("a level") << QStringLiteral("set_degradation_level") << qint64{2};
        QTest::newRow("emergency") << QStringLiteral("set_degradation_level") << qint64{3};
        QTest::newRow("a share") << QStringLiteral("set_canary_share") << qint64{25};
    }
    void everythingInADialogHasAName() {
        QFETCH(QString, action);
        QFETCH(qint64, value);
        auto& bench = shared();
        const char* parameter = action == QStringLiteral("set_canary_share") ? "percent" : "level";
        bench.console->actions().request(action, {{parameter, std::int64_t{value}}});
        const auto* shown = bench.console->actions().dialog();
        QVERIFY(shown != nullptr);
        QTRY_VERIFY(bench.console->actions().dialog()->findChild<QWidget*>(QStringLiteral("reason"))->isVisible());
        const auto found = look(*bench.console->actions().dialog());
        QVERIFY2(found.wrong.isEmpty(), qPrintable(found.wrong.join(QLatin1Char('\n'))));
        QVERIFY2(found.controls >= 2, qPrintable(QString::number(found.controls)));
        bench.console->actions().dialog()->reject();
        QTRY_VERIFY(bench.console->actions().dialog() == nullptr);
    }

    void everythingInTheOtherWindowsHasAName() {
        auto& bench = shared();
        app::QuitDialog quit(QStringLiteral("/srv/stack"), Theme(), &bench.window());
        quit.setAttribute(Qt::WA_DeleteOnClose, false);
        quit.show();
        auto found = look(quit);
        QVERIFY2(found.wrong.isEmpty() && found.controls >= 3, qPrintable(found.wrong.join(QLatin1Char('\n'))));
        quit.close();

        bench.window().openPage(QStringLiteral("overview"));
        auto* lanes = bench.window().page(QStringLiteral("overview"))->findChild<LaneView*>();
        ChartTableDialog table(*lanes, &bench.window());
        table.setAttribute(Qt::WA_DeleteOnClose, false);
        table.show();
        found = look(table);
        QVERIFY2(found.wrong.isEmpty() && found.controls >= 4, qPrintable(found.wrong.join(QLatin1Char('\n'))));
        table.close();

        app::AlertsDialog alerts(bench.console->alerts(), Theme(), &bench.window());
        alerts.setAttribute(Qt::WA_DeleteOnClose, false);
        alerts.show();
        found = look(alerts);
        QVERIFY2(found.wrong.isEmpty() && found.controls >= 8, qPrintable(found.wrong.join(QLatin1Char('\n'))));
        alerts.close();

        bench.window().activateWindow(); // what a window manager does when a dialog goes
        QTRY_VERIFY(bench.window().isActiveWindow());
        QTest::keyClick(&bench.window(), Qt::Key_F1);
        auto* help = bench.window().findChild<KeyHelp*>();
        QVERIFY(help != nullptr);
        found = look(*help);
        QVERIFY2(found.wrong.isEmpty(), qPrintable(found.wrong.join(QLatin1Char('\n'))));
    }

    /// The test above would find what it looks for.
    void aControlWithoutANameIsFound() {
        QWidget window;
        QLineEdit nameless(&window);
        window.show();
        QCOMPARE(look(window).wrong.size(), 1);
        nameless.setAccessibleName(QStringLiteral("Reason"));
        QCOMPARE(look(window).wrong.size(), 0);
    }
};

QTEST_MAIN(TestAccessibleNames)
#include "test_accessible_names.moc"
