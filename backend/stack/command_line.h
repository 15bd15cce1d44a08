// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace binnacle::stack {

/// What the person asked for.
struct CommandLine {
    std::string command; ///< up, run, down, status, reset or logs
    bool json = false;
    std::optional<std::string> stateDir;
    bool demo = false;     ///< up, run
    bool yes = false;      ///< reset
    bool follow = false;   ///< logs
    std::string component; ///< logs; empty: all
};

/// Either a command line, or what to print and with which exit status.
struct ParsedCommandLine {
    std::optional<CommandLine> command;
    std::string text;
    int exitStatus = 0; ///< 0 for help and version, 2 for a usage error
};

/// `arguments` without the program's name. --json and --state-dir stand before or after the subcommand.
[[nodiscard]] ParsedCommandLine parseCommandLine(std::vector<std::string> arguments);

} // namespace binnacle::stack
