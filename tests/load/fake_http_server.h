// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace binnacle::load::test {

struct FakeRequest {
    std::string line; ///< "GET /v1/projects HTTP/1.1"
    std::string head; ///< header lines
    std::string body;
    std::string user;   ///< X-User
    int connection = 0; ///< counts accepted connections from 1
    std::chrono::steady_clock::time_point at;
};

struct FakeReply {
    std::string bytes;
    std::chrono::milliseconds delay{0};
    bool close = false;  ///< close behind the bytes
    bool silent = false; ///< never answer
};

/// HTTP/1.1 200 with a body and keep-alive.
[[nodiscard]] FakeReply jsonReply(std::string body, int status = 200);
/// Answers as the service's API would with 4 projects and tasks 100..119.
[[nodiscard]] FakeReply apiReply(const FakeRequest& request);

/// A small real server on the loopback device or a Unix socket, on a thread of its own: a script says how it answers.
class FakeHttpServer {
public:
    using Script = std::function<FakeReply(const FakeRequest&)>;

    /// `unixPath` empty: a free TCP port. `port` 0: any.
    explicit FakeHttpServer(Script script, std::chrono::milliseconds closeIdleAfter = std::chrono::milliseconds(0),
                            const std::string& unixPath = {}, int port = 0);
    ~FakeHttpServer();
    FakeHttpServer(const FakeHttpServer&) = delete;
    FakeHttpServer& operator=(const FakeHttpServer&) = delete;

    [[nodiscard]] std::string url() const;
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::vector<FakeRequest> requests() const;
    [[nodiscard]] int accepted() const { return m_accepted; }

private:
    struct Connection {
        int number = 0;
        std::string in;
        std::string out;
        std::chrono::steady_clock::time_point answerAt;
        std::chrono::steady_clock::time_point lastUsed;
        bool pending = false; ///< a reply waits for answerAt
        bool closeAfter = false;
    };

    void serve();
    void acceptOne();
    bool readSome(int fd, Connection& connection);
    bool answerDue(int fd, Connection& connection);
    std::optional<FakeRequest> takeRequest(Connection& connection) const;

    Script m_script;
    std::chrono::milliseconds m_closeIdleAfter;
    int m_listener = -1;
    int m_port = 0;
    std::map<int, Connection> m_connections;
    std::atomic<int> m_accepted{0};
    std::atomic<bool> m_stop{false};
    mutable std::mutex m_mutex;
    std::vector<FakeRequest> m_requests;
    std::thread m_thread;
};

} // namespace binnacle::load::test
