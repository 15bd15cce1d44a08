// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace binnacle::test {

/// Where a server listens: a Unix socket, or a port of 127.0.0.1.
struct FaultAddress {
    std::string unixSocket;
    std::uint16_t port = 0;
};

/// A network that misbehaves, between a client and a real server: it listens on 127.0.0.1 or a Unix socket and forwards
/// to the server. One thread of its own; every call may come from any thread and acts on the connections that stand.
class FaultProxy {
public:
    /// Listens on a free port, or at `listenOn` when it names a Unix socket.
    explicit FaultProxy(FaultAddress server, const std::string& listenOn = {});
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    [[nodiscard]] bool good() const;
    /// Where it listens; 0 on a Unix socket.
    [[nodiscard]] std::uint16_t port() const;

    /// The network is cut and nobody is told: nothing is forwarded in either direction, not even an end, while both
    /// sides are still acknowledged. Who connects now gets a connection that leads nowhere.
    void cutHalfOpen();
    /// Forwards what was held back, ends included. Who connected meanwhile and is still there reaches the server.
    void heal();
    /// As after a router forgot its table: connections of before the cut stay dead, later ones pass.
    void healForgettingOld();
    /// Holds every byte back for so long.
    void delay(std::chrono::milliseconds time);
    /// Ends all connections with a reset on both sides.
    void reset();
    /// Ends each connection made from now on after so many bytes of the server's; 0 switches that off.
    void truncateAfter(std::size_t bytes);

    /// Connections accepted so far.
    [[nodiscard]] std::size_t accepted() const;
    /// Connections to the server that are open now, and the most that ever were at once.
    [[nodiscard]] std::size_t openToServer() const;
    [[nodiscard]] std::size_t mostToServer() const;

private:
    struct Shared;
    std::unique_ptr<Shared> m_shared;
};

} // namespace binnacle::test
