// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/stack/stack_paths.h"
#include "backend/stack/status_board.h"

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace binnacle::stack {

struct Usage {
    std::uint64_t pssBytes = 0;
    double cpuSeconds = 0;
};

/// What the stack takes of the machine, by component and in all.
struct UsageSample {
    std::map<std::string, Usage> components;
    std::uint64_t pssBytes = 0; ///< of all components and the supervisor with its guardian
    std::uint64_t diskBytes = 0;
};

/// Measures the stack in a thread of its own, memory every 5 s and the disk every 15 s, and keeps its logs bounded.
class UsageSampler {
public:
    UsageSampler(StackPaths paths, const StatusBoard& board, pid_t guardian);
    ~UsageSampler();
    UsageSampler(const UsageSampler&) = delete;
    UsageSampler& operator=(const UsageSampler&) = delete;

    [[nodiscard]] UsageSample latest() const;

private:
    void run();
    void measureProcesses();
    void keepHouse();

    StackPaths m_paths;
    const StatusBoard& m_board;
    pid_t m_guardian;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    UsageSample m_latest;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace binnacle::stack
