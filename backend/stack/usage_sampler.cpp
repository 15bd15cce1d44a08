// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/usage_sampler.h"

#include "backend/stack/first_start.h"
#include "backend/stack/log_text.h"
#include "backend/stack/process_tree.h"

namespace binnacle::stack {

namespace {

constexpr std::chrono::seconds interval{5};
constexpr int roundsBetweenHousekeeping = 3;
constexpr std::uintmax_t longestLog = 8 << 20;
constexpr std::size_t postgresLogFiles = 12;
constexpr std::uintmax_t postgresLogBytes = 64 << 20;

} // namespace

UsageSampler::UsageSampler(StackPaths paths, const StatusBoard& board, pid_t guardian)
    : m_paths(std::move(paths))
    , m_board(board)
    , m_guardian(guardian) {
    measureProcesses(); // so that whoever asks next gets figures
    m_thread = std::thread([this] { run(); });
}

UsageSampler::~UsageSampler() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

UsageSample UsageSampler::latest() const {
    const std::scoped_lock lock(m_mutex);
    return m_latest;
}

void UsageSampler::run() {
    syncOnce(m_paths); // here, where nobody waits
    for (int round = 0;; ++round) {
        if (round % roundsBetweenHousekeeping == 0) {
            keepHouse();
        }
        std::unique_lock lock(m_mutex);
        if (m_wake.wait_for(lock, interval, [this] { return m_stopping; })) {
            return;
        }
        lock.unlock();
        measureProcesses();
    }
}

void UsageSampler::measureProcesses() {
    const auto table = ProcessTable::read();
    UsageSample sample;
    sample.pssBytes = pssBytesOf(::getpid()) + (m_guardian > 1 ? pssBytesOf(m_guardian) : 0);
    for (const auto& component : m_board.all()) {
        if (component.pid == 0) {
            continue;
        }
        Usage usage;
        for (const pid_t pid : table.treeOf(component.pid)) {
            usage.pssBytes += pssBytesOf(pid);
        }
        usage.cpuSeconds = table.cpuSecondsOf(component.pid);
        sample.pssBytes += usage.pssBytes;
        sample.components.emplace(component.name, usage);
    }
    const std::scoped_lock lock(m_mutex);
    sample.diskBytes = m_latest.diskBytes;
    m_latest = std::move(sample);
}

void UsageSampler::keepHouse() {
    std::error_code error;
    for (const auto& log : std::filesystem::directory_iterator(m_paths.logs(), error)) {
        if (log.path().extension() == ".log") {
            rotateLog(log.path(), longestLog);
        }
    }
    pruneDirectory(m_paths.postgresData("primary") / "log", postgresLogFiles, postgresLogBytes);
    const auto bytes = diskBytesOf(m_paths.state);
    const std::scoped_lock lock(m_mutex);
    m_latest.diskBytes = bytes;
}

} // namespace binnacle::stack
