// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>

namespace binnacle::stack {

ParsedCommandLine parseCommandLine(std::vector<std::string> arguments) {
    CommandLine line;
    std::string stateDir;
    CLI::App app("Brings the bundled service stack up and down and watches it.", "binnacle-stack");
    app.set_version_flag("--version", std::string("binnacle-stack ") + BINNACLE_VERSION);
    app.require_subcommand(1);
    app.fallthrough(); // options of the program are also taken after the subcommand
    app.add_flag("--json", line.json, "Print one JSON document; messages go to standard error");
    app.add_option("--state-dir", stateDir, "Where the stack keeps its state")
        ->type_name("DIR")
        ->check([](const std::string& text) { // an unset variable of a script must not mean the default stack
            return text.empty() ? std::string("needs the name of a directory") : std::string();
        });

    auto* up = app.add_subcommand("up", "Start the stack and return when it answers");
    auto* run = app.add_subcommand("run", "Run the stack in the foreground, for a service manager");
    for (auto* command : {up, run}) {
        command->add_flag("--demo", line.demo, "Also run demo traffic, about 50 requests/s");
    }
    app.add_subcommand("down", "Stop everything");
    app.add_subcommand("status", "Say what runs and where");
    app.add_subcommand("reset", "Delete the stack's data")->add_flag("--yes", line.yes, "Do not ask");
    auto* logs = app.add_subcommand("logs", "Print the components' logs");
    logs->add_option("component", line.component, "One component's log only");
    logs->add_flag("-f,--follow", line.follow, "Go on with what is added");
    for (auto* command : app.get_subcommands({})) {
        command->fallthrough();
    }
    ParsedCommandLine parsed;
    std::ranges::reverse(arguments); // as the library wants them
    try {
        app.parse(arguments);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream complaint;
        const int status = app.exit(error, out, complaint);
        parsed.text = status == 0 ? out.str() : complaint.str();
        parsed.exitStatus = status == 0 ? 0 : 2;
        return parsed;
    }
    line.command = app.get_subcommands().front()->get_name();
    if (!stateDir.empty()) {
        line.stateDir = stateDir;
    }
    parsed.command = std::move(line);
    return parsed;
}

} // namespace binnacle::stack
