// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/control/api_server.h"

#include "backend/actions/action_documents.h"
#include "backend/clients/deadline.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cerrno>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace binnacle::control {
namespace {

namespace http = boost::beast::http;

std::string_view reasonOf(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    default:
        return "Service Unavailable";
    }
}

std::string rendered(const ApiReply& reply, bool keepAlive) {
    std::string out = "HTTP/1.1 " + std::to_string(reply.status) + " ";
    out += reasonOf(reply.status);
    out += "\r\nContent-Type: ";
    out += reply.contentType;
    out += "\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\nCache-Control: no-store\r\n";
    out += keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
    out += reply.body;
    return out;
}

bool sendAll(int fd, std::string_view data, SteadyTime deadline) {
    while (!data.empty()) {
        const auto sent = ::send(fd, data.data(), data.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            data.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno != EINTR && (errno != EAGAIN || !waitForSocket(fd, POLLOUT, deadline, "client"))) {
            return false;
        }
    }
    return true;
}

/// Reads more into `buffer`; false at the end, an error, or the deadline.
bool receive(int fd, std::string& buffer, SteadyTime deadline) {
    if (!waitForSocket(fd, POLLIN, deadline, "client")) {
        return false;
    }
    char chunk[8192];
    const auto got = ::recv(fd, chunk, sizeof(chunk), 0);
    if (got > 0) {
        buffer.append(chunk, static_cast<std::size_t>(got));
    }
    return got > 0;
}

Error systemError(const std::string& path) {
    return {ErrorCode::Io, path + ": " + std::strerror(errno)};
}

} // namespace

ApiServer::Connection::~Connection() {
    if (thread.joinable()) {
        thread.join();
    }
    ::close(fd); // only now: until here its number is used to wake the thread
}

ApiServer::~ApiServer() {
    stop();
}

Result<void> ApiServer::listen(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto fresh = path + ".new";
    if (fresh.size() >= sizeof(address.sun_path)) {
        return fail(ErrorCode::Invalid, "The socket's path is too long: " + path);
    }
    std::memcpy(address.sun_path, fresh.c_str(), fresh.size() + 1);
    m_wake = ::eventfd(0, EFD_CLOEXEC);
    m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // Closed to others before it has its name: bound and narrowed under another one first.
    ::unlink(fresh.c_str());
    if (m_wake < 0 || m_listener < 0 || ::fchmod(m_listener, 0600) != 0 ||
        ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
        ::chmod(fresh.c_str(), 0600) != 0 || ::listen(m_listener, 64) != 0 ||
        ::rename(fresh.c_str(), path.c_str()) != 0) {
        return std::unexpected(systemError(path));
    }
    m_path = path;
    m_acceptor = std::jthread([this] { acceptAll(); });
    return {};
}

void ApiServer::stop() {
    if (m_stopping.exchange(true)) {
        return;
    }
    if (m_wake >= 0) {
        [[maybe_unused]] const auto woken = ::eventfd_write(m_wake, 1);
    }
    if (m_acceptor.joinable()) {
        m_acceptor.join();
    }
    if (!m_path.empty()) {
        ::unlink(m_path.c_str());
    }
    {
        const std::scoped_lock lock(m_mutex);
        for (auto& connection : m_connections) {
            ::shutdown(connection.fd, SHUT_RD); // whoever waits for a request wakes up, an answer can still go out
        }
    }
    m_connections.clear(); // joins
    for (const int fd : {m_listener, m_wake}) {
        if (fd >= 0) {
            ::close(fd);
        }
    }
}

void ApiServer::reap() {
    const std::scoped_lock lock(m_mutex);
    m_connections.remove_if([](const Connection& connection) { return connection.done.load(); });
}

void ApiServer::acceptAll() {
    while (!m_stopping) {
        pollfd waits[2] = {{m_listener, POLLIN, 0}, {m_wake, POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0 && errno != EINTR) {
            return;
        }
        if (m_stopping || (waits[0].revents & POLLIN) == 0) {
            continue;
        }
        const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) {
            // Out of descriptors: the caller waits in the queue until some are free again.
            ::poll(&waits[1], 1, 50);
            continue;
        }
        reap();
        const std::scoped_lock lock(m_mutex);
        if (m_connections.size() >= maxConnections) {
            const ApiReply full{503, errorDocument(ErrorCode::Refused, "Too many connections.")};
            sendAll(fd, rendered(full, false), std::chrono::steady_clock::now());
            ::close(fd);
            continue;
        }
        auto& connection = m_connections.emplace_back();
        connection.fd = fd;
        connection.thread = std::jthread([this, &connection] { serve(connection); });
    }
}

void ApiServer::serve(Connection& connection) {
    ucred peer{};
    socklen_t size = sizeof(peer);
    if (::getsockopt(connection.fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0) {
        std::string buffer;
        while (!m_stopping && serveOne(connection, buffer, peer.uid)) {
        }
    }
    ::shutdown(connection.fd, SHUT_RDWR);
    connection.done = true;
}

bool ApiServer::serveOne(Connection& connection, std::string& buffer, uid_t peer) {
    if (buffer.empty() && !receive(connection.fd, buffer, std::chrono::steady_clock::now() + idleLimit)) {
        return false;
    }
    const auto deadline = std::chrono::steady_clock::now() + requestLimit;
    http::request_parser<http::string_body> parser;
    parser.header_limit(maxHeadBytes);
    parser.body_limit(maxBodyBytes);
    parser.eager(true);
    while (!parser.is_done()) {
        boost::system::error_code error;
        const auto used = parser.put(boost::asio::buffer(buffer), error);
        buffer.erase(0, used);
        if (error && error != http::error::need_more) {
            const int status = error == http::error::body_limit ? 413 : 400;
            const ApiReply bad{status, errorDocument(ErrorCode::Invalid, "The request is malformed or too large.")};
            sendAll(connection.fd, rendered(bad, false), deadline);
            return false;
        }
        if (!parser.is_done() && !receive(connection.fd, buffer, deadline)) {
            return false;
        }
    }
    const auto& message = parser.get();
    ApiCall call;
    call.method = message.method_string();
    call.target = message.target();
    call.body = message.body();
    call.hasOrigin = message.find(http::field::origin) != message.end();
    call.peer = peer;
    bool ambiguous = message.count(http::field::authorization) > 1;
    if (const auto header = message.find(http::field::authorization); header != message.end()) {
        call.authorization = header->value();
        ambiguous = ambiguous || call.authorization.empty();
    }
    const auto reply = ambiguous
                           ? ApiReply{400, errorDocument(ErrorCode::Invalid, "One Authorization header, not empty.")}
                           : m_handler(call);
    const bool keepAlive = message.keep_alive() && !m_stopping;
    return sendAll(connection.fd, rendered(reply, keepAlive), std::chrono::steady_clock::now() + requestLimit) &&
           keepAlive;
}

} // namespace binnacle::control
