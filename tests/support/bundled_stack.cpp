// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/bundled_stack.h"

#include "backend/clients/stack_client.h"
#include "tests/support/stack_watch.h"
#include "tests/support/wait_for.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <sys/stat.h>

namespace binnacle::test {

QJsonObject ProgramResult::json() const {
    return QJsonDocument::fromJson(out).object();
}

ProgramResult runProgram(const QString& name, const QStringList& arguments, std::chrono::milliseconds limit) {
    QProcess process;
    process.start(qEnvironmentVariable("BINNACLE_TEST_BIN") + QLatin1Char('/') + name, arguments, QIODevice::ReadOnly);
    ProgramResult result;
    if (!process.waitForStarted() || !process.waitForFinished(static_cast<int>(limit.count()))) {
        process.kill();
        process.waitForFinished();
        result.err = process.readAllStandardError() + process.errorString().toUtf8();
        return result;
    }
    result.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

BundledStack::BundledStack() {
    // Directly under /tmp, and open to search, because as root the servers run under an account of their own.
    QTemporaryDir dir(QStringLiteral("/tmp/bnst-XXXXXX"));
    dir.setAutoRemove(false);
    m_stateDir = dir.path();
    ::chmod(QFile::encodeName(m_stateDir).constData(), 0755);
    m_watch = std::make_unique<StackWatch>(m_stateDir);
}

BundledStack::~BundledStack() {
    down();
    QDir(m_stateDir).removeRecursively();
}

ProgramResult BundledStack::stack(const QStringList& arguments, std::chrono::milliseconds limit) {
    return runProgram(QStringLiteral("binnacle-stack"),
                      arguments + QStringList{QStringLiteral("--state-dir"), m_stateDir}, limit);
}

ProgramResult BundledStack::up(const QStringList& more) {
    return stack(QStringList{QStringLiteral("up")} + more, std::chrono::seconds(120));
}

ProgramResult BundledStack::down() {
    return stack({QStringLiteral("down")});
}

ProgramResult BundledStack::ctl(const QStringList& arguments) {
    return runProgram(QStringLiteral("binnaclectl"),
                      arguments + QStringList{QStringLiteral("--state-dir"), m_stateDir});
}

QJsonObject BundledStack::status() {
    return stack({QStringLiteral("status"), QStringLiteral("--json")}).json();
}

QJsonObject BundledStack::component(const QString& name) {
    const auto components = status()[QLatin1String("components")].toArray();
    for (const auto& component : components) {
        if (component.toObject()[QLatin1String("name")].toString() == name) {
            return component.toObject();
        }
    }
    return {};
}

pid_t BundledStack::pidOf(const QString& name) {
    return static_cast<pid_t>(component(name)[QLatin1String("pid")].toInt());
}

bool BundledStack::stopComponent(const QString& name) {
    const auto endpoint = status()[QLatin1String("endpoints")].toObject()[QLatin1String("stack")].toString();
    StackClient supervisor(endpoint.mid(QStringLiteral("unix:").size()).toStdString());
    if (!supervisor.stopComponent(name.toStdString(), std::chrono::steady_clock::now() + std::chrono::seconds(5))) {
        return false;
    }
    return waitFor(std::chrono::seconds(20),
                   [&] { return component(name)[QLatin1String("state")].toString() == QLatin1String("stopped"); })
        .has_value();
}

QStringList BundledStack::processes() const {
    QStringList found;
    const auto pids = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const auto& pid : pids) {
        QFile status(QStringLiteral("/proc/%1/status").arg(pid));
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(pid));
        if (!status.open(QIODevice::ReadOnly) || !commandLine.open(QIODevice::ReadOnly)) {
            continue;
        }
        if (status.readAll().contains("\nState:\tZ")) {
            continue; // its parent has not collected it yet; it holds nothing any more
        }
        const auto arguments = commandLine.readAll().replace('\0', ' ');
        if (arguments.contains(m_stateDir.toUtf8())) {
            found << pid + QLatin1Char(' ') + QString::fromUtf8(arguments).left(120);
        }
    }
    return found;
}

} // namespace binnacle::test
