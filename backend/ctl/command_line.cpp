// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/ctl/command_line.h"

#include "backend/actions/action_documents.h"
#include "backend/ctl/action_commands.h"
#include "backend/ctl/budget_command.h"
#include "backend/ctl/record_command.h"
#include "backend/ctl/snapshot_command.h"
#include "backend/ctl/top_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <span>

namespace binnacle::ctl {

namespace {

using Command = int (*)(const Options&);

void addGatewayOptions(CLI::App& command, Options& options) {
    command.add_option("--token-file", options.tokenFile, "Act as the person of this token")
        ->envname("BINNACLE_TOKEN_FILE")
        ->type_name("FILE");
    command.add_flag("!--no-break-glass", options.mayBreakGlass, "Do nothing when control does not answer");
}

void addActOptions(CLI::App& command, Options& options) {
    command.add_option("--reason", options.reason, "Why; it stands in the audit")->required();
    command.add_flag("--yes", options.yes, "Do not ask");
    command.add_option("--type", options.typed, "The word that a dangerous action wants typed")->type_name("WORD");
    command.add_option("--request-id", options.requestId, "Asked twice under one id, it is done once")->type_name("ID");
    addGatewayOptions(command, options);
}

/// The commands that act, each with what runs it.
std::vector<std::pair<const CLI::App*, Command>> addActionCommands(CLI::App& app, Options& options) {
    auto* const actions = app.add_subcommand("actions", "What can be done, with parameters and roles");
    auto* const preview = app.add_subcommand("preview", "What an action would do now");
    auto* const run = app.add_subcommand("run", "Carry an action out");
    for (auto* const command : {preview, run}) {
        command->add_option("action", options.action, "See: binnaclectl actions")->required()->type_name("ACTION");
        command->add_option("parameters", options.parameters, "For example level=2")->type_name("NAME=VALUE");
    }
    addGatewayOptions(*preview, options);
    addActOptions(*run, options);
    auto* const undo = app.add_subcommand("undo", "Take an action back");
    undo->add_option("number", options.reference, "NUMBER of control's audit, or WRITER:NUMBER")
        ->required()
        ->type_name("NUMBER");
    addActOptions(*undo, options);
    auto* const effect = app.add_subcommand("effect", "What an action changed: before against after");
    effect->add_option("number", options.reference, "NUMBER of control's audit")->required()->type_name("NUMBER");
    effect->add_flag("--wait", options.wait, "Wait until it can be told, a minute and a half after the action");
    effect->add_option("--token-file", options.tokenFile, "Ask as the person of this token")->type_name("FILE");
    auto* const audit = app.add_subcommand("audit", "Who did what and why");
    audit->add_flag("--verify", options.verify, "Check that nothing was changed, removed or cut off");
    audit->add_option("--writer", options.writer, "Another writer's chain than control's")->type_name("WRITER");
    audit->add_option("--limit", options.limit, "The last so many entries")->check(CLI::Range(1, 1000));
    audit->add_option("--token-file", options.tokenFile, "Ask as the person of this token")->type_name("FILE");
    auto* const migrate = app.add_subcommand("migrate", "Migrations of the database");
    migrate->require_subcommand(1);
    auto* const status = migrate->add_subcommand("status", "Which there are and how they stand");
    status->add_option("--token-file", options.tokenFile, "Ask as the person of this token")->type_name("FILE");
    auto* const apply = migrate->add_subcommand("apply", "Apply one, with live progress");
    auto* const rollback = migrate->add_subcommand("rollback", "Take one back");
    for (auto* const command : {apply, rollback}) {
        command->add_option("id", options.migration, "See: binnaclectl migrate status")->required()->type_name("ID");
        addActOptions(*command, options);
    }
    return {{actions, runActions},         {preview, runPreview}, {run, runAction},           {undo, runUndo},
            {effect, runEffect},           {audit, runAudit},     {status, runMigrateStatus}, {apply, runMigrateApply},
            {rollback, runMigrateRollback}};
}

std::vector<std::pair<const CLI::App*, Command>> addRecordCommands(CLI::App& app, Options& options) {
    auto& record = options.record;
    auto* const group = app.add_subcommand("record", "The flight recorder: record, look into, cut and replay");
    group->require_subcommand(1);
    auto* const run = group->add_subcommand("run", "Record until ended by a signal, keeping the last day");
    run->add_option("--file", record.file, "The recording, instead of the usual place")->type_name("FILE");
    run->add_option("--keep", record.keep, "Drop what is older")->type_name("DURATION")->capture_default_str();
    run->add_option("--max-bytes", record.maxBytes, "Drop the oldest beyond this size")
        ->type_name("SIZE")
        ->capture_default_str();
    run->add_option("--stack-socket", record.socket, "The supervisor's socket, instead of the usual place")
        ->type_name("FILE");
    auto* const start = group->add_subcommand("start", "Record for a while into a file of its own");
    start->add_option("--for", record.length, "How long, for example 8s, 5m or 1h")->required()->type_name("DURATION");
    auto* const info = group->add_subcommand("info", "What a recording holds");
    auto* const cut = group->add_subcommand("cut", "Write a part of a recording into a file of its own");
    auto* const replay = group->add_subcommand("replay", "Look at a recording as top does; arrows move and pace it");
    for (auto* const command : {info, cut, replay}) {
        command->add_option("file", record.file, "The recording")->required()->type_name("FILE");
    }
    for (auto* const command : {start, cut}) {
        command->add_option("--out", record.out, "The file to make")->required()->type_name("FILE");
    }
    cut->add_option("--from", record.from, "From then on, for example 2026-11-25T18:04:05Z or -5m")->type_name("TIME");
    cut->add_option("--to", record.to, "Up to then")->type_name("TIME");
    replay->add_option("--at", record.at, "Begin there; without a terminal: print that instant")->type_name("TIME");
    return {{run, runRecorder},
            {start, runRecordStart},
            {info, runRecordInfo},
            {cut, runRecordCut},
            {replay, runRecordReplay}};
}

} // namespace

int runCommandLine(int argc, char** argv) {
    Options options;
    std::string stateDir;
    const auto notEmpty = [](const std::string& text) { // an unset variable of a script must not mean the default stack
        return text.empty() ? std::string("needs a name") : std::string();
    };
    CLI::App app("Readings of a Binnacle stack, from a terminal or a script", "binnaclectl");
    app.set_version_flag("--version", std::string("binnaclectl ") + BINNACLE_VERSION);
    auto* const dir =
        app.add_option("--state-dir", stateDir, "The stack's state directory")->type_name("DIR")->check(notEmpty);
    app.add_option("--connect", options.connect, "Servers of a profile (its name or file) instead of the bundled stack")
        ->type_name("PROFILE")
        ->check(notEmpty)
        ->excludes(dir);
    app.add_flag("--json", options.json, "One JSON document on standard output");
    app.require_subcommand(1);
    app.fallthrough();

    auto* const snapshot = app.add_subcommand("snapshot", "Read every source twice, one second apart, and print it");
    snapshot->add_option("--source", options.source, "Only this source, or those whose names begin so")
        ->type_name("NAME");
    auto* const top = app.add_subcommand("top", "A live view of the request path (q quits, p pauses)");
    top->add_flag("--once", options.once, "Print one frame as plain text and leave");

    auto* const budget = app.add_subcommand("budget", "The error budget, from what the flight recorder has kept");
    budget->add_option("--file", options.record.file, "A recording, instead of the recorder's")->type_name("FILE");

    auto commands = addActionCommands(app, options);
    commands.emplace_back(snapshot, runSnapshot);
    commands.emplace_back(top, runTop);
    commands.emplace_back(budget, runBudget);
    std::ranges::copy(addRecordCommands(app, options), std::back_inserter(commands));

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        const bool json = std::ranges::any_of(std::span(argv, static_cast<std::size_t>(argc)),
                                              [](const char* text) { return std::string_view(text) == "--json"; });
        if (code != 0 && json) {
            std::printf("%s\n", errorDocument(ErrorCode::Invalid, error.what()).c_str());
        }
        return code == 0 ? kDone : kUsage;
    }
    if (!stateDir.empty()) {
        options.stateDir = stateDir;
    }
    for (const auto& [command, run] : commands) {
        if (command->parsed()) {
            return run(options);
        }
    }
    return kUsage;
}

} // namespace binnacle::ctl
