// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace binnacle::stack {

/// One row of the kernel's process table.
struct ProcessRow {
    pid_t parent = 0;
    char state = '?';                      ///< as in /proc/PID/stat: R, S, D, T (stopped), Z (dead, not waited for)
    std::uint64_t ownTicks = 0;            ///< user and system time of the process
    std::uint64_t waitedChildrenTicks = 0; ///< that of its children which it has waited for
};

/// All processes at one instant.
class ProcessTable {
public:
    [[nodiscard]] static ProcessTable read();

    /// A process and its descendants, parents before children; empty when it does not exist.
    [[nodiscard]] std::vector<pid_t> treeOf(pid_t root) const;
    [[nodiscard]] std::vector<pid_t> childrenOf(pid_t parent) const;
    [[nodiscard]] const ProcessRow* row(pid_t pid) const;

    /// CPU seconds of a tree, children that have ended included.
    [[nodiscard]] double cpuSecondsOf(pid_t root) const;

private:
    std::map<pid_t, ProcessRow> m_rows;
    std::multimap<pid_t, pid_t> m_children;
};

/// The state letter of one process as in ProcessRow, '?' when there is no such process.
[[nodiscard]] char processState(pid_t pid);

/// Proportional set size of one process in bytes, 0 when it can't be read.
[[nodiscard]] std::uint64_t pssBytesOf(pid_t pid);

/// Living processes whose working directory is `directory` or lies below: what an earlier supervisor left behind,
/// since every component works in the state directory. Never this process itself, never one that is root's.
[[nodiscard]] std::vector<pid_t> processesWorkingIn(const std::filesystem::path& directory, uid_t owner);

/// Ends processes with SIGKILL and waits until they are gone (zombies count as gone), at most 2 s.
void killAndWait(const std::vector<pid_t>& processes);

/// Bytes that a directory tree takes on the disk. Does not follow symbolic links; files may vanish meanwhile.
[[nodiscard]] std::uint64_t diskBytesOf(const std::filesystem::path& directory);

} // namespace binnacle::stack
