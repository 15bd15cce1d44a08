// SPDX-License-Identifier: GPL-3.0-or-later
// The window by keyboard alone on a real stack: a level, a share and a migration, each seen in effect and taken back.
#include "app/console.h"
#include "app/dialogs/action_dialog.h"
#include "app/feed/control_link.h"
#include "app/feed/source_set.h"
#include "backend/clients/system_clock.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/patience.h"
#include "widgets/environment_band.h"

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
    void initTestCase() {
        m_stack = std::make_unique<BundledStack>();
        const auto up = m_stack->up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto endpoint =
            m_stack->status()[QStringLiteral("endpoints")].toObject()[QStringLiteral("stack")].toString();
        QVERIFY(endpoint.startsWith(QStringLiteral("unix:")));
        const auto socket = endpoint.mid(5).toStdString();
        ConsoleParts parts;
        parts.link = bundledStackLink(socket);
        parts.control = bundledControlLink(socket, m_stack->stateDir().toStdString());
        parts.clock = std::make_shared<SystemClock>();
        parts.stack.stateDir = m_stack->stateDir();
        parts.settingsFile = m_settings.filePath(QStringLiteral("binnacle.ini"));
        parts.fonts = loadFonts(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle/fonts"));
        m_console = std::make_unique<Console>(std::move(parts));
        m_console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().activateWindow();
        QTRY_VERIFY(m_console->feed().hasData() && m_console->control().hasView());
    }
    void cleanupTestCase() {
        QVERIFY(m_console->shutDown());
        m_console.reset();
        m_stack.reset();
    }

    void aLevelIsSetObservedAndTakenBack() {
        openPage(Qt::Key_D, "degradation");
        QTest::keyClick(&window(), Qt::Key_L);
        QTest::keyClick(&window(), Qt::Key_1);
        readDialog("app-1, app-2, app-3", "3 instances");
        confirm();
        QTRY_VERIFY(levelInForce(1));

        QTest::keyClick(dialog(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(in(Phase::Preview));
        QVERIFY2(dialog()->windowTitle().startsWith(QStringLiteral("Take back #")),
                 qPrintable(dialog()->windowTitle()));
        confirm();
        QTRY_VERIFY(levelInForce(0));
        dismiss();
    }

    void aShareIsSetObservedAndTakenBack() {
        openPage(Qt::Key_N, "canary");
        if (QTest::currentTestFailed()) {
            return;
        }
        tabTo("stop.5");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        readDialog("load balancer", "1 target");
        confirm();
        dismiss();
        QTRY_VERIFY(m_console->feed().path().canarySharePercent.value == 5.0);

        tabTo("undoShare");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY(in(Phase::Preview));
        confirm();
        dismiss();
        QTRY_VERIFY(m_console->feed().path().canarySharePercent.value == 0.0);
    }

    void aMigrationIsAppliedAndTakenBack() {
        openPage(Qt::Key_M, "migrations");
        if (QTest::currentTestFailed()) {
            return;
        }
        tabTo("applyMigration");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        readDialog("tasks", "1 table");
        confirm();
        dismiss();
        QTRY_VERIFY(migrationIs(MigrationStatus::State::Applied));

        tabTo("undoMigration");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_VERIFY(in(Phase::Preview));
        confirm();
        dismiss();
        QTRY_VERIFY(migrationIs(MigrationStatus::State::Pending));
    }

private:
    [[nodiscard]] MainWindow& window() const { return m_console->window(); }
    [[nodiscard]] ActionDialog* dialog() const { return m_console->actions().dialog(); }
    [[nodiscard]] bool in(Phase phase) const { return dialog() != nullptr && dialog()->phase() == phase; }
    [[nodiscard]] bool levelInForce(double level) const {
        const auto& instances = m_console->feed().path().instances;
        return instances.size() == 3 &&
               std::ranges::all_of(instances, [&](const auto& one) { return one.level == level; });
    }
    [[nodiscard]] bool migrationIs(MigrationStatus::State state) const {
        const auto& migrations = m_console->control().view().migrations;
        return migrations && migrations->rows.size() == 1 && migrations->rows.front().state == state;
    }
    void openPage(Qt::Key key, const char* id) const {
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        QTest::keyClick(&window(), Qt::Key_G);
        QTest::keyClick(&window(), key);
        QTRY_COMPARE(window().currentPage(), QLatin1String(id));
    }
    /// Goes on by Tab, as a person without a mouse, until that control has the focus and may be used.
    void tabTo(const char* name) const {
        auto* const wanted = window().findChild<QWidget*>(QLatin1String(name));
        QVERIFY2(wanted != nullptr, name);
        QTRY_VERIFY(wanted->isEnabled() && wanted->isVisible());
        window().activateWindow();
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        for (int i = 0; i < 200 && QApplication::focusWidget() != wanted; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QVERIFY2(QApplication::focusWidget() == wanted, name);
    }
    /// The dialog names where it acts, in which environment, and what is touched.
    void readDialog(const char* target, const char* affects) const {
        QTRY_VERIFY(in(Phase::Preview));
        const auto described = [&](const char* name) {
            return dialog()->findChild<QWidget*>(QLatin1String(name))->accessibleDescription();
        };
        QVERIFY2(described("target").contains(QLatin1String(target), Qt::CaseInsensitive),
                 qPrintable(described("target")));
        QVERIFY2(described("affects").contains(QLatin1String(affects)), qPrintable(described("affects")));
        const auto environment = dialog()->findChild<EnvironmentBand*>()->spokenValue();
        QVERIFY2(environment.contains(m_stack->stateDir()), qPrintable(environment));
    }
    void confirm() const {
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("a test of the whole way"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(in(Phase::Done));
    }
    void dismiss() const {
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(dialog() == nullptr);
    }

    QTemporaryDir m_settings;
    std::unique_ptr<BundledStack> m_stack;
    std::unique_ptr<Console> m_console;
};

QTEST_MAIN(TestConsoleActs)
#include "test_console_acts.moc"
