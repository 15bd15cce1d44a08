// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/http_server.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace binnacle::stack {

namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    return from == std::string_view::npos ? "" : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

const char* reasonOf(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    default:
        return "Error";
    }
}

} // namespace

Result<std::optional<HttpRequest>> takeRequest(std::string& buffer, bool& keepAlive) {
    const auto end = buffer.find("\r\n\r\n");
    if (end == std::string::npos) {
        if (buffer.size() > HttpServer::maxHeadBytes) {
            return fail(ErrorCode::Invalid, "The request head is too large.");
        }
        return std::nullopt;
    }
    const std::string_view head(buffer.data(), std::min(end, HttpServer::maxHeadBytes + 1));
    const auto lineEnd = std::min(head.find("\r\n"), head.size());
    const auto line = head.substr(0, lineEnd);
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (head.size() > HttpServer::maxHeadBytes || first == std::string_view::npos || first == last ||
        line.substr(last + 1) != "HTTP/1.1") {
        return fail(ErrorCode::Invalid, "Not a request in HTTP/1.1.");
    }
    HttpRequest request;
    request.method = line.substr(0, first);
    const auto target = line.substr(first + 1, last - first - 1);
    request.path = target.substr(0, target.find('?'));
    std::size_t length = 0;
    bool lengthSeen = false;
    keepAlive = true;
    for (auto rest = head.substr(std::min(lineEnd + 2, head.size())); !rest.empty();) {
        const auto stop = std::min(rest.find("\r\n"), rest.size());
        const auto field = rest.substr(0, stop);
        rest.remove_prefix(std::min(stop + 2, rest.size()));
        const auto colon = field.find(':');
        if (colon == std::string_view::npos) {
            return fail(ErrorCode::Invalid, "A header line has no colon.");
        }
        const auto name = lowered(field.substr(0, colon));
        const auto value = trimmed(field.substr(colon + 1));
        if (name == "transfer-encoding" || (name == "content-length" && lengthSeen)) {
            return fail(ErrorCode::Invalid, "The request's framing is not supported.");
        }
        if (name == "content-length") {
            lengthSeen = true;
            const auto parsed = std::from_chars(value.data(), value.data() + value.size(), length);
            if (parsed.ec != std::errc() || parsed.ptr != value.data() + value.size() ||
                length > HttpServer::maxBodyBytes) {
                return fail(ErrorCode::Invalid, "The request's length is wrong or too large.");
            }
        }
        if (name == "connection" && lowered(value) == "close") {
            keepAlive = false;
        }
    }
    if (buffer.size() - end - 4 < length) {
        return std::nullopt;
    }
    request.body = buffer.substr(end + 4, length);
    buffer.erase(0, end + 4 + length);
    return request;
}

HttpServer::~HttpServer() {
    while (!m_connections.empty()) {
        close(m_connections.begin()->first);
    }
    if (m_listener) {
        m_loop.unwatch(m_listener.get());
        ::unlink(m_path.c_str());
    }
}

Result<void> HttpServer::listen(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return fail(ErrorCode::Invalid, "The socket path " + path +
                                            " is longer than the system allows (107 bytes). "
                                            "Set XDG_RUNTIME_DIR to a shorter directory.");
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    ::unlink(path.c_str());
    m_listener.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto before = ::umask(0177);
    const int bound = ::bind(m_listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const int error = errno;
    ::umask(before);
    if (bound != 0 || ::listen(m_listener.get(), 16) != 0) {
        m_listener.reset();
        return fail(ErrorCode::Io, "The socket " + path + " can't be made: " + std::strerror(error) + ".");
    }
    m_path = path;
    m_loop.watch(m_listener.get(), POLLIN, [this](short) { acceptAll(); });
    return {};
}

void HttpServer::acceptAll() {
    for (;;) {
        UniqueFd fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!fd) {
            return;
        }
        ucred peer{};
        socklen_t length = sizeof peer;
        if (m_connections.size() >= maxConnections ||
            ::getsockopt(fd.get(), SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) {
            continue;
        }
        const auto id = m_nextId++;
        const int descriptor = fd.get();
        auto& connection = m_connections[id];
        connection.fd = std::move(fd);
        connection.peer = peer.uid;
        m_loop.watch(descriptor, POLLIN, [this, id](short events) { onEvents(id, events); });
        restartIdleTimer(id);
    }
}

void HttpServer::onEvents(Id id, short events) {
    auto& connection = m_connections.at(id);
    if ((events & POLLOUT) != 0) {
        flush(id);
        return;
    }
    char buffer[16384];
    const auto got = ::recv(connection.fd.get(), buffer, sizeof buffer, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        close(id);
        return;
    }
    if (got > 0) {
        connection.input.append(buffer, static_cast<std::size_t>(got));
        if (connection.input.size() > 2 * (maxHeadBytes + maxBodyBytes)) {
            close(id); // sends on without waiting for its answers
            return;
        }
        restartIdleTimer(id);
        serveNext(id);
    }
}

void HttpServer::serveNext(Id id) {
    auto& connection = m_connections.at(id);
    if (connection.busy || !connection.output.empty()) {
        return;
    }
    auto request = takeRequest(connection.input, connection.keepAlive);
    if (request && !*request) {
        return;
    }
    connection.busy = true;
    if (!request) {
        connection.keepAlive = false;
        respond(id, {400, R"({"error":{"code":"bad_request","message":")" + request.error().text + "\"}}"});
        return;
    }
    (*request)->peer = connection.peer;
    m_handler(**request, [self = std::weak_ptr(m_self), id](const HttpResponse& response) {
        if (const auto server = self.lock()) {
            (*server)->respond(id, response);
        }
    });
}

void HttpServer::respond(Id id, const HttpResponse& response) {
    const auto found = m_connections.find(id);
    if (found == m_connections.end() || !found->second.busy) {
        return;
    }
    auto& connection = found->second;
    connection.busy = false;
    connection.output =
        "HTTP/1.1 " + std::to_string(response.status) + " " + reasonOf(response.status) +
        "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(response.json.size()) + "\r\n" +
        (connection.keepAlive ? "" : "Connection: close\r\n") + "\r\n" + response.json;
    flush(id);
}

void HttpServer::flush(Id id) {
    auto& connection = m_connections.at(id);
    while (!connection.output.empty()) {
        const auto sent = ::send(connection.fd.get(), connection.output.data(), connection.output.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0 && errno == EAGAIN) {
            m_loop.setEvents(connection.fd.get(), POLLOUT);
            return;
        }
        if (sent < 0) {
            close(id);
            return;
        }
        connection.output.erase(0, static_cast<std::size_t>(sent));
    }
    if (!connection.keepAlive) {
        close(id);
        return;
    }
    m_loop.setEvents(connection.fd.get(), POLLIN);
    restartIdleTimer(id);
    // A request that came meanwhile; through the mailbox, so that a pipelining client can't deepen the stack.
    m_loop.post([self = std::weak_ptr(m_self), id] {
        const auto server = self.lock();
        if (server && (*server)->m_connections.contains(id)) {
            (*server)->serveNext(id);
        }
    });
}

void HttpServer::restartIdleTimer(Id id) {
    auto& connection = m_connections.at(id);
    m_loop.cancel(connection.idleTimer);
    connection.idleTimer = m_loop.after(idleLimit, [this, id] { close(id); });
}

void HttpServer::close(Id id) {
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) {
        return;
    }
    m_loop.cancel(found->second.idleTimer);
    m_loop.unwatch(found->second.fd.get());
    m_connections.erase(found);
}

} // namespace binnacle::stack
