// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/clients/tls_files.h"
#include "backend/domain/error.h"
#include "backend/domain/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace binnacle {

/// Bytes to and from a server over a Unix or a TCP socket, with TLS where asked. No call waits beyond its deadline (the
/// socket never blocks), and a peer that died is an error, never a signal. After an error the stream is of no use.
/// One thread at a time.
class SocketStream {
public:
    /// `what` names the peer in the texts of errors. Refused when nothing listens there.
    [[nodiscard]] static Result<SocketStream> connectUnix(const std::string& path, std::string what,
                                                          SteadyTime deadline);
    [[nodiscard]] static Result<SocketStream> connectTcp(const std::string& host, std::uint16_t port, std::string what,
                                                         SteadyTime deadline);

    SocketStream(SocketStream&&) noexcept;
    SocketStream& operator=(SocketStream&&) noexcept;
    ~SocketStream();

    /// Speaks TLS (1.2 or later) from here on. Refused, with the reason, when the server's certificate is not vouched
    /// for, has expired, or is of another host than `host`.
    [[nodiscard]] Result<void> startTls(const std::string& host, const TlsFiles& files, SteadyTime deadline);

    /// Sends all of it.
    [[nodiscard]] Result<void> send(std::string_view bytes, SteadyTime deadline);
    /// Waits for bytes and takes what fits; 0 when the peer has ended the stream.
    [[nodiscard]] Result<std::size_t> receive(std::span<char> into, SteadyTime deadline);

private:
    class Tls;
    SocketStream(int fd, std::string what);
    [[nodiscard]] static Result<SocketStream> connect(int family, const void* address, unsigned size, std::string what,
                                                      SteadyTime deadline);
    [[nodiscard]] Result<void> sendPlain(std::string_view bytes, SteadyTime deadline);
    [[nodiscard]] Result<std::size_t> receivePlain(std::span<char> into, SteadyTime deadline);

    int m_fd = -1;
    std::string m_what;
    std::unique_ptr<Tls> m_tls;
};

} // namespace binnacle
