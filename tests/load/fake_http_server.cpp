// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/fake_http_server.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace binnacle::load::test {

using std::chrono::steady_clock;

FakeReply jsonReply(std::string body, int status) {
    FakeReply reply;
    reply.bytes = "HTTP/1.1 " + std::to_string(status) +
                  " Answer\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                  "\r\n\r\n" + body;
    return reply;
}

FakeReply apiReply(const FakeRequest& request) {
    if (request.line.starts_with("POST ")) {
        return jsonReply(R"({"data":{"id":7}})", 201);
    }
    if (request.line.find("/tasks") != std::string::npos && request.line.find("/projects/") != std::string::npos) {
        std::string rows;
        for (int id = 100; id < 120; ++id) {
            rows += (rows.empty() ? "" : ",") + ("{\"id\":" + std::to_string(id) + "}");
        }
        return jsonReply("{\"data\":[" + rows + R"(],"meta":{"pagination":{"next_cursor":"c2","has_more":true}}})");
    }
    if (request.line.starts_with("GET /v1/projects?") || request.line.starts_with("GET /v1/projects ")) {
        return jsonReply(
            R"({"data":[{"id":1},{"id":2},{"id":3},{"id":4}],"meta":{"pagination":{"next_cursor":null,"has_more":false}}})");
    }
    return jsonReply(R"({"data":{"id":1}})");
}

FakeHttpServer::FakeHttpServer(Script script, std::chrono::milliseconds closeIdleAfter, const std::string& unixPath,
                               int port)
    : m_script(std::move(script))
    , m_closeIdleAfter(closeIdleAfter) {
    int rc = -1;
    if (unixPath.empty()) {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int on = 1;
        ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        rc = ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address);
        socklen_t length = sizeof address;
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length);
        m_port = ntohs(address.sin_port);
    } else {
        m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        unixPath.copy(address.sun_path, sizeof address.sun_path - 1);
        rc = ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address);
    }
    if (rc != 0 || ::listen(m_listener, 128) != 0) {
        throw std::runtime_error(std::string("fake server: ") + std::strerror(errno));
    }
    m_thread = std::thread([this] { serve(); });
}

FakeHttpServer::~FakeHttpServer() {
    m_stop = true;
    m_thread.join();
    for (const auto& [fd, connection] : m_connections) {
        ::close(fd);
    }
    ::close(m_listener);
}

std::string FakeHttpServer::url() const {
    return "http://127.0.0.1:" + std::to_string(m_port);
}

std::vector<FakeRequest> FakeHttpServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void FakeHttpServer::serve() {
    while (!m_stop) {
        std::vector<pollfd> watched{{m_listener, POLLIN, 0}};
        for (const auto& [fd, connection] : m_connections) {
            watched.push_back({fd, POLLIN, 0});
        }
        ::poll(watched.data(), watched.size(), 1);
        if ((watched.front().revents & POLLIN) != 0) {
            acceptOne();
        }
        for (std::size_t i = 1; i < watched.size(); ++i) {
            const int fd = watched[i].fd;
            auto& connection = m_connections.at(fd);
            bool keep = (watched[i].revents & (POLLIN | POLLHUP | POLLERR)) == 0 || readSome(fd, connection);
            keep = keep && answerDue(fd, connection);
            if (!keep) {
                ::close(fd);
                m_connections.erase(fd);
            }
        }
    }
}

void FakeHttpServer::acceptOne() {
    const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) {
        return;
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Connection connection;
    connection.number = ++m_accepted;
    connection.lastUsed = steady_clock::now();
    m_connections.emplace(fd, std::move(connection));
}

bool FakeHttpServer::readSome(int fd, Connection& connection) {
    char buffer[16384];
    const auto got = ::recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got <= 0) {
        return got < 0 && errno == EAGAIN;
    }
    connection.in.append(buffer, static_cast<std::size_t>(got));
    while (auto request = takeRequest(connection)) {
        const FakeReply reply = m_script(*request);
        connection.lastUsed = steady_clock::now();
        if (!reply.silent) {
            connection.out = reply.bytes;
            connection.answerAt = connection.lastUsed + reply.delay;
            connection.pending = true;
            connection.closeAfter = reply.close;
        }
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(std::move(*request));
    }
    return true;
}

bool FakeHttpServer::answerDue(int fd, Connection& connection) {
    const auto now = steady_clock::now();
    if (connection.pending && now >= connection.answerAt) {
        connection.pending = false;
        connection.lastUsed = now;
        if (::send(fd, connection.out.data(), connection.out.size(), MSG_NOSIGNAL) < 0 || connection.closeAfter) {
            return false;
        }
    }
    const bool idle = !connection.pending && connection.in.empty();
    return !(m_closeIdleAfter.count() > 0 && idle && now - connection.lastUsed > m_closeIdleAfter);
}

std::optional<FakeRequest> FakeHttpServer::takeRequest(Connection& connection) const {
    const auto end = connection.in.find("\r\n\r\n");
    if (end == std::string::npos) {
        return std::nullopt;
    }
    const auto valueOf = [&](const std::string& name) -> std::string {
        const auto at = connection.in.find("\r\n" + name + ": ");
        if (at == std::string::npos || at > end) {
            return {};
        }
        const auto from = at + name.size() + 4;
        return connection.in.substr(from, connection.in.find("\r\n", from) - from);
    };
    const std::string length = valueOf("Content-Length");
    const std::size_t bodySize = length.empty() ? 0 : std::strtoul(length.c_str(), nullptr, 10);
    if (connection.in.size() < end + 4 + bodySize) {
        return std::nullopt;
    }
    FakeRequest request;
    const auto lineEnd = connection.in.find("\r\n");
    request.line = connection.in.substr(0, lineEnd);
    request.head = connection.in.substr(lineEnd + 2, end - lineEnd);
    request.body = connection.in.substr(end + 4, bodySize);
    request.user = valueOf("X-User");
    request.connection = connection.number;
    request.at = steady_clock::now();
    connection.in.erase(0, end + 4 + bodySize);
    return request;
}

} // namespace binnacle::load::test
