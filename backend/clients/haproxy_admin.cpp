// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/clients/haproxy_admin.h"

#include "backend/clients/deadline.h"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace binnacle {
namespace {

constexpr std::size_t longestAnswer = 1U << 20;

/// Closes what it holds.
struct Socket {
    int fd = -1;
    ~Socket() {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

} // namespace

Result<std::string> askHaproxy(const std::string& path, const std::string& command, SteadyTime deadline) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) {
        return fail(ErrorCode::Invalid, "The socket's path is too long: " + path);
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const Socket socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (socket.fd < 0) {
        return fail(ErrorCode::Io, std::string("No socket: ") + std::strerror(errno));
    }
    if (::connect(socket.fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        const int error = errno;
        // A full queue of a stopped process answers EAGAIN: it is there, but does not take calls.
        const auto code = error == EAGAIN                     ? ErrorCode::Timeout
                          : error == EACCES || error == EPERM ? ErrorCode::Denied
                                                              : ErrorCode::Refused;
        return fail(code, "HAProxy's admin socket " + path + ": " + std::strerror(error));
    }
    const auto line = command + "\n";
    if (::send(socket.fd, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size())) {
        return fail(ErrorCode::Closed, "HAProxy's admin socket took no command");
    }
    std::string answer;
    while (true) {
        if (auto ready = waitForSocket(socket.fd, POLLIN, deadline, "HAProxy's admin socket"); !ready) {
            return std::unexpected(std::move(ready.error()));
        }
        char buffer[4096];
        const auto got = ::recv(socket.fd, buffer, sizeof(buffer), 0);
        if (got == 0) {
            return answer;
        }
        if (got < 0 && errno != EAGAIN && errno != EINTR) {
            return fail(ErrorCode::Closed, std::string("HAProxy's admin socket: ") + std::strerror(errno));
        }
        if (got > 0) {
            answer.append(buffer, static_cast<std::size_t>(got));
        }
        if (answer.size() > longestAnswer) {
            return fail(ErrorCode::Protocol, "HAProxy's admin socket answers without end");
        }
    }
}

Result<void> orderHaproxy(const std::string& socket, const std::string& command, SteadyTime deadline) {
    const auto answer = askHaproxy(socket, command, deadline);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const auto first = answer->find_first_not_of(" \n");
    return first == std::string::npos
               ? Result<void>{}
               : fail(ErrorCode::Protocol,
                      "HAProxy did not do it: " + answer->substr(first, answer->find('\n', first) - first));
}

} // namespace binnacle
