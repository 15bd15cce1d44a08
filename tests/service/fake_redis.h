// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace binnacle::service::test {

/// As much of Redis as the service uses, on a Unix socket, with the power to fall silent.
class FakeRedis {
public:
    explicit FakeRedis(std::string socketPath);
    ~FakeRedis();
    FakeRedis(const FakeRedis&) = delete;
    FakeRedis& operator=(const FakeRedis&) = delete;

    void put(const std::string& key, const std::string& value);
    [[nodiscard]] bool has(const std::string& key);
    /// While silent it reads commands and answers nothing, like a stopped process.
    void setSilent(bool silent) { m_silent = silent; }

private:
    void serve();
    void talk(int client);
    [[nodiscard]] std::string answer(const std::vector<std::string>& words);

    std::string m_path;
    int m_listener;
    std::atomic<bool> m_silent{false};
    std::atomic<bool> m_ending{false};
    std::mutex m_mutex;
    std::map<std::string, std::string> m_values;
    std::vector<std::thread> m_talks;
    std::thread m_thread;
};

} // namespace binnacle::service::test
