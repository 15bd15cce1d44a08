// SPDX-License-Identifier: GPL-3.0-or-later
// By one key each from a route on a real stack to the statement that it runs, to the sessions that wait for a lock, and
// to who holds it.
#include "app/console.h"
#include "app/feed/control_link.h"
#include "app/feed/source_set.h"
#include "app/pages/blocking_view.h"
#include "backend/clients/system_clock.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/patience.h"
#include "tests/system/sql_session.h"
#include "widgets/key_button.h"

#include <QApplication>
#include <QJsonObject>
#include <QLabel>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

using namespace binnacle;
using namespace binnacle::app;
using namespace binnacle::test;

namespace {
constexpr const char* kRoute = "GET /v1/projects/{id}/tasks";
constexpr const char* kStatement = "project_tasks_page";
constexpr int kPatience = 30000; // ms; on a crowded machine
} // namespace

class TestConsoleChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_stack = std::make_unique<BundledStack>();
        const auto up = m_stack->up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto endpoints = m_stack->status()[QStringLiteral("endpoints")].toObject();
        const auto socket = endpoints[QStringLiteral("stack")].toString().mid(5).toStdString();
        m_primary = endpoints[QStringLiteral("postgres_primary")].toString();
        m_load.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-load"),
                     {QStringLiteral("run"), QStringLiteral("--rate"), QStringLiteral("40"),
                      QStringLiteral("--duration"), QStringLiteral("0"), QStringLiteral("--state-dir"),
                      m_stack->stateDir()});
        QVERIFY(m_load.waitForStarted());
        ConsoleParts parts;
        parts.link = bundledStackLink(socket);
        parts.control = bundledControlLink(socket, m_stack->stateDir().toStdString());
        parts.clock = std::make_shared<SystemClock>();
        parts.stack.stateDir = m_stack->stateDir();
        parts.settingsFile = m_settings.filePath(QStringLiteral("binnacle.ini"));
        parts.fonts = loadFonts(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/binnacle/fonts"));
        parts.options.page = QStringLiteral("latency");
        parts.options.size = QSize(1600, 1000);
        m_console = std::make_unique<Console>(std::move(parts));
        m_console->show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }
    void cleanupTestCase() {
        m_load.terminate();
        m_load.waitForFinished(20000);
        if (m_console) {
            QVERIFY(m_console->shutDown());
        }
        m_console.reset();
        m_stack.reset();
    }

    void fromARouteToTheLockThatHoldsIt() {
        QTRY_VERIFY(rowOf("routes", kRoute) >= 0);
        // Until the statements of the route are told, which is every five seconds.
        QTRY_VERIFY(told(kStatement));
        SqlSession holder(m_primary, m_stack->stateDir(), QStringLiteral("migrator"));
        QVERIFY2(holder.run("begin") && holder.run("lock table public.tasks in access exclusive mode"),
                 qPrintable(holder.error()));

        // The operator has the slow route before the eyes.
        QTRY_VERIFY(waiting() > 0);
        auto* routes = table("routes");
        routes->setCurrentIndex(routes->model()->index(rowOf("routes", kRoute), 0));
        routes->setFocus();
        press(Qt::Key_Return);
        QTRY_VERIFY(rowOf("route_statements", kStatement) >= 0);
        auto* statements = table("route_statements");
        QTRY_VERIFY(statements->hasFocus());
        statements->setCurrentIndex(statements->model()->index(rowOf("route_statements", kStatement), 0));
        picture("chain-statements");

        press(Qt::Key_S);
        QTRY_COMPARE(window().currentPage(), QStringLiteral("database"));
        auto* blocker = window().findChild<KeyButton*>(QStringLiteral("toBlocker"));
        QTRY_VERIFY(blocker->isVisible() && blocker->isEnabled());
        auto* sessions = table("postgres.sessions");
        QVERIFY(sessions->model()->rowCount() > 0);
        QVERIFY2(said("databaseTrail").contains(QLatin1String(kRoute)), qPrintable(said("databaseTrail")));
        picture("chain-sessions");

        // Waits are cut off by lock_timeout and come again: whichever is there when the key is pressed leads on.
        for (int i = 0; i < 50 && window().currentPage() != QStringLiteral("locks"); ++i) {
            QTRY_VERIFY(blocker->isEnabled());
            press(Qt::Key_W);
        }
        QTRY_COMPARE(window().currentPage(), QStringLiteral("locks"));
        auto* tree = window().page(QStringLiteral("locks"))->findChild<BlockingView*>();
        QTRY_COMPARE(tree->currentIndex().siblingAtColumn(0).data().toString(),
                     QStringLiteral("%1 root").arg(holder.pid()));
        QVERIFY2(said("locksTrail").contains(QLatin1String(kRoute)), qPrintable(said("locksTrail")));
        QVERIFY2(said("locksTrail").contains(QLatin1String(kStatement)), qPrintable(said("locksTrail")));
        picture("chain-locks");
        QVERIFY(holder.run("rollback"));
    }

private:
    [[nodiscard]] MainWindow& window() const { return m_console->window(); }
    [[nodiscard]] QTableView* table(const char* id) const {
        for (auto* view : window().findChildren<QTableView*>(QLatin1String(id))) {
            if (view->isVisible()) {
                return view;
            }
        }
        return nullptr;
    }
    /// The row whose first cell holds that text; -1: there is none.
    [[nodiscard]] int rowOf(const char* id, const char* first) const {
        const auto* view = table(id);
        for (int row = 0; view != nullptr && row < view->model()->rowCount(); ++row) {
            if (view->model()->index(row, 0).data().toString() == QLatin1String(first)) {
                return row;
            }
        }
        return -1;
    }
    /// Whether an instance has told of that statement.
    [[nodiscard]] bool told(const char* statement) const {
        for (const auto& source : m_console->feed().store().sources()) {
            const auto* update = m_console->feed().store().source(source);
            const auto found =
                update != nullptr && update->snapshot ? update->snapshot->table("service.route_statements") : nullptr;
            for (std::size_t row = 0; found && row < found->rowCount(); ++row) {
                if (found->text(row, "statement") == statement) {
                    return true;
                }
            }
        }
        return false;
    }
    [[nodiscard]] double waiting() const { return m_console->feed().path().lockWaits.value.value_or(0); }
    void press(Qt::Key key) const {
        QVERIFY(QApplication::focusWidget() != nullptr);
        QTest::keyClick(QApplication::focusWidget(), key);
    }
    [[nodiscard]] QString said(const char* trail) const {
        QString all;
        const auto* bar = window().findChild<QWidget*>(QLatin1String(trail));
        for (const auto* button : bar->findChildren<KeyButton*>()) {
            all += button->isVisible() ? button->text() + QLatin1Char('|') : QString();
        }
        return all + bar->findChild<QLabel*>(QStringLiteral("trailHere"))->text();
    }
    void picture(const char* name) const {
        if (const auto folder = qEnvironmentVariable("BINNACLE_TEST_PICTURES"); !folder.isEmpty()) {
            window().grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
        }
    }

    QTemporaryDir m_settings;
    std::unique_ptr<BundledStack> m_stack;
    QString m_primary;
    QProcess m_load;
    std::unique_ptr<Console> m_console;
};

QTEST_MAIN(TestConsoleChain)
#include "test_console_chain.moc"
