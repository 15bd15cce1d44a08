// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/control_system/keep_alive_client.h"

#include <arpa/inet.h>
#include <cctype>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace binnacle::test {

namespace {

/// The value of a header in a head, by its lower-case name.
std::string headerOf(const std::string& head, const std::string& name) {
    std::string lower = head;
    for (auto& c : lower) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    const auto at = lower.find("\r\n" + name + ": ");
    if (at == std::string::npos) {
        return {};
    }
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

} // namespace

void KeepAliveClient::disconnect() {
    if (m_fd >= 0) {
        ::close(m_fd);
        m_fd = -1;
    }
    m_buffer.clear();
}

std::optional<KeepAliveClient::Answer> KeepAliveClient::get(const std::string& target, const std::string& user) {
    const auto request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + m_key +
                         "\r\nX-User: " + user + "\r\n\r\n";
    for (int i = 0; i < 2; ++i) {
        if (auto answer = attempt(request)) {
            return answer;
        }
        disconnect();
    }
    return std::nullopt;
}

std::optional<KeepAliveClient::Answer> KeepAliveClient::attempt(const std::string& request) {
    if (m_fd < 0) {
        m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval limit{5, 0};
        const int one = 1;
        ::setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
        ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(m_port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
            return std::nullopt;
        }
    }
    if (::send(m_fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
        return std::nullopt;
    }
    const auto receive = [this] {
        char chunk[8192];
        const auto got = ::recv(m_fd, chunk, sizeof(chunk), 0);
        if (got > 0) {
            m_buffer.append(chunk, static_cast<std::size_t>(got));
        }
        return got > 0;
    };
    auto end = m_buffer.find("\r\n\r\n");
    while (end == std::string::npos && receive()) {
        end = m_buffer.find("\r\n\r\n");
    }
    if (end == std::string::npos) {
        return std::nullopt;
    }
    Answer answer;
    answer.head = m_buffer.substr(0, end + 2);
    answer.status = std::atoi(answer.head.c_str() + sizeof("HTTP/1.1"));
    answer.instance = headerOf(answer.head, "x-binnacle-instance");
    const auto length = static_cast<std::size_t>(std::atoi(headerOf(answer.head, "content-length").c_str()));
    while (m_buffer.size() < end + 4 + length) {
        if (!receive()) {
            return std::nullopt;
        }
    }
    answer.body = m_buffer.substr(end + 4, length);
    m_buffer.erase(0, end + 4 + length);
    return answer;
}

} // namespace binnacle::test
