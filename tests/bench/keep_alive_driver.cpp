// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/keep_alive_driver.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace binnacle::bench {

namespace {

std::string header(const std::string& text, std::size_t end, const char* name) {
    const std::size_t length = std::strlen(name);
    for (auto at = text.find("\r\n"); at < end; at = text.find("\r\n", at + 2)) {
        if (::strncasecmp(text.c_str() + at + 2, name, length) == 0 && text[at + 2 + length] == ':') {
            const auto from = text.find_first_not_of(' ', at + 3 + length);
            return text.substr(from, text.find("\r\n", from) - from);
        }
    }
    return {};
}

} // namespace

KeepAliveDriver::KeepAliveDriver(int port, int connections, std::string request)
    : m_request(std::move(request))
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    for (int i = 0; i < connections; ++i) {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_connections.push_back({fd, {}});
        if (fd < 0 || ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("no connection to port " + std::to_string(port) + ": " + std::strerror(errno));
        }
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = static_cast<std::uint32_t>(i);
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

KeepAliveDriver::~KeepAliveDriver() {
    for (const auto& connection : m_connections) {
        ::close(connection.fd);
    }
    ::close(m_epoll);
}

void KeepAliveDriver::drive(std::size_t count) {
    std::size_t started = 0;
    std::size_t ended = 0;
    for (auto& connection : m_connections) {
        if (started < count) {
            send(connection);
            ++started;
        }
    }
    std::array<epoll_event, 64> events{};
    while (ended < count) {
        const int ready = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 5000);
        if (ready <= 0) {
            throw std::runtime_error("no answer for 5 s");
        }
        for (int i = 0; i < ready; ++i) {
            auto& connection = m_connections[events[static_cast<std::size_t>(i)].data.u32];
            if (!takeAnswer(connection)) {
                continue;
            }
            ++ended;
            if (started < count) {
                send(connection);
                ++started;
            }
        }
    }
}

void KeepAliveDriver::send(Connection& connection) {
    if (::send(connection.fd, m_request.data(), m_request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(m_request.size())) {
        throw std::runtime_error("the server closed a kept connection");
    }
}

bool KeepAliveDriver::takeAnswer(Connection& connection) {
    std::array<char, 16384> buffer;
    const auto got = ::recv(connection.fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got <= 0) {
        throw std::runtime_error("the server closed a kept connection");
    }
    connection.in.append(buffer.data(), static_cast<std::size_t>(got));
    const auto end = connection.in.find("\r\n\r\n");
    if (end == std::string::npos) {
        return false;
    }
    if (!connection.in.starts_with("HTTP/1.1 200 ")) {
        throw std::runtime_error("unexpected answer: " + connection.in.substr(0, connection.in.find("\r\n")) + ", " +
                                 connection.in.substr(end + 4, 200));
    }
    const std::string length = header(connection.in, end, "Content-Length");
    if (length.empty()) {
        throw std::runtime_error("an answer without Content-Length");
    }
    if (connection.in.size() < end + 4 + std::strtoul(length.c_str(), nullptr, 10)) {
        return false;
    }
    m_cacheHits += header(connection.in, end, "X-Binnacle-Cache") == "hit" ? 1 : 0;
    if (&connection == &m_connections.front()) {
        m_lastAnswer.swap(connection.in);
    }
    connection.in.clear();
    return true;
}

} // namespace binnacle::bench
