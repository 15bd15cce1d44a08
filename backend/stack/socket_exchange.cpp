// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/stack/socket_exchange.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace binnacle::stack {

namespace {

constexpr std::size_t largestReply = 1 << 20;

int millisecondsUntil(Deadline deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 3'600'000));
}

std::unexpected<Error> timedOut(const std::string& address) {
    return fail(ErrorCode::Timeout, address + " did not answer in time.");
}

Result<UniqueFd> openAndConnect(const std::string& address) {
    sockaddr_storage storage{};
    socklen_t length = 0;
    if (address.starts_with("unix:")) {
        auto& local = reinterpret_cast<sockaddr_un&>(storage);
        const auto path = address.substr(5);
        if (path.size() >= sizeof local.sun_path) {
            return fail(ErrorCode::Invalid, "The socket path " + path + " is too long.");
        }
        local.sun_family = AF_UNIX;
        std::memcpy(local.sun_path, path.c_str(), path.size() + 1);
        length = sizeof local;
    } else {
        auto& loopback = reinterpret_cast<sockaddr_in&>(storage);
        loopback.sin_family = AF_INET;
        loopback.sin_port = htons(static_cast<std::uint16_t>(std::atoi(address.c_str())));
        loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        length = sizeof loopback;
    }
    UniqueFd fd(::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) {
        return fail(ErrorCode::Io, std::string("No socket: ") + std::strerror(errno) + ".");
    }
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&storage), length) == 0 || errno == EINPROGRESS) {
        return fd;
    }
    // EAGAIN: the queue of a Unix listener is full, as that of a stopped process may be.
    return fail(errno == EAGAIN   ? ErrorCode::Timeout
                : errno == EACCES ? ErrorCode::Denied
                                  : ErrorCode::Refused,
                address + ": " + std::strerror(errno) + ".");
}

/// The body length that a response head announces; npos when only the end of the connection ends the body.
std::size_t contentLengthIn(std::string_view head) {
    constexpr std::string_view name = "content-length:";
    const auto line = std::search(head.begin(), head.end(), name.begin(), name.end(),
                                  [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
    if (line == head.end()) {
        return std::string::npos;
    }
    auto value = head.substr(static_cast<std::size_t>(line - head.begin()) + name.size());
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    std::size_t length = std::string::npos;
    std::from_chars(value.data(), value.data() + value.size(), length);
    return length;
}

} // namespace

bool waitFor(int fd, short events, Deadline deadline) {
    for (;;) {
        pollfd entry{fd, events, 0};
        const int ready = ::poll(&entry, 1, millisecondsUntil(deadline));
        if (ready > 0) {
            return true;
        }
        if (ready == 0 || errno != EINTR) {
            return false;
        }
    }
}

Result<UniqueFd> connectTo(const std::string& address, Deadline deadline) {
    auto fd = openAndConnect(address);
    if (!fd) {
        return fd;
    }
    if (!waitFor(fd->get(), POLLOUT, deadline)) {
        return timedOut(address);
    }
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(fd->get(), SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) {
        return fail(ErrorCode::Refused, address + ": " + std::strerror(error) + ".");
    }
    return fd;
}

Result<std::string> exchange(const std::string& address, std::string_view request,
                             const std::function<bool(const std::string&)>& complete, Deadline deadline) {
    const auto fd = connectTo(address, deadline);
    if (!fd) {
        return std::unexpected(fd.error());
    }
    while (!request.empty()) {
        const auto sent = ::send(fd->get(), request.data(), request.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            request.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno != EAGAIN && errno != EINTR) {
            return fail(ErrorCode::Closed, address + " closed the connection.");
        } else if (!waitFor(fd->get(), POLLOUT, deadline)) {
            return timedOut(address);
        }
    }
    std::string reply;
    char buffer[16384];
    while (!complete(reply)) {
        const auto got = ::recv(fd->get(), buffer, sizeof buffer, 0);
        if (got > 0) {
            reply.append(buffer, static_cast<std::size_t>(got));
            if (reply.size() > largestReply) {
                return fail(ErrorCode::Protocol, address + " sent more than expected.");
            }
        } else if (got == 0) {
            break;
        } else if (errno != EAGAIN && errno != EINTR) {
            return fail(ErrorCode::Closed, address + " closed the connection.");
        } else if (!waitFor(fd->get(), POLLIN, deadline)) {
            return timedOut(address);
        }
    }
    return reply;
}

Result<HttpReply> httpRequest(const std::string& address, std::string_view method, std::string_view path,
                              std::string_view headers, std::string_view body, Deadline deadline) {
    std::string request;
    request.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    request.append(headers);
    if (!body.empty() || method == "POST") {
        request.append("Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n");
    }
    request.append("\r\n").append(body);
    const auto raw = exchange(
        address, request,
        [](const std::string& reply) {
            const auto end = reply.find("\r\n\r\n");
            const auto length =
                end == std::string::npos ? end : contentLengthIn(std::string_view(reply).substr(0, end));
            return length != std::string::npos && reply.size() - end - 4 >= length;
        },
        deadline);
    if (!raw) {
        return std::unexpected(raw.error());
    }
    const auto end = raw->find("\r\n\r\n");
    HttpReply reply;
    if (end == std::string::npos || !raw->starts_with("HTTP/1.") || raw->size() < 12 ||
        std::from_chars(raw->data() + 9, raw->data() + 12, reply.status).ec != std::errc()) {
        return fail(raw->empty() ? ErrorCode::Closed : ErrorCode::Protocol, address + " did not answer in HTTP.");
    }
    reply.body = raw->substr(end + 4);
    return reply;
}

} // namespace binnacle::stack
