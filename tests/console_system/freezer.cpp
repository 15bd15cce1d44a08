// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console_system/freezer.h"

#include "backend/clients/stack_client.h"

#include <condition_variable>
#include <csignal>
#include <fstream>
#include <mutex>
#include <sys/types.h>
#include <utility>

namespace binnacle::test {

namespace {

constexpr std::chrono::seconds kPatience{2};

/// Stops a process and what it started, the parents first: who is stopped cannot make more of them.
void stopTree(std::vector<pid_t>& pids, pid_t pid) {
    pids.push_back(pid);
    ::kill(pid, SIGSTOP);
    const auto id = std::to_string(pid);
    std::ifstream children("/proc/" + id + "/task/" + id + "/children");
    for (pid_t child = 0; children >> child;) {
        stopTree(pids, child);
    }
}

void pause(const std::stop_token& stop, std::chrono::milliseconds span) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, span, [] { return false; });
}

} // namespace

Freezer::Freezer(std::string supervisorSocket, std::chrono::milliseconds each)
    : m_socket(std::move(supervisorSocket))
    , m_each(each)
    , m_thread([this](const std::stop_token& stop) { run(stop); }) {}

Freezer::~Freezer() = default;

void Freezer::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto status = StackClient(m_socket).status(std::chrono::steady_clock::now() + kPatience);
        if (!status) {
            pause(stop, std::chrono::milliseconds(100));
            continue;
        }
        std::vector<std::string> all;
        for (const auto& component : status->components) {
            all.push_back(component.name);
        }
        for (const auto& name : all) {
            freeze(stop, {name});
        }
        freeze(stop, all);
        m_rounds += stop.stop_requested() ? 0 : 1;
    }
}

void Freezer::freeze(const std::stop_token& stop, const std::vector<std::string>& components) {
    if (stop.stop_requested()) {
        return;
    }
    // Asked anew each time: the supervisor may have restarted what did not answer.
    const auto status = StackClient(m_socket).status(std::chrono::steady_clock::now() + kPatience);
    std::vector<pid_t> pids;
    for (const auto& name : components) {
        const auto* component = status ? status->component(name) : nullptr;
        if (component != nullptr && component->pid > 1 && component->state == "running") {
            stopTree(pids, static_cast<pid_t>(component->pid));
        }
    }
    m_stops += pids.empty() ? 0 : 1;
    pause(stop, m_each);
    for (auto pid = pids.rbegin(); pid != pids.rend(); ++pid) {
        ::kill(*pid, SIGCONT);
    }
    pause(stop, m_each / 4);
}

} // namespace binnacle::test
