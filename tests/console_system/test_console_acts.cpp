// SPDX-License-Identifier: GPL-3.0-or-later
// The window by keyboard alone on a real stack: a level, a share, a migration, a pool, a server, sessions and a cached
// entry, each seen in effect, and taken back where that is possible.
#include "app/console.h"
#include "app/dialogs/action_dialog.h"
#include "app/feed/control_link.h"
#include "app/feed/source_set.h"
#include "app/pages/blocking_view.h"
#include "backend/clients/system_clock.h"
#include "tests/control_system/keep_alive_client.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/patience.h"
#include "tests/system/sql_session.h"
#include "widgets/environment_band.h"
#include "widgets/key_button.h"

#include <QApplication>
#include <QFile>
#include <QJsonObject>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTableView>
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
        const auto endpoints = m_stack->status()[QStringLiteral("endpoints")].toObject();
        const auto endpoint = endpoints[QStringLiteral("stack")].toString();
        m_primary = endpoints[QStringLiteral("postgres_primary")].toString();
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
    void init() {
        if (m_failed) {
            QSKIP("an act before this one failed halfway: what it did stands");
        }
    }
    void cleanup() { m_failed = m_failed || QTest::currentTestFailed(); }
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

    void aPoolIsPausedAndResumed() {
        openPage(Qt::Key_P, "pools");
        choose("pgbouncer.pools", 0);
        act("pausePool", "pgbouncer", "pool");
        confirm();
        dismiss();
        QTRY_VERIFY(ready() && button("resumePool")->isEnabled() && !button("pausePool")->isEnabled());

        act("resumePool", "pgbouncer", "pool");
        confirm();
        dismiss();
        QTRY_VERIFY(ready() && button("pausePool")->isEnabled() && !button("resumePool")->isEnabled());
    }

    void aPoolIsResizedAndTakenBack() {
        openPage(Qt::Key_P, "pools");
        choose("pgbouncer.pools", 0);
        const auto size = poolSize();
        QVERIFY(size > 1);
        tabTo("poolSize");
        QTest::keyClicks(QApplication::focusWidget(), QString::number(size - 1));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        readDialog("pgbouncer", "pool");
        confirm();
        QTRY_COMPARE(poolSize(), size - 1);

        QTest::keyClick(dialog(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(in(Phase::Preview));
        confirm();
        dismiss();
        QTRY_COMPARE(poolSize(), size);
    }

    void aServerIsDrainedAndPutBack() {
        openPage(Qt::Key_T, "traffic");
        QTRY_VERIFY(rowOf("haproxy.servers", "app-2") >= 0);
        choose("haproxy.servers", rowOf("haproxy.servers", "app-2"));
        act("drain", "app-2", "instance");
        confirm();
        dismiss();
        QTRY_VERIFY(ready() && button("drain")->text().startsWith(QStringLiteral("Back to rotation: app-2")));

        act("drain", "app-2", "instance");
        confirm();
        dismiss();
        QTRY_VERIFY(ready() && button("drain")->text().startsWith(QStringLiteral("Drain app-2")));
    }

    void theStatementOfASessionIsCancelled() {
        auto busy = session();
        QVERIFY2(busy->send("select pg_sleep(50)"), qPrintable(busy->error()));
        openPage(Qt::Key_B, "database");
        QTest::keyClick(&window(), Qt::Key_PageDown, Qt::ControlModifier); // from the load to its sessions
        const auto pid = QByteArray::number(busy->pid());
        QTRY_VERIFY(ready() && rowOf("postgres.sessions", pid.constData()) >= 0);
        choose("postgres.sessions", rowOf("postgres.sessions", pid.constData()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_C);
        readDialog(pid.constData(), "1 session");
        confirm();
        dismiss();
        QVERIFY(ready());
        QCOMPARE(busy->finish(), QStringLiteral("57014")); // query_canceled
        QVERIFY2(busy->error().contains(QStringLiteral("due to user request")), qPrintable(busy->error()));
        QVERIFY(busy->run("select 1"));
    }

    void whoHoldsUpOthersIsEndedFromTheTree() {
        auto holder = session();
        auto waiter = session();
        QVERIFY2(holder->run("begin") && holder->run("select pg_advisory_xact_lock(42)"), qPrintable(holder->error()));
        QVERIFY2(waiter->send("select pg_advisory_lock(42)"), qPrintable(waiter->error()));
        openPage(Qt::Key_K, "locks");
        auto* tree = window().page(QStringLiteral("locks"))->findChild<BlockingView*>();
        const auto root = QStringLiteral("%1 root").arg(holder->pid());
        QTRY_COMPARE(tree->model()->index(0, 0).data().toString(), root);
        tabTo("blockingTree");
        QVERIFY(ready());
        tree->setCurrentIndex(tree->model()->index(0, 0));
        QTRY_VERIFY(button("terminateSession")->isEnabled());
        QTest::keyClick(tree, Qt::Key_T);
        readDialog(qPrintable(QString::number(holder->pid())), "1 session, and 1 that wait");
        confirm();
        dismiss();
        QVERIFY(ready());
        QCOMPARE(waiter->finish(), QString()); // goes on
        QVERIFY(!holder->run("select 1"));
        QTRY_COMPARE(tree->model()->rowCount(), 0);
    }

    void aCachedEntryIsInvalidated() {
        QTRY_COMPARE(answeredFrom(), std::string("hit"));
        openPage(Qt::Key_C, "cache");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_I);
        auto* name = window().findChild<QLineEdit*>(QStringLiteral("invalidateName"));
        QTRY_VERIFY(name->hasFocus());
        QTest::keyClicks(name, QStringLiteral("cache:1:project:1:1"));
        QTest::keyClick(name, Qt::Key_Return);
        readDialog("cache:1:project:1:1", "1 cached value");
        confirm();
        dismiss();
        QCOMPARE(answeredFrom(), std::string("miss"));
    }

private:
    [[nodiscard]] KeyButton* button(const char* name) const { return qobject_cast<KeyButton*>(shown(name)); }
    [[nodiscard]] QTableView* table(const char* id) const { return qobject_cast<QTableView*>(shown(id)); }
    /// The row that names it in one of its first columns; -1: there is none.
    [[nodiscard]] int rowOf(const char* id, const char* name) const {
        const auto* view = table(id);
        for (int row = 0; view != nullptr && row < view->model()->rowCount(); ++row) {
            for (int column = 0; column < std::min(3, view->model()->columnCount()); ++column) {
                if (view->model()->index(row, column).data().toString() == QLatin1String(name)) {
                    return row;
                }
            }
        }
        return -1;
    }
    /// As pgBouncer tells it for the service's database; -1: it has told nothing.
    [[nodiscard]] int poolSize() const {
        const auto* update = m_console->feed().store().source("pgbouncer");
        const auto found =
            update != nullptr && update->snapshot ? update->snapshot->table("pgbouncer.databases") : TablePtr();
        for (std::size_t row = 0; found != nullptr && row < found->rowCount(); ++row) {
            if (found->text(row, "name") == "binnacle") {
                return static_cast<int>(found->number(row, "pool_size").value_or(-1));
            }
        }
        return -1;
    }
    /// A session of the service's role, whose commands may take a minute.
    [[nodiscard]] std::unique_ptr<SqlSession> session() const {
        auto made = std::make_unique<SqlSession>(m_primary, m_stack->stateDir(), QStringLiteral("app_rw"));
        static_cast<void>(made->run("set statement_timeout = '60s'; set lock_timeout = '60s'; "
                                    "set idle_in_transaction_session_timeout = '60s'"));
        return made;
    }
    /// Where one project came from: "hit" of the cache, or "miss".
    [[nodiscard]] std::string answeredFrom() const {
        const auto status = m_stack->status();
        const auto api = status[QStringLiteral("endpoints")].toObject()[QStringLiteral("api")].toString();
        QFile key(status[QStringLiteral("credentials")].toObject()[QStringLiteral("api_key_file")].toString());
        if (!key.open(QIODevice::ReadOnly)) {
            return "no key";
        }
        KeepAliveClient client(api.section(QLatin1Char(':'), -1).toInt(), key.readAll().trimmed().toStdString());
        const auto answer = client.get("/v1/projects/1", "ada");
        const auto head = QString::fromStdString(answer ? answer->head : std::string());
        static const QRegularExpression line(QStringLiteral("x-binnacle-cache: *(\\w+)"),
                                             QRegularExpression::CaseInsensitiveOption);
        return line.match(head).captured(1).toStdString();
    }
    /// No step before has failed: those that go on by themselves would only wait for what does not come.
    [[nodiscard]] static bool ready() { return !QTest::currentTestFailed(); }
    void choose(const char* id, int row) const {
        QTRY_VERIFY(ready() && table(id) != nullptr && table(id)->model()->rowCount() > row);
        tabTo(id);
        QVERIFY(ready());
        table(id)->setCurrentIndex(table(id)->model()->index(row, 0));
    }
    /// By its button, to the preview.
    void act(const char* name, const char* target, const char* affects) const {
        tabTo(name);
        QVERIFY(ready());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        readDialog(target, affects);
    }
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
    [[nodiscard]] QWidget* shown(const char* name) const {
        const auto all = window().findChildren<QWidget*>(QLatin1String(name));
        const auto found = std::ranges::find_if(all, &QWidget::isVisible);
        return found == all.end() ? nullptr : *found;
    }
    /// Goes on by Tab, as a person without a mouse, until that control has the focus and may be used.
    void tabTo(const char* name) const {
        QVERIFY(ready());
        QTRY_VERIFY2(shown(name) != nullptr, name);
        auto* const wanted = shown(name);
        QTRY_VERIFY2(wanted->isEnabled(), name);
        window().activateWindow();
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        for (int i = 0; i < 200 && QApplication::focusWidget() != wanted; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QVERIFY2(QApplication::focusWidget() == wanted, name);
    }
    /// The dialog names where it acts, in which environment, and what is touched.
    void readDialog(const char* target, const char* affects) const {
        QVERIFY(ready());
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
        QVERIFY(ready());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("a test of the whole way"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(in(Phase::Done));
    }
    void dismiss() const {
        QVERIFY(dialog() != nullptr);
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QTRY_VERIFY(dialog() == nullptr);
    }

    bool m_failed = false;
    QTemporaryDir m_settings;
    std::unique_ptr<BundledStack> m_stack;
    QString m_primary;
    std::unique_ptr<Console> m_console;
};

QTEST_MAIN(TestConsoleActs)
#include "test_console_acts.moc"
