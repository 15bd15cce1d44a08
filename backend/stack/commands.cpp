// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/commands.h"

#include "backend/clients/stack_locator.h"
#include "backend/stack/status_document.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <map>

namespace binnacle::stack {

int complain(const CommandLine& line, const std::string& sentence, int status) {
    std::fprintf(stderr, "binnacle-stack: %s\n", sentence.c_str());
    if (line.json) {
        std::printf("%s\n", errorDocument(status == 3 ? "refused" : "failed", sentence).c_str());
    }
    return status;
}

int runProgram(int argc, char** argv) {
    const auto parsed = parseCommandLine(std::vector<std::string>(argv + 1, argv + argc));
    if (!parsed.command) {
        std::fputs(parsed.text.c_str(), parsed.exitStatus == 0 ? stdout : stderr);
        return parsed.exitStatus;
    }
    const auto& line = *parsed.command;
    const auto environment = processEnvironment();
    const auto stateDir = resolveStateDir(line.stateDir, environment, ::geteuid());
    if (!stateDir) {
        return complain(line, stateDir.error().text);
    }
    StackPaths paths{*stateDir, runDirFor(*stateDir, environment, ::geteuid())};
    using Command = int (*)(const CommandLine&, const StackPaths&);
    static const std::map<std::string, Command> commands = {{"up", commandUp},       {"run", commandRun},
                                                            {"down", commandDown},   {"status", commandStatus},
                                                            {"reset", commandReset}, {"logs", commandLogs}};
    return commands.at(line.command)(line, paths);
}

} // namespace binnacle::stack
