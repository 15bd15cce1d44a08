// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace binnacle::bench {

/// Sends one request over and over on kept TCP connections to a loopback port, as fast as answers come: each
/// connection always has exactly one request under way.
class KeepAliveDriver {
public:
    /// Connects; throws when nothing listens there.
    KeepAliveDriver(int port, int connections, std::string request);
    ~KeepAliveDriver();
    KeepAliveDriver(const KeepAliveDriver&) = delete;
    KeepAliveDriver& operator=(const KeepAliveDriver&) = delete;

    /// Sends `count` requests and takes their answers; throws on anything but "200" with a Content-Length, and when
    /// nothing comes for 5 s.
    void drive(std::size_t count);

    /// Head and body of the last answer of the first connection.
    [[nodiscard]] const std::string& lastAnswer() const { return m_lastAnswer; }
    /// Answers so far whose head held `X-Binnacle-Cache: hit`.
    [[nodiscard]] std::size_t cacheHits() const { return m_cacheHits; }

private:
    struct Connection {
        int fd = -1;
        std::string in;
    };
    void send(Connection& connection);
    bool takeAnswer(Connection& connection);

    std::string m_request;
    std::vector<Connection> m_connections;
    std::string m_lastAnswer;
    std::size_t m_cacheHits = 0;
    int m_epoll = -1;
};

} // namespace binnacle::bench
