// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <sys/types.h>

namespace binnacle::test {

/// What a finished program left: its exit code and both of its outputs.
struct ProgramResult {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const;
};

/// Runs one of the project's programs to its end.
ProgramResult runProgram(const QString& name, const QStringList& arguments,
                         std::chrono::milliseconds limit = std::chrono::seconds(60));

class StackWatch;

/// A private bundled stack in a fresh state directory, driven through its own program as a user would. Taken down,
/// with its directory, at the end of the object's life, and when the test is killed.
class BundledStack {
public:
    BundledStack();
    ~BundledStack();
    BundledStack(const BundledStack&) = delete;
    BundledStack& operator=(const BundledStack&) = delete;

    [[nodiscard]] const QString& stateDir() const { return m_stateDir; }
    ProgramResult up(const QStringList& more = {});
    ProgramResult down();
    /// Runs `binnacle-stack COMMAND … --state-dir DIR`.
    ProgramResult stack(const QStringList& arguments, std::chrono::milliseconds limit = std::chrono::seconds(60));
    /// Runs `binnaclectl … --state-dir DIR`.
    ProgramResult ctl(const QStringList& arguments);
    [[nodiscard]] QJsonObject status();
    /// The named component of status(), empty if there is none.
    [[nodiscard]] QJsonObject component(const QString& name);
    [[nodiscard]] pid_t pidOf(const QString& name);
    /// Stops one component and waits until it has ended: the recorder, where a test counts who reads the servers.
    [[nodiscard]] bool stopComponent(const QString& name);
    /// Processes that mention this state directory in their command line, zombies left out.
    [[nodiscard]] QStringList processes() const;

private:
    QString m_stateDir;
    std::unique_ptr<StackWatch> m_watch;
};

} // namespace binnacle::test
