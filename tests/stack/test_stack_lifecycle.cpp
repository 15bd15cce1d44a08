// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/bundled_stack.h"
#include "tests/support/sanitized.h"
#include "tests/support/wait_for.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <fcntl.h>

using namespace binnacle::test;
using namespace std::chrono_literals;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool replaceContent(const QString& path, const QByteArray& content) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size();
}

/// Living processes whose working directory is the state directory or lies in it: all of the stack's own, PostgreSQL's
/// children included, which do not say so on their command lines.
QStringList processesIn(const QString& stateDir) {
    QStringList found;
    for (const auto& pid : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        const QString process = QStringLiteral("/proc/") + pid;
        const auto place = QFile::symLinkTarget(process + QStringLiteral("/cwd"));
        const auto stat = contentOf(process + QStringLiteral("/stat"));
        if ((place == stateDir || place.startsWith(stateDir + QLatin1Char('/'))) && !stat.contains(") Z ")) {
            found.append(QString::fromUtf8(stat.left(60)));
        }
    }
    return found;
}

/// A listener on a loopback port, or -1.
int listenOn(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(fd, 1) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

} // namespace

/// One stack, step by step through its life; each step starts from where the one before left it.
class TestStackLifecycle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void upFromNothingTellsEverything();
    void aSecondUpAttaches();
    void resetIsRefusedWhileItRuns();
    void killedComponentsComeBackAndAreCounted();
    void aStoppedComponentIsReportedAndLeftAlone();
    void aKilledSupervisorLeavesNothing();
    void theNextUpGoesOnWithTheSameData();
    void downLeavesNothing();
    void aPortInUseIsASentence();
    void dataOfAnotherPostgresIsASentence();
    void dataThatIsNotWholeIsASentence();
    void aNewerFormatIsASentence();
    void resetAsksAndDeletesOnlyItsOwn();
    void cleanupTestCase();

private:
    std::unique_ptr<BundledStack> m_stack;
};

void TestStackLifecycle::initTestCase() {
    m_stack = std::make_unique<BundledStack>();
}

void TestStackLifecycle::upFromNothingTellsEverything() {
    // Inherited, as a shell's lock or pipe would be: a stack that outlives us must not hold it.
    const int ours = ::open("/dev/full", O_RDONLY);
    QVERIFY(ours > STDERR_FILENO);
    const auto up = m_stack->up({QStringLiteral("--json")});
    ::close(ours);
    QVERIFY2(up.exitCode == 0, up.err.constData());
    const auto document = up.json();
    const QDir open(QStringLiteral("/proc/%1/fd").arg(document[QLatin1String("supervisor_pid")].toInt()));
    QVERIFY(!open.entryList(QDir::Files | QDir::System).isEmpty());
    for (const auto& entry : open.entryInfoList(QDir::Files | QDir::System)) {
        QVERIFY2(entry.symLinkTarget() != QStringLiteral("/dev/full"), "the supervisor holds what its caller had open");
    }
    QCOMPARE(document[QLatin1String("state")].toString(), QStringLiteral("running"));
    const auto components = document[QLatin1String("components")].toArray();
    QCOMPARE(components.size(), 11);
    for (const auto& component : components) {
        QCOMPARE(component.toObject()[QLatin1String("state")].toString(), QStringLiteral("running"));
        QVERIFY(component.toObject()[QLatin1String("pid")].toInt() > 1);
    }
    const auto endpoints = document[QLatin1String("endpoints")].toObject();
    for (const char* name :
         {"api", "stack", "redis", "haproxy_read", "postgres_primary", "pgbouncer", "postgres_log", "recorder"}) {
        QVERIFY2(!endpoints[QLatin1String(name)].toString().isEmpty(), name);
    }
    for (const char* name : {"api_key_file", "admin_token_file", "pgpass_file", "redis_password_file"}) {
        const auto file = document[QLatin1String("credentials")].toObject()[QLatin1String(name)].toString();
        QCOMPARE(QFile(file).permissions() &
                     ~(QFile::ReadUser | QFile::WriteUser | QFile::ReadOwner | QFile::WriteOwner),
                 QFile::Permissions());
        QVERIFY2(!contentOf(file).isEmpty(), name);
    }
    QVERIFY(waitFor(30s, [&] {
        const auto now = m_stack->status();
        const auto bytes = now[QLatin1String("pss_bytes")].toDouble();
        return bytes > 10e6 && (bytes < 250e6 || kSanitized) &&
               now[QLatin1String("disk")].toObject()[QLatin1String("used_bytes")].toDouble() > 0;
    }));
}

void TestStackLifecycle::aSecondUpAttaches() {
    const auto before = m_stack->status()[QLatin1String("supervisor_pid")].toInt();
    QCOMPARE(m_stack->up().exitCode, 0);
    QCOMPARE(m_stack->status()[QLatin1String("supervisor_pid")].toInt(), before);
}

void TestStackLifecycle::resetIsRefusedWhileItRuns() {
    QCOMPARE(m_stack->stack({QStringLiteral("reset"), QStringLiteral("--yes")}).exitCode, 3);
}

void TestStackLifecycle::killedComponentsComeBackAndAreCounted() {
    const QStringList names = {QStringLiteral("redis"), QStringLiteral("app-1"), QStringLiteral("primary"),
                               QStringLiteral("haproxy")};
    for (const auto& name : names) {
        QCOMPARE(::kill(m_stack->pidOf(name), SIGKILL), 0);
    }
    for (const auto& name : names) {
        QVERIFY2(waitFor(30s,
                         [&] {
                             const auto component = m_stack->component(name);
                             return component[QLatin1String("restarts")].toInt() >= 1 &&
                                    component[QLatin1String("state")].toString() == QLatin1String("running");
                         }),
                 qPrintable(name));
    }
}

void TestStackLifecycle::aStoppedComponentIsReportedAndLeftAlone() {
    const auto name = QStringLiteral("redis");
    const pid_t pid = m_stack->pidOf(name);
    ::kill(pid, SIGSTOP);
    const auto reported = waitFor(
        30s, [&] { return m_stack->component(name)[QLatin1String("state")].toString() == QLatin1String("failed"); });
    const auto message = m_stack->component(name)[QLatin1String("message")].toString();
    ::kill(pid, SIGCONT);
    QVERIFY(reported);
    QVERIFY2(message.contains(QLatin1String("kill -CONT")), qPrintable(message));
    QVERIFY(waitFor(
        30s, [&] { return m_stack->component(name)[QLatin1String("state")].toString() == QLatin1String("running"); }));
    QCOMPARE(m_stack->pidOf(name), pid);
}

void TestStackLifecycle::aKilledSupervisorLeavesNothing() {
    // Also those that can't hear a signal at that moment.
    ::kill(m_stack->pidOf(QStringLiteral("primary")), SIGSTOP);
    ::kill(m_stack->pidOf(QStringLiteral("redis")), SIGSTOP);
    ::kill(m_stack->status()[QLatin1String("supervisor_pid")].toInt(), SIGKILL);
    QVERIFY2(waitFor(30s, [&] { return processesIn(m_stack->stateDir()).isEmpty(); }),
             qPrintable(processesIn(m_stack->stateDir()).join(QLatin1Char('\n'))));
    QCOMPARE(m_stack->status()[QLatin1String("state")].toString(), QStringLiteral("stopped"));
}

void TestStackLifecycle::theNextUpGoesOnWithTheSameData() {
    const auto key = contentOf(m_stack->stateDir() + QStringLiteral("/credentials/api.key"));
    const auto up = m_stack->up();
    QVERIFY2(up.exitCode == 0, up.err.constData());
    QCOMPARE(contentOf(m_stack->stateDir() + QStringLiteral("/credentials/api.key")), key);
}

void TestStackLifecycle::downLeavesNothing() {
    const auto state = m_stack->stateDir();
    const auto endpoint = m_stack->status()[QLatin1String("endpoints")].toObject()[QLatin1String("control")].toString();
    const auto socket = endpoint.mid(endpoint.indexOf(QLatin1Char('/')));
    QVERIFY2(QFile::exists(socket), qPrintable(socket));
    QCOMPARE(m_stack->down().exitCode, 0);
    // Control was asked to end, and has: its file is whole without a log beside it.
    const auto last = contentOf(state + QStringLiteral("/logs/control.log")).trimmed().split('\n').last();
    QVERIFY2(last.contains("\"message\":\"Stopped\""), last.constData());
    QVERIFY(!QFile::exists(socket));
    const QDir control(state + QStringLiteral("/control"));
    QVERIFY(!control.entryList({QStringLiteral("*.db")}).isEmpty());
    QCOMPARE(control.entryList({QStringLiteral("*-wal")}), QStringList());
    QCOMPARE(processesIn(m_stack->stateDir()), QStringList());
    QVERIFY(m_stack->processes().isEmpty());
    QCOMPARE(m_stack->down().exitCode, 0);
}

void TestStackLifecycle::aPortInUseIsASentence() {
    const auto ports = QJsonDocument::fromJson(contentOf(m_stack->stateDir() + QStringLiteral("/ports.json"))).object();
    const int api = ports[QLatin1String("api")].toInt();
    const int other = listenOn(api);
    QVERIFY(other >= 0);
    const auto up = m_stack->up();
    ::close(other);
    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("Port " + QByteArray::number(api)) && up.err.contains("in use"), up.err.constData());
    QVERIFY(m_stack->processes().isEmpty());
}

void TestStackLifecycle::dataOfAnotherPostgresIsASentence() {
    const auto version = m_stack->stateDir() + QStringLiteral("/postgres/primary/PG_VERSION");
    const auto before = contentOf(version);
    QVERIFY(replaceContent(version, "14\n"));
    const auto up = m_stack->up();
    QVERIFY(replaceContent(version, before));
    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("PostgreSQL 14") && up.err.contains("binnacle-stack reset"), up.err.constData());
    QVERIFY(m_stack->processes().isEmpty());
}

void TestStackLifecycle::dataThatIsNotWholeIsASentence() {
    const auto file = m_stack->stateDir() + QStringLiteral("/postgres/first-start.conf");
    QVERIFY(!QFile::exists(file)); // all of the first start is on the disk
    QVERIFY(replaceContent(file, "# not yet on the disk as a whole; made at boot of-yesterday\n"));
    const auto up = m_stack->up();
    QVERIFY(QFile::remove(file));
    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("may be damaged") && up.err.contains("binnacle-stack reset"), up.err.constData());
    QVERIFY(m_stack->processes().isEmpty());
}

void TestStackLifecycle::aNewerFormatIsASentence() {
    const auto file = m_stack->stateDir() + QStringLiteral("/state.json");
    const auto before = contentOf(file);
    QVERIFY(replaceContent(file, "{\"format\":99}"));
    const auto up = m_stack->up();
    QVERIFY(replaceContent(file, before));
    QCOMPARE(up.exitCode, 1);
    QVERIFY2(up.err.contains("newer"), up.err.constData());
}

void TestStackLifecycle::resetAsksAndDeletesOnlyItsOwn() {
    const auto foreign = m_stack->stateDir() + QStringLiteral("/notes.txt");
    QVERIFY(replaceContent(foreign, "mine"));
    QCOMPARE(m_stack->stack({QStringLiteral("reset")}).exitCode, 2);
    QVERIFY(QFile::exists(m_stack->stateDir() + QStringLiteral("/state.json")));
    QCOMPARE(m_stack->stack({QStringLiteral("reset"), QStringLiteral("--yes")}).exitCode, 0);
    QCOMPARE(QDir(m_stack->stateDir()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("notes.txt")});
}

void TestStackLifecycle::cleanupTestCase() {
    m_stack.reset();
}

QTEST_GUILESS_MAIN(TestStackLifecycle)
#include "test_stack_lifecycle.moc"
