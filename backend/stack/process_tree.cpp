// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/process_tree.h"

#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

namespace binnacle::stack {

namespace {

template <typename Visit>
void forEachProcess(Visit visit) {
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator("/proc", error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const auto name = entry->path().filename().string();
        pid_t pid = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (parsed.ec == std::errc() && parsed.ptr == name.data() + name.size()) {
            visit(pid);
        }
    }
}

bool readRow(pid_t pid, ProcessRow& row) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line)) {
        return false;
    }
    // The name in parentheses may itself hold spaces and parentheses: the fields begin after the last one.
    const auto close = line.rfind(')');
    if (close == std::string::npos) {
        return false;
    }
    std::istringstream fields(line.substr(close + 1));
    long long skipped = 0;
    std::uint64_t user = 0;
    std::uint64_t system = 0;
    std::uint64_t childrenUser = 0;
    std::uint64_t childrenSystem = 0;
    fields >> row.state >> row.parent;
    for (int i = 0; i < 9; ++i) {
        fields >> skipped;
    }
    fields >> user >> system >> childrenUser >> childrenSystem;
    row.ownTicks = user + system;
    row.waitedChildrenTicks = childrenUser + childrenSystem;
    return static_cast<bool>(fields);
}

bool isAlive(pid_t pid) {
    const char state = processState(pid);
    return state != '?' && state != 'Z' && state != 'X';
}

} // namespace

ProcessTable ProcessTable::read() {
    ProcessTable table;
    forEachProcess([&](pid_t pid) {
        ProcessRow row;
        if (readRow(pid, row)) {
            table.m_children.emplace(row.parent, pid);
            table.m_rows.emplace(pid, row);
        }
    });
    return table;
}

std::vector<pid_t> ProcessTable::treeOf(pid_t root) const {
    std::vector<pid_t> tree;
    if (m_rows.contains(root)) {
        tree.push_back(root);
    }
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const auto children = childrenOf(tree[i]);
        tree.insert(tree.end(), children.begin(), children.end());
    }
    return tree;
}

std::vector<pid_t> ProcessTable::childrenOf(pid_t parent) const {
    std::vector<pid_t> children;
    const auto [from, to] = m_children.equal_range(parent);
    for (auto child = from; child != to; ++child) {
        children.push_back(child->second);
    }
    return children;
}

const ProcessRow* ProcessTable::row(pid_t pid) const {
    const auto found = m_rows.find(pid);
    return found == m_rows.end() ? nullptr : &found->second;
}

double ProcessTable::cpuSecondsOf(pid_t root) const {
    std::uint64_t ticks = 0;
    for (const pid_t pid : treeOf(root)) {
        const auto& process = m_rows.at(pid);
        ticks += process.ownTicks + process.waitedChildrenTicks;
    }
    return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

char processState(pid_t pid) {
    ProcessRow row;
    return readRow(pid, row) ? row.state : '?';
}

std::uint64_t pssBytesOf(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("Pss:")) {
            return std::stoull(line.substr(4)) * 1024;
        }
    }
    return 0;
}

std::vector<pid_t> processesWorkingIn(const std::filesystem::path& directory, uid_t owner) {
    std::vector<pid_t> found;
    const auto below = directory.string() + "/";
    forEachProcess([&](pid_t pid) {
        const auto base = std::filesystem::path("/proc") / std::to_string(pid);
        struct stat status {};
        if (pid == ::getpid() || ::stat(base.c_str(), &status) != 0 || status.st_uid != owner) {
            return;
        }
        std::error_code error;
        const auto place = std::filesystem::read_symlink(base / "cwd", error).string();
        std::error_code noProgram;
        const auto program = std::filesystem::read_symlink(base / "exe", noProgram).filename().string();
        // A person's shell may stand in the state directory, too.
        const bool ours = program.starts_with("postgres") || program.starts_with("pgbouncer") ||
                          program.starts_with("haproxy") || program.starts_with("redis-") ||
                          program.starts_with("initdb") || program.starts_with("pg_basebackup") ||
                          program.starts_with("binnacle-service") || program.starts_with("binnacle-control") ||
                          program.starts_with("binnacle-load");
        if (!error && ours && (place == directory.string() || place.starts_with(below)) && isAlive(pid)) {
            found.push_back(pid);
        }
    });
    return found;
}

void killAndWait(const std::vector<pid_t>& processes) {
    for (const pid_t pid : processes) {
        ::kill(pid, SIGKILL);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    for (const pid_t pid : processes) {
        while (isAlive(pid) && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
}

std::uint64_t diskBytesOf(const std::filesystem::path& directory) {
    std::uint64_t bytes = 0;
    std::error_code error;
    auto entry = std::filesystem::recursive_directory_iterator(
        directory, std::filesystem::directory_options::skip_permission_denied, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
        struct stat status {};
        if (::lstat(entry->path().c_str(), &status) == 0) {
            bytes += static_cast<std::uint64_t>(status.st_blocks) * 512;
        }
    }
    return bytes;
}

} // namespace binnacle::stack
