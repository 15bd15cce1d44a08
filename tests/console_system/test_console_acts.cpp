// SPDX-License-Identifier: GPL-3.0-or-later
// The window by keyboard alone on a real stack: a level is set, seen in effect on every instance, and taken back.
#include "app/console.h"
#include "app/dialogs/action_dialog.h"
#include "app/feed/control_link.h"
#include "app/feed/source_set.h"
#include "backend/clients/system_clock.h"
#include "tests/support/bundled_stack.h"

#include <QApplication>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {
using Phase = ActionDialog::Phase;
}

class TestConsoleActs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLevelIsSetObservedAndTakenBack() {
        BundledStack stack;
        const auto up = stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto endpoint =
            stack.status()[QStringLiteral("endpoints")].toObject()[QStringLiteral("stack")].toString();
        QVERIFY(endpoint.startsWith(QStringLiteral("unix:")));
        const auto socket = endpoint.mid(5).toStdString();
        QTemporaryDir settings;
        ConsoleParts parts;
        parts.link = bundledStackLink(socket);
        parts.control = bundledControlLink(socket, stack.stateDir().toStdString());
        parts.clock = std::make_shared<SystemClock>();
        parts.stack.stateDir = stack.stateDir();
        parts.settingsFile = settings.filePath(QStringLiteral("binnacle.ini"));
        parts.fonts = loadFonts(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle/fonts"));
        Console console(std::move(parts));
        console.show();
        auto& window = console.window();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(console.feed().hasData() && console.control().hasView(), 15000);

        QTest::keyClick(&window, Qt::Key_G);
        QTest::keyClick(&window, Qt::Key_D);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("degradation"));
        QTest::keyClick(&window, Qt::Key_L);
        QTest::keyClick(&window, Qt::Key_1);
        const auto in = [&](Phase phase) {
            auto* dialog = console.actions().dialog();
            return dialog != nullptr && dialog->phase() == phase;
        };
        QTRY_VERIFY_WITH_TIMEOUT(in(Phase::Preview), 10000);
        const auto* affects = console.actions().dialog()->findChild<QWidget*>(QStringLiteral("affects"));
        QVERIFY2(affects->accessibleDescription().contains(QStringLiteral("3 instances")),
                 qPrintable(affects->accessibleDescription()));
        confirm("a test of the whole way");
        QTRY_VERIFY_WITH_TIMEOUT(in(Phase::Done), 15000);
        const auto inForce = [&](double level) {
            const auto& instances = console.feed().path().instances;
            return instances.size() == 3 &&
                   std::ranges::all_of(instances, [&](const auto& one) { return one.level == level; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(inForce(1), 5000);

        QTest::keyClick(console.actions().dialog(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(in(Phase::Preview), 10000);
        QVERIFY(console.actions().dialog()->windowTitle().startsWith(QStringLiteral("Take back #1")));
        confirm("and back");
        QTRY_VERIFY_WITH_TIMEOUT(in(Phase::Done), 15000);
        QTRY_VERIFY_WITH_TIMEOUT(inForce(0), 5000);
    }

private:
    static void confirm(const char* reason) {
        QTest::keyClicks(QApplication::focusWidget(), QLatin1String(reason));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    }
};

QTEST_MAIN(TestConsoleActs)
#include "test_console_acts.moc"
