// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/child_process.h"

#include "backend/stack/files.h"
#include "backend/stack/unique_fd.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace binnacle::stack {

namespace {

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (const auto& text : texts) {
        pointers.push_back(const_cast<char*>(text.c_str()));
    }
    pointers.push_back(nullptr);
    return pointers;
}

/// Only calls that are safe after fork in a program with threads. Reports errno through `failure` and never returns.
[[noreturn]] void becomeProgram(const ProgramSpec& spec, const Account& account, char* const* argv, char* const* envp,
                                int log, int input, int failure, pid_t parent) {
    sigset_t none;
    sigemptyset(&none);
    struct sigaction standard {};
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < 32; ++number) {
        ::sigaction(number, &standard, nullptr);
    }
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::setsid();
    ::umask(077);
    bool ok = ::dup2(input, STDIN_FILENO) >= 0 && ::dup2(log, STDOUT_FILENO) >= 0 && ::dup2(log, STDERR_FILENO) >= 0;
    if (ok && account.changesIdentity) {
        ok = ::setgroups(account.groups.size(), account.groups.data()) == 0 &&
             ::setresgid(account.gid, account.gid, account.gid) == 0 &&
             ::setresuid(account.uid, account.uid, account.uid) == 0;
    }
    // After the change of identity, which clears it. A parent that died before this line sends nothing any more.
    ok = ok && ::prctl(PR_SET_PDEATHSIG, spec.deathSignal) == 0 && ::chdir(spec.directory.c_str()) == 0;
    if (ok && ::getppid() == parent) {
        ::execve(spec.program.c_str(), argv, envp);
    }
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(failure, &error, sizeof error);
    ::_exit(127);
}

} // namespace

Result<pid_t> startProcess(const ProgramSpec& spec, const Account& account) {
    const UniqueFd log(spec.output >= 0
                           ? ::fcntl(spec.output, F_DUPFD_CLOEXEC, 3)
                           : ::open(spec.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!log) {
        return std::unexpected(fileError("written", spec.log, errno));
    }
    const UniqueFd input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    int pipe[2] = {-1, -1};
    if (!input || ::pipe2(pipe, O_CLOEXEC) != 0) {
        return fail(ErrorCode::Io, std::string("A process can't be prepared: ") + std::strerror(errno) + ".");
    }
    const UniqueFd reading(pipe[0]);
    UniqueFd writing(pipe[1]);

    std::vector<std::string> words = {spec.name.empty() ? spec.program : spec.name};
    words.insert(words.end(), spec.arguments.begin(), spec.arguments.end());
    const auto argv = pointersTo(words);
    const auto envp = pointersTo(spec.environment);

    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        becomeProgram(spec, account, argv.data(), envp.data(), log.get(), input.get(), writing.get(), parent);
    }
    if (child < 0) {
        return fail(ErrorCode::Io, spec.program + " can't be started: " + std::strerror(errno) + ".");
    }
    writing.reset();
    int error = 0;
    ssize_t got = 0;
    while ((got = ::read(reading.get(), &error, sizeof error)) < 0 && errno == EINTR) {
    }
    if (got == static_cast<ssize_t>(sizeof error)) {
        ::waitpid(child, nullptr, 0);
        return fail(ErrorCode::Denied, spec.program + " can't be started in " + spec.directory.string() +
                                           " by the account '" + account.name + "': " + std::strerror(error) + ".");
    }
    return child;
}

std::string describeExit(int waitStatus) {
    if (WIFSIGNALED(waitStatus)) {
        return "was ended by signal " + std::to_string(WTERMSIG(waitStatus)) + " (" +
               ::strsignal(WTERMSIG(waitStatus)) + ")";
    }
    return "ended with status " + std::to_string(WEXITSTATUS(waitStatus));
}

} // namespace binnacle::stack
