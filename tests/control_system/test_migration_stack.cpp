// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/pg_session.h"
#include "backend/clients/stack_status.h"
#include "backend/migrations/pg_migration_database.h"
#include "tests/support/bundled_stack.h"
#include "tests/support/wait_for.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QtTest>

#include <csignal>

using namespace binnacle;
using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

const QString kMigration = QStringLiteral("20261101120000_tasks_by_assignee");

QString text(const char* ascii) {
    return QString::fromLatin1(ascii);
}

/// Rows of the table; BINNACLE_MIGRATION_ROWS=2000000 is the long form.
qint64 wantedRows() {
    const auto given = qEnvironmentVariableIntValue("BINNACLE_MIGRATION_ROWS");
    return given > 0 ? given : 120'000;
}

SteadyTime in(std::chrono::milliseconds patience) {
    return std::chrono::steady_clock::now() + patience;
}

/// One of the project's programs that goes on while the test looks at it.
class Background {
public:
    Background(const char* program, const QStringList& arguments) {
        m_process.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QLatin1Char('/') + text(program), arguments);
        m_started = m_process.waitForStarted(5000);
    }
    ~Background() {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished(5000);
        }
    }
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    [[nodiscard]] bool started() const { return m_started; }
    void signal(int number) const { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    [[nodiscard]] bool finished(int limitMs) {
        return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(limitMs);
    }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }
    [[nodiscard]] QJsonObject json() { return QJsonDocument::fromJson(m_process.readAllStandardOutput()).object(); }
    /// All of its standard error so far.
    [[nodiscard]] const QByteArray& errors() {
        m_errors += m_process.readAllStandardError();
        return m_errors;
    }
    /// Whether it says that on standard error before the time is over.
    [[nodiscard]] bool says(const char* part, std::chrono::milliseconds limit) {
        m_process.setReadChannel(QProcess::StandardError);
        return waitFor(limit,
                       [&] {
                           m_process.waitForReadyRead(10);
                           return errors().contains(part);
                       })
            .has_value();
    }

private:
    QProcess m_process;
    QByteArray m_errors;
    bool m_started = false;
};

} // namespace

/// One stack with a filled table; each function leaves the migration unapplied and nothing running.
class TestMigrationStack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const auto up = m_stack.up();
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const auto status = parseStackStatus(m_stack.stack({text("status"), text("--json")}).out.toStdString());
        QVERIFY2(status.has_value(), status ? "" : status.error().text.c_str());
        m_status = *status;
        m_credentials = std::filesystem::path(m_status.credentials.pgpassFile).parent_path();
        // The memory of the audit's end must not be that of the person who runs the tests.
        QVERIFY(m_home.isValid());
        qputenv("XDG_STATE_HOME", m_home.path().toUtf8());
    }
    void init() {
        if (indexes() > 0) { // a function before this one has failed
            (void)act({text("migrate"), text("rollback"), kMigration});
        }
    }
    void cleanup() {
        if (!QTest::currentTestFailed()) {
            QCOMPARE(m_stack.ctl({text("audit"), text("--verify")}).exitCode, 0);
        }
    }
    void cleanupTestCase() {
        QCOMPARE(m_stack.down().exitCode, 0);
        QVERIFY(waitFor(30s, [&] { return m_stack.processes().isEmpty(); }));
    }

    void seedGoesOnAfterAKillAndDoublesNothing() {
        const auto rows = QString::number(wantedRows());
        const QStringList arguments{text("seed"),   text("--rows"),      rows,
                                    text("--json"), text("--state-dir"), m_stack.stateDir()};
        const auto before = number("select count(*) from public.tasks");
        {
            const Background killed("binnacle-load", arguments);
            QVERIFY(killed.started());
            QVERIFY(waitFor(60s, [&] { return number("select count(*) from public.tasks") > before; }));
            killed.signal(SIGKILL);
        }
        {
            Background asked("binnacle-load", arguments);
            QVERIFY(asked.started());
            const auto then = number("select count(*) from public.tasks");
            QVERIFY(waitFor(60s, [&] { return number("select count(*) from public.tasks") > then; }));
            asked.signal(SIGINT);
            QVERIFY(asked.finished(60'000));
            QCOMPARE(asked.exitCode(), 1);
            const auto report = asked.json();
            QVERIFY(report[text("interrupted")].toBool());
            QCOMPARE(report[text("rows")].toInteger(), number("select count(*) from public.tasks"));
        }
        const auto done = runProgram(text("binnacle-load"), arguments, 600s);
        QVERIFY2(done.exitCode == 0, done.err.constData());
        QVERIFY(done.err.contains("rows/s"));
        QCOMPARE(done.json()[text("rows")].toInteger(), wantedRows());
        QCOMPARE(number("select count(*) from public.tasks"), wantedRows());
        QCOMPARE(number("select count(distinct title) from public.tasks"), wantedRows());
        QCOMPARE(number("select count(*) from public.organisations"), 2);
        const auto again = runProgram(text("binnacle-load"), arguments);
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.json()[text("added")].toInteger(-1), 0);
    }

    void seedRefusesWhatHasNoRoom() {
        const auto refused = runProgram(text("binnacle-load"), {text("seed"), text("--rows"), text("100000000"),
                                                                text("--state-dir"), m_stack.stateDir()});
        QCOMPARE(refused.exitCode, 3);
        QVERIFY2(refused.err.contains("Nothing was done"), refused.err.constData());
        QCOMPARE(number("select count(*) from public.tasks"), wantedRows());
    }

    void aPoolerIsDetected() {
        auto pooled = m_status.endpoints.pgbouncer;
        PgMigrationDatabase database({.database = withSettings(pooled, {{"dbname", "binnacle"}, {"user", "app_rw"}}),
                                      .passfile = (m_credentials / "app.pgpass").string(),
                                      .observer = {},
                                      .observerPassfile = {},
                                      .disk = {}});
        const auto refused = database.connect();
        QVERIFY(!refused && refused.error().code == ErrorCode::Invalid);
        QVERIFY2(refused.error().text.find("pgBouncer stands between") != std::string::npos,
                 refused.error().text.c_str());
        // The migrator itself is not even known there.
        PgMigrationDatabase unknown({.database = withSettings(pooled, {{"dbname", "binnacle"}, {"user", "migrator"}}),
                                     .passfile = (m_credentials / "migrator.pgpass").string(),
                                     .observer = {},
                                     .observerPassfile = {},
                                     .disk = {}});
        const auto denied = unknown.connect();
        QVERIFY(!denied);
        QVERIFY2(denied.error().text.find("pgBouncer") != std::string::npos, denied.error().text.c_str());
    }

    void builtUnderLoadWithProgressBlockerAndUndo() {
        QVERIFY(filled());
        Background load("binnacle-load", {text("run"), text("--rate"), text("20"), text("--duration"), text("0"),
                                          text("--json"), text("--state-dir"), m_stack.stateDir()});
        QVERIFY(load.started());
        auto blocker = blockingTransaction();
        auto apply = begin({text("migrate"), text("apply"), kMigration});
        QVERIFY(apply->started());
        // It waits, and says for whom.
        QVERIFY(waitFor(30s, [&] { return !row()[text("blockers")].toArray().isEmpty(); }));
        const auto waiting = row();
        QCOMPARE(waiting[text("state")].toString(), text("waiting"));
        const auto blockers = waiting[text("blockers")].toArray();
        const auto ours = std::ranges::find_if(blockers, [&](const QJsonValue& one) {
            return one.toObject()[text("pid")].toInt() == blocker->announcedPid();
        });
        QVERIFY(ours != blockers.end());
        QCOMPARE(ours->toObject()[text("user")].toString(), text("app_rw"));
        QCOMPARE(ours->toObject()[text("application")].toString(), text("blocker"));
        QCOMPARE(ours->toObject()[text("state")].toString(), text("idle in transaction"));
        QCOMPARE(ours->toObject()[text("query")].toString(), text("select id from public.tasks where id = ?"));
        QVERIFY(waiting[text("progress")].toObject()[text("phase")].toString().startsWith(text("waiting for")));
        QVERIFY2(apply->says("waits for process", 10s), apply->errors().constData());
        QVERIFY(blocker->execute("commit", {}, in(5s)).has_value());
        QVERIFY(apply->finished(300'000));
        const auto errors = apply->errors();
        QVERIFY2(apply->exitCode() == 0, errors.constData());
        QVERIFY2(errors.contains("phase 2 of 10"), errors.constData());
        const auto outcome = apply->json();
        QCOMPARE(outcome[text("outcome")].toString(), text("applied"));
        QCOMPARE(indexes(), 1);
        QCOMPARE(invalidIndexes(), 0);
        QVERIFY(waitFor(30s, [&] { return row()[text("state")].toString() == text("applied"); }));

        const auto undone = undo(outcome[text("number")].toInt());
        QVERIFY2(undone.exitCode == 0, undone.err.constData());
        QCOMPARE(indexes(), 0);
        load.signal(SIGINT);
        QVERIFY(load.finished(20'000));
        const auto report = load.json();
        QVERIFY(report[text("sent")].toInt() > 0);
        QVERIFY2(report[text("failures")].toObject().isEmpty(),
                 QJsonDocument(report[text("failures")].toObject()).toJson().constData());
        for (const auto& status : report[text("status")].toObject().keys()) {
            QVERIFY2(!status.startsWith(QLatin1Char('5')), qPrintable(status));
        }
    }

    void controlKilledInTheMiddleLeavesNoInvalidIndex() {
        auto blocker = blockingTransaction();
        auto apply = begin({text("migrate"), text("apply"), kMigration});
        QVERIFY(waitFor(30s, [&] { return invalidIndexes() == 1; }));
        const auto pid = m_stack.pidOf(text("control"));
        QCOMPARE(::kill(pid, SIGKILL), 0);
        QVERIFY(waitFor(30s, [&] {
            const auto now = m_stack.pidOf(text("control"));
            return now != 0 && now != pid;
        }));
        QVERIFY(blocker->execute("commit", {}, in(5s)).has_value());
        // Who has asked goes on asking, and is told the true end.
        QVERIFY(apply->finished(300'000));
        const auto outcome = apply->json();
        const auto errors = apply->errors();
        QVERIFY2(outcome[text("outcome")].toString() == text("applied"), errors.constData());
        QVERIFY(outcome[text("message")].toString().contains(text("interrupted")));
        QCOMPARE(invalidIndexes(), 0);
        QCOMPARE(indexes(), 1);
        QCOMPARE(undo(outcome[text("number")].toInt()).exitCode, 0);
        QCOMPARE(indexes(), 0);
    }

    void stoppedInTheMiddleLeavesNoInvalidIndex() {
        auto blocker = blockingTransaction();
        auto apply = begin({text("migrate"), text("apply"), kMigration});
        QVERIFY(waitFor(30s, [&] { return invalidIndexes() == 1; }));
        // The invalid index is dropped concurrently, which has to wait for the blocker as well.
        auto stop = begin({text("run"), text("stop_migration"), text("id=") + kMigration});
        QVERIFY(waitFor(30s, [&] { return row()[text("state")].toString() == text("stopping"); }));
        QVERIFY(blocker->execute("commit", {}, in(5s)).has_value());
        QVERIFY(stop->finished(60'000));
        QCOMPARE(stop->json()[text("outcome")].toString(), text("applied"));
        QVERIFY(apply->finished(60'000));
        QCOMPARE(apply->exitCode(), 1);
        QVERIFY(apply->json()[text("message")].toString().contains(text("Stopped on request")));
        QCOMPARE(invalidIndexes(), 0);
        QCOMPARE(indexes(), 0);
        QVERIFY(waitFor(30s, [&] { return row()[text("state")].toString() == text("stopped"); }));
    }

    void panicStopsItAndTakesTheShareBack() {
        QCOMPARE(act({text("run"), text("set_canary_share"), text("percent=5")}).exitCode, 0);
        auto blocker = blockingTransaction();
        auto apply = begin({text("migrate"), text("apply"), kMigration});
        QVERIFY(waitFor(30s, [&] { return invalidIndexes() == 1; }));
        const auto panic = act({text("run"), text("panic")});
        QVERIFY2(panic.exitCode == 0, panic.err.constData());
        QVERIFY(panic.json()[text("message")].toString().contains(text("is being stopped")));
        QVERIFY(blocker->execute("commit", {}, in(5s)).has_value());
        QVERIFY(apply->finished(60'000));
        QCOMPARE(apply->exitCode(), 1);
        QCOMPARE(indexes(), 0);
    }

    void anEditedFileIsRefused() {
        const auto applied = act({text("migrate"), text("apply"), kMigration});
        QVERIFY2(applied.exitCode == 0, applied.err.constData());
        const QString file = m_stack.stateDir() + text("/control/migrations/") + kMigration + text(".expand.sql");
        QFile edited(file);
        QVERIFY(edited.open(QIODevice::ReadOnly));
        const auto original = edited.readAll();
        edited.close();
        QVERIFY(edited.open(QIODevice::WriteOnly | QIODevice::Append));
        edited.write("-- edited\n");
        edited.close();
        const auto refused = act({text("migrate"), text("rollback"), kMigration});
        QCOMPARE(refused.exitCode, 3);
        QVERIFY2(refused.json()[text("message")].toString().contains(text("Put the applied files back")),
                 refused.out.constData());
        QVERIFY(edited.open(QIODevice::WriteOnly | QIODevice::Truncate));
        edited.write(original);
        edited.close();
        QCOMPARE(act({text("migrate"), text("rollback"), kMigration}).exitCode, 0);
        QCOMPARE(indexes(), 0);
    }

    void aStoppedServerHoldsNobodyUp() {
        const auto server = m_stack.pidOf(text("primary"));
        QVERIFY(server > 0);
        ::kill(server, SIGSTOP);
        const auto asked = std::chrono::steady_clock::now();
        const auto level = act({text("run"), text("set_degradation_level"), text("level=1")});
        const auto took = std::chrono::steady_clock::now() - asked;
        const auto apply = act({text("migrate"), text("apply"), kMigration});
        ::kill(server, SIGCONT);
        QVERIFY2(level.exitCode == 0, level.err.constData());
        QVERIFY(took < 5s);
        QVERIFY(apply.exitCode != 0);
        QCOMPARE(act({text("run"), text("set_degradation_level"), text("level=0")}).exitCode, 0);
    }

private:
    [[nodiscard]] Result<PgSession> session(const char* application) const {
        return PgSession::open(m_status.endpoints.postgresPrimary + " user=app_rw application_name=" + application,
                               (m_credentials / "app.pgpass").string(),
                               "-c statement_timeout=60s -c idle_in_transaction_session_timeout=0", in(5s));
    }
    qint64 number(const std::string& sql) const {
        auto reader = session("test");
        const auto answer = reader ? reader->execute(sql, {}, in(60s)) : std::unexpected(reader.error());
        return answer ? QByteArray::fromStdString(answer->rows.at(0).at(0).value_or("-1")).toLongLong() : -1;
    }
    /// A transaction that has written to the table, and is left open.
    std::unique_ptr<PgSession> blockingTransaction() const {
        auto opened = session("blocker");
        if (!opened) {
            return nullptr;
        }
        auto blocker = std::make_unique<PgSession>(std::move(*opened));
        for (const char* sql : {"begin", "update public.tasks set updated_at = updated_at where id = 1",
                                "select id from public.tasks where id = 42"}) {
            if (!blocker->execute(sql, {}, in(5s))) {
                return nullptr;
            }
        }
        return blocker;
    }
    bool filled() const {
        return runProgram(text("binnacle-load"),
                          {text("seed"), text("--rows"), QString::number(wantedRows()), text("--state-dir"),
                           m_stack.stateDir()},
                          900s)
                   .exitCode == 0;
    }
    qint64 indexes() const { return number("select count(*) from pg_class where relname = 'tasks_by_assignee'"); }
    qint64 invalidIndexes() const { return number("select count(*) from pg_index where not indisvalid"); }
    QJsonObject row() {
        const auto status = m_stack.ctl({text("migrate"), text("status"), text("--json")}).json();
        return status[text("rows")].toArray().at(0).toObject();
    }
    QStringList withReason(QStringList arguments) const {
        return arguments << QStringList{text("--reason"), text("test"), text("--yes"), text("--json")};
    }
    ProgramResult act(const QStringList& arguments) { return m_stack.ctl(withReason(arguments)); }
    ProgramResult undo(int number) { return act({text("undo"), QString::number(number)}); }
    std::unique_ptr<Background> begin(const QStringList& arguments) {
        return std::make_unique<Background>("binnaclectl", withReason(arguments)
                                                               << text("--state-dir") << m_stack.stateDir());
    }

    BundledStack m_stack;
    QTemporaryDir m_home;
    StackStatus m_status;
    std::filesystem::path m_credentials;
};

QTEST_GUILESS_MAIN(TestMigrationStack)
#include "test_migration_stack.moc"
