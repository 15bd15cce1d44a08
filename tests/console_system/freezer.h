// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace binnacle::test {

/// Stops the components of a bundled stack by SIGSTOP, each with all its children: one after the other for `each`, at
/// last all of them together, and again from the beginning. A thread of its own; what it stopped goes on at its end.
class Freezer {
public:
    Freezer(std::string supervisorSocket, std::chrono::milliseconds each);
    ~Freezer();

    /// How often a component was stopped, and all together.
    [[nodiscard]] int stops() const { return m_stops; }
    /// All components and all of them together had their turn.
    [[nodiscard]] bool wentAround() const { return m_rounds > 0; }

private:
    void run(const std::stop_token& stop);
    void freeze(const std::stop_token& stop, const std::vector<std::string>& components);

    std::string m_socket;
    std::chrono::milliseconds m_each;
    std::atomic<int> m_stops = 0;
    std::atomic<int> m_rounds = 0;
    std::jthread m_thread;
};

} // namespace binnacle::test
