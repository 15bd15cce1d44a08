// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/stack/account.h"

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

namespace binnacle::stack {

/// What is started, and how it ends.
struct ProgramSpec {
    std::string program; ///< absolute path
    std::string name;    ///< argv[0]; empty: the program's own name
    std::vector<std::string> arguments;
    std::vector<std::string> environment; ///< NAME=value; nothing else is inherited
    std::filesystem::path directory;      ///< working directory; lies in the state directory, which marks it as ours
    std::filesystem::path log;            ///< standard output and error are appended here
    int output = -1;                      ///< a descriptor that takes them instead of a log
    int deathSignal = SIGKILL;            ///< what the kernel sends it when the supervisor dies
};

/// Starts a program in a session of its own, under the account's identity, with default signal handling and no
/// descriptor but the standard ones. Call from the main thread only: the death signal is tied to the calling thread.
/// The error names the program when it could not be executed.
[[nodiscard]] Result<pid_t> startProcess(const ProgramSpec& spec, const Account& account);

/// How a process ended, in words: "ended with status 1", "was killed by signal 9 (Killed)".
[[nodiscard]] std::string describeExit(int waitStatus);

} // namespace binnacle::stack
