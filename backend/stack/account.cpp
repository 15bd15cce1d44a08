// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/account.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/fsuid.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace binnacle::stack {

namespace {

/// Runs a system program without a shell and returns its exit status, -1 when it can't be started.
int runProgram(const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (const auto& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    const char* environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const int failed = ::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), const_cast<char**>(environment));
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (failed != 0 || ::waitpid(pid, &status, 0) != pid) {
        return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Account fromEntry(const passwd& entry) {
    Account account;
    account.uid = entry.pw_uid;
    account.gid = entry.pw_gid;
    account.name = entry.pw_name;
    int count = 64;
    account.groups.resize(64);
    if (::getgrouplist(entry.pw_name, entry.pw_gid, account.groups.data(), &count) < 0) {
        count = 1;
        account.groups[0] = entry.pw_gid;
    }
    account.groups.resize(static_cast<std::size_t>(count));
    return account;
}

} // namespace

Result<Account> accountForChildren(bool& created) {
    created = false;
    if (::geteuid() != 0) {
        const passwd* own = ::getpwuid(::geteuid());
        if (own == nullptr) {
            return fail(ErrorCode::Invalid, "This account (uid " + std::to_string(::geteuid()) +
                                                ") has no entry in /etc/passwd, which PostgreSQL needs.");
        }
        return fromEntry(*own);
    }
    const passwd* entry = ::getpwnam(serviceAccountName);
    if (entry == nullptr) {
        const int status = runProgram({"/usr/sbin/useradd", "--system", "--user-group", "--no-create-home",
                                       "--home-dir", "/var/lib/binnacle", "--shell", "/usr/sbin/nologin", "--comment",
                                       "Binnacle service stack", serviceAccountName});
        entry = ::getpwnam(serviceAccountName);
        if (entry == nullptr) {
            return fail(ErrorCode::Denied,
                        status < 0
                            ? "The system account 'binnacle' is missing and /usr/sbin/useradd (package passwd) is "
                              "not there to create it. Install passwd, or create the account by hand."
                            : "The system account 'binnacle' could not be created (useradd ended with " +
                                  std::to_string(status) +
                                  "). Create it by hand with 'useradd --system binnacle' and start again.");
        }
        created = true;
    }
    if (entry->pw_uid == 0) {
        return fail(ErrorCode::Denied, "The account 'binnacle' has uid 0; PostgreSQL refuses to run as root.");
    }
    auto account = fromEntry(*entry);
    account.changesIdentity = true;
    return account;
}

Result<void> accessFilesAs(const Account& account) {
    if (!account.changesIdentity) {
        return {};
    }
    ::setfsgid(account.gid);
    ::setfsuid(account.uid);
    // Both calls report the previous value and no error: ask once more.
    if (static_cast<uid_t>(::setfsuid(static_cast<uid_t>(-1))) != account.uid ||
        static_cast<gid_t>(::setfsgid(static_cast<gid_t>(-1))) != account.gid) {
        return fail(ErrorCode::Denied, "The identity of the account 'binnacle' can't be taken on for files.");
    }
    return {};
}

bool mayExecute(const std::string& program) {
    return ::faccessat(AT_FDCWD, program.c_str(), X_OK, AT_EACCESS) == 0;
}

} // namespace binnacle::stack
