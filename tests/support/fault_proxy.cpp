// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fault_proxy.h"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <fcntl.h>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace binnacle::test {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostChunks = 64; ///< held back of one direction; then the sender's kernel has to wait

/// One way through the proxy.
struct Direction {
    struct Chunk {
        Clock::time_point due;
        std::string bytes; ///< empty: the end
    };
    std::deque<Chunk> chunks;
    bool ended = false; ///< the sender has closed, and that is queued or told
    std::size_t sent = 0;
};

struct Link {
    int client = -1;
    int server = -1; ///< -1 while the network is cut
    Direction toServer;
    Direction toClient;
    std::size_t truncateAfter = 0;
    bool forgotten = false; ///< stays dead for good
};

void closeQuietly(int& fd) {
    if (fd >= 0) {
        ::close(fd);
        fd = -1;
    }
}

void closeWithReset(int& fd) {
    if (fd >= 0) {
        const linger now{1, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        closeQuietly(fd);
    }
}

sockaddr_un unixAddress(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

int connectTo(const FaultAddress& server) {
    const bool local = !server.unixSocket.empty();
    const int fd = ::socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto unixPlace = unixAddress(server.unixSocket);
    const auto tcpPlace = loopback(server.port);
    const auto* const place =
        local ? reinterpret_cast<const sockaddr*>(&unixPlace) : reinterpret_cast<const sockaddr*>(&tcpPlace);
    if (::connect(fd, place, local ? sizeof unixPlace : sizeof tcpPlace) != 0) {
        ::close(fd);
        return -1;
    }
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

} // namespace

struct FaultProxy::Shared {
    FaultAddress server;
    std::string path;
    int listener = -1;
    std::uint16_t port = 0;

    mutable std::mutex mutex;
    std::list<Link> links;
    bool cut = false;
    std::chrono::milliseconds delay{0};
    std::size_t truncate = 0;
    std::size_t accepted = 0;
    std::size_t mostOpen = 0;
    std::jthread thread;

    void listen();
    void run(const std::stop_token& stop);
    void acceptOne();
    void connectServer(Link& link);
    void receive(int from, Direction& into) const;
    /// False when the link is at its end.
    static bool push(int to, Direction& from, std::size_t limit);
    [[nodiscard]] bool forwards(const Link& link) const { return !cut && !link.forgotten && link.server >= 0; }
    [[nodiscard]] std::size_t openNow() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(links, [](const Link& link) { return link.server >= 0; }));
    }
    static void close(Link& link) {
        closeQuietly(link.client);
        closeQuietly(link.server);
    }
};

void FaultProxy::Shared::listen() {
    const bool local = !path.empty();
    listener = ::socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const auto unixPlace = unixAddress(path);
    auto tcpPlace = loopback(0);
    auto* const place = local ? reinterpret_cast<const sockaddr*>(&unixPlace) : reinterpret_cast<sockaddr*>(&tcpPlace);
    socklen_t size = local ? sizeof unixPlace : sizeof tcpPlace;
    if (::bind(listener, place, size) != 0 || ::listen(listener, 64) != 0) {
        closeQuietly(listener);
        return;
    }
    if (!local && ::getsockname(listener, reinterpret_cast<sockaddr*>(&tcpPlace), &size) == 0) {
        port = ntohs(tcpPlace.sin_port);
    }
}

void FaultProxy::Shared::connectServer(Link& link) {
    link.server = connectTo(server);
    mostOpen = std::max(mostOpen, openNow());
    if (link.server < 0) {
        closeWithReset(link.client);
    }
}

void FaultProxy::Shared::acceptOne() {
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) {
        return;
    }
    ++accepted;
    auto& link = links.emplace_back();
    link.client = fd;
    link.truncateAfter = truncate;
    if (!cut) {
        connectServer(link);
    }
}

void FaultProxy::Shared::receive(int from, Direction& into) const {
    char buffer[65536];
    if (into.ended || into.chunks.size() >= kMostChunks) {
        return;
    }
    const auto got = ::recv(from, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    into.ended = got <= 0;
    into.chunks.push_back(
        {Clock::now() + delay, std::string(buffer, static_cast<std::size_t>(std::max<ssize_t>(got, 0)))});
}

bool FaultProxy::Shared::push(int to, Direction& from, std::size_t limit) {
    while (!from.chunks.empty() && from.chunks.front().due <= Clock::now()) {
        auto& bytes = from.chunks.front().bytes;
        if (bytes.empty()) {
            return false;
        }
        if (limit > 0) {
            bytes.resize(std::min(bytes.size(), limit - from.sent));
        }
        const auto wrote = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (wrote < 0) {
            return errno == EAGAIN;
        }
        from.sent += static_cast<std::size_t>(wrote);
        if (limit > 0 && from.sent >= limit) {
            return false;
        }
        bytes.erase(0, static_cast<std::size_t>(wrote));
        if (bytes.empty()) {
            from.chunks.pop_front();
        }
    }
    return true;
}

void FaultProxy::Shared::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::vector<pollfd> polled{{listener, POLLIN, 0}};
        {
            const std::lock_guard lock(mutex);
            for (const auto& link : links) {
                // Cut: not even an end is looked at, and a socket that nobody reads still acknowledges.
                if (forwards(link)) {
                    polled.push_back({link.client, POLLIN, 0});
                    polled.push_back({link.server, POLLIN, 0});
                }
            }
        }
        ::poll(polled.data(), polled.size(), 2);
        const std::lock_guard lock(mutex);
        acceptOne();
        for (auto& link : links) {
            if (forwards(link)) {
                receive(link.client, link.toServer);
                receive(link.server, link.toClient);
                if (!push(link.server, link.toServer, 0) || !push(link.client, link.toClient, link.truncateAfter)) {
                    close(link);
                }
            }
        }
        std::erase_if(links, [](const Link& link) { return link.client < 0; });
    }
    for (auto& link : links) {
        close(link);
    }
}

FaultProxy::FaultProxy(FaultAddress server, const std::string& listenOn)
    : m_shared(std::make_unique<Shared>()) {
    m_shared->server = std::move(server);
    m_shared->path = listenOn;
    m_shared->listen();
    m_shared->thread = std::jthread([shared = m_shared.get()](const std::stop_token& stop) { shared->run(stop); });
}

FaultProxy::~FaultProxy() {
    m_shared->thread.request_stop();
    m_shared->thread.join();
    closeQuietly(m_shared->listener);
    if (!m_shared->path.empty()) {
        ::unlink(m_shared->path.c_str());
    }
}

bool FaultProxy::good() const {
    return m_shared->listener >= 0;
}

std::uint16_t FaultProxy::port() const {
    return m_shared->port;
}

void FaultProxy::cutHalfOpen() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->cut = true;
}

void FaultProxy::heal() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->cut = false;
    for (auto& link : m_shared->links) {
        char byte = 0;
        const bool left = ::recv(link.client, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
        if (link.server >= 0) {
            continue;
        }
        if (left) {
            closeQuietly(link.client); // came and went during the cut: the server never heard of it
        } else {
            m_shared->connectServer(link);
        }
    }
}

void FaultProxy::healForgettingOld() {
    {
        const std::lock_guard lock(m_shared->mutex);
        for (auto& link : m_shared->links) {
            link.forgotten = link.forgotten || link.server >= 0;
        }
    }
    heal();
}

void FaultProxy::delay(std::chrono::milliseconds time) {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->delay = time;
}

void FaultProxy::reset() {
    const std::lock_guard lock(m_shared->mutex);
    for (auto& link : m_shared->links) {
        closeWithReset(link.client);
        closeWithReset(link.server);
    }
    m_shared->links.clear();
}

void FaultProxy::truncateAfter(std::size_t bytes) {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->truncate = bytes;
}

std::size_t FaultProxy::accepted() const {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->accepted;
}

std::size_t FaultProxy::openToServer() const {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->openNow();
}

std::size_t FaultProxy::mostToServer() const {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->mostOpen;
}

} // namespace binnacle::test
