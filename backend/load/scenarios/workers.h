// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace binnacle::load {

/// Threads of a scenario, each doing one thing until it is asked to end. They die with the process, and what they hold
/// at a server goes with their connections.
class Workers {
public:
    ~Workers() { stop(); }

    /// `work(number, keepOn)` returns soon after keepOn() is false.
    void start(int count, const std::function<void(int number, const std::function<bool()>& keepOn)>& work) {
        for (int number = 0; number < count; ++number) {
            m_threads.emplace_back([this, number, work] { work(number, [this] { return !m_stopping; }); });
        }
    }
    void stop() {
        m_stopping = true;
        for (auto& thread : m_threads) {
            thread.join();
        }
        m_threads.clear();
    }

private:
    std::atomic<bool> m_stopping{false};
    std::vector<std::thread> m_threads;
};

} // namespace binnacle::load
