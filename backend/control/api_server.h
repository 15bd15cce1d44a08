// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/control/control_api.h"

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace binnacle::control {

/// HTTP/1.1 on a Unix socket of mode 0600, a thread per connection: an act may take seconds and must not hold up
/// another. Connections, sizes and times are bounded.
class ApiServer {
public:
    using Handler = std::function<ApiReply(const ApiCall&)>;

    static constexpr std::size_t maxConnections = 32;
    static constexpr std::size_t maxHeadBytes = 8192;
    static constexpr std::size_t maxBodyBytes = 65536;
    static constexpr std::chrono::seconds idleLimit{60};
    static constexpr std::chrono::seconds requestLimit{5}; ///< from the first byte of a request to its last

    explicit ApiServer(Handler handler)
        : m_handler(std::move(handler)) {}
    ~ApiServer();
    ApiServer(const ApiServer&) = delete;
    ApiServer& operator=(const ApiServer&) = delete;

    /// Replaces a socket that a killed predecessor left behind: the caller holds the state's lock.
    [[nodiscard]] Result<void> listen(const std::string& path);
    /// Ends all connections and joins; an answer under way is still sent.
    void stop();

private:
    struct Connection {
        int fd = -1;
        std::atomic<bool> done{false};
        std::jthread thread;
        Connection() = default;
        Connection(const Connection&) = delete;
        Connection& operator=(const Connection&) = delete;
        ~Connection();
    };

    void acceptAll();
    void serve(Connection& connection);
    [[nodiscard]] bool serveOne(Connection& connection, std::string& buffer, uid_t peer);
    void reap();

    Handler m_handler;
    std::string m_path;
    int m_listener = -1;
    int m_wake = -1;
    std::atomic<bool> m_stopping{false};
    std::mutex m_mutex;
    std::list<Connection> m_connections;
    std::jthread m_acceptor;
};

} // namespace binnacle::control
