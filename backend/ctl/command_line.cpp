// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/command_line.h"

#include "backend/ctl/snapshot_command.h"
#include "backend/ctl/top_command.h"

#include <CLI/CLI.hpp>

namespace binnacle::ctl {

int runCommandLine(int argc, char** argv) {
    Options options;
    std::string stateDir;
    CLI::App app("Readings of a Binnacle stack, from a terminal or a script", "binnaclectl");
    app.set_version_flag("--version", std::string("binnaclectl ") + BINNACLE_VERSION);
    app.add_option("--state-dir", stateDir, "The stack's state directory")
        ->type_name("DIR")
        ->check([](const std::string& text) { // an unset variable of a script must not mean the default stack
            return text.empty() ? std::string("needs the name of a directory") : std::string();
        });
    app.add_flag("--json", options.json, "One JSON document on standard output");
    app.require_subcommand(1);
    app.fallthrough();

    auto* const snapshot = app.add_subcommand("snapshot", "Read every source twice, one second apart, and print it");
    snapshot->add_option("--source", options.source, "Only this source, or those whose names begin so")
        ->type_name("NAME");
    auto* const top = app.add_subcommand("top", "A live view of the request path (q quits, p pauses)");
    top->add_flag("--once", options.once, "Print one frame as plain text and leave");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? kDone : kUsage;
    }
    if (!stateDir.empty()) {
        options.stateDir = stateDir;
    }
    return snapshot->parsed() ? runSnapshot(options) : runTop(options);
}

} // namespace binnacle::ctl
