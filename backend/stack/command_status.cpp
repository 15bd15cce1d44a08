// SPDX-License-Identifier: GPL-3.0-or-later
// `status`, `down`, `reset` and `logs`.
#include "backend/stack/commands.h"
#include "backend/stack/files.h"
#include "backend/stack/preparation.h"
#include "backend/stack/stack_client.h"
#include "backend/stack/status_document.h"

#include <nlohmann/json.hpp>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <thread>

namespace binnacle::stack {

namespace {

using Clock = std::chrono::steady_clock;

/// True when a supervisor, or the guardian that clears up after one, holds the stack. A directory that can't be read
/// is somebody else's.
bool isHeld(const StackPaths& paths) {
    std::error_code error;
    if (!std::filesystem::exists(paths.lockFile(), error)) {
        return false;
    }
    const auto lock = tryLock(paths);
    return lock && !*lock;
}

/// Why nothing can be told of a state directory: it is another account's. Empty when it is ours to read, or not there.
std::string unreadable(const StackPaths& paths) {
    struct stat status {};
    const bool hidden =
        ::stat(paths.state.c_str(), &status) != 0 ? errno == EACCES : ::access(paths.state.c_str(), R_OK | X_OK) != 0;
    return hidden ? paths.state.string() + " can't be read by this account. Ask as the account that started the stack, "
                                           "or as root."
                  : std::string();
}

/// In MB, right-aligned in ten columns; a dash while there is no figure. Padded here: printf would count the dash's
/// three bytes.
std::string memoryText(double bytes) {
    if (bytes <= 0) {
        return std::string(9, ' ') + "—";
    }
    const auto tenths = std::llround(bytes / 1e5);
    const auto figure = std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
    return std::string(10 - std::min<std::size_t>(figure.size(), 10), ' ') + figure;
}

void printTable(const nlohmann::json& document) {
    std::printf("%-14s %-17s %-9s %8s %9s %10s  %s\n", "component", "role", "state", "pid", "restarts", "memory MB",
                "");
    for (const auto& component : document["components"]) {
        std::printf("%-14s %-17s %-9s %8d %9d %s  %s\n", component.value("name", "").c_str(),
                    component.value("role", "").c_str(), component.value("state", "").c_str(),
                    component.value("pid", 0), component.value("restarts", 0),
                    memoryText(component.value("pss_bytes", 0.0)).c_str(), component.value("message", "").c_str());
    }
    if (const auto bytes = document.value("pss_bytes", 0.0); bytes > 0) { // absent until it has been measured once
        std::printf("memory %.1f MB in all, disk %.0f of %.0f MB\n", bytes / 1e6,
                    document["disk"].value("used_bytes", 0.0) / 1e6, document["disk"].value("quota_bytes", 0.0) / 1e6);
    }
    std::printf("API %s\n", document["endpoints"].value("api", "").c_str());
}

/// Prints what was added to a file since `offset` and moves that on. A file that shrank was rotated: from its start.
void printNew(const std::filesystem::path& path, std::uintmax_t& offset, const std::string& prefix) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        return;
    }
    if (size < offset) {
        offset = 0;
    }
    std::ifstream file(path);
    file.seekg(static_cast<std::streamoff>(offset));
    std::string line;
    while (std::getline(file, line)) {
        if (file.eof()) {
            break; // not a whole line yet
        }
        offset += line.size() + 1;
        std::printf("%s%s\n", prefix.c_str(), line.c_str());
    }
    std::fflush(stdout);
}

/// The log files of a component, or of all; PostgreSQL's own JSON logs belong to the primary.
std::map<std::filesystem::path, std::string> logFiles(const StackPaths& paths, const std::string& component) {
    std::map<std::filesystem::path, std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(paths.logs(), error)) {
        const auto name = entry.path().stem().string();
        if (entry.path().extension() == ".log" && (component.empty() || component == name)) {
            files.emplace(entry.path(), name);
        }
    }
    if (component.empty() || component == "primary") {
        for (const auto& entry : std::filesystem::directory_iterator(paths.postgresData("primary") / "log", error)) {
            if (entry.path().extension() == ".json") {
                files.emplace(entry.path(), "primary");
            }
        }
    }
    return files;
}

/// All logs as one document, which ends: {"logs":[{"component","file","lines":[]}]}.
void printLogsDocument(const std::map<std::filesystem::path, std::string>& files) {
    auto logs = nlohmann::json::array();
    for (const auto& [path, name] : files) {
        auto lines = nlohmann::json::array();
        std::ifstream file(path);
        for (std::string text; std::getline(file, text);) {
            lines.push_back(std::move(text));
        }
        logs.push_back({{"component", name}, {"file", path.string()}, {"lines", std::move(lines)}});
    }
    const nlohmann::json document = {{"logs", std::move(logs)}};
    std::printf("%s\n", document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

} // namespace

int commandStatus(const CommandLine& line, const StackPaths& paths) {
    auto document = fetchStatus(paths, std::chrono::seconds(3));
    // A supervisor that has just been started prepares before it listens.
    for (int attempt = 0; attempt < 40 && !document && document.error().code == ErrorCode::Refused && isHeld(paths);
         ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        document = fetchStatus(paths, std::chrono::seconds(3));
    }
    if (!document && document.error().code == ErrorCode::Denied) {
        return complain(line, document.error().text);
    }
    if (!document && isHeld(paths)) {
        return complain(line, "The supervisor (process " + std::to_string(lockHolder(paths)) +
                                  ") does not answer yet: " + document.error().text);
    }
    if (const auto why = unreadable(paths); !document && !why.empty()) {
        return complain(line, why);
    }
    const auto text = document ? *document : stoppedDocument(paths, lastFailure(paths));
    if (line.json) {
        std::printf("%s\n", text.c_str());
        return 0;
    }
    const auto parsed = nlohmann::json::parse(text, nullptr, false);
    const auto state = parsed.value("state", "");
    std::printf("The stack in %s is %s.\n", paths.state.c_str(), state.c_str());
    for (const char* detail : {"step", "message"}) {
        if (parsed.contains(detail)) {
            std::printf("%s\n", parsed.value(detail, "").c_str());
        }
    }
    if (document) {
        printTable(parsed);
    }
    return 0;
}

int commandDown(const CommandLine& line, const StackPaths& paths) {
    const auto asked = postToStack(paths, "/v1/down", std::chrono::seconds(3));
    if (!asked && asked.error().code == ErrorCode::Denied) {
        return complain(line, asked.error().text);
    }
    if (const auto why = unreadable(paths); !asked && !why.empty()) {
        return complain(line, why);
    }
    if (!asked && isHeld(paths)) {
        // It holds the lock and does not answer: the signal says the same.
        if (const pid_t holder = lockHolder(paths); holder > 1) {
            ::kill(holder, SIGTERM);
        }
    }
    const auto deadline = Clock::now() + std::chrono::seconds(60);
    while (isHeld(paths)) {
        if (Clock::now() > deadline) {
            return complain(line, "The supervisor (process " + std::to_string(lockHolder(paths)) +
                                      ") does not end. End it with 'kill -9'; its guardian then clears up.");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    if (line.json) {
        std::printf("%s\n", stoppedDocument(paths, "").c_str());
    } else {
        std::printf(asked ? "The stack is stopped.\n" : "The stack was not running.\n");
    }
    return 0;
}

int commandReset(const CommandLine& line, const StackPaths& paths) {
    if (isHeld(paths)) {
        return complain(line, "The stack runs. Stop it with 'binnacle-stack down' first.", 3);
    }
    std::error_code error;
    if (!std::filesystem::exists(paths.stateFile(), error)) {
        if (line.json) {
            std::printf("%s\n", stoppedDocument(paths, "").c_str());
        } else {
            std::printf("There is no stack in %s.\n", paths.state.c_str());
        }
        return 0;
    }
    if (!line.yes) {
        if (::isatty(STDIN_FILENO) == 0) {
            return complain(line,
                            "This deletes all data of the stack in " + paths.state.string() +
                                ". Without a terminal to ask on, confirm with --yes.",
                            2);
        }
        std::fprintf(stderr, "Delete all data of the stack in %s? Type yes: ", paths.state.c_str());
        std::string answer;
        std::getline(std::cin, answer);
        if (answer != "yes") {
            return complain(line, "Nothing was deleted.", 3);
        }
    }
    // The marker goes last, so that an interrupted reset can be repeated.
    for (const auto& name : ownEntries()) {
        if (name != "state.json") {
            std::filesystem::remove_all(paths.state / name, error);
            if (error) {
                return complain(line, fileError("deleted", paths.state / name, error.value()).text);
            }
        }
    }
    std::filesystem::remove(paths.stateFile(), error);
    std::filesystem::remove_all(paths.run, error);
    std::filesystem::remove(paths.state, error); // only when nothing foreign is in it
    if (line.json) {
        std::printf("%s\n", stoppedDocument(paths, "").c_str());
    } else {
        std::printf("The stack's data in %s is deleted.\n", paths.state.c_str());
    }
    return 0;
}

int commandLogs(const CommandLine& line, const StackPaths& paths) {
    if (line.json && line.follow) {
        return complain(line, "--json prints one document and ends: leave out --follow, or --json.", 2);
    }
    auto files = logFiles(paths, line.component);
    if (files.empty()) {
        return complain(line, line.component.empty()
                                  ? "There are no logs in " + paths.logs().string() + "."
                                  : "There is no log of '" + line.component + "' in " + paths.logs().string() + ".");
    }
    if (line.json) {
        printLogsDocument(files);
        return 0;
    }
    std::map<std::filesystem::path, std::uintmax_t> offsets;
    do {
        for (const auto& [path, name] : files) {
            printNew(path, offsets[path], line.component.empty() ? name + ": " : "");
        }
        if (line.follow) {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            files = logFiles(paths, line.component);
        }
    } while (line.follow && std::ferror(stdout) == 0);
    return 0;
}

} // namespace binnacle::stack
