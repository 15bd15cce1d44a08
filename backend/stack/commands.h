// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/command_line.h"
#include "backend/stack/stack_paths.h"

namespace binnacle::stack {

/// The program: parses, resolves the directories and runs the command. Exit status: 0 done, 1 failed, 2 usage,
/// 3 refused.
int runProgram(int argc, char** argv);

int commandUp(const CommandLine& line, const StackPaths& paths);
int commandRun(const CommandLine& line, const StackPaths& paths);
int commandDown(const CommandLine& line, const StackPaths& paths);
int commandStatus(const CommandLine& line, const StackPaths& paths);
int commandReset(const CommandLine& line, const StackPaths& paths);
int commandLogs(const CommandLine& line, const StackPaths& paths);

/// Says why a command did not succeed: a sentence on standard error and, with --json, a document. Returns `status`.
int complain(const CommandLine& line, const std::string& sentence, int status = 1);

} // namespace binnacle::stack
