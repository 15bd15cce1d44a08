// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/domain/error.h"
#include "backend/service/asio_types.h"
#include "backend/service/service_config.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace binnacle::service {

/// Accepts connections on one socket and hands each over.
class Listener {
public:
    /// Chooses the io_context that the next connection will live on.
    using Place = std::function<asio::io_context&()>;
    /// Takes a connection, on the accepting thread.
    using Accepted = std::function<void(StreamSocket)>;

    virtual ~Listener() = default;
    virtual void start(Place place, Accepted accepted) = 0;
    virtual void close() = 0;
    [[nodiscard]] virtual std::uint16_t port() const = 0; ///< 0 for a Unix socket
};

/// Errors: Conflict (the port is taken), Invalid (no numeric address), Io.
[[nodiscard]] Result<std::unique_ptr<Listener>> listenTcp(asio::io_context& io, const TcpEndpoint& endpoint);
/// A socket file of mode 0600, removed on close. Call before threads start: the umask is the process's.
[[nodiscard]] Result<std::unique_ptr<Listener>> listenUnix(asio::io_context& io, const std::filesystem::path& path);

} // namespace binnacle::service
