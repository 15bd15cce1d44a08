// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stack_watch.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace binnacle::test {

namespace {

/// Between fork and exec of a process that may have threads: nothing but system calls.
[[noreturn]] void become(int pipe, const char* program) {
    ::setsid();
    ::dup2(pipe, STDIN_FILENO);
    // Whoever waits for the end of the test's output must not wait for us.
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execl("/bin/sh", "sh", BINNACLE_STACK_WATCH, program, nullptr);
    ::_exit(127);
}

} // namespace

StackWatch::StackWatch(const QString& stateDir) {
    const auto program =
        QFile::encodeName(qEnvironmentVariable("BINNACLE_TEST_BIN") + QStringLiteral("/binnacle-stack"));
    const auto directory = QFile::encodeName(stateDir) + '\n';
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        qFatal("no pipe for the stack's watch");
    }
    const pid_t between = ::fork();
    if (between == 0) {
        // Its child is nobody's: who kills the test with all below it does not find it.
        if (::fork() == 0) {
            become(ends[0], program.constData());
        }
        ::_exit(0);
    }
    ::close(ends[0]);
    m_pipe = ends[1];
    [[maybe_unused]] const auto written =
        ::write(m_pipe, directory.constData(), static_cast<std::size_t>(directory.size()));
    while (between > 0 && ::waitpid(between, nullptr, 0) < 0 && errno == EINTR) {
    }
}

StackWatch::~StackWatch() {
    [[maybe_unused]] const auto written = ::write(m_pipe, "done\n", 5);
    ::close(m_pipe);
}

} // namespace binnacle::test
