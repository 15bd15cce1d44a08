// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/commands.h"

#include "backend/clients/stack_locator.h"
#include "backend/stack/status_document.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <map>

namespace binnacle::stack {

int complain(const CommandLine& line, const std::string& sentence, int status) {
    std::fprintf(stderr, "binnacle-stack: %s\n", sentence.c_str());
    if (line.json) {
        const char* const code = status == 3 ? "refused" : status == 2 ? "invalid" : "failed";
        std::printf("%s\n", errorDocument(code, sentence).c_str());
    }
    return status;
}

int runProgram(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto parsed = parseCommandLine(arguments);
    if (!parsed.command) {
        std::fputs(parsed.text.c_str(), parsed.exitStatus == 0 ? stdout : stderr);
        if (parsed.exitStatus != 0 && std::ranges::find(arguments, "--json") != arguments.end()) {
            std::printf("%s\n",
                        errorDocument("invalid", parsed.text).c_str()); // a script gets its document all the same
        }
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
